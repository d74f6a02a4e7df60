//! Stations and a central made in memory, straight from the protocol: the evidence that bundles are exported from.
//!
//! All keys are those of `election`, all times and figures are fixed: the same evidence every time.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::io::{Cursor, Read};
use std::time::Duration;

use plano::audit::{KeptReceipt, ReceiptOf, Source};
use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::form::{Answer, CellId, Context, Count, Counts, Finding, Page, check};
use plano::protocol::boxes::Boxes;
use plano::protocol::chain;
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::election::Election;
use plano::protocol::entry::{
    Body, By, Closed, CopyGiven, Entry, Image, ImageKind, Incident, Opened, PagePhoto, Paper, PaperKind, Photo,
    Read as Reading, Recipient, Sealed, Source as From, Unsealed,
};
use plano::protocol::ids::{Seq, Slot, StationId};
use plano::protocol::key::PrivateKey;
use plano::protocol::merkle::{self, Node, Nodes};
use plano::protocol::people::{Accreditation, Enrolment};
use plano::protocol::receipt::{self, Item, Received, What};
use plano::protocol::sealed::SealedEntry;
use plano::protocol::state::State;
use plano::rehearsal::figures::{Figures, figures};

use super::election;

/// Everything one keeper of evidence has; fields are open so that tests can damage them.
#[derive(Clone)]
pub struct Evidence {
    pub election: Vec<u8>,
    pub central_key: Option<String>,
    pub stations: BTreeMap<StationId, Kept>,
    pub photos: BTreeMap<Digest, Vec<u8>>,
}

/// What is kept of one station.
#[derive(Clone, Default)]
pub struct Kept {
    pub accreditations: Vec<Vec<u8>>,
    pub entries: Vec<Vec<u8>>,
    pub conflicts: Vec<Vec<u8>>,
    pub receipts: Vec<KeptReceipt>,
    pub attempts: Option<String>,
    pub photos: Vec<Digest>,
}

impl Source for Evidence {
    type Error = Infallible;

    fn election(&self) -> Result<Vec<u8>, Infallible> {
        Ok(self.election.clone())
    }

    fn central_key(&self) -> Result<Option<String>, Infallible> {
        Ok(self.central_key.clone())
    }

    fn stations(&self) -> Result<Vec<StationId>, Infallible> {
        Ok(self.stations.keys().copied().collect())
    }

    fn accreditations(&self, station: StationId) -> Result<Vec<Vec<u8>>, Infallible> {
        Ok(self.stations[&station].accreditations.clone())
    }

    fn entries(&self, station: StationId) -> Result<Vec<Vec<u8>>, Infallible> {
        Ok(self.stations[&station].entries.clone())
    }

    fn conflicts(&self, station: StationId) -> Result<Vec<Vec<u8>>, Infallible> {
        Ok(self.stations[&station].conflicts.clone())
    }

    fn receipts(&self, station: StationId) -> Result<Vec<KeptReceipt>, Infallible> {
        Ok(self.stations[&station].receipts.clone())
    }

    fn attempts(&self, station: StationId) -> Result<Option<String>, Infallible> {
        Ok(self.stations[&station].attempts.clone())
    }

    fn photos(&self, station: StationId) -> Result<Vec<Digest>, Infallible> {
        Ok(self.stations[&station].photos.iter().filter(|photo| self.photos.contains_key(photo)).copied().collect())
    }

    fn open_photo(&self, photo: &Digest) -> Result<Option<Box<dyn Read + '_>>, Infallible> {
        Ok(self.photos.get(photo).map(|bytes| Box::new(Cursor::new(bytes)) as Box<dyn Read>))
    }
}

/// A log in memory, and the key that signs it.
pub struct Log {
    key: PrivateKey,
    nodes: HashMap<Node, Digest>,
    size: u64,
}

impl Nodes for Log {
    type Error = Infallible;

    fn hash_at(&self, node: Node) -> Result<Digest, Infallible> {
        Ok(self.nodes[&node])
    }
}

impl Log {
    /// An empty log of the test central.
    pub fn new() -> Self {
        Self { key: election::central(), nodes: HashMap::new(), size: 0 }
    }

    /// Appends a thing and answers its receipt.
    pub fn receive(&mut self, item: Item, at: Timestamp) -> KeptReceipt {
        let leaf = Received { item, at }.leaf();
        let index = self.size;
        let Ok(grown) = merkle::grow(self, index, merkle::leaf_hash(&leaf));
        self.nodes.extend(grown);
        self.size += 1;
        let Ok(root) = merkle::root(self, self.size);
        let Ok(proof) = merkle::inclusion(self, index, self.size);
        let checkpoint = Checkpoint::sign(self.size, root, &self.key).expect("signs");
        KeptReceipt { of: ReceiptOf::from(&item), bytes: receipt::write(&leaf, index, &proof, &checkpoint) }
    }
}

/// A station's day being made, entry by entry, each allowed by the rules.
pub struct Day {
    pub state: State,
    pub kept: Kept,
    pub photos: BTreeMap<Digest, Vec<u8>>,
    pub at: Timestamp,
    seed: u64,
}

impl Day {
    /// Both officers accredited, the station opened.
    pub fn open(election: &Election, station: StationId) -> Self {
        let at: Timestamp = "2024-11-27T06:12:00.000Z".parse().expect("a moment");
        let mut day = Self {
            state: State::new(election, station),
            kept: Kept::default(),
            photos: BTreeMap::new(),
            at,
            seed: u64::from(station.tps()),
        };
        let accredited = Slot::BOTH.map(|slot| accredit(election, station, slot, Seq::FIRST, at));
        day.kept.accreditations = accredited.iter().map(|known| known.note().bytes().to_vec()).collect();
        let accreditations = accredited.map(|known| known.digest());
        let program = "plano 0.1.0".to_owned();
        day.add(By::P1, Body::Opened(Opened { election: election.digest(), accreditations, program }));
        day
    }

    fn station(&self) -> StationId {
        self.state.station()
    }

    /// The entry that would come next, signed by `by`'s officers.
    pub fn seal(&self, by: By, body: Body) -> SealedEntry {
        let (seq, prev) = chain::next(self.state.head(), self.state.election().digest());
        let entry = Entry { station: self.station(), seq, prev, at: self.at, by, body };
        let keys: Vec<_> = by.slots().iter().map(|slot| election::officer(self.station(), *slot)).collect();
        SealedEntry::seal(entry, &keys.iter().collect::<Vec<_>>()).expect("seals")
    }

    /// Adds an entry that the rules allow.
    pub fn add(&mut self, by: By, body: Body) -> Digest {
        assert_eq!(self.state.judge(by, &body), []);
        self.force(by, body)
    }

    /// Adds an entry whatever the rules say.
    pub fn force(&mut self, by: By, body: Body) -> Digest {
        let sealed = self.seal(by, body);
        self.state.apply(&sealed);
        self.at = self.at.after(Duration::from_secs(95));
        self.kept.entries.push(sealed.bytes().to_vec());
        sealed.digest()
    }

    /// The figures of a form as the paper shows them, with `changes`.
    pub fn paper(&self, contest: &str, changes: &[(&str, u16)]) -> Figures {
        let form = self.state.election().form(contest).expect("a contest");
        let registered = self.state.election().registered(self.station()).expect("a station");
        let sound = figures(form, registered, self.seed);
        let changed = |id: &CellId| changes.iter().find(|(name, _)| *name == id.as_str()).map(|(_, to)| *to);
        let values = sound
            .counts
            .iter()
            .map(|(id, count)| (id.clone(), changed(id).map_or(count, |to| Count::new(to).expect("three digits"))));
        Figures { counts: Counts::from_values(form, values.collect::<Vec<_>>()).expect("all boxes"), head: sound.head }
    }

    /// What an officer types, as an entry.
    pub fn reading(&self, slot: Slot, contest: &str, figures: &Figures) -> Body {
        let turn = self.state.form(contest).expect("a form").turn(slot).expect("this officer's turn");
        Body::Read(Reading {
            contest: contest.to_owned(),
            revision: turn.revision,
            round: turn.round,
            retyped: turn.retype,
            head: figures.head,
            boxes: Boxes::from(&figures.counts),
            answers: answers(figures, &self.state.reading_context(contest, slot)),
        })
    }

    pub fn read(&mut self, slot: Slot, contest: &str, figures: &Figures) {
        let body = self.reading(slot, contest, figures);
        self.add(slot.into(), body);
    }

    /// Takes a photo of a page: a tiny PNG that is different for every colour.
    pub fn photo(&mut self, by: By, contest: &str, page: Page, colour: u8) -> Digest {
        let image = self.image(colour);
        let sha256 = image.sha256;
        self.add(by, Body::Photo(Photo { contest: contest.to_owned(), page, image, replaces: None }));
        sha256
    }

    pub fn image(&mut self, colour: u8) -> Image {
        let bytes = png(u8::try_from(self.seed).expect("a small seed"), colour);
        let sha256 = Digest::of(&bytes);
        let image = Image {
            sha256,
            bytes: bytes.len() as u64,
            kind: ImageKind::Png,
            width: 8,
            height: 8,
            source: From::Camera,
            findings: Vec::new(),
        };
        self.kept.photos.push(sha256);
        self.photos.insert(sha256, bytes);
        image
    }

    /// Both officers seal what they agree on; pages without a photo get a reason.
    pub fn result(&self, contest: &str, reason: Option<&str>) -> Body {
        let form = self.state.form(contest).expect("a form");
        let pair = form.pair().expect("two readings");
        let counts = pair[0].counts.clone().expect("figures");
        let figures = Figures { counts, head: pair[0].head };
        let page = |page| match self.state.page_photo(contest, page) {
            Some(kept) => PagePhoto::Photo { page, sha256: kept.image.sha256 },
            None => PagePhoto::Missing { page, reason: "kamera rusak".to_owned() },
        };
        Body::Result(Sealed {
            contest: contest.to_owned(),
            revision: form.revision(),
            reason: reason.map(str::to_owned),
            head: figures.head,
            boxes: Boxes::from(&figures.counts),
            answers: answers(&figures, &self.state.result_context(contest)),
            pages: form.form().pages().map(page).to_vec(),
            readings: pair.map(|reading| reading.entry),
        })
    }

    pub fn seal_result(&mut self, contest: &str, reason: Option<&str>) -> Digest {
        let body = self.result(contest, reason);
        self.add(By::Both, body)
    }

    pub fn close(&mut self) {
        let unsealed = self.state.forms().iter().filter(|form| form.sealed().is_none());
        let unsealed =
            unsealed.map(|form| Unsealed { contest: form.contest().into(), reason: "belum dihitung".into() });
        let closed = Closed {
            entries: self.state.head().map_or(0, |head| head.seq.get()),
            photos: self.state.photos().len() as u64,
            results: self.state.results(),
            unsealed: unsealed.collect(),
        };
        self.add(By::Both, Body::Closed(closed));
    }

    /// Has central receive everything that is there and not received yet.
    pub fn deliver(&mut self, log: &mut Log) {
        let station = self.station();
        let mut items = Vec::new();
        for bytes in &self.kept.entries {
            let sealed = SealedEntry::parse(bytes.clone()).expect("an entry");
            items.push(Item { station, what: What::Entry(sealed.entry().seq), digest: sealed.digest() });
        }
        for digest in &self.kept.photos {
            items.push(Item { station, what: What::Photo(self.photos[digest].len() as u64), digest: *digest });
        }
        for item in items {
            if !self.kept.receipts.iter().any(|kept| kept.of == ReceiptOf::from(&item)) {
                self.at = self.at.after(Duration::from_secs(2));
                self.kept.receipts.push(log.receive(item, self.at));
            }
        }
    }
}

/// Central's word that the test officer's key is theirs, from a position on.
pub fn accredit(election: &Election, station: StationId, slot: Slot, from: Seq, at: Timestamp) -> Accreditation {
    let key = election::officer(station, slot);
    let wish = Enrolment::sign(election.digest(), (station, slot), "TEST-CODE", &key).expect("signs");
    let wish = Enrolment::verify(wish.bytes().to_vec()).expect("a wish");
    Accreditation::sign(&wish, from, at, &election::central()).expect("signs")
}

/// The officer's word for every finding that needs one.
fn answers(figures: &Figures, context: &Context<'_>) -> Vec<Answer> {
    let findings = check::findings(&figures.counts, &figures.head, context);
    let needing = findings.iter().filter(|finding| finding.severity().needs_answer()).map(Finding::key);
    needing.map(|key| Answer::new(key, "sesuai tertulis di kertas").expect("a note")).collect()
}

fn png(seed: u8, colour: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb([seed, colour, 99]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("encodes");
    bytes.into_inner()
}

/// TPS 1 of the sample: a whole day, with a difference read again, an answered finding, a correction, a copy, the close.
pub fn full_day(election: &Election, station: StationId) -> Day {
    let mut day = Day::open(election, station);
    let governor = day.paper("gubernur", &[]);
    let slip = day.paper("gubernur", &[("votes.1", 999)]);
    day.read(Slot::P1, "gubernur", &governor);
    day.read(Slot::P2, "gubernur", &slip);
    day.read(Slot::P1, "gubernur", &governor);
    day.read(Slot::P2, "gubernur", &governor);
    for (page, colour) in Page::ALL.into_iter().zip(1..) {
        day.photo(By::P1, "gubernur", page, colour);
    }
    let result = day.seal_result("gubernur", None);
    day.add(By::P2, Body::CopyGiven(CopyGiven { result, to: Recipient::Saksi(2), refused: None }));
    // A mayor's form whose unused ballots are one too many, as written on the paper.
    let unused =
        u16::from(day.paper("walikota", &[]).counts.get(&"ballots_unused".parse().expect("a box")).expect("one"));
    let mayor = day.paper("walikota", &[("ballots_unused", unused + 1)]);
    day.read(Slot::P2, "walikota", &mayor);
    day.read(Slot::P1, "walikota", &mayor);
    day.photo(By::P2, "walikota", Page::FIRST, 11);
    day.seal_result("walikota", None);
    let image = day.image(21);
    day.add(By::P1, Body::Paper(Paper { kind: PaperKind::DaftarHadir, contest: None, image }));
    day.add(By::P1, Body::Incident(Incident { text: "Listrik padam 10 menit.".into() }));
    let corrected = day.paper("walikota", &[]);
    day.read(Slot::P1, "walikota", &corrected);
    day.read(Slot::P2, "walikota", &corrected);
    day.seal_result("walikota", Some("salah tulis pada kertas, diperbaiki di depan saksi"));
    day.close();
    day
}

/// TPS 2 of the sample: one form sealed with a finding, the other not yet, nothing closed.
pub fn half_day(election: &Election, station: StationId) -> Day {
    let mut day = Day::open(election, station);
    let paper = day.paper("gubernur", &[("ballots_returned", 40)]);
    day.read(Slot::P2, "gubernur", &paper);
    day.read(Slot::P1, "gubernur", &paper);
    day.photo(By::P1, "gubernur", Page::FIRST, 1);
    day.seal_result("gubernur", None);
    day
}

/// Two stations of a drill with three, everything delivered but the last entry of the second.
pub fn sample() -> Evidence {
    let election = election::small(3);
    let mut log = Log::new();
    let mut full = full_day(&election, election::station(1));
    full.deliver(&mut log);
    full.kept.attempts = Some(attempts());
    let mut half = half_day(&election, election::station(2));
    half.deliver(&mut log);
    half.add(By::P1, Body::Incident(Incident { text: "Hujan.".into() }));
    evidence(&election, [full, half])
}

/// What a keeper of these days holds.
pub fn evidence<const N: usize>(election: &Election, days: [Day; N]) -> Evidence {
    let mut evidence = Evidence {
        election: election.note().bytes().to_vec(),
        central_key: Some(election::central().public().to_string()),
        stations: BTreeMap::new(),
        photos: BTreeMap::new(),
    };
    for day in days {
        evidence.photos.extend(day.photos);
        let mut kept = day.kept;
        kept.photos.sort_unstable();
        evidence.stations.insert(day.state.station(), kept);
    }
    evidence
}

fn attempts() -> String {
    let line = |attempt: u8, outcome: &str| {
        format!("{{\"attempt\":{attempt},\"at\":\"2024-11-27T07:00:0{attempt}.000Z\",\"outcome\":\"{outcome}\"}}\n")
    };
    line(1, "later") + &line(2, "stored")
}
