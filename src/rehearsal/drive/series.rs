//! The rehearsal in equal slices of time: what was planned, what came, how fast, how long a receipt took.

use std::time::Duration;

use serde::Serialize;

use super::meter::Try;
use super::numbers::Spread;

/// Into how many slices the time is cut.
const SLICES: u32 = 60;

/// One slice.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Slice {
    /// Its end, in seconds from the beginning.
    pub(super) to_seconds: f64,
    /// Items whose station's time had come by its end.
    pub(super) planned: u64,
    /// Items received by its end.
    pub(super) received: u64,
    /// Items received in it, for each second.
    pub(super) entries_per_second: f64,
    /// The same of photos.
    pub(super) photos_per_second: f64,
    /// Bytes of entries and photos handed to the network in tries that ended in it, for each second.
    pub(super) bytes_per_second: f64,
    /// From an entry's first byte to its receipt.
    pub(super) entry_receipt: Spread,
    /// The same of a photo.
    pub(super) photo_receipt: Spread,
    /// Tries that ended in it without a receipt.
    pub(super) failed: u64,
}

impl Slice {
    /// Items whose time had come and that were not received.
    pub(super) const fn backlog(&self) -> u64 {
        self.planned.saturating_sub(self.received)
    }
}

/// Cuts the time from the beginning to the last try, or to the last station's time, into slices.
pub(super) fn slices(planned: &[(Duration, u64)], tries: &[Try]) -> Vec<Slice> {
    let last_try = tries.iter().map(Try::ended).max().unwrap_or_default();
    let last_due = planned.iter().map(|(due, _)| *due).max().unwrap_or_default();
    let width = last_try.max(last_due).max(Duration::from_secs(1)) / SLICES + Duration::from_nanos(1);
    let slice = |nth: u32| {
        let (from, to) = (width * nth, width * (nth + 1));
        let come = |due: Duration| if nth == 0 { due <= to } else { due > from && due <= to };
        let inside: Vec<&Try> = tries.iter().filter(|one| come(one.ended())).collect();
        let taken = |entry: bool| {
            let kind = inside.iter().filter(move |one| one.trouble.is_none() && one.is_entry() == entry);
            kind.map(|one| one.took).collect::<Vec<_>>()
        };
        let (entries, photos) = (taken(true), taken(false));
        let rate = |amount: u64| per_second(amount, width);
        Slice {
            to_seconds: to.as_secs_f64(),
            planned: planned.iter().filter(|(due, _)| *due <= to).map(|(_, items)| items).sum(),
            received: tries.iter().filter(|one| one.trouble.is_none() && one.ended() <= to).count() as u64,
            entries_per_second: rate(entries.len() as u64),
            photos_per_second: rate(photos.len() as u64),
            bytes_per_second: rate(inside.iter().map(|one| one.sent).sum()),
            entry_receipt: Spread::of(entries),
            photo_receipt: Spread::of(photos),
            failed: inside.iter().filter(|one| one.trouble.is_some()).count() as u64,
        }
    };
    (0..SLICES).map(slice).collect()
}

/// How much for each second.
fn per_second(amount: u64, time: Duration) -> f64 {
    // Amounts of a rehearsal are far below 2^52, so nothing is rounded.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let amount = amount as f64;
    amount / time.as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::protocol::ids::Seq;
    use crate::protocol::receipt::{Item, What};

    fn one(began: u64, took: u64, trouble: Option<&'static str>) -> Try {
        let item = Item {
            station: "35.74.03.1001-001".parse().expect("a station"),
            what: What::Entry(Seq::FIRST),
            digest: Digest::of(b"entry"),
        };
        let ms = Duration::from_millis;
        Try { item, bytes: 600, sent: 600, began: ms(began), took: ms(took), trouble }
    }

    #[test]
    fn every_try_falls_into_one_slice_and_what_failed_is_not_received() {
        let tries = [one(0, 0, None), one(10, 20, Some("cut")), one(30, 30, None), one(59_000, 1_000, None)];
        let planned = [(Duration::ZERO, 2), (Duration::from_secs(30), 2)];
        let slices = slices(&planned, &tries);
        assert_eq!(slices.len(), 60);
        let last = slices.last().expect("a slice");
        assert_eq!((last.planned, last.received, last.backlog()), (4, 3, 1));
        let width = last.to_seconds / 60.0;
        let received: f64 = slices.iter().map(|slice| slice.entries_per_second * width).sum();
        assert!((received - 3.0).abs() < 1e-6, "{received}");
        let failed: u64 = slices.iter().map(|slice| slice.failed).sum();
        assert_eq!((failed, slices[0].failed, slices[0].received), (1, 1, 2));
        assert_eq!(slices[0].planned, 2);
        assert_eq!(slices[0].entry_receipt.count, 2);
    }

    #[test]
    fn a_rehearsal_that_was_stopped_at_once_has_slices_too() {
        let slices = slices(&[], &[]);
        assert!(slices.iter().all(|slice| slice.planned == 0 && slice.received == 0));
    }
}
