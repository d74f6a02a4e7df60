//! How rows become facts again.

use rusqlite::{Connection, Row};

use super::fact::{Accredited, Act, ActKind, Carried, Diverged, Fact, IssuedHash, Leaf, Logged};
use super::ledger::{FiledRow, LedgerError};
use super::sqlite::{bad, digest, parsed, read_error};
use crate::central::filed::{Filed, FiledKind};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::annotation::{self, Annotation};
use crate::protocol::ids::Seq;
use crate::protocol::key::PublicKey;
use crate::protocol::people::Accreditation;
use crate::protocol::receipt::Received;
use crate::protocol::sealed::SealedEntry;

/// Rows that are decoded together, on all cores.
const TOGETHER: usize = 4096;
/// Fewer rows than this are not worth a thread.
const WORTH_A_THREAD: usize = 64;

/// Every fact that says where things stand, in an order in which it could have been written.
pub(super) fn replay(database: &Connection, central: &PublicKey, see: &mut dyn FnMut(Fact)) -> Result<(), LedgerError> {
    // One transaction: the facts are those of one moment, whatever another program writes meanwhile.
    let moment = database.unchecked_transaction().map_err(|source| read_error("the ledger", source))?;
    let refused = |row: &Row<'_>| Ok(Fact::CodeRefused(parsed(row, 0)?, parsed(row, 1)?));
    each(&moment, "SELECT station, at FROM refused ORDER BY id", refused, Ok, see)
        .map_err(|source| read_error("refused codes", source))?;
    let signed = |row: &Row<'_>| Ok((digest(row, 0)?, digest(row, 1)?, parsed(row, 2)?, row.get(3)?));
    let accredited = |known| accredited(known, central);
    each(&moment, "SELECT code, enrolment, at, note FROM accredited ORDER BY id", signed, accredited, see)
        .map_err(|source| read_error("accreditations", source))?;
    each(&moment, "SELECT note FROM entry ORDER BY station, seq", |row| row.get(0), entry, see)
        .map_err(|source| read_error("entries", source))?;
    each(&moment, "SELECT at, note FROM diverged ORDER BY rowid", diverged, Ok, see)
        .map_err(|source| read_error("other histories", source))?;
    each(&moment, "SELECT at, note FROM carried ORDER BY rowid", carried, Ok, see)
        .map_err(|source| read_error("carried results", source))?;
    each(&moment, "SELECT note FROM annotation ORDER BY id", |row| row.get(0), |note| annotated(note, central), see)
        .map_err(|source| read_error("annotations", source))?;
    each(&moment, "SELECT idx, bytes FROM leaf ORDER BY idx", |row| leaf(row).map(Fact::Leaf), Ok, see)
        .map_err(|source| read_error("leaves", source))
}

/// Takes rows one after the other, decodes them on all cores, and shows the facts in the order of the rows.
fn each<R: Send>(
    database: &Connection,
    query: &str,
    take: impl Fn(&Row<'_>) -> rusqlite::Result<R>,
    decode: impl Fn(R) -> rusqlite::Result<Fact> + Sync,
    see: &mut dyn FnMut(Fact),
) -> rusqlite::Result<()> {
    let mut statement = database.prepare(query)?;
    let mut rows = statement.query([])?;
    loop {
        let mut taken = Vec::new();
        while taken.len() < TOGETHER
            && let Some(row) = rows.next()?
        {
            taken.push(take(row)?);
        }
        if taken.is_empty() {
            return Ok(());
        }
        for fact in decoded(taken, &decode) {
            see(fact?);
        }
    }
}

fn decoded<R: Send, T: Send>(taken: Vec<R>, decode: &(impl Fn(R) -> T + Sync)) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let part = taken.len().div_ceil(cores).max(WORTH_A_THREAD);
    if taken.len() <= part {
        return taken.into_iter().map(decode).collect();
    }
    let mut taken = taken.into_iter();
    std::thread::scope(|scope| {
        let parts = std::iter::from_fn(|| {
            let part: Vec<R> = taken.by_ref().take(part).collect();
            (!part.is_empty()).then(|| scope.spawn(|| part.into_iter().map(decode).collect::<Vec<T>>()))
        });
        // All are started before the first is waited for.
        let parts: Vec<_> = parts.collect();
        let ended = parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        ended.flatten().collect()
    })
}

/// The code in the columns `hash, station, slot, at, expires`.
pub(super) fn issued(row: &Row<'_>) -> rusqlite::Result<IssuedHash> {
    Ok(IssuedHash {
        hash: digest(row, 0)?,
        station: parsed(row, 1)?,
        slot: parsed(row, 2)?,
        at: parsed(row, 3)?,
        expires: parsed(row, 4)?,
    })
}

fn accredited(
    (code, enrolment, at, note): (Digest, Digest, Timestamp, Vec<u8>),
    central: &PublicKey,
) -> rusqlite::Result<Fact> {
    let accreditation = Accreditation::verify(note, central).map_err(|error| bad(3, error))?;
    Ok(Fact::Accredited(Box::new(Accredited { code, enrolment, at, accreditation })))
}

fn entry(note: Vec<u8>) -> rusqlite::Result<Fact> {
    let entry = SealedEntry::parse(note).map_err(|error| bad(0, error))?;
    Ok(Fact::Entry(Box::new(entry)))
}

fn diverged(row: &Row<'_>) -> rusqlite::Result<Fact> {
    let entry = SealedEntry::parse(row.get(1)?).map_err(|error| bad(1, error))?;
    Ok(Fact::Diverged(Box::new(Diverged { entry, at: parsed(row, 0)? })))
}

fn carried(row: &Row<'_>) -> rusqlite::Result<Fact> {
    let entry = SealedEntry::parse(row.get(1)?).map_err(|error| bad(1, error))?;
    Ok(Fact::Carried(Box::new(Carried { entry, at: parsed(row, 0)? })))
}

fn annotated(note: Vec<u8>, central: &PublicKey) -> rusqlite::Result<Fact> {
    let said = Annotation::verify(note, central).map_err(|error| bad(0, error))?;
    Ok(Fact::Annotated(Box::new(said)))
}

/// The leaf in the columns `idx, bytes`.
pub(super) fn leaf(row: &Row<'_>) -> rusqlite::Result<Leaf> {
    let bytes: Vec<u8> = row.get(1)?;
    let of = match annotation::of_leaf(&bytes) {
        Some(digest) => Logged::Annotated(digest),
        None => Logged::Received(Received::parse(&bytes).map_err(|error| bad(1, error))?),
    };
    Ok(Leaf { index: row.get(0).map(i64::cast_unsigned)?, of, bytes })
}

/// The finding in the columns `id, station, seq, kind, code, text, teks`.
pub(super) fn filed(row: &Row<'_>) -> rusqlite::Result<FiledRow> {
    let kind = match row.get::<_, String>(3)?.as_str() {
        "rule" => FiledKind::Rule,
        _ => FiledKind::Violation,
    };
    let seq = Seq::new(row.get(2).map(i64::cast_unsigned)?).unwrap_or(Seq::FIRST);
    let (code, text, teks) = (row.get(4)?, row.get(5)?, row.get(6)?);
    let filed = Filed { station: parsed(row, 1)?, seq, kind, code, text, teks };
    Ok(FiledRow { id: row.get(0).map(i64::cast_unsigned)?, filed })
}

/// The act in the columns `at, by, kind, about`.
pub(super) fn act(row: &Row<'_>) -> rusqlite::Result<Act> {
    let name: String = row.get(2)?;
    let kind = ActKind::ALL.iter().find(|(_, known)| *known == name);
    let (kind, _) = kind.ok_or(rusqlite::Error::InvalidColumnName(name))?;
    Ok(Act { at: parsed(row, 0)?, by: parsed(row, 1)?, kind: *kind, about: row.get(3)? })
}
