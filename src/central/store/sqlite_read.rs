//! How rows become facts again.

use rusqlite::{Connection, Row};

use super::fact::{Accredited, Act, ActKind, Diverged, Fact, IssuedHash, Leaf, Logged};
use super::ledger::{FiledRow, LedgerError};
use super::sqlite::{bad, digest, parsed, read_error};
use crate::central::filed::{Filed, FiledKind};
use crate::protocol::annotation::{self, Annotation};
use crate::protocol::ids::Seq;
use crate::protocol::key::PublicKey;
use crate::protocol::people::Accreditation;
use crate::protocol::receipt::Received;
use crate::protocol::sealed::SealedEntry;

type Take<'a> = &'a dyn Fn(&Row<'_>) -> rusqlite::Result<Fact>;

/// Every fact that says where things stand, in an order in which it could have been written.
pub(super) fn replay(database: &Connection, central: &PublicKey, see: &mut dyn FnMut(Fact)) -> Result<(), LedgerError> {
    let accreditation = |row: &Row<'_>| accredited(row, central);
    let annotation = |row: &Row<'_>| annotated(row, central);
    let tables: [(&'static str, &str, Take<'_>); 6] = [
        ("refused codes", "SELECT station, at FROM refused ORDER BY id", &|row| {
            Ok(Fact::CodeRefused(parsed(row, 0)?, parsed(row, 1)?))
        }),
        ("accreditations", "SELECT code, enrolment, at, note FROM accredited ORDER BY id", &accreditation),
        ("entries", "SELECT note FROM entry ORDER BY station, seq", &|row| {
            let entry = SealedEntry::parse(row.get(0)?).map_err(|error| bad(0, error))?;
            Ok(Fact::Entry(Box::new(entry)))
        }),
        ("other histories", "SELECT at, note FROM diverged ORDER BY rowid", &diverged),
        ("annotations", "SELECT note FROM annotation ORDER BY id", &annotation),
        ("leaves", "SELECT idx, bytes FROM leaf ORDER BY idx", &|row| leaf(row).map(Fact::Leaf)),
    ];
    // One transaction: the facts are those of one moment, whatever another program writes meanwhile.
    let read = |see: &mut dyn FnMut(Fact)| {
        let moment = database.unchecked_transaction().map_err(|source| read_error("the ledger", source))?;
        for (what, query, take) in tables {
            each(&moment, query, take, see).map_err(|source| read_error(what, source))?;
        }
        Ok(())
    };
    read(see)
}

fn each(database: &Connection, query: &str, take: Take<'_>, see: &mut dyn FnMut(Fact)) -> rusqlite::Result<()> {
    let mut statement = database.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        see(take(row)?);
    }
    Ok(())
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

fn accredited(row: &Row<'_>, central: &PublicKey) -> rusqlite::Result<Fact> {
    let accreditation = Accreditation::verify(row.get(3)?, central).map_err(|error| bad(3, error))?;
    let known = Accredited { code: digest(row, 0)?, enrolment: digest(row, 1)?, at: parsed(row, 2)?, accreditation };
    Ok(Fact::Accredited(Box::new(known)))
}

fn diverged(row: &Row<'_>) -> rusqlite::Result<Fact> {
    let entry = SealedEntry::parse(row.get(1)?).map_err(|error| bad(1, error))?;
    Ok(Fact::Diverged(Box::new(Diverged { entry, at: parsed(row, 0)? })))
}

fn annotated(row: &Row<'_>, central: &PublicKey) -> rusqlite::Result<Fact> {
    let said = Annotation::verify(row.get(0)?, central).map_err(|error| bad(0, error))?;
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
