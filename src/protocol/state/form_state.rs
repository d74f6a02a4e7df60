//! One form's way from the first reading to the sealed result: the two-person rule.

use std::sync::Arc;

use serde::Serialize;

use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::{Answer, Counts, Form, Head};
use crate::protocol::entry::{PagePhoto, Read, Sealed};
use crate::protocol::ids::{Seq, Slot};

/// One officer's reading, as an entry recorded it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Position of the entry.
    pub seq: Seq,
    /// Its digest.
    pub entry: Digest,
    /// Which result it works towards.
    pub revision: u16,
    /// 1 for the blind reading.
    pub round: u16,
    /// The times in the form's head.
    pub head: Head,
    /// The figures; none when the entry's boxes were not those of the form.
    pub counts: Option<Counts>,
    /// The officer's answers.
    pub answers: Vec<Answer>,
}

/// A sealed result, as an entry recorded it.
#[derive(Debug, Clone)]
pub struct KeptResult {
    /// Position of the entry.
    pub seq: Seq,
    /// Its digest.
    pub entry: Digest,
    /// When, by the station's clock.
    pub at: Timestamp,
    /// 1, and one more for each correction.
    pub revision: u16,
    /// Why it was corrected.
    pub reason: Option<String>,
    /// The times in the form's head.
    pub head: Head,
    /// The figures; none when the entry's boxes were not those of the form.
    pub counts: Option<Counts>,
    /// Answers to the findings.
    pub answers: Vec<Answer>,
    /// The photo of each page.
    pub pages: Vec<PagePhoto>,
}

impl KeptResult {
    /// The result `sealed` of the entry at `seq` with this digest, as a chain keeps it.
    #[must_use]
    pub fn new(seq: Seq, entry: Digest, at: Timestamp, sealed: &Sealed, form: &Form) -> Self {
        Self {
            seq,
            entry,
            at,
            revision: sealed.revision,
            reason: sealed.reason.clone(),
            head: sealed.head,
            counts: sealed.boxes.counts(form).ok(),
            answers: sealed.answers.clone(),
            pages: sealed.pages.clone(),
        }
    }
}

/// Where a form stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nobody has read it for the coming result.
    Unread,
    /// One officer has read; the other's turn.
    Waiting {
        /// Who reads next.
        next: Slot,
    },
    /// Both have read, and these boxes or head fields differ.
    Differs {
        /// Ids of the boxes and head fields, in the paper's order.
        fields: Vec<String>,
    },
    /// Both read the same: it may be sealed.
    Agreed,
    /// Sealed, and nobody has begun a correction.
    Sealed {
        /// Of the result in force.
        revision: u16,
    },
}

/// What an officer may read now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// For the result with this revision.
    pub revision: u16,
    /// In this round.
    pub round: u16,
    /// The boxes and head fields to be emptied and read again; none means the whole form.
    pub retype: Vec<String>,
}

/// One form of a station. A copy shares what was read and sealed until one of the two goes on.
#[derive(Debug, Clone)]
pub struct FormState {
    contest: String,
    form: Form,
    readings: [Arc<Vec<Reading>>; 2],
    results: Arc<Vec<KeptResult>>,
}

impl FormState {
    pub(super) fn new(contest: &str, form: &Form) -> Self {
        Self {
            contest: contest.to_owned(),
            form: form.clone(),
            readings: [Arc::default(), Arc::default()],
            results: Arc::default(),
        }
    }

    pub(super) fn add_reading(&mut self, slot: Slot, seq: Seq, entry: Digest, read: &Read) {
        let counts = read.boxes.counts(&self.form).ok();
        Arc::make_mut(&mut self.readings[slot as usize]).push(Reading {
            seq,
            entry,
            revision: read.revision,
            round: read.round,
            head: read.head,
            counts,
            answers: read.answers.clone(),
        });
    }

    pub(super) fn add_result(&mut self, seq: Seq, entry: Digest, at: Timestamp, sealed: &Sealed) {
        let kept = KeptResult::new(seq, entry, at, sealed, &self.form);
        Arc::make_mut(&mut self.results).push(kept);
    }

    /// The contest it belongs to.
    #[must_use]
    pub fn contest(&self) -> &str {
        &self.contest
    }

    /// Its boxes.
    #[must_use]
    pub const fn form(&self) -> &Form {
        &self.form
    }

    /// All readings of an officer, in their order.
    #[must_use]
    pub fn readings(&self, slot: Slot) -> &[Reading] {
        &self.readings[slot as usize]
    }

    /// The last reading of an officer, of whatever revision.
    #[must_use]
    pub fn last_reading(&self, slot: Slot) -> Option<&Reading> {
        self.readings(slot).last()
    }

    /// All sealed results, the first first.
    #[must_use]
    pub fn results(&self) -> &[KeptResult] {
        &self.results
    }

    /// The result in force: the last one sealed.
    #[must_use]
    pub fn sealed(&self) -> Option<&KeptResult> {
        self.results.last()
    }

    /// The revision that readings now work towards.
    #[must_use]
    pub fn revision(&self) -> u16 {
        u16::try_from(self.results.len()).unwrap_or(u16::MAX).saturating_add(1)
    }

    /// The readings of an officer for the coming result.
    fn current(&self, slot: Slot) -> &[Reading] {
        let readings = self.readings(slot);
        let from = readings.iter().position(|reading| reading.revision == self.revision()).unwrap_or(readings.len());
        &readings[from..]
    }

    /// The two last readings, p1's first, when both officers have read the same number of rounds.
    #[must_use]
    pub fn pair(&self) -> Option<[&Reading; 2]> {
        let [first, second] = Slot::BOTH.map(|slot| self.current(slot));
        if first.len() == second.len() { Some([first.last()?, second.last()?]) } else { None }
    }

    /// Where the form stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        let [first, second] = Slot::BOTH.map(|slot| self.current(slot).len());
        match (self.pair(), self.sealed()) {
            (Some([one, two]), _) => {
                let fields = differences(one, two);
                if fields.is_empty() { Phase::Agreed } else { Phase::Differs { fields } }
            }
            (None, Some(result)) if first + second == 0 => Phase::Sealed { revision: result.revision },
            (None, _) if first + second == 0 => Phase::Unread,
            (None, _) => Phase::Waiting { next: if first > second { Slot::P2 } else { Slot::P1 } },
        }
    }

    /// What `slot` may read now; `None` while the other officer has to read first.
    ///
    /// After two equal readings the whole form may be read once more by both, should they find that both had erred.
    #[must_use]
    pub fn turn(&self, slot: Slot) -> Option<Turn> {
        let (mine, theirs) = (self.current(slot), self.current(slot.other()));
        if mine.len() > theirs.len() {
            return None;
        }
        let round = u16::try_from(mine.len()).unwrap_or(u16::MAX).saturating_add(1);
        let retype = mine.last().map_or_else(Vec::new, |own| differences(own, &theirs[mine.len() - 1]));
        Some(Turn { revision: self.revision(), round, retype })
    }
}

/// Ids of the boxes and head fields in which two readings differ, in the paper's order.
fn differences(one: &Reading, two: &Reading) -> Vec<String> {
    let head = one.head.differences(&two.head).into_iter().map(|field| field.id().to_owned());
    let (Some(first), Some(second)) = (&one.counts, &two.counts) else {
        // Boxes that are not those of the form: all of it has to be read again.
        return head.chain([one, two].iter().flat_map(|r| r.counts.iter()).flat_map(all_ids)).collect();
    };
    head.chain(first.differences(second).into_iter().map(|id| id.to_string())).collect()
}

fn all_ids(counts: &Counts) -> impl Iterator<Item = String> + '_ {
    counts.iter().map(|(id, _)| id.to_string())
}
