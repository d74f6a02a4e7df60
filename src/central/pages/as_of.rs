//! How far the log has come, as pages say it.

use super::frame::AsOf;
use crate::central::keeper::{Central, CentralError};
use crate::central::read::broken;
use crate::central::refusal::Refusal;
use crate::central::store::{LedgerError, Logged};

impl Central {
    /// Size of the log, and when its last leaf was made; `None` while it is empty.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub(in crate::central) fn as_of(&self) -> Result<Option<AsOf>, Refusal> {
        let size = self.health().log_size;
        let Some(last) = size.checked_sub(1) else { return Ok(None) };
        let damaged = || {
            Refusal::Central(std::sync::Arc::new(CentralError::Ledger(LedgerError::Damaged {
                what: format!("leaf {last}"),
            })))
        };
        let leaf = self.ledger.leaf(last).map_err(broken)?.ok_or_else(damaged)?;
        let at = match leaf.of {
            Logged::Received(received) => received.at,
            Logged::Annotated(digest) => self.index.remarks().find(&digest).ok_or_else(damaged)?.at(),
        };
        Ok(Some(AsOf { size, at }))
    }
}
