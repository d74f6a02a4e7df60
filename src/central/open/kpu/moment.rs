//! `ts`: when, as KPU's site writes it: WIB without a zone, whole seconds.

use std::time::Duration;

use crate::central::keeper::Central;
use crate::central::refusal::Refusal;
use crate::clock::Timestamp;

/// WIB is 7 hours east of Greenwich, all year.
const WIB: Duration = Duration::from_hours(7);

/// `2024-11-28 00:45:00`.
pub(super) fn wib(at: Timestamp) -> String {
    let text = at.after(WIB).to_string();
    text.get(..19).unwrap_or_default().replace('T', " ")
}

/// When the last item was received; midnight of polling day before anything was, since a reader expects a moment.
pub(super) fn last(central: &Central) -> Result<String, Refusal> {
    let last = central.last_update()?.map(|as_of| wib(as_of.at));
    Ok(last.unwrap_or_else(|| before(central)))
}

/// Midnight of polling day.
pub(super) fn before(central: &Central) -> String {
    format!("{} 00:00:00", central.election().plan().date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_wib() {
        let at: Timestamp = "2024-11-27T17:45:00.999Z".parse().expect("a moment");
        assert_eq!(wib(at), "2024-11-28 00:45:00");
    }
}
