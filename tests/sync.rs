//! Delivery under faults, in this process and in virtual time: thousands of scripts against an honest central.

use std::time::Duration;

use plano::protocol::wire::ProblemKind;
use plano::sync::{End, Trouble, Until};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::support::crooked::Fault;
use crate::support::scripted::Scripted;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime")
}

const LINK: [Trouble; 7] = [
    Trouble::Dns,
    Trouble::Connect,
    Trouble::Tls,
    Trouble::Timeout,
    Trouble::Cut,
    Trouble::Portal,
    Trouble::AnswerTooLarge,
];

fn random_fault(random: &mut StdRng) -> Fault {
    let stored = random.random_bool(0.5);
    match random.random_range(0..100) {
        0..35 => Fault::Lost { trouble: LINK[random.random_range(0..LINK.len())], stored },
        35..45 => Fault::Truncated,
        45..53 => Fault::WrongReceipt { stored },
        53..58 => Fault::ForgedReceipt,
        58..66 => Fault::Portal,
        66..74 => {
            let kind = if stored { ProblemKind::Busy } else { ProblemKind::Unavailable };
            let seconds = [None, Some(0), Some(3), Some(70), Some(100_000)][random.random_range(0..5)];
            Fault::Patience { kind, seconds }
        }
        74..76 => Fault::Refused(ProblemKind::Malformed),
        76..80 => Fault::Refused([ProblemKind::Digest, ProblemKind::UnnamedPhoto][random.random_range(0..2)]),
        80..84 => Fault::FalseGap,
        84..92 => Fault::Cancelled { stored },
        _ => Fault::Slow { seconds: random.random_range(1..400) },
    }
}

/// One script: faults at random, then none; entries are appended before and while it runs.
async fn live_through(seed: u64) -> usize {
    let mut random = StdRng::seed_from_u64(seed);
    let entries = random.random_range(1..6);
    let station = Scripted::prepared(entries, seed);
    let share = random.random_range(0.1..0.9);
    let length = random.random_range(0..30);
    let faults = (0..length).map(|_| if random.random_bool(share) { random_fault(&mut random) } else { Fault::None });
    let faults: Vec<_> = faults.collect();
    station.uplink.shared().script.extend(faults);
    station.append_up_to(random.random_range(1..=entries + 1));
    let mut requests = 0;
    for until in [Until::Idle, Until::Idle, Until::Settled] {
        let (end, _) = station.deliver(until).await.expect("the ledger works");
        assert!(until == Until::Idle || end == End::Done || end == End::SetAside, "{end:?}");
        station.append_up_to(entries + 1);
        requests = station.uplink.shared().requests.len();
    }
    // What was refused by mistake is looked at a second time by itself.
    while station.deliver(Until::Settled).await.expect("the ledger works").0 != End::Done {
        station.time.advance(Duration::from_mins(31));
    }
    station.assert_delivered();
    station.assert_numbers_first();
    requests
}

#[test]
fn every_script_of_faults_ends_with_everything_delivered_once() {
    let scripts = std::env::var("PLANO_SCRIPTS").ok().and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let runtime = runtime();
    let requests: usize = (0..scripts).map(|seed| runtime.block_on(live_through(seed))).sum();
    assert!(requests as u64 > scripts, "the scripts do send things");
}
