//! The page by which a phone joins: address and fingerprint, as a QR code and in letters.

use askama::Template;

use super::answer::Answer;
use super::frame::Frame;
use super::visit::Visit;
use super::words;
use crate::qr;

/// One address.
struct Way {
    url: String,
    drawing: String,
}

#[derive(Template)]
#[template(path = "join.html")]
struct Join {
    frame: Frame,
    lan: bool,
    ways: Vec<Way>,
    fingerprint: String,
}

/// Shows the page.
pub(super) async fn show(visit: Visit) -> Answer {
    let reach = visit.app.room.lan.clone();
    visit
        .page(move |_, frame| {
            let addresses = reach.iter().flat_map(|reach| &reach.addresses);
            let way = |address: &std::net::SocketAddr| {
                let url = format!("https://{address}/");
                let drawing = qr::svg(&url, &frame.with(words::join::QR_LABEL, &[&url])).unwrap_or_default();
                Way { url, drawing }
            };
            Ok(Join {
                lan: reach.is_some(),
                ways: addresses.map(way).collect(),
                fingerprint: reach.as_ref().map(|reach| reach.fingerprint.clone()).unwrap_or_default(),
                frame,
            })
        })
        .await
}
