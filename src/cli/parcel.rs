//! `plano parcel`: carry what has no receipt yet on a stick, by a messenger, through a neighbour's phone.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::failure::{FINDINGS, Failure, Outcome};
use super::files;
use super::runtime;
use super::screen::Screen;
use crate::clock;
use crate::form::Lang;
use crate::recorder::{Place, Station};
use crate::sync::WallClock;
use crate::sync::http::{Config, HttpUplink};
use crate::sync::parcel::{Consignment, Delivered, Fate, Packing, Satchel, Scope, Unpacked, deliver, take_in};

/// The three ends of the way.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// At the station: pack what central has not signed for
    Make(Make),
    /// On any machine: deliver parcels, keep them until central has signed, collect the receipts
    Send(Send),
    /// At the station: take receipts in that came back in a file
    Receipts(Receipts),
}

/// What is packed, and where to.
#[derive(Debug, Args)]
pub(super) struct Make {
    /// The parcel's file; with --split a number is put before its extension
    out: PathBuf,
    /// The station's folder
    #[arg(long, env = "PLANO_STATION", default_value = "plano-station", value_name = "FOLDER")]
    dir: PathBuf,
    /// Parts of at most so many megabytes each; a larger photo has a part of its own
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    split: Option<u64>,
    /// Everything that was recorded, also what central has signed for
    #[arg(long)]
    all: bool,
}

/// What is delivered, and where to.
#[derive(Debug, Args)]
pub(super) struct Send {
    /// Parcels to take over; none: go on with those taken over before
    parcels: Vec<PathBuf>,
    /// The carrier's folder: keeps parcels until central has signed for them, and the receipts
    #[arg(long = "box", default_value = "plano-parcels", value_name = "FOLDER")]
    satchel: PathBuf,
    /// Central's address, when it is another than the parcel says
    #[arg(long, value_name = "URL")]
    central: Option<String>,
    /// PEM file with the authority of central's certificate, when it is a test central's own
    #[arg(long, value_name = "FILE", env = "PLANO_CA")]
    ca: Option<PathBuf>,
    /// How often a bad link is tried for each item before the rest is left for another time
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1000))]
    tries: u32,
}

/// Which receipts.
#[derive(Debug, Args)]
pub(super) struct Receipts {
    /// The files that came back
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The station's folder
    #[arg(long, env = "PLANO_STATION", default_value = "plano-station", value_name = "FOLDER")]
    dir: PathBuf,
}

/// Runs the verb.
pub(super) fn run(screen: Screen, verb: &Verb) -> Outcome {
    match verb {
        Verb::Make(verb) => make(screen, verb),
        Verb::Send(verb) => send(screen, verb),
        Verb::Receipts(verb) => receipts(screen, verb),
    }
}

fn station(screen: Screen, dir: &Path) -> Result<Station, Failure> {
    Station::open(Place::new(dir)).map_err(|error| Failure::new(error.text(screen.lang)))
}

fn parcel(error: &dyn std::error::Error) -> Failure {
    Failure::caused("parcel", error)
}

fn make(screen: Screen, verb: &Make) -> Outcome {
    let station = station(screen, &verb.dir)?;
    let scope = if verb.all { Scope::All } else { Scope::Open };
    let packing =
        Packing::of(station.ledger(), station.photos(), scope, clock::now()).map_err(|error| parcel(&error))?;
    if packing.items() == 0 && packing.left.is_empty() {
        screen.value(&json!({ "items": 0, "files": [] }))?;
        screen.say(
            "Tidak ada yang perlu dibawa: semuanya sudah diterima pusat.",
            "Nothing to carry: central has signed for everything.",
        );
        return Ok(ExitCode::SUCCESS);
    }
    let most = verb.split.map(|megabytes| megabytes * 1_000_000);
    let parts = packing.parts(most);
    let mut files = Vec::new();
    for part in 0..parts {
        let path = if parts == 1 { verb.out.clone() } else { numbered(&verb.out, part + 1) };
        let file = files::create_new(&path)?;
        let out =
            packing.write(station.photos(), (part, most), BufWriter::new(file)).map_err(|error| parcel(&error))?;
        settle(out, &path)?;
        files.push(path);
    }
    screen.value(&json!({ "items": packing.items(), "files": files, "left": packing.left }))?;
    for path in &files {
        screen.line(path.display().to_string());
    }
    screen.line(match screen.lang {
        Lang::Id => {
            format!("{} butir dikemas. Siapa pun dapat mengantarnya: plano parcel send <berkas>", packing.items())
        }
        Lang::En => format!("{} items packed. Anyone can deliver them: plano parcel send <file>", packing.items()),
    });
    for item in &packing.left {
        screen.line(match screen.lang {
            Lang::Id => format!("TIDAK dikemas, berkasnya hilang atau rusak di sini: {item}"),
            Lang::En => format!("NOT packed, its file is missing or damaged here: {item}"),
        });
    }
    Ok(ExitCode::from(if packing.left.is_empty() { 0 } else { FINDINGS }))
}

/// `a.parcel` becomes `a.2.parcel`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    match path.extension() {
        Some(extension) => path.with_extension(format!("{number}.{}", extension.to_string_lossy())),
        None => path.with_extension(number.to_string()),
    }
}

/// Brings a file to disk: a stick is pulled out soon.
fn settle(out: BufWriter<File>, path: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::caused(path.display().to_string(), &error);
    let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
    files::settle(&file, path).map_err(failed)
}

fn send(screen: Screen, verb: &Send) -> Outcome {
    let satchel = Satchel::at(&verb.satchel);
    let mut sound = true;
    for path in &verb.parcels {
        let file = File::open(path).map_err(|error| Failure::caused(path.display().to_string(), &error))?;
        let taken = satchel.take_over(BufReader::new(file));
        sound &= report(screen, path, &taken.map_err(|error| Failure::caused(path.display().to_string(), &error))?);
    }
    let held = satchel.consignments().map_err(|error| parcel(&error))?;
    if held.is_empty() {
        return Err(Failure::say(
            screen.lang,
            "Tidak ada paket untuk diantar; sebutkan berkas paketnya.",
            "There is no parcel to deliver; name the parcel's file.",
        ));
    }
    let mut all = Vec::new();
    for consignment in &held {
        let delivered = deliver_one(screen, verb, consignment)?;
        sound &= delivered.iter().all(|(_, fate)| fate == "received");
        all.push(json!({ "station": consignment.label().station, "items": delivered }));
        write_receipts(screen, &verb.satchel, consignment)?;
    }
    screen.value(&json!({ "stations": all }))?;
    Ok(ExitCode::from(if sound { 0 } else { FINDINGS }))
}

/// Says what a file brought; whether all of it was sound.
fn report(screen: Screen, path: &Path, unpacked: &Unpacked) -> bool {
    let [part, of] = unpacked.label.part;
    let (name, station, taken) = (path.display(), unpacked.label.station, unpacked.taken);
    screen.line(match screen.lang {
        Lang::Id => format!("{name}: TPS {station}, bagian {part} dari {of}, {taken} butir."),
        Lang::En => format!("{name}: TPS {station}, part {part} of {of}, {taken} items."),
    });
    for spoiled in &unpacked.spoiled {
        screen.line(match screen.lang {
            Lang::Id => format!("  DITOLAK {}: {}", spoiled.name, spoiled.fault),
            Lang::En => format!("  REFUSED {}: {}", spoiled.name, spoiled.fault),
        });
    }
    if let Some(cut) = &unpacked.cut {
        screen.line(match screen.lang {
            Lang::Id => {
                format!("  Berkas ini terpotong ({cut}); yang utuh sudah diambil. Mintalah salinan yang lengkap.")
            }
            Lang::En => format!("  This file is cut off ({cut}); what is whole was taken. Ask for a complete copy."),
        });
    }
    unpacked.spoiled.is_empty() && unpacked.cut.is_none()
}

fn deliver_one(screen: Screen, verb: &Send, consignment: &Consignment) -> Result<Vec<(String, String)>, Failure> {
    let url = verb.central.clone().unwrap_or_else(|| consignment.label().central.clone());
    let config = Config { authority: verb.ca.clone(), ..Config::new(url) };
    let uplink = HttpUplink::new(&config).map_err(|error| parcel(&error))?;
    let work = deliver(consignment, &uplink, &WallClock, verb.tries);
    let delivered = runtime()?.block_on(work).map_err(|error| parcel(&error))?;
    let received = delivered.iter().filter(|one| one.fate == Fate::Received).count();
    let (station, all) = (consignment.label().station, delivered.len());
    screen.line(match screen.lang {
        Lang::Id => format!("TPS {station}: diterima pusat {received} dari {all}."),
        Lang::En => format!("TPS {station}: received by central {received} of {all}."),
    });
    let mut told = Vec::new();
    for one in delivered {
        let fate = match &one.fate {
            Fate::Received => "received".to_owned(),
            Fate::Early => "early".to_owned(),
            Fate::Refused(reason) => format!("refused: {reason}"),
            Fate::Later(later) => format!("later: {later}"),
        };
        tell(screen, &one);
        told.push((one.item.to_string(), fate));
    }
    Ok(told)
}

/// Says of what was not received why.
fn tell(screen: Screen, one: &Delivered) {
    match &one.fate {
        Fate::Received => {}
        Fate::Early => screen.line(match screen.lang {
            Lang::Id => {
                format!("  {}: menunggu bagian sebelumnya; disimpan, dan diantar setelah bagian itu datang.", one.item)
            }
            Lang::En => {
                format!("  {}: waits for an earlier part; kept, and delivered once that has come.", one.item)
            }
        }),
        Fate::Refused(reason) => screen.line(match screen.lang {
            Lang::Id => format!("  DITOLAK pusat {}: {reason}", one.item),
            Lang::En => format!("  REFUSED by central {}: {reason}", one.item),
        }),
        Fate::Later(later) => screen.line(match screen.lang {
            Lang::Id => format!("  {}: belum ({later}); jalankan lagi `plano parcel send`.", one.item),
            Lang::En => format!("  {}: not yet ({later}); run `plano parcel send` again.", one.item),
        }),
    }
}

/// The file that goes back: written anew every time, beside the old one until it is whole.
fn write_receipts(screen: Screen, satchel: &Path, consignment: &Consignment) -> Result<(), Failure> {
    let path = satchel.join(format!("{}.receipts", consignment.label().station));
    let bytes = consignment.write_receipts(clock::now(), Vec::new()).map_err(|error| parcel(&error))?;
    crate::store::durable::write(&path, &bytes).map_err(|error| Failure::caused(path.display().to_string(), &error))?;
    screen.line(match screen.lang {
        Lang::Id => format!("Tanda terima untuk dibawa kembali ke TPS: {}", path.display()),
        Lang::En => format!("Receipts to carry back to the TPS: {}", path.display()),
    });
    Ok(())
}

fn receipts(screen: Screen, verb: &Receipts) -> Outcome {
    let station = station(screen, &verb.dir)?;
    let mut sound = true;
    let mut new = 0;
    for path in &verb.files {
        let file = File::open(path).map_err(|error| Failure::caused(path.display().to_string(), &error))?;
        let taken = take_in(station.ledger(), BufReader::new(file), clock::now());
        let taken = taken.map_err(|error| Failure::caused(path.display().to_string(), &error))?;
        new += taken.new.len();
        sound &= report(screen, path, &taken.parcel);
    }
    let delivery = station.ledger().delivery().map_err(|error| parcel(&error))?;
    screen.value(&json!({ "new": new, "delivery": delivery, "complete": delivery.complete() }))?;
    let (received, all) = (delivery.entries_received + delivery.photos_received, delivery.entries + delivery.photos);
    screen.line(match screen.lang {
        Lang::Id => format!("{new} tanda terima baru. Diterima pusat: {received} dari {all}."),
        Lang::En => format!("{new} new receipts. Received by central: {received} of {all}."),
    });
    Ok(ExitCode::from(if sound { 0 } else { FINDINGS }))
}
