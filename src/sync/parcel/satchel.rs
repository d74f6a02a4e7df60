//! The carrier's satchel: a folder that keeps what was handed over until central has signed for it, and then the receipts.
//!
//! Everything is on disk before a parcel counts as taken: the stick may go back, and halves may come in any order.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::archive::{Fault, ParcelError, Unpacked, Writer, read};
use super::label::{self, Label};
use super::piece::{self, Piece};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::photo::{Folder, FolderError};
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::receipt::{Item, What};
use crate::protocol::sealed::SealedEntry;
use crate::protocol::wire::limits;
use crate::store::durable;

/// Why the satchel cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SatchelError {
    /// The parcel.
    #[error(transparent)]
    Parcel(#[from] ParcelError),
    /// The satchel's folder.
    #[error("the carrier's folder {} cannot be used", .path.display())]
    Folder {
        /// Where.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// A photo cannot be kept.
    #[error("keeping a photo")]
    Photo(#[from] FolderError),
    /// A parcel for another central, or of another election, than an earlier one of the same station.
    #[error(
        "the parcel of {station} goes to another central or election than an earlier one; use another carrier's folder"
    )]
    OtherCentral {
        /// Whose.
        station: StationId,
    },
}

/// A carrier's folder.
#[derive(Debug, Clone)]
pub struct Satchel {
    path: PathBuf,
}

/// What the satchel holds of one station.
#[derive(Debug, Clone)]
pub struct Consignment {
    path: PathBuf,
    photos: Folder,
    label: Label,
}

impl Satchel {
    /// The satchel in the folder at `path`; the folder is made when the first parcel comes.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Takes a parcel over. **Durable when it returns.** The same parcel again changes nothing.
    ///
    /// # Errors
    /// [`SatchelError`]; what was read before stays. A damaged item is no error, see [`Unpacked::spoiled`].
    pub fn take_over(&self, parcel: impl Read) -> Result<Unpacked, SatchelError> {
        let consignment: std::cell::OnceCell<Consignment> = std::cell::OnceCell::new();
        read(
            parcel,
            |label| {
                let begun = self.consignment(label)?;
                let _ = consignment.set(begun);
                Ok(())
            },
            |piece, bytes| consignment.get().map_or(Ok(Err(Fault::Stranger)), |kept| kept.keep(piece, &bytes)),
        )
    }

    /// What is held of every station, in order of their numbers.
    ///
    /// # Errors
    /// [`SatchelError`] when the folder cannot be read.
    pub fn consignments(&self) -> Result<Vec<Consignment>, SatchelError> {
        let mut held = Vec::new();
        for name in names(&self.path)? {
            let path = self.path.join(name);
            if path.join(label::NAME).is_file() {
                held.push(Consignment::open(path)?);
            }
        }
        Ok(held)
    }

    fn consignment(&self, label: &Label) -> Result<Consignment, SatchelError> {
        let path = self.path.join(label.station.to_string());
        if path.join(label::NAME).is_file() {
            let known = Consignment::open(path)?;
            let same = known.label.goes_with(label);
            return if same { Ok(known) } else { Err(SatchelError::OtherCentral { station: label.station }) };
        }
        for folder in [self.path.clone(), path.clone(), path.join("entries"), path.join("receipts")] {
            durable::make_folder(&folder).map_err(at(&folder))?;
        }
        let json = serde_json::to_vec_pretty(label).map_err(ParcelError::Label)?;
        durable::write(&path.join(label::NAME), &json).map_err(at(&path))?;
        Consignment::open(path)
    }
}

impl Consignment {
    fn open(path: PathBuf) -> Result<Self, SatchelError> {
        let json = fs::read(path.join(label::NAME)).map_err(at(&path))?;
        let label = serde_json::from_slice(&json).map_err(ParcelError::Label)?;
        let photos = Folder::open(path.join("photos"))?;
        Ok(Self { path, photos, label })
    }

    /// Whose it is and where it goes.
    #[must_use]
    pub const fn label(&self) -> &Label {
        &self.label
    }

    /// Keeps a piece when its bytes are what its name promises.
    fn keep(&self, piece: Piece, bytes: &[u8]) -> Result<Result<(), Fault>, SatchelError> {
        let kept = match piece {
            Piece::Entry(seq, digest) => self.keep_entry(seq, &digest, bytes)?,
            Piece::Photo(digest) if Digest::of(bytes) == digest => {
                self.photos.put(bytes, limits::PHOTO_BYTES)?;
                Ok(())
            }
            Piece::Photo(_) => Err(Fault::Digest),
            // A parcel of receipts belongs to the station.
            Piece::Receipt(_) => Err(Fault::Stranger),
        };
        Ok(kept)
    }

    fn keep_entry(&self, seq: Seq, digest: &Digest, bytes: &[u8]) -> Result<Result<(), Fault>, SatchelError> {
        if Digest::of(bytes) != *digest {
            return Ok(Err(Fault::Digest));
        }
        let parsed = SealedEntry::parse(bytes.to_vec()).ok();
        let fits = parsed.is_some_and(|known| (known.entry().station, known.entry().seq) == (self.label.station, seq));
        if !fits {
            return Ok(Err(Fault::Elsewhere));
        }
        let path = self.path.join(piece::entry(seq, digest));
        durable::write(&path, bytes).map_err(at(&path))?;
        Ok(Ok(()))
    }

    /// Everything held, entries by position, then photos; with a mark whether central has signed for it.
    ///
    /// # Errors
    /// [`SatchelError`] when the folder cannot be read.
    pub fn items(&self) -> Result<Vec<(Item, bool)>, SatchelError> {
        let mut items = Vec::new();
        for name in names(&self.path.join("entries"))? {
            if let Some(Piece::Entry(seq, digest)) = Piece::named(&format!("entries/{name}")) {
                items.push(Item { station: self.label.station, what: What::Entry(seq), digest });
            }
        }
        items.sort_unstable();
        for digest in self.photos.list()? {
            let (_, bytes) = self.photos.open_file(&digest)?;
            items.push(Item { station: self.label.station, what: What::Photo(bytes), digest });
        }
        Ok(items.into_iter().map(|item| (item, self.receipt_path(&item).is_file())).collect())
    }

    /// The bytes of an entry.
    pub(super) fn entry(&self, seq: Seq, digest: &Digest) -> Result<Vec<u8>, SatchelError> {
        let path = self.path.join(piece::entry(seq, digest));
        fs::read(&path).map_err(at(&path))
    }

    /// The photos.
    pub(super) const fn photos(&self) -> &Folder {
        &self.photos
    }

    /// Keeps a receipt. **Durable when it returns.**
    pub(super) fn receipted(&self, item: &Item, receipt: &[u8]) -> Result<(), SatchelError> {
        let path = self.receipt_path(item);
        durable::write(&path, receipt).map_err(at(&path))
    }

    fn receipt_path(&self, item: &Item) -> PathBuf {
        self.path.join(piece::receipt(&item.digest))
    }

    /// Writes the parcel of receipts that goes back to the station, and gives back what was written to.
    ///
    /// # Errors
    /// [`SatchelError`] when the folder cannot be read or the parcel not written.
    pub fn write_receipts<W: Write>(&self, now: Timestamp, out: W) -> Result<W, SatchelError> {
        let receipted: Vec<_> = self.items()?.into_iter().filter(|(_, receipted)| *receipted).collect();
        let items = u32::try_from(receipted.len()).unwrap_or(u32::MAX);
        let mut writer = Writer::new(out, &Label { packed: now, part: [1, 1], items, ..self.label.clone() })?;
        for (item, _) in receipted {
            let path = self.receipt_path(&item);
            let receipt = fs::read(&path).map_err(at(&path))?;
            writer.add(&piece::receipt(&item.digest), receipt.len() as u64, receipt.as_slice())?;
        }
        Ok(writer.end()?)
    }
}

fn at(path: &Path) -> impl Fn(io::Error) -> SatchelError {
    move |source| SatchelError::Folder { path: path.to_owned(), source }
}

/// The names in a folder in order; none when there is no folder.
fn names(folder: &Path) -> Result<Vec<String>, SatchelError> {
    let listed = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        listed => listed.map_err(at(folder))?,
    };
    let mut names = Vec::new();
    for entry in listed {
        names.extend(entry.map_err(at(folder))?.file_name().into_string().ok());
    }
    names.sort_unstable();
    Ok(names)
}
