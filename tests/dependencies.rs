//! The tree of dependencies: licences, sources, and what the verifier is not built from.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde::Deserialize;

use crate::support::golden::repository;
use crate::support::licence;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What the verifier has to do without: a database, a network, pictures.
const NOT_IN_THE_VERIFIER: [&str; 9] =
    ["rusqlite", "libsqlite3-sys", "reqwest", "tokio", "axum", "hyper", "image", "ring", "rustls"];

/// More crates than this behind the verifier, build-time ones included, and an auditor reads too much.
const VERIFIER_CRATES: usize = 64;

#[derive(Deserialize)]
struct Tree {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
    dependencies: Vec<Wanted>,
}

#[derive(Deserialize)]
struct Wanted {
    name: String,
    req: String,
    source: Option<String>,
}

fn cargo(arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(repository("")).args(arguments).args(["--locked", "--offline"]);
    let output = command.output().expect("cargo starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("cargo writes UTF-8");
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

/// What cargo knows of all dependencies: on every platform once `cargo fetch` has run, else on this one.
fn tree() -> Tree {
    let version = Command::new(env!("CARGO")).arg("-vV").output().expect("cargo starts").stdout;
    let version = String::from_utf8(version).expect("UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
    let everywhere = ["metadata", "--format-version", "1"];
    let here = [&everywhere[..], &["--filter-platform", host]].concat();
    let json = cargo(&everywhere).or_else(|_| cargo(&here)).expect("cargo knows its dependencies");
    serde_json::from_str(&json).expect("metadata")
}

/// The licences that deny.toml allows.
fn allowed() -> BTreeSet<String> {
    let text = std::fs::read_to_string(repository("deny.toml")).expect("deny.toml");
    let table: toml::Table = text.parse().expect("TOML");
    let list = table["licenses"]["allow"].as_array().expect("a list");
    list.iter().map(|id| id.as_str().expect("a text").to_owned()).collect()
}

#[test]
fn every_licence_is_one_that_deny_toml_allows() {
    let (tree, allowed) = (tree(), allowed());
    let mut wrong = Vec::new();
    for package in &tree.packages {
        let expression = package.license.as_deref().unwrap_or("");
        if licence::allows(expression, &allowed) != Ok(true) {
            wrong.push(format!("{} {}: {expression:?}", package.name, package.version));
        }
    }
    assert!(wrong.is_empty(), "deny.toml does not allow:\n{}", wrong.join("\n"));
    assert!(tree.packages.len() > 200, "the whole tree: {}", tree.packages.len());
}

#[test]
fn no_licence_is_allowed_in_advance() {
    let (tree, allowed) = (tree(), allowed());
    let expressions: Vec<&str> = tree.packages.iter().filter_map(|package| package.license.as_deref()).collect();
    for id in &allowed {
        let without: BTreeSet<String> = allowed.iter().filter(|other| *other != id).cloned().collect();
        let needed = expressions.iter().any(|expression| licence::allows(expression, &without) == Ok(false));
        assert!(needed, "deny.toml allows {id}, and every dependency can do without it");
    }
}

#[test]
fn every_dependency_is_a_release_on_crates_io() {
    let tree = tree();
    for package in &tree.packages {
        let (name, source) = (package.name.as_str(), package.source.as_deref());
        assert_eq!(source, (name != "plano").then_some(CRATES_IO), "{name}");
    }
    let own = tree.packages.iter().find(|package| package.name == "plano").expect("this package");
    for wanted in &own.dependencies {
        assert_eq!(wanted.source.as_deref(), Some(CRATES_IO), "{}", wanted.name);
        assert!(wanted.req.contains(|letter: char| letter.is_ascii_digit()), "{}: any version", wanted.name);
    }
    let lock = std::fs::read_to_string(repository("Cargo.lock")).expect("Cargo.lock");
    let sources: BTreeSet<&str> = lock.lines().filter_map(|line| line.strip_prefix("source = ")).collect();
    assert_eq!(sources, BTreeSet::from([format!("{CRATES_IO:?}").as_str()]), "on platforms not built here too");
}

#[test]
fn the_verifier_is_built_from_little() {
    let arguments = ["tree", "--no-default-features", "-e", "normal", "--prefix", "none", "--format", "{p}"];
    let text = cargo(&arguments).expect("cargo draws the tree");
    let words = text.lines().filter_map(|line| line.split_once(' '));
    let crates: BTreeMap<&str, &str> = words.filter(|(name, _)| *name != "plano").collect();
    for unwanted in NOT_IN_THE_VERIFIER {
        assert!(!crates.contains_key(unwanted), "the verifier is built from {unwanted}");
    }
    assert!(crates.contains_key("ed25519-dalek"), "the verifier checks signatures: {crates:?}");
    println!("the verifier is built from {} crates", crates.len());
    assert!(crates.len() <= VERIFIER_CRATES, "{} crates: {crates:?}", crates.len());
}
