//! Bundles: written whole, verified by anyone, damage named wherever it is.

use std::path::{Path, PathBuf};

use plano::audit::{Maker, Report, Scope, Trust, export, verify};
use plano::form::Lang;

use crate::support::bundle::{Evidence, sample};
use crate::support::election;

fn trust() -> Trust {
    Trust { central_key: Some(election::central().public()), authority: Some(election::authority().public()) }
}

fn maker() -> Maker<'static> {
    Maker { at: "2024-11-27T14:00:00.000Z".parse().expect("a moment"), by: "plano 0.1.0, test" }
}

/// Exports all of `evidence` as `name` below `folder`.
fn exported(evidence: &Evidence, folder: &Path, name: &str) -> PathBuf {
    let to = folder.join(name);
    export(evidence, &Scope::All, &to, &maker()).expect("exports");
    to
}

fn verified(bundle: &Path) -> Report {
    verify(bundle, None, &trust()).expect("a bundle")
}

#[test]
fn a_sound_bundle_is_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = verified(&exported(&sample(), folder.path(), "sound"));
    println!("{}\n{}", report.text(Lang::En), report.text(Lang::Id));
    assert_eq!(report.exit_code(), 0, "{}", report.text(Lang::En));
}
