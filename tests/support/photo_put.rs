//! One try at a photo over HTTP, as the worker makes it, and what came of it.

use std::fs::File;

use plano::digest::Digest;
use plano::protocol::receipt::{Item, Receipt, What};
use plano::sync::http::HttpUplink;
use plano::sync::{Answer, Body, Event, Events, Progress, Shipment, Uplink as _, Upload};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::cutter::Cutter;
use super::{election, ledger};

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

pub(crate) fn item(photo: &[u8]) -> Item {
    Item { station: ledger::station(), what: What::Photo(photo.len() as u64), digest: Digest::of(photo) }
}

/// A photo in a file of its own, ready to go; the folder of the file, and where the upload tells its address.
fn upload_of(photo: &[u8]) -> (TempDir, Upload, UnboundedReceiver<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("photo");
    std::fs::write(&path, photo).expect("writes");
    let (upload, told) = Upload::new(File::open(&path).expect("opens"), photo.len() as u64);
    (folder, upload, told)
}

/// The program dies when so many bytes are out over `way`: its future is dropped, its connections are closed. Gives where its upload
/// was begun.
pub(crate) async fn killed(uplink: HttpUplink, photo: &[u8], piece: u64, (way, bytes): (&Cutter, u64)) -> String {
    let (_folder, upload, mut told) = upload_of(photo);
    let shipment = Shipment { item: item(photo), body: Body::Photo(Upload { piece, ..upload }) };
    tokio::select! {
        answer = uplink.put(shipment, Progress::new(item(photo), Events::default())) => {
            panic!("done before it was killed: {answer:?}");
        }
        () = async { while way.sent() < bytes { tokio::task::yield_now().await } } => {}
    }
    drop(uplink);
    told.try_recv().expect("the address was told before")
}

/// What came of one try.
pub(crate) struct Try {
    pub(crate) answer: Answer,
    /// Where uploads were begun in it.
    pub(crate) begun: Vec<String>,
    /// Bytes of bodies that went.
    pub(crate) sent: u64,
    /// The last that was told of how far the photo is.
    pub(crate) told: u64,
}

/// One try at a photo, with what an earlier one has left, in pieces of at most `piece` bytes.
pub(crate) async fn put(uplink: &HttpUplink, photo: &[u8], piece: u64, begun: Option<String>) -> Try {
    let (_folder, upload, mut addresses) = upload_of(photo);
    let (sender, mut events) = unbounded_channel();
    let progress = Progress::new(item(photo), Events::to(sender));
    let shipment = Shipment { item: item(photo), body: Body::Photo(Upload { piece, begun, ..upload }) };
    let answer = uplink.put(shipment, progress.clone()).await;
    let told = std::iter::from_fn(|| events.try_recv().ok());
    let told = told.filter_map(|event| if let Event::Progress { sent, .. } = event { Some(sent) } else { None }).last();
    let begun = std::iter::from_fn(|| addresses.try_recv().ok()).collect();
    Try { answer, begun, sent: progress.sent(), told: told.unwrap_or(0) }
}

/// Central's receipt of this very photo.
pub(crate) fn assert_receipt(answer: &Answer, photo: &[u8]) {
    let Answer::Stored(bytes) = answer else { panic!("{answer:?}") };
    let receipt = Receipt::verify(bytes, &election::central().public()).expect("holds");
    receipt.covers(&item(photo)).expect("of this photo");
}
