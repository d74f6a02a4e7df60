//! Wrong tries, of an enrolment code or of a password: each costs a longer wait than the one before.

use std::time::Duration;

use crate::clock::Timestamp;

/// Wrong tries that cost no waiting: people mistype.
const FREE: u32 = 5;
/// The longest wait. It keeps guessing at one try a minute, and cannot lock anybody out for longer.
const LONGEST: Duration = Duration::from_mins(1);

/// How long to wait at `now` after `tries` wrong ones in a row, the last of them at `last`.
pub(super) fn wait(tries: u32, last: Timestamp, now: Timestamp) -> Option<Duration> {
    let over = tries.checked_sub(FREE)?;
    let pause = Duration::from_secs(1 << over.min(16)).min(LONGEST);
    pause.checked_sub(now.since(last)).filter(|wait| !wait.is_zero())
}
