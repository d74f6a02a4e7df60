//! How far everything has come on its way to central; offline is an ordinary state and says so.

use askama::Template;
use axum::Json;
use axum::response::IntoResponse as _;
use serde_json::json;

use super::answer::{Answer, go};
use super::frame::Frame;
use super::parcels::{self, Kind, Parcel, Way};
use super::photos::{megabytes, papers};
use super::postman::Watch;
use super::visit::Visit;
use super::wall::hhmm;
use super::words;
use super::words::delivery as say;
use crate::form::Text;
use crate::recorder::Station;
use crate::store::StoreError;
use crate::sync::{Traffic, Trouble, photo_bytes};

/// One line of the list.
struct Row {
    seq: u64,
    name: String,
    size: String,
    tag: &'static str,
    state: String,
    detail: String,
    light: bool,
    reason: String,
}

#[derive(Template)]
#[template(path = "delivery.html")]
struct DeliveryPage {
    frame: Frame,
    headline: String,
    trouble: Option<String>,
    alarm: Option<String>,
    next: Option<String>,
    data: Option<String>,
    left: Option<String>,
    complete: bool,
    delivers: bool,
    rows: Vec<Row>,
}

/// Shows the list.
pub(super) async fn show(visit: Visit) -> Answer {
    let (watch, traffic) = (watch(&visit), traffic(&visit));
    let delivers = visit.app.room.postman.is_some();
    visit
        .page(move |station, frame| {
            let (lang, complete) = (frame.lang, frame.delivery.complete());
            let parcels = parcels::parcels(station, &watch)?;
            let left = left(station, &watch)?;
            Ok(DeliveryPage {
                data: traffic.map(|traffic| data(&frame, &watch, traffic)),
                left: traffic.filter(|_| !complete).and_then(|traffic| time(&frame, traffic, left)),
                headline: headline(&frame, &watch, delivers),
                trouble: watch.trouble.filter(|_| !complete).map(|kind| plain(kind).get(lang).to_owned()),
                alarm: watch.alarm.map(|_| frame.w(say::ALARM).to_owned()),
                next: watch.next.map(|at| frame.with(say::NEXT, &[&hhmm(station, at)])),
                complete,
                delivers,
                rows: parcels.iter().rev().map(|parcel| row(station, parcel, &frame)).collect(),
                frame,
            })
        })
        .await
}

/// The same in figures, for the script that keeps the page up to date.
pub(super) async fn figures(visit: Visit) -> Answer {
    let (watch, traffic) = (watch(&visit), traffic(&visit).unwrap_or_default());
    let lang = visit.lang;
    let value = visit
        .work(move |station| {
            let (delivery, left) = (station.ledger().delivery()?, left(station, &watch)?);
            let bytes: u64 = watch.trials.iter().map(|trial| trial.bytes).sum();
            let trial = (!watch.trials.is_empty()).then(|| json!({ "bytes": bytes, "sent": watch.under_way() }));
            Ok(json!({
                "received": delivery.entries_received + delivery.photos_received,
                "recorded": delivery.entries + delivery.photos,
                "set_aside": delivery.set_aside,
                "waiting": delivery.waiting,
                "complete": delivery.complete(),
                "sending": trial,
                "data": { "sent": traffic.sent, "received": traffic.received, "left": left },
                "seconds_left": traffic.time_for(left).map(|time| time.as_secs()),
                "trouble": watch.trouble.map(|kind| json!({ "code": kind.word(), "text": plain(kind).get(lang) })),
                "next": watch.next,
            }))
        })
        .await?;
    Ok(Json(value).into_response())
}

/// Whatever waits or was set aside goes at once.
pub(super) async fn now(visit: Visit) -> Answer {
    let at = visit.now();
    visit.work(move |station| Ok(station.ledger().try_again(at)?)).await?;
    if let Some(postman) = &visit.app.room.postman {
        postman.try_now();
    }
    Ok(go("/delivery"))
}

fn watch(visit: &Visit) -> Watch {
    visit.app.room.postman.as_ref().map(|postman| postman.watch()).unwrap_or_default()
}

/// What delivery has used of the network; none when nobody delivers.
fn traffic(visit: &Visit) -> Option<Traffic> {
    visit.app.room.postman.as_ref().map(|postman| postman.traffic())
}

/// Bytes of photos that have not gone yet.
fn left(station: &Station, watch: &Watch) -> Result<u64, StoreError> {
    let pending = station.ledger().pending()?;
    let trials = watch.trials.iter().filter(|trial| pending.iter().any(|open| open.item == trial.item));
    Ok(photo_bytes(&pending).saturating_sub(trials.map(|trial| trial.sent).sum()))
}

/// What a link costs that is paid by the megabyte.
fn data(frame: &Frame, watch: &Watch, traffic: Traffic) -> String {
    let [out, back] = [traffic.sent, traffic.received].map(|bytes| megabytes(bytes, frame.lang));
    let used = frame.with(say::DATA, &[&out, &back]);
    let content = watch.received + watch.under_way();
    let compared = match (traffic.saved(content), traffic.overhead(content)) {
        (Some(saved), _) => frame.with(say::DATA_SAVED, &[&saved]),
        (None, Some(beyond)) => frame.with(say::DATA_BEYOND, &[&beyond]),
        (None, None) => return used,
    };
    format!("{used} {compared}")
}

/// How much is left and how long it takes; none before the link has shown how fast it is.
fn time(frame: &Frame, traffic: Traffic, left: u64) -> Option<String> {
    let minutes = traffic.time_for(left).filter(|_| left > 0)?.as_secs().div_ceil(60);
    Some(frame.with(say::TIME_LEFT, &[&megabytes(left, frame.lang), &minutes]))
}

fn headline(frame: &Frame, watch: &Watch, delivers: bool) -> String {
    let text = match () {
        () if frame.delivery.complete() => say::ALL_RECEIVED,
        () if watch.hindered => say::HINDERED,
        () if !delivers => say::NOBODY_DELIVERS,
        () if !watch.trials.is_empty() => say::SENDING_NOW,
        () if frame.delivery.waiting == 0 => say::ONLY_SET_ASIDE,
        () => say::KEPT_HERE,
    };
    frame.w(text).to_owned()
}

fn row(station: &Station, parcel: &Parcel, frame: &Frame) -> Row {
    let (class, text) = match parcel.way {
        Way::Stored => ("quiet", frame.w(say::STORED).to_owned()),
        Way::Waiting => ("warn", frame.w(say::WAITING).to_owned()),
        Way::Sending { percent } => ("warn", frame.with(say::SENDING, &[&percent])),
        Way::Received => ("ok", frame.w(say::RECEIVED).to_owned()),
        Way::SetAside => ("bad", frame.w(say::SET_ASIDE).to_owned()),
    };
    let trouble = parcel.reason.split(':').next().and_then(named);
    let detail = match (parcel.way, trouble, parcel.next) {
        (Way::SetAside, ..) => frame.w(say::SET_ASIDE_HELP).to_owned(),
        (Way::Waiting, Some(kind), Some(at)) => {
            format!("{} {}", plain(kind).get(frame.lang), frame.with(say::NEXT, &[&hhmm(station, at)]))
        }
        (Way::Waiting, Some(kind), None) => plain(kind).get(frame.lang).to_owned(),
        (Way::Waiting, None, _) => frame.w(say::UNKNOWN).to_owned(),
        _ => String::new(),
    };
    Row {
        seq: parcel.seq,
        name: name(station, &parcel.kind, frame),
        size: parcel.bytes.map(|bytes| megabytes(bytes, frame.lang)).unwrap_or_default(),
        tag: class,
        state: text,
        detail,
        light: parcel.light && parcel.way != Way::Received,
        reason: if parcel.way == Way::SetAside { parcel.reason.clone() } else { String::new() },
    }
}

/// What an item is, in words.
fn name(station: &Station, kind: &Kind, frame: &Frame) -> String {
    let form = |contest: &str| {
        let form = station.state().form(contest).map(|form| form.form().contest().title.get(frame.lang).to_owned());
        form.unwrap_or_else(|| contest.to_owned())
    };
    match kind {
        Kind::Page(contest, page) => frame.with(say::PHOTO_OF_PAGE, &[&page.number(), &form(contest)]),
        Kind::Paper(paper) => frame.with(say::PHOTO_OF_PAPER, &[&papers::name(*paper, frame.lang)]),
        Kind::Entry(event, contest) => {
            let event = event_name(event).get(frame.lang);
            contest.as_deref().map_or_else(|| event.to_owned(), |contest| format!("{event} — {}", form(contest)))
        }
    }
}

fn event_name(event: &str) -> Text {
    match event {
        "opened" => say::OPENED,
        "read" => say::READ,
        "photo" => say::PHOTO,
        "paper" => say::PAPER,
        "incident" => say::INCIDENT,
        "result" => say::RESULT,
        "copy_given" => say::COPY_GIVEN,
        _ => say::CLOSED,
    }
}

fn named(word: &str) -> Option<Trouble> {
    Trouble::ALL.into_iter().find(|kind| kind.word() == word.trim())
}

/// A trouble in plain words.
pub(super) const fn plain(kind: Trouble) -> Text {
    match kind {
        Trouble::Dns | Trouble::Connect => say::NO_NETWORK,
        Trouble::Tls => say::NOT_SECURE,
        Trouble::Timeout | Trouble::Cut | Trouble::Moved => say::SLOW,
        Trouble::Portal | Trouble::AnswerTooLarge => say::PORTAL,
        Trouble::Busy | Trouble::Unavailable => say::CENTRAL_BUSY,
        Trouble::BadReceipt | Trouble::WrongReceipt => say::NO_RECEIPT,
        Trouble::Damaged => say::DAMAGED,
        Trouble::Unnamed | Trouble::Gap => say::EARLIER_FIRST,
        Trouble::Disk => say::DISK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Lang;

    #[test]
    fn every_trouble_has_plain_words_and_is_found_by_its_word() {
        for kind in Trouble::ALL {
            assert_eq!(named(kind.word()), Some(kind));
            assert!(Lang::ALL.into_iter().all(|lang| plain(kind).get(lang).len() > 20), "{kind}");
        }
    }

    #[test]
    fn nothing_is_called_sent_before_its_receipt() {
        for (name, text) in say::ALL {
            let (id, en) = (text.id.to_lowercase(), text.en.to_lowercase());
            assert!(
                !id.contains("terkirim") && !en.split(|c: char| !c.is_alphabetic()).any(|word| word == "sent"),
                "{name}"
            );
        }
    }
}
