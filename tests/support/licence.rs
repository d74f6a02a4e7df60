//! Licence expressions (SPDX 3, annex D): whether a list of licences satisfies one.

use std::collections::BTreeSet;

/// Whether whoever accepts the licences of `allowed` satisfies `expression`.
///
/// `AND` binds closer than `OR`, `WITH` closest; an exception only adds permissions, but the pair has to stand in the list
/// as it is written, for a person has to have read it. A slash is how old manifests write `OR`. The error says where the
/// expression stops being one.
pub(crate) fn allows(expression: &str, allowed: &BTreeSet<String>) -> Result<bool, String> {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    let satisfied = any(&mut words, allowed)?;
    match words.pop() {
        None => Ok(satisfied),
        Some(word) => Err(format!("{word:?} stands where the expression should end")),
    }
}

fn any(words: &mut Vec<&str>, allowed: &BTreeSet<String>) -> Result<bool, String> {
    let mut satisfied = all(words, allowed)?;
    while words.pop_if(|word| *word == "OR").is_some() {
        satisfied |= all(words, allowed)?;
    }
    Ok(satisfied)
}

fn all(words: &mut Vec<&str>, allowed: &BTreeSet<String>) -> Result<bool, String> {
    let mut satisfied = one(words, allowed)?;
    while words.pop_if(|word| *word == "AND").is_some() {
        satisfied &= one(words, allowed)?;
    }
    Ok(satisfied)
}

fn one(words: &mut Vec<&str>, allowed: &BTreeSet<String>) -> Result<bool, String> {
    match words.pop() {
        Some("(") => {
            let satisfied = any(words, allowed)?;
            words.pop_if(|word| *word == ")").ok_or("a bracket is not closed")?;
            Ok(satisfied)
        }
        None | Some("AND" | "OR" | "WITH" | ")") => Err("a licence is missing".to_owned()),
        Some(id) if words.pop_if(|word| *word == "WITH").is_some() => {
            let exception = words.pop().ok_or("an exception is missing")?;
            Ok(allowed.contains(&format!("{id} WITH {exception}")))
        }
        Some(id) => Ok(allowed.contains(id)),
    }
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    let allowed = BTreeSet::from(["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned));
    for (expression, satisfied) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("MIT OR GPL-3.0-only", true),
        ("MIT AND GPL-3.0-only", false),
        ("MIT AND ISC", true),
        ("GPL-3.0-only/MIT", true),
        ("GPL-3.0-only OR MIT AND Zlib", false),
        ("(GPL-3.0-only OR MIT) AND ISC", true),
        ("MIT OR GPL-3.0-only AND Zlib", true),
        ("Apache-2.0", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0 WITH LLVM-exception AND Zlib", false),
        ("mit", false),
    ] {
        assert_eq!(allows(expression, &allowed), Ok(satisfied), "{expression}");
    }
    for broken in ["", "MIT AND", "OR MIT", "(MIT", "MIT)", "MIT ISC", "MIT WITH"] {
        assert!(allows(broken, &allowed).is_err(), "{broken:?}");
    }
}
