//! Writes a bundle: raw evidence, tables made from it, sums over everything.
//!
//! In scope: one pass over the stations of a scope; the same evidence gives the same bytes, apart from the stated time.
//! Not here: judging. What is wrong in the source is exported as it is, for the verifier to find.

mod bag;
mod durable;
mod error;
mod guide;
mod info;

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

pub use error::{BagError, ExportError};
pub(super) use info::{Info, Payload};

use super::dossier::Dossier;
use super::record::Record;
use super::role::receipt_path;
use super::source::Source;
use super::tables::Tables;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::annotation::{Annotation, Remark};
use crate::protocol::bundle;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::election::Election;
use crate::protocol::ids::{Region, Seq, Slot, StationId};
use crate::protocol::key::PublicKey;
use crate::protocol::people::Accreditation;
use crate::protocol::sealed::SealedEntry;
use bag::Bag;

/// Accreditations without a name of their own are numbered from here; no chain gets so long.
const SPARE: u64 = 900_000;

/// Which stations a bundle is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All that the source knows.
    All,
    /// Those of a region.
    Region(Region),
    /// These.
    Stations(BTreeSet<StationId>),
}

impl Scope {
    /// Whether every TPS of `region` is in the scope, so that its sums can be made again.
    fn holds_all(&self, region: Region) -> bool {
        match self {
            Self::All => true,
            Self::Region(own) => own.holds(region),
            Self::Stations(_) => false,
        }
    }

    fn holds(&self, station: StationId) -> bool {
        match self {
            Self::All => true,
            Self::Region(region) => region.holds(station.kelurahan()),
            Self::Stations(stations) => stations.contains(&station),
        }
    }
}

/// Who makes a bundle, and when: stated in it, never proved.
#[derive(Debug, Clone)]
pub struct Maker<'a> {
    /// The moment that the bundle states.
    pub at: Timestamp,
    /// The program and its place, in words: `plano 0.1.0, TPS 35.74.03.1001-001`.
    pub by: &'a str,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The bundle.
    pub folder: PathBuf,
    /// SHA-256 of the tag manifest, which fixes every byte of the bundle: to be read out or written down.
    pub seal: Digest,
    /// How many stations.
    pub stations: usize,
    /// How many entries.
    pub entries: usize,
    /// How many photos; light copies are not counted.
    pub photos: usize,
    /// How many receipts.
    pub receipts: usize,
    /// How many annotations of operators.
    pub annotations: usize,
    /// Photos that entries name and whose bytes the source does not have.
    pub absent: Vec<Digest>,
    /// Bytes of all files below `data/`.
    pub bytes: u64,
}

/// Writes the bundle `to`, which must not exist. It appears there whole and durable, or not at all: until then it is a
/// folder beside it whose name ends in `.partial-` and a number.
///
/// # Errors
/// [`ExportError`]; what was written until then stays in the partial folder.
pub fn export<S: Source>(
    source: &S,
    scope: &Scope,
    to: &Path,
    maker: &Maker<'_>,
) -> Result<Exported, ExportError<S::Error>> {
    let bytes = source.election().map_err(ExportError::Source)?;
    let election = Election::parse(bytes.clone()).map_err(ExportError::Election)?;
    let key = source.central_key().map_err(ExportError::Source)?;
    let mut stations = source.stations().map_err(ExportError::Source)?;
    stations.retain(|station| scope.holds(*station));
    if stations.is_empty() {
        return Err(ExportError::Nothing);
    }
    let bag = Bag::begin(to)?;
    let central = key.as_deref().and_then(|text| text.parse().ok());
    let tables = Tables::new(&election)?;
    let made = Exported {
        folder: to.to_owned(),
        seal: Digest::of(b""),
        stations: stations.len(),
        entries: 0,
        photos: 0,
        receipts: 0,
        annotations: 0,
        absent: Vec::new(),
        bytes: 0,
    };
    let mut export = Export { source, election, central, bag, tables, made, example: None };
    export.bag.file(bundle::ELECTION, &bytes)?;
    if let Some(key) = key {
        export.bag.file(bundle::CENTRAL_KEY, format!("{key}\n").as_bytes())?;
    }
    for station in &stations {
        export.station(*station)?;
    }
    export.annotations(scope)?;
    export.recap(scope)?;
    export.cosigned()?;
    export.finish(&stations, maker)
}

/// The photo that was moved.
fn moved(said: &Annotation) -> Option<Digest> {
    if let Remark::Moved(moved) = said.remark() { Some(moved.photo) } else { None }
}

/// An export under way.
struct Export<'a, S> {
    source: &'a S,
    election: Election,
    central: Option<PublicKey>,
    bag: Bag,
    tables: Tables,
    made: Exported,
    /// The first entry, and one who signed it: what the guide's commands check.
    example: Option<(StationId, Slot)>,
}

impl<S: Source> Export<'_, S> {
    fn station(&mut self, station: StationId) -> Result<(), ExportError<S::Error>> {
        let dossier = Dossier::read(self.source, station).map_err(ExportError::Source)?;
        let record = Record::fold(&self.election, self.central.as_ref(), &dossier);
        let first = record.at(Seq::FIRST).and_then(|step| step.entry.entry().by.slots().first());
        self.example = self.example.or(first.map(|slot| (station, *slot)));
        self.people(&dossier)?;
        self.entries(&dossier)?;
        for kept in &dossier.receipts {
            self.bag.file(&receipt_path(station, kept.of), &kept.bytes)?;
        }
        self.made.receipts += dossier.receipts.len();
        if let Some(attempts) = &dossier.attempts {
            self.bag.file(&bundle::attempts(station), attempts.as_bytes())?;
        }
        self.photos(&record)?;
        Ok(self.tables.add(&record)?)
    }

    fn cosigned(&mut self) -> Result<(), ExportError<S::Error>> {
        for (at, bytes) in self.source.cosigned().map_err(ExportError::Source)?.iter().enumerate() {
            let known = self.central.as_ref().and_then(|key| Checkpoint::verify(bytes.clone(), key).ok());
            // One that does not hold goes along under a size that no log has, for the verifier to refuse.
            let size = known.map_or(u64::MAX - at as u64, |known| known.size());
            let path = bundle::checkpoint(size);
            if !self.bag.holds(&path) {
                self.bag.file(&path, bytes)?;
            }
        }
        Ok(())
    }

    fn people(&mut self, dossier: &Dossier) -> Result<(), ExportError<S::Error>> {
        for (at, bytes) in dossier.accreditations.iter().enumerate() {
            let known = self.central.as_ref().and_then(|key| Accreditation::verify(bytes.clone(), key).ok());
            let own = known.filter(|known| known.station() == dossier.station);
            let path = own.map(|own| bundle::accreditation(own.station(), own.slot(), own.from_seq()));
            // One that does not hold, or whose place is taken, goes along under a free name for the verifier to refuse.
            let spare =
                || bundle::accreditation(dossier.station, Slot::P1, Seq::new(SPARE + at as u64).unwrap_or(Seq::FIRST));
            let path = path.filter(|path| !self.bag.holds(path)).unwrap_or_else(spare);
            self.bag.file(&path, bytes)?;
        }
        Ok(())
    }

    fn entries(&mut self, dossier: &Dossier) -> Result<(), ExportError<S::Error>> {
        self.made.entries += dossier.entries.len();
        let mut unreadable = Vec::new();
        let mut next = Seq::FIRST;
        for bytes in &dossier.entries {
            match SealedEntry::parse(bytes.clone()) {
                Ok(sealed) => {
                    let seq = sealed.entry().seq;
                    self.entry(dossier.station, seq, bytes)?;
                    next = seq.next();
                }
                // It may stand for the place behind the one before it, unless another entry has that place.
                Err(_) => unreadable.push((next, bytes)),
            }
        }
        for (seq, bytes) in unreadable {
            self.entry(dossier.station, seq, bytes)?;
        }
        for bytes in &dossier.conflicts {
            let seq = SealedEntry::parse(bytes.clone()).map_or(Seq::FIRST, |sealed| sealed.entry().seq);
            let path = bundle::conflict(dossier.station, seq, &Digest::of(bytes));
            if !self.bag.holds(&path) {
                self.bag.file(&path, bytes)?;
            }
        }
        Ok(())
    }

    /// Writes an entry to its place, or beside the chain when its place is taken.
    fn entry(&mut self, station: StationId, seq: Seq, bytes: &[u8]) -> Result<(), ExportError<S::Error>> {
        let path = bundle::entry(station, seq);
        let taken = self.bag.holds(&path);
        let path = if taken { bundle::conflict(station, seq, &Digest::of(bytes)) } else { path };
        if !self.bag.holds(&path) {
            self.bag.file(&path, bytes)?;
        }
        Ok(())
    }

    fn photos(&mut self, record: &Record) -> Result<(), ExportError<S::Error>> {
        let named = record.state.photos().iter().map(|kept| kept.image.sha256);
        let here = self.source.photos(record.station).map_err(ExportError::Source)?;
        let named: BTreeSet<Digest> = named.collect();
        let light: BTreeSet<Digest> = record.light().difference(&named).copied().collect();
        let all: BTreeSet<Digest> = named.into_iter().chain(here).collect();
        for photo in all {
            if self.bag.holds_photo(&photo) {
                continue;
            }
            match self.source.open_photo(&photo).map_err(ExportError::Source)? {
                Some(mut bytes) => {
                    self.bag.photo(&photo, &mut bytes)?;
                    self.made.photos += usize::from(!light.contains(&photo));
                }
                None => self.made.absent.push(photo),
            }
        }
        Ok(())
    }

    /// What operators said about any station of the scope, and whatever else they said about a photo that ever was or
    /// should be there. What cannot be read goes along, for the verifier to refuse.
    fn annotations(&mut self, scope: &Scope) -> Result<(), ExportError<S::Error>> {
        let all = self.source.annotations().map_err(ExportError::Source)?;
        let read = |note: &[u8]| Annotation::verify(note.to_vec(), self.central.as_ref()?).ok();
        let said: Vec<Option<Annotation>> = all.iter().map(|kept| read(&kept.note)).collect();
        let concerns = |said: &Annotation| said.remark().concerns_any(|station| scope.holds(station));
        let photos: HashSet<Digest> = said.iter().flatten().filter(|said| concerns(said)).filter_map(moved).collect();
        for (kept, said) in all.iter().zip(&said) {
            let is_meant =
                |said: &Annotation| concerns(said) || moved(said).is_some_and(|photo| photos.contains(&photo));
            if said.as_ref().is_some_and(|said| !is_meant(said)) {
                continue;
            }
            let digest = Digest::of(&kept.note);
            self.bag.file(&bundle::annotation(&digest), &kept.note)?;
            if let Some(proof) = &kept.proof {
                self.bag.file(&bundle::annotation_proof(&digest), proof)?;
            }
            self.made.annotations += 1;
        }
        Ok(())
    }

    /// What central published of the regions that are here whole.
    fn recap(&mut self, scope: &Scope) -> Result<(), ExportError<S::Error>> {
        let regions: Vec<Region> = self.election.plan().regions.iter().map(|named| named.code).collect();
        for region in regions.into_iter().filter(|region| scope.holds_all(*region)) {
            if let Some(bytes) = self.source.recap(region).map_err(ExportError::Source)? {
                self.bag.file(&bundle::recap(region), &bytes)?;
            }
        }
        Ok(())
    }

    fn finish(mut self, stations: &[StationId], maker: &Maker<'_>) -> Result<Exported, ExportError<S::Error>> {
        for (name, bytes) in self.tables.finish()? {
            self.bag.file(&format!("{}{name}", bundle::TABLES), &bytes)?;
        }
        self.bag.file(bundle::VERIFY, guide::text(&self.election, self.example).as_bytes())?;
        let info = info::write(&self.election, stations, maker, self.bag.payload());
        self.made.bytes = self.bag.payload().bytes;
        self.made.seal = self.bag.finish(&info)?;
        Ok(self.made)
    }
}
