//! What has happened at a station, folded from its entries, and what may happen next.
//!
//! The one transition function: the recorder asks it for permission, central files what it says, the verifier accuses.
//! Not here: signatures ([`super::sealed`]) and the order of the chain ([`super::chain`]).

mod form_state;
mod judge;
mod violation;

pub use form_state::{FormState, KeptResult, Phase, Reading, Turn};
pub use judge::SAME_PHOTO;
pub use violation::Violation;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::chain::ChainHead;
use super::election::Election;
use super::entry::{Body, Closed, CopyGiven, Image, Incident, Opened, PaperKind};
use super::ids::{Seq, StationId};
use super::sealed::SealedEntry;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::{Context, Counts, Page};

/// What a photo shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Shows {
    /// A page of a form.
    Page {
        /// Which form.
        contest: String,
        /// Which page.
        page: Page,
    },
    /// Another paper.
    Paper(PaperKind),
}

/// A photo that an entry named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPhoto {
    /// Position of the entry.
    pub seq: Seq,
    /// What it shows.
    pub shows: Shows,
    /// The photo.
    pub image: Image,
    /// Whether a later photo replaces it.
    pub replaced: bool,
}

/// A station's day so far. A copy shares what does not change any more, and most of the rest.
#[derive(Debug, Clone)]
pub struct State {
    election: Election,
    station: StationId,
    head: Option<ChainHead>,
    opened: Option<Opened>,
    forms: Vec<FormState>,
    photos: Arc<Vec<KeptPhoto>>,
    incidents: Vec<(Seq, Incident)>,
    copies: Vec<(Seq, CopyGiven)>,
    closed: Option<(Seq, Timestamp, Closed)>,
}

impl State {
    /// The zero state of `station`: nothing has happened.
    #[must_use]
    pub fn new(election: &Election, station: StationId) -> Self {
        let contests = election.plan().contests.iter();
        let forms = contests.zip(election.forms()).map(|(contest, form)| FormState::new(&contest.id, form)).collect();
        Self {
            election: election.clone(),
            station,
            head: None,
            opened: None,
            forms,
            photos: Arc::default(),
            incidents: Vec::new(),
            copies: Vec::new(),
            closed: None,
        }
    }

    /// Folds the next entry in, and says all that is against the rules about it; nothing when all is well.
    ///
    /// The entry is folded in either way: what was signed has happened, and a verdict about it is not a reason to lose it.
    pub fn apply(&mut self, entry: &SealedEntry) -> Vec<Violation> {
        let violations = self.judge(entry.entry().by, &entry.entry().body);
        self.fold(entry);
        violations
    }

    /// Folds the next entry in without a word about it, for one that was judged before.
    pub fn fold(&mut self, sealed: &SealedEntry) {
        let entry = sealed.entry();
        let seq = entry.seq;
        self.head = Some(ChainHead { seq, digest: sealed.digest() });
        match &entry.body {
            Body::Opened(opened) => self.opened = self.opened.take().or_else(|| Some(opened.clone())),
            Body::Read(read) => {
                let slot = entry.by.alone();
                if let (Some(slot), Some(form)) = (slot, self.form_mut(&read.contest)) {
                    form.add_reading(slot, seq, sealed.digest(), read);
                }
            }
            Body::Photo(photo) => {
                if let Some(old) = photo.replaces {
                    let photos = Arc::make_mut(&mut self.photos).iter_mut();
                    photos.filter(|kept| kept.image.sha256 == old).for_each(|kept| kept.replaced = true);
                }
                let shows = Shows::Page { contest: photo.contest.clone(), page: photo.page };
                self.keep(seq, shows, &photo.image);
            }
            Body::Paper(paper) => self.keep(seq, Shows::Paper(paper.kind), &paper.image),
            Body::Incident(incident) => self.incidents.push((seq, incident.clone())),
            Body::Result(result) => {
                if let Some(form) = self.form_mut(&result.contest) {
                    form.add_result(seq, sealed.digest(), entry.at, result);
                }
            }
            Body::CopyGiven(copy) => self.copies.push((seq, copy.clone())),
            Body::Closed(closed) => self.closed = Some((seq, entry.at, closed.clone())),
        }
    }

    fn keep(&mut self, seq: Seq, shows: Shows, image: &Image) {
        Arc::make_mut(&mut self.photos).push(KeptPhoto { seq, shows, image: image.clone(), replaced: false });
    }

    fn form_mut(&mut self, contest: &str) -> Option<&mut FormState> {
        self.forms.iter_mut().find(|form| form.contest() == contest)
    }

    /// The election.
    #[must_use]
    pub const fn election(&self) -> &Election {
        &self.election
    }

    /// The station.
    #[must_use]
    pub const fn station(&self) -> StationId {
        self.station
    }

    /// The last entry.
    #[must_use]
    pub const fn head(&self) -> Option<ChainHead> {
        self.head
    }

    /// The `opened` event, once it has happened.
    #[must_use]
    pub const fn opened(&self) -> Option<&Opened> {
        self.opened.as_ref()
    }

    /// Every form of the election, in its order.
    #[must_use]
    pub fn forms(&self) -> &[FormState] {
        &self.forms
    }

    /// The form of `contest`.
    #[must_use]
    pub fn form(&self, contest: &str) -> Option<&FormState> {
        self.forms.iter().find(|form| form.contest() == contest)
    }

    /// All photos that entries named, in their order.
    #[must_use]
    pub fn photos(&self) -> &[KeptPhoto] {
        &self.photos
    }

    /// The photo in force for a page: the last that was not replaced.
    #[must_use]
    pub fn page_photo(&self, contest: &str, page: Page) -> Option<&KeptPhoto> {
        let shown = |kept: &&KeptPhoto| matches!(&kept.shows, Shows::Page { contest: of, page: at } if of == contest && *at == page);
        self.photos.iter().rev().filter(|kept| !kept.replaced).find(shown)
    }

    /// All kejadian khusus.
    #[must_use]
    pub fn incidents(&self) -> &[(Seq, Incident)] {
        &self.incidents
    }

    /// All copies given or refused.
    #[must_use]
    pub fn copies(&self) -> &[(Seq, CopyGiven)] {
        &self.copies
    }

    /// The last `closed` event: its position, its time, what it says.
    #[must_use]
    pub const fn closed(&self) -> Option<&(Seq, Timestamp, Closed)> {
        self.closed.as_ref()
    }

    /// What the rules need to know about a reading of `contest` by `slot`: the DPT, and the other form as this officer read it.
    #[must_use]
    pub fn reading_context(&self, contest: &str, slot: super::ids::Slot) -> Context<'_> {
        let others = self.forms.iter().filter(|form| form.contest() != contest);
        self.context(others.filter_map(|form| form.last_reading(slot)).find_map(|reading| reading.counts.as_ref()))
    }

    /// What the rules need to know about a result of `contest`: the DPT, and the other form as sealed.
    #[must_use]
    pub fn result_context(&self, contest: &str) -> Context<'_> {
        let others = self.forms.iter().filter(|form| form.contest() != contest);
        self.context(others.filter_map(FormState::sealed).find_map(|result| result.counts.as_ref()))
    }

    fn context<'a>(&'a self, other: Option<&'a Counts>) -> Context<'a> {
        Context { registered: self.election.registered(self.station), other }
    }

    /// Digests of the results in force, in the order of the contests.
    #[must_use]
    pub fn results(&self) -> Vec<Digest> {
        self.forms.iter().filter_map(FormState::sealed).map(|result| result.entry).collect()
    }
}
