//! The newest signed head of the log, as pages show it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::frame::Frame;
use super::trouble::Trouble;
use crate::central::keeper::{Central, CentralError};
use crate::central::refusal::Refusal;
use crate::protocol::checkpoint::Checkpoint;

/// The newest signed head of the log.
#[derive(Debug, Clone)]
pub(super) struct LogHead {
    /// Name of the log.
    pub(super) origin: String,
    /// Leaves in it.
    pub(super) size: u64,
    /// Root over them, in base64 as in the checkpoint.
    pub(super) root: String,
    /// When the last leaf was received.
    pub(super) at: String,
    /// Central's public key.
    pub(super) key: String,
}

impl LogHead {
    /// The head; `None` while the log is empty.
    pub(super) fn of(central: &Central, frame: &Frame) -> Result<Option<Self>, Trouble> {
        let Some(bytes) = central.checkpoint()? else { return Ok(None) };
        let key = central.public_key();
        let read = Checkpoint::verify(bytes, &key);
        let checkpoint = read.map_err(|error| Refusal::Central(Arc::new(CentralError::Checkpoint(error))))?;
        Ok(Some(Self {
            origin: key.name().to_owned(),
            size: checkpoint.size(),
            root: STANDARD.encode(checkpoint.root().as_bytes()),
            at: frame.as_of.map(|as_of| frame.moment(as_of.at)).unwrap_or_default(),
            key: key.to_string(),
        }))
    }
}
