//! The loop that performs the steps of the plan.
//!
//! Calls to the ledger are short (a row and its sync to disk) and are made on the worker's own task; no transaction is
//! open while the network is used. Reading a whole photo to check it happens on the blocking pool.

mod asking;
mod entries;
mod lanes;
mod light;
mod own_chain;
mod photos;
mod sending;
mod settling;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::SyncError;
use super::event::{Event, Events};
use super::memory::Memory;
use super::pace::Pace;
use super::plan::{Queue, Step, Why, plan};
use super::tally::Tally;
use super::uplink::Uplink;
use crate::clock::Timestamp;
use crate::photo::Folder;
use crate::protocol::receipt::Item;
use crate::store::{Ledger, StoreError};
use lanes::Errand;
use own_chain::OwnChain;

/// How often a look is taken whether the chain has grown, while there is nothing to do or a photo is on its way.
const LOOK: Duration = Duration::from_secs(2);

/// How often the whole outbox is read anew meanwhile: another program may have said "try now".
const REVIEW: Duration = Duration::from_mins(1);

/// How long [`Worker::run`] goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Until nothing can be done at this moment.
    Idle,
    /// Until central has signed for everything, or only what a person has to look at is left.
    Settled,
    /// Until cancelled; new entries are found within two seconds.
    Cancelled,
}

/// Why [`Worker::run`] came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Central has signed for everything.
    Done,
    /// Only what was refused is left.
    SetAside,
    /// There is more to do, but not before this moment.
    Waiting(Timestamp),
    /// Cancelled; a try may have been left without an outcome.
    Cancelled,
}

/// What a worker works with.
#[derive(Debug)]
pub struct Equipment<U, P> {
    /// Its own connection to the station's ledger.
    pub ledger: Ledger,
    /// The folder of the photos.
    pub photos: Folder,
    /// The way to central.
    pub uplink: U,
    /// Clock and waiting.
    pub pace: P,
    /// Who is told.
    pub events: Events,
}

/// Delivers the outbox of one station.
pub struct Worker<U, P> {
    ledger: Ledger,
    photos: Folder,
    uplink: Arc<U>,
    pace: P,
    events: Events,
    draw: Box<dyn FnMut() -> u64 + Send>,
    memory: Memory,
    chain: OwnChain,
    tally: Tally,
    nudge: Arc<Notify>,
    told: Option<Event>,
}

/// Says "try now" to a worker from elsewhere in the program.
#[derive(Debug, Clone)]
pub struct Nudge(Arc<Notify>);

impl Nudge {
    /// Whatever waits or is set aside may go at once.
    pub fn try_now(&self) {
        self.0.notify_one();
    }
}

impl<U: Uplink, P: Pace> Worker<U, P> {
    /// A worker that begins by asking central what it lacks. `draw` yields uniform random numbers over all of `u64`.
    #[must_use]
    pub fn new(equipment: Equipment<U, P>, draw: impl FnMut() -> u64 + Send + 'static) -> Self {
        let Equipment { ledger, photos, uplink, pace, events } = equipment;
        let (memory, chain, tally) = (Memory::default(), OwnChain::default(), Tally::default());
        let uplink = Arc::new(uplink);
        let draw = Box::new(draw);
        Self { ledger, photos, uplink, pace, events, draw, memory, chain, tally, nudge: Arc::default(), told: None }
    }

    /// A handle for "try now".
    #[must_use]
    pub fn nudge(&self) -> Nudge {
        Nudge(Arc::clone(&self.nudge))
    }

    /// Counts since the worker was made.
    #[must_use]
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Delivers until `until`, or until `cancel` is cancelled. May be dropped at any await, and run again.
    ///
    /// # Errors
    /// [`SyncError::Store`] when the ledger cannot be used. A busy ledger or a full disk only makes
    /// [`Until::Cancelled`] wait.
    pub async fn run(&mut self, until: Until, cancel: &CancellationToken) -> Result<End, SyncError> {
        loop {
            if cancel.is_cancelled() {
                return Ok(End::Cancelled);
            }
            match self.step(cancel).await {
                Ok(step) => {
                    if let Some(end) = end(step, until) {
                        return Ok(end);
                    }
                    self.rest(step, cancel).await?;
                }
                Err(SyncError::Store(error)) if until == Until::Cancelled && passes(&error) => {
                    self.events.tell(Event::Hindered { reason: super::believe::in_full(&error) });
                    self.nap(LOOK, cancel).await?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Plans one step and performs it, unless it is to wait.
    async fn step(&mut self, cancel: &CancellationToken) -> Result<Step, SyncError> {
        let step = self.planned()?;
        match step {
            Step::Ask => self.ask(cancel).await?,
            Step::Send(item) => self.send(item, cancel).await?,
            Step::Light(copy) => self.send_photos(Errand::Light(copy), cancel).await?,
            Step::Wait { until, why } => self.tell_once(Event::Waiting { until, why }),
            Step::Stuck => self.tell_once(Event::Stuck),
            Step::Done => self.tell_once(Event::Done),
        }
        Ok(step)
    }

    fn planned(&mut self) -> Result<Step, StoreError> {
        self.planned_beside(&[])
    }

    /// The next step while the photos and light copies `going` are on their way.
    fn planned_beside(&mut self, going: &[Item]) -> Result<Step, StoreError> {
        self.chain.catch_up(&self.ledger)?;
        let pending = self.ledger.pending()?;
        let queue = Queue { pending: &pending, named: self.chain.named(), going, rate: self.uplink.rate() };
        Ok(plan(self.pace.now(), queue, &self.memory))
    }

    /// States are told when they change, not at every look.
    fn tell_once(&mut self, event: Event) {
        if self.told.as_ref() != Some(&event) {
            self.told = Some(event.clone());
            self.events.tell(event);
        }
    }

    async fn rest(&mut self, step: Step, cancel: &CancellationToken) -> Result<(), SyncError> {
        match step {
            Step::Ask | Step::Send(_) | Step::Light(_) => {
                self.told = None;
                Ok(())
            }
            Step::Wait { until, .. } => self.sleep(until.since(self.pace.now()).min(REVIEW), cancel).await,
            Step::Stuck | Step::Done => {
                self.sleep(REVIEW, cancel).await?;
                self.memory.doubt(self.pace.now());
                Ok(())
            }
        }
    }

    /// Sleeps so long, or until there is something new. A clock that is set back meanwhile does not make it longer.
    async fn sleep(&mut self, how_long: Duration, cancel: &CancellationToken) -> Result<(), SyncError> {
        let (until, head) = (self.pace.now().after(how_long), self.ledger.head()?);
        let (mut left, network) = (how_long, self.pace.network());
        while !left.is_zero() && self.pace.now() < until {
            let nap = left.min(LOOK).min(until.since(self.pace.now()));
            let woken = self.nap(nap, cancel).await?;
            left = left.saturating_sub(nap);
            if self.pace.network() != network {
                self.memory.network_changed(self.pace.now());
                return Ok(());
            }
            if woken || cancel.is_cancelled() || self.ledger.head()? != head {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether a person said "try now" meanwhile.
    async fn nap(&mut self, how_long: Duration, cancel: &CancellationToken) -> Result<bool, SyncError> {
        let nudge = Arc::clone(&self.nudge);
        let nudged = tokio::select! {
            biased;
            () = cancel.cancelled() => false,
            () = nudge.notified() => true,
            () = self.pace.sleep(how_long) => false,
        };
        if nudged {
            let now = self.pace.now();
            self.ledger.try_again(now)?;
            self.memory.hurry(now);
        }
        Ok(nudged)
    }
}

fn end(step: Step, until: Until) -> Option<End> {
    match (until, step) {
        (Until::Cancelled, _) | (_, Step::Ask | Step::Send(_) | Step::Light(_)) => None,
        (_, Step::Done) => Some(End::Done),
        (_, Step::Stuck | Step::Wait { why: Why::SecondLook, .. }) => Some(End::SetAside),
        (Until::Settled, Step::Wait { .. }) => None,
        (Until::Idle, Step::Wait { until, .. }) => Some(End::Waiting(until)),
    }
}

/// Troubles of the ledger that end by themselves or by a person making room.
const fn passes(error: &StoreError) -> bool {
    matches!(error, StoreError::Busy { .. } | StoreError::Full { .. })
}
