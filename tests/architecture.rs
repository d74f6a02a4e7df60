//! The tree and its arrows: which module may use which, where foreign crates live, which files there are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::golden::repository;

/// The allowed arrows: each module, and the modules it may name.
const ARROWS: [(&str, &[&str]); 19] = [
    ("form", &[]),
    ("digest", &[]),
    ("clock", &[]),
    ("qr", &[]),
    ("session", &["digest"]),
    ("html", &["form", "digest"]),
    ("protocol", &["clock", "digest", "form"]),
    ("photo", &["digest"]),
    ("paper", &["form", "digest"]),
    ("audit", &["protocol", "form", "digest", "clock"]),
    ("store", &["protocol", "digest", "clock"]),
    ("recorder", &["form", "protocol", "photo", "store", "audit", "clock", "digest"]),
    ("sync", &["protocol", "store", "photo", "clock", "digest"]),
    ("central", &["protocol", "form", "photo", "qr", "session", "html", "digest", "clock", "audit"]),
    ("web", &["recorder", "form", "protocol", "photo", "store", "sync", "qr", "session", "html", "digest", "clock"]),
    ("witness", &["protocol", "store", "sync", "digest", "clock"]),
    (
        "rehearsal",
        &["form", "protocol", "photo", "paper", "store", "recorder", "sync", "central", "audit", "clock", "digest"],
    ),
    (
        "cli",
        &[
            "form",
            "protocol",
            "photo",
            "paper",
            "store",
            "recorder",
            "sync",
            "central",
            "audit",
            "rehearsal",
            "web",
            "witness",
            "qr",
            "clock",
            "digest",
        ],
    ),
    ("main", &["cli"]),
];

/// Foreign crates with one home each: the crate, and the modules that may name it.
const HOMES: [(&str, &[&str]); 18] = [
    ("rusqlite", &["store", "central"]),
    ("reqwest", &["sync"]),
    ("axum", &["central", "web", "session"]),
    ("askama", &["web", "central"]),
    ("clap", &["cli"]),
    ("image", &["photo", "paper"]),
    ("ed25519_dalek", &["protocol"]),
    ("argon2", &["recorder", "central"]),
    ("indicatif", &["cli"]),
    ("ab_glyph", &["paper"]),
    ("if_addrs", &["web"]),
    ("qrcode", &["qr"]),
    ("rqrr", &["qr"]),
    ("tar", &["sync"]),
    ("rcgen", &["web"]),
    ("governor", &["central"]),
    ("prometheus_client", &["central"]),
    ("utoipa", &["central"]),
];

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// All source files with the module they belong to and their code, comments taken out.
fn sources() -> Vec<(PathBuf, String, String)> {
    let root = repository("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let module = |path: &Path| {
        let first = path.strip_prefix(&root).expect("below src").components().next().expect("a name");
        first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
    };
    let code = |path: &Path| {
        let text = std::fs::read_to_string(path).expect("reads");
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    files.into_iter().map(|path| (path.clone(), module(&path), code(&path))).collect()
}

/// Names that stand behind `prefix` in `code`, also those in a brace list `prefix{a::b, c}`.
fn named_after<'a>(code: &'a str, prefix: &str) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let rest = &code[at + prefix.len()..];
        let list = rest.strip_prefix('{').and_then(|list| list.split_once("};").map(|(inside, _)| inside));
        let mut depth = 0_i32;
        let parts = list.unwrap_or(rest).split(|letter: char| {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            letter == ',' && depth == 0
        });
        for part in parts.take(if list.is_some() { usize::MAX } else { 1 }) {
            let part = part.trim_start();
            let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(part.len());
            names.insert(&part[..end]);
        }
    }
    names.remove("");
    names
}

#[test]
fn arrows_are_those_of_the_table() {
    let known: BTreeSet<&str> = ARROWS.iter().map(|(module, _)| *module).collect();
    let mut wrong = Vec::new();
    for (path, module, code) in sources() {
        if module == "lib" {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: module {module} is not in the table of arrows", path.display()));
            continue;
        };
        let prefix = if module == "main" { "plano::" } else { "crate::" };
        for name in named_after(&code, prefix) {
            if name != module && known.contains(name) && !allowed.contains(&name) {
                wrong.push(format!("{}: {module} → {name} is not allowed", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn foreign_crates_live_where_they_belong() {
    let mut wrong = Vec::new();
    for (path, module, code) in sources() {
        for (foreign, homes) in HOMES {
            let used = code.contains(&format!("{foreign}::")) || code.contains(&format!("use {foreign};"));
            if used && !homes.contains(&module.as_str()) && !code.contains(&format!("mod {foreign};")) {
                wrong.push(format!("{}: {foreign} lives in {homes:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_guard_itself_sees_an_arrow() {
    let code = "use crate::{form::Form, store::{Ledger, Pending}, digest};\nlet x = crate::central::accept();";
    assert_eq!(named_after(code, "crate::"), BTreeSet::from(["form", "store", "digest", "central"]));
}

#[test]
fn every_module_file_opens_with_its_scope_and_stays_short() {
    let mut wrong = Vec::new();
    for (path, _, _) in sources() {
        let text = std::fs::read_to_string(&path).expect("reads");
        if path.ends_with("mod.rs") && text.lines().take_while(|line| line.starts_with("//!")).count() < 3 {
            wrong.push(format!("{}: open with what it is, what is in scope, what is not", path.display()));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{}: open with what it is", path.display()));
        }
        if text.lines().count() > 400 {
            wrong.push(format!("{}: over 400 lines, split it", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_test_file_is_listed() {
    let main = std::fs::read_to_string(repository("tests/main.rs")).expect("reads");
    let support = std::fs::read_to_string(repository("tests/support/mod.rs")).expect("reads");
    for (folder, list) in [("tests", main), ("tests/support", support)] {
        for entry in std::fs::read_dir(repository(folder)).expect("a folder") {
            let name = entry.expect("entry").file_name().to_string_lossy().into_owned();
            if let Some(stem) = name.strip_suffix(".rs").filter(|stem| !["main", "mod"].contains(stem)) {
                assert!(list.contains(&format!("mod {stem};")), "{folder}/{name} is never run; list it");
            }
        }
    }
}

#[test]
fn the_top_of_the_tree_holds_what_it_should() {
    let allowed = [
        ".cargo",
        ".ci",
        ".git",
        ".github",
        ".gitignore",
        "CHANGELOG.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "askama.toml",
        "clippy.toml",
        "deny.toml",
        "docs",
        "fixtures",
        "rust-toolchain.toml",
        "rustfmt.toml",
        "src",
        "target",
        "tests",
    ];
    for entry in std::fs::read_dir(repository("")).expect("the repository") {
        let name = entry.expect("entry").file_name().to_string_lossy().into_owned();
        assert!(allowed.contains(&name.as_str()), "{name} does not belong at the top of the tree");
    }
}
