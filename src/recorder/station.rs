//! A station that is open for work: ledger, photos, and the state folded from the ledger.

use super::officer::Signing;
use super::{Place, RecorderError};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::photo::Folder;
use crate::protocol::chain::{self, ChainHead};
use crate::protocol::election::Election;
use crate::protocol::entry::{Body, Entry};
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::sealed::SealedEntry;
use crate::protocol::state::State;
use crate::protocol::wire::limits;
use crate::store::{Ledger, StoreError};

/// How often a recording is repeated when another process appends in between.
const TRIES: usize = 5;

/// One station's folder, open. Several processes may have it open: each reads on where another has written.
#[derive(Debug)]
pub struct Station {
    place: Place,
    ledger: Ledger,
    photos: Folder,
    state: State,
}

/// An entry that has been recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// Its position in the chain.
    pub seq: Seq,
    /// SHA-256 of its bytes; [`Digest::short`] is what people copy by hand.
    pub digest: Digest,
}

impl Station {
    /// Opens the station in `place` and folds its ledger: the same on every start, after a crash or not.
    ///
    /// # Errors
    /// [`RecorderError::Store`] when there is no sound ledger, [`RecorderError::Broken`] when its chain does not hold.
    pub fn open(place: Place) -> Result<Self, RecorderError> {
        let ledger = Ledger::open(&place.ledger())?;
        let photos = Folder::open(place.photos())?;
        let state = State::new(&ledger.founding().election, ledger.founding().station);
        let mut station = Self { place, ledger, photos, state };
        station.refresh()?;
        Ok(station)
    }

    /// Folds in what another process has appended since.
    ///
    /// # Errors
    /// [`RecorderError::Store`], [`RecorderError::Broken`].
    pub fn refresh(&mut self) -> Result<(), RecorderError> {
        let (election, head) = (self.election().digest(), self.state.head());
        for sealed in self.ledger.entries_from(chain::next(head, election).0)? {
            chain::extend(self.state.head(), election, &sealed).map_err(RecorderError::Broken)?;
            // What was recorded has happened; the verifier says what it thinks of it.
            self.state.apply(&sealed);
        }
        Ok(())
    }

    /// The day so far, as of the last recording or [`Station::refresh`].
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The ledger of this station, through this process' connection.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The photos.
    #[must_use]
    pub const fn photos(&self) -> &Folder {
        &self.photos
    }

    /// Where things lie.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// The election.
    #[must_use]
    pub fn election(&self) -> &Election {
        &self.ledger.founding().election
    }

    /// Which station.
    #[must_use]
    pub fn id(&self) -> StationId {
        self.ledger.founding().station
    }

    /// Asks the rules of the day about an entry with this body, coming next.
    pub(super) fn permitted(&self, signing: &Signing<'_>, body: &Body) -> Result<(), RecorderError> {
        let violations = self.state.judge(signing.by, body);
        if violations.is_empty() { Ok(()) } else { Err(RecorderError::Against(violations)) }
    }

    /// Records an entry: permission, serialization and signature once, one transaction.
    ///
    /// When another process appends in between, its entry is folded in first and permission is asked again.
    pub(super) fn record(
        &mut self,
        signing: &Signing<'_>,
        body: &Body,
        now: Timestamp,
    ) -> Result<Recorded, RecorderError> {
        for _ in 0..TRIES {
            self.refresh()?;
            self.permitted(signing, body)?;
            let sealed = self.seal_next(signing, body.clone(), now)?;
            match self.ledger.append(&sealed) {
                Ok(()) => {
                    self.state.apply(&sealed);
                    return Ok(Recorded { seq: sealed.entry().seq, digest: sealed.digest() });
                }
                Err(StoreError::Chain(_)) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Err(RecorderError::Raced)
    }

    fn seal_next(&self, signing: &Signing<'_>, body: Body, at: Timestamp) -> Result<SealedEntry, RecorderError> {
        let (seq, prev) = chain::next(self.state.head(), self.election().digest());
        let entry = Entry { station: self.id(), seq, prev, at, by: signing.by, body };
        let sealed = SealedEntry::seal(entry, &signing.keys).map_err(RecorderError::Unwritable)?;
        // Central takes no longer one, and whatever comes after it in the chain would wait for ever.
        if sealed.bytes().len() as u64 > limits::ENTRY_BYTES {
            return Err(RecorderError::TooLong);
        }
        // An entry that central would refuse for its signature must not enter the chain at all.
        sealed.signed_by(&self.ledger.roster()?).map_err(RecorderError::NotAccredited)?;
        Ok(sealed)
    }

    /// The last entry.
    #[must_use]
    pub const fn head(&self) -> Option<ChainHead> {
        self.state.head()
    }
}
