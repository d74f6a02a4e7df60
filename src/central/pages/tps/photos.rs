//! The photos that a TPS named: of pages of forms, and of other papers.

use super::chain::logged;
use super::event::paper;
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::place::tps_path;
use crate::central::pages::trouble::Trouble;
use crate::central::pages::words::tps;
use crate::digest::Digest;
use crate::form::{Lang, Page};
use crate::photo::Code;
use crate::protocol::receipt::{Item, What};
use crate::protocol::state::{FormState, KeptPhoto, Shows, State};
use crate::protocol::wire;

/// One photo.
#[derive(Debug, Clone)]
pub(super) struct Shot {
    /// What it shows.
    pub(super) name: String,
    /// SHA-256 of the file.
    pub(super) sha256: Digest,
    /// Length of the file, as people say it.
    pub(super) size: String,
    /// Whether a later photo replaces it.
    pub(super) replaced: bool,
    /// What the program found about it, and why it was kept.
    pub(super) notes: Vec<(String, String)>,
    /// Where it is, when it has come whole.
    pub(super) here: Option<Here>,
}

/// Where a photo that has come whole can be had.
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
    state: &State,
    form: &FormState,
) -> Result<Vec<(Page, Vec<Shot>)>, Trouble> {
    let mut pages = Vec::new();
    for page in Page::ALL {
        let of_page = |kept: &&KeptPhoto| matches!(&kept.shows, Shows::Page { contest, page: at } if contest == form.contest() && *at == page);
        let mut kept: Vec<&KeptPhoto> = state.photos().iter().filter(of_page).collect();
        kept.reverse();
        kept.sort_by_key(|kept| kept.replaced);
        let name = frame.with(tps::PAGE, &[&page]);
        let shots = kept.into_iter().map(|kept| shot(central, frame, state, kept, &name));
        pages.push((page, shots.collect::<Result<Vec<_>, _>>()?));
    }
    Ok(pages)
}

/// The photos of the other papers.
pub(super) fn of_papers(central: &Central, frame: &Frame, state: &State) -> Result<Vec<Shot>, Trouble> {
    let papers = state.photos().iter().filter_map(|kept| match kept.shows {
        Shows::Paper(kind) => Some((kept, frame.w(paper(kind)))),
        Shows::Page { .. } => None,
    });
    papers.map(|(kept, name)| shot(central, frame, state, kept, name)).collect()
}

fn shot(central: &Central, frame: &Frame, state: &State, kept: &KeptPhoto, name: &str) -> Result<Shot, Trouble> {
    let (station, sha256) = (state.station(), kept.image.sha256);
    let here = central.holds_photo(station, &sha256).is_ok();
    let item = Item { station, what: What::Photo(kept.image.bytes), digest: sha256 };
    let at = format!("{}/photos/{sha256}", tps_path(station));
    let note = |answered: &crate::protocol::entry::Answered| {
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
        sha256,
        size: frame.with(tps::KILOBYTES, &[&frame.count(kept.image.bytes.div_ceil(1000))]),
        replaced: kept.replaced,
        notes: kept.image.findings.iter().map(note).collect(),
        here: if here {
            Some(Here {
                preview: format!("{at}/preview"),
                full: format!("{at}/full"),
                original: wire::photo_path(station, &sha256),
                receipt: format!("{at}/receipt"),
                logged: logged(central, frame, &item)?,
            })
        } else {
            None
        },
    })
}
