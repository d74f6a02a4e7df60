//! One pass over all that a source holds, station by station.

use super::outline::Outline;
use super::recap::Recount;
use super::{Inquiry, Look};
use crate::audit::dossier::Dossier;
use crate::audit::finding::Detail;
use crate::audit::kind::Kind;
use crate::audit::record::Record;
use crate::audit::source::Source;
use crate::audit::tables::Tables;
use crate::protocol::election::Election;
use crate::protocol::key::PublicKey;

impl Inquiry<'_> {
    pub(super) fn evidence<S: Source>(&mut self, source: &S, look: Look<'_, S::Error>) -> Result<Outline, S::Error> {
        let election = self.election(source.election()?);
        let own = self.own_key(source.central_key()?.as_deref());
        let key = self.central_key(own.as_ref());
        let mut outline = Outline { central: own, ..Outline::default() };
        let Some(election) = election else { return Ok(outline) };
        self.subject(&election, key.as_ref());
        outline.tables = Some(Tables::new(&election));
        outline.election = Some(election.clone());
        // Without central's key no receipt holds, and nobody knows what central had received.
        let said = match &key {
            Some(key) => self.said(&election, key, &source.annotations()?),
            None => Vec::new(),
        };
        outline.recount = if key.is_some() { Recount::begin(source, &election, &said)? } else { None };
        for station in source.stations()? {
            let dossier = Dossier::read(source, station)?;
            self.station(&election, key.as_ref(), &dossier, &mut outline, look)?;
        }
        if let Some(recount) = outline.recount.take() {
            self.recap(source, &election, &recount)?;
        }
        self.annotations(&said, &outline);
        if let Some(key) = &key {
            self.cosigned(&source.cosigned()?, key);
        }
        Ok(outline)
    }

    fn station<E>(
        &mut self,
        election: &Election,
        key: Option<&PublicKey>,
        dossier: &Dossier,
        outline: &mut Outline,
        look: Look<'_, E>,
    ) -> Result<(), E> {
        let station = dossier.station;
        self.report.checked_mut().stations += 1;
        if election.station(station).is_none() {
            self.at_station(Kind::UnknownStation, station, Detail::None);
        }
        let record = Record::fold(election, key, dossier);
        let roster = self.people(election, key, dossier, &record);
        self.entries(election, &roster, dossier, &record);
        self.sheet(&record);
        let photos = self.photos(&record, look)?;
        if key.is_some() {
            self.receipts(dossier, &record);
        }
        self.attempts(dossier);
        if let Some(recount) = &mut outline.recount {
            recount.add(election, &record, dossier);
        }
        outline.add(dossier, &record, &photos);
        Ok(())
    }
}
