//! The pages for people: links lead somewhere, nothing names the machine it was written on, tables are those of the code.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::golden::generated;
use crate::support::golden::repository;

/// Paths that exist on somebody's machine only.
const ELSEWHERE: [&str; 4] = ["/home/", "/root/", "/Users/", "/tmp/"];

fn pages_below(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            pages_below(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            into.push(path);
        }
    }
}

/// All pages of the tree with their text.
fn pages() -> Vec<(PathBuf, String)> {
    let mut files = ["README.md", "CHANGELOG.md"].map(repository).to_vec();
    pages_below(&repository("docs"), &mut files);
    pages_below(&repository("fixtures"), &mut files);
    files.sort();
    let read = |path: PathBuf| (path.clone(), std::fs::read_to_string(path).expect("a page is text"));
    files.into_iter().map(read).collect()
}

/// The targets of the links in a page, code blocks left out.
fn links(text: &str) -> Vec<&str> {
    let outside_code = text.split("```").step_by(2);
    outside_code.flat_map(|part| part.split("](").skip(1)).filter_map(|rest| Some(rest.split_once(')')?.0)).collect()
}

/// The anchors that headings make: lower case, hyphens for spaces, punctuation dropped.
fn anchors(text: &str) -> Vec<String> {
    let outside_code = text.split("```").step_by(2).flat_map(str::lines);
    let headings = outside_code.filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let letter = |letter: char| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        _ => letter.is_alphanumeric().then(|| letter.to_ascii_lowercase()),
    };
    headings.map(|heading| heading.chars().filter_map(letter).collect()).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut dead = Vec::new();
    let mut followed = 0;
    for (page, text) in pages() {
        for link in links(&text).into_iter().filter(|link| !link.contains("://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = if path.is_empty() { page.clone() } else { page.parent().expect("a folder").join(path) };
            let target = std::fs::read_to_string(&file).unwrap_or_default();
            let found = file.exists() && (anchor.is_empty() || anchors(&target).iter().any(|known| known == anchor));
            if !found {
                dead.push(format!("{}: {link}", page.display()));
            }
            followed += 1;
        }
    }
    assert!(dead.is_empty(), "dead links:\n{}", dead.join("\n"));
    assert!(followed > 30, "finds the links: {followed}");
}

#[test]
fn the_guard_sees_links_and_headings() {
    let text = "# A `b` c!\n[x](y.md#z) and [u](v)\n```\n[no](link)\n# no heading\n```\n## D–e f\n";
    assert_eq!(links(text), ["y.md#z", "v"]);
    assert_eq!(anchors(text), ["a-b-c", "de-f"]);
}

#[test]
fn no_page_names_a_machine() {
    for (page, text) in pages() {
        for path in ELSEWHERE {
            assert!(!text.contains(path), "{} names {path}", page.display());
        }
    }
}

#[test]
fn every_decision_is_listed() {
    let list = std::fs::read_to_string(repository("docs/decisions/README.md")).expect("the list");
    let linked = links(&list);
    for entry in std::fs::read_dir(repository("docs/decisions")).expect("a folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(
            name == "README.md" || linked.contains(&name.as_str()),
            "docs/decisions/README.md does not list {name}"
        );
    }
}

/// Whether `module::name` or `module::part::name` is a test below `tests/`.
fn is_a_test(path: &str) -> bool {
    let Some((module, name)) = path.rsplit_once("::") else { return false };
    let file = repository(&format!("tests/{}.rs", module.replace("::", "/")));
    let source = std::fs::read_to_string(file).unwrap_or_default();
    source.contains(&format!("fn {name}()"))
}

#[test]
fn the_threat_model_names_tests_that_exist() {
    let page = std::fs::read_to_string(repository("docs/threat-model.md")).expect("the page");
    let named: Vec<String> = quoted(&page, '`').into_iter().filter(|text| text.contains("::")).collect();
    assert!(named.len() > 15, "finds the tests: {named:?}");
    for test in named {
        assert!(is_a_test(&test), "docs/threat-model.md names the test {test}, which does not exist");
    }
}

/// The words of `text` that stand between two `mark`s, in their order.
fn quoted(text: &str, mark: char) -> Vec<String> {
    text.split(mark).skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_arrows_of_the_page_are_those_of_the_test() {
    let source = std::fs::read_to_string(repository("tests/architecture.rs")).expect("reads");
    let table = source.split_once("const ARROWS").and_then(|(_, rest)| rest.split_once("];\n")).expect("the table").0;
    let table: String = table.split_once('=').expect("a value").1.split_whitespace().collect();
    let table = table.replace("],)", "])");
    let of_test: BTreeMap<String, Vec<String>> =
        table.split("])").map(|row| quoted(row, '"')).filter(|names| !names.is_empty()).map(head_and_rest).collect();
    let page = std::fs::read_to_string(repository("docs/architecture.md")).expect("the page");
    let rows = page.split_once("| module | may name |\n").expect("the table").1;
    let rows = rows.lines().skip(1).take_while(|line| line.starts_with('|'));
    let of_page: BTreeMap<String, Vec<String>> = rows.map(|row| head_and_rest(quoted(row, '`'))).collect();
    assert!(of_test.len() > 10 && of_test["form"].is_empty(), "finds the table: {of_test:?}");
    assert_eq!(of_page, of_test, "docs/architecture.md and tests/architecture.rs draw other arrows");
}

fn head_and_rest(mut names: Vec<String>) -> (String, Vec<String>) {
    let rest = names.split_off(1);
    (names.remove(0), rest)
}

/// The rows of the README's table: each verb, and what `plano --help` says about it.
fn verbs() -> String {
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_plano")).arg("--help").output().expect("plano starts");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let commands = help.split_once("Commands:\n").expect("help lists the verbs").1;
    let lines: Vec<&str> = commands.lines().take_while(|line| !line.is_empty()).collect();
    // A line that is indented further goes on with the text of the verb above it.
    let listed = lines.join("\n").replace("\n   ", " ");
    let row = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (verb, about) = words.split_first()?;
        (*verb != "help").then(|| format!("| `plano {verb}` | {} |", about.join(" ")))
    };
    let rows: Vec<String> = listed.lines().filter_map(row).collect();
    assert!(rows.len() > 2, "finds the verbs: {rows:?}");
    rows.join("\n") + "\n"
}

#[test]
fn the_readme_lists_the_verbs_of_the_program() {
    const HEAD: &str = "| verb | what it does |\n|---|---|\n";
    let readme = std::fs::read_to_string(repository("README.md")).expect("the page");
    let (before, rest) = readme.split_once(HEAD).expect("the table");
    let after = rest.split_once("\n\n").expect("the table ends").1;
    generated("README.md", &format!("{before}{HEAD}{}\n{after}", verbs()));
}
