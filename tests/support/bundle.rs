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
use plano::form::{Answer, Context, Count, Counts, Finding, Head, Page, check};
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::election::Election;
use plano::protocol::entry::{Body, By, CopyGiven, Incident, PagePhoto, Paper, PaperKind, Photo, Recipient, Sealed};
use plano::protocol::ids::{Slot, StationId};
use plano::protocol::key::PrivateKey;
use plano::protocol::merkle::{self, Node, Nodes};
use plano::protocol::receipt::{self, Item, Received, What};
use plano::rehearsal::figures::Figures;

use super::day::Day;
use super::election;

/// Everything one keeper of evidence has; fields are open so that tests can damage them.
#[derive(Clone)]
pub(crate) struct Evidence {
    pub(crate) election: Vec<u8>,
    pub(crate) central_key: Option<String>,
    pub(crate) stations: BTreeMap<StationId, Kept>,
    pub(crate) photos: BTreeMap<Digest, Vec<u8>>,
    pub(crate) cosigned: Vec<Vec<u8>>,
}

/// What is kept of one station.
#[derive(Clone, Default)]
pub(crate) struct Kept {
    pub(crate) accreditations: Vec<Vec<u8>>,
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) conflicts: Vec<Vec<u8>>,
    pub(crate) receipts: Vec<KeptReceipt>,
    pub(crate) attempts: Option<String>,
    pub(crate) photos: Vec<Digest>,
}

impl Source for Evidence {
    type Error = Infallible;

    fn election(&self) -> Result<Vec<u8>, Infallible> {
        Ok(self.election.clone())
    }

    fn central_key(&self) -> Result<Option<String>, Infallible> {
        Ok(self.central_key.clone())
    }

    fn cosigned(&self) -> Result<Vec<Vec<u8>>, Infallible> {
        Ok(self.cosigned.clone())
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
pub(crate) struct Log {
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
    pub(crate) fn new() -> Self {
        Self { key: election::central(), nodes: HashMap::new(), size: 0 }
    }

    /// Appends a thing and answers its receipt.
    pub(crate) fn receive(&mut self, item: Item) -> KeptReceipt {
        let index = self.size;
        let start: Timestamp = "2024-11-27T07:00:00.000Z".parse().expect("a moment");
        let at = start.after(Duration::from_secs(60 * index));
        let leaf = Received { item, at }.leaf();
        let Ok(grown) = merkle::grow(self, index, merkle::leaf_hash(&leaf));
        self.nodes.extend(grown);
        self.size += 1;
        let Ok(root) = merkle::root(self, self.size);
        let Ok(proof) = merkle::inclusion(self, index, self.size);
        let checkpoint = Checkpoint::sign(self.size, root, &self.key).expect("signs");
        KeptReceipt { of: ReceiptOf::from(&item), bytes: receipt::write(&leaf, index, &proof, &checkpoint) }
    }
}

/// Everything there is of a day, received by `log` but for the last `held` entries.
pub(crate) fn kept(day: &Day, log: &mut Log, held: usize) -> Kept {
    let station = day.state.station();
    let delivered = &day.entries[..day.entries.len() - held];
    let entry = |sealed: &plano::protocol::sealed::SealedEntry| Item {
        station,
        what: What::Entry(sealed.entry().seq),
        digest: sealed.digest(),
    };
    let photo = |bytes: &Vec<u8>| Item { station, what: What::Photo(bytes.len() as u64), digest: Digest::of(bytes) };
    let items: Vec<Item> = delivered.iter().map(entry).chain(day.photos.iter().map(photo)).collect();
    let mut receipts: Vec<_> = items.into_iter().map(|item| log.receive(item)).collect();
    receipts.sort_by_key(|kept| kept.of);
    let mut photos: Vec<_> = day.photos.iter().map(|bytes| Digest::of(bytes)).collect();
    photos.sort_unstable();
    Kept {
        accreditations: day.accreditations.iter().map(|known| known.note().bytes().to_vec()).collect(),
        entries: day.entries.iter().map(|sealed| sealed.bytes().to_vec()).collect(),
        conflicts: Vec::new(),
        receipts,
        attempts: None,
        photos,
    }
}

/// Adds the reading of one officer, every finding answered.
pub(crate) fn read(day: &mut Day, slot: Slot, contest: &str, figures: &Figures) {
    let mut body = day.reading(contest, slot, figures);
    if let Body::Read(read) = &mut body {
        read.answers = answers(&figures.counts, &figures.head, &day.state.reading_context(contest, slot));
    }
    day.add(slot.into(), body);
}

/// Seals a form, every finding answered; a page without a photo gets a reason.
pub(crate) fn seal(day: &mut Day, contest: &str, reason: Option<&str>) -> Digest {
    let form = day.state.form(contest).expect("a form");
    let pair = form.pair().expect("two readings");
    let (counts, head) = (pair[0].counts.as_ref().expect("figures"), pair[0].head);
    let page = |page| match day.state.page_photo(contest, page) {
        Some(kept) => PagePhoto::Photo { page, sha256: kept.image.sha256 },
        None => PagePhoto::Missing { page, reason: "kamera rusak".into() },
    };
    let body = Body::Result(Sealed {
        contest: contest.into(),
        revision: form.revision(),
        reason: reason.map(str::to_owned),
        head,
        boxes: counts.into(),
        answers: answers(counts, &head, &day.state.result_context(contest)),
        pages: Page::ALL.map(page).to_vec(),
        readings: pair.map(|reading| reading.entry),
    });
    day.add(By::Both, body).digest()
}

/// The figures that a form of this station shows, with one box written otherwise.
pub(crate) fn written(day: &Day, contest: &str, cell: &str, change: impl Fn(u16) -> u16) -> Figures {
    let sound = day.figures(contest);
    let values = sound.counts.iter().map(|(id, count)| {
        let changed = if id.as_str() == cell { change(count.get()) } else { count.get() };
        (id.clone(), Count::new(changed).expect("three digits"))
    });
    let counts = Counts::from_values(sound.counts.form(), values.collect::<Vec<_>>()).expect("all boxes");
    Figures { counts, head: sound.head }
}

/// The officer's word for every finding that needs one.
fn answers(counts: &Counts, head: &Head, context: &Context<'_>) -> Vec<Answer> {
    let findings = check::findings(counts, head, context);
    let needing = findings.iter().filter(|finding| finding.severity().needs_answer()).map(Finding::key);
    needing.map(|key| Answer::new(key, "sesuai tertulis di kertas").expect("a note")).collect()
}

/// A whole day: a difference read again, an answered finding, a correction, a copy, papers, the close.
pub(crate) fn full_day(election: &Election, station: StationId) -> Day {
    let mut day = Day::new(election, station);
    day.open();
    let governor = day.figures("gubernur");
    let slip = written(&day, "gubernur", "votes.1", |_| 999);
    read(&mut day, Slot::P1, "gubernur", &governor);
    read(&mut day, Slot::P2, "gubernur", &slip);
    read(&mut day, Slot::P1, "gubernur", &governor);
    read(&mut day, Slot::P2, "gubernur", &governor);
    day.photograph("gubernur");
    let result = seal(&mut day, "gubernur", None);
    day.add(By::P2, Body::CopyGiven(CopyGiven { result, to: Recipient::Saksi(2), refused: None }));
    // The unused ballots are one too many, as written on the paper; corrected later in front of the saksi.
    let mayor = written(&day, "walikota", "ballots_unused", |count| count + 1);
    for slot in Slot::BOTH {
        read(&mut day, slot, "walikota", &mayor);
    }
    let image = day.image("walikota-1");
    day.add(By::P2, Body::Photo(Photo { contest: "walikota".into(), page: Page::FIRST, image, replaces: None }));
    seal(&mut day, "walikota", None);
    let image = day.image("hadir");
    day.add(By::P1, Body::Paper(Paper { kind: PaperKind::DaftarHadir, contest: None, image }));
    day.add(By::P1, Body::Incident(Incident { text: "Listrik padam 10 menit.".into() }));
    let corrected = day.figures("walikota");
    for slot in Slot::BOTH {
        read(&mut day, slot, "walikota", &corrected);
    }
    seal(&mut day, "walikota", Some("salah tulis pada kertas, diperbaiki di depan saksi"));
    let closing = day.closing();
    day.add(By::Both, closing);
    day
}

/// A day under way: one form sealed with a finding, the other not read yet, nothing closed.
pub(crate) fn half_day(election: &Election, station: StationId) -> Day {
    let mut day = Day::new(election, station);
    day.open();
    let paper = written(&day, "gubernur", "ballots_returned", |_| 40);
    for slot in Slot::BOTH {
        read(&mut day, slot, "gubernur", &paper);
    }
    let image = day.image("gubernur-1");
    day.add(By::P1, Body::Photo(Photo { contest: "gubernur".into(), page: Page::FIRST, image, replaces: None }));
    seal(&mut day, "gubernur", None);
    day.add(By::P1, Body::Incident(Incident { text: "Hujan.".into() }));
    day
}

/// Two stations of a drill with three: everything is delivered but the last entry of the second.
pub(crate) fn sample() -> Evidence {
    let election = election::small(3);
    let mut log = Log::new();
    let (full, half) = (full_day(&election, election::station(1)), half_day(&election, election::station(2)));
    let mut first = kept(&full, &mut log, 0);
    first.attempts = Some(ATTEMPTS.into());
    let second = kept(&half, &mut log, 1);
    Evidence {
        election: election.note().bytes().to_vec(),
        central_key: Some(election::central().public().to_string()),
        stations: BTreeMap::from([(full.state.station(), first), (half.state.station(), second)]),
        photos: full.photos.into_iter().chain(half.photos).map(|bytes| (Digest::of(&bytes), bytes)).collect(),
        cosigned: Vec::new(),
    }
}

const ATTEMPTS: &str = "{\"attempt\":1,\"at\":\"2024-11-27T07:00:01.000Z\",\"outcome\":\"later\"}\n\
                        {\"attempt\":2,\"at\":\"2024-11-27T07:00:31.000Z\",\"outcome\":\"stored\"}\n";
