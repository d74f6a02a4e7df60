//! Unlocking an officer's key; wrong PINs are slowed, each twice as long as the one before.

use std::time::Duration;

use super::key_file::KeyFileError;
use super::{Officer, Pin, RecorderError, Station};
use crate::clock::Timestamp;
use crate::protocol::ids::Slot;
use crate::store::PinTry;

/// The longest that an officer waits after a wrong PIN.
const LONGEST: Duration = Duration::from_mins(15);

/// How long is waited after so many wrong PINs in a row: 1 s, 2 s, 4 s … 15 min.
fn wait_after(wrong: u32) -> Duration {
    match wrong {
        0 => Duration::ZERO,
        _ => Duration::from_secs(1_u64.checked_shl(wrong - 1).unwrap_or(u64::MAX)).min(LONGEST),
    }
}

impl Station {
    /// Unlocks the key of `slot` for as long as the answer lives. Every try is written down.
    ///
    /// A clock that was set back does not shorten the wait.
    ///
    /// # Errors
    /// [`RecorderError::Locked`] while the officer has to wait, [`RecorderError::WrongPin`], [`RecorderError::NoKey`].
    pub fn unlock(&self, slot: Slot, pin: &Pin, now: Timestamp) -> Result<Officer, RecorderError> {
        let file = self.key_file(slot)?.ok_or(RecorderError::NoKey(slot))?;
        if let (wrong, Some(last)) = self.ledger().wrong_pins(slot)? {
            let left = wait_after(wrong).saturating_sub(now.since(last));
            if !left.is_zero() {
                return Err(RecorderError::Locked { slot, wait: left });
            }
        }
        match file.open(pin) {
            Ok(key) => {
                self.ledger().note_pin_try(slot, PinTry { right: true, at: now })?;
                Ok(Officer::new(slot, key))
            }
            Err(KeyFileError::WrongPin) => {
                self.ledger().note_pin_try(slot, PinTry { right: false, at: now })?;
                let (wrong, _) = self.ledger().wrong_pins(slot)?;
                Err(RecorderError::WrongPin { slot, wait: wait_after(wrong) })
            }
            Err(other) => Err(RecorderError::KeyFile(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_and_is_capped() {
        let waits = [0, 1, 2, 3, 4, 10, 11, 200].map(|wrong| wait_after(wrong).as_secs());
        assert_eq!(waits, [0, 1, 2, 4, 8, 512, 900, 900]);
    }
}
