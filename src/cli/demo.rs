//! `plano demo`: a whole polling day in one command.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::time::Instant;

use clap::Args;
use indicatif::{FormattedDuration, HumanBytes, ProgressBar, ProgressStyle};
use serde_json::json;

use super::failure::{FINDINGS, Failure, Outcome as Ended};
use super::files;
use super::screen::Screen;
use crate::rehearsal::{Demo, Outcome, Scale, run as rehearse};

/// How large a day, and what is left of it.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// All 328 TPS of the city; without it those of one kelurahan
    #[arg(long, conflicts_with = "stations")]
    all: bool,
    /// The first so many TPS
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=328))]
    stations: Option<u16>,
    /// Folder for everything the day leaves; must not exist. Without it a new one is made below the temporary folder
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
    /// Script of faults for central; without it a bad night (fixtures/faults/polling-night.toml)
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// Height of the photos in pixels; a phone of 12 megapixels takes 4000
    #[arg(long, default_value_t = 1600, value_parser = clap::value_parser!(u32).range(800..=6000))]
    pixels: u32,
    /// TPS that work at the same time
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=256))]
    at_once: u16,
    /// Seed of figures, handwriting, photos and what happens
    #[arg(long, default_value_t = 2024)]
    seed: u64,
}

/// Runs the verb: exit code 0 when everything was received once and the bundle is sound.
pub(super) fn run(screen: Screen, arguments: &Arguments) -> Ended {
    let folder = files::new_folder(arguments.dir.as_deref(), "plano-demo")?;
    let faults = arguments.faults.as_deref().map(files::read).transpose()?;
    let scale = match (arguments.all, arguments.stations) {
        (true, _) => Scale::City,
        (_, Some(most)) => Scale::Stations(usize::from(most)),
        _ => Scale::Kelurahan,
    };
    let demo = Demo {
        scale,
        folder,
        faults: faults.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        long_side: arguments.pixels,
        at_once: usize::from(arguments.at_once),
        seed: arguments.seed,
    };
    screen.say(
        "Gladi: dua petugas per TPS, jaringan yang buruk, satu malam. Angkanya karangan.",
        "A rehearsal: two officers a TPS, a bad network, one night. The figures are invented.",
    );
    let began = Instant::now();
    let outcome = follow(screen, &demo)?;
    screen.value(&as_json(&demo, &outcome))?;
    tell(screen, &demo, &outcome);
    screen.line(format!("{}: {}", screen.word("lama", "time"), FormattedDuration(began.elapsed())));
    Ok(ExitCode::from(if outcome.sound() { 0 } else { FINDINGS }))
}

/// Runs the day on its own thread and moves a bar with every station that ends.
fn follow(screen: Screen, demo: &Demo) -> Result<Outcome, Failure> {
    let (done, ended) = channel();
    let bar = ProgressBar::new_spinner();
    if screen.json {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    let template = format!("{{spinner}} {{pos}} TPS {} [{{elapsed}}] {{msg}}", screen.word("selesai", "done"));
    bar.set_style(ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(std::time::Duration::from_millis(250));
    let outcome = std::thread::scope(|scope| {
        let day = scope.spawn(move || rehearse(demo, &done));
        for station in ended {
            bar.inc(1);
            bar.set_message(station.to_string());
        }
        day.join()
    });
    bar.finish_and_clear();
    let outcome = outcome.map_err(|_| Failure::new("a part of the rehearsal broke down"))?;
    outcome.map_err(|error| {
        Failure::caused("demo", &error).hint(format!("what was made until then is in {}", demo.folder.display()))
    })
}

/// What the day came to, for people.
fn tell(screen: Screen, demo: &Demo, outcome: &Outcome) {
    for (label, count) in rows(screen, outcome) {
        screen.line(format!("{count:>8}  {label}"));
    }
    screen.line(format!(
        "\n{} {} · {} {}",
        screen.word("percobaan kirim", "attempts"),
        outcome.attempts,
        screen.word("diserahkan ke jaringan", "handed to the network"),
        HumanBytes(outcome.bytes_sent)
    ));
    screen
        .say("Gangguan yang dibuat pusat, dan dilewati:", "Faults that central brought about, and that were survived:");
    for fault in outcome.faults.iter().filter(|fault| fault.fired > 0) {
        screen.line(format!("{:>8}  {}", fault.fired, fault.rule));
    }
    let troubles: Vec<_> = outcome.troubles.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    screen.line(format!(
        "{}: {}\n",
        screen.word("terlihat oleh TPS sebagai", "seen by the stations as"),
        troubles.join(", ")
    ));
    screen.line(outcome.report.text(screen.lang).trim_end());
    let bundle = outcome.exported.folder.display();
    screen.line(format!("\n{} {bundle}", screen.word("berkas audit:", "audit bundle:")));
    screen.line(format!("  plano verify {bundle}"));
    screen.line(format!("  (cd {bundle} && sha256sum -c --quiet manifest-sha256.txt)"));
    screen.line(format!("  plano station --dir {}/stations/<TPS> status", demo.folder.display()));
}

/// Everything that is a count.
fn rows(screen: Screen, outcome: &Outcome) -> [(&'static str, u64); 11] {
    let told = &outcome.told;
    let word = |id, en| screen.word(id, en);
    [
        (word("TPS", "stations"), outcome.stations as u64),
        (word("catatan diterima", "entries received"), outcome.entries),
        (word("foto diterima", "photos received"), outcome.photos),
        (word("daun pada log pusat", "leaves in central's log"), outcome.log_size),
        (word("bacaan kedua yang keliru, dibaca ulang", "second readings that slipped, read again"), told.slips),
        (
            word(
                "plano yang tidak cocok, direkam apa adanya",
                "sheets that contradict themselves, recorded as written",
            ),
            told.wrong_sums,
        ),
        (word("hasil yang diperbaiki dengan alasan", "results corrected with a reason"), told.corrections),
        (word("foto yang diulang", "photos taken again"), told.retakes),
        (word("temuan foto yang dijawab", "findings about photos, answered"), told.photo_findings),
        (word("kejadian khusus", "incidents"), told.incidents),
        (word("salinan yang ditolak saksi", "copies refused by a saksi"), told.refusals),
    ]
}

fn as_json(demo: &Demo, outcome: &Outcome) -> serde_json::Value {
    let faults: serde_json::Map<_, _> =
        outcome.faults.iter().map(|fault| (fault.rule.clone(), fault.fired.into())).collect();
    json!({
        "folder": demo.folder, "bundle": outcome.exported.folder, "stations": outcome.stations,
        "entries_received": outcome.entries, "photos_received": outcome.photos, "log_size": outcome.log_size,
        "attempts": outcome.attempts, "bytes_sent": outcome.bytes_sent, "troubles": outcome.troubles,
        "faults": faults, "sound": outcome.sound(), "report": outcome.report.json(),
    })
}
