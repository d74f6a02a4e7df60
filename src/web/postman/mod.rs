//! Delivery behind the page: the sync worker on a thread of its own, and what it says about itself.
//!
//! In scope: starting and stopping the worker, "try now", what is under way at this moment.
//! Not here: delivering (`sync`), the page about it (`delivery`).

mod watch;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::mpsc::unbounded_channel;
use tokio_util::sync::CancellationToken;

use crate::photo::{Folder, FolderError};
use crate::recorder::Place;
use crate::store::{Ledger, StoreError};
use crate::sync::http::{Config, EnrolError, HttpUplink};
use crate::sync::{Equipment, Events, Later, Nudge, SyncError, Traffic, Trouble, Until, WallClock, Worker};

#[cfg(test)]
pub(super) use watch::Trial;
pub(super) use watch::Watch;

/// How long the worker rests when the ledger cannot be used at all.
const REST: Duration = Duration::from_secs(15);

/// Why delivery does not start.
#[derive(Debug, thiserror::Error)]
pub enum PostmanError {
    /// The ledger.
    #[error("opening the ledger for delivery")]
    Store(#[from] StoreError),
    /// The photos.
    #[error("opening the photos for delivery")]
    Photos(#[from] FolderError),
    /// The way to central.
    #[error("preparing the way to central")]
    Uplink(#[from] SyncError),
    /// The thread.
    #[error("starting the thread of delivery")]
    Thread(#[source] io::Error),
}

/// The worker at work; ends when this is dropped or told to.
#[derive(Debug)]
pub struct Postman {
    watch: Arc<Mutex<Watch>>,
    nudge: Nudge,
    cancel: CancellationToken,
    thread: Mutex<Option<JoinHandle<()>>>,
    way: Config,
    uplink: HttpUplink,
}

impl Postman {
    /// Starts to deliver what the station in `place` has recorded and will record. `authority` as in [`Config`].
    ///
    /// # Errors
    /// [`PostmanError`].
    pub fn start(place: &Place, authority: Option<PathBuf>) -> Result<Self, PostmanError> {
        let ledger = Ledger::open(&place.ledger())?;
        let way = Config { authority, ..Config::new(ledger.central_url()?) };
        let uplink = HttpUplink::new(&way)?;
        let (events, mut heard) = unbounded_channel();
        let photos = Folder::open(place.photos())?;
        let events = Events::to(events);
        let equipment = Equipment { ledger, photos, uplink: uplink.clone(), pace: WallClock, events };
        let mut worker = Worker::new(equipment, rand::random);
        let (watch, nudge, cancel) = (Arc::new(Mutex::new(Watch::default())), worker.nudge(), CancellationToken::new());
        let runtime = Builder::new_current_thread().enable_all().build().map_err(PostmanError::Thread)?;
        let (told, until) = (Arc::clone(&watch), cancel.clone());
        let work = move || {
            runtime.block_on(async {
                let listen = async {
                    while let Some(event) = heard.recv().await {
                        lock(&told).take(event);
                    }
                };
                let deliver = async {
                    while !until.is_cancelled() {
                        if let Err(error) = worker.run(Until::Cancelled, &until).await {
                            tracing::error!(error = &error as &dyn std::error::Error, "delivery rests");
                            lock(&told).hindered();
                            let _ = tokio::time::timeout(REST, until.cancelled()).await;
                        }
                    }
                };
                tokio::select! {
                    () = listen => {}
                    () = deliver => {}
                }
            });
        };
        let thread = thread::Builder::new().name("delivery".into()).spawn(work).map_err(PostmanError::Thread)?;
        Ok(Self { watch, nudge, cancel, thread: Mutex::new(Some(thread)), way, uplink })
    }

    /// What is under way now.
    pub(super) fn watch(&self) -> Watch {
        lock(&self.watch).clone()
    }

    /// What delivery has used of the network since it was started.
    pub(super) fn traffic(&self) -> Traffic {
        self.uplink.traffic()
    }

    /// Whatever waits or is set aside goes at once.
    pub(super) fn try_now(&self) {
        self.nudge.try_now();
    }

    /// Asks central to accredit an officer, on a connection of its own; gives what central signed, which the caller verifies.
    pub(super) async fn enrol(&self, wish: Vec<u8>) -> Result<Vec<u8>, EnrolError> {
        let failed = |error: SyncError| EnrolError::Later(Later::new(Trouble::Tls, error.to_string()));
        HttpUplink::new(&self.way).map_err(failed)?.enrol(wish).await
    }

    /// Ends delivery; what is under way is left as an honest "unknown" and sent again next time. Waits for the thread.
    pub fn stop(&self) {
        self.cancel.cancel();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of delivery had ended in a panic");
        }
    }
}

impl Drop for Postman {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

/// The watch is whole between any two of its changes.
fn lock(watch: &Mutex<Watch>) -> MutexGuard<'_, Watch> {
    watch.lock().unwrap_or_else(PoisonError::into_inner)
}
