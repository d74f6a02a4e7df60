//! Results that come without their chain, out of a QR code: kept and shown as provisional, never added up.
//!
//! In scope: taking one in, which of them are provisional, and the alarm when the chain brings something else.
//! Not here: the text of the code (`protocol::carrier`), entries that come in order ([`super::accept`]).

use std::sync::Arc;

use super::accept::item_of;
use super::answer::News;
use super::batch::Batch;
use super::checked::CheckedEntry;
use super::keeper::{Central, Verdict};
use super::refusal::{Refusal, Stop};
use super::store::{Carried, Fact};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::chain::{self, Break, ChainHead};
use crate::protocol::entry::{Body, Sealed};
use crate::protocol::ids::{Region, StationId};
use crate::protocol::sealed::SealedEntry;
use crate::protocol::wire::{CarriedAnswer, Standing};

/// The result in an entry; none when it is another event.
pub(super) const fn result(entry: &SealedEntry) -> Option<&Sealed> {
    match &entry.entry().body {
        Body::Result(sealed) => Some(sealed),
        _ => None,
    }
}

/// Whether `entry` may still come to stand in the chain that ends at `head`.
pub(super) fn may_follow(head: Option<ChainHead>, election: Digest, entry: &SealedEntry) -> bool {
    !matches!(chain::extend(head, election, entry), Err(Break::Diverged { .. }))
}

impl Central {
    /// Judges a result that was carried here, in its turn.
    ///
    /// It never becomes part of the chain in this way, not even when it is the next entry: the station brings its chain.
    pub(super) fn judge_carried(
        &mut self,
        checked: CheckedEntry,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Verdict, Stop> {
        let entry = checked.entry();
        if self.is_held(entry, batch)? {
            return Ok(answer(entry, Standing::Accepted, News::Known)?);
        }
        let (station, seq) = (entry.entry().station, entry.entry().seq);
        let head = self.head_for(&checked)?;
        let beside = self.provisional(station);
        if beside.iter().any(|other| other.entry.digest() == entry.digest()) {
            return Ok(answer(entry, Standing::Provisional, News::Known)?);
        }
        let rival = beside.iter().any(|other| other.entry.entry().seq == seq);
        if rival || !may_follow(head, self.election.digest(), entry) {
            self.keep_diverged(checked.into_entry(), now, batch);
            return Err(Refusal::Diverged { seq, head }.into());
        }
        let granted = answer(entry, Standing::Provisional, News::New)?;
        tracing::info!(item = %item_of(entry), "a result came without its chain: provisional");
        let fact = Fact::Carried(Box::new(Carried { entry: checked.into_entry(), at: now }));
        self.index.learn(&fact);
        batch.push(fact);
        Ok(granted)
    }

    /// Raises the alarm for all of `before` that were provisional until `came` extended the chain, and cannot follow any more.
    pub(super) fn contradict(
        &mut self,
        before: Vec<Arc<Carried>>,
        (station, came): (StationId, Digest),
        now: Timestamp,
        batch: &mut Batch,
    ) {
        let head = self.index.held(station).and_then(|holding| holding.state.head());
        for carried in before {
            let entry = &carried.entry;
            if entry.digest() != came && !may_follow(head, self.election.digest(), entry) {
                self.keep_diverged(entry.clone(), now, batch);
            }
        }
    }

    /// Results of a station that came without their chain and that the chain may still bring, in the order in which they came.
    #[must_use]
    pub fn provisional(&self, station: StationId) -> Vec<Arc<Carried>> {
        self.index.held(station).map(|held| held.provisional(self.election.digest())).unwrap_or_default()
    }

    /// The stations of `region` with a provisional result of `contest`, in their order.
    #[must_use]
    pub fn provisional_in(&self, region: Region, contest: &str) -> Vec<StationId> {
        let of = |carried: &Arc<Carried>| result(&carried.entry).is_some_and(|result| result.contest == contest);
        let inside = self.index.carried().filter(|station| region.holds(station.kelurahan()));
        inside.filter(|station| self.provisional(*station).iter().any(of)).collect()
    }

    /// How many results are provisional.
    #[must_use]
    pub fn provisional_results(&self) -> usize {
        self.index.carried().map(|station| self.provisional(station).len()).sum()
    }
}

/// What whoever brought `entry` is told.
fn answer(entry: &SealedEntry, standing: Standing, news: News) -> Result<Verdict, Refusal> {
    let (station, seq) = (entry.entry().station, entry.entry().seq);
    let contest = result(entry).map(|result| result.contest.clone()).unwrap_or_default();
    let told = CarriedAnswer { station, seq, contest, digest: entry.digest(), standing };
    let bytes = serde_json::to_vec(&told).map_err(|_| Refusal::NotHere(item_of(entry).to_string()))?;
    Ok(Verdict::Carried(bytes, news))
}
