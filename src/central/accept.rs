//! Taking an entry in: compare-and-swap on the station's chain.

use super::batch::Batch;
use super::checked::CheckedEntry;
use super::filed;
use super::holding::Waiting;
use super::keeper::{Central, Verdict};
use super::refusal::{Refusal, Stop};
use super::store::{Diverged, Fact};
use crate::clock::Timestamp;
use crate::protocol::chain::{self, Break, ChainHead};
use crate::protocol::people::Roster;
use crate::protocol::receipt::{Item, What};
use crate::protocol::sealed::SealedEntry;

impl Central {
    /// Judges an entry in its turn.
    ///
    /// Evidence that accredited officers signed and that extends the chain is never refused: what is wrong with it is filed.
    pub(super) fn judge_entry(
        &mut self,
        checked: CheckedEntry,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Verdict, Stop> {
        let entry = checked.entry();
        if self.is_held(entry, batch)? {
            return Ok(Verdict::Known(item_of(entry)));
        }
        let (station, seq) = (entry.entry().station, entry.entry().seq);
        let head = self.head_for(&checked)?;
        match chain::extend(head, self.election.digest(), entry) {
            Ok(_) => self.take_entry(checked.into_entry(), now, batch),
            Err(Break::Gap { found, .. }) => {
                self.index.wait(station, Waiting { seq, at: now });
                Err(Refusal::Gap { found, head }.into())
            }
            Err(Break::Diverged { .. }) => {
                self.keep_diverged(checked.into_entry(), now, batch);
                Err(Refusal::Diverged { seq, head }.into())
            }
        }
    }

    /// Where the chain of an entry's station ends, once accredited officers of it have signed the entry.
    pub(super) fn head_for(&self, checked: &CheckedEntry) -> Result<Option<ChainHead>, Refusal> {
        let holding = self.index.held(checked.entry().entry().station);
        let nobody = Roster::default();
        checked.signed_by(holding.map_or(&nobody, |holding| holding.officers.roster())).map_err(Refusal::Signature)?;
        Ok(holding.and_then(|holding| holding.state.head()))
    }

    /// Whether exactly these bytes are held at this place.
    pub(super) fn is_held(&self, entry: &SealedEntry, batch: &Batch) -> Result<bool, Stop> {
        let (station, seq) = (entry.entry().station, entry.entry().seq);
        let head = self.index.held(station).and_then(|holding| holding.state.head());
        if head.is_none_or(|head| seq > head.seq) {
            return Ok(false);
        }
        match batch.entry(station, seq) {
            Some(fresh) => Ok(fresh == entry.bytes()),
            None => Ok(self.ledger.entry(station, seq)?.as_deref() == Some(entry.bytes())),
        }
    }

    fn take_entry(&mut self, entry: SealedEntry, now: Timestamp, batch: &mut Batch) -> Result<Verdict, Stop> {
        let named = item_of(&entry);
        let before = self.provisional(named.station);
        let violations = self.index.enter(&entry);
        self.contradict(before, (named.station, named.digest), now, batch);
        let state = self.index.held(named.station).map(|holding| &holding.state);
        let found = state.map(|state| filed::about(&entry, state, &violations)).unwrap_or_default();
        if !found.is_empty() {
            tracing::info!(item = %named, findings = found.len(), "accepted with findings");
        }
        batch.push(Fact::Entry(Box::new(entry)));
        for filed in found {
            batch.push(Fact::Filed(Box::new(filed)));
        }
        Ok(self.log(named, now, batch)?)
    }

    /// Keeps an entry of another history, once, and raises the alarm.
    pub(super) fn keep_diverged(&mut self, entry: SealedEntry, at: Timestamp, batch: &mut Batch) {
        let named = item_of(&entry);
        tracing::error!(alarm = true, item = %named, "a second history of a station: both entries are kept, a person has to look");
        if self.index.knows_diverged(&named.digest) {
            return;
        }
        let fact = Fact::Diverged(Box::new(Diverged { entry, at }));
        self.index.learn(&fact);
        batch.push(fact);
    }
}

/// What an entry is in the log.
pub(super) fn item_of(entry: &SealedEntry) -> Item {
    let station = entry.entry().station;
    Item { station, what: What::Entry(entry.entry().seq), digest: entry.digest() }
}
