//! `plano station`: the two officers at work. One file per group of verbs.
//!
//! In scope: arguments, prompts, answers on the screen.
//! Not here: what is allowed and what is recorded (`recorder`).

mod day;
mod evidence;
mod officer;
mod prompt;
mod read;
mod safekeeping;
#[cfg(feature = "web")]
mod serve;
mod setup;
mod show;
mod values;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::failure::{Failure, Outcome};
use super::screen::Screen;
use crate::recorder::{Place, RecorderError, Station};

/// Where the station is, and what to do there.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The station's folder
    #[arg(long, env = "PLANO_STATION", default_value = "plano-station", value_name = "FOLDER", global = true)]
    dir: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Set up the station from the election file
    Init(setup::Init),
    /// Enrol one of the two officers with the code from KPU
    Enrol(setup::Enrol),
    /// Read one form: box by box in the paper's order, or from a file
    Read(read::Arguments),
    /// Show which boxes the two readings differ in; never the other officer's numbers
    Diff(show::Diff),
    /// Photos of the pages of the forms
    #[command(subcommand)]
    Photo(evidence::PhotoVerb),
    /// Add a photo of another paper: daftar hadir, kejadian khusus, salinan
    Paper(evidence::Paper),
    /// Record a kejadian khusus in words
    Incident(evidence::Incident),
    /// Seal the result of a form, both officers together
    Seal(day::Seal),
    /// Begin the correction of a sealed form; both read it again
    Correct(day::Correct),
    /// Record who took a copy of a result, or refused it
    Copy(evidence::Copy),
    /// Show where everything stands and what comes next
    Status,
    /// Close the day, both officers together
    Close(day::Close),
    /// Open the officers' page in a browser
    #[cfg(feature = "web")]
    Serve(serve::Serve),
    /// Copy the whole station into a new folder, on a USB stick for instance
    Backup(safekeeping::Backup),
    /// Make a station again out of a backup
    Restore(safekeeping::Restore),
}

/// Runs the verb.
pub(super) fn run(screen: Screen, arguments: Arguments) -> Outcome {
    let place = Place::new(arguments.dir);
    match arguments.verb {
        Verb::Init(verb) => setup::init(screen, place, verb),
        Verb::Enrol(verb) => setup::enrol(screen, place, &verb),
        Verb::Read(verb) => read::run(screen, place, &verb),
        Verb::Diff(verb) => show::diff(screen, place, &verb),
        Verb::Photo(verb) => evidence::photo(screen, place, &verb),
        Verb::Paper(verb) => evidence::paper(screen, place, &verb),
        Verb::Incident(verb) => evidence::incident(screen, place, &verb),
        Verb::Seal(verb) => day::seal(screen, place, &verb),
        Verb::Correct(verb) => day::correct(screen, place, &verb),
        Verb::Copy(verb) => evidence::copy(screen, place, &verb),
        Verb::Status => show::status(screen, place),
        Verb::Close(verb) => day::close(screen, place, &verb),
        #[cfg(feature = "web")]
        Verb::Serve(verb) => serve::run(screen, &place, &verb),
        Verb::Backup(verb) => safekeeping::backup(screen, place, &verb),
        Verb::Restore(verb) => safekeeping::restore(screen, &place, &verb),
    }
}

/// Opens the station and says so when it is practice.
fn open(screen: Screen, place: Place) -> Result<Station, Failure> {
    let station = Station::open(place).map_err(explain(screen))?;
    if station.election().is_drill() {
        screen.say("*** LATIHAN — bukan hari pemungutan suara ***", "*** DRILL — not polling day ***");
    }
    Ok(station)
}

/// An error of the recorder in the officer's words.
fn explain(screen: Screen) -> impl Fn(RecorderError) -> Failure {
    move |error| Failure::new(error.text(screen.lang))
}
