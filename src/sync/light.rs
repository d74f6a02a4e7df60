//! Light copies of photos in this run of the worker: which need not go any more, when each may be tried, when they go at all.
//!
//! In scope: what is remembered of them. It is lost when the program ends, and asking central again costs one small request.
//! Not here: which goes next (`plan`), sending (`worker`). A light copy stands in no outbox and has no row of its tries.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::clock::Timestamp;
use crate::digest::Digest;

/// When the photos that wait would take longer than this together, their light copies go first.
pub const LONG: Duration = Duration::from_mins(15);

/// What is known of the light copies, each by its digest.
#[derive(Debug, Clone, Default)]
pub struct LightCopies {
    over: BTreeSet<Digest>,
    tries: BTreeMap<Digest, Tries>,
}

/// Tries at one light copy that have not come to their end.
#[derive(Debug, Clone, Default)]
struct Tries {
    failures: u32,
    /// When the last one failed, and when the next may go.
    last: Option<(Timestamp, Timestamp)>,
    url: Option<String>,
}

impl LightCopies {
    /// This one is at central, or will not go in this run.
    pub fn over(&mut self, copy: &Digest) {
        self.tries.remove(copy);
        self.over.insert(*copy);
    }

    /// A try at this one failed at `now`; the next may go at `due`. With `gained`, it brought something all the same.
    pub fn failed(&mut self, copy: &Digest, [now, due]: [Timestamp; 2], gained: bool) {
        let tries = self.tries.entry(*copy).or_default();
        tries.failures = if gained { 1 } else { tries.failures.saturating_add(1) };
        tries.last = Some((now, due));
    }

    /// Central takes the bytes of this one at `url`.
    pub fn begun(&mut self, copy: &Digest, url: String) {
        self.tries.entry(*copy).or_default().url = Some(url);
    }

    /// Where central takes the bytes of this one, when a try has begun already.
    #[must_use]
    pub fn url(&self, copy: &Digest) -> Option<String> {
        self.tries.get(copy)?.url.clone()
    }

    /// Failures in a row.
    #[must_use]
    pub fn failures(&self, copy: &Digest) -> u32 {
        self.tries.get(copy).map_or(0, |tries| tries.failures)
    }

    /// Not before this moment; none when at once. What failed up to `fresh_since` holds nothing back.
    #[must_use]
    pub fn due(&self, copy: &Digest, fresh_since: Option<Timestamp>) -> Option<Timestamp> {
        let (at, due) = self.tries.get(copy)?.last?;
        (fresh_since < Some(at)).then_some(due)
    }

    /// Whether this one need not go any more.
    #[must_use]
    pub fn is_over(&self, copy: &Digest) -> bool {
        self.over.contains(copy)
    }
}

/// Whether so many bytes take long at this rate in bytes a second; a rate that is not known says nothing.
#[must_use]
pub(super) fn takes_long(bytes: u64, rate: Option<u64>) -> bool {
    rate.is_some_and(|rate| bytes > rate.saturating_mul(LONG.as_secs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000).expect("in range")
    }

    #[test]
    fn a_quarter_of_an_hour_is_long() {
        for (bytes, rate, long) in [
            (7_200_001, Some(8_000), true),
            (7_200_000, Some(8_000), false),
            (1, Some(0), true),
            (u64::MAX, Some(u64::MAX), false),
            (u64::MAX, None, false),
            (0, Some(0), false),
        ] {
            assert_eq!(takes_long(bytes, rate), long, "{bytes} at {rate:?}");
        }
    }

    #[test]
    fn each_waits_for_itself_until_it_is_over() {
        let (mut copies, [one, other]) = (LightCopies::default(), [b"1", b"2"].map(|name| Digest::of(name)));
        copies.begun(&one, "https://central.example/1".into());
        copies.failed(&one, [at(10), at(20)], false);
        copies.failed(&one, [at(20), at(40)], false);
        assert_eq!((copies.failures(&one), copies.due(&one, None)), (2, Some(at(40))));
        assert_eq!((copies.failures(&other), copies.due(&other, None)), (0, None));
        assert_eq!(copies.due(&one, Some(at(20))), None, "somebody said: now");
        copies.failed(&one, [at(50), at(60)], true);
        assert_eq!(copies.failures(&one), 1, "what brings something is no failure in a row");
        assert!(copies.url(&one).is_some() && !copies.is_over(&one));
        copies.over(&one);
        assert!(copies.is_over(&one) && !copies.is_over(&other) && copies.url(&one).is_none());
    }
}
