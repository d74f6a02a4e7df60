//! The command line: one verb per file, clap only here.
//!
//! In scope: arguments, prompts, printing, exit codes.
//! Not here: any rule or decision; a verb calls one use case and shows what it answers.

#[cfg(feature = "central")]
mod central;
#[cfg(feature = "central")]
mod crowd;
#[cfg(feature = "station")]
mod delivery_bars;
#[cfg(feature = "rehearsal")]
mod demo;
mod election;
#[cfg(any(feature = "station", feature = "central"))]
mod export;
mod failure;
mod files;
#[cfg(feature = "random")]
mod key;
#[cfg(feature = "central")]
mod logs;
#[cfg(feature = "central")]
mod operator;
#[cfg(feature = "station")]
mod parcel;
#[cfg(feature = "station")]
mod qr;
mod screen;
#[cfg(feature = "station")]
mod station;
#[cfg(any(feature = "central", feature = "web"))]
mod stop;
#[cfg(feature = "station")]
mod sync;
mod verify;
#[cfg(feature = "witness")]
mod witness;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::form::Lang;
use failure::Outcome;
use screen::Screen;

/// Records the figures of a polling station (TPS) and delivers them so that nobody has to take them on trust.
#[derive(Debug, Parser)]
#[command(name = "plano", version, max_term_width = 110)]
struct Arguments {
    /// Language for people: id (bahasa Indonesia) or en (English)
    #[arg(long, global = true, env = "PLANO_LANG", default_value = "id", value_name = "LANG")]
    lang: Lang,
    /// Write JSON for programs instead of text for people
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Put an election file together, sign it, check it
    #[command(subcommand)]
    Election(election::Verb),
    /// Make the keys of a server or an authority
    #[cfg(feature = "random")]
    #[command(subcommand)]
    Key(key::Verb),
    /// Record one polling station: the two officers' part
    #[cfg(feature = "station")]
    Station(station::Arguments),
    /// Deliver what the station has recorded, until central has signed for everything
    #[cfg(feature = "station")]
    Sync(sync::Arguments),
    /// Carry what has no receipt yet to central beside the network, and the receipts back
    #[cfg(feature = "station")]
    #[command(subcommand)]
    Parcel(parcel::Verb),
    /// Show a sealed result as a QR code, or read one from a photo or screenshot
    #[cfg(feature = "station")]
    #[command(subcommand)]
    Qr(qr::Verb),
    /// Run a test central
    #[cfg(feature = "central")]
    Central(central::Arguments),
    /// Write an audit bundle that anyone can verify
    #[cfg(any(feature = "station", feature = "central"))]
    Export(export::Arguments),
    /// Live a whole polling day on this machine: stations, faults, receipts, an audit bundle
    #[cfg(feature = "rehearsal")]
    Demo(demo::Arguments),
    /// Check an audit bundle offline, trusting nobody: exit code 0 sound, 1 findings, 2 unreadable
    Verify(verify::Arguments),
}

/// Runs the program with the process arguments.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let screen = Screen { lang: arguments.lang, json: arguments.json };
    match run(screen, arguments.verb) {
        Ok(code) => code,
        Err(failure) => {
            screen::complain(&failure.text());
            failure.exit()
        }
    }
}

fn run(screen: Screen, verb: Verb) -> Outcome {
    match verb {
        Verb::Election(verb) => election::run(screen, verb),
        #[cfg(feature = "random")]
        Verb::Key(verb) => key::run(screen, verb),
        #[cfg(feature = "station")]
        Verb::Station(arguments) => station::run(screen, arguments),
        #[cfg(feature = "station")]
        Verb::Sync(arguments) => sync::run(screen, &arguments),
        #[cfg(feature = "station")]
        Verb::Parcel(verb) => parcel::run(screen, &verb),
        #[cfg(feature = "station")]
        Verb::Qr(verb) => qr::run(screen, &verb),
        #[cfg(feature = "central")]
        Verb::Central(arguments) => central::run(screen, &arguments),
        #[cfg(any(feature = "station", feature = "central"))]
        Verb::Export(arguments) => export::run(screen, &arguments),
        #[cfg(feature = "rehearsal")]
        Verb::Demo(arguments) => demo::run(screen, &arguments),
        Verb::Verify(arguments) => verify::run(screen, &arguments),
    }
}

/// A runtime for the verbs that use the network.
#[cfg(feature = "runtime")]
fn runtime() -> Result<tokio::runtime::Runtime, failure::Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|error| failure::Failure::caused("starting", &error))
}
