//! Documents that are written from tables: a test writes them when told to, and otherwise compares.

use std::path::Path;

/// Checks that the file at `path`, relative to the package, holds `text`; with `PLANO_WRITE_DOCS=1` writes it instead.
pub(crate) fn assert_written(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("PLANO_WRITE_DOCS").is_some_and(|value| value == "1") {
        let folder = file.parent().expect("a document is in a folder");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        std::fs::write(&file, text).expect("the document can be written");
    }
    let stored = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(stored == text, "{path} is not what the tables say; run: PLANO_WRITE_DOCS=1 cargo test --test plano");
}
