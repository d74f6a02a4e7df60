//! Style sheet and scripts, part of the program; no page asks any other host for anything.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::answer::Answer;
use super::error::WebError;
use crate::html::{Asset, CSS, FOREVER, SCRIPT, TOKENS};

/// The table of assets.
static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        Asset::new("plano.css", CSS, &[TOKENS, include_str!("assets/plano.css")]),
        Asset::new("delivery.js", SCRIPT, &[include_str!("assets/delivery.js")]),
        Asset::new("photos.js", SCRIPT, &[include_str!("assets/photos.js")]),
        Asset::new("read.js", SCRIPT, &[include_str!("assets/read.js")]),
    ]
});

/// The address of the asset with this name.
pub(super) fn address(name: &str) -> &'static str {
    Asset::address(&ASSETS, name)
}

/// Serves an asset under the digest of its bytes; it may be kept for ever.
pub(super) async fn serve(Path((hash, name)): Path<(String, String)>) -> Answer {
    let (kind, bytes) = Asset::find(&ASSETS, &hash, &name).ok_or(WebError::NoSuchPage)?;
    Ok::<Response, WebError>(([(CONTENT_TYPE, kind), (CACHE_CONTROL, FOREVER)], bytes).into_response())
}
