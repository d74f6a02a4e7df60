//! Assets: files that are part of the program and are addressed by their bytes, so that a browser may keep them for ever.

use crate::digest::Digest;

/// The media type of a style sheet.
pub(crate) const CSS: &str = "text/css; charset=utf-8";
/// The media type of a script.
#[cfg(feature = "web")]
pub(crate) const SCRIPT: &str = "text/javascript; charset=utf-8";
/// What an asset's `Cache-Control` says: another content has another address.
pub(crate) const FOREVER: &str = "public, max-age=31536000, immutable";

/// One file, with the address that its bytes give it.
pub(crate) struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: Vec<u8>,
    address: String,
}

impl Asset {
    /// The file `name` of media type `kind`, put together from `parts`.
    pub(crate) fn new(name: &'static str, kind: &'static str, parts: &[&str]) -> Self {
        let bytes = parts.join("\n").into_bytes();
        let digest = Digest::of(&bytes).to_string();
        Self { name, kind, bytes, address: format!("/assets/{}/{name}", &digest[..16]) }
    }

    /// The address of the asset with this name; empty when there is none, which a test of the pages would see.
    pub(crate) fn address(assets: &'static [Self], name: &str) -> &'static str {
        assets.iter().find(|asset| asset.name == name).map_or("", |asset| asset.address.as_str())
    }

    /// Media type and bytes of the asset at `/assets/{hash}/{name}`.
    pub(crate) fn find(assets: &'static [Self], hash: &str, name: &str) -> Option<(&'static str, &'static [u8])> {
        let asked = format!("/assets/{hash}/{name}");
        assets.iter().find(|asset| asset.address == asked).map(|asset| (asset.kind, asset.bytes.as_slice()))
    }
}
