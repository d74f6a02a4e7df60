//! `plano station serve`: the page of the two officers, until Ctrl-C.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use serde_json::json;
use tokio::runtime::Runtime;

use crate::cli::failure::{Failure, Outcome};
use crate::cli::runtime;
use crate::cli::screen::Screen;
use crate::cli::stop;
use crate::clock;
use crate::form::Lang;
use crate::recorder::Place;
#[cfg(feature = "rehearsal")]
use crate::rehearsal::Practice;
use crate::web::{Config, Lan, Postman, Server};

/// Where the page listens.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Address and port on this machine; port 0 lets the system choose
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Serve phones on the hotspot too, over TLS with a certificate made here
    #[arg(long)]
    lan: bool,
    /// Lock a browser after so many seconds in which nobody uses it; what was typed stays
    #[arg(long, default_value_t = 600, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(5..=3600))]
    lock_after: u16,
    /// Practise: a drill of its own on this machine, without any server; all of it is thrown away at the end
    #[cfg(feature = "rehearsal")]
    #[arg(long, conflicts_with = "ca")]
    drill: bool,
    /// PEM file with the authority of central's certificate, when it is a test central's own
    #[arg(long, value_name = "FILE", env = "PLANO_CA")]
    ca: Option<PathBuf>,
}

/// Serves the page until it is interrupted, and delivers what is recorded.
pub(super) fn run(screen: Screen, place: &Place, verb: &Serve) -> Outcome {
    #[cfg(feature = "rehearsal")]
    if verb.drill {
        return practise(screen, verb);
    }
    serve(screen, place, verb, None, &runtime()?)
}

/// Serves a practice station that lives as long as this program.
#[cfg(feature = "rehearsal")]
fn practise(screen: Screen, verb: &Serve) -> Outcome {
    let runtime = runtime()?;
    let folder = std::env::temp_dir().join(format!("plano-latihan-{:08x}", rand::random::<u32>()));
    let failed = |error: crate::rehearsal::DemoError| Failure::caused("--drill", &error);
    let practice = runtime.block_on(Practice::begin(&folder)).map_err(failed)?;
    let pins = practice.pins();
    screen.say(
        "Latihan: semua yang direkam dibuang pada akhirnya.",
        "Drill: all that is recorded is thrown away at the end.",
    );
    screen.line(format!("PIN p1 {}, PIN p2 {}", pins[0], pins[1]));
    let outcome = serve(screen, practice.place(), verb, Some(pins), &runtime);
    runtime.block_on(practice.end()).map_err(failed)?;
    outcome
}

fn serve(screen: Screen, place: &Place, verb: &Serve, practice: Option<[String; 2]>, runtime: &Runtime) -> Outcome {
    let lan = if verb.lan { Some(Arc::new(prepare(place)?)) } else { None };
    let postman = Postman::start(place, verb.ca.clone()).map_err(|error| Failure::caused("serve", &error))?;
    let postman = Arc::new(postman);
    let idle = Duration::from_secs(verb.lock_after.into());
    let mut config = Config { postman: Some(Arc::clone(&postman)), practice, idle, ..Config::plain(verb.listen) };
    if let Some(lan) = &lan {
        config = on_lan(config, lan).map_err(|error| Failure::caused("serve", &error))?;
    }
    runtime.block_on(async {
        let server = Server::start(config, place).map_err(|error| Failure::caused("serve", &error))?;
        say(screen, server.addr(), lan.as_deref())?;
        stop::until_stopped().await;
        server.shutdown().await;
        postman.stop();
        Ok(ExitCode::SUCCESS)
    })
}

fn prepare(place: &Place) -> Result<Lan, Failure> {
    Lan::prepare(place.root(), clock::now()).map_err(|error| Failure::caused("--lan", &error))
}

/// Listens on every address of this machine, unless one was named, and answers to the names that phones use.
fn on_lan(config: Config, lan: &Arc<Lan>) -> Result<Config, crate::web::CertificateError> {
    let mut listen = config.listen;
    if listen.ip().is_loopback() {
        listen.set_ip(Ipv4Addr::UNSPECIFIED.into());
    }
    let names = lan.addresses().iter().map(Ipv4Addr::to_string).collect();
    Ok(Config { listen, names, tls: Some(lan.tls()?), lan: Some(Arc::clone(lan)), ..config })
}

fn say(screen: Screen, addr: SocketAddr, lan: Option<&Lan>) -> Result<(), Failure> {
    let scheme = if lan.is_some() { "https" } else { "http" };
    let here = if addr.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { addr.ip() };
    let address = format!("{scheme}://{}", SocketAddr::new(here, addr.port()));
    let phones: Vec<String> =
        lan.iter().flat_map(|lan| lan.addresses()).map(|ip| format!("https://{ip}:{}", addr.port())).collect();
    let fingerprint = lan.map(|lan| lan.certificate().fingerprint());
    screen.value(&json!({ "address": address, "phones": phones, "fingerprint": fingerprint }))?;
    screen.line(match screen.lang {
        Lang::Id => format!("Buka {address} di peramban. Ctrl-C untuk berhenti; yang tersimpan tidak hilang."),
        Lang::En => format!("Open {address} in a browser. Ctrl-C stops; nothing that was stored is lost."),
    });
    for phone in &phones {
        screen.line(format!("{} {phone}", screen.word("Telepon di hotspot:", "Phones on the hotspot:")));
    }
    if let Some(fingerprint) = fingerprint {
        screen.line(format!("{} {fingerprint}", screen.word("Sidik sertifikat:", "Fingerprint of the certificate:")));
        screen.line(format!("{} {address}/join", screen.word("Kode QR untuk telepon:", "QR code for phones:")));
    }
    Ok(())
}
