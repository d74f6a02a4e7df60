//! A file on its way into the folder: written under a temporary name and locked for as long as its writer lives.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// What temporary names begin with. No digest begins so.
const PREFIX: &str = "incoming-";

/// Tells the temporary names of one process apart.
static COUNTER: AtomicU64 = AtomicU64::new(0);

/// A temporary file that removes itself unless it is kept.
#[derive(Debug)]
pub(crate) struct Incoming {
    path: PathBuf,
    file: File,
    kept: bool,
}

impl Incoming {
    /// Creates a new temporary file in `folder`.
    ///
    /// The lock tells [`sweep`] in this or another process that somebody is still writing. A sweep may come between the
    /// creation and the lock and take the file away; then another is made.
    pub(crate) fn create(folder: &Path) -> Result<Self, (PathBuf, io::Error)> {
        loop {
            let number = COUNTER.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{PREFIX}{}-{number}", std::process::id()));
            let file = match OpenOptions::new().write(true).create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err((path, error)),
                Ok(file) => file,
            };
            match file.lock().and_then(|()| path.try_exists()) {
                Ok(true) => return Ok(Self { path, file, kept: false }),
                Ok(false) => {}
                Err(error) => return Err((path, error)),
            }
        }
    }

    /// Where the file is as long as it is temporary.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Appends `piece`.
    pub(crate) fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.file.write_all(piece)
    }

    /// Brings the content to disk, then gives it its name. The name itself is durable only once the folder is synced.
    pub(crate) fn keep_as(mut self, name: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, name)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.kept {
            // Whatever is left behind is taken away by the next sweep.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes the temporary files in `folder` that no living process is writing: what a crash left behind.
pub(crate) fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes()) && entry.file_type()?.is_file() {
            remove_if_abandoned(&entry.path());
        }
    }
    Ok(())
}

/// A file that cannot be opened, locked or removed now is left to the next sweep: it harms nobody.
fn remove_if_abandoned(path: &Path) {
    if let Ok(file) = OpenOptions::new().write(true).open(path)
        && file.try_lock().is_ok()
    {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).expect("a folder").count()
    }

    #[test]
    fn a_dropped_file_is_gone_and_a_kept_one_stays() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        drop(Incoming::create(folder.path()).expect("creates"));
        assert_eq!(names(folder.path()), 0);
        let mut incoming = Incoming::create(folder.path()).expect("creates");
        incoming.write(b"abc").expect("writes");
        incoming.keep_as(&folder.path().join("name")).expect("renames");
        assert_eq!(fs::read(folder.path().join("name")).expect("reads"), b"abc");
        assert_eq!(names(folder.path()), 1);
    }

    #[test]
    fn a_sweep_takes_what_nobody_writes_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let alive = Incoming::create(folder.path()).expect("creates");
        fs::write(folder.path().join("incoming-1-1"), b"left by a crash").expect("writes");
        fs::write(folder.path().join("notes.txt"), b"not ours").expect("writes");
        sweep(folder.path()).expect("sweeps");
        assert_eq!(names(folder.path()), 2);
        assert!(alive.path().exists());
    }
}
