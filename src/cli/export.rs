//! `plano export`: the audit bundle of a station, or of what central holds.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::failure::{Failure, Outcome};
use super::screen::Screen;
use crate::audit::{self, Exported, Maker, Scope, Source};
use crate::clock;
use crate::form::Lang;
use crate::protocol::ids::Region;

/// Whose evidence, which part, and where to.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("from").required(true))]
pub(super) struct Arguments {
    /// The bundle's folder; must not exist
    to: PathBuf,
    /// Folder of a station
    #[cfg(feature = "station")]
    #[arg(long, value_name = "FOLDER", group = "from")]
    station: Option<PathBuf>,
    /// Folder of a central
    #[cfg(feature = "central")]
    #[arg(long, value_name = "FOLDER", group = "from")]
    central: Option<PathBuf>,
    /// Only the stations of this region, such as 35.74.03
    #[arg(long, value_name = "CODE")]
    region: Option<Region>,
}

/// Runs the verb.
pub(super) fn run(screen: Screen, arguments: &Arguments) -> Outcome {
    #[cfg(feature = "station")]
    if let Some(folder) = &arguments.station {
        use crate::recorder::{Place, Station};
        let station = Station::open(Place::new(folder)).map_err(|error| Failure::new(error.text(screen.lang)))?;
        return write(screen, arguments, &station, &format!("TPS {}", station.id()));
    }
    #[cfg(feature = "central")]
    if let Some(folder) = &arguments.central {
        let home = crate::central::Home::at(folder);
        let central = home.open_to_read().map_err(|error| Failure::caused("central", &error))?;
        return write(screen, arguments, &central, "central");
    }
    Err(Failure::say(screen.lang, "sebutkan --station atau --central", "say --station or --central"))
}

fn write<S: Source>(screen: Screen, arguments: &Arguments, source: &S, place: &str) -> Outcome {
    let scope = arguments.region.map_or(Scope::All, Scope::Region);
    let by = format!("plano {}, {place}", env!("CARGO_PKG_VERSION"));
    let made = audit::export(source, &scope, &arguments.to, &Maker { at: clock::now(), by: &by })
        .map_err(|error| Failure::caused(arguments.to.display().to_string(), &error))?;
    report(screen, &made)
}

fn report(screen: Screen, made: &Exported) -> Outcome {
    screen.value(&json!({
        "folder": made.folder, "seal": made.seal, "stations": made.stations, "entries": made.entries,
        "photos": made.photos, "receipts": made.receipts, "annotations": made.annotations, "absent_photos": made.absent, "bytes": made.bytes,
    }))?;
    let (stations, entries, photos, receipts) = (made.stations, made.entries, made.photos, made.receipts);
    let folder = made.folder.display();
    screen.line(match screen.lang {
        Lang::Id => format!("{folder}: {stations} TPS, {entries} catatan, {photos} foto, {receipts} tanda terima."),
        Lang::En => format!("{folder}: {stations} stations, {entries} entries, {photos} photos, {receipts} receipts."),
    });
    screen.line(format!("{} {}", screen.word("sidik berkas audit:", "seal of the bundle:"), made.seal));
    screen.line(format!("plano verify {folder}"));
    Ok(ExitCode::SUCCESS)
}
