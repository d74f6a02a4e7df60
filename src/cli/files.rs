//! Files that verbs read and write: small ones whole, keys, never over an existing file.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
#[cfg(feature = "rehearsal")]
use std::path::PathBuf;
use std::str::FromStr;

use super::failure::Failure;
use crate::protocol::key::KeyError;

/// The bytes of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::caused(path.display().to_string(), &error))
}

/// A folder that is given and must not exist, or a new name below the temporary folder; nothing is made.
#[cfg(feature = "rehearsal")]
pub(super) fn new_folder(given: Option<&Path>, name: &str) -> Result<PathBuf, Failure> {
    match given {
        None => Ok(std::env::temp_dir().join(format!("{name}-{}", crate::clock::now().millis()))),
        Some(given) if given.exists() => {
            Err(Failure::new(given.display().to_string()).hint("choose a folder that does not exist yet"))
        }
        Some(given) => Ok(given.to_owned()),
    }
}

/// Writes a file that does not exist yet; durable when this returns.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write(path, bytes, &mut OpenOptions::new())
}

/// Writes a file that does not exist yet and that only its owner may read; durable when this returns.
#[cfg(feature = "random")]
pub(super) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    write(path, bytes, &mut options)
}

/// Opens a file that does not exist yet, for writing.
#[cfg(feature = "station")]
pub(super) fn create_new(path: &Path) -> Result<File, Failure> {
    File::create_new(path).map_err(|error| not_written(path, &error))
}

fn write(path: &Path, bytes: &[u8], options: &mut OpenOptions) -> Result<(), Failure> {
    let write = |mut file: File| file.write_all(bytes).and_then(|()| settle(&file, path));
    let written = options.write(true).create_new(true).open(path).and_then(write);
    written.map_err(|error| not_written(path, &error))
}

/// Brings a file and its name to disk.
pub(super) fn settle(file: &File, path: &Path) -> std::io::Result<()> {
    file.sync_all()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn not_written(path: &Path, error: &std::io::Error) -> Failure {
    let failure = Failure::caused(path.display().to_string(), error);
    match error.kind() {
        std::io::ErrorKind::AlreadyExists => failure.hint("choose another name; nothing is overwritten"),
        _ => failure,
    }
}

/// A public key given as text or as a file that holds it.
pub(super) fn key_text<K: FromStr<Err = KeyError>>(text: &str) -> Result<K, Failure> {
    let given = text.trim().parse::<K>();
    let key = given.or_else(|error| match fs::read_to_string(text) {
        Ok(file) => file.trim().parse(),
        Err(_) => Err(error),
    });
    key.map_err(|error| Failure::caused(format!("public key {text:?}"), &error))
}

/// A private key out of its file.
pub(super) fn secret_key<K: FromStr<Err = KeyError>>(path: &Path) -> Result<K, Failure> {
    let text = String::from_utf8(read(path)?).unwrap_or_default();
    text.trim().parse().map_err(|error| Failure::caused(path.display().to_string(), &error))
}
