//! The officers of one station as central knows them: accreditations and wrong tries.

use std::time::Duration;

use super::store::{Accredited, IssuedHash};
use super::tries;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::ids::StationId;
use crate::protocol::people::Roster;

/// Accreditations and wrong tries of one station.
#[derive(Debug, Clone, Default)]
pub(super) struct Officers {
    accredited: Vec<Accredited>,
    refused: Vec<Timestamp>,
    roster: Roster,
}

impl Officers {
    /// Takes note of a refused code.
    pub(super) fn refuse(&mut self, at: Timestamp) {
        self.refused.push(at);
    }

    /// Takes note of an accreditation.
    pub(super) fn accredit(&mut self, station: StationId, accredited: Accredited) {
        self.accredited.push(accredited);
        self.roster = Roster::of(station, self.accredited.iter().map(|known| known.accreditation.clone()));
    }

    /// Whose signature counts.
    pub(super) const fn roster(&self) -> &Roster {
        &self.roster
    }

    /// All accreditations, in the order in which they were given.
    pub(super) fn accredited(&self) -> &[Accredited] {
        &self.accredited
    }

    /// The accreditation that answered exactly this enrolment.
    pub(super) fn answered(&self, enrolment: &Digest) -> Option<&Accredited> {
        self.accredited.iter().find(|known| known.enrolment == *enrolment)
    }

    /// Whether the officer's newest code works at `now`: neither used nor expired.
    pub(super) fn works(&self, newest: &IssuedHash, now: Timestamp) -> bool {
        now < newest.expires && !self.accredited.iter().any(|known| known.code == newest.hash)
    }

    /// How long to wait before the next try: doubles with each wrong code since the last right one.
    pub(super) fn wait(&self, now: Timestamp) -> Option<Duration> {
        let since = self.accredited.iter().map(|known| known.at).max();
        let recent = self.refused.iter().filter(|at| since.is_none_or(|since| **at > since));
        let tries = u32::try_from(recent.clone().count()).unwrap_or(u32::MAX);
        tries::wait(tries, *recent.max()?, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_starts_late_doubles_and_is_capped() {
        let start = Timestamp::from_millis(1_000_000).expect("in range");
        let mut officers = Officers::default();
        for (tries, seconds) in [(4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (40, 60)] {
            while officers.refused.len() < tries {
                officers.refuse(start);
            }
            let wait = officers.wait(start).unwrap_or_default();
            assert_eq!(wait.as_secs(), seconds, "after {tries} tries");
            assert_eq!(
                officers.wait(start.after(Duration::from_secs(seconds))),
                None,
                "after {tries} tries and the wait"
            );
        }
    }
}
