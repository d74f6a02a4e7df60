//! QR codes (ISO/IEC 18004): drawn for pages and terminals, read from photos and screenshots.
//!
//! In scope: modules, and the texts in a grey picture. Not here: what a text means (`protocol::carrier`), decoding a photo
//! (`photo`).

#[cfg(feature = "station")]
mod scan;
mod svg;
#[cfg(feature = "station")]
mod terminal;

#[cfg(feature = "station")]
pub(crate) use scan::scan;
pub(crate) use svg::svg;
#[cfg(feature = "station")]
pub(crate) use terminal::terminal;

use qrcode::{EcLevel, QrCode};

/// The code of `text`; `None` when it is longer than a code holds.
///
/// The strongest error correction that still fits is not wanted: smaller modules are harder to scan than a clean screen is
/// to damage. Level M stands 15 % of damage.
fn code(text: &str) -> Option<QrCode> {
    let level = |level| QrCode::with_error_correction_level(text, level).ok();
    level(EcLevel::M).or_else(|| level(EcLevel::L))
}
