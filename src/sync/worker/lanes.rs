//! What is on its way beside the entries: photos and light copies, each with what it tells meanwhile.

use std::future::poll_fn;
use std::task::Poll;

use tokio::sync::mpsc::UnboundedReceiver;

use super::sending::Begun;
use crate::protocol::receipt::Item;
use crate::sync::progress::Progress;

/// What is to be sent.
#[derive(Debug, Clone, Copy)]
pub(super) enum Errand {
    /// A photo: an item of the outbox.
    Photo(Item),
    /// A light copy.
    Light(Item),
}

/// A photo or a light copy on its way.
pub(super) struct Lane {
    pub(super) item: Item,
    /// The try at a photo, whose row is on disk; none for a light copy, of which the ledger knows nothing.
    pub(super) begun: Option<Begun>,
    pub(super) progress: Progress,
    pub(super) told: UnboundedReceiver<String>,
}

/// All that are on their way, each by its item.
#[derive(Default)]
pub(super) struct Lanes(Vec<Lane>);

impl Lanes {
    pub(super) fn open(&mut self, lane: Lane) {
        self.0.push(lane);
    }

    pub(super) fn items(&self) -> Vec<Item> {
        self.0.iter().map(|lane| lane.item).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of them are light copies.
    pub(super) fn light(&self) -> usize {
        self.0.iter().filter(|lane| lane.begun.is_none()).count()
    }

    /// While an entry is on its way none hands a byte to the network.
    pub(super) fn pause(&self, paused: bool) {
        for lane in &self.0 {
            lane.progress.pause(paused);
        }
    }

    /// While a light copy is on its way no photo begins another piece.
    pub(super) fn give_way(&self) {
        let held = self.light() > 0;
        for lane in self.0.iter().filter(|lane| lane.begun.is_some()) {
            lane.progress.hold(held);
        }
    }

    /// The next address at which one of them is uploaded, once one is told; and whether it is a photo.
    pub(super) async fn told(&mut self) -> (Item, bool, String) {
        poll_fn(|context| {
            for lane in &mut self.0 {
                if let Poll::Ready(Some(url)) = lane.told.poll_recv(context) {
                    return Poll::Ready((lane.item, lane.begun.is_some(), url));
                }
            }
            Poll::Pending
        })
        .await
    }

    pub(super) fn take(&mut self, item: &Item) -> Option<Lane> {
        let at = self.0.iter().position(|lane| lane.item == *item)?;
        Some(self.0.remove(at))
    }

    pub(super) fn into_all(self) -> Vec<Lane> {
        self.0
    }
}
