//! Files of central's folder that are small and written whole.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file that is on disk under its name, or not at all. On Unix it has `mode` from its first moment.
///
/// # Errors
/// The system's.
pub(super) fn write(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = Path::new(&name);
    let mut file = create(new, mode)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(new, path)?;
    match path.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Makes a folder, and those above it, where there are none; its name is on disk then.
///
/// # Errors
/// The system's.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn create(path: &Path, mode: u32) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    options.open(path)
}
