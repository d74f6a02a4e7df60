//! The paths and shapes of KPU's public API of the regional elections of 2024, so that a reader written for KPU's site works
//! here unchanged.
//!
//! In scope: region lists, pairs, counts from model C (`hhcw`). Not here: the recapitulation from model D (`hr`), which Plano
//! does not have; boxes that KPU's shapes have no place for (`super::region`).
//!
//! `jenis` is `pkwkp` for the governor, `pkwkk` for the bupati or wali kota. Only the file of `docs/format.md` says which of
//! this is known of KPU's site and which is our choice.

mod contest;
mod count;
mod lists;
mod moment;
mod place;
mod station;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, Response};

use super::answer::{JSON, json, published};
use crate::central::http::{App, Failure};
use crate::protocol::wire::{Problem, ProblemKind};
use contest::Contest;
use place::Place;

/// `GET`: the regions below a region, down to the TPS of a kelurahan.
pub(super) async fn wilayah(
    State(app): State<App>,
    Path((jenis, place)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response<Body>, Failure> {
    Contest::find(&app.election, &jenis).ok_or_else(|| nothing(&jenis))?;
    let place = Place::of_list(&place).ok_or_else(|| nothing(&place))?;
    published(&app, &headers, JSON, move |central| json(&lists::below(central, place)?)).await
}

/// `GET`: the pairs.
pub(super) async fn paslon(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, Failure> {
    let contest = named(&app, &file)?;
    published(&app, &headers, JSON, move |central| json(&lists::pairs(central, &contest)?)).await
}

/// `GET`: the count of all provinces.
pub(super) async fn nation(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, Failure> {
    let contest = named(&app, &file)?;
    published(&app, &headers, JSON, move |central| json(&count::nation(central, &contest)?)).await
}

/// `GET`: the count of a region or of a TPS.
pub(super) async fn count(
    State(app): State<App>,
    Path((jenis, place)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response<Body>, Failure> {
    let contest = Contest::find(&app.election, &jenis).ok_or_else(|| nothing(&jenis))?;
    let found = Place::of_count(&place).ok_or_else(|| nothing(&place))?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    let make = move |central: &crate::central::Central| match found {
        Place::Nation => json(&count::nation(central, &contest)?),
        Place::Region(region) => json(&count::region(central, &contest, region)?),
        Place::Station(station) => json(&station::count(central, &contest, station, host.as_deref())?),
    };
    published(&app, &headers, JSON, make).await
}

/// The contest of a file named after it, `pkwkp.json`.
fn named(app: &App, file: &str) -> Result<Contest, Failure> {
    let jenis = file.strip_suffix(".json");
    jenis.and_then(|jenis| Contest::find(&app.election, jenis)).ok_or_else(|| nothing(file))
}

fn nothing(name: &str) -> Failure {
    let text = format!("there is no {name:?}; write pkwkp or pkwkk, then codes as in 35/3574/357403.json");
    Problem::new(ProblemKind::Unknown, text).into()
}
