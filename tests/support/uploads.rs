//! A central that waits for one large photo, and the requests that bring it.

use std::io::Write as _;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use plano::central::http::{Config, Patience};
use plano::clock::Timestamp;
use plano::protocol::wire;

use super::scripted::chain_naming;
use super::server::{Listening, PIECE, Reply, announcement};
use super::{central, ledger};

/// Bytes of a made-up photo, the same for the same seed, that no compression shortens.
pub(crate) fn photo(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}

/// A listening central with a folder for photos on their way, and the photo that it waits for.
pub(crate) struct Awaiting {
    pub(crate) server: Listening,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) photo: Vec<u8>,
}

impl Awaiting {
    pub(crate) fn photo_of(length: usize) -> Self {
        Self::with_clock(length, || super::deliveries::moment(700))
    }

    pub(crate) fn with_clock(length: usize, clock: fn() -> Timestamp) -> Self {
        Self::with(photo(7, length), |config| Config { clock, ..config })
    }

    /// Waits for this photo.
    pub(crate) fn of(photo: Vec<u8>) -> Self {
        Self::with(photo, |config| config)
    }

    pub(crate) fn with(photo: Vec<u8>, adjust: impl FnOnce(Config) -> Config) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut central = central::in_memory(&ledger::founding().election).with_uploads(folder.path());
        chain_naming(&mut central, &[&photo]);
        let patient = |config: Config| Config {
            patience: Patience { idle: Duration::from_mins(1), ..config.patience },
            ..config
        };
        Self { server: Listening::with(central, |config| adjust(patient(config))), folder, photo }
    }

    /// Ends central in good order and starts it again on what it has.
    pub(crate) fn restarted(self) -> Self {
        let server = Listening::start(self.server.end());
        Self { server, ..self }
    }

    /// Announces the photo; the path of its upload.
    pub(crate) fn created(&self) -> String {
        let [length, about] = announcement(&self.photo);
        let place = wire::uploads_path(ledger::station());
        let reply = self.server.tus("POST", &place, &[&length, &about], b"").expect("an answer");
        assert_eq!((reply.status, reply.header("upload-offset")), (201, Some("0")), "{reply:?}");
        path(&reply)
    }

    pub(crate) fn head(&self, path: &str) -> Reply {
        self.server.tus("HEAD", path, &[], b"").expect("an answer")
    }

    /// How far the upload is.
    pub(crate) fn offset(&self, path: &str) -> usize {
        let reply = self.head(path);
        assert_eq!((reply.status, reply.header("cache-control")), (200, Some("no-store")), "{reply:?}");
        reply.header("upload-offset").expect("an offset").parse().expect("a number")
    }

    /// Sends `bytes` as the piece from `offset` on, with further headers.
    pub(crate) fn patch(&self, path: &str, offset: usize, bytes: &[u8], more: &[&str]) -> Reply {
        let offset = format!("Upload-Offset: {offset}");
        self.server.tus("PATCH", path, &[&[offset.as_str(), PIECE], more].concat(), bytes).expect("an answer")
    }

    /// Begins to send the rest from `offset` on, stops after `bytes` bytes, and keeps the connection.
    pub(crate) fn half_sent(&self, path: &str, offset: usize, bytes: usize, more: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.server.addr()).expect("connects");
        let head = format!(
            "PATCH {path} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\n{PIECE}\r\nUpload-Offset: {offset}\r\n{more}Content-Length: {}\r\n\r\n",
            self.photo.len() - offset
        );
        stream.write_all(head.as_bytes()).expect("sends");
        stream.write_all(&self.photo[offset..offset + bytes]).expect("sends");
        stream
    }

    /// The file with the bytes of an upload.
    pub(crate) fn part(&self, path: &str) -> PathBuf {
        self.folder.path().join(Path::new(path).file_name().expect("a name"))
    }

    /// Waits until so many bytes of an upload are in its file.
    pub(crate) fn wait_for_bytes(&self, path: &str, bytes: usize) {
        let part = self.part(path);
        let deadline = Instant::now() + Duration::from_secs(20);
        while !std::fs::metadata(&part).is_ok_and(|known| known.len() >= bytes as u64) {
            assert!(Instant::now() < deadline, "{bytes} bytes did not come");
            std::thread::park_timeout(Duration::from_millis(2));
        }
    }

    /// The photo has come whole, byte for byte, and nothing of its upload is left on disk.
    pub(crate) fn assert_received(&self) {
        let digest = plano::digest::Digest::of(&self.photo);
        assert!(self.server.get(&wire::photo_path(ledger::station(), &digest)).body == self.photo, "byte for byte");
        assert_eq!(std::fs::read_dir(self.folder.path()).expect("a folder").count(), 0, "no parts are left");
    }
}

/// The path of the upload that an answer says was created.
pub(crate) fn path(reply: &Reply) -> String {
    let location = reply.header("location").expect("a location");
    format!("{}{location}", wire::uploads_path(ledger::station()))
}
