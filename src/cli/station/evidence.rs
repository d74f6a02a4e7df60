//! Photos, papers, incidents, copies: one officer alone.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::officer::{slot, unlock};
use super::prompt::photo_notes;
use super::{explain, open};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::files;
use crate::cli::screen::Screen;
use crate::clock;
use crate::digest::Digest;
use crate::form::{Lang, Page};
use crate::protocol::entry::{Answered, PaperKind, Recipient, Source};
use crate::protocol::ids::Slot;
use crate::recorder::{PageOf, PaperOf, Place, Recorded, RecorderError};

/// What to do with photos.
#[derive(Debug, Subcommand)]
pub(super) enum PhotoVerb {
    /// Add the photo of a page
    Add(Add),
}

/// A photo of a page.
#[derive(Debug, Args)]
pub(super) struct Add {
    /// The photo: JPEG or PNG, straight from the camera
    file: PathBuf,
    /// The officer: p1 or p2
    #[arg(long = "as", value_name = "p1|p2", value_parser = slot)]
    slot: Slot,
    /// The form's contest, such as gubernur
    #[arg(long)]
    contest: String,
    /// The page: 1, 2 or 3
    #[arg(long, value_parser = page)]
    page: Page,
    /// SHA-256 of an earlier photo of this page that this one replaces
    #[arg(long, value_name = "SHA256")]
    replaces: Option<Digest>,
    /// Why the photo is kept although something was found about it; without it the question is asked
    #[arg(long, value_name = "TEXT")]
    keep_because: Option<String>,
}

/// A photo of another paper.
#[derive(Debug, Args)]
pub(super) struct Paper {
    /// The photo
    file: PathBuf,
    /// The officer: p1 or p2
    #[arg(long = "as", value_name = "p1|p2", value_parser = slot)]
    slot: Slot,
    /// Which paper
    #[arg(long, value_enum)]
    kind: Kind,
    /// The form's contest, when the paper belongs to one
    #[arg(long)]
    contest: Option<String>,
    /// Why the photo is kept although something was found about it
    #[arg(long, value_name = "TEXT")]
    keep_because: Option<String>,
}

/// The papers of a TPS beside the forms.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// C.Daftar Hadir: the attendance lists
    DaftarHadir,
    /// C.Kejadian Khusus dan/atau Keberatan Saksi
    KejadianKhusus,
    /// C.Hasil Salinan
    Salinan,
}

/// An incident.
#[derive(Debug, Args)]
pub(super) struct Incident {
    /// What happened; no names, no personal data
    text: String,
    /// The officer: p1 or p2
    #[arg(long = "as", value_name = "p1|p2", value_parser = slot)]
    slot: Slot,
}

/// A copy.
#[derive(Debug, Args)]
pub(super) struct Copy {
    /// The form's contest
    #[arg(long)]
    contest: String,
    /// The officer: p1 or p2
    #[arg(long = "as", value_name = "p1|p2", value_parser = slot)]
    slot: Slot,
    /// The number of the pair whose saksi it is; without it the pengawas TPS
    #[arg(long, value_name = "PAIR")]
    saksi: Option<u8>,
    /// Why it was refused
    #[arg(long, value_name = "REASON")]
    refused: Option<String>,
}

fn page(text: &str) -> Result<Page, String> {
    text.parse().ok().and_then(Page::new).ok_or_else(|| "1, 2, 3".to_owned())
}

/// Adds the photo of a page.
pub(super) fn photo(screen: Screen, place: Place, PhotoVerb::Add(verb): &PhotoVerb) -> Outcome {
    let mut station = open(screen, place)?;
    let officer = unlock(screen, &station, verb.slot)?;
    let bytes = files::read(&verb.file)?;
    let page = PageOf { contest: verb.contest.clone(), page: verb.page, replaces: verb.replaces };
    let recorded = with_notes(screen, verb.keep_because.as_deref(), |notes| {
        station.photo(&officer, &page, (Source::File, &bytes), notes, clock::now())
    })?;
    said(screen, &recorded, Some(Digest::of(&bytes)))
}

/// Adds the photo of another paper.
pub(super) fn paper(screen: Screen, place: Place, verb: &Paper) -> Outcome {
    let mut station = open(screen, place)?;
    let officer = unlock(screen, &station, verb.slot)?;
    let bytes = files::read(&verb.file)?;
    let kind = match verb.kind {
        Kind::DaftarHadir => PaperKind::DaftarHadir,
        Kind::KejadianKhusus => PaperKind::KejadianKhusus,
        Kind::Salinan => PaperKind::Salinan,
    };
    let paper = PaperOf { kind, contest: verb.contest.clone() };
    let recorded = with_notes(screen, verb.keep_because.as_deref(), |notes| {
        station.paper(&officer, &paper, (Source::File, &bytes), notes, clock::now())
    })?;
    said(screen, &recorded, Some(Digest::of(&bytes)))
}

/// Records once, and once more with the officer's notes when the photo has findings.
fn with_notes(
    screen: Screen,
    because: Option<&str>,
    mut record: impl FnMut(&[Answered]) -> Result<Recorded, RecorderError>,
) -> Result<Recorded, Failure> {
    match record(&[]) {
        Err(RecorderError::PhotoNeedsAnswers(findings)) => {
            let notes = photo_notes(screen, &findings, because)?;
            record(&notes).map_err(explain(screen))
        }
        other => other.map_err(explain(screen)),
    }
}

/// Records an incident.
pub(super) fn incident(screen: Screen, place: Place, verb: &Incident) -> Outcome {
    let mut station = open(screen, place)?;
    let officer = unlock(screen, &station, verb.slot)?;
    let recorded = station.incident(&officer, &verb.text, clock::now()).map_err(explain(screen))?;
    said(screen, &recorded, None)
}

/// Records a copy given or refused.
pub(super) fn copy(screen: Screen, place: Place, verb: &Copy) -> Outcome {
    let mut station = open(screen, place)?;
    let officer = unlock(screen, &station, verb.slot)?;
    let to = verb.saksi.map_or(Recipient::Pengawas, Recipient::Saksi);
    let copy = station.copy_given(&officer, (&verb.contest, to), verb.refused.clone(), clock::now());
    said(screen, &copy.map_err(explain(screen))?, None)
}

/// Says what was recorded.
pub(super) fn said(screen: Screen, recorded: &Recorded, photo: Option<Digest>) -> Outcome {
    screen.value(&json!({ "seq": recorded.seq, "digest": recorded.digest, "photo": photo }))?;
    screen.line(match screen.lang {
        Lang::Id => format!("Tersimpan sebagai catatan {} ({}).", recorded.seq, recorded.digest.short()),
        Lang::En => format!("Recorded as entry {} ({}).", recorded.seq, recorded.digest.short()),
    });
    Ok(ExitCode::SUCCESS)
}
