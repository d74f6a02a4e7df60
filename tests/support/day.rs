//! The entries of a whole day at one station, made with the protocol alone: no disk, no clock, no chance.

use std::time::Duration;

use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::form::Page;
use plano::protocol::chain;
use plano::protocol::election::Election;
use plano::protocol::entry::{
    Body, By, Closed, CopyGiven, Entry, Image, ImageKind, Incident, Opened, PagePhoto, Paper, PaperKind, Photo, Read,
    Recipient, Sealed, Source,
};
use plano::protocol::ids::{Seq, Slot, StationId};
use plano::protocol::people::{Accreditation, Enrolment, Roster};
use plano::protocol::sealed::SealedEntry;
use plano::protocol::state::State;
use plano::rehearsal::figures::{Figures, figures};

use super::election::{central, officer};

/// A station whose entries are made one after the other, each checked by the transition function.
pub struct Day {
    /// The station's state after the entries so far.
    pub state: State,
    /// The entries so far.
    pub entries: Vec<SealedEntry>,
    /// Both officers' accreditations.
    pub accreditations: [Accreditation; 2],
    /// The bytes of the photos that entries name.
    pub photos: Vec<Vec<u8>>,
    now: Timestamp,
}

impl Day {
    /// An enrolled station before its first entry.
    pub fn new(election: &Election, station: StationId) -> Self {
        let now: Timestamp = "2024-11-27T00:00:00.000Z".parse().expect("a moment");
        let accreditations = Slot::BOTH.map(|slot| {
            let wish = Enrolment::sign(election.digest(), (station, slot), "TEST-CODE", &officer(station, slot));
            let wish = Enrolment::verify(wish.expect("signs").bytes().to_vec()).expect("holds");
            Accreditation::sign(&wish, Seq::FIRST, now, &central()).expect("signs")
        });
        Self { state: State::new(election, station), entries: Vec::new(), accreditations, photos: Vec::new(), now }
    }

    /// The roster of the station.
    pub fn roster(&self) -> Roster {
        Roster::of(self.state.station(), self.accreditations.clone())
    }

    /// Seals the next entry whatever the rules say, and gives it back.
    pub fn force(&mut self, by: By, body: Body) -> SealedEntry {
        let station = self.state.station();
        let (seq, prev) = chain::next(self.state.head(), self.state.election().digest());
        self.now = self.now.after(Duration::from_mins(1));
        let keys: Vec<_> = by.slots().iter().map(|slot| officer(station, *slot)).collect();
        let entry = Entry { station, seq, prev, at: self.now, by, body };
        let sealed = SealedEntry::seal(entry, &keys.iter().collect::<Vec<_>>()).expect("seals");
        self.state.apply(&sealed);
        self.entries.push(sealed.clone());
        sealed
    }

    /// Seals the next entry; it has to be within the rules.
    pub fn add(&mut self, by: By, body: Body) -> SealedEntry {
        let against = self.state.judge(by, &body);
        assert!(against.is_empty(), "{}: {against:?}", body.name());
        self.force(by, body)
    }

    /// `opened`.
    pub fn open(&mut self) {
        let accreditations = [self.accreditations[0].digest(), self.accreditations[1].digest()];
        let election = self.state.election().digest();
        self.add(By::P2, Body::Opened(Opened { election, accreditations, program: "plano test".into() }));
    }

    /// The sound figures of a form of this station.
    pub fn figures(&self, contest: &str) -> Figures {
        let form = self.state.election().form(contest).expect("a contest");
        let registered = self.state.election().registered(self.state.station()).expect("takes part");
        figures(form, registered, u64::from(self.state.station().tps()))
    }

    /// The body of the reading that is due from `slot`.
    pub fn reading(&self, contest: &str, slot: Slot, figures: &Figures) -> Body {
        let turn = self.state.form(contest).expect("a contest").turn(slot).expect("their turn");
        Body::Read(Read {
            contest: contest.into(),
            revision: turn.revision,
            round: turn.round,
            retyped: turn.retype,
            head: figures.head,
            boxes: (&figures.counts).into(),
            answers: Vec::new(),
        })
    }

    /// Both officers read the same figures.
    pub fn read_both(&mut self, contest: &str) {
        let figures = self.figures(contest);
        for slot in Slot::BOTH {
            let body = self.reading(contest, slot, &figures);
            self.add(slot.into(), body);
        }
    }

    /// An image of a few bytes that start as a JPEG does; `name` makes it unlike any other.
    pub fn image(&mut self, name: &str) -> Image {
        let bytes = [&b"\xff\xd8\xff\xe0"[..], self.state.station().digits().as_bytes(), name.as_bytes()].concat();
        let image = Image {
            sha256: Digest::of(&bytes),
            bytes: bytes.len() as u64,
            kind: ImageKind::Jpeg,
            width: 1200,
            height: 1800,
            source: Source::Camera,
            findings: Vec::new(),
            light: None,
        };
        self.photos.push(bytes);
        image
    }

    /// A photo of every page of a form.
    pub fn photograph(&mut self, contest: &str) {
        for page in Page::ALL {
            let image = self.image(&format!("{contest}-{}", page.number()));
            self.add(By::P1, Body::Photo(Photo { contest: contest.into(), page, image, replaces: None }));
        }
    }

    /// The body of the result that both officers may seal now.
    pub fn result(&self, contest: &str, reason: Option<&str>) -> Body {
        let form = self.state.form(contest).expect("a contest");
        let pair = form.pair().expect("two readings");
        let page = |page| {
            let kept = self.state.page_photo(contest, page).expect("a photo");
            PagePhoto::Photo { page, sha256: kept.image.sha256 }
        };
        Body::Result(Sealed {
            contest: contest.into(),
            revision: form.revision(),
            reason: reason.map(str::to_owned),
            head: pair[0].head,
            boxes: pair[0].counts.as_ref().expect("of this form").into(),
            answers: Vec::new(),
            pages: Page::ALL.map(page).to_vec(),
            readings: pair.map(|reading| reading.entry),
        })
    }

    /// Seals a form and gives the digest of the result.
    pub fn seal(&mut self, contest: &str, reason: Option<&str>) -> Digest {
        let body = self.result(contest, reason);
        self.add(By::Both, body).digest()
    }

    /// The body of `closed` as things stand.
    pub fn closing(&self) -> Body {
        let mut photos: Vec<Digest> = self.state.photos().iter().map(|kept| kept.image.sha256).collect();
        photos.sort_unstable();
        photos.dedup();
        let (entries, results) = (self.entries.len() as u64, self.state.results());
        Body::Closed(Closed { entries, photos: photos.len() as u64, results, unsealed: Vec::new() })
    }

    /// The whole day: every kind of event at least once.
    pub fn whole(election: &Election, station: StationId) -> Self {
        let mut day = Self::new(election, station);
        day.open();
        let contests: Vec<String> = election.plan().contests.iter().map(|contest| contest.id.clone()).collect();
        for contest in &contests {
            day.read_both(contest);
            day.photograph(contest);
            let result = day.seal(contest, None);
            let copy = CopyGiven { result, to: Recipient::Saksi(1), refused: None };
            day.add(By::P1, Body::CopyGiven(copy));
        }
        let image = day.image("hadir");
        day.add(By::P2, Body::Paper(Paper { kind: PaperKind::DaftarHadir, contest: None, image }));
        day.add(By::P1, Body::Incident(Incident { text: "Hujan deras; TPS dipindah ke balai RW.".into() }));
        let closing = day.closing();
        day.add(By::Both, closing);
        day
    }
}
