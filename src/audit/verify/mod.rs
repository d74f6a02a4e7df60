//! The verifier: collects every finding and trusts nobody.
//!
//! In scope: files against sums, people against central's key, entries against people, chain and rules, photos and
//! receipts against entries, tables and published sums against all of them, one bundle against another.
//! Not here: the words for what is found (`kind`) and how they are printed (`print`).

mod annotations;
mod bag;
mod compare;
mod cosigned;
mod election;
mod entries;
mod evidence;
mod layout;
mod logbook;
mod outline;
mod people;
mod photos;
mod recap;
mod receipts;
mod sheet;
mod tables;

use std::path::Path;

use super::finding::{Detail, Place, Side};
use super::folder::{Folder, FolderError};
use super::kind::Kind;
use super::report::Report;
use super::seen::{self, Seen};
use super::source::Source;
use crate::digest::Digest;
use crate::protocol::cosignature::WitnessKey;
use crate::protocol::ids::StationId;
use crate::protocol::key::PublicKey;
use logbook::LogBook;
use outline::Outline;

/// Keys that the reader has from elsewhere. What is not given is taken from the bundle, and the report says so.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Central's: it signs accreditations and the log.
    pub central_key: Option<PublicKey>,
    /// The authority's: it signs the election file.
    pub authority: Option<PublicKey>,
    /// Witnesses' of central's log: each of them has to have cosigned it.
    pub witnesses: Vec<WitnessKey>,
}

/// Verifies a bundle, and compares it with another one of the same election when that is given.
///
/// # Errors
/// [`FolderError`] when a path is no bundle at all; whatever is wrong inside one is a finding.
pub fn verify(bundle: &Path, other: Option<&Path>, trust: &Trust) -> Result<Report, FolderError> {
    let first = Folder::open(bundle)?;
    let second = other.map(Folder::open).transpose()?;
    let (mut report, mut log) = (Report::default(), LogBook::default());
    let mut inquiry = Inquiry { side: Side::This, trust, report: &mut report, log: &mut log };
    let outline = inquiry.folder(&first);
    if let Some(second) = second {
        inquiry.side = Side::Other;
        let other = inquiry.folder(&second);
        compare::bundles(&outline, &other, inquiry.report);
    }
    inquiry.not_cosigned();
    Ok(report.finish())
}

/// Verifies evidence where it is kept: a station checks itself, central checks what it holds.
///
/// # Errors
/// The source's own: a store that cannot be read is not a finding about the evidence.
pub fn check<S: Source>(source: &S, trust: &Trust) -> Result<Report, S::Error> {
    let (mut report, mut log) = (Report::default(), LogBook::default());
    let mut inquiry = Inquiry { side: Side::This, trust, report: &mut report, log: &mut log };
    let look = |photo: &Digest| {
        let opened = source.open_photo(photo)?;
        Ok(opened.map(|mut bytes| seen::see(&mut bytes).map_err(|error| Detail::cause(&error))))
    };
    inquiry.evidence(source, &look)?;
    inquiry.not_cosigned();
    Ok(report.finish())
}

/// Finds a photo and reads it whole; the inner error is one of reading, which is a finding about that photo.
type Look<'a, E> = &'a dyn Fn(&Digest) -> Result<Option<Result<Seen, Detail>>, E>;

/// One bundle or source under verification.
struct Inquiry<'a> {
    side: Side,
    trust: &'a Trust,
    report: &'a mut Report,
    log: &'a mut LogBook,
}

impl Inquiry<'_> {
    fn folder(&mut self, folder: &Folder) -> Outline {
        let sums = self.sums(folder);
        let look = |photo: &Digest| {
            let path = folder.photo_path(photo);
            Ok(path.and_then(|path| sums.get(path)).copied().map(Ok))
        };
        let Ok(mut outline) = self.evidence(folder, &look);
        self.layout(folder, &sums, &outline);
        self.tables(folder, &mut outline);
        outline.exported_at = self.info(folder, &outline);
        outline
    }

    fn add(&mut self, kind: Kind, place: Place, detail: Detail) {
        self.report.add(kind, place, detail);
    }

    fn at_file(&mut self, kind: Kind, path: &str, detail: Detail) {
        self.add(kind, Place::file(self.side, path), detail);
    }

    fn at_station(&mut self, kind: Kind, station: StationId, detail: Detail) {
        self.add(kind, Place::station(self.side, station), detail);
    }
}
