//! `GET /region/{code}/{contest}/sheet`: the recapitulation as a sheet to be printed, laid out like D.HASIL: a row for each
//! box, a column for each region or TPS below, and the sum.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::page::find;
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::log_head::LogHead;
use crate::central::pages::place::{self, Crumb, crumbs, tier};
use crate::central::pages::trouble::Trouble;
use crate::central::pages::visit::Visit;
use crate::central::pages::words;
use crate::form::{Cell, CellId, Counts, Lang, Sums};
use crate::html::{Section, sections};
use crate::protocol::ids::{Level, Region};
use crate::protocol::recap::{ContestPage, RegionPage};

/// How many columns fit on one A4 sheet beside the sum.
const COLUMNS: usize = 8;

#[derive(Template)]
#[template(path = "pages/sheet.html")]
struct Page {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    contest: &'static str,
    model: &'static str,
    /// Name and code of every region from the province to this one.
    places: Vec<(&'static str, String)>,
    /// TPS with a result, of all.
    reported: (u64, u64),
    leaves: Vec<Leaf>,
    head: Option<LogHead>,
    back: String,
}

/// One printed page.
struct Leaf {
    /// Names over the columns.
    columns: Vec<String>,
    /// Rows in the order of the paper; each box a number for each column.
    sections: Vec<Section<Line>>,
    /// Whether the sums stand on it.
    last: bool,
}

/// One box through all columns.
struct Line {
    letter: &'static str,
    values: Vec<Option<u64>>,
    sum: u64,
}

/// One column: its name and its boxes.
struct Column {
    name: String,
    figures: Figures,
}

/// The boxes of a column.
enum Figures {
    /// Nobody has reported yet, or not the boxes of this form.
    None,
    /// The sums of a region.
    Sums(Sums),
    /// The result of a TPS.
    Counts(Counts),
}

impl Column {
    fn value(&self, id: &CellId) -> Option<u64> {
        match &self.figures {
            Figures::None => None,
            Figures::Sums(sums) => sums.get(id),
            Figures::Counts(counts) => counts.get(id).map(|count| count.get().into()),
        }
    }
}

/// `GET`.
pub(in crate::central::pages) async fn show(visit: Visit, Path((code, contest)): Path<(String, String)>) -> Response {
    visit.page(move |central, frame| make(central, frame, &code, &contest)).await
}

fn make(central: &Central, frame: Frame, code: &str, contest: &str) -> Result<Page, Trouble> {
    let (page, at) = find(central, code, contest)?;
    let own = page.contests.get(at).ok_or(Trouble::NoSuchPage)?;
    let columns = columns(central, &page, at, contest)?;
    let leaves = columns.len().div_ceil(COLUMNS);
    let leaf = |(nth, columns): (usize, &[Column])| Leaf {
        columns: columns.iter().map(|column| column.name.clone()).collect(),
        sections: lines(&frame, own, columns),
        last: nth + 1 == leaves,
    };
    let leaves = columns.chunks(COLUMNS).enumerate().map(leaf).collect();
    Ok(Page {
        crumbs: crumbs(&frame, page.region, contest),
        title: place::named(&frame, page.region),
        contest: own.boxes.form().contest().title.get(frame.lang),
        model: own.boxes.form().contest().model,
        places: places(&frame, page.region),
        reported: (own.reported.reported.into(), page.stations.into()),
        leaves,
        head: LogHead::of(central, &frame)?,
        back: frame.to(&place::region_path(page.region, contest)),
        frame,
    })
}

fn places(frame: &Frame, region: Region) -> Vec<(&'static str, String)> {
    let above = Level::ALL.into_iter().filter_map(|level| Some((level, region.up_to(level)?)));
    let named = |(level, region): (Level, Region)| {
        let name = frame.election.name(region).unwrap_or_default();
        (frame.w(tier(level)), format!("{name} ({region})"))
    };
    above.map(named).collect()
}

fn columns(central: &Central, page: &RegionPage, at: usize, contest: &str) -> Result<Vec<Column>, Trouble> {
    let mut columns = Vec::new();
    for below in &page.below {
        let inside = central.recap(below.region)?.contests.into_iter().nth(at);
        let inside = inside.filter(|contest| contest.reported.reported > 0);
        let figures = inside.map_or(Figures::None, |contest| Figures::Sums(contest.boxes));
        columns.push(Column { name: below.name.clone(), figures });
    }
    for tps in &page.tps {
        let boxes = tps.forms.iter().find(|form| form.contest == contest).and_then(|form| form.share.boxes.clone());
        let figures = boxes.map_or(Figures::None, Figures::Counts);
        columns.push(Column { name: format!("TPS {:03}", tps.station.tps()), figures });
    }
    Ok(columns)
}

fn lines(frame: &Frame, own: &ContestPage, columns: &[Column]) -> Vec<Section<Line>> {
    let names: Vec<String> = own.pairs.iter().map(|pair| pair.name.clone()).collect();
    sections(own.boxes.form(), &names, frame.lang, |cell: &Cell| {
        Some(Line {
            letter: cell.column().letter().unwrap_or_default(),
            values: columns.iter().map(|column| column.value(cell.id())).collect(),
            sum: own.boxes.get(cell.id())?,
        })
    })
}
