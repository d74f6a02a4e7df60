//! Closing the day: both officers sign what there is, and its short form goes on the paper.

use std::collections::{BTreeMap, BTreeSet};

use super::{Both, Recorded, RecorderError, Station};
use crate::clock::Timestamp;
use crate::protocol::entry::{Body, Closed, Unsealed};

/// What the officers say when they close the day.
#[derive(Debug, Clone, Default)]
pub struct Closing {
    /// Why a form is not sealed, by contest, for each that is not.
    pub unsealed: BTreeMap<String, String>,
    /// What to do when central has not signed for everything.
    pub undelivered: Undelivered,
}

/// Whether the day may be closed before central has signed for everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Undelivered {
    /// Say what is not received, and do not close.
    #[default]
    Refuse,
    /// Close knowingly: the rest is delivered later, or carried.
    Accept,
}

impl Station {
    /// Closes the day. The short form of the answer's digest is written on the paper in front of the saksi: it fixes
    /// every entry and, through them, every photo.
    ///
    /// # Errors
    /// [`RecorderError::Undelivered`] while something is not received, unless told to close knowingly; what the rules of
    /// the day are against.
    pub fn close(&mut self, both: Both<'_>, closing: &Closing, now: Timestamp) -> Result<Recorded, RecorderError> {
        self.refresh()?;
        let delivery = self.ledger().delivery()?;
        if closing.undelivered == Undelivered::Refuse && !delivery.complete() {
            return Err(RecorderError::Undelivered(delivery));
        }
        let state = self.state();
        let photos: BTreeSet<_> = state.photos().iter().map(|kept| kept.image.sha256).collect();
        let unsealed = state.forms().iter().filter(|form| form.sealed().is_none()).map(|form| Unsealed {
            contest: form.contest().to_owned(),
            reason: closing.unsealed.get(form.contest()).cloned().unwrap_or_default(),
        });
        let closed = Closed {
            entries: state.head().map_or(0, |head| head.seq.get()),
            photos: photos.len() as u64,
            results: state.results(),
            unsealed: unsealed.collect(),
        };
        self.record(&both.signing(), &Body::Closed(closed), now)
    }
}
