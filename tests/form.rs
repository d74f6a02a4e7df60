//! The form from outside: forms in files with the findings they must give, the page about the rules, and what holds for
//! any figures whatever.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use plano::form::{
    CellId, Code, Column, Context, Count, Counts, Draft, Form, FormSpec, Head, HeadField, RULES, Registered, Severity,
    check, reference,
};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use crate::support::golden::generated;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    about: String,
    form: Form,
    boxes: Value,
    head: Head,
    registered: Registered,
    other: Value,
    findings: Vec<Expected>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    code: Code,
    column: Option<Column>,
    left: u32,
    right: u32,
}

fn fixtures() -> Vec<(String, Fixture)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/forms");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).expect("a fixture");
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let fixture = serde_json::from_str(&text).expect("a fixture of the stated shape");
        (name, fixture)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_form_in_a_file_gives_exactly_the_findings_it_states() {
    for (name, fixture) in fixtures() {
        let counts = Counts::from_json(&fixture.form, &fixture.boxes).expect("figures of the form");
        let walikota = Form::new(fixture.form.spec().version, "walikota", fixture.form.pairs()).expect("a form");
        let other = Counts::from_json(&walikota, &fixture.other).expect("figures of the other form");
        let context = Context { registered: Some(fixture.registered), other: Some(&other) };
        let found: Vec<Expected> = check::findings(&counts, &fixture.head, &context)
            .iter()
            .map(|finding| Expected {
                code: finding.code(),
                column: finding.column(),
                left: finding.left(),
                right: finding.right(),
            })
            .collect();
        assert_eq!(found, fixture.findings, "{name}: {}", fixture.about);
        assert_eq!(serde_json::to_value(&counts).expect("json"), fixture.boxes, "{name}");
        assert_eq!(serde_json::to_string(&counts).expect("json"), fixture.boxes.to_string(), "{name}: paper order");
    }
}

#[test]
fn every_rule_has_a_form_that_breaks_it_and_one_form_breaks_none() {
    let fixtures = fixtures();
    let names: BTreeSet<String> = fixtures.iter().map(|(name, _)| name.clone()).collect();
    let expected: BTreeSet<String> =
        RULES.iter().map(|rule| rule.code.to_string()).chain(["sound".to_owned()]).collect();
    assert_eq!(names, expected);
    for (name, fixture) in fixtures {
        let fires = fixture.findings.iter().any(|finding| finding.code.to_string() == name);
        assert_eq!(fires, name != "sound", "{name}");
    }
}

#[test]
fn the_page_about_the_rules_is_what_the_table_says() {
    generated("docs/rules.md", &reference::rules_page());
}

/// A filled form whose figures are consistent by construction, for any version, contest and number of pairs.
fn consistent() -> impl Strategy<Value = (Counts, Head)> {
    let versions = FormSpec::all().iter().flat_map(|spec| spec.contests.iter().map(|one| (spec.version, one.id)));
    let which = prop::sample::select(versions.collect::<Vec<_>>());
    (which, 2_u8..=10, prop::collection::vec(0_u16..10_000, 24)).prop_map(|((version, contest), pairs, draws)| {
        let form = Form::new(version, contest, pairs).expect("a form");
        let values = figures(&form, &mut draws.into_iter());
        (Counts::from_values(&form, values).expect("every box"), times())
    })
}

/// Draws the free numbers, each below its limit, and computes the rest as an honest KPPS would.
fn figures(form: &Form, draws: &mut impl Iterator<Item = u16>) -> Vec<(CellId, Count)> {
    let mut up_to = |limit: u16| draws.next().expect("enough draws") % (limit + 1);
    let mut boxes: Vec<(String, u16)> = Vec::new();
    let mut row = |name: &str, l: u16, p: u16| {
        boxes.extend([(format!("{name}.L"), l), (format!("{name}.P"), p), (format!("{name}.J"), l + p)]);
    };
    let dpt = [up_to(300), up_to(300)];
    let on_list = dpt.map(&mut up_to);
    let [moved, unlisted] = [[20, 20].map(&mut up_to), [20, 20].map(&mut up_to)];
    let users = [0, 1].map(|at| on_list[at] + moved[at] + unlisted[at]);
    let disabled = users.map(&mut up_to);
    row("dpt", dpt[0], dpt[1]);
    row("users_dpt", on_list[0], on_list[1]);
    row("users_dptb", moved[0], moved[1]);
    row("users_dpk", unlisted[0], unlisted[1]);
    row("users_total", users[0], users[1]);
    row("disabled", disabled[0], disabled[1]);
    let total = users[0] + users[1];
    let (returned, unused, invalid) = (up_to(9), up_to(300), up_to(total));
    let mut left = total - invalid;
    for pair in 1..form.pairs() {
        let votes = up_to(left);
        left -= votes;
        boxes.push((format!("votes.{pair}"), votes));
    }
    boxes.push((format!("votes.{}", form.pairs()), left));
    boxes.extend(
        [
            ("ballots_received", total + returned + unused),
            ("ballots_used", total),
            ("ballots_returned", returned),
            ("ballots_unused", unused),
            ("valid", total - invalid),
            ("invalid", invalid),
            ("total", total),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    let typed = |(name, value): (String, u16)| (name.parse().expect("an id"), Count::new(value).expect("in range"));
    boxes.into_iter().map(typed).collect()
}

fn times() -> Head {
    serde_json::from_str(
        r#"{"voting_from":"07:00","voting_to":"13:00","counting_from":"13:30","counting_to":"18:00","same_day":true}"#,
    )
    .expect("a head")
}

fn errors(counts: &Counts, head: &Head) -> Vec<String> {
    let findings = check::findings(counts, head, &Context::default());
    let errors = findings.iter().filter(|finding| finding.severity() == Severity::Error);
    errors.map(|finding| finding.key().to_string()).collect()
}

proptest! {
    #[test]
    fn honest_figures_have_no_error((counts, head) in consistent()) {
        prop_assert_eq!(errors(&counts, &head), Vec::<String>::new());
    }

    /// Every box takes part in an equality, so no slip in a single box of a sound form goes unseen.
    #[test]
    fn a_slip_in_any_one_box_is_an_error((counts, head) in consistent(), at in any::<prop::sample::Index>(), to in 0_u16..1000) {
        let cell = at.get(counts.form().cells()).id().clone();
        let to = Count::new(to).expect("in range");
        prop_assume!(counts.get(&cell) != Some(to));
        let slipped = counts.iter().map(|(id, count)| (id.clone(), if *id == cell { to } else { count }));
        let slipped = Counts::from_values(counts.form(), slipped).expect("every box");
        prop_assert_eq!(counts.differences(&slipped), vec![cell.clone()]);
        prop_assert!(!errors(&slipped, &head).is_empty(), "{} set to {}", cell, to);
    }

    #[test]
    fn a_draft_is_finished_exactly_when_nothing_is_missing((counts, head) in consistent(), left_out in prop::collection::vec(0_usize..200, 0..3)) {
        let mut draft = Draft::new(counts.form().clone());
        for (at, (id, count)) in counts.iter().enumerate().filter(|(at, _)| !left_out.contains(at)) {
            let typed = if at % 2 == 0 { format!("{:0>3}", count.get()) } else { count.to_string() };
            draft.set(id, &typed).expect("a count");
        }
        for (at, field) in HeadField::ALL.into_iter().enumerate().filter(|(at, _)| !left_out.contains(&(at + 100))) {
            let typed = head.time(field).map_or("ya".to_owned(), |time| time.to_string());
            draft.set_head(field, &typed).unwrap_or_else(|error| panic!("{at}: {error}"));
        }
        let saved = serde_json::to_string(&draft).expect("json");
        prop_assert_eq!(&serde_json::from_str::<Draft>(&saved).expect("a draft"), &draft);
        match draft.finish() {
            Ok(finished) => {
                prop_assert_eq!(draft.missing(), vec![]);
                prop_assert_eq!(finished, (counts, head));
            }
            Err(missing) => {
                prop_assert!(!missing.is_empty());
                prop_assert_eq!(missing, draft.missing());
            }
        }
    }

    #[test]
    fn figures_survive_json((counts, _) in consistent()) {
        let json = serde_json::to_value(&counts).expect("json");
        prop_assert_eq!(Counts::from_json(counts.form(), &json), Ok(counts));
    }
}
