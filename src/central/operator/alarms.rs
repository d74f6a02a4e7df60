//! Alarms: entries of second histories, each beside the one that is held.

use askama::Template;
use axum::response::Response;

use super::trouble::Trouble;
use super::visit::{Shell, Visit};
use super::words::{alarms as say, desk, findings as of_findings};
use crate::central::keeper::Central;
use crate::central::office::Alarm;
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::digest::Digest;
use crate::form::Lang;
use crate::protocol::annotation::{Annotation, DIVERGED, Remark};
use crate::protocol::ids::StationId;

#[derive(Template)]
#[template(path = "operator/alarms.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    alarms: Vec<Row>,
}

/// An alarm and what was said about it.
pub(super) struct Row {
    pub(super) alarm: Alarm,
    pub(super) digest: Digest,
    pub(super) handled: Vec<Annotation>,
}

impl Row {
    /// The entry as it was signed, signatures included.
    fn signed(&self) -> String {
        String::from_utf8_lossy(self.alarm.entry.bytes()).into_owned()
    }
}

/// `GET /operator/alarms`.
pub(super) async fn show(visit: Visit) -> Response {
    visit.page(|central, frame, shell| Ok(Page { frame, shell, alarms: rows(central, None)? })).await
}

/// The alarms of one station or of all.
pub(super) fn rows(central: &Central, of: Option<StationId>) -> Result<Vec<Row>, Trouble> {
    let alarms = central.alarms()?.into_iter();
    let meant = alarms.filter(|alarm| of.is_none_or(|station| alarm.entry.entry().station == station));
    let row = |alarm: Alarm| {
        let digest = alarm.entry.digest();
        Row { handled: central.handled(digest, DIVERGED).cloned().collect(), digest, alarm }
    };
    Ok(meant.map(row).collect())
}
