//! The officer's side: the codes to be scanned, and the record of who took a copy or refused it.

use askama::Template;
use axum::extract::Path;

use super::ticket::ticket;
use crate::protocol::carrier;
use crate::protocol::entry::{CopyGiven, Recipient};
use crate::protocol::note::Note;
use crate::protocol::state::FormState;
use crate::qr;
use crate::recorder::{RecorderError, Station};
use crate::web::answer::{Answer, go};
use crate::web::error::WebError;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::visit::Visit;
use crate::web::words;
use crate::web::words::copy as say;

/// What there is to scan.
struct Codes {
    /// The result; none when it is too long for a code.
    result: Option<String>,
    /// The page on the hotspot; none when only this machine serves it.
    page: Option<String>,
    url: String,
    path: String,
    short: String,
}

#[derive(Template)]
#[template(path = "copy.html")]
struct CopyPage {
    frame: Frame,
    contest: String,
    form: String,
    codes: Option<Codes>,
    pairs: Vec<u8>,
    given: Vec<String>,
    fingerprint: String,
}

/// Shows the codes.
pub(in crate::web) async fn show(visit: Visit, Path(contest): Path<String>) -> Answer {
    let reach = visit.app.room.lan.clone();
    visit
        .page(move |station, frame| {
            let form = station.state().form(&contest).ok_or_else(|| RecorderError::NoSuchContest(contest.clone()))?;
            let codes = match form.sealed() {
                Some(result) => {
                    let path = format!("/copy/{}", ticket(&result.entry));
                    let url = reach.as_ref().and_then(|reach| reach.url(&path));
                    let label = frame.with(say::QR_LABEL, &[&result.entry.short()]);
                    let text = carrier(station, form)?;
                    Some(Codes {
                        result: text.and_then(|text| qr::svg(&text, &label)),
                        page: url.as_deref().and_then(|url| qr::svg(url, frame.w(say::LINK_LABEL))),
                        url: url.unwrap_or_default(),
                        path,
                        short: result.entry.short(),
                    })
                }
                None => None,
            };
            Ok(CopyPage {
                codes,
                pairs: (1..=form.form().pairs()).collect(),
                given: given(station, form, &frame),
                form: form.form().contest().title.get(frame.lang).to_owned(),
                fingerprint: reach.map(|reach| reach.fingerprint).unwrap_or_default(),
                frame,
                contest,
            })
        })
        .await
}

/// The text of the QR code with the result in force.
pub(super) fn carrier(station: &Station, form: &FormState) -> Result<Option<String>, WebError> {
    let Some(result) = form.sealed() else { return Ok(None) };
    let Some(sealed) = station.ledger().entry(result.seq)? else { return Ok(None) };
    Ok(Note::parse(sealed.bytes().to_vec()).ok().map(|note| carrier::encode(&note)))
}

/// Who took a copy of any result of this form, in words.
fn given(station: &Station, form: &FormState, frame: &Frame) -> Vec<String> {
    let line = |copy: &CopyGiven| {
        let result = form.results().iter().find(|result| result.entry == copy.result)?;
        let who = recipient(copy.to, frame);
        Some(match &copy.refused {
            None => frame.with(say::TOOK, &[&who, &result.revision]),
            Some(reason) => frame.with(say::REFUSES, &[&who, reason]),
        })
    };
    station.state().copies().iter().filter_map(|(_, copy)| line(copy)).collect()
}

fn recipient(to: Recipient, frame: &Frame) -> String {
    match to {
        Recipient::Saksi(pair) => frame.with(say::SAKSI, &[&pair]),
        Recipient::Pengawas => frame.w(say::PENGAWAS).to_owned(),
    }
}

/// Records who took a copy, or refused it.
pub(in crate::web) async fn record(visit: Visit, Path(contest): Path<String>, fields: Fields) -> Answer {
    let (officer, now) = (visit.officer()?, visit.now());
    let to = match fields.get("to") {
        "pengawas" => Recipient::Pengawas,
        pair => Recipient::Saksi(pair.parse().map_err(|_| WebError::Unreadable)?),
    };
    let refused = Some(fields.get("refused").trim().to_owned()).filter(|reason| !reason.is_empty());
    let of = contest.clone();
    visit.work(move |station| Ok(station.copy_given(&officer, (&of, to), refused, now)?)).await?;
    Ok(go(&format!("/form/{contest}/copy")))
}
