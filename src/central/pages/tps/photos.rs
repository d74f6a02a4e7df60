//! The photos of a TPS, of pages of forms and of other papers: those that its records name, and those that operators say
//! belong there.
//!
//! In scope: a moved photo at both of its places, with who said so. Not here: which photo stands where (`central::filing`).

use super::chain::logged;
use super::event::{contest_title, paper};
use crate::central::filing::{FiledPhoto, Move};
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::place::tps_path;
use crate::central::pages::trouble::Trouble;
use crate::central::pages::words::tps;
use crate::digest::Digest;
use crate::form::{Lang, Page};
use crate::photo::Code;
use crate::protocol::annotation::{Filing, Remark};
use crate::protocol::entry::{Answered, PaperKind};
use crate::protocol::ids::StationId;
use crate::protocol::receipt::{Item, What};
use crate::protocol::state::{KeptPhoto, Shows};
use crate::protocol::wire;

/// One photo.
#[derive(Debug, Clone)]
pub(super) struct Shot {
    /// What it shows.
    pub(super) name: String,
    /// The TPS whose record names it.
    pub(super) station: StationId,
    /// SHA-256 of the file.
    pub(super) sha256: Digest,
    /// Length of the file, as people say it.
    pub(super) size: String,
    /// Whether a later photo replaces it.
    pub(super) replaced: bool,
    /// What an operator said about where it belongs.
    pub(super) moved: Option<Moved>,
    /// What the program found about it, and why it was kept.
    pub(super) notes: Vec<(String, String)>,
    /// Where it is, when it has come whole.
    pub(super) here: Option<Here>,
    /// Where its light copy is, when that has come and the photo has not.
    pub(super) light: Option<Here>,
}

/// An operator's word that a photo belongs to another place than the one it was filed under.
#[derive(Debug, Clone)]
pub(super) struct Moved {
    /// Who said it and when.
    pub(super) text: String,
    /// The other end: where it belongs, or where it was filed.
    pub(super) place: String,
    /// The page of the TPS there.
    pub(super) link: String,
    /// The reason, as typed.
    pub(super) note: String,
    /// Place of the word in the log, from 0.
    pub(super) logged: Option<u64>,
}

/// Where a photo or light copy that has come whole can be had.
#[derive(Debug, Clone)]
pub(super) struct Here {
    /// A small copy.
    pub(super) preview: String,
    /// The whole picture without what the phone wrote beside it.
    pub(super) full: String,
    /// Byte for byte as its digest names it.
    pub(super) original: String,
    /// Its receipt.
    pub(super) receipt: String,
    /// Its place in the log, from 0, and when central received it.
    pub(super) logged: Option<(u64, String)>,
}

/// The photos of each page of a form, those in force first.
pub(super) fn of_form(
    central: &Central,
    frame: &Frame,
    station: StationId,
    contest: &str,
) -> Result<Vec<(Page, Vec<Shot>)>, Trouble> {
    let mut pages = Vec::new();
    for page in Page::ALL {
        let filing = Filing { station, shows: Shows::Page { contest: contest.to_owned(), page } };
        pages.push((page, at(central, frame, &filing, &frame.with(tps::PAGE, &[&page]))?));
    }
    Ok(pages)
}

/// The photos of the other papers.
pub(super) fn of_papers(central: &Central, frame: &Frame, station: StationId) -> Result<Vec<Shot>, Trouble> {
    let mut papers = Vec::new();
    for kind in PaperKind::ALL {
        let filing = Filing { station, shows: Shows::Paper(kind) };
        papers.extend(at(central, frame, &filing, frame.w(paper(kind)))?);
    }
    Ok(papers)
}

/// The photos that operators filed at a TPS, each with the name of its place: all there is of one that never reported.
pub(super) fn moved_to(central: &Central, frame: &Frame, station: StationId) -> Result<Vec<Shot>, Trouble> {
    let places = central.moved_to(station);
    places.iter().try_fold(Vec::new(), |mut shots, filing| {
        shots.extend(at(central, frame, filing, &shown(frame, &filing.shows))?);
        Ok(shots)
    })
}

/// The photos at one place. A moved one stands at both places, at the old one behind those in force.
fn at(central: &Central, frame: &Frame, filing: &Filing, name: &str) -> Result<Vec<Shot>, Trouble> {
    let mut photos = central.photos_at(filing);
    photos.reverse();
    photos.sort_by_key(|photo| match photo.moved {
        _ if photo.replaced => 3,
        Some(Move::Away(_)) => 2,
        Some(Move::Here(_)) => 1,
        None => 0,
    });
    let mut shots = Vec::new();
    for photo in &photos {
        if let Some(kept) = central.kept(photo, filing) {
            shots.push(shot(central, frame, (photo, kept), name)?);
        }
    }
    Ok(shots)
}

fn shot(
    central: &Central,
    frame: &Frame,
    (photo, kept): (&FiledPhoto, &KeptPhoto),
    name: &str,
) -> Result<Shot, Trouble> {
    let FiledPhoto { station, sha256, .. } = *photo;
    let note = |answered: &Answered| {
        let code = answered.code.to_string();
        let title = Code::from_id(&code).map(|code| code.entry().title);
        let title = title.map_or(code, |title| match frame.lang {
            Lang::Id => title.id.to_owned(),
            Lang::En => title.en.to_owned(),
        });
        (title, answered.note.clone())
    };
    Ok(Shot {
        name: name.to_owned(),
        station,
        sha256,
        size: frame.with(tps::KILOBYTES, &[&frame.count(kept.image.bytes.div_ceil(1000))]),
        replaced: photo.replaced,
        moved: photo.moved.as_ref().and_then(|moved| told(central, frame, moved)),
        notes: kept.image.findings.iter().map(note).collect(),
        here: if photo.received { Some(here(central, frame, station, (sha256, kept.image.bytes))?) } else { None },
        light: match kept.image.light.filter(|light| photo.light == Some(light.sha256)) {
            Some(light) => Some(here(central, frame, station, (light.sha256, light.bytes))?),
            None => None,
        },
    })
}

fn here(central: &Central, frame: &Frame, station: StationId, (sha256, bytes): (Digest, u64)) -> Result<Here, Trouble> {
    let item = Item { station, what: What::Photo(bytes), digest: sha256 };
    let at = format!("{}/photos/{sha256}", tps_path(station));
    Ok(Here {
        preview: format!("{at}/preview"),
        full: format!("{at}/full"),
        original: wire::photo_path(station, &sha256),
        receipt: format!("{at}/receipt"),
        logged: logged(central, frame, &item)?,
    })
}

/// What an operator said, at the end of the move that is looked at.
fn told(central: &Central, frame: &Frame, moved: &Move) -> Option<Moved> {
    let (said, text, here) = match moved {
        Move::Away(said) => (said, tps::MOVED_AWAY, false),
        Move::Here(said) => (said, tps::MOVED_HERE, true),
    };
    let Remark::Moved(remark) = said.remark() else { return None };
    let other = if here { &remark.from } else { &remark.to };
    Some(Moved {
        text: frame.with(text, &[said.by(), &frame.moment(said.at())]),
        place: frame.with(tps::PLACE, &[&other.station, &shown(frame, &other.shows)]),
        link: frame.to(&tps_path(other.station)),
        note: remark.note.clone(),
        logged: central.annotation_place(&said.digest()),
    })
}

/// What a photo shows, in words.
fn shown(frame: &Frame, shows: &Shows) -> String {
    match shows {
        Shows::Page { contest, page } => frame.with(tps::PAGE_OF, &[&contest_title(frame, contest), page]),
        Shows::Paper(kind) => frame.w(paper(*kind)).to_owned(),
    }
}
