//! Whose signatures count: accreditations against central's key.

use super::Inquiry;
use crate::audit::dossier::Dossier;
use crate::audit::finding::{Detail, Place};
use crate::audit::kind::Kind;
use crate::audit::record::Record;
use crate::protocol::bundle;
use crate::protocol::election::Election;
use crate::protocol::ids::{Seq, Slot};
use crate::protocol::key::PublicKey;
use crate::protocol::people::{Accreditation, Roster};

impl Inquiry<'_> {
    /// The accreditations that hold; all others are found.
    pub(super) fn people(
        &mut self,
        election: &Election,
        key: Option<&PublicKey>,
        dossier: &Dossier,
        record: &Record,
    ) -> Roster {
        let mut good: Vec<Accreditation> = Vec::new();
        for bytes in &dossier.accreditations {
            let Some(key) = key else { break };
            self.report.checked_mut().accreditations += 1;
            match Accreditation::verify(bytes.clone(), key) {
                Err(error) => self.at_station(Kind::Accreditation, dossier.station, Detail::cause(&error)),
                Ok(known) => {
                    let taken =
                        good.iter().any(|other| (other.slot(), other.from_seq()) == (known.slot(), known.from_seq()));
                    if taken || known.station() != dossier.station || known.election() != election.digest() {
                        let path = bundle::accreditation(known.station(), known.slot(), known.from_seq());
                        let place = Place::station(self.side, dossier.station).with_file(path);
                        self.add(Kind::OtherAccreditation, place, Detail::None);
                    } else {
                        good.push(known);
                    }
                }
            }
        }
        let roster = Roster::of(dossier.station, good);
        self.opened_by(&roster, record);
        self.replaced(&roster);
        roster
    }

    /// Central alone could replace a key; that it happened is never hidden.
    fn replaced(&mut self, roster: &Roster) {
        for pair in roster.all().windows(2).filter(|pair| pair[0].slot() == pair[1].slot()) {
            let new = &pair[1];
            let path = bundle::accreditation(new.station(), new.slot(), new.from_seq());
            let place = Place::station(self.side, new.station()).with_file(path);
            let place = Place { seq: Some(new.from_seq()), ..place };
            self.add(Kind::KeyReplaced, place, Detail::About(new.key().to_string()));
        }
    }

    /// The opening entry names the officers of the first position.
    fn opened_by(&mut self, roster: &Roster, record: &Record) {
        let Some(opened) = record.state.opened() else { return };
        for (slot, named) in Slot::BOTH.into_iter().zip(opened.accreditations) {
            if !roster.all().iter().any(|known| known.slot() == slot && known.digest() == named) {
                let place = Place::entry(self.side, record.station, Seq::FIRST);
                self.add(Kind::OpenedBy, place, Detail::About(format!("{slot} {named}")));
            }
        }
    }
}
