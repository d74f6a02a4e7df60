//! Setting a station up: init, enrol.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::officer::{pin_text, slot};
use super::{explain, open};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::screen::Screen;
use crate::cli::{files, runtime};
use crate::clock;
use crate::form::Lang;
use crate::protocol::election::Election;
use crate::protocol::ids::{Slot, StationId};
use crate::recorder::{Pin, Place, Setup, Station};
use crate::sync::http::{Config, HttpUplink};

/// What a station is set up from.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The signed election file
    #[arg(long, value_name = "FILE")]
    election: PathBuf,
    /// The TPS, such as 35.74.03.1001-001 or 3574031001001
    #[arg(long, value_name = "TPS")]
    station: StationId,
    /// Address of central, https://…
    #[arg(long, value_name = "URL")]
    central: String,
    /// Central's public key (text or file)
    #[arg(long, value_name = "KEY")]
    central_key: String,
    /// Public key of the authority that has to have signed the election file (text or file)
    #[arg(long, value_name = "KEY")]
    authority: Option<String>,
}

/// Who is enrolled.
#[derive(Debug, Args)]
pub(super) struct Enrol {
    /// The officer: p1 or p2
    #[arg(long = "as", value_name = "p1|p2", value_parser = slot)]
    slot: Slot,
    /// The code on the officer's sheet; it works once
    #[arg(long, value_name = "CODE")]
    code: String,
    /// The PIN is forgotten: make another key, with a new code from KPU
    #[arg(long)]
    forgotten_pin: bool,
    /// PEM file with the authority of central's certificate, when it is a test central's own
    #[arg(long, value_name = "FILE", env = "PLANO_CA")]
    ca: Option<PathBuf>,
}

/// Sets a station up.
pub(super) fn init(screen: Screen, place: Place, verb: Init) -> Outcome {
    let election = Election::parse(files::read(&verb.election)?)
        .map_err(|error| Failure::caused(verb.election.display().to_string(), &error))?;
    if let Some(key) = &verb.authority {
        election.signed_by(&files::key_text(key)?).map_err(|error| Failure::caused("election file", &error))?;
    }
    let central = files::key_text(&verb.central_key)?;
    let setup = Setup { station: verb.station, election, central, url: verb.central };
    let root = place.root().display().to_string();
    let station = Station::init(place, &setup, clock::now()).map_err(explain(screen))?;
    let digest = station.election().digest();
    screen.value(&json!({ "station": station.id(), "election": digest, "drill": station.election().is_drill() }))?;
    screen.line(match screen.lang {
        Lang::Id => format!("TPS {} siap di {root}. Sidik berkas pemilihan: {}", station.id(), digest.short()),
        Lang::En => {
            format!("Station {} is set up in {root}. Digest of the election file: {}", station.id(), digest.short())
        }
    });
    screen.say(
        "Bandingkan sidik itu dengan lembar dari KPU, lalu daftarkan kedua petugas.",
        "Compare that digest with KPU's sheet, then enrol both officers.",
    );
    Ok(ExitCode::SUCCESS)
}

/// Enrols an officer; the second one opens the station.
pub(super) fn enrol(screen: Screen, place: Place, verb: &Enrol) -> Outcome {
    let mut station = open(screen, place)?;
    let slot = verb.slot;
    let pin = new_pin(screen, slot, station.has_key(slot) && !verb.forgotten_pin)?;
    let applicant = if verb.forgotten_pin {
        station.enrol_anew((slot, &pin), &verb.code, &mut rand::rngs::SysRng)
    } else {
        station.enrol((slot, &pin), &verb.code, &mut rand::rngs::SysRng, clock::now())
    };
    let applicant = applicant.map_err(explain(screen))?;
    let url = station.ledger().central_url().map_err(|error| explain(screen)(error.into()))?;
    let config = Config { authority: verb.ca.clone(), ..Config::new(url) };
    let uplink = HttpUplink::new(&config).map_err(|error| Failure::caused("central", &error))?;
    let note = runtime()?.block_on(uplink.enrol(applicant.wish.bytes().to_vec())).map_err(|error| {
        Failure::caused(screen.word("pendaftaran ke pusat", "enrolling with central"), &error).hint(screen.word(
            "ulangi perintah yang sama bila jaringan sudah ada; kode yang ditolak diganti oleh KPU",
            "repeat the same command when there is a network; KPU replaces a code that was refused",
        ))
    })?;
    let accreditation = station.accredit(note, clock::now()).map_err(explain(screen))?;
    let opened = station.open_day(&applicant.officer, clock::now()).map_err(explain(screen))?;
    screen.value(&json!({ "slot": slot, "key": accreditation.key(), "opened": opened.is_some() }))?;
    screen.line(match screen.lang {
        Lang::Id => format!("Petugas {slot} terdaftar."),
        Lang::En => format!("Officer {slot} is enrolled."),
    });
    if opened.is_some() {
        screen.say("Kedua petugas terdaftar; TPS dibuka.", "Both officers are enrolled; the station is open.");
    }
    Ok(ExitCode::SUCCESS)
}

/// A PIN for a new key, typed twice; for an existing key it is asked once.
fn new_pin(screen: Screen, slot: Slot, known: bool) -> Result<Pin, Failure> {
    if known {
        return Ok(Pin::typed(pin_text(screen, slot, &format!("PIN {slot}: "))?));
    }
    let prompt = screen.word(
        "PIN baru (6 angka atau 8 huruf, jangan yang mudah): ",
        "New PIN (6 digits or 8 letters, not an easy one): ",
    );
    let text = pin_text(screen, slot, prompt)?;
    let pin = Pin::chosen(text.as_str()).map_err(|weak| Failure::new(weak.text(screen.lang)))?;
    let again = pin_text(screen, slot, screen.word("Sekali lagi: ", "Once more: "))?;
    if text != again {
        return Err(Failure::say(screen.lang, "kedua PIN tidak sama; ulangi", "the two PINs differ; try again"));
    }
    Ok(pin)
}
