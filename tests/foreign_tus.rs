//! Uploads by tus between Plano and programs of others, each side killed in the middle. Run by `tests/foreign/tus/run`.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use plano::central::Home;
use plano::digest::Digest;
use plano::protocol::receipt::{Item, What};
use plano::protocol::wire;
use plano::sync::http::{Config, HttpUplink};
use plano::sync::{Events, Progress, Upload};

use crate::support::cutter::Cutter;
use crate::support::golden::{generated, repository};
use crate::support::ledger;
use crate::support::running::{Running, free_port, wait};
use crate::support::scripted::chain_naming;
use crate::support::uploads::photo;

/// Length of what is uploaded, in bytes.
const LENGTH: usize = 6_000_000;
/// The largest piece that our client sends, in bytes: tus-server keeps only whole pieces.
const PIECE: u64 = 1_000_000;
/// The pause of the way after every 16 KiB: the whole takes about two seconds.
const PAUSE: Duration = Duration::from_millis(4);
/// A side is killed when so many bytes have gone up.
const MIDDLE: u64 = 2_500_000;

/// What happens on the way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mishap {
    None,
    ClientKilled,
    ServerKilled,
    Cut,
}

impl Mishap {
    const ALL: [(Self, &'static str); 4] = [
        (Self::None, "nothing"),
        (Self::ClientKilled, "client killed"),
        (Self::ServerKilled, "server killed"),
        (Self::Cut, "cut every 1.2 MB"),
    ];
}

fn peers() -> PathBuf {
    std::env::var_os("PLANO_TUS_PEERS").map(PathBuf::from).expect("run tests/foreign/tus/run, which sets this up")
}

fn script(name: &str) -> PathBuf {
    let folder = if Path::new(name).extension() == Some("mjs".as_ref()) {
        peers().join("js")
    } else {
        repository("tests/foreign/tus")
    };
    folder.join(name)
}

/// A server: how it is started on a port with a folder, where its uploads begin, and what came of one.
struct Server {
    name: &'static str,
    path: String,
    command: fn(u16, &Path) -> Command,
}

/// A client: how it is started with endpoint, file, a folder for what it remembers, and the digest.
struct Client {
    name: &'static str,
    command: fn(&[&str; 4]) -> Command,
}

fn python() -> Command {
    Command::new(peers().join("py/bin/python"))
}

fn clients() -> [Client; 3] {
    fn with(mut command: Command, first: &Path, rest: &[&str; 4]) -> Command {
        command.arg(first).args(rest);
        command
    }
    [
        Client { name: "tus-js-client 4.3.1", command: |rest| with(Command::new("node"), &script("client.mjs"), rest) },
        Client { name: "tuspy 1.1.0", command: |rest| with(python(), &script("client.py"), rest) },
        Client {
            name: "tus-cli 0.1.0",
            command: |rest| {
                let mut command = with(Command::new("bash"), &script("client.sh"), rest);
                let path = std::env::var("PATH").expect("a path");
                command.env("PATH", format!("{}:{path}", peers().join("rs/bin").display()));
                command
            },
        },
    ]
}

fn servers() -> Vec<Server> {
    let mut all = vec![
        Server {
            name: "@tus/server 2.4.5",
            path: "/files".into(),
            command: |port, folder| {
                let mut command = Command::new("node");
                command.arg(script("server.mjs")).arg(port.to_string()).arg(folder);
                command
            },
        },
        Server {
            name: "tuspyserver 4.4.3",
            path: "/files".into(),
            command: |port, folder| {
                let mut command = python();
                command.arg(script("server.py")).arg(port.to_string()).arg(folder);
                command
            },
        },
    ];
    all.extend(peers().join("rs/bin/tus-server").exists().then(tus_server));
    all
}

fn tus_server() -> Server {
    Server {
        name: "tus-server 0.1.0",
        path: "/files".into(),
        command: |port, folder| {
            let mut command = Command::new(peers().join("rs/bin/tus-server"));
            command.args(["serve", "--addr", &format!("127.0.0.1:{port}"), "--all-extensions", "--expiration", "1h"]);
            command.args(["--storage-uri", &format!("fs:///?root={}", folder.display())]);
            command.arg("--state-dir").arg(folder.join("state"));
            command
        },
    }
}

fn central() -> Server {
    Server {
        name: "Plano",
        path: wire::uploads_path(ledger::station()),
        command: |port, folder| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_plano"));
            command.args(["central", "serve", "--listen", &format!("127.0.0.1:{port}"), "--dir"]).arg(folder);
            command
        },
    }
}

/// Starts a server and waits until it listens.
fn serve(server: &Server, port: u16, folder: &Path) -> Running {
    Running::serve((server.command)(port, folder), port)
}

/// What one upload came to.
struct Row {
    seconds: f64,
    sent: u64,
    whole: bool,
}

/// This server writes down how far an upload is only between pieces and then appends: killed in the middle of a piece, it
/// doubles what it had received of it, and says that all is well.
const DAMAGES: &str = "tuspyserver 4.4.3";

/// Makes a server's folder; central has to know the entry that names the photo.
fn prepare(server: &Server, folder: &Path, photo: &[u8]) {
    if server.name == "Plano" {
        let home = Home::at(folder);
        home.init("central.test/drill", &ledger::founding().election, &[2; 32]).expect("makes");
        chain_naming(&mut home.open().expect("opens"), &[photo]);
    } else {
        std::fs::create_dir(folder).expect("makes");
    }
}

/// Uploads once; the file has to be whole in the server's folder at the end.
fn upload(client: &Client, server: &Server, mishap: Mishap, seed: u64) -> Row {
    let scratch = tempfile::tempdir().expect("a folder");
    let path = |name: &str| scratch.path().join(name);
    let (bytes, port) = (photo(seed, LENGTH), free_port());
    std::fs::write(path("photo"), &bytes).expect("writes");
    std::fs::create_dir(path("state")).expect("makes");
    let folder = path("server");
    prepare(server, &folder, &bytes);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let mut serving = serve(server, port, &folder);
    let limit = if mishap == Mishap::Cut { 1_200_000 } else { u64::MAX };
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let way = runtime.block_on(Cutter::slow(address, limit, PAUSE));
    let digest = Digest::of(&bytes).to_string();
    let (endpoint, file, state) = (format!("{}{}", way.url(), server.path), path("photo"), path("state"));
    let (file, state) = (file.display().to_string(), state.display().to_string());
    let start = || Running::start((client.command)(&[&endpoint, &file, &state, &digest]));
    let (begun, middle) = (Instant::now(), || wait(|| way.sent() >= MIDDLE));
    let mut sending = start();
    match mishap {
        Mishap::ClientKilled => {
            middle();
            sending.kill();
            way.cut();
            sending = start();
        }
        Mishap::ServerKilled => {
            middle();
            serving.kill();
            serving = serve(server, port, &folder);
        }
        Mishap::None | Mishap::Cut => {}
    }
    assert!(sending.end().success(), "{} → {}: the client gave up", client.name, server.name);
    let row = Row { seconds: begun.elapsed().as_secs_f64(), sent: way.sent(), whole: false };
    drop(serving);
    let whole = holds(&folder, &digest);
    let blame = server.name == DAMAGES && mishap == Mishap::ServerKilled;
    assert!(whole || blame, "{} → {}: the file is not there byte for byte", client.name, server.name);
    Row { whole, ..row }
}

/// Whether a file with this digest lies somewhere in the folder.
fn holds(folder: &Path, digest: &str) -> bool {
    std::fs::read_dir(folder).expect("a folder").any(|entry| {
        let path = entry.expect("an entry").path();
        let is = |path: &Path| Digest::of(&std::fs::read(path).unwrap_or_default()).to_string() == digest;
        if path.is_dir() { holds(&path, digest) } else { is(&path) }
    })
}

/// Set for the child alone: endpoint, file, folder for what is remembered, digest.
const OURS: &str = "PLANO_TEST_TUS_CLIENT";

/// Our own client as a process of its own. Without the variable there is nothing to upload.
#[test]
fn our_client() {
    let Ok(given) = std::env::var(OURS) else { return };
    let [endpoint, file, state, digest]: [&str; 4] =
        given.split('\n').collect::<Vec<_>>().try_into().expect("four things");
    let remembered = Path::new(state).join("url");
    let (base, path) = endpoint.split_at(endpoint.find("/files").or_else(|| endpoint.find("/v1")).expect("a path"));
    let uplink = HttpUplink::new(&Config::new(base)).expect("sets up");
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let item = Item {
        station: ledger::station(),
        what: What::Photo(LENGTH as u64),
        digest: digest.parse().expect("a digest"),
    };
    for _ in 0..100 {
        let (upload, mut told) = Upload::new(std::fs::File::open(file).expect("opens"), LENGTH as u64);
        let upload = Upload { begun: std::fs::read_to_string(&remembered).ok(), piece: PIECE, ..upload };
        let about = [("sha256", digest), ("filename", "c-hasil.jpg"), ("filetype", "image/jpeg")];
        let progress = Progress::new(item, Events::default());
        let keep = async {
            while let Some(url) = told.recv().await {
                std::fs::write(&remembered, url).expect("writes");
            }
        };
        let (done, ()) = runtime.block_on(async { tokio::join!(uplink.upload(path, &about, upload, &progress), keep) });
        match done {
            Ok(_) => return,
            Err(answer) => println!("{answer:?}"),
        }
        std::thread::park_timeout(Duration::from_millis(200));
    }
    panic!("it was not received");
}

fn ours() -> Client {
    Client {
        name: "Plano",
        command: |given| {
            let mut command = Command::new(std::env::current_exe().expect("this test"));
            command.args(["--exact", "foreign_tus::our_client"]).env(OURS, given.join("\n"));
            command
        },
    }
}

const HEAD: &str = "\
<!-- Written by `tests/foreign/tus/run`. -->
# Uploads between Plano and other programs

Photos travel by [tus 1.0.0](https://tus.io/protocols/resumable-upload). Here one file of 6 MB goes over loopback, slowed to about 3 MB a second, from
every client to Plano's central, and from Plano's client to every server. Client or server is killed (`SIGKILL`) when 2.5 MB are out, or every connection
breaks after 1.2 MB. All clients send
pieces of at most 1 MiB. Client and server found their way without help each time. *Sent* is all that went up, heads of requests included, divided by the
file's length; *file* says whether the server holds it byte for byte.

tuspyserver, killed in the middle of a piece, comes back with an offset before the bytes that it has, and appends: the file is longer than it should be, and
no client can see it. Plano's central takes the length of its file for the offset, and compares the whole with its SHA-256 before it answers.

| client | server | mishap | seconds | sent | file |
|---|---|---|---|---|---|
";

#[test]
#[ignore = "needs foreign programs; run tests/foreign/tus/run"]
fn everybody_uploads_to_everybody_through_every_mishap() {
    let mut page = HEAD.to_owned();
    let to_us = clients().into_iter().map(|client| (client, central()));
    let from_us = servers().into_iter().chain([central()]).map(|server| (ours(), server));
    for (seed, (client, server)) in (1..).zip(to_us.chain(from_us)) {
        for (mishap, name) in Mishap::ALL {
            let Row { seconds, sent, whole } = upload(&client, &server, mishap, seed);
            let share = f64::from(u32::try_from(sent).expect("megabytes")) / 6_000_000.0;
            let file = if whole { "whole" } else { "damaged by the server" };
            let row = format!("| {} | {} | {name} | {seconds:.1} | {share:.3} | {file} |", client.name, server.name);
            println!("{row}");
            writeln!(page, "{row}").expect("a text grows");
        }
    }
    generated("docs/interop.md", &page);
}
