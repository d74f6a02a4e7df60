//! What operators are shown of central: officers and their codes, what is stuck, what was found, what operators did.

use std::time::Duration;

use rand::Rng;

use super::enrol::{IssuedCode, issue};
use super::holding::{Holding, Waiting};
use super::keeper::{Central, CentralError};
use super::officers::Officers;
use super::read::broken;
use super::refusal::Refusal;
use super::store::{Act, ActKind, Fact, FiledRow, IssuedHash};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::annotation::OperatorName;
use crate::protocol::ids::{Seq, Slot, StationId};
use crate::protocol::sealed::SealedEntry;

/// How far one officer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enrolled {
    /// Which officer.
    pub slot: Slot,
    /// When the newest code was issued, and from when on it does not work any more.
    pub issued: Option<[Timestamp; 2]>,
    /// Whether that code works: neither used nor expired.
    pub works: bool,
    /// When the officer's key in force was accredited.
    pub accredited: Option<Timestamp>,
}

/// A station of which something has not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// Which.
    pub station: StationId,
    /// The entry that came before the one it follows.
    pub waiting: Option<Waiting>,
    /// Photos that entries name and that have not come whole.
    pub photos: usize,
    /// When the station was heard of last.
    pub heard: Option<Timestamp>,
}

/// An entry of a second history: an alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// The entry, signed by officers of the station.
    pub entry: SealedEntry,
    /// When it came.
    pub at: Timestamp,
    /// Digest of the entry that is held at its place, when one is.
    pub held: Option<Digest>,
}

impl Central {
    /// How far both officers of a station have come.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn enrolled(&self, station: StationId, now: Timestamp) -> Result<[Enrolled; 2], Refusal> {
        let officers = self.index.held(station).map(|holding| &*holding.officers);
        let one = |slot| {
            let issued = self.ledger.issued(station, slot).map_err(broken)?;
            let works = |newest: &IssuedHash| officers.map_or(now < newest.expires, |known| known.works(newest, now));
            let accredited = officers.map(Officers::accredited).unwrap_or_default();
            let accredited = accredited.iter().rev().find(|known| known.accreditation.slot() == slot);
            Ok(Enrolled {
                slot,
                issued: issued.as_ref().map(|newest| [newest.at, newest.expires]),
                works: issued.as_ref().is_some_and(works),
                accredited: accredited.map(|known| known.at),
            })
        };
        let [first, second] = Slot::BOTH.map(one);
        Ok([first?, second?])
    }

    /// The stations of which something has not come, by number, at most `most`; and how many there are.
    #[must_use]
    pub fn stuck(&self, most: usize) -> (Vec<Stuck>, usize) {
        let all = self.index.stations().filter_map(|(station, holding)| {
            let (waiting, photos) = (holding.waiting(), holding.missing().photos.len());
            let heard = holding.heard().map(|[_, last]| last);
            (waiting.is_some() || photos > 0).then_some(Stuck { station, waiting, photos, heard })
        });
        let mut shown: Vec<Stuck> = all.collect();
        let count = shown.len();
        shown.truncate(most);
        (shown, count)
    }

    /// How many stations have opened: their officers have begun the day.
    #[must_use]
    pub fn opened(&self) -> usize {
        self.index.stations().filter(|(_, holding)| holding.state.opened().is_some()).count()
    }

    /// The newest findings with a number below `before`, the newest first.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn filed_before(&self, before: u64, most: usize) -> Result<Vec<FiledRow>, Refusal> {
        self.ledger.filed_before(before, most).map_err(broken)
    }

    /// The digest of an accepted entry.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn entry_digest(&self, station: StationId, seq: Seq) -> Result<Option<Digest>, Refusal> {
        let entry = self.ledger.entry(station, seq).map_err(broken)?;
        Ok(entry.map(|bytes| Digest::of(&bytes)))
    }

    /// All entries of second histories, by station.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn alarms(&self) -> Result<Vec<Alarm>, Refusal> {
        let mut alarms = Vec::new();
        for (station, holding) in self.index.stations().filter(|(_, holding)| !holding.diverged().is_empty()) {
            alarms.extend(self.alarms_of(station, holding)?);
        }
        Ok(alarms)
    }

    fn alarms_of(&self, station: StationId, holding: &Holding) -> Result<Vec<Alarm>, Refusal> {
        let entries = self.ledger.diverged(station).map_err(broken)?;
        let parsed = entries.into_iter().zip(holding.diverged()).filter_map(|(bytes, at)| {
            // It was read when it came; a ledger that gives other bytes is found out by the verifier.
            SealedEntry::parse(bytes).ok().map(|entry| (entry, *at))
        });
        let alarm = |(entry, at): (SealedEntry, Timestamp)| {
            let held = self.entry_digest(station, entry.entry().seq)?;
            Ok(Alarm { entry, at, held })
        };
        parsed.map(alarm).collect()
    }

    /// Writes down what an operator did. **Durable when it returns.**
    ///
    /// # Errors
    /// [`CentralError::Ledger`].
    pub fn note_act(&mut self, act: Act) -> Result<(), CentralError> {
        tracing::info!(by = %act.by, act = act.kind.name(), about = act.about, "an operator acted");
        Ok(self.ledger.commit(&[Fact::Act(act)])?)
    }

    /// The newest acts of operators, the newest first.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn acts(&self, most: usize) -> Result<Vec<Act>, Refusal> {
        self.ledger.acts(most).map_err(broken)
    }

    /// Issues a new code to each of `officers` and writes down who asked for it, all or none.
    ///
    /// # Errors
    /// [`CentralError::Ledger`]; no code works then.
    pub fn issue_codes_for(
        &mut self,
        by: OperatorName,
        officers: Vec<(StationId, Slot)>,
        valid_for: Duration,
        now: Timestamp,
        rng: &mut impl Rng,
    ) -> Result<Vec<IssuedCode>, CentralError> {
        let names: Vec<_> = officers.iter().map(|(station, slot)| slot.key_name(*station)).collect();
        let act = Act { at: now, by, kind: ActKind::Codes, about: names.join(" ") };
        tracing::info!(by = %act.by, act = act.kind.name(), about = act.about, "an operator acted");
        Ok(issue(&mut *self.ledger, officers, valid_for, now, rng, Some(act))?)
    }
}
