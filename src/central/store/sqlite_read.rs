//! How rows become facts again.

use rusqlite::{Connection, Row};

use super::fact::{Accredited, Diverged, Fact, IssuedHash};
use super::ledger::LedgerError;
use super::sqlite::{bad, digest, leaf, parsed, read_error};
use crate::protocol::key::PublicKey;
use crate::protocol::people::Accreditation;
use crate::protocol::sealed::SealedEntry;

type Take<'a> = &'a dyn Fn(&Row<'_>) -> rusqlite::Result<Fact>;

/// Every fact that says where things stand, in an order in which it could have been written.
pub(super) fn replay(database: &Connection, central: &PublicKey, see: &mut dyn FnMut(Fact)) -> Result<(), LedgerError> {
    let accreditation = |row: &Row<'_>| accredited(row, central);
    let tables: [(&'static str, &str, Take<'_>); 5] = [
        ("refused codes", "SELECT station, at FROM refused ORDER BY id", &|row| {
            Ok(Fact::CodeRefused(parsed(row, 0)?, parsed(row, 1)?))
        }),
        ("accreditations", "SELECT code, enrolment, at, note FROM accredited ORDER BY id", &accreditation),
        ("entries", "SELECT note FROM entry ORDER BY station, seq", &|row| {
            let entry = SealedEntry::parse(row.get(0)?).map_err(|error| bad(0, error))?;
            Ok(Fact::Entry(Box::new(entry)))
        }),
        ("other histories", "SELECT at, note FROM diverged ORDER BY rowid", &diverged),
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
