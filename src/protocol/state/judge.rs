//! The rules of the day: what is against them about the next entry. One function per event.

use super::form_state::{FormState, Turn};
use super::{KeptPhoto, Shows, State, Violation};
use crate::digest::Digest;
use crate::form::{Accepted, Answer, Context, Counts, Head, check};
use crate::protocol::entry::{Body, By, Closed, CopyGiven, Image, PagePhoto, Photo, Read, Recipient, Sealed};
use crate::protocol::ids::Slot;
use crate::protocol::wire::limits;

/// Code of the finding that a photo was already recorded for another page, form or paper.
pub const SAME_PHOTO: &str = "Q301";

impl State {
    /// All that is against the rules about an entry with this body, made by these officers, coming next.
    #[must_use]
    pub fn judge(&self, by: By, body: &Body) -> Vec<Violation> {
        let mut found = Vec::new();
        let together = matches!(body, Body::Result(_) | Body::Closed(_));
        if together != (by == By::Both) {
            found.push(if together { Violation::NeedsBoth } else { Violation::NeedsOne });
        }
        match (body, &self.opened) {
            (Body::Opened(_), Some(_)) => found.push(Violation::AlreadyOpened),
            (Body::Opened(opened), None) if opened.election != self.election.digest() => {
                found.push(Violation::OtherElection);
            }
            (Body::Opened(_), None) | (_, Some(_)) => {}
            (_, None) => found.push(Violation::NotOpened),
        }
        match body {
            Body::Opened(_) => {}
            Body::Read(read) => found.extend(by.alone().and_then(|slot| self.judge_read(slot, read).err())),
            Body::Photo(photo) => found.extend(self.judge_photo(photo)),
            Body::Paper(paper) => {
                let unknown = paper.contest.as_deref().is_some_and(|contest| self.form(contest).is_none());
                found.extend(unknown.then_some(Violation::UnknownContest));
                found.extend(self.judge_image(&paper.image, &Shows::Paper(paper.kind)));
            }
            Body::Incident(incident) => found.extend(blank(&incident.text).then_some(Violation::EmptyText)),
            Body::Result(result) => found.extend(self.judge_result(result).err()),
            Body::CopyGiven(copy) => found.extend(self.judge_copy(copy)),
            Body::Closed(closed) => found.extend(self.judge_closed(closed)),
        }
        found
    }

    fn judge_read(&self, slot: Slot, read: &Read) -> Result<(), Violation> {
        let form = self.form(&read.contest).ok_or(Violation::UnknownContest)?;
        let turn = form.turn(slot).ok_or(Violation::OthersTurn)?;
        let Turn { revision, round, ref retype } = turn;
        if read.revision != revision {
            return Err(Violation::WrongRevision { expected: revision });
        }
        if read.round != round || read.retyped != *retype {
            return Err(Violation::WrongRound { round, retype: retype.clone() });
        }
        let counts = read.boxes.counts(form.form()).map_err(|_| Violation::NotThisForm)?;
        if !retype.is_empty() {
            kept_the_rest(form, slot, read, &counts)?;
        }
        answered(&counts, &read.head, &self.reading_context(&read.contest, slot), &read.answers)
    }

    fn judge_photo(&self, photo: &Photo) -> Option<Violation> {
        let Some(form) = self.form(&photo.contest) else { return Some(Violation::UnknownContest) };
        if !form.form().pages().contains(&photo.page) {
            return Some(Violation::UnknownPage);
        }
        let shows = Shows::Page { contest: photo.contest.clone(), page: photo.page };
        let replaceable = |kept: &KeptPhoto| !kept.replaced && kept.shows == shows;
        if let Some(old) = photo.replaces
            && !self.photos.iter().any(|kept| kept.image.sha256 == old && replaceable(kept))
        {
            return Some(Violation::NothingToReplace);
        }
        self.judge_image(&photo.image, &shows)
    }

    fn judge_image(&self, image: &Image, shows: &Shows) -> Option<Violation> {
        if image.bytes == 0 || image.bytes > limits::PHOTO_BYTES {
            return Some(Violation::PhotoLength);
        }
        if image.light.is_some_and(|light| light.bytes == 0 || light.bytes > limits::LIGHT_BYTES) {
            return Some(Violation::LightLength);
        }
        if image.findings.iter().any(|finding| blank(&finding.note)) {
            return Some(Violation::Unanswered(image.findings.iter().map(|finding| finding.code).collect()));
        }
        let mut before = self.photos.iter().filter(|kept| kept.image.sha256 == image.sha256).peekable();
        let noted = image.findings.iter().any(|finding| finding.code.to_string() == SAME_PHOTO);
        if before.peek().is_some() && before.any(|kept| kept.shows == *shows) {
            return Some(Violation::PhotoAgain);
        }
        let elsewhere = self.photos.iter().any(|kept| kept.image.sha256 == image.sha256);
        (elsewhere && !noted).then_some(Violation::PhotoElsewhere)
    }

    fn judge_result(&self, result: &Sealed) -> Result<(), Violation> {
        let form = self.form(&result.contest).ok_or(Violation::UnknownContest)?;
        if result.revision != form.revision() {
            return Err(Violation::WrongRevision { expected: form.revision() });
        }
        match &result.reason {
            Some(reason) if result.revision == 1 || blank(reason) => return Err(Violation::Reason),
            None if result.revision > 1 => return Err(Violation::Reason),
            _ => {}
        }
        let counts = result.boxes.counts(form.form()).map_err(|_| Violation::NotThisForm)?;
        let pair = form.pair().ok_or(Violation::NotAgreed)?;
        let same = |head: &Head, read: &Option<Counts>| *head == result.head && read.as_ref() == Some(&counts);
        if !pair.iter().all(|reading| same(&reading.head, &reading.counts)) {
            return Err(Violation::NotAgreed);
        }
        if pair.map(|reading| reading.entry) != result.readings {
            return Err(Violation::OtherReadings);
        }
        self.judge_pages(form, result)?;
        answered(&counts, &result.head, &self.result_context(&result.contest), &result.answers)
    }

    fn judge_pages(&self, form: &FormState, result: &Sealed) -> Result<(), Violation> {
        let named: Vec<_> = result.pages.iter().map(PagePhoto::page).collect();
        if named != form.form().pages() {
            return Err(Violation::Pages);
        }
        for page in &result.pages {
            match page {
                PagePhoto::Missing { reason, .. } if blank(reason) => return Err(Violation::Pages),
                PagePhoto::Missing { .. } => {}
                PagePhoto::Photo { page, sha256 } => {
                    let shows = Shows::Page { contest: result.contest.clone(), page: *page };
                    let known = |kept: &KeptPhoto| kept.image.sha256 == *sha256 && kept.shows == shows;
                    if !self.photos.iter().any(known) {
                        return Err(Violation::PhotoUnknown);
                    }
                }
            }
        }
        Ok(())
    }

    fn judge_copy(&self, copy: &CopyGiven) -> Option<Violation> {
        let holds = |form: &&FormState| form.results().iter().any(|result| result.entry == copy.result);
        let Some(form) = self.forms.iter().find(holds) else { return Some(Violation::ResultUnknown) };
        if let Recipient::Saksi(pair) = copy.to
            && !(1..=form.form().pairs()).contains(&pair)
        {
            return Some(Violation::NoSuchPair);
        }
        copy.refused.as_deref().is_some_and(blank).then_some(Violation::Reason)
    }

    fn judge_closed(&self, closed: &Closed) -> Option<Violation> {
        let entries = self.head.map_or(0, |head| head.seq.get());
        let mut photos: Vec<Digest> = self.photos.iter().map(|kept| kept.image.sha256).collect();
        photos.sort_unstable();
        photos.dedup();
        if closed.entries != entries || closed.photos != photos.len() as u64 || closed.results != self.results() {
            return Some(Violation::WrongCounts);
        }
        let unsealed = self.forms.iter().filter(|form| form.sealed().is_none()).map(FormState::contest);
        let named = closed.unsealed.iter().map(|form| form.contest.as_str());
        let reasons = closed.unsealed.iter().all(|form| !blank(&form.reason));
        (!reasons || !unsealed.eq(named)).then_some(Violation::Unsealed)
    }
}

/// In a re-reading, whatever was not emptied stays as this officer read it before.
fn kept_the_rest(form: &FormState, slot: Slot, read: &Read, counts: &Counts) -> Result<(), Violation> {
    let Some(before) = form.last_reading(slot) else { return Ok(()) };
    let changed_boxes = before.counts.iter().flat_map(|old| old.differences(counts)).map(|id| id.to_string());
    let changed_head = before.head.differences(&read.head).into_iter().map(|field| field.id().to_owned());
    match changed_head.chain(changed_boxes).find(|field| !read.retyped.contains(field)) {
        Some(field) => Err(Violation::ChangedBox { field }),
        None => Ok(()),
    }
}

fn answered(counts: &Counts, head: &Head, context: &Context<'_>, answers: &[Answer]) -> Result<(), Violation> {
    let findings = check::findings(counts, head, context);
    match Accepted::new(counts.clone(), *head, findings, answers.to_vec()) {
        Ok(_) => Ok(()),
        Err(unanswered) => Err(Violation::Answers(unanswered)),
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}
