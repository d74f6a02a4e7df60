//! What every request shares.

use std::ops::Deref;
use std::sync::Arc;

use super::desk::Desk;
use super::hosts::Hosts;
use super::room::Room;
use super::server::Clock;
use super::sessions::Sessions;
use super::together::Consents;

/// What every request shares. Cheap to clone.
#[derive(Clone)]
pub(super) struct App(Arc<Shared>);

/// See [`App`].
pub(super) struct Shared {
    /// The station.
    pub(super) desk: Desk,
    /// Which browser is which officer.
    pub(super) sessions: Sessions,
    /// PINs given on one machine that wait for the colleague's on another.
    pub(super) consents: Consents,
    /// Under which names the page may be asked for.
    pub(super) hosts: Hosts,
    /// What is kept in memory beside the station.
    pub(super) room: Room,
    /// What time it is.
    pub(super) clock: Clock,
    /// What the tokens of forms are made with; new at every start.
    pub(super) secret: String,
    /// Whether the page is served over TLS.
    pub(super) secure: bool,
    /// The PINs of a practice station, p1's first, which the page shows to whoever practises.
    pub(super) practice: Option<[String; 2]>,
}

impl App {
    pub(super) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
