//! `plano verify`: check an audit bundle offline, trusting nobody.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::failure::{Failure, Outcome};
use super::files;
use super::screen::Screen;
use crate::audit::{self, Trust};
use crate::protocol::key::PublicKey;

/// A bundle, and what the reader knows from elsewhere.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The bundle: a folder that `plano export` made
    bundle: PathBuf,
    /// Another bundle of the same election to compare with: the station's own against central's
    other: Option<PathBuf>,
    /// Central's public key (text or file), from a source you trust; without it the bundle's own key is used
    #[arg(long, value_name = "KEY")]
    central_key: Option<String>,
    /// The election authority's public key (text or file)
    #[arg(long, value_name = "KEY")]
    authority: Option<String>,
    /// Public key of a witness that must have cosigned central's log (text or file); may be given several times
    #[arg(long, value_name = "KEY")]
    witness_key: Vec<String>,
}

/// Runs the verb: exit code 0 sound, 1 findings, 2 unreadable.
pub(super) fn run(screen: Screen, arguments: &Arguments) -> Outcome {
    let key = |text: &Option<String>| text.as_deref().map(files::key_text::<PublicKey>).transpose();
    let witnesses = arguments.witness_key.iter().map(|text| files::key_text(text)).collect::<Result<_, _>>()?;
    let trust = Trust { central_key: key(&arguments.central_key)?, authority: key(&arguments.authority)?, witnesses };
    let report = audit::verify(&arguments.bundle, arguments.other.as_deref(), &trust).map_err(|error| {
        Failure::caused(arguments.bundle.display().to_string(), &error).hint(screen.word(
            "berikan folder berkas audit yang dibuat `plano export`",
            "give the folder of a bundle that `plano export` made",
        ))
    })?;
    screen.value(&report.json())?;
    screen.line(report.text(screen.lang).trim_end());
    Ok(ExitCode::from(report.exit_code()))
}
