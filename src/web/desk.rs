//! The station behind the page: calls that wait for disk or PIN run on threads that may wait.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::spawn_blocking;

use super::error::WebError;
use crate::recorder::{Place, RecorderError, Station};

/// The station, open three times: for the work, for the door and for photos, so that a PIN being tried or a photo being
/// looked at holds up nobody who types.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    work: Arc<Mutex<Station>>,
    door: Arc<Mutex<Station>>,
    darkroom: Arc<Mutex<Station>>,
}

impl Desk {
    /// Opens the station.
    pub(super) fn open(place: &Place) -> Result<Self, RecorderError> {
        let open = || Ok::<_, RecorderError>(Arc::new(Mutex::new(Station::open(place.clone())?)));
        Ok(Self { work: open()?, door: open()?, darkroom: open()? })
    }

    /// Does something with the station.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        doing: impl FnOnce(&mut Station) -> Result<T, WebError> + Send + 'static,
    ) -> Result<T, WebError> {
        on(&self.work, doing).await
    }

    /// Tries a PIN. Takes 0.1 to 0.5 s by design.
    pub(super) async fn door<T: Send + 'static>(
        &self,
        doing: impl FnOnce(&mut Station) -> Result<T, WebError> + Send + 'static,
    ) -> Result<T, WebError> {
        on(&self.door, doing).await
    }

    /// Looks at photos. Takes half a second for a large one.
    pub(super) async fn darkroom<T: Send + 'static>(
        &self,
        doing: impl FnOnce(&mut Station) -> Result<T, WebError> + Send + 'static,
    ) -> Result<T, WebError> {
        on(&self.darkroom, doing).await
    }
}

/// A call that ended badly leaves a station whose ledger is whole: it is folded again before the next use.
async fn on<T: Send + 'static>(
    station: &Arc<Mutex<Station>>,
    doing: impl FnOnce(&mut Station) -> Result<T, WebError> + Send + 'static,
) -> Result<T, WebError> {
    let station = Arc::clone(station);
    let done = spawn_blocking(move || doing(&mut station.lock().unwrap_or_else(PoisonError::into_inner))).await;
    done.map_err(WebError::Stopped)?
}
