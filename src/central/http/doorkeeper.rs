//! Who may hold a connection: so many in all, so many of one client. Whoever comes beyond that is let go at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::client::Client;
use super::config::Limits;
use crate::central::metrics::{Door, Metrics};

/// Counts the connections of one listener. Cheap to clone.
#[derive(Clone)]
pub(super) struct Doorkeeper(Arc<Book>);

struct Book {
    door: Door,
    most: usize,
    /// `None`: all come from a proxy.
    most_of_one: Option<usize>,
    open: Mutex<Open>,
    metrics: Arc<Metrics>,
}

#[derive(Default)]
struct Open {
    all: usize,
    of: HashMap<Client, usize>,
}

impl Doorkeeper {
    /// Nobody has come yet.
    pub(super) fn new(door: Door, limits: &Limits, metrics: Arc<Metrics>) -> Self {
        let most_of_one = (!limits.behind_proxy).then_some(limits.connections_per_client);
        Self(Arc::new(Book { door, most: limits.connections, most_of_one, open: Mutex::default(), metrics }))
    }

    /// A place for a connection from `peer`, until it is dropped; `None` when there are too many.
    pub(super) fn admit(&self, peer: IpAddr) -> Option<Place> {
        let client = Client::of(peer);
        let mut open = self.0.open();
        let of_one = open.of.get(&client).copied().unwrap_or(0);
        let crowd = self.0.most_of_one.is_some_and(|most| of_one >= most) && !client.is_here();
        if open.all >= self.0.most || crowd {
            drop(open);
            self.0.metrics.turned_away(self.0.door);
            tracing::warn!(door = ?self.0.door, %peer, of_one, "a connection is not taken: there are too many");
            return None;
        }
        open.all += 1;
        open.of.insert(client, of_one + 1);
        drop(open);
        self.0.metrics.opened(self.0.door);
        Some(Place { book: Arc::clone(&self.0), client })
    }
}

impl Book {
    /// Nothing panics while it counts.
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one connection.
pub(super) struct Place {
    book: Arc<Book>,
    client: Client,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.book.open();
        open.all -= 1;
        if let Some(of_one) = open.of.get_mut(&self.client) {
            *of_one -= 1;
            if *of_one == 0 {
                open.of.remove(&self.client);
            }
        }
        drop(open);
        self.book.metrics.closed(self.book.door);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doorkeeper(behind_proxy: bool) -> Doorkeeper {
        let limits = Limits { connections: 5, connections_per_client: 2, behind_proxy, ..Limits::default() };
        Doorkeeper::new(Door::Both, &limits, Arc::default())
    }

    fn ip(address: &str) -> IpAddr {
        address.parse().expect("an address")
    }

    #[test]
    fn places_are_counted_and_given_back() {
        let doorkeeper = doorkeeper(false);
        let one = doorkeeper.admit(ip("192.0.2.1")).expect("a place");
        let _two = doorkeeper.admit(ip("192.0.2.1")).expect("a place");
        assert!(doorkeeper.admit(ip("192.0.2.1")).is_none(), "two of one client");
        let here: Vec<_> = (0..3).map(|_| doorkeeper.admit(ip("127.0.0.1")).expect("a place")).collect();
        assert!(doorkeeper.admit(ip("192.0.2.9")).is_none(), "five in all");
        drop((one, here));
        assert!(doorkeeper.admit(ip("192.0.2.1")).is_some());
        assert_eq!(doorkeeper.0.open().all, 1);
        assert_eq!(doorkeeper.0.open().of.len(), 1, "who has gone is forgotten");
    }

    #[test]
    fn a_proxy_may_hold_all_places() {
        let doorkeeper = doorkeeper(true);
        let all: Vec<_> = (0..5).map(|_| doorkeeper.admit(ip("192.0.2.1")).expect("a place")).collect();
        assert!(doorkeeper.admit(ip("192.0.2.1")).is_none());
        drop(all);
    }
}
