//! The archive itself: written in one go, read with suspicion. Nothing is unpacked by its name.

use std::io::{self, Read, Write};

use tar::{Archive, Builder, EntryType, Header};

use super::label::{self, Label};
use super::piece::Piece;

/// More files than this no station makes in a day.
const MOST_FILES: usize = 20_000;

/// Why a file is no parcel at all.
#[derive(Debug, thiserror::Error)]
pub enum ParcelError {
    /// The file cannot be read.
    #[error("reading the parcel")]
    Read(#[source] io::Error),
    /// The file is not an archive that begins with a label.
    #[error("this is not a parcel: it does not begin with {}; ask the station to make it again", label::NAME)]
    NoLabel,
    /// A label that cannot be read, or of a later version.
    #[error("the parcel's label cannot be read; a newer program may have made it")]
    Label(#[source] serde_json::Error),
    /// The file cannot be written.
    #[error("writing the parcel")]
    Write(#[source] io::Error),
}

/// What is wrong with one file of a parcel; the others are not affected.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A name that no item has, a link, a folder.
    #[error("not an item of a parcel")]
    Stranger,
    /// More bytes than such a file has.
    #[error("larger than {most} bytes")]
    TooLarge {
        /// So many at most.
        most: u64,
    },
    /// Not the bytes that its name promises.
    #[error("the bytes are not those that the name promises: damaged, or changed on the way")]
    Digest,
    /// Not a record of this station at this position.
    #[error("not an entry of this station at the position that the name says")]
    Elsewhere,
    /// A receipt that does not hold.
    #[error("not a receipt of central's")]
    Receipt(#[source] crate::protocol::receipt::ReceiptError),
    /// A receipt for something that this station has not recorded.
    #[error("a receipt for something that this station has not recorded")]
    NotOurs,
}

/// A file of a parcel that was not taken.
#[derive(Debug)]
pub struct Spoiled {
    /// Its name in the archive, as far as it can be shown.
    pub name: String,
    /// Why.
    pub fault: Fault,
}

/// What came out of a parcel.
#[derive(Debug)]
pub struct Unpacked {
    /// Its label.
    pub label: Label,
    /// How many files were taken.
    pub taken: usize,
    /// Those that were not.
    pub spoiled: Vec<Spoiled>,
    /// Why reading ended before the end of the archive: cut off on the way, as a rule.
    pub cut: Option<io::Error>,
}

/// Writes a parcel piece by piece.
pub(super) struct Writer<W: Write> {
    archive: Builder<W>,
    seconds: u64,
}

impl<W: Write> Writer<W> {
    /// Begins with the label.
    pub(super) fn new(out: W, label: &Label) -> Result<Self, ParcelError> {
        let seconds = label.packed.since(crate::clock::Timestamp::from_millis(0).unwrap_or(label.packed)).as_secs();
        let mut writer = Self { archive: Builder::new(out), seconds };
        let json = serde_json::to_vec_pretty(label).map_err(ParcelError::Label)?;
        writer.add(label::NAME, json.len() as u64, json.as_slice())?;
        Ok(writer)
    }

    /// Adds a file of exactly `bytes` bytes.
    pub(super) fn add(&mut self, name: &str, bytes: u64, content: impl Read) -> Result<(), ParcelError> {
        let mut header = Header::new_ustar();
        header.set_mode(0o644);
        header.set_size(bytes);
        header.set_mtime(self.seconds);
        self.archive.append_data(&mut header, name, content.take(bytes)).map_err(ParcelError::Write)
    }

    /// Ends the archive and gives back what was written to.
    pub(super) fn end(self) -> Result<W, ParcelError> {
        self.archive.into_inner().map_err(ParcelError::Write)
    }
}

/// Reads a parcel: the label first, given to `begin`, then every file that an item's name has, given to `keep` with its
/// bytes. Memory holds one file at a time.
pub(super) fn read<E: From<ParcelError>>(
    input: impl Read,
    begin: impl FnOnce(&Label) -> Result<(), E>,
    mut keep: impl FnMut(Piece, Vec<u8>) -> Result<Result<(), Fault>, E>,
) -> Result<Unpacked, E> {
    let mut archive = Archive::new(input);
    // Names of ours need no extension of the format; one that comes is a stranger, and is not read into memory.
    let mut files = archive.entries().map_err(ParcelError::Read)?.raw(true);
    let label = label(files.next())?;
    begin(&label)?;
    let mut unpacked = Unpacked { label, taken: 0, spoiled: Vec::new(), cut: None };
    for file in files.by_ref().take(MOST_FILES) {
        let mut file = match file {
            Ok(file) => file,
            Err(error) => {
                unpacked.cut = Some(error);
                break;
            }
        };
        let name = name(&file);
        let kept = match Piece::named(&name).filter(|_| file.header().entry_type() == EntryType::Regular) {
            None => Err(Fault::Stranger),
            Some(piece) if file.size() > piece.most_bytes() => Err(Fault::TooLarge { most: piece.most_bytes() }),
            Some(piece) => {
                let mut bytes = Vec::new();
                if let Err(error) = whole(&mut file, &mut bytes) {
                    unpacked.cut = Some(error);
                    break;
                }
                keep(piece, bytes)?
            }
        };
        match kept {
            Ok(()) => unpacked.taken += 1,
            Err(fault) => unpacked.spoiled.push(Spoiled { name, fault }),
        }
    }
    let seen = unpacked.taken + unpacked.spoiled.len();
    if unpacked.cut.is_none() && seen < usize::try_from(unpacked.label.items).unwrap_or(usize::MAX) {
        unpacked.cut = Some(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(unpacked)
}

/// The label, which is the first file of a parcel.
fn label(first: Option<io::Result<tar::Entry<'_, impl Read>>>) -> Result<Label, ParcelError> {
    match first {
        Some(Ok(mut file)) if name(&file) == label::NAME && file.size() <= label::BYTES => {
            serde_json::from_reader(&mut file).map_err(ParcelError::Label)
        }
        _ => Err(ParcelError::NoLabel),
    }
}

/// Reads a file of the archive to its end; an archive that ends inside it is an error.
fn whole(file: &mut tar::Entry<'_, impl Read>, into: &mut Vec<u8>) -> io::Result<()> {
    let read = file.read_to_end(into)?;
    if read as u64 == file.size() { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn name(file: &tar::Entry<'_, impl Read>) -> String {
    String::from_utf8_lossy(&file.path_bytes()).chars().filter(|letter| !letter.is_control()).take(200).collect()
}
