//! The checksum of one piece while it streams past.

use sha1::{Digest as _, Sha1};

use crate::digest::Hasher;
use crate::protocol::tus::{Algorithm, Checksum};

/// A checksum being made.
pub(super) struct Running {
    state: State,
    expected: Vec<u8>,
}

enum State {
    Sha1(Sha1),
    Sha256(Hasher),
}

impl Running {
    pub(super) fn new(expected: Checksum) -> Self {
        let state = match expected.algorithm {
            Algorithm::Sha1 => State::Sha1(Sha1::new()),
            Algorithm::Sha256 => State::Sha256(Hasher::default()),
        };
        Self { state, expected: expected.digest }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Sha1(state) => state.update(bytes),
            State::Sha256(state) => state.update(bytes),
        }
    }

    /// Whether all bytes together have the checksum that was promised.
    pub(super) fn holds(self) -> bool {
        match self.state {
            State::Sha1(state) => state.finalize().as_slice() == self.expected,
            State::Sha256(state) => state.finish().0.as_bytes().as_slice() == self.expected,
        }
    }
}
