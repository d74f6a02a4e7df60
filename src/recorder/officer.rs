//! Officers whose keys are unlocked, for as long as the value lives.

use std::fmt;

use super::RecorderError;
use crate::protocol::entry::By;
use crate::protocol::ids::Slot;
use crate::protocol::key::PrivateKey;

/// One officer at work. The key is wiped when this is dropped: dropping it is how a session locks.
pub struct Officer {
    slot: Slot,
    key: PrivateKey,
}

impl Officer {
    pub(super) const fn new(slot: Slot, key: PrivateKey) -> Self {
        Self { slot, key }
    }

    /// Which of the two.
    #[must_use]
    pub const fn slot(&self) -> Slot {
        self.slot
    }

    pub(super) const fn key(&self) -> &PrivateKey {
        &self.key
    }

    pub(super) fn signing(&self) -> Signing<'_> {
        Signing { by: self.slot.into(), keys: vec![&self.key] }
    }
}

impl fmt::Debug for Officer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Officer({})", self.slot)
    }
}

/// Both officers at work together.
#[derive(Debug, Clone, Copy)]
pub struct Both<'a> {
    first: &'a Officer,
    second: &'a Officer,
}

impl<'a> Both<'a> {
    /// The two officers, in whatever order they came.
    ///
    /// # Errors
    /// [`RecorderError::SameOfficer`] when both are one.
    pub fn new(one: &'a Officer, other: &'a Officer) -> Result<Self, RecorderError> {
        match (one.slot, other.slot) {
            (Slot::P1, Slot::P2) => Ok(Self { first: one, second: other }),
            (Slot::P2, Slot::P1) => Ok(Self { first: other, second: one }),
            _ => Err(RecorderError::SameOfficer(one.slot)),
        }
    }

    pub(super) fn signing(self) -> Signing<'a> {
        Signing { by: By::Both, keys: vec![self.first.key(), self.second.key()] }
    }
}

/// Who makes an entry, with the keys that sign it.
pub(super) struct Signing<'a> {
    pub(super) by: By,
    pub(super) keys: Vec<&'a PrivateKey>,
}
