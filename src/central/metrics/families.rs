//! All metrics, and how they are counted.

use std::time::{Duration, Instant};

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use super::labels::{Accepted, Answered, At, Door, Kind, Refused, Took};
use crate::central::answer::News;
use crate::protocol::wire::ProblemKind;

/// What central is like at the moment when its metrics are read.
#[derive(Debug, Clone, Copy)]
pub(in crate::central) struct Now {
    /// Submissions in line.
    pub(in crate::central) waiting: usize,
    /// Leaves of the log.
    pub(in crate::central) leaves: u64,
    /// Entries of second histories.
    pub(in crate::central) diverged: usize,
    /// Results that came without their chain.
    pub(in crate::central) provisional: usize,
}

/// Everything that is counted.
pub(in crate::central) struct Metrics {
    registry: Registry,
    accepted: Family<Accepted, Counter>,
    accepted_bytes: Family<Kind, Counter>,
    commit_submissions: Histogram,
    commit_seconds: Histogram,
    waiting: Gauge,
    leaves: Gauge,
    diverged: Gauge,
    provisional: Gauge,
    requests: Family<Answered, Counter>,
    request_seconds: Family<Took, Histogram, fn() -> Histogram>,
    problems: Family<Refused, Counter>,
    connections: Family<At, Gauge>,
    connections_refused: Family<At, Counter>,
}

/// From half a millisecond to 16 seconds.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.0005, 2.0, 16))
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("plano"),
            accepted: Family::default(),
            accepted_bytes: Family::default(),
            commit_submissions: Histogram::new(exponential_buckets(1.0, 2.0, 10)),
            commit_seconds: seconds(),
            waiting: Gauge::default(),
            leaves: Gauge::default(),
            diverged: Gauge::default(),
            provisional: Gauge::default(),
            requests: Family::default(),
            request_seconds: Family::new_with_constructor(seconds),
            problems: Family::default(),
            connections: Family::default(),
            connections_refused: Family::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let all = &mut self.registry;
        all.register(
            "accepted",
            "Entries, photos and enrolments that were answered with success",
            self.accepted.clone(),
        );
        let about = "Bytes of what was accepted and new";
        all.register_with_unit("accepted", about, Unit::Bytes, self.accepted_bytes.clone());
        all.register("commit_submissions", "Submissions in one commit", self.commit_submissions.clone());
        let about = "Time of one commit, from judging to synced";
        all.register_with_unit("commit", about, Unit::Seconds, self.commit_seconds.clone());
        all.register("queue_submissions", "Submissions that wait for a commit", self.waiting.clone());
        all.register("log_leaves", "Leaves of the transparency log", self.leaves.clone());
        all.register("diverged_entries", "Entries of second histories; each is an alarm", self.diverged.clone());
        let about = "Results that came without their chain, which has not come yet";
        all.register("provisional_results", about, self.provisional.clone());
        all.register("http_requests", "Answered requests", self.requests.clone());
        let about = "Time from the head of a request to the head of its answer";
        all.register_with_unit("http_request", about, Unit::Seconds, self.request_seconds.clone());
        all.register("http_problems", "Answers that are problems, by kind", self.problems.clone());
        all.register("http_connections", "Open connections", self.connections.clone());
        let about = "Connections closed at once: there were too many";
        all.register("http_connections_refused", about, self.connections_refused.clone());
    }

    /// Something was answered with success; `bytes` is its size.
    pub(in crate::central) fn accepted(&self, kind: &'static str, news: News, bytes: u64) {
        let news_name = match news {
            News::New => "new",
            News::Known => "known",
        };
        self.accepted.get_or_create(&Accepted { kind, news: news_name }).inc();
        if news == News::New {
            self.accepted_bytes.get_or_create(&Kind { kind }).inc_by(bytes);
        }
    }

    /// A commit of so many submissions begins.
    pub(in crate::central) fn commit(&self, submissions: usize) -> Commit<'_> {
        self.commit_submissions.observe(f64::from(u32::try_from(submissions).unwrap_or(u32::MAX)));
        Commit { metrics: self, began: Instant::now() }
    }

    /// A request was answered.
    pub(in crate::central) fn answered(
        &self,
        door: Door,
        (method, route): (&'static str, &str),
        status: u16,
        took: Duration,
    ) {
        let labels = Answered { door, method, route: route.to_owned(), status };
        self.requests.get_or_create(&labels).inc();
        let labels = Took { door, route: route.to_owned() };
        self.request_seconds.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// An answer was a problem.
    pub(in crate::central) fn refused(&self, door: Door, kind: ProblemKind) {
        let problem = kind.uri().rsplit(':').next().unwrap_or_default().to_owned();
        self.problems.get_or_create(&Refused { door, problem }).inc();
    }

    /// A connection was taken.
    pub(in crate::central) fn opened(&self, door: Door) {
        self.connections.get_or_create(&At { door }).inc();
    }

    /// A connection has ended.
    pub(in crate::central) fn closed(&self, door: Door) {
        self.connections.get_or_create(&At { door }).dec();
    }

    /// A connection was not taken.
    pub(in crate::central) fn turned_away(&self, door: Door) {
        self.connections_refused.get_or_create(&At { door }).inc();
    }

    /// All metrics as OpenMetrics text.
    pub(in crate::central) fn text(&self, now: Now) -> Result<String, std::fmt::Error> {
        let gauge = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        self.waiting.set(gauge(now.waiting as u64));
        self.leaves.set(gauge(now.leaves));
        self.diverged.set(gauge(now.diverged as u64));
        self.provisional.set(gauge(now.provisional as u64));
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// A commit under way.
pub(in crate::central) struct Commit<'a> {
    metrics: &'a Metrics,
    began: Instant,
}

impl Commit<'_> {
    /// It is durable, or has failed.
    pub(in crate::central) fn ends(self) {
        self.metrics.commit_seconds.observe(self.began.elapsed().as_secs_f64());
    }
}
