//! How the station stands: one structure that the command line and the page both show.

use serde::Serialize;

use super::next::{self, Next};
use super::{RecorderError, Station};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::Page;
use crate::protocol::chain::{self, ChainHead};
use crate::protocol::ids::{Slot, StationId};
use crate::protocol::state::{FormState, Phase, Shows};
use crate::store::Delivery;

/// How the station stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Which station.
    pub station: StationId,
    /// Full name of the election.
    pub election: String,
    /// Whether this is practice.
    pub drill: bool,
    /// The two officers.
    pub officers: [OfficerStatus; 2],
    /// Whether the station is open.
    pub opened: bool,
    /// Every form, in the order of the contests.
    pub forms: Vec<FormStatus>,
    /// Photos of other papers.
    pub papers: usize,
    /// Kejadian khusus recorded.
    pub incidents: usize,
    /// Copies given or refused.
    pub copies: usize,
    /// When the day was closed, and the digest of that entry.
    pub closed: Option<ResultStatus>,
    /// The last entry.
    pub head: Option<ChainHead>,
    /// How far the delivery has come.
    pub delivery: Delivery,
    /// What to do next.
    pub next: Next,
}

/// One officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OfficerStatus {
    /// Which.
    pub slot: Slot,
    /// Whether the key has been made on this machine.
    pub key: bool,
    /// Whether central has accredited this very key for the next entry.
    pub accredited: bool,
}

/// One form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormStatus {
    /// Its contest.
    pub contest: String,
    /// Where it stands.
    pub phase: Phase,
    /// Each page.
    pub pages: Vec<PageStatus>,
    /// The result in force.
    pub result: Option<ResultStatus>,
}

/// One page of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PageStatus {
    /// Which.
    pub page: Page,
    /// How many photos of it were recorded.
    pub photos: usize,
    /// The one in force.
    pub in_force: Option<Digest>,
}

/// A result or the end of the day, as people compare it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResultStatus {
    /// 1, and one more for each correction.
    pub revision: u16,
    /// When, by the station's clock.
    pub at: Timestamp,
    /// Digest of the entry.
    pub digest: Digest,
    /// Its short form.
    pub short: String,
}

impl Station {
    /// How the station stands now.
    ///
    /// # Errors
    /// [`RecorderError::Store`] when the ledger cannot be read.
    pub fn status(&mut self) -> Result<Status, RecorderError> {
        self.refresh()?;
        let (coming, _) = chain::next(self.head(), self.election().digest());
        let roster = self.ledger().roster()?;
        let keys = [self.key_file(Slot::P1)?, self.key_file(Slot::P2)?];
        let officers = Slot::BOTH.map(|slot| {
            let (key, known) = (keys[slot as usize].as_ref(), roster.at(slot, coming));
            let accredited = known.is_some_and(|known| key.is_some_and(|key| key.public() == known.key()));
            OfficerStatus { slot, key: key.is_some(), accredited }
        });
        let (state, delivery) = (self.state(), self.ledger().delivery()?);
        Ok(Status {
            station: self.id(),
            election: self.election().plan().name.clone(),
            drill: self.election().is_drill(),
            officers,
            opened: state.opened().is_some(),
            forms: state.forms().iter().map(|form| self.form_status(form)).collect(),
            papers: state.photos().iter().filter(|kept| matches!(kept.shows, Shows::Paper(_))).count(),
            incidents: state.incidents().len(),
            copies: state.copies().len(),
            closed: self.closed()?,
            head: state.head(),
            delivery,
            next: next::step(state, officers.map(|officer| officer.accredited), &delivery),
        })
    }

    fn form_status(&self, form: &FormState) -> FormStatus {
        let result = form.sealed().map(|kept| ResultStatus {
            revision: kept.revision,
            at: kept.at,
            digest: kept.entry,
            short: kept.entry.short(),
        });
        let pages = form.form().pages().into_iter().map(|page| self.page_status(form.contest(), page)).collect();
        FormStatus { contest: form.contest().to_owned(), phase: form.phase(), pages, result }
    }

    fn page_status(&self, contest: &str, page: Page) -> PageStatus {
        let shown = Shows::Page { contest: contest.to_owned(), page };
        let photos = self.state().photos().iter().filter(|kept| kept.shows == shown).count();
        let in_force = self.state().page_photo(contest, page).map(|kept| kept.image.sha256);
        PageStatus { page, photos, in_force }
    }

    fn closed(&self) -> Result<Option<ResultStatus>, RecorderError> {
        let Some((seq, at, _)) = self.state().closed() else { return Ok(None) };
        let closed = self.ledger().entry(*seq)?.map(|sealed| ResultStatus {
            revision: 1,
            at: *at,
            digest: sealed.digest(),
            short: sealed.digest().on_paper(),
        });
        Ok(closed)
    }
}
