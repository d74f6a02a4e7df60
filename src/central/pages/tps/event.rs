//! What a record of the chain says, in a line.

use crate::central::pages::frame::Frame;
use crate::central::pages::words::tps;
use crate::form::Text;
use crate::protocol::entry::{Body, By, PaperKind, Recipient};
use crate::protocol::ids::Slot;

/// Who made and signed a record.
pub(super) fn by(frame: &Frame, by: By) -> String {
    match by.alone() {
        Some(slot) => officer(frame, slot),
        None => frame.w(tps::BOTH).to_owned(),
    }
}

/// An officer.
pub(super) fn officer(frame: &Frame, slot: Slot) -> String {
    frame.with(tps::OFFICER, &[&slot])
}

/// What happened.
pub(super) fn event(frame: &Frame, body: &Body) -> String {
    let title = |contest: &str| contest_title(frame, contest);
    match body {
        Body::Opened(_) => frame.w(tps::OPENED).to_owned(),
        Body::Read(read) => frame.with(tps::READ, &[&title(&read.contest), &read.round]),
        Body::Photo(photo) => frame.with(tps::PHOTO_OF, &[&photo.page, &title(&photo.contest)]),
        Body::Paper(other) => frame.with(tps::PAPER_OF, &[&frame.w(paper(other.kind))]),
        Body::Incident(_) => frame.w(tps::INCIDENT).to_owned(),
        Body::Result(result) => frame.with(tps::RESULT, &[&title(&result.contest), &result.revision]),
        Body::CopyGiven(copy) => {
            let to = recipient(frame, copy.to);
            frame.with(if copy.refused.is_some() { tps::COPY_REFUSED } else { tps::COPY_GIVEN }, &[&to])
        }
        Body::Closed(_) => frame.w(tps::CLOSED).to_owned(),
    }
}

/// The name of a contest; its id when the election has no such contest.
pub(super) fn contest_title(frame: &Frame, contest: &str) -> String {
    let form = frame.election.form(contest);
    form.map_or_else(|| contest.to_owned(), |form| form.contest().title.get(frame.lang).to_owned())
}

/// What another paper of the TPS is called.
pub(super) const fn paper(kind: PaperKind) -> Text {
    match kind {
        PaperKind::DaftarHadir => tps::DAFTAR_HADIR,
        PaperKind::KejadianKhusus => tps::KEJADIAN_KHUSUS,
        PaperKind::Salinan => tps::SALINAN,
    }
}

/// Who is entitled to a copy.
pub(super) fn recipient(frame: &Frame, to: Recipient) -> String {
    match to {
        Recipient::Saksi(pair) => frame.with(tps::SAKSI, &[&pair]),
        Recipient::Pengawas => frame.w(tps::PENGAWAS).to_owned(),
    }
}
