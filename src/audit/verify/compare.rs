//! One bundle against another of the same election: the station's word against central's.

use super::outline::{Held, Outline};
use crate::audit::finding::{Detail, Place, Side};
use crate::audit::kind::Kind;
use crate::audit::report::Report;
use crate::audit::source::ReceiptOf;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::bundle;
use crate::protocol::ids::{Seq, StationId};

pub(super) fn bundles(this: &Outline, other: &Outline, report: &mut Report) {
    let (Some(election), Some(others)) = (&this.election, &other.election) else { return };
    if election.digest() != others.digest() {
        let place = Place::file(Side::Other, bundle::ELECTION);
        report.add(Kind::OtherElection, place, Detail::differs(&election.digest(), &others.digest()));
        return;
    }
    if let (Some(key), Some(others)) = (&this.central, &other.central)
        && key != others
    {
        report.add(Kind::OtherLog, Place::file(Side::Other, bundle::CENTRAL_KEY), Detail::differs(key, others));
    }
    for (station, held) in &this.stations {
        match other.stations.get(station) {
            Some(theirs) => {
                histories(*station, held, theirs, report);
                lacking(&Pair { station: *station, side: Side::Other, lacks: theirs, has: held }, other, report);
                lacking(&Pair { station: *station, side: Side::This, lacks: held, has: theirs }, this, report);
            }
            None => report.add(Kind::OneSided, Place::station(Side::This, *station), Detail::None),
        }
    }
    for station in other.stations.keys().filter(|station| !this.stations.contains_key(station)) {
        report.add(Kind::OneSided, Place::station(Side::Other, *station), Detail::None);
    }
}

/// The first place at which the two hold different entries; everything behind it differs too.
fn histories(station: StationId, this: &Held, other: &Held, report: &mut Report) {
    let differ = |(seq, digest): (&Seq, &Digest)| {
        other.entries.get(seq).filter(|found| *found != digest).map(|found| (*seq, *digest, *found))
    };
    if let Some((seq, digest, found)) = this.entries.iter().find_map(differ) {
        report.add(Kind::TwoHistories, Place::entry(Side::Other, station, seq), Detail::differs(&digest, &found));
    }
}

/// One station in a bundle that may lack something, and in the one that has it.
struct Pair<'a> {
    station: StationId,
    /// The bundle that may lack it.
    side: Side,
    lacks: &'a Held,
    has: &'a Held,
}

impl Pair<'_> {
    /// When central received a thing, by a receipt in either bundle.
    fn received(&self, of: ReceiptOf) -> Option<Timestamp> {
        self.has.receipts.get(&of).or_else(|| self.lacks.receipts.get(&of)).copied()
    }
}

/// What one bundle lacks: an accusation when central held it before that bundle says it was made, else a note.
fn lacking(pair: &Pair<'_>, lacks: &Outline, report: &mut Report) {
    let entries = pair.has.entries.keys().filter(|seq| !pair.lacks.entries.contains_key(seq));
    let entries = entries.map(|seq| (ReceiptOf::Entry(*seq), Place::entry(pair.side, pair.station, *seq)));
    let photos = pair.has.photos.difference(&pair.lacks.photos);
    let photos = photos.map(|photo| (ReceiptOf::Photo(*photo), Place::station(pair.side, pair.station)));
    let mut behind = [0_usize; 2];
    for (of, place) in entries.chain(photos) {
        let late = pair.received(of).zip(lacks.exported_at).is_some_and(|(received, exported)| received <= exported);
        let is_photo = matches!(of, ReceiptOf::Photo(_));
        if late {
            let about = if let ReceiptOf::Photo(photo) = of { Detail::About(photo.to_string()) } else { Detail::None };
            report.add(Kind::Withheld, place, about);
        } else {
            behind[usize::from(is_photo)] += 1;
        }
    }
    if behind != [0, 0] {
        let [entries, photos] = behind;
        let about = Detail::About(format!("entries: {entries}, photos: {photos}"));
        report.add(Kind::Behind, Place::station(pair.side, pair.station), about);
    }
}
