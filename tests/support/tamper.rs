//! Damage to bundles on disk, by somebody who knows the format: files changed, sums made to fit again.

use std::fs;
use std::path::Path;

use plano::digest::Digest;
use plano::protocol::bundle;

/// Copies a bundle, so that the original stays as it is.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("makes the folder");
    for item in fs::read_dir(from).expect("a folder") {
        let item = item.expect("an item");
        if item.file_type().expect("a type").is_dir() {
            copy(&item.path(), &to.join(item.file_name()));
        } else {
            fs::copy(item.path(), to.join(item.file_name())).expect("copies");
        }
    }
}

/// Replaces text in a file, where it must stand.
pub(crate) fn edit(bag: &Path, path: &str, from: &str, to: &str) {
    let file = bag.join(path);
    let text = fs::read_to_string(&file).expect("a text file");
    assert!(text.contains(from), "{path} does not hold {from:?}");
    fs::write(file, text.replacen(from, to, 1)).expect("writes");
}

/// Makes manifest, description and tag manifest fit whatever the bag holds now.
pub(crate) fn rebag(bag: &Path) {
    let mut files = Vec::new();
    list(bag, "data", &mut files);
    files.sort();
    let read = |path: &str| fs::read(bag.join(path)).expect("reads");
    let line = |path: &str| bundle::manifest_line(&Digest::of(&read(path)), path);
    fs::write(bag.join(bundle::MANIFEST), files.iter().map(|path| line(path)).collect::<String>()).expect("writes");
    let bytes: usize = files.iter().map(|path| read(path).len()).sum();
    let info = fs::read_to_string(bag.join(bundle::INFO)).expect("reads");
    let lines = info.lines().map(|line| match line.split_once(": ") {
        Some(("Payload-Oxum", _)) => format!("Payload-Oxum: {bytes}.{}\n", files.len()),
        _ => format!("{line}\n"),
    });
    fs::write(bag.join(bundle::INFO), lines.collect::<String>()).expect("writes");
    let tags = [bundle::INFO, bundle::DECLARATION, bundle::MANIFEST];
    fs::write(bag.join(bundle::TAG_MANIFEST), tags.map(line).concat()).expect("writes");
}

/// Every file below a folder of a bag, by its path in the bag.
pub(crate) fn list(bag: &Path, below: &str, into: &mut Vec<String>) {
    for item in fs::read_dir(bag.join(below)).expect("a folder") {
        let item = item.expect("an item");
        let name = item.file_name().into_string().expect("a plain name");
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if item.file_type().expect("a type").is_dir() {
            list(bag, &path, into);
        } else {
            into.push(path);
        }
    }
}
