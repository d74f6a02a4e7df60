//! Photographs: of the pages of a form, and of the other papers of the TPS. Durable before the entry that names them.

use serde::Serialize;

use super::{Officer, Recorded, RecorderError, Station};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::{Code, Lang, Page};
use crate::photo::{self, Examination, Kind};
use crate::protocol::entry::{Answered, Body, Image, ImageKind, Light, Paper, PaperKind, Photo, Source};
use crate::protocol::state::{SAME_PHOTO, Shows};
use crate::protocol::wire::limits;

/// A page of a form that a photo shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageOf {
    /// Which form.
    pub contest: String,
    /// Which page.
    pub page: Page,
    /// An earlier photo of the page that this one replaces.
    pub replaces: Option<Digest>,
}

/// Another paper that a photo shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperOf {
    /// Which paper.
    pub kind: PaperKind,
    /// The form it belongs to, when it belongs to one.
    pub contest: Option<String>,
}

/// Something about a photo that the officer has to answer: take it again, or say why it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhotoFinding {
    /// Its code, `Q2xx` or `Q301`.
    pub code: Code,
    /// What is wrong and what to do, in Indonesian.
    pub id: String,
    /// The same in English.
    pub en: String,
}

/// What is examined is what may be recorded.
const _: () = assert!(photo::limits::FILE_BYTES == limits::PHOTO_BYTES, "one limit for photos");
const _: () = assert!(photo::limits::LIGHT_BYTES == limits::LIGHT_BYTES, "one limit for light copies");

impl PhotoFinding {
    /// What is wrong and what to do.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Id => &self.id,
            Lang::En => &self.en,
        }
    }
}

impl Station {
    /// Records a photo of a page. Any photo of a kind we take can be recorded; what is wrong with it wants an answer.
    ///
    /// # Errors
    /// [`RecorderError::Photo`] for what is no photo, [`RecorderError::PhotoNeedsAnswers`] while a finding has no note.
    pub fn photo(
        &mut self,
        officer: &Officer,
        page: &PageOf,
        taken: (Source, &[u8]),
        notes: &[Answered],
        now: Timestamp,
    ) -> Result<Recorded, RecorderError> {
        let shows = Shows::Page { contest: page.contest.clone(), page: page.page };
        let image = self.image(&shows, taken, notes)?;
        let PageOf { contest, page, replaces } = page.clone();
        let body = |image| Body::Photo(Photo { contest: contest.clone(), page, image, replaces });
        self.record_image(officer, (image, taken.1), body, now)
    }

    /// Records a photo of another paper.
    ///
    /// # Errors
    /// As [`Station::photo`].
    pub fn paper(
        &mut self,
        officer: &Officer,
        paper: &PaperOf,
        taken: (Source, &[u8]),
        notes: &[Answered],
        now: Timestamp,
    ) -> Result<Recorded, RecorderError> {
        let image = self.image(&Shows::Paper(paper.kind), taken, notes)?;
        let PaperOf { kind, contest } = paper.clone();
        let body = |image| Body::Paper(Paper { kind, contest: contest.clone(), image });
        self.record_image(officer, (image, taken.1), body, now)
    }

    /// Asks first, so that a photo that may not be recorded leaves no file; then the files, then the entry.
    fn record_image(
        &mut self,
        officer: &Officer,
        (image, bytes): (Image, &[u8]),
        body: impl Fn(Image) -> Body,
        now: Timestamp,
    ) -> Result<Recorded, RecorderError> {
        let signing = officer.signing();
        self.permitted(&signing, &body(image.clone()))?;
        self.photos().put(bytes, limits::PHOTO_BYTES)?;
        let image = Image { light: self.light(bytes), ..image };
        self.record(&signing, &body(image), now)
    }

    /// Makes and keeps the light copy of a photo; durable when there is one. Nobody needs it, so nothing fails over it.
    fn light(&self, bytes: &[u8]) -> Option<Light> {
        let copy = photo::light(bytes).ok()??;
        let stored = self.photos().put(copy.as_slice(), limits::LIGHT_BYTES).ok()?;
        Some(Light { sha256: stored.digest, bytes: stored.bytes })
    }

    fn image(
        &mut self,
        shows: &Shows,
        (source, bytes): (Source, &[u8]),
        notes: &[Answered],
    ) -> Result<Image, RecorderError> {
        self.refresh()?;
        let seen = photo::examine(bytes)?;
        let sha256 = Digest::of(bytes);
        let mut findings = of_examination(&seen);
        let elsewhere = |kept: &crate::protocol::state::KeptPhoto| kept.image.sha256 == sha256 && kept.shows != *shows;
        if self.state().photos().iter().any(elsewhere) {
            findings.extend(same_photo());
        }
        let (width, height) = seen.stored_size().map_or((0, 0), |size| (size.width, size.height));
        let kind = match seen.kind() {
            Kind::Jpeg => ImageKind::Jpeg,
            Kind::Png => ImageKind::Png,
        };
        let findings = answered(findings, notes)?;
        Ok(Image { sha256, bytes: bytes.len() as u64, kind, width, height, source, findings, light: None })
    }
}

fn of_examination(seen: &Examination) -> Vec<PhotoFinding> {
    let finding = |found: &photo::Finding| {
        let code = found.code().to_string().parse().ok()?;
        Some(PhotoFinding { code, id: found.text_id(), en: found.text_en() })
    };
    seen.findings().iter().filter_map(finding).collect()
}

fn same_photo() -> Option<PhotoFinding> {
    Some(PhotoFinding {
        code: SAME_PHOTO.parse().ok()?,
        id: "Foto ini sudah direkam untuk halaman atau berkas lain. Ambil foto halaman ini; bila memang satu foto memuat keduanya, tulis alasannya.".into(),
        en: "This photo is recorded for another page or paper. Photograph this page; if one photo does show both, say so.".into(),
    })
}

/// Each finding with its note; a note for what was not found is an error, since it would vanish.
fn answered(findings: Vec<PhotoFinding>, notes: &[Answered]) -> Result<Vec<Answered>, RecorderError> {
    let note = |code: Code| notes.iter().find(|note| note.code == code && !note.note.trim().is_empty());
    if findings.iter().any(|finding| note(finding.code).is_none()) {
        return Err(RecorderError::PhotoNeedsAnswers(findings));
    }
    if let Some(idle) = notes.iter().find(|note| findings.iter().all(|finding| finding.code != note.code)) {
        return Err(RecorderError::NothingToAnswer(idle.code));
    }
    Ok(findings.iter().filter_map(|finding| note(finding.code)).cloned().collect())
}
