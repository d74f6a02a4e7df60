//! Why a rehearsal could not be carried to its end.

use std::io;
use std::path::PathBuf;

use crate::audit::{ExportError, FolderError};
use crate::central::http::ServeError;
use crate::central::{HomeError, Refusal};
use crate::form::{CellId, DraftError};
use crate::paper::{SheetError, StudioError};
use crate::protocol::election::{CsvFault, ElectionError};
use crate::protocol::ids::StationId;
use crate::protocol::key::KeyError;
use crate::recorder::{RecorderError, WeakPin};
use crate::store::StoreError;
use crate::sync::http::EnrolError;
use crate::sync::{Later, SyncError};

/// What stopped a rehearsal.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The election in the program has faults.
    #[error("the election in the program has {} faults", .0.len())]
    Fixture(Vec<CsvFault>),
    /// It cannot be signed.
    #[error("signing the election of the rehearsal")]
    Election(#[source] ElectionError),
    /// A key cannot have the name.
    #[error("making a key")]
    Key(#[from] KeyError),
    /// A fault script cannot be read.
    #[error("reading the fault script")]
    Faults(#[from] crate::central::faults::ScriptError),
    /// Central's folder.
    #[error("setting up the central of the rehearsal")]
    Home(#[from] HomeError),
    /// Central's listener.
    #[error("starting the central of the rehearsal")]
    Serve(#[from] ServeError),
    /// Central's own books, asked after the day.
    #[error("asking the central of the rehearsal")]
    Central(#[from] Refusal),
    /// The async runtime.
    #[error("starting the runtime")]
    Runtime(#[source] io::Error),
    /// A folder of the rehearsal.
    #[error("{}", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// Practice paper.
    #[error("writing a practice sheet")]
    Sheet(#[from] SheetError),
    /// The camera.
    #[error("photographing a practice sheet")]
    Photo(#[from] StudioError),
    /// The station's recorder.
    #[error("recording at {station}")]
    Recorder {
        /// Where.
        station: StationId,
        /// Why.
        #[source]
        source: Box<RecorderError>,
    },
    /// A box could not be typed.
    #[error("typing box {0}")]
    Typing(CellId, #[source] DraftError),
    /// The invented PIN is refused.
    #[error("choosing a PIN")]
    Pin(#[from] WeakPin),
    /// Enrolment over the bad link.
    #[error("enrolling at {station}")]
    Enrol {
        /// Where.
        station: StationId,
        /// Why.
        #[source]
        source: Box<EnrolError>,
    },
    /// The ledger of a station.
    #[error("reading a station's ledger")]
    Store(#[from] StoreError),
    /// The sync worker.
    #[error("delivering from {station}")]
    Sync {
        /// Where.
        station: StationId,
        /// Why.
        #[source]
        source: Box<SyncError>,
    },
    /// The export.
    #[error("exporting the audit bundle")]
    Export(#[source] Box<ExportError<Refusal>>),
    /// The bundle cannot be opened.
    #[error("verifying the audit bundle")]
    Verify(#[from] FolderError),
    /// The file of enrolment codes.
    #[error("reading the file of enrolment codes; make it with `plano central codes`")]
    Codes(#[source] csv::Error),
    /// Fewer stations have codes than are to take part.
    #[error("{found} TPS have codes for both officers, {wanted} are to take part; issue more codes, or ask for fewer")]
    FewStations {
        /// With codes.
        found: usize,
        /// To take part.
        wanted: usize,
    },
    /// Central serves another election.
    #[error(
        "the central at this address holds another election than the file given; give it the file that central has"
    )]
    OtherElection,
    /// The address or the certificate of central.
    #[error("setting up the way to central")]
    Uplink(#[source] SyncError),
    /// Central does not say what it publishes or holds.
    #[error("central could not be asked: {0}")]
    Asked(Later),
    /// The report.
    #[error("putting the report together")]
    Report(#[from] askama::Error),
    /// The table of raw numbers.
    #[error("writing the raw numbers")]
    Table(#[from] csv::Error),
    /// A thread of the rehearsal broke down.
    #[error("a part of the rehearsal broke down")]
    Thread,
}

impl DemoError {
    pub(super) fn recorder(station: StationId) -> impl Fn(RecorderError) -> Self {
        move |source| Self::Recorder { station, source: Box::new(source) }
    }
}
