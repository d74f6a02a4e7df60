//! Setting a station up: once, days before polling day.

use std::fs;
use std::io;

use super::{Place, RecorderError, Station};
use crate::clock::Timestamp;
use crate::photo::Folder;
use crate::protocol::election::Election;
use crate::protocol::ids::StationId;
use crate::protocol::key::PublicKey;
use crate::store::{Founding, Ledger, durable};

/// What a station is set up with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Which station.
    pub station: StationId,
    /// The election file; whose signature it must carry is for the caller to check.
    pub election: Election,
    /// Central's key.
    pub central: PublicKey,
    /// Where central is reached, `https://…` without a path.
    pub url: String,
}

/// Names that an interrupted set-up may have left; anything else in the folder belongs to somebody.
const LEFT_OVER: [&str; 6] = ["photos", "keys", "drafts", "ledger.new", "ledger.new-wal", "ledger.new-shm"];

impl Station {
    /// Sets up a station in an empty or new folder. The ledger gets its name last: after a crash, set up once more.
    ///
    /// # Errors
    /// [`RecorderError::NotTakingPart`], [`RecorderError::InUse`], or what the disk refuses.
    pub fn init(place: Place, setup: &Setup, now: Timestamp) -> Result<Self, RecorderError> {
        if setup.election.station(setup.station).is_none() {
            return Err(RecorderError::NotTakingPart(setup.station));
        }
        let unused = is_unused(&place).map_err(RecorderError::file(place.root()))?;
        if !unused {
            return Err(RecorderError::InUse(place.root().to_owned()));
        }
        for folder in [place.keys(), place.drafts()] {
            durable::make_folder(&folder).map_err(RecorderError::file(&folder))?;
        }
        Folder::open(place.photos())?;
        let unfinished = place.unfinished_ledger();
        for left in ["ledger.new", "ledger.new-wal", "ledger.new-shm"].map(|name| place.root().join(name)) {
            durable::remove(&left).map_err(RecorderError::file(&left))?;
        }
        let founding =
            Founding { station: setup.station, election: setup.election.clone(), central: setup.central.clone() };
        // Closing the only connection moves all of it into the one file.
        drop(Ledger::create(&unfinished, &founding, &setup.url, now)?);
        durable::rename(&unfinished, &place.ledger()).map_err(RecorderError::file(&place.ledger()))?;
        Self::open(place)
    }
}

fn is_unused(place: &Place) -> io::Result<bool> {
    let names = match fs::read_dir(place.root()) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    for name in names {
        let name = name?;
        let left_over = name.file_name().to_str().is_some_and(|name| LEFT_OVER.contains(&name));
        let empty = !name.path().is_dir() || fs::read_dir(name.path())?.next().is_none();
        if !left_over || !empty {
            return Ok(false);
        }
    }
    Ok(true)
}
