//! Where photos belong, by what operators of central said: the last word about a photo is in force.
//!
//! In scope: the fold of `moved` annotations, the same for central and for the verifier.
//! Not here: whether something may be said (`central`), whether it holds (`audit`).

use std::collections::HashMap;

use super::annotation::{Annotation, Filing, Moved, Remark};
use super::ids::StationId;
use crate::digest::Digest;

/// All that was said about where photos belong, in the order of the log.
#[derive(Debug, Clone, Default)]
pub struct Moves {
    said: Vec<Annotation>,
    from: HashMap<(StationId, Digest), Vec<usize>>,
    into: HashMap<StationId, Vec<usize>>,
}

impl Moves {
    /// Takes an annotation in; those about something else than a moved photo are let go.
    pub fn learn(&mut self, said: &Annotation) {
        if let Remark::Moved(moved) = said.remark() {
            let at = self.said.len();
            self.from.entry((moved.from.station, moved.photo)).or_default().push(at);
            self.into.entry(moved.to.station).or_default().push(at);
            self.said.push(said.clone());
        }
    }

    /// The last word about a photo that is filed there; also one that takes an earlier one back.
    #[must_use]
    pub fn last(&self, photo: &Digest, from: &Filing) -> Option<(&Annotation, &Moved)> {
        self.at(self.last_at(photo, from)?)
    }

    /// Where a photo that is filed there belongs instead, when it does.
    #[must_use]
    pub fn away(&self, photo: &Digest, from: &Filing) -> Option<(&Annotation, &Moved)> {
        self.last(photo, from).filter(|(_, moved)| moved.to != moved.from)
    }

    /// Photos that are filed elsewhere and belong there, in the order in which that was said.
    pub fn here<'a>(&'a self, place: &'a Filing) -> impl Iterator<Item = (&'a Annotation, &'a Moved)> {
        self.into(place.station).filter(|(_, moved)| moved.to == *place)
    }

    /// Photos that are filed elsewhere and belong to a station's papers, in the order in which that was said.
    pub fn into(&self, station: StationId) -> impl Iterator<Item = (&Annotation, &Moved)> {
        let all = self.into.get(&station).into_iter().flatten();
        let said = all.filter_map(|at| self.at(*at).map(|(said, moved)| (*at, said, moved)));
        let in_force = said
            .filter(|(at, _, moved)| moved.to != moved.from && self.last_at(&moved.photo, &moved.from) == Some(*at));
        in_force.map(|(_, said, moved)| (said, moved))
    }

    fn at(&self, at: usize) -> Option<(&Annotation, &Moved)> {
        let said = self.said.get(at)?;
        if let Remark::Moved(moved) = said.remark() { Some((said, moved)) } else { None }
    }

    fn last_at(&self, photo: &Digest, from: &Filing) -> Option<usize> {
        let all = self.from.get(&(from.station, *photo))?;
        all.iter().rev().copied().find(|at| self.at(*at).is_some_and(|(_, moved)| moved.from == *from))
    }
}
