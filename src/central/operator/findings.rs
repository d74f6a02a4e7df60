//! What was filed about entries: open until somebody writes what came of it.

use askama::Template;
use axum::response::Response;

use super::trouble::Trouble;
use super::visit::{Shell, Visit};
use super::words::{desk, findings as of_findings, findings as say};
use crate::central::filed::{Filed, FiledKind};
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::central::store::FiledRow;
use crate::digest::Digest;
use crate::form::Lang;
use crate::protocol::annotation::{Annotation, Handled, Remark};
use crate::protocol::ids::{Seq, StationId};
use crate::session::fields::Fields;

/// How many findings one page shows.
const SHOWN: usize = 50;
/// How many rows are looked at for one page.
const LOOKED: usize = 2000;

#[derive(Template)]
#[template(path = "operator/findings.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    show: Show,
    rows: Vec<Row>,
    /// Where the older ones begin, when there are some.
    older: Option<u64>,
}

/// Which findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    Open,
    Handled,
    All,
}

impl Show {
    const EVERY: [(Self, &'static str); 3] = [(Self::Open, "open"), (Self::Handled, "handled"), (Self::All, "all")];

    fn of(text: &str) -> Self {
        Self::EVERY.iter().find(|(_, name)| *name == text).map_or(Self::Open, |(show, _)| *show)
    }

    fn name(self) -> &'static str {
        Self::EVERY.iter().find(|(show, _)| *show == self).map_or("", |(_, name)| name)
    }

    fn takes(self, row: &Row) -> bool {
        match self {
            Self::Open => row.handled.is_empty(),
            Self::Handled => !row.handled.is_empty(),
            Self::All => true,
        }
    }
}

/// A finding and what was said about it.
pub(super) struct Row {
    pub(super) filed: Filed,
    pub(super) entry: Digest,
    pub(super) handled: Vec<Annotation>,
}

impl Row {
    /// Whether a rule of the form is broken, not one of recording.
    fn is_of_rule(&self) -> bool {
        self.filed.kind == FiledKind::Rule
    }
}

/// How many findings are open: so many, or at least so many.
pub(super) struct Count {
    pub(super) open: u64,
    pub(super) more: bool,
}

/// Counts the open findings among the newest.
pub(super) fn count_open(central: &Central) -> Result<Count, Trouble> {
    let rows = central.filed_before(u64::MAX, LOOKED)?;
    let more = rows.len() == LOOKED;
    let open = rows.into_iter().map(|row| of_row(central, row.filed)).collect::<Result<Vec<_>, _>>()?;
    Ok(Count { open: open.iter().filter(|row| Show::Open.takes(row)).count() as u64, more })
}

/// A finding with what was said about it.
pub(super) fn of_row(central: &Central, filed: Filed) -> Result<Row, Trouble> {
    let entry = central.entry_digest(filed.station, filed.seq)?.ok_or(Trouble::NoSuchPage)?;
    let handled = central.handled(entry, &filed.code).cloned().collect();
    Ok(Row { filed, entry, handled })
}

/// `GET /operator/findings`.
pub(super) async fn show(visit: Visit, fields: Fields) -> Response {
    let show = Show::of(fields.get("show"));
    let before = fields.get("before").parse().unwrap_or(u64::MAX);
    let page = move |central: &Central, frame, shell| {
        let looked = central.filed_before(before, LOOKED)?;
        let last = looked.last().map(|row| row.id).filter(|id| looked.len() == LOOKED && *id > 1);
        let (rows, older) = pick(central, looked, show)?;
        Ok(Page { frame, shell, show, rows, older: older.or(last) })
    };
    visit.page(page).await
}

/// The first findings that are to be shown; and where the next begin, when there are more.
fn pick(central: &Central, looked: Vec<FiledRow>, show: Show) -> Result<(Vec<Row>, Option<u64>), Trouble> {
    let mut rows = Vec::new();
    let mut last = None;
    for found in looked {
        let row = of_row(central, found.filed)?;
        if show.takes(&row) {
            if rows.len() == SHOWN {
                return Ok((rows, last));
            }
            rows.push(row);
        }
        last = Some(found.id);
    }
    Ok((rows, None))
}

/// `POST /operator/handled`: somebody looked at a finding or an alarm.
pub(super) async fn handled(visit: Visit, fields: Fields) -> Response {
    let then = match fields.get("then") {
        "alarms" => "/operator/alarms?done=handled".to_owned(),
        "station" => format!("/operator/tps/{}?done=handled", fields.get("station")),
        _ => "/operator/findings?done=handled".to_owned(),
    };
    visit.say(read(&fields).map(Remark::Handled), &then).await
}

fn read(fields: &Fields) -> Result<Handled, Trouble> {
    let bad = |_| Trouble::Unreadable;
    let station: StationId = fields.get("station").parse().map_err(|_| Trouble::Unreadable)?;
    let seq = fields.get("seq").parse().map_err(bad)?;
    Ok(Handled {
        station,
        seq: Seq::new(seq).ok_or(Trouble::Unreadable)?,
        entry: fields.get("entry").parse().map_err(|_| Trouble::Unreadable)?,
        code: fields.get("code").to_owned(),
        note: fields.get("note").to_owned(),
    })
}
