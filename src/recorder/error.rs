//! Why a use case of the station did not happen. Nothing was recorded then, unless the text says otherwise.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::key_file::KeyFileError;
use super::{BackupFault, PhotoFinding};
use crate::form::{Code, DraftError, Finding, Missing, Page, Unanswered};
use crate::photo::{FolderError, PhotoError};
use crate::protocol::StatementError;
use crate::protocol::chain::Break;
use crate::protocol::ids::{Slot, StationId};
use crate::protocol::sealed::SignatureFault;
use crate::protocol::state::Violation;
use crate::store::{Delivery, StoreError};

/// Why it did not happen. `Display` is English for logs; [`RecorderError::text`] is for officers.
#[derive(Debug, thiserror::Error)]
pub enum RecorderError {
    /// The ledger.
    #[error("keeping the station's ledger")]
    Store(#[from] StoreError),
    /// The photo folder.
    #[error("keeping the station's photos")]
    Photos(#[from] FolderError),
    /// A file that is no photo.
    #[error("taking a photo")]
    Photo(#[from] PhotoError),
    /// A key file, a draft, a folder.
    #[error("{}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// The ledger's chain does not hold.
    #[error("the chain in the ledger is broken")]
    Broken(#[source] Break),
    /// The election file does not list the station.
    #[error("station {0} does not take part in this election")]
    NotTakingPart(StationId),
    /// The folder holds something already.
    #[error("{} is in use", .0.display())]
    InUse(PathBuf),
    /// The system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    NoRandomness,
    /// A key file that cannot be used.
    #[error("reading an officer's key")]
    KeyFile(#[source] KeyFileError),
    /// The officer has no key on this machine.
    #[error("{0} has no key on this machine")]
    NoKey(Slot),
    /// The PIN is wrong.
    #[error("the PIN of {slot} is wrong; next try in {} s", wait.as_secs())]
    WrongPin {
        /// Whose.
        slot: Slot,
        /// How long the officer now waits.
        wait: Duration,
    },
    /// Too soon after a wrong PIN.
    #[error("the key of {slot} is locked for {} s after a wrong PIN", wait.as_secs_f32().ceil())]
    Locked {
        /// Whose.
        slot: Slot,
        /// How long the officer still waits.
        wait: Duration,
    },
    /// One officer twice where both are needed.
    #[error("{0} came twice; the other officer is needed")]
    SameOfficer(Slot),
    /// Not central's accreditation.
    #[error("reading an accreditation")]
    Accreditation(#[source] StatementError),
    /// Central's accreditation of another key.
    #[error("the accreditation of {0} is for another election, station or key")]
    OtherAccreditation(Slot),
    /// The officer's key is not accredited for the coming entry.
    #[error("signing an entry")]
    NotAccredited(#[source] SignatureFault),
    /// A text that cannot stand in a signed note.
    #[error("writing a statement")]
    Unwritable(#[source] StatementError),
    /// More text than central takes in one entry.
    #[error("the texts are too long for one entry")]
    TooLong,
    /// Against the rules of the day; all of them.
    #[error("against the rules of the day: {}", texts(.0))]
    Against(Vec<Violation>),
    /// Other processes kept appending.
    #[error("other windows recorded at the same time")]
    Raced,
    /// The election has no such contest.
    #[error("there is no contest {0:?}")]
    NoSuchContest(String),
    /// Neither a box nor a head entry.
    #[error("there is no box {0:?}")]
    NoSuchField(String),
    /// The other officer reads first.
    #[error("the other officer reads first")]
    OthersTurn,
    /// The form is sealed and no correction has been begun.
    #[error("the form {0:?} is sealed")]
    SealedAlready(String),
    /// The form is not sealed.
    #[error("the form {0:?} is not sealed")]
    NotSealed(String),
    /// A correction without a reason.
    #[error("a correction needs a reason")]
    NoReason,
    /// A box on which both officers agree already.
    #[error("the box {0:?} is not to be read again")]
    NotToRetype(String),
    /// A text that cannot stand in the box.
    #[error("typing a box")]
    Typed(#[source] DraftError),
    /// Boxes are still blank.
    #[error("{} boxes are blank", .0.len())]
    Incomplete(Vec<Missing>),
    /// Findings that want an answer.
    #[error("{} findings want an answer", misfit.open.len())]
    NeedsAnswers {
        /// All findings.
        findings: Vec<Finding>,
        /// Which of them, and which answers do not fit.
        misfit: Unanswered,
    },
    /// Findings about a photo that want a note.
    #[error("{} findings about the photo want an answer", .0.len())]
    PhotoNeedsAnswers(Vec<PhotoFinding>),
    /// A note on a finding that the photo does not have.
    #[error("the photo has no finding {0}")]
    NothingToAnswer(Code),
    /// The readings do not agree.
    #[error("the two readings are not equal")]
    NotAgreed,
    /// Pages without a photo or a reason.
    #[error("{} pages have neither photo nor reason", .0.len())]
    NeedsPages(Vec<Page>),
    /// A backup that is not brought back, or a station whose evidence is damaged.
    #[error("the station's evidence is not whole: {0}")]
    BadBackup(BackupFault),
    /// Central has not signed for everything.
    #[error("{} of {} entries and {} of {} photos are received", .0.entries_received, .0.entries, .0.photos_received, .0.photos)]
    Undelivered(Delivery),
}

impl RecorderError {
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { path: path.to_owned(), source }
    }
}

fn texts(violations: &[Violation]) -> String {
    violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
