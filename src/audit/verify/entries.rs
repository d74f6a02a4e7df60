//! Entries: readable, signed by the right people, in one unbroken chain, by the rules of recording.

use super::Inquiry;
use crate::audit::dossier::Dossier;
use crate::audit::finding::{Detail, Place};
use crate::audit::kind::Kind;
use crate::audit::record::Record;
use crate::protocol::bundle;
use crate::protocol::chain::{self, Break, ChainHead};
use crate::protocol::election::Election;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::people::Roster;
use crate::protocol::sealed::SealedEntry;

impl Inquiry<'_> {
    pub(super) fn entries(&mut self, election: &Election, roster: &Roster, dossier: &Dossier, record: &Record) {
        let station = record.station;
        for (at, error) in &record.unreadable {
            // Behind an entry that cannot be read only its place in the source is known.
            let place = Seq::new(*at as u64 + 1)
                .map_or(Place::station(self.side, station), |seq| Place::entry(self.side, station, seq));
            self.add(Kind::Entry, place, Detail::cause(error));
        }
        for entry in &record.foreign {
            let found = entry.entry();
            let about = Detail::differs(&station, &found.station);
            self.add(Kind::OtherStation, Place::entry(self.side, station, found.seq), about);
        }
        if dossier.entries.is_empty() {
            self.at_station(Kind::NoEntries, station, Detail::None);
        }
        self.chain(election, record);
        for step in &record.steps {
            self.signatures(roster, &step.entry);
            for violation in &step.violations {
                let place = Place::entry(self.side, station, step.entry.entry().seq);
                self.add(Kind::Transition, place, Detail::Violation(violation.clone()));
            }
        }
        self.conflicts(roster, dossier, record);
    }

    fn signatures(&mut self, roster: &Roster, sealed: &SealedEntry) {
        let entry = sealed.entry();
        self.report.checked_mut().entries += 1;
        self.report.checked_mut().signatures += entry.by.slots().len() as u64;
        if let Err(fault) = sealed.signed_by(roster) {
            let place = Place::entry(self.side, entry.station, entry.seq);
            self.add(Kind::Signature, place, Detail::cause(&fault));
        }
    }

    /// Walks the chain; after a break it goes on from the entry found, so that one break is one finding.
    fn chain(&mut self, election: &Election, record: &Record) {
        let mut head: Option<ChainHead> = None;
        let mut last = None;
        for step in &record.steps {
            let entry = step.entry.entry();
            let place = Place::entry(self.side, record.station, entry.seq);
            match chain::extend(head, election.digest(), &step.entry) {
                Ok(_) => {}
                Err(broken @ Break::Gap { .. }) => self.add(Kind::Gap, place.clone(), Detail::cause(&broken)),
                Err(Break::Diverged { .. }) => {
                    let (_, prev) = chain::next(head, election.digest());
                    self.add(Kind::Diverged, place.clone(), Detail::differs(&prev, &entry.prev));
                }
            }
            if last.is_some_and(|last| entry.at < last) {
                self.add(Kind::ClockBack, place, Detail::About(entry.at.to_string()));
            }
            last = Some(entry.at);
            head = Some(ChainHead { seq: entry.seq, digest: step.entry.digest() });
        }
    }

    /// Entries beside the chain: only those that the officers signed accuse them.
    fn conflicts(&mut self, roster: &Roster, dossier: &Dossier, record: &Record) {
        for bytes in &dossier.conflicts {
            let sealed = match SealedEntry::parse(bytes.clone()) {
                Ok(sealed) => sealed,
                Err(error) => {
                    self.at_station(Kind::Entry, record.station, Detail::cause(&error));
                    continue;
                }
            };
            let own = Some(sealed).filter(|sealed| sealed.entry().station == record.station);
            let signed = own.as_ref().is_some_and(|sealed| sealed.signed_by(roster).is_ok());
            let known = |sealed: &SealedEntry| record.steps.iter().any(|step| step.entry.digest() == sealed.digest());
            if own.as_ref().is_some_and(known) {
                continue;
            }
            let place = conflict_place(self.side, record.station, own.as_ref());
            let kind = if signed { Kind::Conflict } else { Kind::ConflictUnsigned };
            self.add(kind, place, Detail::None);
        }
    }
}

fn conflict_place(side: crate::audit::finding::Side, station: StationId, own: Option<&SealedEntry>) -> Place {
    let place = Place::station(side, station);
    let Some(sealed) = own else { return place };
    let seq = sealed.entry().seq;
    Place { seq: Some(seq), ..place.with_file(bundle::conflict(station, seq, &sealed.digest())) }
}
