//! Enrolment: an officer's key is made here, central accredits it, and with both the station opens.

use std::fs;
use std::io;

use rand::TryCryptoRng;

use super::key_file::KeyFile;
use super::{Officer, Pin, Recorded, RecorderError, Station};
use crate::clock::Timestamp;
use crate::protocol::entry::{Body, Opened};
use crate::protocol::ids::{Seq, Slot};
use crate::protocol::note::Note;
use crate::protocol::people::{Accreditation, Enrolment};
use crate::store::durable;

impl Station {
    /// Makes the officer's key, keeps it encrypted under `pin`, and gives the signed wish that is to be posted to central.
    ///
    /// Once the key exists, the same call with the same PIN gives the wish again, so that an enrolment whose answer was
    /// lost can be repeated. Durable when it returns.
    ///
    /// # Errors
    /// [`RecorderError::WrongPin`] or [`RecorderError::Locked`] when the key exists and the PIN is another.
    pub fn enrol(
        &self,
        (slot, pin): (Slot, &Pin),
        code: &str,
        rng: &mut impl TryCryptoRng,
        now: Timestamp,
    ) -> Result<Note, RecorderError> {
        let key = if self.has_key(slot) {
            self.unlock(slot, pin, now)?.key().clone()
        } else {
            let (file, key) = KeyFile::make(&slot.key_name(self.id()), pin, rng)?;
            let path = self.place().key(slot);
            durable::write(&path, &file.bytes()).map_err(RecorderError::file(&path))?;
            key
        };
        let wish = Enrolment::sign(self.election().digest(), (self.id(), slot), code.trim(), &key);
        wish.map_err(RecorderError::Unwritable)
    }

    /// Whether the officer's key has been made on this machine.
    #[must_use]
    pub fn has_key(&self, slot: Slot) -> bool {
        self.place().key(slot).is_file()
    }

    /// Takes in central's accreditation of a key that was made here. The same one again changes nothing.
    ///
    /// # Errors
    /// [`RecorderError::Accreditation`] when central did not sign it; [`RecorderError::OtherAccreditation`] when it is
    /// for another election, station or key.
    pub fn accredit(&self, note: Vec<u8>, now: Timestamp) -> Result<Accreditation, RecorderError> {
        let known = Accreditation::verify(note, &self.ledger().founding().central);
        let known = known.map_err(RecorderError::Accreditation)?;
        let here = known.election() == self.election().digest() && known.station() == self.id();
        let key = self.key_file(known.slot())?;
        if !here || key.is_none_or(|file| file.public() != known.key()) {
            return Err(RecorderError::OtherAccreditation(known.slot()));
        }
        self.ledger().keep_accreditation(&known, now)?;
        Ok(known)
    }

    /// Opens the station when both officers are accredited and it is not open yet; the officer present signs.
    ///
    /// `None` when there is nothing to do: the other officer is still to be enrolled, or it is open already.
    ///
    /// # Errors
    /// What recording may meet.
    pub fn open_day(&mut self, officer: &Officer, now: Timestamp) -> Result<Option<Recorded>, RecorderError> {
        self.refresh()?;
        if self.state().opened().is_some() {
            return Ok(None);
        }
        let roster = self.ledger().roster()?;
        let [Some(first), Some(second)] = Slot::BOTH.map(|slot| roster.at(slot, Seq::FIRST)) else {
            return Ok(None);
        };
        let opened = Opened {
            election: self.election().digest(),
            accreditations: [first.digest(), second.digest()],
            program: concat!("plano ", env!("CARGO_PKG_VERSION")).into(),
        };
        self.record(&officer.signing(), &Body::Opened(opened), now).map(Some)
    }

    pub(super) fn key_file(&self, slot: Slot) -> Result<Option<KeyFile>, RecorderError> {
        let path = self.place().key(slot);
        match fs::read(&path) {
            Ok(bytes) => KeyFile::parse(&bytes).map(Some).map_err(RecorderError::KeyFile),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(RecorderError::file(&path)(source)),
        }
    }
}
