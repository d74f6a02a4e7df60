//! The reading room: whoever only wants to know something reads here, and nobody who hands something in waits for it.
//!
//! In scope: the newest moment that is certain, and centrals that only read, lent out for one question at a time.
//! Not here: the line of those who hand something in ([`super::desk`]), what can be asked ([`super::read`]).
//!
//! A reader stands at one moment from beginning to end, so everything it says fits together. No lock is held while it
//! reads, and none while something is synced: whoever writes waits for the copying of a few pointers, never for readers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::keeper::{Central, CentralError, Moment};
use super::refusal::Refusal;

/// The most questions that are answered at one time; the others wait in the order in which they came. Each takes a
/// thread and a connection to the ledger.
const SEATS: usize = 8;

/// Where central is asked.
pub(super) struct ReadingRoom {
    newest: Arc<Mutex<Moment>>,
    /// Opens the others; answers nothing itself. None once the room is closed.
    first: Mutex<Option<Central>>,
    idle: Mutex<Vec<Central>>,
    seats: Arc<Semaphore>,
}

impl ReadingRoom {
    /// A room that stands where `central` stands.
    ///
    /// # Errors
    /// [`CentralError::Ledger`] when the ledger cannot be opened once more.
    pub(super) fn of(central: &Central) -> Result<Self, CentralError> {
        Ok(Self {
            newest: Arc::new(Mutex::new(central.moment())),
            first: Mutex::new(Some(central.reader()?)),
            idle: Mutex::new(Vec::new()),
            seats: Arc::new(Semaphore::new(SEATS)),
        })
    }

    /// A room beside this one, where the same is shown, with seats of its own: nobody there waits for anybody here.
    /// None once this one is closed.
    ///
    /// # Errors
    /// [`CentralError::Ledger`] when the ledger cannot be opened once more.
    pub(super) fn beside(&self) -> Result<Option<Self>, CentralError> {
        let first = whole(&self.first).as_ref().map(Central::reader).transpose()?;
        Ok(first.map(|first| Self {
            newest: Arc::clone(&self.newest),
            first: Mutex::new(Some(first)),
            idle: Mutex::new(Vec::new()),
            seats: Arc::new(Semaphore::new(SEATS)),
        }))
    }

    /// Shows where `central` stands now to all who come from now on; nothing while that is not certain.
    pub(super) fn show(&self, central: &Central) {
        if central.is_certain() {
            let moment = central.moment();
            // What was shown before goes outside of the lock: dropping it may free much.
            let before = std::mem::replace(&mut *whole(&self.newest), moment);
            drop(before);
        }
    }

    /// The newest moment that is certain.
    pub(super) fn newest(&self) -> Moment {
        whole(&self.newest).clone()
    }

    /// Answers a question by the newest moment, in a thread that may wait for the disk.
    ///
    /// # Errors
    /// [`Refusal::Closing`], [`Refusal::Central`].
    pub(super) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Central) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let seat = Arc::clone(&self.seats).acquire_owned().await.map_err(|_| Refusal::Closing)?;
        let room = Arc::clone(self);
        let answering = spawn_blocking(move || {
            let mut reader = room.lend()?;
            reader.stand_at(room.newest());
            let answer = question(&reader);
            whole(&room.idle).push(reader);
            drop(seat);
            Ok(answer)
        });
        answering.await.map_err(|_| Refusal::Closing)?
    }

    fn lend(&self) -> Result<Central, Refusal> {
        if let Some(idle) = whole(&self.idle).pop() {
            return Ok(idle);
        }
        let first = whole(&self.first);
        first.as_ref().ok_or(Refusal::Closing)?.reader().map_err(|error| Refusal::Central(Arc::new(error)))
    }

    /// Takes nobody in any more, and closes what nobody reads in: whoever writes should close the ledger last, since only
    /// then is all that was written ahead put in its place.
    pub(super) fn close(&self) {
        self.seats.close();
        drop(whole(&self.first).take());
        drop(std::mem::take(&mut *whole(&self.idle)));
    }
}

/// Nothing panics while it holds one of these locks, so what they guard is whole even if a lock says otherwise.
fn whole<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
