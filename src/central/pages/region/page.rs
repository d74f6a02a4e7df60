//! `GET /region/{code}/{contest}`: the recapitulation of a contest in a region.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::boxes::{Equation, Sum, equations, sums};
use super::children::{Child, Order, rows};
use super::findings::{Broken, Found, broken, found};
use crate::central::keeper::Central;
use crate::central::open::count_path;
use crate::central::pages::frame::Frame;
use crate::central::pages::place::{self, Crumb, crumbs, region_path};
use crate::central::pages::progress::{Progress, progress};
use crate::central::pages::share::Share;
use crate::central::pages::trouble::Trouble;
use crate::central::pages::visit::Visit;
use crate::central::pages::words;
use crate::form::Lang;
use crate::html::Section;
use crate::protocol::ids::{Level, Region};
use crate::protocol::recap::RegionPage;
use crate::protocol::wire;

#[derive(Template)]
#[template(path = "pages/region.html")]
struct Page {
    frame: Frame,
    crumbs: Vec<Crumb>,
    region: Region,
    title: String,
    /// Every contest, for the switch between them.
    contests: Vec<Progress>,
    own: Progress,
    participation: Share,
    sections: Vec<Section<Sum>>,
    equations: Vec<Equation>,
    /// What the rows below are called.
    tier: String,
    /// Whether the rows below are TPS.
    are_tps: bool,
    order: Order,
    rows: Vec<Child>,
    broken: Vec<Broken>,
    found: Option<Vec<Found>>,
    /// TPS of which two histories are kept.
    diverged: u64,
    /// TPS with a result of this contest that came without its chain.
    provisional: u64,
    json: String,
    /// The count in the shape of KPU's site, of the contests that it has.
    kpu: Option<String>,
}

/// `GET /region/{code}`: goes on to the first contest.
pub(in crate::central::pages) async fn first_contest(visit: Visit, Path(code): Path<String>) -> Response {
    let contest = visit.app.election.plan().contests.first().map(|contest| contest.id.clone());
    match (code.parse::<Region>(), contest) {
        (Ok(region), Some(contest)) => {
            Redirect::permanent(&visit.frame().to(&region_path(region, &contest))).into_response()
        }
        _ => visit.trouble(&Trouble::NoSuchPage),
    }
}

/// `GET`.
pub(in crate::central::pages) async fn show(
    visit: Visit,
    Path((code, contest)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let order = query.get("sort").and_then(|order| order.parse().ok()).unwrap_or_default();
    visit.page(move |central, frame| make(central, frame, &code, &contest, order)).await
}

/// The region and the place of the contest among the election's.
pub(super) fn find(central: &Central, code: &str, contest: &str) -> Result<(RegionPage, usize), Trouble> {
    let region: Region = code.parse().map_err(|_| Trouble::NoSuchPage)?;
    let contests = &central.election().plan().contests;
    let at = contests.iter().position(|known| known.id == contest).ok_or(Trouble::NoSuchPage)?;
    Ok((central.recap(region)?, at))
}

fn make(central: &Central, frame: Frame, code: &str, contest: &str, order: Order) -> Result<Page, Trouble> {
    let (page, at) = find(central, code, contest)?;
    let contests = progress(&frame, &page);
    let (Some(own), Some(sheet)) = (contests.get(at).cloned(), page.contests.get(at)) else {
        return Err(Trouble::NoSuchPage);
    };
    let carried = central.provisional_in(page.region, contest);
    let mut rows = rows(&frame, &page, at, &carried);
    order.sort(&mut rows);
    let below = place::below(page.region.level());
    Ok(Page {
        crumbs: crumbs(&frame, page.region, contest),
        region: page.region,
        title: place::named(&frame, page.region),
        own,
        participation: Share::of(sheet.turnout.voters, sheet.turnout.dpt),
        sections: sums(&frame, sheet),
        equations: equations(&frame, sheet),
        tier: below.map_or_else(|| "TPS".to_owned(), |tier| frame.w(tier).to_owned()),
        are_tps: below.is_none(),
        order,
        rows,
        broken: broken(&frame, sheet),
        found: found(central, &frame, &page, contest)?,
        diverged: page.diverged.into(),
        provisional: carried.len() as u64,
        json: wire::recap_path(page.region),
        kpu: count_path(central.election(), contest, page.region),
        contests,
        frame,
    })
}

impl Page {
    /// This page for another contest.
    fn link(&self, contest: &str) -> String {
        self.frame.to(&region_path(self.region, contest))
    }

    /// This page with its rows in another order.
    fn sorted(&self, order: Order) -> String {
        format!("{}?sort={order}#below", self.link(&self.own.contest))
    }

    /// How a column is sorted, as a screen reader wants it.
    fn direction(&self, order: Order) -> &'static str {
        match order {
            _ if order != self.order => "none",
            Order::Code | Order::Name => "ascending",
            _ => "descending",
        }
    }

    fn sheet(&self) -> String {
        format!("{}/sheet", self.link(&self.own.contest))
    }
}
