//! What central files about an accepted entry: a reason for a person to look, never a reason to refuse evidence.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::form::{Counts, Head, Lang, check};
use crate::protocol::entry::Body;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::sealed::SealedEntry;
use crate::protocol::state::{State, Violation};

/// Why something was filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FiledKind {
    /// The entry is against the rules of the day ([`Violation`]).
    Violation,
    /// The figures break a rule of the form.
    Rule,
}

/// One thing filed about an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Whose entry.
    pub station: StationId,
    /// Its position.
    pub seq: Seq,
    /// Why.
    pub kind: FiledKind,
    /// For a rule its code (`E302`), for a violation its name in this program.
    pub code: String,
    /// English, for the log and for operators.
    pub text: String,
}

/// All there is to file about `entry`, which has just been folded into `state` with these violations.
pub(super) fn about(entry: &SealedEntry, state: &State, violations: &[Violation]) -> Vec<Filed> {
    let (station, seq) = (entry.entry().station, entry.entry().seq);
    let filed = |kind, code, text| Filed { station, seq, kind, code, text };
    let broken = violations.iter().map(|found| filed(FiledKind::Violation, name(found), found.to_string()));
    let rules = figures(entry, state).into_iter().flat_map(|(counts, head, contest)| {
        let context = match entry.entry().by.alone() {
            Some(slot) => state.reading_context(contest, slot),
            None => state.result_context(contest),
        };
        check::findings(&counts, &head, &context)
    });
    let rules = rules.map(|found| filed(FiledKind::Rule, found.code().to_string(), found.message(Lang::En)));
    broken.chain(rules).collect()
}

/// The figures that an entry carries, when it carries those of a form of this election. `state`, into which the entry has
/// just been folded, has read them already, except a reading that nobody alone has signed.
fn figures<'a>(entry: &'a SealedEntry, state: &'a State) -> Option<(Cow<'a, Counts>, Head, &'a str)> {
    let (counts, head, contest) = match &entry.entry().body {
        Body::Read(read) => {
            let form = state.form(&read.contest)?;
            let counts = match entry.entry().by.alone() {
                Some(slot) => Cow::Borrowed(form.last_reading(slot)?.counts.as_ref()?),
                None => Cow::Owned(read.boxes.counts(form.form()).ok()?),
            };
            (counts, read.head, &read.contest)
        }
        Body::Result(result) => {
            let counts = state.form(&result.contest)?.sealed()?.counts.as_ref()?;
            (Cow::Borrowed(counts), result.head, &result.contest)
        }
        _ => return None,
    };
    Some((counts, head, contest))
}

/// The name of the variant: the first word of what `Debug` shows.
fn name(violation: &Violation) -> String {
    let shown = format!("{violation:?}");
    shown.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()
}
