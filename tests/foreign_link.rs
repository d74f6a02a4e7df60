//! One TPS over bad links: Plano and its peers side by side, each on a link of its own. Run by `tests/foreign/link/run`.

mod peers;
mod race;
mod received;
mod table;

use std::thread;
use std::time::Duration;

use crate::support::golden;
use crate::support::link::PROFILES;
use peers::PEERS;
use race::{Course, Start};

/// How long a run may take at most, in minutes, when nobody says otherwise.
const MINUTES: u64 = 20;

#[test]
#[ignore = "takes minutes and needs foreign programs; run tests/foreign/link/run"]
fn everybody_delivers_one_station_over_every_link() {
    let said = |name: &str| std::env::var(name).unwrap_or_default();
    let (minutes, wanted) = (said("PLANO_LINK_MINUTES").parse().unwrap_or(MINUTES), said("PLANO_LINK_PROFILES"));
    let most = Duration::from_mins(minutes);
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let courses: Vec<Course> =
        PROFILES.into_iter().filter(|name| wanted.is_empty() || wanted.contains(name)).map(Course::named).collect();
    let start = Start::of(courses.len() * PEERS.len());
    let start = &start;
    let rows = thread::scope(|scope| {
        let runs: Vec<_> = courses
            .iter()
            .flat_map(|course| PEERS.iter().map(move |peer| (course, peer)))
            .map(|(course, peer)| (course, peer, scope.spawn(move || race::run(course, peer, start, most))))
            .collect();
        runs.into_iter()
            .map(|(course, peer, run)| {
                let row = table::row(course, peer, &run.join().expect("a run does not fail, it takes too long"));
                print!("{row}");
                row
            })
            .collect::<String>()
    });
    golden::measured("docs/performance.md", "link", &format!("{}{rows}", table::HEAD));
}
