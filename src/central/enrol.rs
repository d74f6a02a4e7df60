//! Enrolment: codes out, accreditations out.

use std::time::Duration;

use rand::Rng;

use super::answer::News;
use super::batch::Batch;
use super::checked::CheckedEnrolment;
use super::code::Code;
use super::keeper::{Central, CentralError, Verdict};
use super::officers::Officers;
use super::refusal::{Refusal, Stop};
use super::store::{Accredited, Act, Fact, IssuedHash, Ledger, LedgerError};
use crate::clock::Timestamp;
use crate::protocol::chain;
use crate::protocol::election::Election;
use crate::protocol::ids::{Slot, StationId};
use crate::protocol::people::Accreditation;

/// A code to be printed and handed to its officer. Central keeps only its hash: this is the one time it is seen.
#[derive(Debug, Clone)]
pub struct IssuedCode {
    /// The officer's station.
    pub station: StationId,
    /// Which officer.
    pub slot: Slot,
    /// The code.
    pub code: Code,
    /// From when on it does not work any more.
    pub expires: Timestamp,
}

/// Every officer of an election.
pub fn officers(election: &Election) -> impl Iterator<Item = (StationId, Slot)> + '_ {
    election.plan().stations.iter().flat_map(|station| Slot::BOTH.map(|slot| (station.id, slot)))
}

/// Issues a new code to each of `officers` through `ledger`, and writes down the operator's act; all or none.
pub(super) fn issue(
    ledger: &mut dyn Ledger,
    officers: impl IntoIterator<Item = (StationId, Slot)>,
    valid_for: Duration,
    now: Timestamp,
    rng: &mut impl Rng,
    act: Option<Act>,
) -> Result<Vec<IssuedCode>, LedgerError> {
    let expires = now.after(valid_for);
    let issued =
        officers.into_iter().map(|(station, slot)| IssuedCode { station, slot, code: Code::random(rng), expires });
    let issued: Vec<IssuedCode> = issued.collect();
    let fact = |IssuedCode { station, slot, code, .. }: &IssuedCode| {
        let hash = code.hash(*station, *slot);
        Fact::Issued(IssuedHash { station: *station, slot: *slot, hash, at: now, expires })
    };
    ledger.commit(&issued.iter().map(fact).chain(act.map(Fact::Act)).collect::<Vec<_>>())?;
    Ok(issued)
}

impl Central {
    /// Issues a new code to each of `officers`; it takes the place of an earlier code that is not used yet.
    ///
    /// # Errors
    /// [`CentralError::Ledger`]; no code works then. Officers of strange stations are left out.
    pub fn issue_codes(
        &mut self,
        officers: impl IntoIterator<Item = (StationId, Slot)>,
        valid_for: Duration,
        now: Timestamp,
        rng: &mut impl Rng,
    ) -> Result<Vec<IssuedCode>, CentralError> {
        let known = officers.into_iter().filter(|(station, _)| self.election.station(*station).is_some());
        Ok(issue(&mut *self.ledger, known, valid_for, now, rng, None)?)
    }

    /// Judges a wish to be accredited. The very same wish again is answered with the same accreditation, code used or not:
    /// an officer whose answer was lost must not need a new code.
    pub(super) fn judge_enrolment(
        &mut self,
        checked: CheckedEnrolment,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Verdict, Stop> {
        let CheckedEnrolment { digest: enrolment, wish } = checked;
        let (station, slot) = (wish.station, wish.slot);
        let held = self.index.held(station);
        let nobody = Officers::default();
        let officers = held.map_or(&nobody, |held| &*held.officers);
        if let Some(known) = officers.answered(&enrolment) {
            return Ok(Verdict::Accreditation(known.accreditation.note().bytes().to_vec(), News::Known));
        }
        if let Some(wait) = officers.wait(now) {
            return Err(Refusal::TooManyCodes { station, wait }.into());
        }
        let tried = wish.code.parse::<Code>().ok().map(|code| code.hash(station, slot));
        let newest = self.ledger.issued(station, slot)?.filter(|newest| officers.works(newest, now));
        let Some(code) = newest.map(|newest| newest.hash).filter(|hash| tried == Some(*hash)) else {
            tracing::warn!(%station, %slot, "a code was refused");
            self.note(Fact::CodeRefused(station, now), batch);
            return Err(Refusal::Code { station, slot }.into());
        };
        let (from_seq, _) = chain::next(held.and_then(|held| held.state.head()), self.election.digest());
        let accreditation = Accreditation::sign(&wish, from_seq, now, &self.key)?;
        let bytes = accreditation.note().bytes().to_vec();
        tracing::info!(%station, %slot, %from_seq, key = %wish.key.id(), "an officer's key was accredited");
        self.note(Fact::Accredited(Box::new(Accredited { code, enrolment, at: now, accreditation })), batch);
        Ok(Verdict::Accreditation(bytes, News::New))
    }

    fn note(&mut self, fact: Fact, batch: &mut Batch) {
        self.index.learn(&fact);
        batch.push(fact);
    }
}
