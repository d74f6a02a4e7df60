//! What operators of central said: signed by central, in the log, about evidence that is here.

use super::Inquiry;
use super::outline::Outline;
use crate::audit::finding::{Detail, Place};
use crate::audit::kind::Kind;
use crate::audit::source::KeptAnnotation;
use crate::digest::Digest;
use crate::protocol::annotation::{self, Annotation, DIVERGED, Filing, Handled, Logged, Moved, Remark};
use crate::protocol::bundle;
use crate::protocol::election::Election;
use crate::protocol::key::PublicKey;

impl Inquiry<'_> {
    pub(super) fn annotations(
        &mut self,
        election: &Election,
        key: &PublicKey,
        kept: &[KeptAnnotation],
        outline: &Outline,
    ) {
        for one in kept {
            let digest = Digest::of(&one.note);
            let path = bundle::annotation(&digest);
            self.report.checked_mut().annotations += 1;
            let said = match Annotation::verify(one.note.clone(), key) {
                Ok(said) => said,
                Err(error) => {
                    self.at_file(Kind::Annotation, &path, Detail::cause(&error));
                    continue;
                }
            };
            if said.election() != election.digest() {
                let about = Detail::differs(&election.digest(), &said.election());
                self.at_file(Kind::Annotation, &path, about);
                continue;
            }
            let logged = self.logged(key, &digest, one.proof.as_deref());
            match said.remark() {
                Remark::Moved(moved) => self.moved(moved, &path, outline),
                Remark::Handled(handled) => self.handled(handled, &path, outline),
                Remark::Zero(zero) => {
                    let index = logged.map_or(0, |logged| logged.index());
                    if index > 0 || zero.log_size > 0 {
                        self.at_file(Kind::NotZero, &path, Detail::differs(&0, &index.max(zero.log_size)));
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
                self.contradictions(found, &Place::file(self.side, &path));
                return Some(logged);
            }
            Some(Err(error)) => self.at_file(Kind::AnnotationUnlogged, &path, Detail::cause(&error)),
            None => self.at_file(Kind::AnnotationUnlogged, &path, Detail::None),
        }
        None
    }

    /// A bundle of one region may hold one of the two places only: what is not in it cannot be missed.
    fn moved(&mut self, moved: &Moved, path: &str, outline: &Outline) {
        let held = |filing: &Filing| outline.stations.get(&filing.station);
        if let Some(from) = held(&moved.from)
            && !from.filed.iter().any(|(photo, shows)| *photo == moved.photo && *shows == moved.from.shows)
        {
            let place = Place::station(self.side, moved.from.station).with_file(path.to_owned());
            self.add(Kind::AnnotationOfNothing, place, Detail::About(moved.photo.to_string()));
            return;
        }
        for filing in [&moved.from, &moved.to].into_iter().filter(|filing| held(filing).is_some()) {
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
