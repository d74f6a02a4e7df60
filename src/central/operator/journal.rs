//! What operators did and said, the newest first.

use std::cmp::Reverse;

use askama::Template;
use axum::response::Response;

use super::visit::{Shell, Visit};
use super::words::{acts, desk, journal as say};
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::central::store::Act;
use crate::clock::Timestamp;
use crate::form::Lang;
use crate::protocol::annotation::{Annotation, OperatorName, Remark};

/// How many lines one page shows.
const MOST: usize = 300;

#[derive(Template)]
#[template(path = "operator/journal.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    lines: Vec<Line>,
}

/// One act.
struct Line {
    at: Timestamp,
    by: OperatorName,
    what: &'static str,
    about: String,
    note: String,
}

impl Line {
    fn of_act(act: &Act, lang: Lang) -> Self {
        let what = acts::of(act.kind).get(lang);
        Self { at: act.at, by: act.by.clone(), what, about: act.about.clone(), note: String::new() }
    }

    fn of_remark(said: &Annotation, lang: Lang) -> Self {
        let (what, about, note) = match said.remark() {
            Remark::Moved(moved) => (acts::MOVED, format!("{}: {moved}", moved.photo.short()), moved.note.clone()),
            Remark::Handled(handled) => {
                let about = format!("{} #{} {}", handled.station, handled.seq, handled.code);
                (acts::HANDLED, about, handled.note.clone())
            }
            Remark::Zero(_) => (acts::ZERO, String::new(), String::new()),
        };
        Self { at: said.at(), by: said.by().clone(), what: what.get(lang), about, note }
    }
}

/// `GET /operator/journal`.
pub(super) async fn show(visit: Visit) -> Response {
    let page = |central: &Central, frame: Frame, shell| {
        let lang = frame.lang;
        let acts = central.acts(MOST)?;
        let mut lines: Vec<Line> = acts.iter().map(|act| Line::of_act(act, lang)).collect();
        lines.extend(central.annotations().iter().rev().take(MOST).map(|said| Line::of_remark(said, lang)));
        // A stable sort: of two at one moment the later stays first.
        lines.sort_by_key(|line| Reverse(line.at));
        lines.truncate(MOST);
        Ok(Page { frame, shell, lines })
    };
    visit.page(page).await
}
