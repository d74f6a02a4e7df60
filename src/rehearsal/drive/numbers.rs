//! What a rehearsal came to, in numbers, and whether everything was received and equal.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::Serialize;

use super::deliver::Delivered;
use super::meter::Try;
use super::sums::Compared;

/// How times are spread, in milliseconds; percentiles by the nearest rank.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Spread {
    /// How many times there are; the others are 0 when there is none.
    pub count: usize,
    /// Half of them were not longer.
    pub p50: f64,
    /// 95 of 100 were not longer.
    pub p95: f64,
    /// 99 of 100 were not longer.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

impl Spread {
    /// The spread of these times.
    #[must_use]
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let rank = |hundredths: usize| (times.len() * hundredths).div_ceil(100).saturating_sub(1);
        let at = |hundredths| times.get(rank(hundredths)).map_or(0.0, |time| time.as_secs_f64() * 1_000.0);
        Self { count: times.len(), p50: at(50), p95: at(95), p99: at(99), max: at(100) }
    }
}

/// Central's log at the beginning and at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Log {
    /// Leaves before the first station came.
    pub before: u64,
    /// Leaves afterwards; none when central did not answer.
    pub after: Option<u64>,
}

/// Everything that was counted and measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Numbers {
    /// Arrival curve.
    pub profile: &'static str,
    /// Over how many seconds the stations were to come.
    pub planned_seconds: f64,
    /// Stations that were to take part.
    pub stations: u64,
    /// Stations that have delivered everything.
    pub stations_complete: u64,
    /// Whether somebody stopped it.
    pub stopped: bool,
    /// Seconds for enrolling, recording and photographing, before the clock started.
    pub ahead_seconds: f64,
    /// Seconds from the beginning to the last answer.
    pub seconds: f64,
    /// Entries recorded.
    pub entries: u64,
    /// Entries with a receipt.
    pub entries_received: u64,
    /// Photos recorded.
    pub photos: u64,
    /// Photos with a receipt.
    pub photos_received: u64,
    /// Receipts on the stations' disks that were read again and hold.
    pub receipts_verified: u64,
    /// Items that central refused.
    pub set_aside: u64,
    /// Bytes of what was tried, each item once.
    pub bytes: u64,
    /// Bytes handed to the network, repeated ones counted again.
    pub bytes_sent: u64,
    /// Requests that carried an item.
    pub tries: u64,
    /// Of these, such as carried an item again.
    pub retries: u64,
    /// Tries without a receipt, by kind.
    pub troubles: BTreeMap<&'static str, u64>,
    /// From an entry's first byte to its receipt.
    pub entry_receipt: Spread,
    /// From a photo's first byte to its receipt.
    pub photo_receipt: Spread,
    /// From a station's time to its last receipt.
    pub station: Spread,
    /// From a station's time to its first byte: how far behind the simulation itself was.
    pub behind: Spread,
    /// The most items whose time had come and that were not received.
    pub backlog_max: u64,
    /// Central's log.
    pub log: Log,
    /// Whether central had nobody else to serve: its log then grows by these items and no others.
    pub alone: bool,
    /// The sheets beside what central publishes; none when central did not answer.
    pub recap: Option<Compared>,
}

impl Numbers {
    /// Adds what the stations' deliveries came to.
    pub(super) fn deliveries(&mut self, deliveries: &[Delivered]) {
        for one in deliveries {
            self.stations_complete += u64::from(one.delivery.complete());
            self.entries_received += one.delivery.entries_received;
            self.photos_received += one.delivery.photos_received;
            self.set_aside += one.delivery.set_aside;
            self.receipts_verified += one.receipts;
            self.bytes_sent += one.sent;
        }
        let since_due = |moment: fn(&Delivered) -> Duration| {
            Spread::of(deliveries.iter().map(|one| moment(one).saturating_sub(one.due)).collect())
        };
        self.station = since_due(|one| one.ended);
        self.behind = since_due(|one| one.began);
    }

    /// Adds what the meters have read.
    pub(super) fn tries(&mut self, tries: &[Try]) {
        let items: BTreeSet<_> = tries.iter().map(|one| (one.item, one.bytes)).collect();
        self.bytes = items.iter().map(|(_, bytes)| bytes).sum();
        self.tries = tries.len() as u64;
        self.retries = self.tries - items.len() as u64;
        for trouble in tries.iter().filter_map(|one| one.trouble) {
            *self.troubles.entry(trouble).or_default() += 1;
        }
        let taken = |entry: bool| {
            let kind = tries.iter().filter(|one| one.trouble.is_none() && one.is_entry() == entry);
            Spread::of(kind.map(|one| one.took).collect())
        };
        (self.entry_receipt, self.photo_receipt) = (taken(true), taken(false));
        self.seconds = tries.iter().map(Try::ended).max().unwrap_or_default().as_secs_f64();
    }

    /// Whether central has signed for everything.
    #[must_use]
    pub const fn all_received(&self) -> bool {
        self.stations == self.stations_complete
            && self.entries == self.entries_received
            && self.photos == self.photos_received
    }

    /// Whether every receipt that is due was kept, read again, and holds.
    #[must_use]
    pub const fn all_receipts_hold(&self) -> bool {
        self.receipts_verified == self.entries + self.photos
    }

    /// Whether the log has grown by each item once; by at least that when others write to it too.
    #[must_use]
    pub fn log_holds_all(&self) -> bool {
        let items = self.entries + self.photos;
        self.log
            .after
            .and_then(|after| after.checked_sub(self.log.before))
            .is_some_and(|grown| if self.alone { grown == items } else { grown >= items })
    }

    /// Whether every published sum has grown by what the sheets come to.
    #[must_use]
    pub fn recap_equal(&self) -> bool {
        self.recap.as_ref().is_some_and(|recap| recap.differences.is_empty() && recap.regions > 0)
    }

    /// Whether everything was received and everything is equal.
    #[must_use]
    pub fn sound(&self) -> bool {
        !self.stopped && self.all_received() && self.all_receipts_hold() && self.log_holds_all() && self.recap_equal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let times = (1..=200).map(Duration::from_millis).collect();
        let spread = Spread::of(times);
        assert_eq!(spread, Spread { count: 200, p50: 100.0, p95: 190.0, p99: 198.0, max: 200.0 });
        let one = Spread::of(vec![Duration::from_millis(7)]);
        assert_eq!(one, Spread { count: 1, p50: 7.0, p95: 7.0, p99: 7.0, max: 7.0 });
        assert_eq!(Spread::of(Vec::new()), Spread::default());
    }
}
