//! Enrolment: an officer's key is made here, central accredits it, and with both the station opens.

use std::fs;
use std::io;
use std::path::Path;

use rand::TryCryptoRng;

use super::key_file::KeyFile;
use super::{Officer, Pin, Recorded, RecorderError, Station};
use crate::clock::Timestamp;
use crate::protocol::entry::{Body, Opened};
use crate::protocol::ids::{Seq, Slot};
use crate::protocol::key::PrivateKey;
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
            self.make_key(&self.place().key(slot), slot, pin, rng)?
        };
        self.wish(slot, code, &key)
    }

    /// Enrols an officer whose PIN is forgotten, with a new code from KPU: another key, which takes the place of the old
    /// one once central has accredited it. Until then the old one stays in force. Can be repeated like [`Station::enrol`].
    ///
    /// # Errors
    /// [`RecorderError::File`], [`RecorderError::NoRandomness`].
    pub fn enrol_anew(
        &self,
        (slot, pin): (Slot, &Pin),
        code: &str,
        rng: &mut impl TryCryptoRng,
    ) -> Result<Note, RecorderError> {
        let path = self.place().coming_key(slot);
        let made = read_key(&path)?.and_then(|file| file.open(pin).ok());
        let key = match made {
            Some(key) => key,
            None => self.make_key(&path, slot, pin, rng)?,
        };
        self.wish(slot, code, &key)
    }

    fn make_key(
        &self,
        path: &Path,
        slot: Slot,
        pin: &Pin,
        rng: &mut impl TryCryptoRng,
    ) -> Result<PrivateKey, RecorderError> {
        let (file, key) = KeyFile::make(&slot.key_name(self.id()), pin, rng)?;
        durable::write(path, &file.bytes()).map_err(RecorderError::file(path))?;
        Ok(key)
    }

    fn wish(&self, slot: Slot, code: &str, key: &PrivateKey) -> Result<Note, RecorderError> {
        let wish = Enrolment::sign(self.election().digest(), (self.id(), slot), code.trim(), key);
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
        let is_of = |file: &Option<KeyFile>| file.as_ref().is_some_and(|file| file.public() == known.key());
        let (present, coming) = (self.key_file(known.slot())?, read_key(&self.place().coming_key(known.slot()))?);
        if !here || !(is_of(&present) || is_of(&coming)) {
            return Err(RecorderError::OtherAccreditation(known.slot()));
        }
        self.ledger().keep_accreditation(&known, now)?;
        if is_of(&coming) {
            self.change_key(known.slot(), present.as_ref())?;
        }
        Ok(known)
    }

    /// The coming key takes the place of the present one. After a crash in between, accrediting once more ends it.
    fn change_key(&self, slot: Slot, present: Option<&KeyFile>) -> Result<(), RecorderError> {
        let (key, coming) = (self.place().key(slot), self.place().coming_key(slot));
        if let Some(present) = present {
            let past = self.place().past_key(slot, present.public().id());
            durable::rename(&key, &past).map_err(RecorderError::file(&past))?;
        }
        durable::rename(&coming, &key).map_err(RecorderError::file(&key))
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
        read_key(&self.place().key(slot))
    }
}

fn read_key(path: &Path) -> Result<Option<KeyFile>, RecorderError> {
    match fs::read(path) {
        Ok(bytes) => KeyFile::parse(&bytes).map(Some).map_err(RecorderError::KeyFile),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(RecorderError::file(path)(source)),
    }
}
