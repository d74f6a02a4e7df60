//! `plano central rehearse`: drive a central from outside with simulated stations, and report how it did.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::time::Duration;

use clap::Args;
use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::failure::{FINDINGS, Failure, Outcome};
use super::screen::Screen;
use super::{files, runtime, stop};
use crate::protocol::election::Election;
use crate::rehearsal::drive::{Drive, Numbers, Profile, Rehearsed, Remote, Seen, read_codes, rehearse};
use crate::sync::http::Config;

/// How many stations, how fast, and against which central.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How many TPS take part
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = clap::value_parser!(u16).range(1..))]
    tps: u16,
    /// Minutes over which they come
    #[arg(long, value_name = "M", default_value_t = 2.0)]
    minutes: f64,
    /// Who comes when: pilkada-2024 (the night of 27 November 2024: 80 % in the first quarter), evening, flat, burst
    #[arg(long, default_value = "pilkada-2024", value_name = "PROFILE")]
    profile: Profile,
    /// Address of the central to drive; without it one is started on this machine
    #[arg(long, value_name = "URL", requires_all = ["codes", "election", "central_key"])]
    central: Option<String>,
    /// Enrolment codes that this central's operator has issued: what `plano central codes` wrote
    #[arg(long, value_name = "FILE", requires = "central")]
    codes: Option<PathBuf>,
    /// The signed election file that this central has; only a drill is driven
    #[arg(long, value_name = "FILE", requires = "central")]
    election: Option<PathBuf>,
    /// Central's public key (text or file)
    #[arg(long, value_name = "KEY", requires = "central")]
    central_key: Option<String>,
    /// PEM file with the authority of central's certificate, when it is a test central's own
    #[arg(long, value_name = "FILE", env = "PLANO_CA")]
    ca: Option<PathBuf>,
    /// Folder for the report and the stations; must not exist. Without it a new one is made below the temporary folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Height of the photos in pixels; a phone of 12 megapixels takes 4000
    #[arg(long, default_value_t = 1600, value_parser = clap::value_parser!(u32).range(800..=6000))]
    pixels: u32,
    /// TPS that deliver at the same time; more wait for their turn, and the report says how long
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=1024))]
    at_once: u16,
    /// Seed of figures, handwriting, photos, and of who comes when
    #[arg(long, default_value_t = 2024)]
    seed: u64,
}

/// Runs the verb: exit code 0 when everything was received and everything is equal, 1 when not.
pub(super) fn run(screen: Screen, arguments: &Arguments) -> Outcome {
    let span =
        Duration::try_from_secs_f64(arguments.minutes * 60.0).ok().filter(|span| *span <= Duration::from_hours(48));
    let span = span.ok_or_else(|| Failure::new("--minutes").hint("give a number from 0 to 2880"))?;
    let drive = Drive {
        tps: arguments.tps,
        span,
        profile: arguments.profile,
        folder: files::new_folder(arguments.out.as_deref(), "plano-rehearse")?,
        remote: remote(arguments)?,
        long_side: arguments.pixels,
        at_once: usize::from(arguments.at_once),
        seed: arguments.seed,
    };
    screen.say(
        "Gladi pusat: TPS tiruan dengan tanda tangan, foto, dan protokol yang sebenarnya. Angkanya karangan.",
        "A rehearsal of central: simulated stations with the real signatures, photos and protocol. Figures are invented.",
    );
    let outcome = follow(screen, &drive)?;
    screen.value(&json!({
        "folder": drive.folder, "report": outcome.report, "sound": outcome.numbers.sound(), "numbers": outcome.numbers,
    }))?;
    tell(screen, &outcome);
    Ok(ExitCode::from(if outcome.numbers.sound() { 0 } else { FINDINGS }))
}

fn remote(arguments: &Arguments) -> Result<Option<Remote>, Failure> {
    let (Some(url), Some(codes), Some(file), Some(key)) =
        (&arguments.central, &arguments.codes, &arguments.election, &arguments.central_key)
    else {
        return Ok(None);
    };
    let fail = |path: &PathBuf, error: &dyn std::error::Error| Failure::caused(path.display().to_string(), error);
    let election = Election::parse(files::read(file)?).map_err(|error| fail(file, &error))?;
    if !election.is_drill() {
        return Err(Failure::new(file.display().to_string())
            .hint("this is the election itself: invented figures are sent to a central of a drill only"));
    }
    let codes_read = read_codes(&files::read(codes)?).map_err(|error| fail(codes, &error))?;
    let way = Config { authority: arguments.ca.clone(), ..Config::new(url) };
    Ok(Some(Remote { way, key: files::key_text(key)?, election, codes: codes_read }))
}

/// Runs the rehearsal on its own thread, moves a bar, and stops it when asked to.
fn follow(screen: Screen, drive: &Drive) -> Result<Rehearsed, Failure> {
    let (seen, happened) = channel();
    let cancel = CancellationToken::new();
    let signals = runtime()?;
    let asked = cancel.clone();
    signals.spawn(async move {
        stop::until_stopped().await;
        asked.cancel();
    });
    let bar = ProgressBar::new(drive.tps.into());
    if screen.json {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{msg} {bar:32} {pos}/{len} TPS [{elapsed}]");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let (ready, delivered) = (screen.word("disiapkan", "recorded"), screen.word("terkirim", "delivered"));
    bar.set_message(ready);
    bar.enable_steady_tick(Duration::from_millis(250));
    let outcome = std::thread::scope(|scope| {
        let cancel = &cancel;
        let whole = scope.spawn(move || rehearse(drive, &seen, cancel));
        let mut delivering = false;
        for one in happened {
            if matches!(one, Seen::Delivered(_)) && !delivering {
                delivering = true;
                bar.reset();
                bar.set_message(delivered);
            }
            bar.inc(1);
        }
        whole.join()
    });
    bar.finish_and_clear();
    signals.shutdown_background();
    let outcome = outcome.map_err(|_| Failure::new("a part of the rehearsal broke down"))?;
    outcome.map_err(|error| {
        Failure::caused("rehearse", &error).hint(format!("what was made until then is in {}", drive.folder.display()))
    })
}

/// What it came to, for people.
fn tell(screen: Screen, outcome: &Rehearsed) {
    let numbers = &outcome.numbers;
    if numbers.stopped {
        screen.say("Dihentikan sebelum selesai.", "Stopped before the end.");
    }
    verdict(screen, numbers);
    let (entry, photo) = (numbers.entry_receipt, numbers.photo_receipt);
    screen.line(format!(
        "  {}: p50 {:.1} ms, p99 {:.1} ms · {}: p50 {:.1} ms, p99 {:.1} ms · {} · {:.1} s",
        screen.word("catatan", "entry"),
        entry.p50,
        entry.p99,
        screen.word("foto", "photo"),
        photo.p50,
        photo.p99,
        HumanBytes(numbers.bytes_sent),
        numbers.seconds,
    ));
    let troubles: Vec<_> = numbers.troubles.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    if !troubles.is_empty() {
        screen.line(format!("  {}: {}", screen.word("gangguan", "troubles"), troubles.join(", ")));
    }
    screen.line(format!("\n{}: {}", screen.word("laporan", "report"), outcome.report.display()));
    for command in &outcome.commands {
        screen.line(format!("  {command}"));
    }
}

/// The four things that have to be so, each with its numbers.
fn verdict(screen: Screen, numbers: &Numbers) {
    let items = numbers.entries + numbers.photos;
    let received = numbers.entries_received + numbers.photos_received;
    let size = numbers.log.after.map_or_else(|| "?".to_owned(), |size| size.to_string());
    let (sent, kept) = (format!("{received} / {items}"), format!("{} / {items}", numbers.receipts_verified));
    let line = |holds: bool, name: &str, value: &str| {
        screen.line(format!("{} {name}: {value}", if holds { "✓" } else { "✗" }));
    };
    line(numbers.all_received(), screen.word("diterima", "received"), &sent);
    line(numbers.all_receipts_hold(), screen.word("tanda terima yang sah", "receipts that hold"), &kept);
    let grown = format!("{} → {size}", numbers.log.before);
    line(numbers.log_holds_all(), screen.word("log pusat", "central's log"), &grown);
    let sums = screen.word("rekapitulasi sama dengan lembar", "recapitulation equals the sheets");
    line(numbers.recap_equal(), sums, &recap(numbers));
}

/// How many of the published sums are those of the sheets.
fn recap(numbers: &Numbers) -> String {
    numbers.recap.as_ref().map_or_else(
        || "?".to_owned(),
        |recap| format!("{} / {}", recap.sums - recap.differences.len() as u64, recap.sums),
    )
}
