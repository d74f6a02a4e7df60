//! `plano verify`: check an audit bundle offline, trusting nobody.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::failure::{FINDINGS, Failure, Outcome};
use super::files;
use super::screen::Screen;
use crate::audit::{self, Lone, Trust};
use crate::protocol::key::PublicKey;

/// A bundle, and what the reader knows from elsewhere.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The bundle: a folder that `plano export` made. Or one result: a file with its note or the text of its QR code
    bundle: PathBuf,
    /// Another bundle of the same election to compare with: the station's own against central's
    other: Option<PathBuf>,
    /// Central's public key (text or file), from a source you trust; without it the bundle's own key is used
    #[arg(long, value_name = "KEY")]
    central_key: Option<String>,
    /// The election authority's public key (text or file)
    #[arg(long, value_name = "KEY")]
    authority: Option<String>,
    /// For one result: the station's accreditations, as central serves them under `/v1/stations/…/accreditations`
    #[arg(long, value_name = "FILE", requires = "central_key")]
    accreditations: Option<PathBuf>,
    /// Public key of a witness that must have cosigned central's log (text or file); may be given several times
    #[arg(long, value_name = "KEY")]
    witness_key: Vec<String>,
}

/// Runs the verb: exit code 0 sound, 1 findings, 2 unreadable.
pub(super) fn run(screen: Screen, arguments: &Arguments) -> Outcome {
    if arguments.bundle.is_file() {
        return lone(screen, arguments);
    }
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

/// One result by itself: what it says, and who signed it.
fn lone(screen: Screen, arguments: &Arguments) -> Outcome {
    let path = arguments.bundle.display().to_string();
    if arguments.other.is_some() || arguments.authority.is_some() || !arguments.witness_key.is_empty() {
        return Err(Failure::new(path).hint(screen.word(
            "satu hasil diperiksa dengan --accreditations dan --central-key saja",
            "one result is checked with --accreditations and --central-key alone",
        )));
    }
    let result = Lone::read(&files::read(&arguments.bundle)?).map_err(|error| Failure::caused(path, &error))?;
    let sealed = result.sealed();
    let signed = match (&arguments.accreditations, &arguments.central_key) {
        (Some(file), Some(key)) => {
            let text = String::from_utf8(files::read(file)?).unwrap_or_default();
            Some(result.signed(&text, &files::key_text(key)?))
        }
        _ => None,
    };
    let entry = result.entry().entry();
    screen.value(&json!({
        "station": entry.station, "seq": entry.seq, "contest": sealed.contest, "revision": sealed.revision,
        "boxes": sealed.boxes, "digest": result.entry().digest(), "signed": signed.as_ref().map(Result::is_ok),
    }))?;
    let revision = screen.word("revisi", "revision");
    screen.line(format!("TPS {} · {} · {revision} {}", entry.station, sealed.contest, sealed.revision));
    for (id, count) in sealed.boxes.iter() {
        screen.line(format!("  {:<24}{count:>4}", id.as_str()));
    }
    match &signed {
        Some(Ok(())) => screen.line(screen.word(
            "Ditandatangani kedua petugas yang diakreditasi pusat.",
            "Signed by the two officers whom central has accredited.",
        )),
        Some(Err(error)) => {
            return Err(Failure::caused(screen.word("TIDAK SAH", "NOT VALID"), error).code(FINDINGS));
        }
        None => screen.line(screen.word(
            "Belum diperiksa siapa yang menandatangani: berikan --accreditations dan --central-key.",
            "Who signed it is not checked yet: give --accreditations and --central-key.",
        )),
    }
    Ok(ExitCode::from(if matches!(signed, Some(Ok(()))) { 0 } else { FINDINGS }))
}
