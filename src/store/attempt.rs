//! Attempts to deliver: a row before anything is sent, a row after the answer.

use std::fmt;

use rusqlite::{OptionalExtension as _, Row, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::outbox::{item_of, item_text};
use super::{Doing, Ledger, Outcome, OutcomeKind, StoreError, column};
use crate::clock::Timestamp;
use crate::protocol::receipt::{Item, Receipt};

/// Number of an attempt in its ledger, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttemptId(pub(super) u64);

impl fmt::Display for AttemptId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, out)
    }
}

/// One attempt, as it is exported: one JSON object a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Its number.
    pub attempt: AttemptId,
    /// What was sent.
    pub item: Item,
    /// When it began, by the station's clock.
    pub at: Timestamp,
    /// How it ended; none means that nobody knows.
    pub outcome: Option<OutcomeKind>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// What happened, when it did not end in a receipt.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub reason: String,
}

impl Ledger {
    /// Writes down that `item` is about to be sent. Durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::UnknownItem`] when nothing recorded asks for its delivery.
    pub fn begin(&self, item: &Item, at: Timestamp) -> Result<AttemptId, StoreError> {
        let failed = || StoreError::sql(Doing::Attempt);
        let step = Transaction::new_unchecked(self.db(), TransactionBehavior::Immediate).map_err(failed())?;
        let n = self.item_number(item)?.ok_or_else(|| StoreError::UnknownItem(Box::new(*item)))?;
        let sql = "INSERT INTO attempt (n, item, at) SELECT coalesce(max(n), 0) + 1, ?, ? FROM attempt RETURNING n";
        let attempt = step.query_row(sql, params![n, at.to_string()], |row| column::number(row, "n"));
        let attempt = attempt.map_err(failed())?;
        step.commit().map_err(failed())?;
        Ok(AttemptId(attempt))
    }

    /// Writes down how an attempt ended. Durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::Receipt`] when the receipt does not prove, by central's key, that central holds the item: the
    /// attempt has no outcome then. [`StoreError::Finished`] when it has one already.
    pub fn finish(&self, attempt: AttemptId, at: Timestamp, outcome: &Outcome) -> Result<(), StoreError> {
        let failed = || StoreError::sql(Doing::Attempt);
        let step = Transaction::new_unchecked(self.db(), TransactionBehavior::Immediate).map_err(failed())?;
        let (item, finished) = self.attempted(attempt)?.ok_or(StoreError::UnknownAttempt(attempt))?;
        if finished {
            return Err(StoreError::Finished(attempt));
        }
        let (receipt, reason, retry_at) = match outcome {
            Outcome::Stored { receipt } => {
                let checked = Receipt::verify(receipt, &self.founding().central).and_then(|known| known.covers(&item));
                checked.map_err(|source| StoreError::Receipt { item: Box::new(item), source })?;
                (Some(receipt), "", None)
            }
            Outcome::Later { reason, retry_at } => (None, reason.as_str(), *retry_at),
            Outcome::Refused { reason } | Outcome::Diverged { reason } => (None, reason.as_str(), None),
        };
        let sql = "INSERT INTO outcome (attempt, kind, receipt, reason, retry_at, at) VALUES (?, ?, ?, ?, ?, ?)";
        let retry_at = retry_at.map(|moment| moment.to_string());
        let row = params![column::integer(attempt.0), outcome.kind().text(), receipt, reason, retry_at, at.to_string()];
        step.execute(sql, row).map_err(failed())?;
        step.commit().map_err(failed())
    }

    /// "Try now": whatever is set aside or waiting may be sent again at once. A new row; the outcomes stay.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub fn try_again(&self, at: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO try_again (n, after_attempt, at) SELECT coalesce(max(n), 0) + 1,
            (SELECT coalesce(max(n), 0) FROM attempt), ? FROM try_again";
        self.db().execute(sql, [at.to_string()]).map(drop).map_err(StoreError::sql(Doing::Attempt))
    }

    /// Every attempt there ever was, in order.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn attempts(&self) -> Result<Vec<Attempt>, StoreError> {
        let sql = "SELECT attempt.n AS attempt, attempt.at AS began, item.*, outcome.kind AS kind, outcome.at AS ended,
            coalesce(outcome.reason, '') AS reason FROM attempt JOIN item ON item.n = attempt.item
            LEFT JOIN outcome ON outcome.attempt = attempt.n ORDER BY attempt.n";
        self.all(Doing::Read, sql, [], |row| {
            Ok(Attempt {
                attempt: AttemptId(column::number(row, "attempt")?),
                item: item_of(row, self.founding().station)?,
                at: column::text(row, "began")?,
                outcome: column::optional_text(row, "kind")?,
                ended: column::optional_text(row, "ended")?,
                reason: row.get("reason")?,
            })
        })
    }

    /// Every receipt, with the item it is kept for, in the order in which the items were recorded.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn receipts(&self) -> Result<Vec<(Item, Vec<u8>)>, StoreError> {
        let sql = "SELECT item.*, receipt FROM item JOIN attempt ON attempt.item = item.n
            JOIN outcome ON outcome.attempt = attempt.n WHERE kind = 'stored'
            GROUP BY item.n HAVING attempt.n = min(attempt.n) ORDER BY item.n";
        self.all(Doing::Read, sql, [], |row| Ok((item_of(row, self.founding().station)?, row.get("receipt")?)))
    }

    /// Whether an entry asks for the delivery of `item`.
    pub(super) fn holds(&self, item: &Item) -> Result<bool, StoreError> {
        Ok(self.item_number(item)?.is_some())
    }

    pub(super) fn item_number(&self, item: &Item) -> Result<Option<i64>, StoreError> {
        if item.station != self.founding().station {
            return Ok(None);
        }
        let sql = "SELECT n FROM item WHERE what = ?1 AND digest = ?2 AND CASE what WHEN 'entry' THEN entry ELSE bytes END = ?3";
        let (what, digest, number) = item_text(item);
        let found = self.db().query_row(sql, params![what, digest, number], |row| row.get(0)).optional();
        found.map_err(StoreError::sql(Doing::Attempt))
    }

    fn attempted(&self, attempt: AttemptId) -> Result<Option<(Item, bool)>, StoreError> {
        let sql = "SELECT item.*, EXISTS (SELECT 1 FROM outcome WHERE attempt = attempt.n) AS finished
            FROM attempt JOIN item ON item.n = attempt.item WHERE attempt.n = ?";
        let read = |row: &Row<'_>| Ok((item_of(row, self.founding().station)?, row.get("finished")?));
        let found = self.db().query_row(sql, [column::integer(attempt.0)], read).optional();
        found.map_err(StoreError::sql(Doing::Attempt))
    }
}
