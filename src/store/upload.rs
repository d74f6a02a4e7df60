//! Uploads that have begun: at which address central goes on taking the bytes of a photo.

use rusqlite::{OptionalExtension as _, params};

use super::{Doing, Ledger, StoreError};
use crate::clock::Timestamp;
use crate::protocol::receipt::Item;

impl Ledger {
    /// Remembers that the upload of `item` goes on at `url`, also after a restart. Losing it costs a repetition and nothing
    /// else.
    ///
    /// # Errors
    /// [`StoreError::UnknownItem`] when nothing recorded asks for its delivery.
    pub fn keep_upload(&self, item: &Item, url: &str, at: Timestamp) -> Result<(), StoreError> {
        let n = self.item_number(item)?.ok_or_else(|| StoreError::UnknownItem(Box::new(*item)))?;
        let sql = "INSERT INTO upload (n, item, url, at) SELECT coalesce(max(n), 0) + 1, ?, ?, ? FROM upload";
        self.db().execute(sql, params![n, url, at.to_string()]).map(drop).map_err(StoreError::sql(Doing::Attempt))
    }

    /// Where the upload of `item` was begun last; `None` when it never was. Central may have given it up meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn upload(&self, item: &Item) -> Result<Option<String>, StoreError> {
        let Some(n) = self.item_number(item)? else { return Ok(None) };
        let sql = "SELECT url FROM upload WHERE item = ? ORDER BY n DESC LIMIT 1";
        self.db().query_row(sql, [n], |row| row.get(0)).optional().map_err(StoreError::sql(Doing::Attempt))
    }
}
