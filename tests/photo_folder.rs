//! The folder of photos: what is stored stays, what is not whole is never seen.

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::thread;

use plano::digest::Digest;
use plano::photo::{Folder, FolderError, Stored};
use tempfile::TempDir;

const LIMIT: u64 = 1_000_000;

fn folder() -> (TempDir, Folder) {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let folder = Folder::open(scratch.path().join("photos")).expect("opens");
    (scratch, folder)
}

fn names(scratch: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(scratch.path().join("photos")).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect()
}

fn path_of(scratch: &TempDir, digest: &Digest) -> std::path::PathBuf {
    scratch.path().join("photos").join(digest.to_string())
}

/// Yields some bytes, does something, then ends or fails.
struct Interrupted<F: FnMut() -> io::Result<usize>>(&'static [u8], F);

impl<F: FnMut() -> io::Result<usize>> Read for Interrupted<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => (self.1)(),
            length => Ok(length),
        }
    }
}

#[test]
fn a_photo_is_found_under_its_digest() {
    let (scratch, folder) = folder();
    let long: Vec<u8> = (0..200_000_u32).map(|index| index.to_le_bytes()[index as usize % 3]).collect();
    for content in [&b""[..], b"a page", &long] {
        let digest = Digest::of(content);
        assert!(!folder.contains(&digest));
        let stored = folder.put(content, LIMIT).expect("stores");
        assert_eq!(stored, Stored { digest, bytes: content.len() as u64 });
        assert!(folder.contains(&digest));
        assert_eq!(folder.read(&digest).expect("reads"), content);
        assert_eq!(folder.verify(&digest).expect("is sound"), stored.bytes);
        let (mut file, length) = folder.open_file(&digest).expect("opens");
        assert_eq!((io::copy(&mut file, &mut io::sink()).expect("streams"), length), (stored.bytes, stored.bytes));
        assert_eq!(fs::read(path_of(&scratch, &digest)).expect("the name is the digest"), content);
    }
    assert_eq!(names(&scratch).len(), 3, "nothing temporary is left");
}

#[test]
fn the_same_photo_again_rewrites_nothing() {
    let (scratch, folder) = folder();
    let first = folder.put(&b"a page"[..], LIMIT).expect("stores");
    let inode = || fs::metadata(path_of(&scratch, &first.digest)).expect("is there").ino();
    let before = inode();
    assert_eq!(folder.put(&b"a page"[..], LIMIT).expect("stores"), first);
    assert_eq!(inode(), before);
    assert_eq!(names(&scratch).len(), 1);
}

#[test]
fn what_is_too_long_or_breaks_off_leaves_nothing() {
    let (scratch, folder) = folder();
    assert!(folder.put(&b"12345"[..], 5).is_ok());
    assert!(matches!(folder.put(&b"123456"[..], 5), Err(FolderError::TooManyBytes { limit: 5 })));
    let torn = Interrupted(b"half a page", || Err(io::ErrorKind::ConnectionReset.into()));
    assert!(matches!(folder.put(torn, LIMIT), Err(FolderError::Receive { .. })));
    assert_eq!(names(&scratch).len(), 1);
}

#[test]
fn damage_on_disk_is_an_error_until_the_good_bytes_come_again() {
    let (scratch, folder) = folder();
    let Stored { digest, .. } = folder.put(&b"a page"[..], LIMIT).expect("stores");
    fs::write(path_of(&scratch, &digest), b"a pagE").expect("the test damages it");
    let found = Digest::of(b"a pagE");
    for result in [folder.verify(&digest).map(drop), folder.read(&digest).map(drop)] {
        assert!(
            matches!(result, Err(FolderError::Damaged { digest: named, found: seen }) if named == digest && seen == found)
        );
    }
    folder.put(&b"a page"[..], LIMIT).expect("stores");
    assert_eq!(folder.read(&digest).expect("is sound again"), b"a page");
}

#[test]
fn an_absent_photo_is_named() {
    let (_scratch, folder) = folder();
    let digest = Digest::of(b"never stored");
    for result in
        [folder.verify(&digest).map(drop), folder.read(&digest).map(drop), folder.open_file(&digest).map(drop)]
    {
        assert!(matches!(result, Err(FolderError::Missing { digest: named, .. }) if named == digest));
    }
}

#[test]
fn the_list_is_sorted_and_knows_only_photos() {
    let (scratch, folder) = folder();
    assert_eq!(folder.list().expect("lists"), []);
    let mut digests: Vec<Digest> =
        (0..20_u8).map(|byte| folder.put(&[byte][..], LIMIT).expect("stores").digest).collect();
    fs::write(scratch.path().join("photos/notes.txt"), b"not a photo").expect("writes");
    digests.sort_unstable();
    assert_eq!(folder.list().expect("lists"), digests);
}

#[test]
fn opening_again_takes_away_what_a_crash_left_but_not_what_is_being_written() {
    let (scratch, folder) = folder();
    let photos = scratch.path().join("photos");
    fs::write(photos.join("incoming-1-0"), b"half a page").expect("a crash leaves this");
    let mut seen = Vec::new();
    let reader = Interrupted(b"a page", || {
        Folder::open(&photos).expect("opens while a photo is coming in");
        seen = names(&scratch);
        Ok(0)
    });
    let stored = folder.put(reader, LIMIT).expect("is not disturbed");
    assert_eq!(seen.len(), 1, "the leftover is gone, the photo on its way is not: {seen:?}");
    assert_eq!(names(&scratch), [stored.digest.to_string()]);
}

#[test]
fn many_hands_may_bring_the_same_photo() {
    let (scratch, folder) = folder();
    let content = vec![7; 300_000];
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let own = Folder::open(scratch.path().join("photos")).expect("opens");
                assert_eq!(own.put(&content[..], LIMIT).expect("stores").digest, Digest::of(&content));
            });
        }
    });
    assert_eq!(folder.list().expect("lists"), [Digest::of(&content)]);
    assert_eq!(names(&scratch).len(), 1);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_an_error_with_its_path() {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let place = scratch.path().join("photos");
    fs::write(&place, b"in the way").expect("writes");
    let error = Folder::open(&place).expect_err("refuses");
    assert!(error.to_string().contains(&*place.to_string_lossy()), "{error}");
    assert!(Folder::open(Path::new("/proc/plano-photos")).is_err());
}
