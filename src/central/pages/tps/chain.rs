//! The chain of a TPS as central holds it, folded once more: every record with what is against the rules about it.

use super::against::against;
use super::event::{by, event};
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::trouble::Trouble;
use crate::central::read::broken;
use crate::digest::Digest;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::receipt::{Item, Received, What};
use crate::protocol::sealed::SealedEntry;
use crate::protocol::state::State;
use crate::protocol::wire;

/// One record of the chain.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// Its position.
    pub(super) seq: Seq,
    /// When, by the station's clock.
    pub(super) at: String,
    /// Who signed it.
    pub(super) by: String,
    /// What happened.
    pub(super) event: String,
    /// SHA-256 of its bytes.
    pub(super) digest: Digest,
    /// Its place in the log, from 0, and when central received it.
    pub(super) logged: Option<(u64, String)>,
    /// Where its exact bytes are.
    pub(super) note: String,
    /// Where its receipt is.
    pub(super) receipt: String,
}

/// Something against the rules of the day.
#[derive(Debug, Clone)]
pub(super) struct Against {
    /// The position of the record.
    pub(super) seq: Seq,
    /// What, in words.
    pub(super) text: String,
}

/// The whole chain.
pub(super) struct Chain {
    /// Its entries, in order.
    pub(super) entries: Vec<SealedEntry>,
    /// The same, told.
    pub(super) links: Vec<Link>,
    /// What is against the rules about them.
    pub(super) against: Vec<Against>,
}

/// Reads the chain of `station`.
pub(super) fn chain(central: &Central, frame: &Frame, station: StationId) -> Result<Chain, Trouble> {
    let head = central.state(station).and_then(State::head).map_or(0, |head| head.seq.get());
    let mut state = State::new(central.election(), station);
    let (mut links, mut found, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for seq in (1..=head).filter_map(Seq::new) {
        // It was accepted, so it can be read; what cannot is damage, and shown by its absence rather than by no page at all.
        let Ok(entry) = SealedEntry::parse(central.entry(station, seq)?) else { continue };
        found.extend(state.apply(&entry).iter().map(|one| Against { seq, text: against(frame, one) }));
        links.push(link(central, frame, &entry)?);
        entries.push(entry);
    }
    Ok(Chain { entries, links, against: found })
}

fn link(central: &Central, frame: &Frame, sealed: &SealedEntry) -> Result<Link, Trouble> {
    let entry = sealed.entry();
    let item = Item { station: entry.station, what: What::Entry(entry.seq), digest: sealed.digest() };
    let note = wire::entry_path(entry.station, entry.seq);
    Ok(Link {
        seq: entry.seq,
        at: frame.moment(entry.at),
        by: by(frame, entry.by),
        event: event(frame, &entry.body),
        digest: sealed.digest(),
        logged: logged(central, frame, &item)?,
        receipt: format!("{note}/receipt"),
        note,
    })
}

/// Place in the log and time of receipt of an item.
pub(super) fn logged(central: &Central, frame: &Frame, item: &Item) -> Result<Option<(u64, String)>, Trouble> {
    let Some(index) = central.ledger.place(item).map_err(broken)? else { return Ok(None) };
    let leaf = central.ledger.leaf(index).map_err(broken)?;
    let received = leaf.and_then(|leaf| Received::parse(&leaf.bytes).ok());
    Ok(received.map(|received| (index, frame.moment(received.at))))
}
