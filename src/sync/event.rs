//! What the worker tells whoever watches, for progress bars and logs.

use tokio::sync::mpsc::UnboundedSender;

use super::answer::Later;
use super::plan::Why;
use super::reconcile::Alarm;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::receipt::Item;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A try begins.
    Sending {
        /// What is sent.
        item: Item,
        /// Its length in bytes.
        bytes: u64,
        /// Which try this is, from 1.
        try_number: u32,
    },
    /// Bytes were handed to the network; central need not have them yet.
    Progress {
        /// What is being sent.
        item: Item,
        /// So many of its bytes, those included that central had before.
        sent: u64,
    },
    /// Central's receipt is kept.
    Stored {
        /// What was received.
        item: Item,
    },
    /// The light copy of a photo is at central; the photo follows.
    Light {
        /// The photo.
        photo: Digest,
        /// Its light copy.
        copy: Item,
    },
    /// A light copy will not go in this run. Nothing depends on it.
    NoLight {
        /// The light copy.
        copy: Item,
        /// Why.
        reason: String,
    },
    /// A try failed; there will be another.
    Later {
        /// What was sent.
        item: Item,
        /// Why.
        later: Later,
        /// When it may go again.
        retry_at: Timestamp,
    },
    /// Central refused; a person has to look.
    SetAside {
        /// What was refused.
        item: Item,
        /// Why.
        reason: String,
    },
    /// Something that a person has to know.
    Alarm(Alarm),
    /// Central did not say what it lacks; delivery goes on without.
    Unanswered(Later),
    /// The ledger could not be used for a moment; nothing is lost.
    Hindered {
        /// Why.
        reason: String,
    },
    /// Nothing to do before `until`.
    Waiting {
        /// When.
        until: Timestamp,
        /// What for.
        why: Why,
    },
    /// Only what a person has to look at first is left.
    Stuck,
    /// Central has signed for everything.
    Done,
}

/// The sending end of the events. Nobody has to watch.
#[derive(Debug, Clone, Default)]
pub struct Events(Option<UnboundedSender<Event>>);

impl Events {
    /// Events that go to `watcher`.
    #[must_use]
    pub const fn to(watcher: UnboundedSender<Event>) -> Self {
        Self(Some(watcher))
    }

    /// Tells `event` to the watcher, if there is one.
    pub fn tell(&self, event: Event) {
        if let Some(watcher) = &self.0 {
            // A watcher that went away does not hinder delivery.
            let _ = watcher.send(event);
        }
    }
}
