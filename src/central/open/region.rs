//! The recapitulation of a region: all contests as JSON, or one of them, or its TPS row by row.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};

use super::answer::{CSV, JSON, published};
use super::csv;
use crate::central::http::{App, Asking, Failure, Text, part};
use crate::protocol::ids::{Level, Region};
use crate::protocol::recap::RegionPage;
use crate::protocol::wire::{Problem, ProblemKind, routes};

/// A region, added up
#[utoipa::path(
    get, path = routes::RECAP, operation_id = "get_recap", tag = "recap",
    params(("region" = Region, Path)),
    responses(
        (status = 200, description = "What was written on its sheets, added up", body = RegionPage, content_type = "application/json"),
        (status = 304, description = "The asker holds it already: If-None-Match names its ETag"),
        Asking,
    )
)]
pub(super) async fn all(
    State(app): State<App>,
    Path(region): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, Failure> {
    let region: Region = part(&region)?;
    published(&app, &headers, JSON, move |central| Ok(central.recap(region)?.bytes())).await
}

/// One contest of a region as `CONTEST.json` or `CONTEST.csv`, or every TPS as `tps.csv`
#[utoipa::path(
    get, path = routes::RECAP_FILE, operation_id = "get_recap_file", tag = "recap",
    params(("region" = Region, Path), ("file" = String, Path, example = "gubernur.json")),
    responses(
        (status = 200, description = "One contest, or every TPS", content(
            (RegionPage = "application/json"),
            (Text = "text/csv"),
        )),
        (status = 304, description = "The asker holds it already: If-None-Match names its ETag"),
        Asking,
    )
)]
pub(super) async fn file(
    State(app): State<App>,
    Path((region, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response<Body>, Failure> {
    let region: Region = part(&region)?;
    if name == "tps.csv" {
        if region.level() == Level::Provinsi {
            let problem = "tps.csv is made for a kota, a kabupaten or what lies in it; ask for one of them at a time";
            return Err(Problem::new(ProblemKind::Unknown, problem).into());
        }
        return published(&app, &headers, CSV, move |central| csv::stations(central, region)).await;
    }
    let nothing = || {
        let names: Vec<&str> = app.election.plan().contests.iter().map(|contest| contest.id.as_str()).collect();
        let problem =
            format!("there is no {name:?} here; take CONTEST.json, CONTEST.csv ({}) or tps.csv", names.join(", "));
        Failure::from(Problem::new(ProblemKind::Unknown, problem))
    };
    let (contest, kind) = name.rsplit_once('.').ok_or_else(nothing)?;
    let at = app.election.plan().contests.iter().position(|known| known.id == contest).ok_or_else(nothing)?;
    match kind {
        "json" => published(&app, &headers, JSON, move |central| Ok(only(central.recap(region)?, at).bytes())).await,
        "csv" => published(&app, &headers, CSV, move |central| csv::region(central, region, at)).await,
        _ => Err(nothing()),
    }
}

/// The same page with one contest of it.
fn only(mut page: RegionPage, at: usize) -> RegionPage {
    page.contests = page.contests.into_iter().skip(at).take(1).collect();
    let contest = page.contests.first().map(|contest| contest.reported.contest.clone());
    for below in &mut page.below {
        below.contests.retain(|found| Some(&found.reported.contest) == contest.as_ref());
    }
    for tps in &mut page.tps {
        tps.forms.retain(|form| Some(&form.contest) == contest.as_ref());
    }
    page
}
