//! Which photos stand at which page of a station's forms, those that operators filed there included.

use super::holding::Holding;
use super::keeper::Central;
use crate::digest::Digest;
use crate::form::Page;
use crate::protocol::annotation::{Annotation, Filing, Moved, Remark};
use crate::protocol::ids::StationId;
use crate::protocol::state::{KeptPhoto, Shows, State};

/// One page of one form, and the photos that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledPage {
    /// Which form.
    pub contest: String,
    /// Which page.
    pub page: Page,
    /// Photos filed there, by the station's entries and then by operators.
    pub photos: Vec<FiledPhoto>,
}

/// A photo at a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledPhoto {
    /// SHA-256 of the photo.
    pub sha256: Digest,
    /// The station whose entry names it: where its bytes are found.
    pub station: StationId,
    /// Whether its bytes have come whole.
    pub received: bool,
    /// Its light copy, where that has come and the photo has not.
    pub light: Option<Digest>,
    /// Whether a later photo of the station replaces it.
    pub replaced: bool,
    /// An operator says that it belongs elsewhere, or was filed elsewhere and belongs here.
    pub moved: Option<Move>,
}

/// Which end of a move is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// It belongs there.
    Away(Box<Annotation>),
    /// It was filed there.
    Here(Box<Annotation>),
}

impl FiledPage {
    /// Whether a photo that shows this page has come whole.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.photos.iter().any(|photo| photo.received && !matches!(photo.moved, Some(Move::Away(_))))
    }
}

impl Central {
    /// Every page of every form of a station, with the photos that show it. A moved photo stands at both places, and
    /// counts at the one where it belongs.
    #[must_use]
    pub fn pages(&self, station: StationId) -> Vec<FiledPage> {
        let contests = self.election.plan().contests.iter();
        let pages = contests.flat_map(|contest| Page::ALL.map(|page| (contest.id.clone(), page)));
        pages
            .map(|(contest, page)| {
                let filing = Filing { station, shows: Shows::Page { contest: contest.clone(), page } };
                FiledPage { contest, page, photos: self.photos_at(&filing) }
            })
            .collect()
    }

    /// The photos at one place: the station's own, then those that operators filed there.
    #[must_use]
    pub fn photos_at(&self, filing: &Filing) -> Vec<FiledPhoto> {
        let moves = self.index.remarks().moves();
        let own = self.state(filing.station).map(State::photos).unwrap_or_default();
        let own = own.iter().filter(|kept| kept.shows == filing.shows).map(|kept| {
            let away = moves.away(&kept.image.sha256, filing).map(|(said, _)| Move::Away(Box::new(said.clone())));
            let filed = self.filed_photo(filing.station, kept.image.sha256, kept.replaced, away);
            let light = kept.image.light.map(|light| light.sha256).filter(|_| !filed.received);
            FiledPhoto { light: light.filter(|light| self.has_come(filing.station, light)), ..filed }
        });
        let here = moves.here(filing).map(|(said, moved)| {
            let here = Some(Move::Here(Box::new(said.clone())));
            self.filed_photo(moved.from.station, moved.photo, self.is_replaced(moved), here)
        });
        own.chain(here).collect()
    }

    /// The places of a station at which operators filed photos, each once.
    #[must_use]
    pub fn moved_to(&self, station: StationId) -> Vec<Filing> {
        let mut places: Vec<Filing> = Vec::new();
        for (_, moved) in self.index.remarks().moves().into(station) {
            if !places.contains(&moved.to) {
                places.push(moved.to.clone());
            }
        }
        places
    }

    /// What the station's entry says about a photo that stands at `filing`.
    pub(super) fn kept(&self, photo: &FiledPhoto, filing: &Filing) -> Option<&KeptPhoto> {
        let shows = match photo.moved.as_ref() {
            Some(Move::Here(said)) => match said.remark() {
                Remark::Moved(moved) => &moved.from.shows,
                Remark::Handled(_) | Remark::Zero(_) => return None,
            },
            Some(Move::Away(_)) | None => &filing.shows,
        };
        let photos = self.state(photo.station)?.photos();
        photos.iter().find(|kept| kept.image.sha256 == photo.sha256 && kept.shows == *shows)
    }

    fn filed_photo(&self, station: StationId, sha256: Digest, replaced: bool, moved: Option<Move>) -> FiledPhoto {
        FiledPhoto { sha256, station, received: self.has_come(station, &sha256), light: None, replaced, moved }
    }

    fn has_come(&self, station: StationId, sha256: &Digest) -> bool {
        self.index.held(station).is_some_and(|holding: &Holding| holding.received(sha256).is_some())
    }

    fn is_replaced(&self, moved: &Moved) -> bool {
        let photos = self.state(moved.from.station).map(State::photos).unwrap_or_default();
        photos.iter().any(|kept| kept.image.sha256 == moved.photo && kept.shows == moved.from.shows && kept.replaced)
    }
}
