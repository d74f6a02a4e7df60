//! The table of the comparison.

use std::time::Duration;

use super::peers::{PLANO, Peer};
use super::race::{Course, Run};

/// What the columns are.
pub(super) const HEAD: &str = "\
| link | floor | who | numbers received | all received | ÷ floor | sent ÷ payload |
|---|---|---|---|---|---|---|
";

/// One run.
pub(super) fn row(course: &Course, peer: &Peer, run: &Run) -> String {
    let floor = course.floor(run.payload);
    let seconds =
        |time: Option<Duration>| time.map_or_else(|| "–".to_owned(), |time| format!("{:.1} s", time.as_secs_f64()));
    let over = run.all.map_or_else(|| "–".to_owned(), |all| format!("{:.2}", all.as_secs_f64() / floor.as_secs_f64()));
    let bytes = |count: u64| f64::from(u32::try_from(count).expect("megabytes"));
    let [link, least] = if peer.name == PLANO { [course.name, &seconds(Some(floor))] } else { ["", ""] };
    let (numbers, all, sent) = (seconds(run.numbers), seconds(run.all), bytes(run.sent) / bytes(run.payload));
    format!("| {link} | {least} | {} | {numbers} | {all} | {over} | {sent:.3} |\n", peer.name)
}
