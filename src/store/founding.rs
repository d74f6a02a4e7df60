//! What a station's ledger is founded on: station, election file, central. Written once, when the station is set up.

use rusqlite::{Connection, params};

use super::{Doing, Ledger, StoreError, column};
use crate::clock::Timestamp;
use crate::protocol::election::Election;
use crate::protocol::ids::StationId;
use crate::protocol::key::PublicKey;

/// The fixed points of a ledger.
#[derive(Debug, Clone)]
pub struct Founding {
    /// Whose ledger this is.
    pub station: StationId,
    /// The election; the first entry names its digest.
    pub election: Election,
    /// Central's key: receipts and accreditations are checked with it.
    pub central: PublicKey,
}

pub(super) fn write(db: &Connection, founding: &Founding, at: Timestamp) -> rusqlite::Result<()> {
    let sql = "INSERT INTO founding (n, station, election, election_digest, central_key, at) VALUES (1, ?, ?, ?, ?, ?)";
    let (note, digest) = (founding.election.note().bytes(), founding.election.digest().to_string());
    let (station, key) = (founding.station.to_string(), founding.central.to_string());
    db.execute(sql, params![station, note, digest, key, at.to_string()]).map(drop)
}

pub(super) fn read(db: &Connection) -> Result<Founding, StoreError> {
    let row = |row: &rusqlite::Row<'_>| {
        Ok((column::text(row, "station")?, row.get::<_, Vec<u8>>("election")?, column::text(row, "central_key")?))
    };
    let found = db.query_row("SELECT * FROM founding", [], row);
    let (station, election, central) = found.map_err(StoreError::sql(Doing::Open))?;
    let election = Election::parse(election).map_err(|_| StoreError::Unreadable { what: "election file" })?;
    Ok(Founding { station, election, central })
}

impl Ledger {
    /// Where central is reached, as last set.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub fn central_url(&self) -> Result<String, StoreError> {
        let sql = "SELECT url FROM central_url ORDER BY n DESC LIMIT 1";
        self.db().query_row(sql, [], |row| row.get(0)).map_err(StoreError::sql(Doing::Read))
    }

    /// Sets where central is reached from now on; earlier addresses stay readable.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub fn set_central_url(&self, url: &str, at: Timestamp) -> Result<(), StoreError> {
        write_url(self.db(), url, at).map_err(StoreError::sql(Doing::Note))
    }
}

pub(super) fn write_url(db: &Connection, url: &str, at: Timestamp) -> rusqlite::Result<()> {
    let sql = "INSERT INTO central_url (n, url, at) SELECT coalesce(max(n), 0) + 1, ?, ? FROM central_url";
    db.execute(sql, params![url, at.to_string()]).map(drop)
}
