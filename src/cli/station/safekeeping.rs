//! The whole station copied to another disk, and made again from the copy.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{explain, open};
use crate::cli::failure::Outcome;
use crate::cli::screen::Screen;
use crate::form::Lang;
use crate::recorder::{Place, Station};

/// Where the copy goes.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The new folder; must not exist
    to: PathBuf,
}

/// Where the copy is.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup's folder
    from: PathBuf,
}

/// Copies the station.
pub(super) fn backup(screen: Screen, place: Place, verb: &Backup) -> Outcome {
    let station = open(screen, place)?;
    let made = station.back_up(&verb.to).map_err(explain(screen))?;
    let entries = made.head.map_or(0, |head| head.seq.get());
    screen.value(&json!({ "to": verb.to, "entries": entries, "photos": made.photos }))?;
    screen.line(match screen.lang {
        Lang::Id => {
            format!("Cadangan lengkap: {} catatan, {} foto di {}.", entries, made.photos, verb.to.display())
        }
        Lang::En => {
            format!("Backup complete: {} entries, {} photos in {}.", entries, made.photos, verb.to.display())
        }
    });
    Ok(ExitCode::SUCCESS)
}

/// Makes a station out of a backup.
pub(super) fn restore(screen: Screen, place: &Place, verb: &Restore) -> Outcome {
    let station = Station::restore(&Place::new(&verb.from), place).map_err(explain(screen))?;
    screen.value(&json!({ "station": station.id(), "head": station.head() }))?;
    screen.line(match screen.lang {
        Lang::Id => format!("TPS {} dipulihkan dari cadangan.", station.id()),
        Lang::En => format!("Station {} is restored from the backup.", station.id()),
    });
    screen.say(
        "Sebelum merekam apa pun: jalankan `plano sync --once`. Bila pusat tahu lebih banyak daripada cadangan ini, ia berkata.",
        "Before anything is recorded: run `plano sync --once`. If central knows more than this backup, it says so.",
    );
    screen.say(
        "Jangan memakai mesin lama lagi: dua mesin membuat dua riwayat yang saling bertentangan.",
        "Do not use the old machine again: two machines make two histories that contradict each other.",
    );
    Ok(ExitCode::SUCCESS)
}
