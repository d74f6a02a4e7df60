//! The one table of the operators' routes: method, path, whether it is for somebody who is logged in, what answers.

use axum::Router;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};

use super::app::Office;
use super::guard::{Guard, guard};
use super::{alarms, codes, faults, findings, journal, login, overview, photo, progress, station, stuck};
use crate::central::pages::frame::ENGLISH;

/// One route.
struct Route {
    method: Method,
    path: &'static str,
    /// Whether somebody has to be logged in.
    closed: bool,
    answers: fn() -> MethodRouter,
}

const fn show(path: &'static str, answers: fn() -> MethodRouter) -> Route {
    Route { method: Method::GET, path, closed: true, answers }
}

const fn take(path: &'static str, answers: fn() -> MethodRouter) -> Route {
    Route { method: Method::POST, path, closed: true, answers }
}

/// Every route there is.
const TABLE: [Route; 19] = [
    Route { method: Method::GET, path: login::PATH, closed: false, answers: || get(login::show) },
    Route { method: Method::POST, path: login::PATH, closed: false, answers: || post(login::enter) },
    take("/operator/logout", || post(login::leave)),
    show("/operator", || get(overview::show)),
    take("/operator/zero", || post(overview::zero)),
    show("/operator/progress/{region}", || get(progress::show)),
    show("/operator/tps", || get(station::find)),
    show("/operator/tps/{station}", || get(station::show)),
    take("/operator/tps/{station}/moved", || post(station::moved)),
    show("/operator/photo/{station}/{sha256}", || get(photo::show)),
    take("/operator/codes", || post(codes::issue)),
    show("/operator/stuck", || get(stuck::show)),
    show("/operator/findings", || get(findings::show)),
    take("/operator/handled", || post(findings::handled)),
    show("/operator/alarms", || get(alarms::show)),
    show("/operator/journal", || get(journal::show)),
    show("/operator/faults", || get(faults::show)),
    take("/operator/faults/on", || post(faults::on)),
    take("/operator/faults/off", || post(faults::off)),
];

/// Every route: method, path, and whether somebody has to be logged in. In English all of them stand below `/en`.
pub fn routes() -> impl Iterator<Item = (Method, &'static str, bool)> {
    TABLE.into_iter().map(|route| (route.method, route.path, route.closed))
}

/// All routes, each behind its guard, in both languages.
pub(in crate::central) fn serve(office: &Office) -> Router {
    let mut router = Router::new();
    for route in TABLE {
        let guarded = Guard { office: office.clone(), closed: route.closed };
        for language in ["", ENGLISH] {
            let answers = (route.answers)().layer(from_fn_with_state(guarded.clone(), guard));
            router = router.route(&format!("{language}{}", route.path), answers);
        }
    }
    router
}
