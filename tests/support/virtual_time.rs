//! A clock that moves only when somebody waits: a night of retries passes in milliseconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use plano::clock::Timestamp;
use plano::sync::Pace;

/// Shared virtual time.
#[derive(Debug, Clone)]
pub(crate) struct VirtualTime(Arc<AtomicI64>);

impl VirtualTime {
    pub(crate) fn starting(at: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(at.millis())))
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).expect("a short time"), Ordering::SeqCst);
    }

    /// As when a person or the network sets the machine's clock.
    pub(crate) fn set(&self, to: Timestamp) {
        self.0.store(to.millis(), Ordering::SeqCst);
    }
}

impl Pace for VirtualTime {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst)).expect("in range")
    }

    async fn sleep(&self, how_long: Duration) {
        self.advance(how_long);
        tokio::task::yield_now().await;
    }
}
