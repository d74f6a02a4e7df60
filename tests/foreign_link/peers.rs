//! Who delivers, and to whom: how each peer and its server are started.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::golden::repository;

/// Where one run keeps what: files to send, what the server has, what the client remembers; and the two ends of the link.
pub(super) struct Place {
    pub(super) folder: PathBuf,
    /// The names of the files to send, the numbers first.
    pub(super) files: Vec<String>,
    /// Where the client sends to: the link.
    pub(super) near: u16,
    /// Where the server listens.
    pub(super) far: u16,
}

impl Place {
    fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The files to send.
    pub(super) fn outbox(&self) -> PathBuf {
        self.at("files")
    }

    /// What the server has.
    pub(super) fn received(&self) -> PathBuf {
        self.at("received")
    }

    fn paths(&self) -> impl Iterator<Item = PathBuf> {
        self.files.iter().map(|name| self.outbox().join(name))
    }
}

/// A program that delivers, beside the server that it delivers to.
pub(super) struct Peer {
    pub(super) name: &'static str,
    pub(super) serve: fn(&Place) -> Command,
    pub(super) send: fn(&Place) -> Command,
}

/// Plano, and those that it is compared with.
pub(super) const PEERS: [Peer; 6] = [
    Peer { name: PLANO, serve: central, send: sync },
    Peer { name: "tus-js-client 4.3.1", serve: tus_server, send: tus_js },
    Peer { name: "tuspy 1.1.0", serve: tus_server, send: tuspy },
    Peer { name: "`rsync --partial --append-verify`", serve: rsync_daemon, send: rsync },
    Peer { name: "`rclone copy` to WebDAV", serve: webdav, send: rclone },
    Peer { name: "`curl --retry`, whole files", serve: webdav, send: curl },
];

/// Us.
pub(super) const PLANO: &str = "Plano";

fn foreign(name: &str) -> PathBuf {
    let folder = std::env::var_os("PLANO_LINK_PEERS").expect("run tests/foreign/link/run, which sets this up");
    Path::new(&folder).join(name)
}

fn command(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

/// The program to compare: that of `PLANO_PROGRAM`, or the one built along with the tests.
fn plano(arguments: &[&str]) -> Command {
    let built = env!("CARGO_BIN_EXE_plano");
    command(std::env::var_os("PLANO_PROGRAM").unwrap_or_else(|| built.into()), arguments)
}

fn central(place: &Place) -> Command {
    let listen = format!("127.0.0.1:{}", place.far);
    let mut command = plano(&["central", "serve", "--listen", &listen, "--dir"]);
    command.arg(place.at("central"));
    command
}

fn sync(place: &Place) -> Command {
    let mut command = plano(&["sync", "--dir"]);
    command.arg(place.at("station"));
    command
}

fn tus_server(place: &Place) -> Command {
    let mut command = Command::new("node");
    command.arg(foreign("js/server.mjs")).arg(place.far.to_string()).arg(place.received());
    command
}

fn tus(mut command: Command, place: &Place) -> Command {
    command.arg(format!("http://127.0.0.1:{}/files", place.near)).arg(place.at("state")).args(place.paths());
    command
}

fn tus_js(place: &Place) -> Command {
    let mut node = Command::new("node");
    node.arg(foreign("js/send.mjs"));
    tus(node, place)
}

fn tuspy(place: &Place) -> Command {
    let mut python = Command::new(foreign("py/bin/python"));
    python.arg(repository("tests/foreign/link/send.py"));
    tus(python, place)
}

fn rsync_daemon(place: &Place) -> Command {
    let (config, received) = (place.at("rsyncd.conf"), place.received());
    let module = format!("use chroot = no\n[in]\npath = {}\nread only = no\n", received.display());
    // A daemon of the administrator becomes somebody else, who may not write here, unless it is told not to.
    std::fs::write(&config, format!("uid = 0\ngid = 0\n{module}")).expect("writes");
    let mut command = command("rsync", &["--daemon", "--no-detach", "--address", "127.0.0.1"]);
    command.arg("--port").arg(place.far.to_string()).arg("--config").arg(config);
    command
}

fn rsync(place: &Place) -> Command {
    let mut command = command("rsync", &["-rt", "--partial", "--append-verify", "--timeout", "60"]);
    command.arg(format!("{}/", place.outbox().display())).arg(format!("rsync://127.0.0.1:{}/in/", place.near));
    command
}

fn webdav(place: &Place) -> Command {
    let mut command = command("rclone", &["serve", "webdav", "--config", "", "--addr"]);
    command.arg(format!("127.0.0.1:{}", place.far)).arg(place.received());
    command
}

fn rclone(place: &Place) -> Command {
    let order = ["--transfers", "1", "--order-by", "name,ascending", "--retries", "1000", "--retries-sleep", "1s"];
    let mut command = command("rclone", &["copy", "--config", "", "--timeout", "60s"]);
    command.args(order).arg("--webdav-url").arg(format!("http://127.0.0.1:{}", place.near));
    command.arg(place.outbox()).arg(":webdav:");
    command
}

fn curl(place: &Place) -> Command {
    let mut command = command("curl", &["--silent", "--fail", "--speed-limit", "1", "--speed-time", "60"]);
    command.args(["--retry", "1000", "--retry-all-errors", "--retry-delay", "1", "--upload-file"]);
    command.arg(format!("{}/{{{}}}", place.outbox().display(), place.files.join(",")));
    command.arg(format!("http://127.0.0.1:{}/", place.near));
    command
}
