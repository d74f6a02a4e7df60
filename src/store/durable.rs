//! Small files that survive a power cut: written beside, synced, renamed into place, and the folder synced.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Puts `bytes` into the file at `path` in one step: afterwards either the old content is there or the new one, whole.
///
/// **Durable when it returns.**
///
/// # Errors
/// The system's own; the old content is there then.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("part");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    rename(&beside, path)
}

/// Gives a file or folder another name beside the old one. **Durable when it returns.**
///
/// # Errors
/// The system's own; it has its old name then.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_parent(to)
}

/// Copies a file to a place where nothing is yet. **Its content is durable when it returns**, its name once the folder is
/// synced.
///
/// # Errors
/// The system's own; [`io::ErrorKind::AlreadyExists`] when something is there.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut copy = File::create_new(to)?;
    io::copy(&mut source, &mut copy)?;
    copy.sync_all()
}

/// Removes a file; that it is gone already is no error. **Durable when it returns.**
///
/// # Errors
/// The system's own.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Ok(()) => sync_parent(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Makes a folder with all above it. **Durable when it returns.**
///
/// # Errors
/// The system's own.
pub fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    sync_folder(path)?;
    sync_parent(path)
}

/// Makes the names in a folder durable; Windows keeps them so without being asked.
///
/// # Errors
/// The system's own.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

fn sync_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => sync_folder(Path::new(".")),
        Some(parent) => sync_folder(parent),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/key.json");
        make_folder(path.parent().expect("a parent")).expect("makes");
        for text in ["one, which is longer", "two"] {
            write(&path, text.as_bytes()).expect("writes");
            assert_eq!(fs::read_to_string(&path).expect("reads"), text);
        }
        assert_eq!(fs::read_dir(path.parent().expect("a parent")).expect("lists").count(), 1);
        remove(&path).expect("removes");
        remove(&path).expect("gone already");
    }
}
