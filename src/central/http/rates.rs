//! How many requests a client may make: 429 with the seconds to wait, before anything else is done.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::client::Client;
use super::config::Limits;
use super::connection::Arrival;
use super::problem::Failure;
use crate::central::metrics::Door;
use crate::protocol::wire::{Problem, ProblemKind};

/// A burst may have so many times the requests of a second.
const BURST: u32 = 20;
/// After so many requests clients are forgotten that have been quiet since.
const SWEEP: u32 = 1 << 16;

/// The rates of one listener. Cheap to clone.
#[derive(Clone)]
pub(super) struct Rates(Arc<Shared>);

struct Shared {
    door: Door,
    behind_proxy: bool,
    uploads: Rate,
    reads: Rate,
}

impl Rates {
    /// Nobody has asked yet.
    pub(super) fn new(door: Door, limits: &Limits) -> Self {
        let (uploads, reads) = (Rate::new(limits.uploads_per_second), Rate::new(limits.reads_per_second));
        Self(Arc::new(Shared { door, behind_proxy: limits.behind_proxy, uploads, reads }))
    }

    /// How long the client of a request has to wait; `None` when it may go on.
    fn wait(&self, request: &Request, arrival: &Arrival) -> Option<Duration> {
        let Shared { door, behind_proxy, uploads, reads } = &*self.0;
        let client = if *behind_proxy {
            Client::behind_proxy(request.headers(), arrival.peer)
        } else {
            Client::of(arrival.peer)
        };
        let reading = match door {
            Door::Stations => false,
            Door::Public | Door::Metrics => true,
            Door::Both => *request.method() == Method::GET || *request.method() == Method::HEAD,
        };
        let rate = if reading { reads } else { uploads };
        // Behind a proxy on this machine, who names no client is a stranger like any other.
        if client.is_here() && !*behind_proxy { None } else { rate.wait(client) }
    }
}

/// Lets a request through, or tells its client when to come back.
pub(super) async fn limit(
    State(rates): State<Rates>,
    Extension(arrival): Extension<Arrival>,
    request: Request,
    next: Next,
) -> Response {
    match rates.wait(&request, &arrival) {
        None => next.run(request).await,
        Some(wait) => {
            let detail = "more requests came from this address than one client makes; wait as Retry-After says";
            Failure::from(Problem::new(ProblemKind::Busy, detail)).later(wait).into_response()
        }
    }
}

struct Rate {
    limiter: DefaultKeyedRateLimiter<Client>,
    clock: DefaultClock,
    asked: AtomicU32,
}

impl Rate {
    fn new(per_second: NonZeroU32) -> Self {
        let burst = per_second.saturating_mul(NonZeroU32::MIN.saturating_add(BURST - 1));
        let limiter = RateLimiter::dashmap(Quota::per_second(per_second).allow_burst(burst));
        Self { limiter, clock: DefaultClock::default(), asked: AtomicU32::new(0) }
    }

    fn wait(&self, client: Client) -> Option<Duration> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        self.limiter.check_key(&client).err().map(|not_yet| not_yet.wait_time_from(self.clock.now()))
    }
}
