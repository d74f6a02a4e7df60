//! A central that listens on a port of its own, and a bare HTTP/1.1 client that shows every byte that came back.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use plano::central::Central;
use plano::central::faults::{Faults, Script};
use plano::central::http::{Config, Patience, Server};
use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::protocol::ids::StationId;
use plano::protocol::wire;
use tokio::runtime::Runtime;

use super::deliveries::moment;

/// A listening central with its runtime; ends in good order when [`Listening::end`] is called.
pub(crate) struct Listening {
    runtime: Runtime,
    server: Server,
    pub(crate) faults: Faults,
}

/// What came back on one connection.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Listening {
    pub(crate) fn start(central: Central) -> Self {
        Self::with(central, |config| config)
    }

    /// Starts with a clock of the test's own, and so long a wait for the next piece of a body.
    pub(crate) fn start_patient(central: Central, clock: fn() -> Timestamp, idle: Duration) -> Self {
        Self::with(central, |config| Config { patience: Patience { idle, ..config.patience }, clock, ..config })
    }

    /// Starts with what `adjust` makes of the usual configuration.
    pub(crate) fn with(central: Central, adjust: impl FnOnce(Config) -> Config) -> Self {
        let patience = Patience {
            head: Duration::from_millis(300),
            idle: Duration::from_millis(300),
            end: Duration::from_secs(5),
        };
        let config = adjust(Config { patience, clock: || moment(700), ..Config::plain(([127, 0, 0, 1], 0).into()) });
        let runtime = Runtime::new().expect("a runtime");
        let faults = Faults::new(Script::none());
        let server = {
            let _inside = runtime.enter();
            Server::start(&config, central, Some(&faults)).expect("listens")
        };
        Self { runtime, server, faults }
    }

    /// Puts a script of one rule in force.
    pub(crate) fn fault(&self, rule: &str) {
        let script = format!("about = 'a test'\n[[rule]]\nname = 'only'\n{rule}\n");
        self.faults.switch(Script::parse(&script).expect("a script"));
    }

    pub(crate) fn addr(&self) -> SocketAddr {
        self.server.addr()
    }

    pub(crate) fn public_addr(&self) -> SocketAddr {
        self.server.public_addr()
    }

    /// The metrics as they are now.
    pub(crate) fn metrics(&self) -> Reply {
        let addr = self.server.metrics_addr().expect("a listener of metrics");
        raw_at(addr, b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("an answer")
    }

    pub(crate) fn end(self) -> Central {
        self.runtime.block_on(self.server.shutdown()).expect("ends once")
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send("GET", path, b"").expect("an answer")
    }

    pub(crate) fn put(&self, path: &str, body: &[u8]) -> Reply {
        self.send("PUT", path, body).expect("an answer")
    }

    /// A request of tus 1.0.0 with these headers and this body.
    pub(crate) fn tus(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Option<Reply> {
        let lines: String = headers.iter().flat_map(|line| [*line, "\r\n"]).collect();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\nContent-Length: {}\r\n{lines}\r\n",
            body.len()
        );
        self.raw(&[head.as_bytes(), body].concat())
    }

    /// Announces a photo and sends it along.
    pub(crate) fn upload(&self, station: StationId, photo: &[u8]) -> Reply {
        let [length, about] = announcement(photo);
        self.tus("POST", &wire::uploads_path(station), &[&length, &about, PIECE], photo).expect("an answer")
    }

    /// Sends one request; `None` when the connection ends before the head of an answer has come.
    pub(crate) fn send(&self, method: &str, path: &str, body: &[u8]) -> Option<Reply> {
        send_at(self.addr(), method, path, body)
    }

    /// Sends one request with these lines of its head, `Host` among them.
    pub(crate) fn with_head(&self, method: &str, path: &str, lines: &[String], body: &str) -> Reply {
        let lines: String = lines.iter().flat_map(|line| [line, "\r\n"]).collect();
        let length = body.len();
        let head =
            format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {length}\r\n{lines}\r\n{body}");
        self.raw(head.as_bytes()).expect("an answer")
    }

    /// Sends bytes and reads to the end of the connection.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Option<Reply> {
        raw_at(self.addr(), bytes)
    }
}

/// The header of a request that carries a piece of a photo.
pub(crate) const PIECE: &str = "Content-Type: application/offset+octet-stream";

/// The headers that announce a photo.
pub(crate) fn announcement(photo: &[u8]) -> [String; 2] {
    let sha256 = BASE64_STANDARD.encode(Digest::of(photo).to_string());
    [format!("Upload-Length: {}", photo.len()), format!("Upload-Metadata: sha256 {sha256}")]
}

/// Sends one request to one door.
pub(crate) fn send_at(addr: SocketAddr, method: &str, path: &str, body: &[u8]) -> Option<Reply> {
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    raw_at(addr, &[head.as_bytes(), body].concat())
}

/// Sends bytes to one door and reads to the end of the connection.
pub(crate) fn raw_at(addr: SocketAddr, bytes: &[u8]) -> Option<Reply> {
    let mut stream = TcpStream::connect(addr).expect("connects");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("sets");
    // A server that refuses early closes while the body is still being sent.
    let _ = stream.write_all(bytes);
    let mut all = Vec::new();
    // A connection that is cut ends in an error or not, as the system likes; one that hangs is a failure.
    let ended = stream.read_to_end(&mut all).map_err(|error| error.kind());
    assert_ne!(ended, Err(io::ErrorKind::WouldBlock), "no answer within the time limit");
    let end = all.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8(all[..end].to_vec()).expect("a head of text").to_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Reply { status, head, body: all[end + 4..].to_vec() })
}

impl Reply {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))
    }
}
