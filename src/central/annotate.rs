//! Taking an operator's word in: about evidence that is here, with a note, never in place of the evidence.

use super::answer::News;
use super::batch::Batch;
use super::keeper::{Central, Verdict};
use super::refusal::{Refusal, Stop};
use super::store::Fact;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::{Answer, NoteError};
use crate::protocol::annotation::{Annotation, DIVERGED, Filing, Handled, Moved, OperatorName, Remark};
use crate::protocol::ids::StationId;
use crate::protocol::state::{Shows, State};

/// Why an operator's word was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RemarkFault {
    /// Its note.
    #[error("write a note of 1 to 500 characters")]
    Note(#[source] NoteError),
    /// No entry files the photo there.
    #[error("no entry of the station files this photo there; look at the photo's page again")]
    NoSuchPhoto,
    /// The photo has not come: nobody can have seen what it shows.
    #[error("the photo has not come yet; wait until it is here and look at it")]
    NotReceived,
    /// No such station or contest.
    #[error("there is no such TPS or form in this election; check the number")]
    NoSuchPlace,
    /// The photo is there already.
    #[error("the photo is filed there already; choose another place")]
    SamePlace,
    /// Nothing of the kind was found about this entry.
    #[error("no such finding was filed about this entry; look at the list again")]
    NoSuchFinding,
    /// Something was received already.
    #[error("the log has {0} leaves: the zero state can be recorded only before anything is received")]
    NotZero(u64),
}

impl Central {
    /// Judges what an operator says. The very same word again is answered with the annotation that is there.
    pub(super) fn judge_remark(
        &mut self,
        by: OperatorName,
        mut remark: Remark,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Verdict, Stop> {
        if let Remark::Moved(Moved { note, .. }) | Remark::Handled(Handled { note, .. }) = &mut remark {
            *note = Answer::checked_note(note).map_err(|fault| Refusal::Remark(RemarkFault::Note(fault)))?;
        }
        let last = self.index.remarks().last_about(&remark);
        if let Some(known) = last.filter(|known| *known.remark() == remark && *known.by() == by) {
            return Ok(Verdict::Annotation(known.note().bytes().to_vec(), News::Known));
        }
        let fault = match &remark {
            Remark::Moved(moved) => self.moved_fault(moved),
            Remark::Handled(handled) => self.handled_fault(handled)?,
            Remark::Zero(_) => Some(batch.log_size()).filter(|size| *size > 0).map(RemarkFault::NotZero),
        };
        if let Some(fault) = fault {
            return Err(Refusal::Remark(fault).into());
        }
        let said = Annotation::sign(self.election.digest(), (by, now), remark, &self.key)?;
        tracing::info!(by = %said.by(), remark = said.note().text().trim_end(), "an operator's word was taken");
        let (bytes, digest) = (said.note().bytes().to_vec(), said.digest());
        let fact = Fact::Annotated(Box::new(said));
        self.index.learn(&fact);
        batch.push(fact);
        let leaf = batch.annotate(digest)?;
        self.index.learn(&Fact::Leaf(leaf));
        Ok(Verdict::Annotation(bytes, News::New))
    }

    fn moved_fault(&self, moved: &Moved) -> Option<RemarkFault> {
        if !self.files_photo(&moved.photo, &moved.from) {
            return Some(RemarkFault::NoSuchPhoto);
        }
        if self.holds_photo(moved.from.station, &moved.photo).is_err() {
            return Some(RemarkFault::NotReceived);
        }
        if !self.is_place(&moved.to) {
            return Some(RemarkFault::NoSuchPlace);
        }
        let now =
            self.index.remarks().moves().last(&moved.photo, &moved.from).map_or(&moved.from, |(_, last)| &last.to);
        (*now == moved.to).then_some(RemarkFault::SamePlace)
    }

    /// Whether an accepted entry files the photo there.
    fn files_photo(&self, photo: &Digest, filing: &Filing) -> bool {
        let photos = self.state(filing.station).map(State::photos).unwrap_or_default();
        photos.iter().any(|kept| kept.image.sha256 == *photo && kept.shows == filing.shows)
    }

    fn is_place(&self, filing: &Filing) -> bool {
        let known = match &filing.shows {
            Shows::Page { contest, .. } => self.election.form(contest).is_some(),
            Shows::Paper(_) => true,
        };
        known && self.election.station(filing.station).is_some()
    }

    fn handled_fault(&self, handled: &Handled) -> Result<Option<RemarkFault>, Stop> {
        let station = handled.station;
        let is_here = if handled.code == DIVERGED {
            self.index.knows_diverged(&handled.entry) && self.is_of(station, handled)?
        } else {
            let entry = self.ledger.entry(station, handled.seq)?.map(|bytes| Digest::of(&bytes));
            let filed = self.ledger.filed(station)?;
            entry == Some(handled.entry)
                && filed.iter().any(|filed| filed.seq == handled.seq && filed.code == handled.code)
        };
        Ok((!is_here).then_some(RemarkFault::NoSuchFinding))
    }

    /// Whether the diverged entry is this station's.
    fn is_of(&self, station: StationId, handled: &Handled) -> Result<bool, Stop> {
        Ok(self.ledger.diverged(station)?.iter().any(|bytes| Digest::of(bytes) == handled.entry))
    }
}
