//! What every request of an operator shares.

use std::ops::Deref;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::lockout::Lockout;
use super::register::Register;
use super::sessions::Sessions;
use crate::central::desk::Desk;
use crate::central::faults::Faults;
use crate::clock::Timestamp;
use crate::protocol::election::Election;
use crate::session::hosts::Hosts;
use crate::session::token::{self, NoRandomness};

/// How long nobody may be there before a session ends.
const IDLE: Duration = Duration::from_mins(30);
/// Passwords that are checked at one time: each takes 19 MiB.
const CHECKS: usize = 2;

/// What every request of an operator shares. Cheap to clone.
#[derive(Clone)]
pub(in crate::central) struct Office(Arc<Shared>);

/// See [`Office`].
pub(in crate::central) struct Shared {
    pub(super) desk: Arc<Desk>,
    pub(super) election: Election,
    pub(super) register: Register,
    pub(super) sessions: Sessions,
    pub(super) lockout: Lockout,
    /// A place for each password that is being checked.
    pub(super) checks: Semaphore,
    pub(super) hosts: Hosts,
    /// The switch of the faults, when central was started for a rehearsal.
    pub(super) faults: Option<Faults>,
    /// The last script that was put in force here, as typed.
    pub(super) script: Mutex<String>,
    /// What the tokens of forms are made with; new at every start.
    pub(super) secret: String,
    pub(super) clock: fn() -> Timestamp,
}

impl Office {
    /// Opens for the operators of `register`, who ask for central under the names in `hosts`.
    pub(in crate::central) fn open(
        desk: Arc<Desk>,
        election: Election,
        register: Register,
        faults: Option<Faults>,
        (hosts, clock): (Hosts, fn() -> Timestamp),
    ) -> Result<Self, NoRandomness> {
        Ok(Self(Arc::new(Shared {
            desk,
            election,
            register,
            sessions: Sessions::new(IDLE),
            lockout: Lockout::default(),
            checks: Semaphore::new(CHECKS),
            hosts,
            faults,
            script: Mutex::default(),
            secret: token::fresh()?,
            clock,
        })))
    }
}

impl Deref for Office {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
