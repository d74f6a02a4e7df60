//! What operators of central said: signed by central, in the log, about evidence that is here.

use super::Inquiry;
use super::outline::Outline;
use super::recap::moves;
use crate::audit::finding::{Detail, Place};
use crate::audit::kind::Kind;
use crate::audit::source::KeptAnnotation;
use crate::digest::Digest;
use crate::protocol::annotation::{self, Annotation, DIVERGED, Filing, Handled, Logged, Moved, Remark};
use crate::protocol::bundle;
use crate::protocol::election::Election;
use crate::protocol::key::PublicKey;

/// What an operator said, signed by central and about this election.
pub(super) struct Said {
    path: String,
    pub(super) annotation: Annotation,
    /// Its place in the log, when that is proved.
    pub(super) logged: Option<Logged>,
}

impl Inquiry<'_> {
    /// Those of `kept` that hold; whatever is wrong with the others is found.
    pub(super) fn said(&mut self, election: &Election, key: &PublicKey, kept: &[KeptAnnotation]) -> Vec<Said> {
        let mut said = Vec::new();
        for one in kept {
            let digest = Digest::of(&one.note);
            let path = bundle::annotation(&digest);
            self.report.checked_mut().annotations += 1;
            let annotation = match Annotation::verify(one.note.clone(), key) {
                Ok(annotation) => annotation,
                Err(error) => {
                    self.at_file(Kind::Annotation, &path, Detail::cause(&error));
                    continue;
                }
            };
            if annotation.election() != election.digest() {
                let about = Detail::differs(&election.digest(), &annotation.election());
                self.at_file(Kind::Annotation, &path, about);
                continue;
            }
            let logged = self.logged(key, &digest, one.proof.as_deref());
            said.push(Said { path, annotation, logged });
        }
        said
    }

    /// Whether what was said is about evidence that is here.
    pub(super) fn annotations(&mut self, all: &[Said], outline: &Outline) {
        let in_force = moves(all, u64::MAX);
        for Said { path, annotation, logged } in all {
            match annotation.remark() {
                Remark::Moved(moved) => {
                    let last = in_force.away(&moved.photo, &moved.from).is_some_and(|(last, _)| last == annotation);
                    self.moved(moved, last, path, outline);
                }
                Remark::Handled(handled) => self.handled(handled, path, outline),
                Remark::Zero(zero) => {
                    let index = logged.as_ref().map_or(0, Logged::index);
                    if index > 0 || zero.log_size > 0 {
                        self.at_file(Kind::NotZero, path, Detail::differs(&0, &index.max(zero.log_size)));
                    }
                    let stations = outline.election.as_ref().map(|election| election.plan().stations.len() as u64);
                    if let Some(stations) = stations.filter(|stations| *stations != zero.stations) {
                        self.at_file(Kind::NotZero, path, Detail::differs(&stations, &zero.stations));
                    }
                }
            }
        }
    }

    fn logged(&mut self, key: &PublicKey, digest: &Digest, proof: Option<&[u8]>) -> Option<Logged> {
        let path = bundle::annotation_proof(digest);
        match proof.map(|proof| Logged::verify(proof, digest, key)) {
            Some(Ok(logged)) => {
                let found = self.log.leaf(&annotation::leaf(digest), logged.index(), logged.checkpoint());
                self.contradicted(found, &Place::file(self.side, &path));
                return Some(logged);
            }
            Some(Err(error)) => self.at_file(Kind::AnnotationUnlogged, &path, Detail::cause(&error)),
            None => self.at_file(Kind::AnnotationUnlogged, &path, Detail::None),
        }
        None
    }

    /// A bundle of one region may hold one of the two places only: what is not in it cannot be missed.
    /// What a later word has taken back or changed is not told as what is.
    fn moved(&mut self, moved: &Moved, in_force: bool, path: &str, outline: &Outline) {
        let held = |filing: &Filing| outline.stations.get(&filing.station);
        if let Some(from) = held(&moved.from)
            && !from.filed.iter().any(|(photo, shows)| *photo == moved.photo && *shows == moved.from.shows)
        {
            let place = Place::station(self.side, moved.from.station).with_file(path.to_owned());
            self.add(Kind::AnnotationOfNothing, place, Detail::About(moved.photo.to_string()));
            return;
        }
        for filing in [&moved.from, &moved.to].into_iter().filter(|filing| in_force && held(filing).is_some()) {
            let place = Place::station(self.side, filing.station).with_file(path.to_owned());
            self.add(Kind::PhotoMoved, place, Detail::About(format!("{}: {moved}", moved.photo.short())));
        }
    }

    fn handled(&mut self, handled: &Handled, path: &str, outline: &Outline) {
        let held = outline.stations.get(&handled.station);
        let here = held.is_some_and(|held| {
            if handled.code == DIVERGED {
                held.conflicts.contains(&handled.entry)
            } else {
                held.entries.get(&handled.seq) == Some(&handled.entry)
            }
        });
        if !here {
            let place = Place::station(self.side, handled.station).with_file(path.to_owned());
            self.add(Kind::AnnotationOfNothing, place, Detail::About(handled.entry.to_string()));
        }
    }
}
