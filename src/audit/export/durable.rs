//! Makes a finished folder durable before it gets its name.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

/// So many flushes wait at once: the file system's journal then writes them together, which a city's 17,000 files need.
const TOGETHER: usize = 16;

/// Returns when every file and name below `folder` is on the disk.
pub(super) fn tree(folder: &Path) -> io::Result<()> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    list(folder, &mut files, &mut folders)?;
    let share = files.len().div_ceil(TOGETHER).max(1);
    thread::scope(|scope| {
        let flush = |files: &[PathBuf]| files.iter().try_for_each(|path| file(path));
        let workers: Vec<_> = files.chunks(share).map(|files| scope.spawn(move || flush(files))).collect();
        let join = |worker: thread::ScopedJoinHandle<'_, io::Result<()>>| {
            worker.join().unwrap_or_else(|_| Err(io::Error::other("a flushing thread ended early")))
        };
        workers.into_iter().map(join).collect::<Vec<_>>().into_iter().collect::<io::Result<()>>()
    })?;
    folders.iter().try_for_each(|path| names(path))
}

/// Files and folders below `folder`, and itself; a folder comes behind what it holds.
fn list(folder: &Path, files: &mut Vec<PathBuf>, folders: &mut Vec<PathBuf>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        if item.file_type()?.is_dir() {
            list(&item.path(), files, folders)?;
        } else {
            files.push(item.path());
        }
    }
    folders.push(folder.to_owned());
    Ok(())
}

fn file(path: &Path) -> io::Result<()> {
    // Windows flushes only what is open for writing.
    File::options().write(true).open(path)?.sync_all()
}

/// Makes the names in a folder durable. Windows has no such call and does not need one: NTFS journals its names.
pub(super) fn names(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
