//! The clock of the worker and its waiting, so that tests live through a night of faults in milliseconds.

use std::future::Future;
use std::time::Duration;

use super::network;
use crate::clock::{self, Timestamp};
use crate::digest::Digest;

/// Reads the time and waits.
pub trait Pace: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Waits so long.
    fn sleep(&self, how_long: Duration) -> impl Future<Output = ()> + Send;

    /// A mark that is another when this machine's network has changed: a hint that waiting for the link may be over. None
    /// where nobody can tell.
    fn network(&self) -> Option<Digest> {
        None
    }
}

/// Real time.
#[derive(Debug, Clone, Copy, Default)]
pub struct WallClock;

impl Pace for WallClock {
    fn now(&self) -> Timestamp {
        clock::now()
    }

    async fn sleep(&self, how_long: Duration) {
        tokio::time::sleep(how_long).await;
    }

    fn network(&self) -> Option<Digest> {
        network::mark()
    }
}
