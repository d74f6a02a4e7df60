//! The other papers of the TPS: daftar hadir, kejadian khusus, salinan; and kejadian khusus in words.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Multipart, Query};
use axum::http::HeaderMap;
use axum::response::Response;

use super::card::{Question, Shot};
use super::notices::lines;
use super::pages::{answer, discard};
use super::staging::{Goal, Staging};
use super::upload;
use crate::form::{Lang, Text};
use crate::protocol::entry::PaperKind;
use crate::protocol::state::Shows;
use crate::web::answer::{Answer, go};
use crate::web::error::WebError;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::visit::Visit;
use crate::web::words;

/// The kinds of paper, as they stand in an address.
const KINDS: [(PaperKind, &str, Text); 3] = [
    (PaperKind::DaftarHadir, "daftar_hadir", words::papers::DAFTAR_HADIR),
    (PaperKind::KejadianKhusus, "kejadian_khusus", words::papers::KEJADIAN_KHUSUS),
    (PaperKind::Salinan, "salinan", words::papers::SALINAN),
];

/// What a kind of paper is called.
pub(in crate::web) fn name(kind: PaperKind, lang: Lang) -> &'static str {
    KINDS.iter().find(|(of, _, _)| *of == kind).map_or("", |(_, _, text)| text.get(lang))
}

/// One kind of paper with its photos.
struct Pile {
    id: &'static str,
    name: &'static str,
    /// Where a photo of it goes.
    add: String,
    shots: Vec<Shot>,
}

#[derive(Template)]
#[template(path = "papers.html")]
struct PapersPage {
    frame: Frame,
    notices: Vec<(&'static str, String)>,
    questions: Vec<Question>,
    piles: Vec<Pile>,
    incidents: Vec<String>,
}

/// Shows the papers.
pub(in crate::web) async fn show(visit: Visit) -> Answer {
    let slot = visit.officer()?.slot();
    let notices = visit.app.room.notices.take(slot);
    visit
        .page(move |station, frame| {
            let (state, lang) = (station.state(), frame.lang);
            let pile = |(kind, id, text): (PaperKind, &'static str, Text)| {
                let shown = state.photos().iter().filter(|kept| kept.shows == Shows::Paper(kind));
                let add = format!("/papers?token={}&kind={id}", frame.token);
                Pile { id, name: text.get(lang), add, shots: shown.map(|kept| Shot::of(kept, lang)).collect() }
            };
            let waiting = Staging::of(station.place(), slot).list();
            let own = waiting.iter().filter(|one| matches!(one.goal, Goal::Paper(_)));
            Ok(PapersPage {
                notices: lines(&notices, &frame),
                questions: own.map(|one| Question::of(one, lang)).collect(),
                piles: KINDS.map(pile).into_iter().collect(),
                incidents: state.incidents().iter().map(|(_, incident)| incident.text.clone()).collect(),
                frame,
            })
        })
        .await
}

/// Takes photos of papers in.
pub(in crate::web) async fn take(
    visit: Visit,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    form: Multipart,
) -> Answer {
    let asked = query.get("kind").map_or("", String::as_str);
    let (kind, _, _) = KINDS.into_iter().find(|(_, id, _)| *id == asked).ok_or(WebError::Unreadable)?;
    upload::take_all(&visit, &Goal::Paper(kind), form).await?;
    Ok(upload::told(&headers, "/papers"))
}

/// Records a waiting photo with the reason why it is kept.
pub(in crate::web) async fn keep(visit: Visit, fields: Fields) -> Answer {
    answer(&visit, &fields, |_| {}).await?;
    Ok(go("/papers"))
}

/// Lets a waiting photo go.
pub(in crate::web) async fn drop(visit: Visit, fields: Fields) -> Answer {
    discard(&visit, &fields).await?;
    Ok(go("/papers"))
}

/// The place on the page of papers where a kejadian khusus is written down.
pub(in crate::web) async fn incidents() -> Response {
    go("/papers#incident")
}

/// Records a kejadian khusus in words.
pub(in crate::web) async fn incident(visit: Visit, fields: Fields) -> Answer {
    let (officer, now) = (visit.officer()?, visit.now());
    let text = fields.get("text").replace("\r\n", "\n");
    visit.work(move |station| Ok(station.incident(&officer, &text, now)?)).await?;
    Ok(go("/papers"))
}
