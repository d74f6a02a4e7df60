//! Doing to a request what a script says, with real closed connections where a network would close them.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use tokio::time::sleep;

use super::action::Action;
use crate::central::desk::Desk;
use crate::central::http::{Cutter, Failure};
use crate::protocol::receipt::Receipt;
use crate::protocol::wire::{EntriesAnswer, Problem, ProblemKind, limits};

/// How much a slow reader takes at a time, in bytes.
const SIP: usize = 4 * 1024;

const PORTAL: &str = "<!doctype html><title>WiFi gratis</title><h1>Selamat datang</h1><form>Nomor HP <input></form>\n";

/// A request in the hands of the fault layer.
pub(super) struct Scene {
    pub(super) request: Request,
    pub(super) next: Next,
    pub(super) cutter: Cutter,
    pub(super) desk: Arc<Desk>,
}

/// Performs `action`.
pub(super) async fn perform(action: Action, scene: Scene) -> Response {
    match action {
        Action::Refuse { status, retry_after } => refuse(status, retry_after),
        Action::Portal => ([(CONTENT_TYPE, "text/html; charset=utf-8")], PORTAL).into_response(),
        Action::Redirect => (StatusCode::FOUND, [(LOCATION, "http://login.wifi.example/")]).into_response(),
        Action::CloseBeforeReading => cut(&scene.cutter),
        Action::NeverAnswer(wait) => {
            sleep(wait).await;
            cut(&scene.cutter)
        }
        Action::Delay(wait) => {
            sleep(wait).await;
            scene.next.run(scene.request).await
        }
        Action::SlowRead(wait) => scene.next.run(scene.request.map(|body| sipped(body, wait))).await,
        Action::StoreThenSilent(wait) => {
            drop(scene.next.run(scene.request).await);
            sleep(wait).await;
            cut(&scene.cutter)
        }
        Action::StoreThenCut => {
            drop(scene.next.run(scene.request).await);
            cut(&scene.cutter)
        }
        Action::StoreThenCutMidAnswer
        | Action::StoreThenTruncate
        | Action::StoreThenOtherReceipt
        | Action::StoreThenBrokenReceipt => spoil(action, scene).await,
    }
}

fn cut(cutter: &Cutter) -> Response {
    cutter.cut();
    Response::new(Body::empty())
}

fn refuse(status: u16, retry_after: Option<Duration>) -> Response {
    let kind = match status {
        413 => ProblemKind::TooLarge,
        429 => ProblemKind::Busy,
        _ => ProblemKind::Unavailable,
    };
    let failure = Failure::from(Problem::new(kind, "refused by the script of faults; try again later"));
    match retry_after {
        Some(wait) => failure.later(wait).into_response(),
        None => failure.into_response(),
    }
}

/// A body that is taken in small sips, each after a wait: the sender's buffers fill up.
fn sipped(body: Body, wait: Duration) -> Body {
    let sips = body.into_data_stream().flat_map(|piece| {
        let sips: Vec<Result<Bytes, axum::Error>> = match piece {
            Ok(mut piece) => {
                let mut sips = Vec::with_capacity(piece.len() / SIP + 1);
                while !piece.is_empty() {
                    sips.push(Ok(piece.split_to(SIP.min(piece.len()))));
                }
                sips
            }
            Err(error) => vec![Err(error)],
        };
        stream::iter(sips)
    });
    Body::from_stream(sips.then(move |sip| async move {
        sleep(wait).await;
        sip
    }))
}

/// Works honestly, then does something to the answer.
async fn spoil(action: Action, scene: Scene) -> Response {
    let (mut head, body) = scene.next.run(scene.request).await.into_parts();
    let limit = usize::try_from(limits::PHOTO_BYTES).unwrap_or(usize::MAX);
    // A body that cannot be read whole is passed on as if nothing were left of it: the sender sees a fault either way.
    let whole = to_bytes(body, limit).await.unwrap_or_default();
    if whole.is_empty() {
        return Response::from_parts(head, Body::empty());
    }
    let half = whole.slice(..whole.len() / 2);
    let bytes = match action {
        Action::StoreThenCutMidAnswer => {
            head.headers.insert(CONTENT_LENGTH, HeaderValue::from(whole.len()));
            return Response::from_parts(head, broken_off(half));
        }
        Action::StoreThenOtherReceipt if head.status.is_success() => {
            other_receipt(&scene.desk, &whole).await.unwrap_or_else(|| misspelt(&whole))
        }
        Action::StoreThenBrokenReceipt if head.status.is_success() => misspelt(&whole),
        Action::StoreThenTruncate => half,
        _ => whole,
    };
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    Response::from_parts(head, Body::from(bytes))
}

/// A body that breaks off: the server closes the connection in the middle of the answer.
fn broken_off(half: Bytes) -> Body {
    let pieces = stream::once(async { Ok::<Bytes, io::Error>(half) });
    let end = stream::once(async {
        // One turn for the first half to leave the machine.
        tokio::task::yield_now().await;
        Err(io::ErrorKind::ConnectionReset.into())
    });
    Body::from_stream(pieces.chain(end))
}

/// A valid receipt of something else, when the log holds anything else; several receipts change places.
async fn other_receipt(desk: &Desk, own: &[u8]) -> Option<Bytes> {
    if let Ok(mut several) = serde_json::from_slice::<EntriesAnswer>(own) {
        several.answers.reverse();
        return serde_json::to_vec(&several).ok().map(Bytes::from);
    }
    let own = own.to_vec();
    let found = desk.ask(move |central| {
        let index = Receipt::verify(&own, &central.public_key()).ok()?.index();
        let other = if index == 0 { 1 } else { index - 1 };
        central.receipt_at(other).ok().flatten()
    });
    found.await.ok().flatten().map(Bytes::from)
}

/// The same with one character changed in the last line: a false signature.
fn misspelt(bytes: &Bytes) -> Bytes {
    let mut bytes = bytes.to_vec();
    let at = bytes.len().saturating_sub(20);
    if let Some(byte) = bytes.get_mut(at) {
        *byte = if *byte == b'A' { b'B' } else { b'A' };
    }
    bytes.into()
}
