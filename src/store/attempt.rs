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
    /// As [`Ledger::begin_all`].
    pub fn begin(&self, item: &Item, at: Timestamp) -> Result<AttemptId, StoreError> {
        Ok(self.begin_all(&[*item], at)?[0])
    }

    /// Writes down that all of `items` are about to be sent together; gives their attempts in the same order. Durable
    /// when it returns.
    ///
    /// # Errors
    /// [`StoreError::UnknownItem`] when nothing recorded asks for the delivery of one of them: none has an attempt then.
    pub fn begin_all(&self, items: &[Item], at: Timestamp) -> Result<Vec<AttemptId>, StoreError> {
        let failed = || StoreError::sql(Doing::Attempt);
        let step = Transaction::new_unchecked(self.db(), TransactionBehavior::Immediate).map_err(failed())?;
        let sql = "INSERT INTO attempt (n, item, at) SELECT coalesce(max(n), 0) + 1, ?, ? FROM attempt RETURNING n";
        let one = |item: &Item| {
            let n = self.item_number(item)?.ok_or_else(|| StoreError::UnknownItem(Box::new(*item)))?;
            let attempt = step.query_row(sql, params![n, at.to_string()], |row| column::number(row, "n"));
            attempt.map(AttemptId).map_err(failed())
        };
        let attempts = items.iter().map(one).collect::<Result<_, _>>()?;
        step.commit().map_err(failed())?;
        Ok(attempts)
    }

    /// Writes down how an attempt ended. Durable when it returns.
    ///
    /// # Errors
    /// As [`Ledger::finish_all`].
    pub fn finish(&self, attempt: AttemptId, at: Timestamp, outcome: &Outcome) -> Result<(), StoreError> {
        self.finish_all([(attempt, outcome)], at)
    }

    /// Writes down how several attempts ended. Durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::Receipt`] when a receipt does not prove, by central's key, that central holds the item;
    /// [`StoreError::Finished`] when an attempt has an outcome already. No attempt has one by this call then.
    pub fn finish_all<'a>(
        &self,
        ended: impl IntoIterator<Item = (AttemptId, &'a Outcome)>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let failed = StoreError::sql(Doing::Attempt);
        let step = Transaction::new_unchecked(self.db(), TransactionBehavior::Immediate).map_err(failed)?;
        for (attempt, outcome) in ended {
            self.note_end(attempt, at, outcome)?;
        }
        step.commit().map_err(StoreError::sql(Doing::Attempt))
    }

    fn note_end(&self, attempt: AttemptId, at: Timestamp, outcome: &Outcome) -> Result<(), StoreError> {
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
        self.db().execute(sql, row).map(drop).map_err(StoreError::sql(Doing::Attempt))
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
