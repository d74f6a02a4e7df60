//! How each fact becomes a row.

use rusqlite::{Connection, ToSql, params};

use super::fact::{Accredited, Act, Carried, Diverged, Fact, IssuedHash, Leaf, Logged};
use super::sqlite::{kind, number};
use crate::central::filed::{Filed, FiledKind};
use crate::protocol::sealed::SealedEntry;

/// Inserts `fact`; the schema refuses what does not follow.
pub(super) fn fact(database: &Connection, fact: &Fact) -> rusqlite::Result<()> {
    match fact {
        Fact::Issued(code) => issued(database, code),
        Fact::CodeRefused(station, at) => {
            let statement = "INSERT INTO refused (station, at) VALUES (?1, ?2)";
            insert(database, statement, params![station.to_string(), at.to_string()])
        }
        Fact::Accredited(known) => accredited(database, known),
        Fact::Entry(sealed) => entry(database, sealed),
        Fact::Diverged(other) => diverged(database, other),
        Fact::Carried(result) => carried(database, result),
        Fact::Filed(found) => filed(database, found),
        Fact::Annotated(said) => {
            let statement = "INSERT INTO annotation (digest, note) VALUES (?1, ?2)";
            insert(database, statement, params![said.digest().as_bytes(), said.note().bytes()])
        }
        Fact::Act(done) => act(database, done),
        Fact::Leaf(next) => leaf(database, next),
        Fact::Node(node, hash) => {
            let statement = "INSERT INTO node (level, idx, hash) VALUES (?1, ?2, ?3)";
            insert(database, statement, params![node.level, number(node.index), hash.as_bytes()])
        }
        Fact::Signed(checkpoint) => {
            let statement = "INSERT INTO checkpoint (size, note) VALUES (?1, ?2)";
            insert(database, statement, params![number(checkpoint.size()), checkpoint.note().bytes()])
        }
    }
}

fn issued(database: &Connection, code: &IssuedHash) -> rusqlite::Result<()> {
    let statement = "INSERT INTO issued (hash, station, slot, at, expires) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (at, expires) = (code.at.to_string(), code.expires.to_string());
    let values = params![code.hash.as_bytes(), code.station.to_string(), code.slot.to_string(), at, expires];
    insert(database, statement, values)
}

fn accredited(database: &Connection, known: &Accredited) -> rusqlite::Result<()> {
    let statement = "INSERT INTO accredited (code, enrolment, at, note) VALUES (?1, ?2, ?3, ?4)";
    let note = known.accreditation.note().bytes();
    insert(database, statement, params![known.code.as_bytes(), known.enrolment.as_bytes(), known.at.to_string(), note])
}

fn entry(database: &Connection, sealed: &SealedEntry) -> rusqlite::Result<()> {
    let statement = "INSERT INTO entry (station, seq, prev, digest, note) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (entry, digest) = (sealed.entry(), sealed.digest());
    let (station, seq) = (entry.station.to_string(), number(entry.seq.get()));
    insert(database, statement, params![station, seq, entry.prev.as_bytes(), digest.as_bytes(), sealed.bytes()])
}

fn diverged(database: &Connection, other: &Diverged) -> rusqlite::Result<()> {
    let statement = "INSERT INTO diverged (digest, station, seq, at, note) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (entry, digest) = (other.entry.entry(), other.entry.digest());
    let (station, seq, at) = (entry.station.to_string(), number(entry.seq.get()), other.at.to_string());
    insert(database, statement, params![digest.as_bytes(), station, seq, at, other.entry.bytes()])
}

fn carried(database: &Connection, result: &Carried) -> rusqlite::Result<()> {
    let statement = "INSERT INTO carried (digest, station, seq, at, note) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (entry, digest) = (result.entry.entry(), result.entry.digest());
    let (station, seq, at) = (entry.station.to_string(), number(entry.seq.get()), result.at.to_string());
    insert(database, statement, params![digest.as_bytes(), station, seq, at, result.entry.bytes()])
}

fn filed(database: &Connection, found: &Filed) -> rusqlite::Result<()> {
    let statement = "INSERT INTO filed (station, seq, kind, code, text, teks) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let kind = match found.kind {
        FiledKind::Violation => "violation",
        FiledKind::Rule => "rule",
    };
    let (station, seq) = (found.station.to_string(), number(found.seq.get()));
    insert(database, statement, params![station, seq, kind, found.code, found.text, found.teks])
}

fn act(database: &Connection, done: &Act) -> rusqlite::Result<()> {
    let statement = "INSERT INTO act (at, by, kind, about) VALUES (?1, ?2, ?3, ?4)";
    insert(database, statement, params![done.at.to_string(), done.by.to_string(), done.kind.name(), done.about])
}

fn leaf(database: &Connection, next: &Leaf) -> rusqlite::Result<()> {
    let statement = "INSERT INTO leaf (idx, station, kind, digest, bytes) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (station, kind, digest) = match next.of {
        Logged::Received(received) => {
            (received.item.station.to_string(), kind(received.item.what), received.item.digest)
        }
        Logged::Annotated(digest) => (String::new(), "annotation", digest),
    };
    insert(database, statement, params![number(next.index), station, kind, digest.as_bytes(), next.bytes])
}

fn insert(database: &Connection, statement: &str, values: &[&dyn ToSql]) -> rusqlite::Result<()> {
    database.prepare_cached(statement)?.execute(values).map(drop)
}
