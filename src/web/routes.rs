//! The one table of routes: method, path, who may use it, what it takes, what answers.

use axum::Router;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, any, get, post};

use super::access::Access::{self, Both, Officer, Public};
use super::app::App;
use super::guard::{self, Guard, Takes};
use super::{assets, differences, home, login, look, reading, together};

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

/// Every route there is.
pub(super) fn table() -> Vec<Route> {
    vec![
        show("/", Public, || get(home::show)),
        show("/login", Public, || get(login::show)),
        take("/login", Public, || post(login::unlock)),
        take("/logout", Officer, || post(login::lock)),
        take("/lang", Public, || post(look::choose)),
        take("/open", Officer, || post(home::open)),
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
        show("/healthz", Public, || get(guard::health)),
    ]
}

/// The router, made from the table. What is not in the table passes the guard too, and is refused.
pub(super) fn router(app: &App) -> Router {
    let guarded = |route: &Route| {
        let guard = Guard { app: app.clone(), access: route.access, takes: route.takes };
        (route.answers)().layer(from_fn_with_state(guard, guard::guard))
    };
    let open = Guard { app: app.clone(), access: Public, takes: Takes::Form };
    let router = table().iter().fold(Router::new(), |router, route| router.route(route.path, guarded(route)));
    router
        .fallback_service(any(guard::no_such_page).layer(from_fn_with_state(open, guard::guard)))
        .method_not_allowed_fallback(guard::no_such_method)
}
