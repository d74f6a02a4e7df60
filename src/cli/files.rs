//! Files that verbs read and write: small ones whole, keys, never over an existing file.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::str::FromStr;

use super::failure::Failure;
use crate::protocol::key::KeyError;

/// The bytes of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::caused(path.display().to_string(), &error))
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

fn write(path: &Path, bytes: &[u8], options: &mut OpenOptions) -> Result<(), Failure> {
    let write = |mut file: File| file.write_all(bytes).and_then(|()| file.sync_all());
    let written = options.write(true).create_new(true).open(path).and_then(write);
    written.map_err(|error| {
        let failure = Failure::caused(path.display().to_string(), &error);
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => failure.hint("choose another name; nothing is overwritten"),
            _ => failure,
        }
    })
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
