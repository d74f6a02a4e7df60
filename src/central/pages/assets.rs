//! The style sheet of central's pages, part of the program; no page asks any other host for anything.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::trouble::Trouble;
use super::visit::Visit;
use crate::html::{Asset, CSS, FOREVER, TOKENS};

/// The table of assets.
static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let parts = [
        TOKENS,
        include_str!("assets/central.css"),
        include_str!("../operator/assets/operator.css"),
        include_str!("assets/print.css"),
    ];
    vec![Asset::new("central.css", CSS, &parts)]
});

/// The address of the asset with this name.
pub(in crate::central) fn address(name: &str) -> &'static str {
    Asset::address(&ASSETS, name)
}

/// Serves an asset under the digest of its bytes.
pub(super) async fn serve(visit: Visit, Path((hash, name)): Path<(String, String)>) -> Response {
    match Asset::find(&ASSETS, &hash, &name) {
        Some((kind, bytes)) => ([(CONTENT_TYPE, kind), (CACHE_CONTROL, FOREVER)], bytes).into_response(),
        None => visit.trouble(&Trouble::NoSuchPage),
    }
}
