//! What central's copy of the chain tells, held against the station's own. Pure.

use std::collections::BTreeSet;

use crate::digest::Digest;
use crate::protocol::chain::ChainHead;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::receipt::{Item, What};
use crate::protocol::sealed::SealedEntry;
use crate::protocol::wire::Missing;

/// One entry of the station's chain, as far as delivery is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The entry.
    pub entry: Item,
    /// Its position.
    pub seq: Seq,
    /// The photo that it names.
    pub photo: Option<Item>,
}

impl Link {
    /// The link of `sealed`.
    #[must_use]
    pub fn of(sealed: &SealedEntry) -> Self {
        let entry = sealed.entry();
        let item = |what, digest| Item { station: entry.station, what, digest };
        Self {
            entry: item(What::Entry(entry.seq), sealed.digest()),
            seq: entry.seq,
            photo: entry.body.image().map(|image| item(What::Photo(image.bytes), image.sha256)),
        }
    }
}

/// Something that a person has to know and look into. Delivery goes on as far as it can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Alarm {
    /// Central holds entries of this station that are not here.
    #[error("central holds {station} up to entry {}, but here the chain ends earlier: this folder is an older copy", .head.seq)]
    CentralAhead {
        /// This station.
        station: StationId,
        /// Central's head.
        head: ChainHead,
    },
    /// Central holds another entry at a position that is taken here.
    #[error("central holds another entry {} of {station}: two folders have recorded for one TPS", .head.seq)]
    Diverged {
        /// This station.
        station: StationId,
        /// Central's head.
        head: ChainHead,
    },
    /// Central refused an entry because it holds another history of this station.
    #[error("central refused an entry of {station}: it holds another history of this TPS; two folders have recorded")]
    Refuted {
        /// This station.
        station: StationId,
        /// Central's head, as far as it said.
        head: Option<ChainHead>,
    },
    /// Central lacks things that it gave receipts for.
    #[error("central lacks {items} things of {station} that it gave receipts for; they are sent again")]
    ReceivedButLacking {
        /// This station.
        station: StationId,
        /// How many.
        items: usize,
    },
}

/// The outcome of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reconciled {
    /// Received once, lacking now: entries in chain order, then photos.
    pub repair: Vec<Item>,
    /// What a person has to know.
    pub alarm: Option<Alarm>,
}

/// Compares what central says it holds and lacks with the `chain` of `station`, of which `pending` has no receipt yet.
///
/// Central's word here is not signed: it can cause something to be sent once more, never something to count as received.
#[must_use]
pub fn reconcile(station: StationId, missing: &Missing, chain: &[Link], pending: &BTreeSet<Item>) -> Reconciled {
    let conflict = missing.head.and_then(|head| conflict(station, head, chain));
    let received = |item: &Item| !pending.contains(item);
    let held = missing.head.map_or(0, |head| head.seq.get());
    let gone = |link: &&Link| conflict.is_none() && link.seq.get() > held;
    let entries = chain.iter().filter(gone).map(|link| link.entry);
    let lacking: BTreeSet<Digest> = missing.photos.iter().copied().collect();
    // Central cannot name the photos of entries that it lacks.
    let lacks = |link: &&Link| link.photo.is_some_and(|photo| lacking.contains(&photo.digest)) || gone(link);
    let photos = chain.iter().filter(lacks).filter_map(|link| link.photo);
    let mut seen = BTreeSet::new();
    let repair: Vec<_> = entries.chain(photos).filter(received).filter(|item| seen.insert(*item)).collect();
    let lost = (!repair.is_empty()).then_some(Alarm::ReceivedButLacking { station, items: repair.len() });
    Reconciled { alarm: conflict.or(lost), repair }
}

fn conflict(station: StationId, head: ChainHead, chain: &[Link]) -> Option<Alarm> {
    match chain.iter().find(|link| link.seq == head.seq) {
        None => Some(Alarm::CentralAhead { station, head }),
        Some(link) if link.entry.digest != head.digest => Some(Alarm::Diverged { station, head }),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn station() -> StationId {
        "35.74.03.1001-001".parse().expect("station")
    }

    /// A chain of four entries; entries 2 and 3 name a photo each.
    fn chain() -> Vec<Link> {
        let link = |number: u64| {
            let seq = Seq::new(number).expect("position");
            let entry = Item { station: station(), what: What::Entry(seq), digest: Digest::of(&number.to_be_bytes()) };
            let photo = Item { what: What::Photo(number), digest: Digest::of(&[7, number.to_be_bytes()[7]]), ..entry };
            Link { entry, seq, photo: (2..=3).contains(&number).then_some(photo) }
        };
        (1..=4).map(link).collect()
    }

    fn head(seq: u64, link: usize) -> ChainHead {
        ChainHead { seq: Seq::new(seq).expect("position"), digest: chain()[link].entry.digest }
    }

    #[test]
    fn what_is_lacking_though_received_is_repaired_in_order() {
        let chain = chain();
        let photo = |at: usize| chain[at].photo.expect("a photo");
        let told = |head, photos: &[Item], pending: &[Item]| {
            let missing =
                Missing { head: Some(head), photos: photos.iter().map(|item| item.digest).collect(), codings: vec![] };
            let known = reconcile(station(), &missing, &chain, &pending.iter().copied().collect());
            (known.repair, known.alarm)
        };
        let lacking = |items| Some(Alarm::ReceivedButLacking { station: station(), items });
        assert_eq!(told(head(4, 3), &[], &[]), (vec![], None));
        assert_eq!(told(head(3, 2), &[], &[chain[3].entry]), (vec![], None), "merely not sent yet");
        assert_eq!(told(head(4, 3), &[], &[chain[3].entry]), (vec![], None), "the answer was lost");
        assert_eq!(told(head(2, 1), &[], &[chain[3].entry]), (vec![chain[2].entry, photo(2)], lacking(2)));
        let all: Vec<_> = chain.iter().map(|link| link.entry).chain([photo(1), photo(2)]).collect();
        let nothing =
            reconcile(station(), &Missing { head: None, photos: vec![], codings: vec![] }, &chain, &BTreeSet::new());
        assert_eq!((nothing.repair, nothing.alarm), (all, lacking(6)));
        assert_eq!(told(head(4, 3), &[photo(1), photo(2)], &[photo(1)]), (vec![photo(2)], lacking(1)));
    }

    #[test]
    fn another_history_is_an_alarm_and_repairs_no_entry() {
        let (chain, none) = (chain(), BTreeSet::new());
        for (head, expected) in [
            (head(5, 0), Alarm::CentralAhead { station: station(), head: head(5, 0) }),
            (head(2, 0), Alarm::Diverged { station: station(), head: head(2, 0) }),
        ] {
            let known =
                reconcile(station(), &Missing { head: Some(head), photos: vec![], codings: vec![] }, &chain, &none);
            assert_eq!(known, Reconciled { repair: vec![], alarm: Some(expected) });
        }
    }
}
