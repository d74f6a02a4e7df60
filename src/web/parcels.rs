//! Every item that is to reach central, and how far it has come: out of the ledger and what is under way. Pure but for reading.

use std::collections::BTreeMap;

use super::postman::Watch;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::Page;
use crate::protocol::entry::{Body, PaperKind};
use crate::protocol::receipt::{Item, What};
use crate::recorder::Station;
use crate::store::{Last, Pending, StoreError};
use crate::sync::Link;

/// How far an item has come. Only a receipt makes it received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Recorded here, not tried yet.
    Stored,
    /// Tried; it goes again by itself.
    Waiting,
    /// On its way now.
    Sending {
        /// Percent of its bytes that were handed to the network.
        percent: u64,
    },
    /// Central has signed for it.
    Received,
    /// Central refused it; a person has to look.
    SetAside,
}

/// What an item is, for whoever reads a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// An entry, by its event's name, and the form it is about.
    Entry(&'static str, Option<String>),
    /// The photo of a page.
    Page(String, Page),
    /// The photo of another paper.
    Paper(PaperKind),
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parcel {
    /// Position of the entry that asks for it.
    pub(super) seq: u64,
    /// What it is.
    pub(super) kind: Kind,
    /// How many bytes, for a photo.
    pub(super) bytes: Option<u64>,
    /// How far it has come.
    pub(super) way: Way,
    /// Whether its light copy is at central.
    pub(super) light: bool,
    /// How many tries in a row did not end in a receipt.
    pub(super) tries: u32,
    /// When it goes again.
    pub(super) next: Option<Timestamp>,
    /// What central or the network said last, as written in the ledger.
    pub(super) reason: String,
}

/// All items of a station, in the order in which they were recorded.
pub(super) fn parcels(station: &Station, watch: &Watch) -> Result<Vec<Parcel>, StoreError> {
    let pending: BTreeMap<Digest, Pending> =
        station.ledger().pending()?.into_iter().map(|open| (open.item.digest, open)).collect();
    let mut parcels = Vec::new();
    let mut seen = Vec::new();
    for sealed in station.ledger().entries()? {
        let (link, body) = (Link::of(&sealed), &sealed.entry().body);
        let entry = (Kind::Entry(body.name(), contest(body)), link.entry);
        let photo = link.photo.filter(|photo| !seen.contains(&photo.digest));
        seen.extend(photo.map(|photo| photo.digest));
        for (kind, item) in std::iter::once(entry).chain(photo.and_then(|item| Some((photo_kind(body)?, item)))) {
            let parcel = parcel(kind, item, pending.get(&item.digest), watch);
            parcels.push(Parcel { seq: link.seq.get(), ..parcel });
        }
    }
    Ok(parcels)
}

fn parcel(kind: Kind, item: Item, open: Option<&Pending>, watch: &Watch) -> Parcel {
    let bytes = match item.what {
        What::Photo(bytes) => Some(bytes),
        What::Entry(_) => None,
    };
    let last: Option<&Last> = open.and_then(|open| open.last.as_ref());
    Parcel {
        seq: 0,
        kind,
        bytes,
        way: way(item, open, watch),
        light: watch.light.contains(&item.digest),
        tries: open.map_or(0, |open| open.failures),
        next: last.and_then(|last| last.retry_at),
        reason: last.map(|last| last.reason.clone()).unwrap_or_default(),
    }
}

fn way(item: Item, open: Option<&Pending>, watch: &Watch) -> Way {
    let Some(open) = open else { return Way::Received };
    if let Some(trial) = watch.trials.iter().find(|trial| trial.item == item) {
        return Way::Sending { percent: (trial.sent * 100).checked_div(trial.bytes).unwrap_or(0) };
    }
    match (open.set_aside, &open.last) {
        (true, _) => Way::SetAside,
        (false, None) => Way::Stored,
        (false, Some(_)) => Way::Waiting,
    }
}

fn contest(body: &Body) -> Option<String> {
    match body {
        Body::Read(read) => Some(read.contest.clone()),
        Body::Photo(photo) => Some(photo.contest.clone()),
        Body::Result(result) => Some(result.contest.clone()),
        _ => None,
    }
}

fn photo_kind(body: &Body) -> Option<Kind> {
    match body {
        Body::Photo(photo) => Some(Kind::Page(photo.contest.clone(), photo.page)),
        Body::Paper(paper) => Some(Kind::Paper(paper.kind)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ids::Seq;

    fn item() -> Item {
        let station = "35.74.03.1001-001".parse().expect("a station");
        Item { station, what: What::Entry(Seq::FIRST), digest: Digest::of(b"entry") }
    }

    fn open(last: Option<Last>, set_aside: bool) -> Pending {
        Pending { item: item(), failures: 1, last, set_aside }
    }

    #[test]
    fn only_what_left_the_outbox_is_received() {
        let watch = Watch::default();
        assert_eq!(way(item(), None, &watch), Way::Received);
        assert_eq!(way(item(), Some(&open(None, false)), &watch), Way::Stored);
        assert_eq!(way(item(), Some(&open(None, true)), &watch), Way::SetAside);
    }

    #[test]
    fn what_is_on_its_way_is_not_received_even_when_every_byte_is_out() {
        let trial = crate::web::postman::Trial { item: item(), bytes: 8, sent: 8 };
        let watch = Watch { trials: vec![trial], ..Watch::default() };
        assert_eq!(way(item(), Some(&open(None, false)), &watch), Way::Sending { percent: 100 });
        assert_eq!(way(item(), None, &watch), Way::Received);
    }
}
