//! `plano sync`: deliver the outbox until central has signed for every item.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use indicatif::HumanBytes;
use serde_json::json;
use tokio::sync::mpsc::unbounded_channel;
use tokio_util::sync::CancellationToken;

use super::delivery_bars::Bars;
use super::failure::{FINDINGS, Failure, Outcome};
use super::runtime;
use super::screen::Screen;
use crate::clock;
use crate::form::Lang;
use crate::recorder::{Place, Station};
use crate::store::Delivery;
use crate::sync::http::{Config, HttpUplink};
use crate::sync::{End, Equipment, Events, Tally, Traffic, Until, WallClock, Worker, photo_bytes};

/// Which station, and how long.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The station's folder
    #[arg(long, env = "PLANO_STATION", default_value = "plano-station", value_name = "FOLDER")]
    dir: PathBuf,
    /// Try what can be tried now, then stop
    #[arg(long, conflicts_with = "watch")]
    once: bool,
    /// Go on for ever, and deliver what is recorded meanwhile
    #[arg(long)]
    watch: bool,
    /// Send at once what was refused or waits for its next try
    #[arg(long)]
    now: bool,
    /// PEM file with the authority of central's certificate, when it is a test central's own
    #[arg(long, value_name = "FILE", env = "PLANO_CA")]
    ca: Option<PathBuf>,
}

/// Runs the verb: exit code 0 when central has signed for everything, 1 when something is left.
pub(super) fn run(screen: Screen, arguments: &Arguments) -> Outcome {
    let explain = |error: crate::recorder::RecorderError| Failure::new(error.text(screen.lang));
    let station = Station::open(Place::new(&arguments.dir)).map_err(explain)?;
    let stored = |error: crate::store::StoreError| explain(error.into());
    if arguments.now {
        station.ledger().try_again(clock::now()).map_err(stored)?;
    }
    let url = station.ledger().central_url().map_err(stored)?;
    let config = Config { authority: arguments.ca.clone(), ..Config::new(url) };
    let uplink = HttpUplink::new(&config).map_err(|error| Failure::caused("sync", &error))?;
    let (events, heard) = unbounded_channel();
    let equipment = Equipment {
        ledger: crate::store::Ledger::open(station.ledger().path()).map_err(stored)?,
        photos: station.photos().clone(),
        uplink: uplink.clone(),
        pace: WallClock,
        events: Events::to(events),
    };
    let mut worker = Worker::new(equipment, rand::random);
    let until = match (arguments.once, arguments.watch) {
        (true, _) => Until::Idle,
        (_, true) => Until::Cancelled,
        _ => Until::Settled,
    };
    let before = station.ledger().delivery().map_err(stored)?;
    let left = photo_bytes(&station.ledger().pending().map_err(stored)?);
    let bars = Bars::new(screen, &before, left, uplink.clone());
    let end = runtime()?.block_on(async {
        let cancel = CancellationToken::new();
        let watcher = tokio::spawn(bars.watch(heard));
        tokio::spawn(stop_on_interrupt(cancel.clone()));
        let end = worker.run(until, &cancel).await;
        let tally = worker.tally().clone();
        // The watcher ends when the last sender of events is gone.
        drop(worker);
        let _ = watcher.await;
        end.map(|end| (end, tally))
    });
    let (end, tally) = end.map_err(|error| Failure::caused("sync", &error))?;
    finish(screen, end, (&tally, uplink.traffic()), &station.ledger().delivery().map_err(stored)?)
}

/// Cancels on Ctrl-C; what is under way is left as an honest "unknown" and sent again next time.
async fn stop_on_interrupt(cancel: CancellationToken) {
    if tokio::signal::ctrl_c().await.is_ok() {
        cancel.cancel();
    }
}

fn finish(screen: Screen, end: End, (tally, traffic): (&Tally, Traffic), delivery: &Delivery) -> Outcome {
    let troubles: serde_json::Map<_, _> =
        tally.troubles.iter().map(|(kind, count)| (kind.to_string(), (*count).into())).collect();
    screen.value(&json!({
        "delivery": delivery, "complete": delivery.complete(), "attempts": tally.attempts,
        "light_copies": tally.light, "bytes_sent": tally.bytes_sent, "troubles": troubles,
        "data": { "sent": traffic.sent, "received": traffic.received },
    }))?;
    let received = delivery.entries_received + delivery.photos_received;
    let all = delivery.entries + delivery.photos;
    screen.line(match screen.lang {
        Lang::Id => format!("Diterima pusat: {received} dari {all}."),
        Lang::En => format!("Received by central: {received} of {all}."),
    });
    let [out, back] = [traffic.sent, traffic.received].map(HumanBytes);
    screen.line(match screen.lang {
        Lang::Id => format!("Data jaringan: keluar {out}, masuk {back}."),
        Lang::En => format!("Network data: out {out}, in {back}."),
    });
    if tally.light > 0 && !delivery.complete() {
        screen.line(match screen.lang {
            Lang::Id => format!("Salinan ringan foto yang sudah di pusat: {}; foto aslinya menyusul.", tally.light),
            Lang::En => format!("Light copies of photos at central: {}; the photos follow.", tally.light),
        });
    }
    match end {
        End::Done => {}
        End::SetAside => screen.say(
            "Ada yang ditolak pusat: lihat `plano station status`, lalu `plano sync --now` setelah diperbaiki.",
            "Central refused something: see `plano station status`, then `plano sync --now` once it is mended.",
        ),
        End::Waiting(_) | End::Cancelled => screen.say(
            "Sisanya tersimpan di sini dan dikirim pada `plano sync` berikutnya.",
            "The rest is stored here and goes with the next `plano sync`.",
        ),
    }
    Ok(ExitCode::from(if delivery.complete() { 0 } else { FINDINGS }))
}
