//! How each fact becomes a row.

use rusqlite::{Connection, ToSql, params};

use super::fact::Fact;
use super::sqlite::{kind, number};
use crate::central::filed::FiledKind;

/// Inserts `fact`; the schema refuses what does not follow.
pub(super) fn fact(database: &Connection, fact: &Fact) -> rusqlite::Result<()> {
    match fact {
        Fact::Issued(issued) => insert(
            database,
            "INSERT INTO issued (hash, station, slot, at, expires) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                issued.hash.as_bytes(),
                issued.station.to_string(),
                issued.slot.to_string(),
                issued.at.to_string(),
                issued.expires.to_string()
            ],
        ),
        Fact::CodeRefused(station, at) => insert(
            database,
            "INSERT INTO refused (station, at) VALUES (?1, ?2)",
            params![station.to_string(), at.to_string()],
        ),
        Fact::Accredited(known) => insert(
            database,
            "INSERT INTO accredited (code, enrolment, at, note) VALUES (?1, ?2, ?3, ?4)",
            params![
                known.code.as_bytes(),
                known.enrolment.as_bytes(),
                known.at.to_string(),
                known.accreditation.note().bytes()
            ],
        ),
        Fact::Filed(filed) => insert(
            database,
            "INSERT INTO filed (station, seq, kind, code, text) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                filed.station.to_string(),
                number(filed.seq.get()),
                match filed.kind {
                    FiledKind::Violation => "violation",
                    FiledKind::Rule => "rule",
                },
                filed.code,
                filed.text
            ],
        ),
        Fact::Entry(_) | Fact::Diverged(_) | Fact::Leaf(_) | Fact::Node(..) | Fact::Signed(_) => {
            evidence(database, fact)
        }
    }
}

fn evidence(database: &Connection, fact: &Fact) -> rusqlite::Result<()> {
    match fact {
        Fact::Entry(sealed) => {
            let entry = sealed.entry();
            insert(
                database,
                "INSERT INTO entry (station, seq, prev, digest, note) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    entry.station.to_string(),
                    number(entry.seq.get()),
                    entry.prev.as_bytes(),
                    sealed.digest().as_bytes(),
                    sealed.bytes()
                ],
            )
        }
        Fact::Diverged(other) => insert(
            database,
            "INSERT INTO diverged (digest, station, seq, at, note) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                other.entry.digest().as_bytes(),
                other.entry.entry().station.to_string(),
                number(other.entry.entry().seq.get()),
                other.at.to_string(),
                other.entry.bytes()
            ],
        ),
        Fact::Leaf(leaf) => insert(
            database,
            "INSERT INTO leaf (idx, station, kind, digest, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                number(leaf.index),
                leaf.item.station.to_string(),
                kind(leaf.item.what),
                leaf.item.digest.as_bytes(),
                leaf.bytes
            ],
        ),
        Fact::Node(node, hash) => insert(
            database,
            "INSERT INTO node (level, idx, hash) VALUES (?1, ?2, ?3)",
            params![node.level, number(node.index), hash.as_bytes()],
        ),
        Fact::Signed(checkpoint) => insert(
            database,
            "INSERT INTO checkpoint (size, note) VALUES (?1, ?2)",
            params![number(checkpoint.size()), checkpoint.note().bytes()],
        ),
        Fact::Issued(_) | Fact::CodeRefused(..) | Fact::Accredited(_) | Fact::Filed(_) => Ok(()),
    }
}

fn insert(database: &Connection, statement: &str, values: &[&dyn ToSql]) -> rusqlite::Result<()> {
    database.prepare_cached(statement)?.execute(values).map(drop)
}
