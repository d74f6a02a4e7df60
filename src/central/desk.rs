//! The desk: one thread owns central; whoever hands something in stands in a line. Whoever asks does not ([`super::reading`]).
//!
//! Group commit: what has gathered while the last commit was being synced goes into the next one together, so the cost of
//! a sync is shared by all that waited for it, and each is still answered only after it.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::sync::oneshot;

use super::answer::{Answer, Granted, News, Submission};
use super::checked::Checked;
use super::keeper::{Central, CentralError};
use super::metrics::Metrics;
use super::reading::ReadingRoom;
use super::refusal::Refusal;
use super::store::Photos;
use crate::clock::Timestamp;

/// The longest line; whoever comes then is told to come back later.
const LINE: usize = 4096;
/// The most submissions of one commit.
const TOGETHER: usize = 512;

type Reply = oneshot::Sender<Result<Granted, Refusal>>;
type Work = Box<dyn FnOnce(&mut Central) -> Box<dyn FnOnce() + Send> + Send>;

enum Job {
    Submit(Checked, Reply),
    Do(Work),
}

/// Why central cannot be put to work.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The system gives no thread.
    #[error("starting the thread of central")]
    Thread(#[source] std::io::Error),
    /// The ledger cannot be opened once more for those who read.
    #[error("opening the ledger for those who read")]
    Reader(#[source] CentralError),
    /// Central is being shut down.
    #[error("central is being shut down; start it again")]
    Closed,
}

/// The way to a central that works in its own thread.
pub struct Desk {
    line: Arc<Mutex<Option<mpsc::Sender<Job>>>>,
    thread: Arc<Mutex<Option<JoinHandle<Central>>>>,
    room: Arc<ReadingRoom>,
    photos: Arc<dyn Photos>,
    metrics: Arc<Metrics>,
}

impl Desk {
    /// Puts `central` to work. `clock` says what time it is.
    ///
    /// # Errors
    /// [`DeskError`].
    pub fn open(central: Central, clock: fn() -> Timestamp) -> Result<Self, DeskError> {
        let (sender, receiver) = mpsc::channel(LINE);
        let (photos, room) = (central.photos(), Arc::new(ReadingRoom::of(&central).map_err(DeskError::Reader)?));
        let metrics = Arc::new(Metrics::default());
        let (shown, counted) = (Arc::clone(&room), Arc::clone(&metrics));
        let thread = std::thread::Builder::new().name("central".into());
        let thread =
            thread.spawn(move || work(central, receiver, (&shown, &counted), clock)).map_err(DeskError::Thread)?;
        let (line, thread) = (Arc::new(Mutex::new(Some(sender))), Arc::new(Mutex::new(Some(thread))));
        Ok(Self { line, thread, room, photos, metrics })
    }

    /// The same desk with a reading room of its own: who asks there never waits for those who ask here, nor they for them.
    ///
    /// # Errors
    /// [`DeskError::Reader`], [`DeskError::Closed`].
    pub fn aside(&self) -> Result<Self, DeskError> {
        let room = self.room.beside().map_err(DeskError::Reader)?.ok_or(DeskError::Closed)?;
        Ok(Self {
            line: Arc::clone(&self.line),
            thread: Arc::clone(&self.thread),
            room: Arc::new(room),
            photos: Arc::clone(&self.photos),
            metrics: Arc::clone(&self.metrics),
        })
    }

    /// Hands something in, and waits until it is durable or refused. It goes on even when nobody waits any more.
    ///
    /// Form and signatures are checked here, the receipt is written out here, and what is held already is answered here,
    /// beside the work of others; only what depends on order happens in turn.
    ///
    /// # Errors
    /// [`Refusal`]; [`Refusal::Busy`] and [`Refusal::Closing`] before anything was done.
    pub async fn submit(&self, submission: Submission) -> Result<Answer, Refusal> {
        let (kind, bytes) = submission.measure();
        let answer = self.hand_in(submission).await;
        if let Ok(answer) = &answer {
            self.metrics.accepted(kind, answer.news, bytes);
        }
        answer
    }

    async fn hand_in(&self, submission: Submission) -> Result<Answer, Refusal> {
        let moment = self.room.newest();
        let checked = moment.check(submission)?;
        if let Some(item) = moment.repeats(&checked)
            && let Some(bytes) = self.ask(move |central| central.receipt(&item)).await??
        {
            return Ok(Answer { news: News::Known, bytes });
        }
        let (reply, granted) = oneshot::channel();
        self.stand_in_line(Job::Submit(checked, reply))?;
        granted.await.unwrap_or(Err(Refusal::Closing))?.answer()
    }

    /// Asks central something. It is answered by what was committed when the question came, all of it by the same moment;
    /// the line of those who hand something in neither waits nor is waited for. Must be called inside a Tokio runtime.
    ///
    /// # Errors
    /// [`Refusal::Closing`], [`Refusal::Central`].
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Central) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        self.room.ask(question).await
    }

    /// Does something with central itself that is no submission, in its turn, between two commits. Everybody waits for it.
    ///
    /// # Errors
    /// [`Refusal::Busy`], [`Refusal::Closing`].
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Central) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let (reply, answer) = oneshot::channel();
        // Whoever wanted it may have gone: then nobody needs the answer.
        self.stand_in_line(Job::Do(Box::new(move |central| {
            let done = work(central);
            Box::new(move || drop(reply.send(done)))
        })))?;
        answer.await.map_err(|_| Refusal::Closing)
    }

    /// The store of photos.
    #[must_use]
    pub fn photos(&self) -> Arc<dyn Photos> {
        Arc::clone(&self.photos)
    }

    /// What is counted here and at the doors.
    pub(super) fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// How many stand in line.
    pub(super) fn waiting(&self) -> usize {
        let line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        line.as_ref().map_or(0, |line| line.max_capacity() - line.capacity())
    }

    /// Answers no question any more. A desk [`Desk::aside`] has to do so before the line is finished.
    pub(super) fn leave(&self) {
        self.room.close();
    }

    /// Takes nobody in any more, finishes the line, and gives central back. Blocks; `None` the second time.
    pub fn close(&self) -> Option<Central> {
        self.room.close();
        drop(self.line.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        thread.and_then(|thread| thread.join().ok())
    }

    fn stand_in_line(&self, job: Job) -> Result<(), Refusal> {
        let line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        match line.as_ref().map(|line| line.try_send(job)) {
            Some(Ok(())) => Ok(()),
            Some(Err(TrySendError::Full(_))) => Err(Refusal::Busy),
            Some(Err(TrySendError::Closed(_))) | None => Err(Refusal::Closing),
        }
    }
}

fn work(
    mut central: Central,
    mut line: mpsc::Receiver<Job>,
    (room, metrics): (&ReadingRoom, &Metrics),
    clock: fn() -> Timestamp,
) -> Central {
    let mut jobs = Vec::with_capacity(TOGETHER);
    while line.blocking_recv_many(&mut jobs, TOGETHER) > 0 {
        let (mut submissions, mut replies, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for job in jobs.drain(..) {
            match job {
                Job::Submit(checked, reply) => {
                    submissions.push(Ok(checked));
                    replies.push(reply);
                }
                Job::Do(work) => others.push(work),
            }
        }
        if !submissions.is_empty() {
            let commit = metrics.commit(submissions.len());
            let answers = central.take(submissions, clock());
            commit.ends();
            // First shown, then answered: whoever has a receipt finds what it is for.
            room.show(&central);
            for (reply, answer) in replies.into_iter().zip(answers) {
                // Whoever handed it in may have gone; it is stored all the same, and the same answer waits.
                drop(reply.send(answer));
            }
        }
        for work in others {
            let answer = work(&mut central);
            room.show(&central);
            answer();
        }
    }
    central
}
