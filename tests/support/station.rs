//! A station in a scratch folder on polling day, with both officers enrolled by the test central.

use std::collections::BTreeMap;

use plano::clock::Timestamp;
use plano::form::{Answer, HeadField, Page};
use plano::protocol::entry::{Answered, Source};
use plano::protocol::ids::{Seq, Slot};
use plano::protocol::people::{Accreditation, Enrolment};
use plano::recorder::{
    Both, Field, Officer, PageOf, PhotoFinding, Pin, Place, Recorded, RecorderError, Sealing, Setup, Station,
};
use plano::rehearsal::figures::{Figures, figures};
use plano::store::Outcome;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::bundle::Log;
use super::ledger::moment;
use super::{election, photos};

pub(crate) const PINS: [&str; 2] = ["481516", "kopi pahit"];

/// A station whose day goes on from test step to test step.
pub(crate) struct Day {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) station: Station,
    pub(crate) officers: [Officer; 2],
    central: Log,
    millis: i64,
}

impl Day {
    /// Set up, both officers enrolled, not open yet.
    pub(crate) fn enrolled() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut station = Station::init(Place::new(folder.path().join("tps")), &setup(), moment(0)).expect("sets up");
        let officers = Slot::BOTH.map(|slot| {
            enrol(&mut station, slot);
            station.unlock(slot, &pin(slot), moment(1)).expect("unlocks")
        });
        Self { folder, station, officers, central: Log::new(), millis: 1_000 }
    }

    /// Open for work.
    pub(crate) fn open() -> Self {
        let mut day = Self::enrolled();
        let now = day.now();
        day.station.open_day(&day.officers[1], now).expect("opens").expect("both are enrolled");
        day
    }

    /// The next moment: a second after the one before.
    pub(crate) fn now(&mut self) -> Timestamp {
        self.millis += 1_000;
        moment(self.millis)
    }

    /// What a crash and a new start do: everything in memory is gone.
    pub(crate) fn restart(&mut self) {
        self.station = Station::open(self.place()).expect("opens again");
    }

    pub(crate) fn place(&self) -> Place {
        Place::new(self.folder.path().join("tps"))
    }

    pub(crate) fn figures(&self, contest: &str, seed: u64) -> Figures {
        let registered = self.station.election().registered(self.station.id()).expect("takes part");
        figures(self.station.election().form(contest).expect("a contest"), registered, seed)
    }

    /// Types what the officer is asked for out of `figures`, with other texts for some boxes.
    pub(crate) fn type_form(&mut self, slot: Slot, contest: &str, figures: &Figures, other: &[(&str, &str)]) {
        let officer = &self.officers[slot as usize];
        let mut task = self.station.reading(officer, contest).expect("may read");
        let mut texts: BTreeMap<String, String> = typed(figures);
        texts.extend(other.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())));
        for (id, text) in texts {
            let field: Field = id.parse().expect("a box");
            if task.asks_for(&field) {
                task.set(&field, &text).expect("can stand there");
            }
        }
        self.station.save(officer, contest, &task).expect("saves");
    }

    /// The officer reads a form and records the reading, answering every finding.
    pub(crate) fn read(&mut self, slot: Slot, contest: &str, figures: &Figures, other: &[(&str, &str)]) -> Recorded {
        self.type_form(slot, contest, figures, other);
        let now = self.now();
        let officer = &self.officers[slot as usize];
        match self.station.record_reading(officer, contest, Vec::new(), now) {
            Err(RecorderError::NeedsAnswers { misfit, .. }) => {
                let answers =
                    misfit.open.iter().map(|key| Answer::new(*key, "sesuai tertulis di kertas").expect("a note"));
                self.station.record_reading(officer, contest, answers.collect(), now).expect("records")
            }
            other => other.expect("records"),
        }
    }

    /// Photographs every page of a form with a camera so small that each photo wants an answer.
    pub(crate) fn photograph(&mut self, contest: &str) {
        for page in Page::ALL {
            // Another width is another photo: a pattern alone repeats after five seeds.
            let width = 400 + 10 * u32::from(page.number()) + 40 * u32::from(contest.as_bytes()[0] == b'w');
            let bytes = photos::jpeg(&photos::page(width, 200, 1));
            let of = PageOf { contest: contest.into(), page, replaces: None };
            let (now, taken) = (self.now(), (Source::Camera, bytes.as_slice()));
            let wants = self.station.photo(&self.officers[0], &of, taken, &[], now).expect_err("too small");
            let RecorderError::PhotoNeedsAnswers(findings) = wants else { unreachable!("{wants}") };
            let note = |found: &PhotoFinding| Answered { code: found.code, note: "kamera kecil".into() };
            let notes: Vec<_> = findings.iter().map(note).collect();
            self.station.photo(&self.officers[0], &of, taken, &notes, now).expect("records");
        }
    }

    pub(crate) fn seal(&mut self, contest: &str, sealing: Sealing) -> Result<Recorded, RecorderError> {
        let now = self.now();
        let both = Both::new(&self.officers[1], &self.officers[0])?;
        self.station.seal(both, contest, sealing, now)
    }

    /// Central signs for everything that is in the outbox.
    pub(crate) fn deliver(&mut self) {
        let now = self.now();
        let ledger = self.station.ledger();
        for open in ledger.pending().expect("pending") {
            let attempt = ledger.begin(&open.item, now).expect("begins");
            let receipt = self.central.receive(open.item).bytes;
            ledger.finish(attempt, now, &Outcome::Stored { receipt }).expect("finishes");
        }
    }
}

pub(crate) fn setup() -> Setup {
    Setup {
        station: election::station(1),
        election: election::small(2),
        central: election::central().public(),
        url: "https://central.test".into(),
    }
}

pub(crate) fn pin(slot: Slot) -> Pin {
    Pin::chosen(PINS[slot as usize]).expect("a PIN")
}

/// Enrols an officer; central accredits from the first entry on.
pub(crate) fn enrol(station: &mut Station, slot: Slot) {
    let mut rng = StdRng::seed_from_u64(slot as u64);
    let wish = station.enrol((slot, &pin(slot)), "CODE", &mut rng, moment(0)).expect("enrols");
    station.accredit(accreditation(wish.bytes()), moment(0)).expect("accredits");
}

/// What central answers to a wish.
pub(crate) fn accreditation(wish: &[u8]) -> Vec<u8> {
    let wish = Enrolment::verify(wish.to_vec()).expect("a wish");
    let known = Accreditation::sign(&wish, Seq::FIRST, moment(0), &election::central()).expect("accredits");
    known.note().bytes().to_vec()
}

/// The texts that an officer types who reads a sheet with these figures.
pub(crate) fn typed(figures: &Figures) -> BTreeMap<String, String> {
    let boxes = figures.counts.iter().map(|(id, count)| (id.to_string(), count.to_string()));
    let head = HeadField::ALL.into_iter().map(|field| {
        let text = figures.head.time(field).map(|time| time.to_string());
        (field.to_string(), text.unwrap_or_else(|| if figures.head.same_day { "ya" } else { "tidak" }.into()))
    });
    boxes.chain(head).collect()
}
