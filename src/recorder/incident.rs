//! Recording a kejadian khusus.

use super::{Officer, Recorded, RecorderError, Station};
use crate::clock::Timestamp;
use crate::protocol::entry::{Body, Incident};

impl Station {
    /// Records what happened, in the officer's words; no personal data belongs there.
    ///
    /// # Errors
    /// What the rules of the day are against, and what the store refuses.
    pub fn incident(&mut self, officer: &Officer, text: &str, now: Timestamp) -> Result<Recorded, RecorderError> {
        let body = Body::Incident(Incident { text: text.trim().to_owned() });
        self.record(&officer.signing(), &body, now)
    }
}
