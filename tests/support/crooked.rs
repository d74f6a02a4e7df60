//! A way to an honest central in this process that goes wrong by a script: one fault for each request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use plano::central::{Central, Refusal};
use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::protocol::ids::{Seq, StationId};
use plano::protocol::key::PrivateKey;
use plano::protocol::receipt::{Item, What};
use plano::protocol::wire::{Missing, Problem, ProblemKind};
use plano::sync::{Answer, Body, Content, Later, Pace, Progress, Shipment, Told, Trouble, Uplink};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::receipts;
use super::virtual_time::VirtualTime;

/// What goes wrong with one request. `stored` says whether central has stored the bytes all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// The connection fails: before central stored anything, or when its answer was on the way.
    Lost { trouble: Trouble, stored: bool },
    /// The receipt ends in the middle.
    Truncated,
    /// Central's sound receipt, but of another photo.
    WrongReceipt { stored: bool },
    /// A receipt of the right thing by somebody else.
    ForgedReceipt,
    /// A web page with status 200.
    Portal,
    /// Central asks for patience.
    Patience { kind: ProblemKind, seconds: Option<u64> },
    /// Central refuses, wrongly and once.
    Refused(ProblemKind),
    /// Central says that it lacks entries, although it does not.
    FalseGap,
    /// The program is ended by Ctrl-C while it waits for the answer.
    Cancelled { stored: bool },
    /// The answer takes its time.
    Slow { seconds: u64 },
}

/// How a request ended, as the worker's uplink saw it: what the record of attempts must say in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    Stored,
    Later,
    Refused,
    Diverged,
    Nothing,
}

/// One request that was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request {
    pub(crate) item: Item,
    pub(crate) at: Timestamp,
    pub(crate) seen: Seen,
    /// It went behind another one in the same request.
    pub(crate) behind: bool,
}

/// Script, central, and what was asked of it.
pub(crate) struct Shared {
    pub(crate) central: Central,
    pub(crate) script: VecDeque<Fault>,
    pub(crate) requests: Vec<Request>,
    pub(crate) questions: usize,
    pub(crate) cancel: CancellationToken,
    /// Every request before this moment finds no network.
    pub(crate) outage: Option<Timestamp>,
    /// Photos are on their way until central holds this entry.
    pub(crate) photos_wait_for: Option<Seq>,
    /// Told whenever central has been asked something.
    pub(crate) asked: Arc<Notify>,
    /// This item meets this fault every time.
    pub(crate) poison: Option<(Digest, Fault)>,
    /// What the link is said to carry, in bytes a second.
    pub(crate) rate: Option<u64>,
    /// Central's wish: no request before this moment.
    patience: Option<Timestamp>,
}

/// The uplink. Clones share everything.
#[derive(Clone)]
pub(crate) struct Crooked {
    shared: Arc<Mutex<Shared>>,
    time: VirtualTime,
}

impl Crooked {
    pub(crate) fn new(central: Central, time: VirtualTime) -> Self {
        let cancel = CancellationToken::new();
        let (script, requests) = (VecDeque::new(), Vec::new());
        let shared = Shared {
            central,
            script,
            requests,
            questions: 0,
            cancel,
            outage: None,
            photos_wait_for: None,
            asked: Arc::default(),
            poison: None,
            rate: None,
            patience: None,
        };
        Self { shared: Arc::new(Mutex::new(shared)), time }
    }

    pub(crate) fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().expect("no test panicked here")
    }

    /// A new program starts: it remembers no wish of central's.
    pub(crate) fn restarted(&self) -> CancellationToken {
        let mut shared = self.shared();
        shared.patience = None;
        shared.cancel = CancellationToken::new();
        shared.cancel.clone()
    }

    fn next_fault(&self, item: Option<&Item>) -> Fault {
        let mut shared = self.shared();
        let now = self.time.now();
        assert!(shared.patience.is_none_or(|until| now >= until), "central's wish to wait is kept");
        if shared.outage.is_some_and(|until| now < until) {
            return Fault::Lost { trouble: Trouble::Connect, stored: false };
        }
        if let Some((_, fault)) = shared.poison.filter(|(digest, _)| item.is_some_and(|item| item.digest == *digest)) {
            return fault;
        }
        let fault = shared.script.pop_front().unwrap_or(Fault::None);
        if let Fault::Slow { seconds } = fault {
            self.time.advance(Duration::from_secs(seconds));
        }
        fault
    }

    /// What the fault makes of a request; `None` when it never ends.
    fn outcome(&self, fault: Fault, item: &Item, bytes: &[u8]) -> Option<Answer> {
        let later = |trouble| Answer::Later(Later::new(trouble, "by script"));
        let mut shared = self.shared();
        let now = self.time.now();
        let mut store = || put(&mut shared.central, item, bytes, now);
        Some(match fault {
            Fault::None | Fault::Slow { .. } => store(),
            Fault::Lost { trouble, stored } => {
                let _ = stored.then(store);
                later(trouble)
            }
            Fault::Truncated => match store() {
                Answer::Stored(receipt) => Answer::Stored(receipt[..receipt.len() / 2].to_vec()),
                other => other,
            },
            Fault::WrongReceipt { stored } => {
                let _ = stored.then(store);
                Answer::Stored(receipts::receipt(other_than(item), now))
            }
            Fault::ForgedReceipt => {
                let forger = PrivateKey::from_seed("central.test/drill", &[66; 32]).expect("a key");
                Answer::Stored(receipts::signed_by(&forger, *item, now))
            }
            Fault::Portal => Answer::Stored(b"<!doctype html><title>Selamat datang</title>".to_vec()),
            Fault::Patience { kind, seconds } => patience(kind, seconds),
            Fault::Refused(kind) => Answer::from(Problem::new(kind, "by script")),
            Fault::FalseGap => Answer::Gap { head: None },
            Fault::Cancelled { stored } => {
                let _ = stored.then(store);
                shared.cancel.cancel();
                return None;
            }
        })
    }

    async fn wait_on_the_way(&self, station: StationId) {
        loop {
            let asked = Arc::clone(&self.shared().asked);
            let next = asked.notified();
            let held = self.shared().central.missing(station).expect("takes part").head.map(|head| head.seq);
            if self.shared().photos_wait_for.is_none_or(|seq| held >= Some(seq)) {
                return;
            }
            next.await;
        }
    }

    /// Central's wish to wait counts once it has been told.
    fn wish(&self, fault: Fault) {
        if let Fault::Patience { seconds: Some(seconds), .. } = fault {
            let wish = Duration::from_secs(seconds).min(plano::sync::backoff::FLOOR_CAP);
            self.shared().patience = Some(self.time.now().after(wish));
        }
    }

    fn note(&self, item: Item, at: Timestamp, fault: Fault, answer: Option<&Answer>) {
        let lies =
            matches!(fault, Fault::Truncated | Fault::WrongReceipt { .. } | Fault::ForgedReceipt | Fault::Portal);
        let seen = match answer {
            None => Seen::Nothing,
            Some(Answer::Stored(_)) if !lies => Seen::Stored,
            Some(Answer::Stored(_) | Answer::Later(_) | Answer::Gap { .. }) => Seen::Later,
            Some(Answer::Refused { .. }) => Seen::Refused,
            Some(Answer::Diverged { .. }) => Seen::Diverged,
        };
        self.shared().requests.push(Request { item, at, seen, behind: false });
    }
}

impl Uplink for Crooked {
    async fn put(&self, shipment: Shipment, progress: Progress) -> Answer {
        let Shipment { item, body } = shipment;
        let bytes = whole(body);
        progress.add(bytes.len() as u64);
        let (at, fault) = (self.time.now(), self.next_fault(Some(&item)));
        if position(&item).is_none() {
            self.wait_on_the_way(item.station).await;
        }
        let answer = self.outcome(fault, &item, &bytes);
        self.note(item, at, fault, answer.as_ref());
        self.shared().asked.notify_waiters();
        tokio::task::yield_now().await;
        self.wish(fault);
        match answer {
            Some(answer) => answer,
            None => std::future::pending().await,
        }
    }

    /// One request with one fault, as over HTTP: a fault of the way or of central's patience is that of all, a refusal or a
    /// lie that of the first, or of the poisonous one.
    async fn put_entries(&self, entries: Vec<(Item, Vec<u8>)>, progress: Progress) -> Told {
        progress.add(entries.iter().map(|(_, bytes)| bytes.len() as u64).sum());
        let (at, mut fault) = (self.time.now(), self.next_fault(Some(&entries[0].0)));
        let (mut answers, mut stopped) = (Vec::new(), false);
        let whole = matches!(fault, Fault::Lost { .. } | Fault::Patience { .. } | Fault::Cancelled { .. });
        let first = fault;
        for (place, (item, bytes)) in entries.iter().enumerate() {
            let poison = self.shared().poison.filter(|(digest, _)| *digest == item.digest);
            fault = poison.map_or(fault, |(_, fault)| fault);
            let answer = self.outcome(fault, item, bytes);
            self.note(*item, at, fault, answer.as_ref());
            if let Some(request) = self.shared().requests.last_mut() {
                request.behind = place > 0;
                if stopped && request.seen != Seen::Stored && request.seen != Seen::Nothing {
                    request.seen = Seen::Later;
                }
                stopped |= request.seen != Seen::Stored;
            }
            answers.extend(answer);
            if !whole {
                fault = Fault::None;
            }
        }
        self.shared().asked.notify_waiters();
        tokio::task::yield_now().await;
        self.wish(first);
        if answers.is_empty() {
            std::future::pending::<()>().await;
        }
        if whole {
            answers.truncate(1);
        }
        Told { answers, missing: None }
    }

    fn rate(&self) -> Option<u64> {
        self.shared().rate
    }

    async fn missing(&self, station: StationId) -> Result<Missing, Later> {
        let fault = self.next_fault(None);
        self.shared().questions += 1;
        match fault {
            Fault::None | Fault::Slow { .. } => {
                let shared = self.shared();
                Ok(shared.central.missing(station).expect("the station takes part"))
            }
            Fault::Lost { trouble, .. } => Err(Later::new(trouble, "by script")),
            Fault::Cancelled { .. } => {
                self.shared().cancel.cancel();
                std::future::pending().await
            }
            Fault::Patience { kind, seconds } => match patience(kind, seconds) {
                Answer::Later(later) => {
                    self.wish(fault);
                    Err(later)
                }
                other => unreachable!("not a wish for patience: {other:?}"),
            },
            _ => Err(Later::new(Trouble::Portal, "by script")),
        }
    }
}

fn whole(body: Body) -> Vec<u8> {
    match body {
        Body::Entry(bytes) => bytes,
        Body::Photo(photo) => {
            let mut bytes = Vec::new();
            let Content::File(mut file) = photo.content else { panic!("the worker hands files over") };
            std::io::Read::read_to_end(&mut file, &mut bytes).expect("reads");
            assert_eq!(bytes.len() as u64, photo.bytes, "the length is the file's");
            bytes
        }
    }
}

fn patience(kind: ProblemKind, seconds: Option<u64>) -> Answer {
    match Answer::from(Problem::new(kind, "by script")) {
        Answer::Later(later) => Answer::Later(Later { retry_after: seconds.map(Duration::from_secs), ..later }),
        other => unreachable!("{kind:?} is no wish for patience: {other:?}"),
    }
}

fn other_than(item: &Item) -> Item {
    Item { digest: Digest::of(item.digest.as_bytes()), ..*item }
}

/// Hands an item in at an honest central. That it may be handed in at all is what the tests are about: an entry only
/// behind its predecessor, a photo only after the entry that names it.
fn put(central: &mut Central, item: &Item, bytes: &[u8], now: Timestamp) -> Answer {
    let answer = match item.what {
        What::Entry(seq) => central.put_entry(item.station, seq, bytes.to_vec(), now),
        What::Photo(_) => central.put_photo(item.station, &item.digest, &mut &*bytes, now),
    };
    match answer {
        Ok(answer) => Answer::Stored(answer.bytes),
        Err(Refusal::Central(error)) => unreachable!("the central in memory broke: {error}"),
        Err(refusal) => Answer::from(refusal.problem()),
    }
}

/// The position of an entry; none for a photo.
pub(crate) fn position(item: &Item) -> Option<Seq> {
    match item.what {
        What::Entry(seq) => Some(seq),
        What::Photo(_) => None,
    }
}
