//! How far one try at an item has come, and whether its bytes may go at this moment.
//!
//! In scope: counts that the sender and the worker share, and the gate that the worker closes while something more urgent
//! goes. Not here: what follows from a try (`worker`).

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use tokio::sync::watch;

use super::event::{Event, Events};
use crate::protocol::receipt::Item;

/// What keeps bytes back.
#[derive(Debug, Clone, Copy, Default)]
struct Gate {
    paused: bool,
    held: bool,
}

/// Counts the bytes of one try while they go out. Clones share everything.
#[derive(Debug, Clone)]
pub struct Progress {
    item: Item,
    sent: Arc<AtomicU64>,
    stands: Arc<AtomicU64>,
    began: Arc<OnceLock<u64>>,
    gained: Arc<AtomicU64>,
    gate: Arc<watch::Sender<Gate>>,
    events: Events,
    /// So many bytes of the coding in which the item goes stand for so many of its own.
    coding: [u64; 2],
}

impl Progress {
    /// Nothing of `item` is sent yet, and its bytes may go.
    #[must_use]
    pub fn new(item: Item, events: Events) -> Self {
        let (began, gate) = (Arc::default(), Arc::new(watch::Sender::new(Gate::default())));
        Self {
            item,
            sent: Arc::default(),
            stands: Arc::default(),
            began,
            gained: Arc::default(),
            gate,
            events,
            coding: [1, 1],
        }
    }

    /// The same try, of which `coded` bytes go that stand for `whole` bytes of the item: what is told is of the item.
    #[must_use]
    pub fn of_coding(&self, coded: u64, whole: u64) -> Self {
        Self { coding: [coded.max(1), whole], ..self.clone() }
    }

    /// Central has the first `offset` bytes; what is added from now on comes behind them.
    pub fn stands_at(&self, offset: u64) {
        self.stands.store(offset, Ordering::Relaxed);
        let began = *self.began.get_or_init(|| offset);
        self.gained.fetch_max(offset.saturating_sub(began), Ordering::Relaxed);
    }

    /// `more` bytes went out.
    pub fn add(&self, more: u64) {
        self.sent.fetch_add(more, Ordering::Relaxed);
        let [coded, whole] = self.coding;
        let sent = (self.stands.fetch_add(more, Ordering::Relaxed) + more).saturating_mul(whole) / coded;
        self.events.tell(Event::Progress { item: self.item, sent });
    }

    /// Bytes that went out in this try, repeated ones counted again.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Bytes that central has said to have, beyond those that it had when this try began.
    #[must_use]
    pub fn gained(&self) -> u64 {
        self.gained.load(Ordering::Relaxed)
    }

    /// Closes the gate, or opens it again: no byte is handed to the network while it is closed.
    pub fn pause(&self, paused: bool) {
        self.gate.send_modify(|gate| gate.paused = paused);
    }

    /// Lets no further piece begin, or lets it again. A piece that is on its way comes to its end: unlike an entry, what goes
    /// meanwhile takes longer than a request may stand still.
    pub fn hold(&self, held: bool) {
        self.gate.send_modify(|gate| gate.held = held);
    }

    /// Whether the gate is closed.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.gate.borrow().paused
    }

    /// Whether no further piece begins.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.gate.borrow().held
    }

    /// Waits until the gate is open.
    pub async fn turn(&self) {
        // The sender is this value's own, so the wait cannot fail.
        let _ = self.gate.subscribe().wait_for(|gate| !gate.paused).await;
    }

    /// Waits until another piece may begin.
    pub async fn piece_turn(&self) {
        let _ = self.gate.subscribe().wait_for(|gate| !gate.paused && !gate.held).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::protocol::receipt::What;

    #[test]
    fn only_what_central_confirms_is_a_gain() {
        let station = "35.74.03.1001-001".parse().expect("station");
        let item = Item { station, what: What::Photo(9), digest: Digest::of(b"x") };
        let progress = Progress::new(item, Events::default());
        progress.stands_at(400);
        progress.add(300);
        assert_eq!((progress.sent(), progress.gained()), (300, 0));
        progress.stands_at(600);
        progress.stands_at(0);
        assert_eq!(progress.gained(), 200, "an upload that began anew takes nothing back");
    }
}
