//! Central's published recapitulation made again from the entries that central has signed for, and compared to the digit.
//!
//! In scope: adding up as of the size of the log that the pages state, naming every number that differs.
//! Not here: the sums themselves (`protocol::recap`), the bundle's own tables (`super::tables`).

use serde_json::Value;

use super::Inquiry;
use super::annotations::Said;
use crate::audit::dossier::Dossier;
use crate::audit::finding::{Detail, Place};
use crate::audit::kind::Kind;
use crate::audit::record::Record;
use crate::audit::source::{ReceiptOf, Source};
use crate::digest::Digest;
use crate::protocol::bundle;
use crate::protocol::election::Election;
use crate::protocol::entry::Body;
use crate::protocol::moves::Moves;
use crate::protocol::recap::{AsOf, Maps, Photos, Recap};
use crate::protocol::state::State;

/// The sums while stations stream past.
pub(super) struct Recount {
    recap: Recap<Maps>,
    as_of: Option<AsOf>,
    /// What operators had said about photos at that moment.
    moves: Moves,
}

impl Recount {
    /// A recount as of the moment that the first published page states; `None` when the source publishes nothing.
    pub(super) fn begin<S: Source>(source: &S, election: &Election, said: &[Said]) -> Result<Option<Self>, S::Error> {
        for named in &election.plan().regions {
            if let Some(bytes) = source.recap(named.code)? {
                let page: Option<Value> = serde_json::from_slice(&bytes).ok();
                let as_of: Option<AsOf> =
                    page.and_then(|page| serde_json::from_value(page.get("as_of")?.clone()).ok()).flatten();
                return Ok(Some(Self { recap: Recap::new(election), as_of, moves: moves(said, log_size(as_of)) }));
            }
        }
        Ok(None)
    }

    /// Adds what central had signed for when the log was as long as the pages state, by the same function as central.
    pub(super) fn add(&mut self, election: &Election, record: &Record, dossier: &Dossier) {
        let size = log_size(self.as_of);
        let received = |of: ReceiptOf| record.receipts.get(&of).is_some_and(|receipt| receipt.index() < size);
        let photo = |photo: &Digest| received(ReceiptOf::Photo(*photo));
        let photos = Photos { received: &photo, moves: &self.moves };
        let mut state = State::new(election, record.station);
        for step in record.steps.iter().filter(|step| received(ReceiptOf::Entry(step.entry.entry().seq))) {
            let violations = state.apply(&step.entry);
            if let Body::Result(result) = &step.entry.entry().body {
                self.recap.result(&state, &result.contest, !violations.is_empty(), &photos);
            }
        }
        if !dossier.conflicts.is_empty() {
            self.recap.diverged(record.station);
        }
    }
}

fn log_size(as_of: Option<AsOf>) -> u64 {
    as_of.map_or(0, |as_of| as_of.log_size)
}

/// What was said about photos when the log had so many leaves, in the order of the log. A bundle of a part
/// lacks the receipts of photos that came from elsewhere; central takes no word about a photo that has not come.
pub(super) fn moves(said: &[Said], log_size: u64) -> Moves {
    let logged = said.iter().filter_map(|one| Some((one.logged.as_ref()?.index(), &one.annotation)));
    let mut logged: Vec<_> = logged.filter(|(index, _)| *index < log_size).collect();
    logged.sort_by_key(|(index, _)| *index);
    let mut moves = Moves::default();
    for (_, annotation) in logged {
        moves.learn(annotation);
    }
    moves
}

impl Inquiry<'_> {
    /// Compares every page that the source publishes.
    pub(super) fn recap<S: Source>(
        &mut self,
        source: &S,
        election: &Election,
        recount: &Recount,
    ) -> Result<(), S::Error> {
        for named in &election.plan().regions {
            let Some(found) = source.recap(named.code)? else { continue };
            self.report.checked_mut().recaps += 1;
            let place = || Place::file(self.side, &bundle::recap(named.code));
            let made = recount.recap.page(election, named.code, recount.as_of).map(|page| page.bytes());
            let made = made.unwrap_or_default();
            if made == found {
                continue;
            }
            for detail in details(&made, &found) {
                self.report.add(Kind::Recap, place(), detail);
            }
        }
        Ok(())
    }
}

/// What differs: each number by its JSON Pointer (RFC 6901), or why no number can be named.
fn details(made: &[u8], found: &[u8]) -> Vec<Detail> {
    let [made, found] = [made, found].map(serde_json::from_slice::<Value>);
    match (made, found) {
        (Ok(made), Ok(found)) => {
            let mut all = Vec::new();
            compare("", Some(&made), Some(&found), &mut all);
            // The same values in other bytes: what another reader makes of them nobody knows.
            if all.is_empty() { vec![Detail::None] } else { all }
        }
        (Err(error), _) | (_, Err(error)) => vec![Detail::cause(&error)],
    }
}

fn compare(at: &str, made: Option<&Value>, found: Option<&Value>, all: &mut Vec<Detail>) {
    match (made, found) {
        (Some(Value::Object(one)), Some(Value::Object(two))) => {
            let names = one.keys().chain(two.keys().filter(|name| !one.contains_key(*name)));
            for name in names {
                let name_at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                compare(&name_at, one.get(name), two.get(name), all);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(two))) => {
            for index in 0..one.len().max(two.len()) {
                compare(&format!("{at}/{index}"), one.get(index), two.get(index), all);
            }
        }
        (one, two) if one == two => {}
        (one, two) => {
            let shown = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            all.push(Detail::differs(&format!("{at} = {}", shown(one)), &shown(two)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Lang;

    #[test]
    fn every_difference_is_named_by_its_place() {
        let made = br#"{"a":{"b/c":[1,2]},"d":null}"#;
        let told =
            |found: &[u8]| -> Vec<String> { details(made, found).iter().map(|detail| detail.text(Lang::En)).collect() };
        assert_eq!(told(br#"{"a":{"b/c":[1,3]},"d":null}"#), ["should be /a/b~1c/1 = 2, is 3"]);
        assert_eq!(
            told(br#"{"a":{"b/c":[1]},"e":7}"#),
            ["should be /a/b~1c/1 = 2, is nothing", "should be /d = null, is nothing", "should be /e = nothing, is 7"]
        );
        assert_eq!(told(br#"{"a":{"b/c":[1, 2]},"d":null}"#), [""], "other bytes alone are a finding too");
        assert!(told(b"<html>")[0].contains("expected value"));
    }
}
