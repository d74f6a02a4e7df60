//! Backup and restore: a station's whole folder, copied while it is in use, and brought back only when all of it is sound.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Place, RecorderError, Station};
use crate::digest::Digest;
use crate::photo::Folder;
use crate::protocol::chain::ChainHead;
use crate::protocol::wire::limits;
use crate::store::{Ledger, durable};

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackedUp {
    /// The last entry in it.
    pub head: Option<ChainHead>,
    /// How many photos; light copies are not counted.
    pub photos: usize,
}

impl Station {
    /// Copies the station into a folder that does not exist yet: ledger, photos, encrypted keys, drafts.
    ///
    /// The ledger goes first, the photos after it: whatever an entry in the copy names is durable by then. Half a backup
    /// stays a folder with the ending `.part`. Durable when it returns.
    ///
    /// # Errors
    /// [`RecorderError::InUse`] when something is at `to`; what the disks refuse.
    pub fn back_up(&self, to: &Path) -> Result<BackedUp, RecorderError> {
        let part = new_folder(to)?;
        self.ledger().back_up(&part.ledger())?;
        let ledger = Ledger::open(&part.ledger())?;
        ledger.check()?;
        let head = ledger.head()?;
        let entries = ledger.entries()?;
        let light = entries.iter().filter_map(|sealed| sealed.entry().body.image()?.light).map(|light| light.sha256);
        let light: BTreeSet<Digest> = light.collect();
        // Closed before the folder gets its name, so that it holds one plain file.
        drop(ledger);
        let names = copy_photos(self.photos(), &part)?;
        let photos = names.iter().filter(|name| !light.contains(name)).count();
        copy_files(self.place(), &part)?;
        settle(&part, to)?;
        Ok(BackedUp { head, photos })
    }

    /// Brings a station back from a backup into a folder that does not exist or is empty. The backup is only read.
    ///
    /// Everything is checked before the folder gets its name: file and guards of the ledger, chain, signatures, and every
    /// photo against its digest. Should the lost machine have recorded more than the backup holds, central knows it: compare
    /// its head before anything is recorded here, or two histories begin.
    ///
    /// # Errors
    /// [`RecorderError::InUse`]; [`RecorderError::BadBackup`] naming the first thing that is wrong.
    pub fn restore(backup: &Place, to: &Place) -> Result<Self, RecorderError> {
        if !backup.ledger().is_file() {
            return Err(RecorderError::BadBackup(BackupFault::NoLedger));
        }
        if to.root().is_dir() && is_empty(to.root())? {
            fs::remove_dir(to.root()).map_err(RecorderError::file(to.root()))?;
        }
        let part = new_folder(to.root())?;
        // The second file is there when somebody copied a station's folder by hand while it was open.
        for (from, copy) in [(backup.ledger(), part.ledger()), (backup.ledger_wal(), part.ledger_wal())] {
            if from.is_file() {
                durable::copy(&from, &copy).map_err(RecorderError::file(&copy))?;
            }
        }
        if backup.photos().is_dir() {
            copy_photos(&Folder::open(backup.photos())?, &part)?;
        }
        copy_files(backup, &part)?;
        let station = Self::open(part.clone())?;
        station.sound()?;
        drop(station);
        settle(&part, to.root())?;
        Self::open(to.clone())
    }

    /// Checks the ledger, every signature, and every photo that an entry names.
    ///
    /// # Errors
    /// [`RecorderError::Store`], [`RecorderError::BadBackup`].
    pub fn sound(&self) -> Result<(), RecorderError> {
        self.ledger().check()?;
        let roster = self.ledger().roster()?;
        for sealed in self.ledger().entries()? {
            let seq = sealed.entry().seq;
            sealed.signed_by(&roster).map_err(|_| RecorderError::BadBackup(BackupFault::Signature(seq)))?;
            if let Some(image) = sealed.entry().body.image() {
                let fault = || RecorderError::BadBackup(BackupFault::Photo(image.sha256));
                let bytes = self.photos().verify(&image.sha256).map_err(|_| fault())?;
                if bytes != image.bytes {
                    return Err(fault());
                }
            }
        }
        Ok(())
    }
}

/// What is wrong with a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BackupFault {
    /// It is no backup.
    #[error("there is no ledger in it")]
    NoLedger,
    /// An entry is not its officers'.
    #[error("entry {0} is not signed by its officers")]
    Signature(crate::protocol::ids::Seq),
    /// A photo is missing or changed.
    #[error("photo {} is missing or changed", .0.short())]
    Photo(Digest),
}

/// The folder in which a copy is made, beside the one that it will be.
fn new_folder(to: &Path) -> Result<Place, RecorderError> {
    if to.exists() {
        return Err(RecorderError::InUse(to.to_owned()));
    }
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    // What an interrupted copy has left is only ever a copy.
    match fs::remove_dir_all(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(RecorderError::file(&part)(error)),
        _ => {}
    }
    let part = Place::new(part);
    for folder in [part.photos(), part.keys(), part.drafts()] {
        durable::make_folder(&folder).map_err(RecorderError::file(&folder))?;
    }
    Ok(part)
}

/// Copies every photo, each checked against its name on the way; gives their names.
fn copy_photos(from: &Folder, to: &Place) -> Result<Vec<Digest>, RecorderError> {
    let copies = Folder::open(to.photos())?;
    let names = from.list()?;
    for name in &names {
        let (file, _) = from.open_file(name)?;
        if copies.put(file, limits::PHOTO_BYTES)?.digest != *name {
            return Err(RecorderError::BadBackup(BackupFault::Photo(*name)));
        }
    }
    Ok(names)
}

/// Copies the encrypted keys and the drafts.
fn copy_files(from: &Place, to: &Place) -> Result<(), RecorderError> {
    for (source, target) in [(from.keys(), to.keys()), (from.drafts(), to.drafts())] {
        let copy_all = || -> io::Result<()> {
            for name in fs::read_dir(&source)? {
                let name = name?;
                if name.file_type()?.is_file() {
                    durable::copy(&name.path(), &target.join(name.file_name()))?;
                }
            }
            durable::sync_folder(&target)
        };
        match copy_all() {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(RecorderError::file(&source)(error)),
            _ => {}
        }
    }
    Ok(())
}

fn settle(part: &Place, to: &Path) -> Result<(), RecorderError> {
    durable::sync_folder(part.root()).and_then(|()| durable::rename(part.root(), to)).map_err(RecorderError::file(to))
}

fn is_empty(folder: &Path) -> Result<bool, RecorderError> {
    Ok(fs::read_dir(folder).map_err(RecorderError::file(folder))?.next().is_none())
}
