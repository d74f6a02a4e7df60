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
use crate::central::recap::RegionPage;
use crate::form::{Cell, CellId, Form, Lang};
use crate::html::{Section, sections};
use crate::protocol::ids::{Level, Region};

/// How many columns fit on one A4 sheet beside the sum.
const COLUMNS: usize = 8;

#[derive(Template)]
#[template(path = "pages/sheet.html")]
struct Page {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    contest: &'static str,
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

/// One column: its name, and its boxes when it has reported.
struct Column {
    name: String,
    value: Box<dyn Fn(&CellId) -> Option<u64>>,
}

/// `GET`.
pub(in crate::central::pages) async fn show(visit: Visit, Path((code, contest)): Path<(String, String)>) -> Response {
    visit.page(move |central, frame| make(central, frame, &code, &contest)).await
}

fn make(central: &Central, frame: Frame, code: &str, contest: &str) -> Result<Page, Trouble> {
    let (page, at) = find(central, code, contest)?;
    let (Some(own), Some(form)) = (page.contests.get(at), central.election().forms().get(at)) else {
        return Err(Trouble::NoSuchPage);
    };
    let names: Vec<String> = own.pairs.iter().map(|pair| pair.name.clone()).collect();
    let columns = columns(central, &page, at, contest)?;
    let leaf = |(nth, columns): (usize, &[Column])| Leaf {
        columns: columns.iter().map(|column| column.name.clone()).collect(),
        sections: lines(&frame, form, &names, columns, &own.boxes),
        last: (nth + 1) * COLUMNS >= page_width(&page, central),
    };
    let leaves = columns.chunks(COLUMNS).enumerate().map(leaf).collect();
    Ok(Page {
        crumbs: crumbs(&frame, page.region, contest),
        title: place::named(&frame, page.region),
        contest: form.contest().title.get(frame.lang),
        places: places(&frame, page.region),
        reported: (own.reported.reported.into(), page.stations.into()),
        leaves,
        head: LogHead::of(central, &frame)?,
        back: frame.to(&place::region_path(page.region, contest)),
        frame,
    })
}

fn places(frame: &Frame, region: Region) -> Vec<(&'static str, String)> {
    let above = place::TIERS.into_iter().filter_map(|level| Some((level, region.up_to(level)?)));
    let named = |(level, region): (Level, Region)| {
        let name = frame.election.name(region).unwrap_or_default();
        (frame.w(tier(level)), format!("{name} ({region})"))
    };
    above.map(named).collect()
}

/// How many columns the region has.
fn page_width(page: &RegionPage, central: &Central) -> usize {
    if page.region.level() == Level::Kelurahan {
        central.election().plan().stations.iter().filter(|station| station.id.kelurahan() == page.region).count()
    } else {
        page.below.len()
    }
}

fn columns(central: &Central, page: &RegionPage, at: usize, contest: &str) -> Result<Vec<Column>, Trouble> {
    if page.region.level() == Level::Kelurahan {
        let stations = central.election().plan().stations.iter().map(|station| station.id);
        let here = stations.filter(|station| station.kelurahan() == page.region);
        return Ok(here
            .map(|station| {
                let found = page.tps.iter().find(|one| one.station == station && one.contest == contest);
                let counts = found.and_then(|found| found.boxes.clone());
                let value = move |id: &CellId| counts.as_ref()?.get(id).map(|count| count.get().into());
                Column { name: format!("TPS {:03}", station.tps()), value: Box::new(value) }
            })
            .collect());
    }
    let column = |region: Region| {
        let below = central.recap(region)?;
        let boxes = below.contests.into_iter().nth(at).filter(|contest| contest.reported.reported > 0);
        let value = move |id: &CellId| boxes.as_ref()?.boxes.get(id).copied();
        Ok(Column { name: below.name, value: Box::new(value) })
    };
    page.below.iter().map(|below| column(below.region)).collect()
}

fn lines(
    frame: &Frame,
    form: &Form,
    names: &[String],
    columns: &[Column],
    sums: &std::collections::BTreeMap<CellId, u64>,
) -> Vec<Section<Line>> {
    sections(form, names, frame.lang, |cell: &Cell| {
        Some(Line {
            letter: cell.column().letter().unwrap_or_default(),
            values: columns.iter().map(|column| (column.value)(cell.id())).collect(),
            sum: sums.get(cell.id()).copied()?,
        })
    })
}
