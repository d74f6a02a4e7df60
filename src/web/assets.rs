//! Style sheet and scripts, part of the program; no page asks any other host for anything.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::answer::Answer;
use super::error::WebError;
use crate::digest::Digest;

/// One file, with the address that its bytes give it.
struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    address: String,
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The table of assets.
static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let table: [(&str, &str, &[u8]); 4] = [
        ("plano.css", CSS, include_bytes!("assets/plano.css")),
        ("live.js", SCRIPT, include_bytes!("assets/live.js")),
        ("photos.js", SCRIPT, include_bytes!("assets/photos.js")),
        ("read.js", SCRIPT, include_bytes!("assets/read.js")),
    ];
    let asset = |(name, kind, bytes): (&'static str, &'static str, &'static [u8])| {
        let digest = Digest::of(bytes).to_string();
        Asset { name, kind, bytes, address: format!("/assets/{}/{name}", &digest[..16]) }
    };
    table.map(asset).into_iter().collect()
});

/// The address of the asset with this name; empty when there is none, which a test of the pages would see.
pub(super) fn address(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| asset.address.as_str())
}

/// Serves an asset under the digest of its bytes; it may be kept for ever.
pub(super) async fn serve(Path((hash, name)): Path<(String, String)>) -> Answer {
    let asked = format!("/assets/{hash}/{name}");
    let asset = ASSETS.iter().find(|asset| asset.address == asked).ok_or(WebError::NoSuchPage)?;
    let headers = [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok::<Response, WebError>((headers, asset.bytes).into_response())
}
