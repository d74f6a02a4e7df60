//! The one table of routes: method, path, who may use it, what it takes, what answers.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{MethodRouter, any, get, post};

use super::access::Access::{self, Both, Here, Officer, Public};
use super::app::App;
use super::guard::{self, Guard, Takes};
use super::{
    assets, carry, copy, delivery, differences, enrol, home, join, login, look, photos, reading, stand, together,
};

/// One route.
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) access: Access,
    pub(super) takes: Takes,
    pub(super) answers: fn() -> MethodRouter,
}

const fn show(path: &'static str, access: Access, answers: fn() -> MethodRouter) -> Route {
    Route { method: Method::GET, path, access, takes: Takes::Form, answers }
}

const fn take(path: &'static str, access: Access, answers: fn() -> MethodRouter) -> Route {
    Route { method: Method::POST, path, access, takes: Takes::Form, answers }
}

/// A form with files.
const fn photo(path: &'static str, answers: fn() -> MethodRouter) -> Route {
    Route { method: Method::POST, path, access: Officer, takes: Takes::Photos, answers }
}

/// Every route there is.
pub(super) fn table() -> Vec<Route> {
    [day(), evidence(), copies()].into_iter().flatten().collect()
}

/// The officers' day, and what every page needs.
fn day() -> Vec<Route> {
    vec![
        show("/", Public, || get(home::show)),
        show("/login", Public, || get(login::show)),
        take("/login", Public, || post(login::unlock)),
        take("/logout", Officer, || post(login::lock)),
        take("/lang", Public, || post(look::choose)),
        take("/open", Officer, || post(home::open)),
        show("/enrol", Here, || get(enrol::show)),
        take("/enrol", Here, || post(enrol::enrol)),
        show("/form/{contest}/differences", Officer, || get(differences::show)),
        show("/form/{contest}/read", Officer, || get(reading::show)),
        take("/form/{contest}/read", Officer, || post(reading::record)),
        take("/form/{contest}/box", Officer, || post(reading::take)),
        show("/form/{contest}/seal", Both, || get(together::show_seal)),
        take("/form/{contest}/seal", Both, || post(together::seal)),
        show("/form/{contest}/correct", Officer, || get(together::show_correct)),
        take("/form/{contest}/correct", Officer, || post(together::correct)),
        show("/close", Both, || get(together::show_close)),
        take("/close", Both, || post(together::close)),
        show("/assets/{hash}/{name}", Public, || get(assets::serve)),
        show("/stand.json", Public, || get(stand::show)),
        show("/healthz", Public, || get(guard::health)),
    ]
}

/// Photos, papers, and their delivery.
fn evidence() -> Vec<Route> {
    vec![
        show("/form/{contest}/photos", Officer, || get(photos::pages::show)),
        photo("/form/{contest}/photos", || post(photos::pages::take)),
        take("/form/{contest}/photos/keep", Officer, || post(photos::pages::keep)),
        take("/form/{contest}/photos/drop", Officer, || post(photos::pages::drop)),
        show("/photo/{sha256}", Officer, || get(photos::picture::original)),
        show("/photo/{sha256}/preview", Officer, || get(photos::picture::preview)),
        show("/photo/{sha256}/zoom", Officer, || get(photos::picture::zoom)),
        show("/papers", Officer, || get(photos::papers::show)),
        photo("/papers", || post(photos::papers::take)),
        take("/papers/keep", Officer, || post(photos::papers::keep)),
        take("/papers/drop", Officer, || post(photos::papers::drop)),
        show("/incident", Officer, || get(photos::papers::incidents)),
        take("/incident", Officer, || post(photos::papers::incident)),
        show("/delivery", Officer, || get(delivery::show)),
        show("/delivery.json", Officer, || get(delivery::figures)),
        take("/delivery/now", Officer, || post(delivery::now)),
        show("/carry", Officer, || get(carry::show)),
        show("/parcel", Officer, || get(carry::parcel)),
        photo("/parcel/receipts", || post(carry::receipts)),
    ]
}

/// Copies for saksi, and the phones that join.
fn copies() -> Vec<Route> {
    vec![
        show("/form/{contest}/copy", Officer, || get(copy::give::show)),
        take("/form/{contest}/copy", Officer, || post(copy::give::record)),
        show("/copy/{ticket}", Public, || get(copy::public::show)),
        show("/copy/{ticket}/result", Public, || get(copy::downloads::note)),
        show("/copy/{ticket}/code", Public, || get(copy::downloads::code)),
        show("/copy/{ticket}/receipt", Public, || get(copy::downloads::receipt)),
        show("/copy/{ticket}/preview/{page}", Public, || get(copy::downloads::preview)),
        show("/copy/{ticket}/photo/{page}", Public, || get(copy::downloads::stripped)),
        show("/copy/{ticket}/original/{page}", Public, || get(copy::downloads::original)),
        show("/join", Public, || get(join::show)),
    ]
}

/// Method, path and access of every route, for whoever checks them from outside.
#[must_use]
pub fn routes() -> Vec<(Method, &'static str, Access)> {
    table().into_iter().map(|route| (route.method, route.path, route.access)).collect()
}

/// The router, made from the table. What is not in the table passes the guard too, and is refused.
pub(super) fn router(app: &App) -> Router {
    let guarded = |route: &Route| {
        let guard = Guard { app: app.clone(), access: route.access, takes: route.takes };
        // The default limit of the framework is for forms of texts; what photos may weigh is counted while they come in.
        let limit = DefaultBodyLimit::max(photos::FORM_BYTES);
        (route.answers)().layer(limit).layer(from_fn_with_state(guard, guard::guard))
    };
    let open = Guard { app: app.clone(), access: Public, takes: Takes::Form };
    let router = table().iter().fold(Router::new(), |router, route| router.route(route.path, guarded(route)));
    router
        .fallback_service(any(guard::no_such_page).layer(from_fn_with_state(open, guard::guard)))
        .method_not_allowed_fallback(guard::no_such_method)
        .layer(map_response(guard::dress))
}
