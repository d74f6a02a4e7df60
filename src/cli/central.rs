//! `plano central`: set up a test central, issue enrolment codes, serve, misbehave on demand.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;

use super::crowd::Crowd;
use super::failure::{Failure, Outcome};
use super::files;
use super::logs::{self, LogFormat};
use super::operator;
use super::runtime;
use super::screen::Screen;
use super::stop;
use crate::central::faults::{Faults, Script};
use crate::central::http::{Config, METRICS, Server, TlsFiles};
use crate::central::{Home, IssuedCode, MOST_WITNESSES, officers};
use crate::clock;
use crate::form::Lang;
use crate::protocol::cosignature::WitnessKey;
use crate::protocol::election::Election;
use crate::protocol::ids::{Slot, StationId};

/// Where central is, and what to do there.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Central's folder
    #[arg(long, env = "PLANO_CENTRAL", default_value = "plano-central", value_name = "FOLDER", global = true)]
    dir: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Set up central: its key, its log, the election file
    Init {
        /// The signed election file
        #[arg(long, value_name = "FILE")]
        election: PathBuf,
        /// Name of the log, under which central signs, such as central.example/probolinggo-2024
        #[arg(long, value_name = "NAME")]
        origin: String,
    },
    /// Issue enrolment codes as CSV: each is shown this once and works once
    Codes(Codes),
    /// KPU's operators, who log in at central's pages
    Operator(operator::Arguments),
    /// Serve until stopped
    Serve(Serve),
    /// Cosign the logs of other centrals, as long as each continues what it showed before
    #[cfg(feature = "witness")]
    Witness(super::witness::Arguments),
}

/// Whose codes.
#[derive(Debug, Args)]
struct Codes {
    /// Only this TPS; without it every officer of the election
    #[arg(long, value_name = "TPS")]
    station: Option<StationId>,
    /// Only this officer of the TPS: p1 or p2
    #[arg(long = "as", value_name = "p1|p2", requires = "station")]
    slot: Option<String>,
    /// Days for which the codes work
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=365))]
    days: u16,
}

/// Where central listens.
#[derive(Debug, Args)]
struct Serve {
    /// Address and port; without a certificate only a loopback address is taken
    #[arg(long, default_value = "127.0.0.1:8443", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// PEM file with the certificate chain
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,
    /// PEM file with the certificate's private key
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// Name under which operators reach central, without port; may stand several times. Its address always works
    #[arg(long = "name", value_name = "HOST")]
    names: Vec<String>,
    /// Public key of a witness whose cosignatures are taken (text or file); may be given several times
    #[arg(long, value_name = "KEY")]
    witness: Vec<String>,
    /// Misbehave as a script says; rehearsals only
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    #[command(flatten)]
    crowd: Crowd,
    /// How log lines are written to standard error
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

/// Runs the verb.
pub(super) fn run(screen: Screen, arguments: &Arguments) -> Outcome {
    let home = Home::at(&arguments.dir);
    match &arguments.verb {
        Verb::Init { election, origin } => init(screen, &home, election, origin),
        Verb::Codes(verb) => codes(screen, &home, verb),
        Verb::Operator(verb) => operator::run(screen, &home, verb),
        Verb::Serve(verb) => serve(screen, &home, verb),
        #[cfg(feature = "witness")]
        Verb::Witness(verb) => super::witness::run(screen, verb),
    }
}

fn init(screen: Screen, home: &Home, election: &Path, origin: &str) -> Outcome {
    let file = election.display().to_string();
    let election = Election::parse(files::read(election)?).map_err(|error| Failure::caused(file, &error))?;
    let key = home.init(origin, &election, &rand::random()).map_err(|error| Failure::caused("central", &error))?;
    screen.value(&json!({ "key": key, "election": election.digest() }))?;
    screen.line(key.to_string());
    screen.line(format!(
        "{} {}",
        screen.word("sidik berkas pemilihan:", "digest of the election file:"),
        election.digest().short()
    ));
    Ok(ExitCode::SUCCESS)
}

fn codes(screen: Screen, home: &Home, verb: &Codes) -> Outcome {
    let fail = |error: crate::central::HomeError| Failure::caused("central", &error);
    let slot =
        verb.slot.as_deref().map(str::parse::<Slot>).transpose().map_err(|error| Failure::caused("--as", &error))?;
    let election = home.election().map_err(fail)?;
    if let Some(station) = verb.station
        && election.station(station).is_none()
    {
        return Err(
            Failure::new(format!("{station} does not take part in this election")).hint("look into the election file")
        );
    }
    let wanted = |(station, officer): &(StationId, Slot)| {
        verb.station.is_none_or(|only| only == *station) && slot.is_none_or(|only| only == *officer)
    };
    let valid = Duration::from_secs(u64::from(verb.days) * 24 * 60 * 60);
    let officers: Vec<_> = officers(&election).filter(wanted).collect();
    let issued = home.issue_codes(officers, valid, clock::now(), &mut rand::rng()).map_err(fail)?;
    let row = |one: &IssuedCode| json!({ "station": one.station, "officer": one.slot, "code": one.code.to_string(), "expires": one.expires });
    screen.value(&issued.iter().map(row).collect::<Vec<_>>())?;
    screen.line("station,officer,code,expires");
    for one in &issued {
        screen.line(format!("{},{},{},{}", one.station, one.slot, one.code, one.expires));
    }
    Ok(ExitCode::SUCCESS)
}

fn serve(screen: Screen, home: &Home, verb: &Serve) -> Outcome {
    logs::start(verb.log_format);
    let fail = |error: &dyn std::error::Error| Failure::caused("central", error);
    let faults = verb.faults.as_deref().map(read_faults).transpose()?;
    let tls = match (&verb.cert, &verb.key) {
        (Some(certificates), Some(key)) => Some(TlsFiles { certificates: certificates.clone(), key: key.clone() }),
        _ => None,
    };
    let scheme = if tls.is_some() { "https" } else { "http" };
    let (operators, names) = (Some(home.operators()), verb.names.clone());
    let config = verb.crowd.meet(Config { tls, operators, names, ..Config::plain(verb.listen) });
    let witnesses = home.witnesses(witness_keys(&verb.witness)?).map_err(|error| fail(&error))?;
    let central = home.open().map_err(|error| fail(&error))?.watched_by(witnesses);
    runtime()?.block_on(async {
        let server = Server::start(&config, central, faults.as_ref()).map_err(|error| fail(&error))?;
        let key = home.public_key().map_err(|error| fail(&error))?;
        announce(screen, scheme, &server, &key.to_string())?;
        if faults.is_some() {
            screen.say(
                "*** GLADI: pusat ini sengaja berbuat salah ***",
                "*** REHEARSAL: this central misbehaves on purpose ***",
            );
        }
        stop::until_stopped().await;
        server.shutdown().await;
        for tally in faults.iter().flat_map(Faults::tally) {
            screen.line(format!("{:<30} {:>6} / {}", tally.rule, tally.fired, tally.seen));
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Says where everybody finds central.
fn announce(screen: Screen, scheme: &str, server: &Server, key: &str) -> Result<(), Failure> {
    let address = format!("{scheme}://{}", server.addr());
    let public = format!("{scheme}://{}", server.public_addr());
    let metrics = server.metrics_addr().map(|at| format!("{scheme}://{at}{METRICS}"));
    screen.value(&json!({ "address": address, "public": public, "metrics": metrics, "key": key }))?;
    screen.line(match screen.lang {
        Lang::Id => format!("Pusat uji melayani {address} — Ctrl-C untuk berhenti"),
        Lang::En => format!("The test central serves {address} — Ctrl-C stops it"),
    });
    if public != address {
        screen.line(format!("{} {public}", screen.word("untuk umum:", "for the public:")));
    }
    if let Some(metrics) = &metrics {
        screen.line(format!("{} {metrics}", screen.word("metrik:", "metrics:")));
    }
    Ok(())
}

fn witness_keys(texts: &[String]) -> Result<Vec<WitnessKey>, Failure> {
    if texts.len() > MOST_WITNESSES {
        let hint = format!("a checkpoint has room for {MOST_WITNESSES} cosignatures");
        return Err(Failure::new(format!("{} witnesses are too many", texts.len())).hint(hint));
    }
    texts.iter().map(|text| files::key_text(text)).collect()
}

fn read_faults(path: &Path) -> Result<Faults, Failure> {
    let text = String::from_utf8(files::read(path)?).unwrap_or_default();
    let script = Script::parse(&text).map_err(|error| Failure::caused(path.display().to_string(), &error))?;
    Ok(Faults::new(script))
}
