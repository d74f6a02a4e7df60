//! One station with two forms and six photos to deliver, and the central that waits for them, each in a folder.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use plano::central::{Central, Home};
use plano::photo::Folder;
use plano::protocol::receipt::Receipt;
use plano::protocol::wire::limits;
use plano::recorder::Place;
use plano::rehearsal::figures::figures;
use plano::store::Ledger;

use super::deliveries::Day;
use super::{central, election, ledger, uploads};

/// The station, the central, and the folder in which both are.
pub(crate) struct TwoForms {
    folder: tempfile::TempDir,
    pub(crate) day: Day,
}

impl TwoForms {
    /// A whole day whose photos have these lengths in bytes and get shorter by no coding.
    pub(crate) fn with_photos(lengths: [usize; 6]) -> Self {
        let mut seed = 0;
        Self::of(lengths.map(|length| {
            seed += 1;
            // As a JPEG begins; what follows no compression shortens either.
            [&b"\xff\xd8\xff\xe0"[..], &uploads::photo(seed, length - 4)].concat()
        }))
    }

    /// A whole day with these photos; central knows the officers and nothing else.
    pub(crate) fn of(photos: [Vec<u8>; 6]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let founding = ledger::founding();
        let home = Home::at(folder.path().join("central"));
        home.init("central.test/drill", &founding.election, &[2; 32]).expect("makes");
        let accreditations = central::enrol_both(&mut home.open().expect("opens"), founding.station);
        let mut day = Day::opened(&founding.election, founding.station, accreditations);
        let left = Mutex::new(photos.into_iter());
        day.camera =
            Box::new(move |_, _, _, _| left.lock().expect("no test panicked here").next().expect("six photos"));
        for form in founding.election.forms() {
            let registered = founding.election.registered(founding.station).expect("takes part");
            day.record_form(form.contest().id, &figures(form, registered, 1));
        }
        day.close();
        Self { folder, day }
    }

    /// Makes the station's folder with all entries and photos, to be delivered to `url`.
    pub(crate) fn found(&self, url: &str) {
        let place = self.station();
        std::fs::create_dir(place.root()).expect("makes");
        let ledger = Ledger::create(&place.ledger(), &ledger::founding(), url, ledger::moment(0));
        let (ledger, photos) = (ledger.expect("creates"), Folder::open(place.photos()).expect("a folder"));
        for photo in &self.day.photos {
            photos.put(photo.as_slice(), limits::PHOTO_BYTES).expect("keeps");
        }
        for entry in &self.day.entries {
            ledger.append(entry).expect("appends");
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The station's folder.
    pub(crate) fn station(&self) -> Place {
        Place::new(self.folder.path().join("station"))
    }

    /// The station's ledger, by a connection of its own.
    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open(&self.station().ledger()).expect("opens")
    }

    pub(crate) fn photos(&self) -> Folder {
        Folder::open(self.station().photos()).expect("opens")
    }

    /// Central's folder.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("central")
    }

    /// Starts central on its folder.
    pub(crate) fn open(&self) -> Central {
        Home::at(self.home()).open().expect("opens")
    }

    /// Bytes of all entries and photos.
    pub(crate) fn payload(&self) -> u64 {
        let entries: usize = self.day.entries.iter().map(|entry| entry.bytes().len()).sum();
        entries as u64 + self.photo_bytes()
    }

    /// Bytes of all photos.
    pub(crate) fn photo_bytes(&self) -> u64 {
        self.day.photos.iter().map(Vec::len).sum::<usize>() as u64
    }

    /// Central has every item, once, and the station a receipt of central for each.
    pub(crate) fn assert_received_once(&self, central: &Central) {
        let items = self.day.entries.len() + self.day.photos.len();
        assert_eq!(self.ledger().pending().expect("reads"), []);
        let receipts = self.ledger().receipts().expect("reads");
        assert_eq!(receipts.len(), items);
        for (item, bytes) in receipts {
            let receipt = Receipt::verify(&bytes, &election::central().public()).expect("holds");
            receipt.covers(&item).expect("is of this item");
        }
        let missing = central.missing(self.day.station).expect("takes part");
        let head = missing.head.map(|head| (head.seq, head.digest));
        let last = self.day.entries.last().expect("an entry");
        assert_eq!((head, missing.photos.as_slice()), (Some((last.entry().seq, last.digest())), &[][..]));
        assert_eq!((central.health().log_size, central.diverged()), (items as u64, 0), "nothing twice");
    }
}
