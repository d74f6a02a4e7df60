//! The outbox: what central has not signed for yet, and how far its delivery has come.

use std::collections::BTreeMap;

use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type};
use serde::{Deserialize, Serialize};

use super::{AttemptId, Doing, Ledger, OutcomeKind, StoreError, column};
use crate::clock::Timestamp;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::receipt::{Item, What};

/// An item without a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// What is to be delivered.
    pub item: Item,
    /// Attempts in a row that did not end in a receipt, the unknown ones included; since the last "try now".
    pub failures: u32,
    /// The newest attempt.
    pub last: Option<Last>,
    /// Whether its newest outcome is *refused* or *diverged* and nobody has said "try now" since.
    pub set_aside: bool,
}

/// The newest attempt to deliver an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// Its number.
    pub attempt: AttemptId,
    /// When it began.
    pub at: Timestamp,
    /// How it ended; none means begun, outcome unknown.
    pub kind: Option<OutcomeKind>,
    /// Not to be tried before this moment; none again once somebody said "try now".
    pub retry_at: Option<Timestamp>,
    /// What happened.
    pub reason: String,
}

/// How far the delivery has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delivery {
    /// Entries recorded.
    pub entries: u64,
    /// Of these, receipted by central.
    pub entries_received: u64,
    /// Photos named by entries.
    pub photos: u64,
    /// Of these, receipted by central.
    pub photos_received: u64,
    /// Items that central refused and that a person has to look at.
    pub set_aside: u64,
    /// Items that wait for their next attempt.
    pub waiting: u64,
}

impl Delivery {
    /// Whether central has signed for everything.
    #[must_use]
    pub const fn complete(&self) -> bool {
        self.entries == self.entries_received && self.photos == self.photos_received
    }
}

/// One attempt at one item of the outbox, as the query below yields it.
struct Tried {
    last: Last,
    excused: bool,
}

impl Ledger {
    /// What is still to be delivered: entries by position, then photos in the order in which they were named.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn pending(&self) -> Result<Vec<Pending>, StoreError> {
        let mut tried = self.tried()?;
        let sql = "SELECT * FROM outbox ORDER BY what = 'photo', n";
        let read = |row: &Row<'_>| Ok((column::number(row, "n")?, item_of(row, self.founding().station)?));
        let items = self.all(Doing::Outbox, sql, [], read)?;
        Ok(items.into_iter().map(|(n, item)| pending(item, tried.remove(&n).unwrap_or_default())).collect())
    }

    /// How far the delivery has come.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn delivery(&self) -> Result<Delivery, StoreError> {
        let step = self.db().unchecked_transaction().map_err(StoreError::sql(Doing::Outbox))?;
        let sql = "SELECT what, count(*) AS items FROM item GROUP BY what";
        let read = |row: &Row<'_>| Ok((row.get::<_, String>("what")?, column::number(row, "items")?));
        let counts: BTreeMap<String, u64> = self.all(Doing::Outbox, sql, [], read)?.into_iter().collect();
        let pending = self.pending()?;
        drop(step);
        let [entries, photos] = ["entry", "photo"].map(|what| counts.get(what).copied().unwrap_or(0));
        let lacking = |photo: bool| {
            let of_kind = pending.iter().filter(|open| matches!(open.item.what, What::Photo(_)) == photo);
            of_kind.count() as u64
        };
        let set_aside = pending.iter().filter(|open| open.set_aside).count() as u64;
        Ok(Delivery {
            entries,
            entries_received: entries.saturating_sub(lacking(false)),
            photos,
            photos_received: photos.saturating_sub(lacking(true)),
            set_aside,
            waiting: pending.len() as u64 - set_aside,
        })
    }

    /// The attempts at every item of the outbox, in order.
    fn tried(&self) -> Result<BTreeMap<u64, Vec<Tried>>, StoreError> {
        let sql = "SELECT attempt.item, attempt.n, attempt.at, kind, retry_at, coalesce(reason, '') AS reason,
            attempt.n <= coalesce((SELECT max(after_attempt) FROM try_again), 0) AS excused
            FROM outbox JOIN attempt ON attempt.item = outbox.n
            LEFT JOIN outcome ON outcome.attempt = attempt.n ORDER BY attempt.n";
        let read = |row: &Row<'_>| {
            let last = Last {
                attempt: AttemptId(column::number(row, "n")?),
                at: column::text(row, "at")?,
                kind: column::optional_text(row, "kind")?,
                retry_at: column::optional_text(row, "retry_at")?,
                reason: row.get("reason")?,
            };
            Ok((column::number(row, "item")?, Tried { last, excused: row.get("excused")? }))
        };
        let mut tried: BTreeMap<u64, Vec<Tried>> = BTreeMap::new();
        for (item, attempt) in self.all(Doing::Outbox, sql, [], read)? {
            tried.entry(item).or_default().push(attempt);
        }
        Ok(tried)
    }
}

fn pending(item: Item, tried: Vec<Tried>) -> Pending {
    let failures = tried.iter().filter(|attempt| !attempt.excused).count();
    let outcome = tried.iter().rev().find(|attempt| attempt.last.kind.is_some());
    let set_aside = outcome.is_some_and(|attempt| {
        !attempt.excused && matches!(attempt.last.kind, Some(OutcomeKind::Refused | OutcomeKind::Diverged))
    });
    let last = tried
        .into_iter()
        .last()
        .map(|attempt| Last { retry_at: attempt.last.retry_at.filter(|_| !attempt.excused), ..attempt.last });
    Pending { item, failures: u32::try_from(failures).unwrap_or(u32::MAX), last, set_aside }
}

/// An item as its row says.
pub(super) fn item_of(row: &Row<'_>, station: StationId) -> rusqlite::Result<Item> {
    let what = match row.get::<_, String>("what")?.as_str() {
        "entry" => {
            let number = column::number(row, "entry")?;
            let seq = Seq::new(number).ok_or_else(|| {
                let cause = Box::new(FromSqlError::OutOfRange(0));
                rusqlite::Error::FromSqlConversionFailure(0, Type::Integer, cause)
            })?;
            What::Entry(seq)
        }
        _ => What::Photo(column::number(row, "bytes")?),
    };
    Ok(Item { station, what, digest: column::text(row, "digest")? })
}

/// The columns that name an item: what it is, its digest, and its position or length.
pub(super) fn item_text(item: &Item) -> (&'static str, String, i64) {
    match item.what {
        What::Entry(seq) => ("entry", item.digest.to_string(), column::integer(seq.get())),
        What::Photo(bytes) => ("photo", item.digest.to_string(), column::integer(bytes)),
    }
}
