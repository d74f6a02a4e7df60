//! Copies of a sealed result for saksi and pengawas: QR codes, a page on the hotspot, and the record of who took one.
//!
//! In scope: what a saksi sees and takes along, without an officer's session.
//! Not here: the text in the QR code (`protocol::carrier`), whether a copy may be recorded (`recorder`).

pub(super) mod downloads;
pub(super) mod give;
pub(super) mod public;
mod ticket;
