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
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{JSON, json, published};
use crate::central::http::{App, Asking, Failure};
use crate::protocol::election::Election;
use crate::protocol::ids::Region;
use crate::protocol::wire::{Problem, ProblemKind, routes};
use contest::Contest;
use place::Place;

/// The regions below a region, down to the TPS of a kelurahan, as KPU's site lists them
#[utoipa::path(
    get, path = routes::KPU_WILAYAH, operation_id = "get_kpu_regions", tag = "kpu",
    params(("jenis" = String, Path, description = "`pkwkp` or `pkwkk`", example = "pkwkp"), ("place" = String, Path, description = "Codes of all tiers, slashes included; `0.json` for the provinces", example = "0.json")),
    responses(
        (status = 200, description = "Regions or TPS", body = Vec<lists::Wilayah>, content_type = "application/json"),
        (status = 304, description = "The asker holds it already: If-None-Match names its ETag"),
        Asking,
    )
)]
pub(super) async fn wilayah(
    State(app): State<App>,
    Path((jenis, place)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response<Body>, Failure> {
    Contest::find(&app.election, &jenis).ok_or_else(|| nothing(&jenis))?;
    let place = Place::of_list(&place).ok_or_else(|| nothing(&place))?;
    published(&app, &headers, JSON, move |central| json(&lists::below(central, place)?)).await
}

/// The pairs, as KPU's site lists them
#[utoipa::path(
    get, path = routes::KPU_PASLON, operation_id = "get_kpu_pairs", tag = "kpu",
    params(("jenis" = String, Path, description = "`pkwkp.json` or `pkwkk.json`", example = "pkwkp.json")),
    responses(
        (status = 200, description = "Pairs by the region in which they stand, then by their ids", body = BTreeMap<String, BTreeMap<String, lists::Paslon>>, content_type = "application/json"),
        (status = 304, description = "The asker holds it already: If-None-Match names its ETag"),
        Asking,
    )
)]
pub(super) async fn paslon(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, Failure> {
    let contest = named(&app, &file)?;
    published(&app, &headers, JSON, move |central| json(&lists::pairs(central, &contest)?)).await
}

/// The count of all provinces, as KPU's site gives it
#[utoipa::path(
    get, path = routes::KPU_NATION, operation_id = "get_kpu_nation", tag = "kpu",
    params(("jenis" = String, Path, description = "`pkwkp.json` or `pkwkk.json`", example = "pkwkp.json")),
    responses(
        (status = 200, description = "Its sums, and those of each province", body = count::Count, content_type = "application/json"),
        (status = 304, description = "The asker holds it already: If-None-Match names its ETag"),
        Asking,
    )
)]
pub(super) async fn nation(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, Failure> {
    let contest = named(&app, &file)?;
    published(&app, &headers, JSON, move |central| json(&count::nation(central, &contest)?)).await
}

/// The count of a region or of a TPS, as KPU's site gives it
#[utoipa::path(
    get, path = routes::KPU_COUNT, operation_id = "get_kpu_count", tag = "kpu",
    params(("jenis" = String, Path, description = "`pkwkp` or `pkwkk`", example = "pkwkp"), ("place" = String, Path, description = "Codes of all tiers, slashes included", example = "35/3574.json")),
    responses(
        (status = 200, description = "The sums of a region, or the figures of a TPS", body = Shown, content_type = "application/json"),
        (status = 304, description = "The asker holds it already: If-None-Match names its ETag"),
        Asking,
    )
)]
pub(super) async fn count(
    State(app): State<App>,
    Path((jenis, place)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response<Body>, Failure> {
    let contest = Contest::find(&app.election, &jenis).ok_or_else(|| nothing(&jenis))?;
    let found = Place::of_count(&place).ok_or_else(|| nothing(&place))?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    let make = move |central: &crate::central::Central| {
        json(&match found {
            Place::Nation => Shown::Region(count::nation(central, &contest)?),
            Place::Region(region) => Shown::Region(count::region(central, &contest, region)?),
            Place::Station(station) => Shown::Station(station::count(central, &contest, station, host.as_deref())?),
        })
    };
    published(&app, &headers, JSON, make).await
}

/// The count of a region or of a TPS.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = KpuCount)]
enum Shown {
    Region(count::Count),
    Station(station::Count),
}

/// The contest of a file named after it, `pkwkp.json`.
/// Where KPU's readers find the count of a region, when they know the contest `id`.
pub(in crate::central) fn count_path(election: &Election, id: &str, region: Region) -> Option<String> {
    let jenis = Contest::jenis(election, id)?;
    Some(routes::KPU_COUNT.replace("{jenis}", jenis).replace("{*place}", &Place::count_of(region)))
}

fn named(app: &App, file: &str) -> Result<Contest, Failure> {
    let jenis = file.strip_suffix(".json");
    jenis.and_then(|jenis| Contest::find(&app.election, jenis)).ok_or_else(|| nothing(file))
}

fn nothing(name: &str) -> Failure {
    let text = format!("there is no {name:?}; write pkwkp or pkwkk, then codes as in 35/3574/357403.json");
    Problem::new(ProblemKind::Unknown, text).into()
}
