//! Golden files: bytes that a release has fixed, and pages that are written by a test.

use std::path::{Path, PathBuf};

/// A path below the repository's root.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Compares bytes with the golden file `fixtures/golden/{name}`.
///
/// A golden file is never overwritten: what it pins has been signed, stored or sent by somebody. A new one is made with
/// `PLANO_NEW_GOLDEN=1` when there is none.
pub fn golden(name: &str, made: &[u8]) {
    let path = repository("fixtures/golden").join(name);
    if !path.exists() && std::env::var_os("PLANO_NEW_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes the folder");
        std::fs::write(&path, made).expect("writes the golden file");
    }
    let fixed = std::fs::read(&path)
        .unwrap_or_else(|_| panic!("{}: no such golden file; PLANO_NEW_GOLDEN=1 makes it", path.display()));
    assert!(
        fixed == made,
        "{} differs from what is made now. These bytes are fixed: change the code back, or give the format a new version.\n\
         --- made ---\n{}",
        path.display(),
        String::from_utf8_lossy(made)
    );
}

/// The bytes of the golden file `fixtures/golden/{name}`, for formats in which one content has several writings: a test
/// reads them back instead of comparing them. Made and never overwritten as in [`golden`].
pub fn kept(name: &str, made: &[u8]) -> Vec<u8> {
    let path = repository("fixtures/golden").join(name);
    if !path.exists() {
        golden(name, made);
    }
    std::fs::read(&path).expect("the golden file is there")
}

/// Compares a generated page with the file `path`; with `PLANO_WRITE_DOCS=1` it is written instead.
pub fn generated(path: &str, made: &str) {
    let file = repository(path);
    if std::env::var_os("PLANO_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("makes the folder");
        std::fs::write(&file, made).expect("writes the page");
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == made, "{path} is out of date; PLANO_WRITE_DOCS=1 cargo test writes it anew");
}

/// Replaces what stands between the marks of `mark` on the page `path` with what was measured.
pub fn measured(path: &str, mark: &str, made: &str) {
    let (file, [begin, end]) = (repository(path), ["begin", "end"].map(|side| format!("<!-- {mark}: {side} -->")));
    let page = std::fs::read_to_string(&file).expect("the page");
    let (before, rest) = page.split_once(&begin).expect("the mark before it");
    let (_, after) = rest.split_once(&end).expect("the mark behind it");
    std::fs::write(&file, format!("{before}{begin}\n{made}{end}{after}")).expect("writes the page");
}
