//! `plano qr`: a sealed result leaves the station without any network, and is read from a photo.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::failure::{FINDINGS, Failure, Outcome};
use super::screen::Screen;
use super::{files, runtime};
use crate::form::Lang;
use crate::photo;
use crate::protocol::carrier;
use crate::protocol::entry::Body;
use crate::protocol::note::Note;
use crate::protocol::wire::{CarriedAnswer, Standing};
use crate::qr;
use crate::recorder::{Place, Station};
use crate::sync::http::{Config, Denial, HttpUplink};

/// Longer sides in pixels at which a photo is looked at: noise hides modules at full size, small codes vanish at a small one.
const LONG_SIDES: [u32; 5] = [1_600, 1_000, 2_400, 700, 6_000];

/// Both directions.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Show the newest sealed result of a contest as a QR code
    Show(Show),
    /// Read results from photos or screenshots of their QR codes
    Scan(Scan),
}

/// Which result, and where it is drawn.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The contest, for instance gubernur
    contest: String,
    /// The station's folder
    #[arg(long, env = "PLANO_STATION", default_value = "plano-station", value_name = "FOLDER")]
    dir: PathBuf,
    /// Write the code as an SVG drawing instead of showing it here
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    svg: Option<PathBuf>,
    /// Print the text of the code, for a messenger
    #[arg(long)]
    text: bool,
}

/// Which pictures.
#[derive(Debug, Args)]
pub(super) struct Scan {
    /// JPEG or PNG files
    #[arg(required = true)]
    pictures: Vec<PathBuf>,
    /// Folder for the signed notes that were read, one file each
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Bring what was read to central, which shows it as provisional until the station's chain arrives
    #[arg(long, requires = "central")]
    send: bool,
    /// Central's address
    #[arg(long, value_name = "URL", requires = "send")]
    central: Option<String>,
    /// PEM file with the authority of central's certificate, when it is a test central's own
    #[arg(long, value_name = "FILE", env = "PLANO_CA")]
    ca: Option<PathBuf>,
}

/// Runs the verb.
pub(super) fn run(screen: Screen, verb: &Verb) -> Outcome {
    match verb {
        Verb::Show(verb) => show(screen, verb),
        Verb::Scan(verb) => scan(screen, verb),
    }
}

fn show(screen: Screen, verb: &Show) -> Outcome {
    let explain = |error: crate::recorder::RecorderError| Failure::new(error.text(screen.lang));
    let station = Station::open(Place::new(&verb.dir)).map_err(explain)?;
    let entries = station.ledger().entries().map_err(|error| explain(error.into()))?;
    let newest = entries.iter().rev().find(|entry| match &entry.entry().body {
        Body::Result(sealed) => sealed.contest == verb.contest,
        _ => false,
    });
    let Some(sealed) = newest else {
        return Err(Failure::say(
            screen.lang,
            "Formulir ini belum disegel: segel dulu dengan `plano station seal`.",
            "This form is not sealed yet: seal it first with `plano station seal`.",
        ));
    };
    let note = Note::parse(sealed.bytes().to_vec()).map_err(|error| Failure::caused("qr", &error))?;
    let text = carrier::encode(&note);
    let too_long = || {
        Failure::say(
            screen.lang,
            "Hasil ini terlalu panjang untuk satu kode; pakai `plano parcel make`.",
            "This result is too long for one code; use `plano parcel make`.",
        )
    };
    screen.value(&json!({ "station": station.id(), "contest": verb.contest, "text": text }))?;
    if let Some(path) = &verb.svg {
        let drawing = qr::svg(&text, &format!("{} {}", station.id(), verb.contest)).ok_or_else(too_long)?;
        let standalone = drawing.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" ", 1);
        files::write_new(path, standalone.as_bytes())?;
        screen.line(path.display().to_string());
    } else if verb.text {
        screen.line(&text);
    } else {
        let drawn = qr::terminal(&text).ok_or_else(too_long)?;
        // White on black whatever the terminal's colours are: scanners need the code black on white.
        let colour = std::io::stdout().is_terminal();
        for line in drawn.lines() {
            screen.line(if colour { format!("\x1b[97;40m{line}\x1b[0m") } else { line.to_owned() });
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn scan(screen: Screen, verb: &Scan) -> Outcome {
    let central = verb.central.as_ref().map(|url| uplink(url, verb.ca.clone())).transpose()?;
    let mut read = Vec::new();
    let mut all = true;
    for path in &verb.pictures {
        let bytes = files::read(path)?;
        let notes = notes(&bytes).map_err(|error| Failure::caused(path.display().to_string(), &error))?;
        if notes.is_empty() {
            all = false;
            screen.line(match screen.lang {
                Lang::Id => format!(
                    "{}: tidak ada kode hasil yang terbaca. Foto lagi: kode memenuhi gambar, tegak lurus, tidak bergerak.",
                    path.display()
                ),
                Lang::En => format!(
                    "{}: no code of a result can be read. Take it again: the code fills the picture, square, held still.",
                    path.display()
                ),
            });
        }
        for (text, note) in notes {
            screen.line(&text);
            if let Some(folder) = &verb.out {
                keep(screen, folder, &note)?;
            }
            let told = central.as_ref().map(|central| carry(screen, central, &note)).transpose()?;
            all &= !matches!(told, Some(None));
            read.push(json!({ "picture": path, "text": text, "central": told.flatten() }));
        }
    }
    screen.value(&json!({ "read": read }))?;
    Ok(ExitCode::from(if all { 0 } else { FINDINGS }))
}

/// The way to the central at `url`.
fn uplink(url: &str, ca: Option<PathBuf>) -> Result<HttpUplink, Failure> {
    let config = Config { authority: ca, ..Config::new(url.to_owned()) };
    HttpUplink::new(&config).map_err(|error| Failure::caused("qr", &error))
}

/// Brings a result to central and says where it stands there; none when central does not take it.
fn carry(screen: Screen, central: &HttpUplink, note: &Note) -> Result<Option<CarriedAnswer>, Failure> {
    match runtime()?.block_on(central.carry(note)) {
        Ok(told) => {
            screen.line(standing(screen.lang, &told));
            Ok(Some(told))
        }
        Err(Denial::Problem(problem)) => {
            screen.line(match screen.lang {
                Lang::Id => format!("  DITOLAK pusat: {}", problem.detail),
                Lang::En => format!("  REFUSED by central: {}", problem.detail),
            });
            Ok(None)
        }
        Err(Denial::Later(later)) => {
            screen.line(match screen.lang {
                Lang::Id => format!("  belum terkirim ({later}); jalankan lagi perintah yang sama."),
                Lang::En => format!("  not sent yet ({later}); run the same command again."),
            });
            Ok(None)
        }
    }
}

/// Where a result stands, for whoever brought it.
fn standing(lang: Lang, told: &CarriedAnswer) -> String {
    let CarriedAnswer { station, contest, .. } = told;
    match (lang, told.standing) {
        (Lang::Id, Standing::Provisional) => {
            format!("  TPS {station} {contest}: di pusat, sementara, sampai rantai TPS tiba. Kirim juga rantainya.")
        }
        (Lang::En, Standing::Provisional) => {
            format!(
                "  TPS {station} {contest}: at central, provisional until the station's chain arrives. Deliver it, too."
            )
        }
        (Lang::Id, Standing::Accepted) => format!("  TPS {station} {contest}: sudah diterima pusat dari rantai TPS."),
        (Lang::En, Standing::Accepted) => {
            format!("  TPS {station} {contest}: central has it already from the station's chain.")
        }
    }
}

/// Every signed note in a picture, with the text that carries it.
fn notes(bytes: &[u8]) -> Result<Vec<(String, Note)>, photo::PhotoError> {
    for side in LONG_SIDES {
        let picture = photo::grey(bytes, side)?;
        let texts = qr::scan(picture.width(), picture.height(), |x, y| picture.row(y)[x]);
        let notes: Vec<_> =
            texts.into_iter().filter_map(|text| carrier::decode(&text).ok().map(|note| (text, note))).collect();
        if !notes.is_empty() {
            return Ok(notes);
        }
    }
    Ok(Vec::new())
}

fn keep(screen: Screen, folder: &Path, note: &Note) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::caused(folder.display().to_string(), &error))?;
    let path = folder.join(format!("{}.note", crate::digest::Digest::of(note.bytes())));
    if !path.exists() {
        files::write_new(&path, note.bytes())?;
    }
    screen.line(path.display().to_string());
    Ok(())
}
