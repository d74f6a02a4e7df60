//! One station's whole day as sealed entries: what its officers would record, with invented figures and tiny photos.

use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::form::{Answer, Context, Page, check};
use plano::protocol::chain::{self, ChainHead};
use plano::protocol::election::Election;
use plano::protocol::entry::{
    Body, By, Closed, Entry, Image, ImageKind, Opened, PagePhoto, Photo, Read, Sealed, Source,
};
use plano::protocol::ids::{Slot, StationId};
use plano::protocol::key::PrivateKey;
use plano::protocol::sealed::SealedEntry;
use plano::rehearsal::figures::{Figures, figures};

use super::election::officer;

/// The day of one station.
pub(crate) struct Day {
    pub(crate) election: Election,
    pub(crate) station: StationId,
    /// In order.
    pub(crate) entries: Vec<SealedEntry>,
    /// In the order in which the entries name them.
    pub(crate) photos: Vec<Vec<u8>>,
    /// What the photo of a page of a contest in a revision looks like.
    pub(crate) camera: Camera,
    /// What the officers answer to every finding; without it findings stay unanswered.
    pub(crate) note: Option<String>,
}

/// Bytes of the photo of a page: contest, page, revision, station.
pub(crate) type Camera = Box<dyn Fn(&str, Page, u16, StationId) -> Vec<u8> + Send + Sync>;

/// A few bytes that start as a JPEG does.
fn tiny(contest: &str, page: Page, revision: u16, station: StationId) -> Vec<u8> {
    let name = format!("photo of {contest} page {page:?} revision {revision} at {station}");
    [&b"\xff\xd8\xff\xe0"[..], name.as_bytes()].concat()
}

/// A moment of the day, `minutes` after it began.
pub(crate) fn moment(minutes: u32) -> Timestamp {
    Timestamp::from_millis(1_732_690_800_000 + i64::from(minutes) * 60_000).expect("in range")
}

impl Day {
    /// A day on which everything was recorded: both forms read twice, sealed with three photos each, closed.
    pub(crate) fn whole(election: &Election, station: StationId, seed: u64, accreditations: [Digest; 2]) -> Self {
        let mut day = Self::opened(election, station, accreditations);
        for form in election.forms() {
            let registered = election.registered(station).expect("takes part");
            day.record_form(form.contest().id, &figures(form, registered, seed));
        }
        day.close();
        day
    }

    /// A day that has only begun.
    pub(crate) fn opened(election: &Election, station: StationId, accreditations: [Digest; 2]) -> Self {
        let mut day = Self {
            election: election.clone(),
            station,
            entries: Vec::new(),
            photos: Vec::new(),
            camera: Box::new(tiny),
            note: None,
        };
        let opened = Opened { election: election.digest(), accreditations, program: "plano 0.1.0".into() };
        day.add(By::P1, Body::Opened(opened));
        day
    }

    pub(crate) fn head(&self) -> Option<ChainHead> {
        self.entries.last().map(|entry| ChainHead { seq: entry.entry().seq, digest: entry.digest() })
    }

    /// Seals the next entry with the officers' test keys.
    pub(crate) fn add(&mut self, by: By, body: Body) -> Digest {
        let (seq, prev) = chain::next(self.head(), self.election.digest());
        let at = moment(u32::try_from(self.entries.len()).expect("a short day"));
        let entry = Entry { station: self.station, seq, prev, at, by, body };
        let keys: Vec<PrivateKey> = by.slots().iter().map(|slot| officer(self.station, *slot)).collect();
        let sealed = SealedEntry::seal(entry, &keys.iter().collect::<Vec<_>>()).expect("seals");
        let digest = sealed.digest();
        self.entries.push(sealed);
        digest
    }

    /// Two equal readings, a photo of each page, the result.
    pub(crate) fn record_form(&mut self, contest: &str, figures: &Figures) {
        self.record_revision(contest, figures, 1, None);
    }

    /// The same for a correction.
    pub(crate) fn record_revision(&mut self, contest: &str, figures: &Figures, revision: u16, reason: Option<&str>) {
        let answers = self.answers(figures);
        let readings = Slot::BOTH.map(|slot| {
            let read = Read {
                contest: contest.into(),
                revision,
                round: 1,
                retyped: Vec::new(),
                head: figures.head,
                boxes: (&figures.counts).into(),
                answers: answers.clone(),
            };
            self.add(slot.into(), Body::Read(read))
        });
        let pages = Page::ALL.map(|page| PagePhoto::Photo { page, sha256: self.photograph(contest, page, revision) });
        let result = Sealed {
            contest: contest.into(),
            revision,
            reason: reason.map(Into::into),
            head: figures.head,
            boxes: (&figures.counts).into(),
            answers,
            pages: pages.to_vec(),
            readings,
        };
        self.add(By::Both, Body::Result(result));
    }

    fn photograph(&mut self, contest: &str, page: Page, revision: u16) -> Digest {
        let image = self.image((self.camera)(contest, page, revision, self.station));
        let sha256 = image.sha256;
        self.add(By::P1, Body::Photo(Photo { contest: contest.into(), page, image, replaces: None }));
        sha256
    }

    fn answers(&self, figures: &Figures) -> Vec<Answer> {
        let Some(note) = &self.note else { return Vec::new() };
        let context = Context { registered: self.election.registered(self.station), other: None };
        let findings = check::findings(&figures.counts, &figures.head, &context).into_iter();
        let grave = findings.filter(|found| found.severity().needs_answer());
        grave.map(|found| Answer::new(found.key(), note).expect("a note")).collect()
    }

    /// Takes a photo in, to be delivered after the entries.
    pub(crate) fn image(&mut self, bytes: Vec<u8>) -> Image {
        let image = Image {
            sha256: Digest::of(&bytes),
            bytes: bytes.len() as u64,
            kind: ImageKind::Jpeg,
            width: 0,
            height: 0,
            source: Source::File,
            findings: Vec::new(),
            light: None,
        };
        self.photos.push(bytes);
        image
    }

    /// The end of the day.
    pub(crate) fn close(&mut self) {
        let in_force = |contest: &str| {
            let of = |entry: &&SealedEntry| matches!(&entry.entry().body, Body::Result(one) if one.contest == contest);
            self.entries.iter().rfind(of).map(SealedEntry::digest)
        };
        let contests = self.election.plan().contests.iter();
        let results: Vec<Digest> = contests.filter_map(|contest| in_force(&contest.id)).collect();
        let closed = Closed {
            entries: self.entries.len() as u64,
            photos: self.photos.len() as u64,
            results,
            unsealed: Vec::new(),
        };
        self.add(By::Both, Body::Closed(closed));
    }
}
