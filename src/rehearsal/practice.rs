//! A practice station that needs no server: its own drill, its own central on this machine, two officers with known PINs.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{DemoError, city};
use crate::central::http::{Config, Server};
use crate::central::{Home, Submission};
use crate::clock;
use crate::protocol::election::Election;
use crate::protocol::ids::{Slot, StationId};
use crate::protocol::key::PrivateKey;
use crate::recorder::{Pin, Place, Setup, Station};

/// Practice PINs, p1's first. They are shown on every page and protect nothing.
const PINS: [&str; 2] = ["270411", "184305"];

/// A practice station, enrolled and waiting to be opened, with the central that signs for what it delivers.
pub struct Practice {
    folder: PathBuf,
    place: Place,
    central: Server,
}

impl Practice {
    /// Sets everything up in a new folder; must be called inside a Tokio runtime.
    ///
    /// # Errors
    /// [`DemoError`]: the folder, central, the recorder.
    pub async fn begin(folder: &Path) -> Result<Self, DemoError> {
        std::fs::create_dir(folder).map_err(|source| DemoError::Folder { path: folder.to_owned(), source })?;
        let authority = PrivateKey::from_seed("kpu.example/latihan", &rand::random())?;
        let election = city::election(&authority)?;
        let id = election.plan().stations.first().map(|station| station.id).ok_or(DemoError::Thread)?;
        let home = Home::at(folder.join("central"));
        home.init("central.example/latihan", &election, &rand::random())?;
        let day = Duration::from_hours(24);
        let codes =
            home.issue_codes(Slot::BOTH.map(|slot| (id, slot)).to_vec(), day, clock::now(), &mut rand::rng())?;
        let listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let central = Server::start(&Config::plain(listen), home.open()?, None)?;
        let place = Place::new(folder.join("tps"));
        let known = (election, home.public_key()?);
        let station = Station::init(place.clone(), &setup(id, known, &central), clock::now());
        let station = station.map_err(DemoError::recorder(id))?;
        for code in codes {
            enrol(&station, code.slot, &code.code.to_string(), &central).await?;
        }
        Ok(Self { folder: folder.to_owned(), place, central })
    }

    /// Where the station is.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// The officers' PINs, p1's first.
    #[must_use]
    pub fn pins(&self) -> [String; 2] {
        PINS.map(str::to_owned)
    }

    /// Stops central and throws everything away.
    ///
    /// # Errors
    /// [`DemoError::Folder`] when the folder cannot be removed.
    pub async fn end(self) -> Result<(), DemoError> {
        self.central.shutdown().await;
        std::fs::remove_dir_all(&self.folder).map_err(|source| DemoError::Folder { path: self.folder, source })
    }
}

fn setup(station: StationId, (election, key): (Election, crate::protocol::key::PublicKey), central: &Server) -> Setup {
    Setup { station, election, central: key, url: format!("http://{}", central.addr()) }
}

async fn enrol(station: &Station, slot: Slot, code: &str, central: &Server) -> Result<(), DemoError> {
    let recorder = DemoError::recorder(station.id());
    let pin = Pin::chosen(PINS[slot as usize])?;
    let applicant = station.enrol((slot, &pin), code, &mut rand::rngs::SysRng, clock::now()).map_err(&recorder)?;
    let wish = Submission::Enrolment { bytes: applicant.wish.bytes().to_vec() };
    let answer = central.desk().submit(wish).await?;
    station.accredit(answer.bytes, clock::now()).map_err(&recorder).map(drop)
}
