//! What operators have said, folded so that it can be asked: which photo belongs elsewhere, which finding was looked at.
//!
//! Not here: whether something may be said (`super::annotate`).

use std::collections::HashMap;

use crate::digest::Digest;
use crate::protocol::annotation::{Annotation, Handled, Remark};
use crate::protocol::moves::Moves;

/// All annotations, in the order in which they were made.
#[derive(Debug, Clone, Default)]
pub(super) struct Remarks {
    all: Vec<Annotation>,
    places: HashMap<Digest, u64>,
    moves: Moves,
    handled: HashMap<(Digest, String), Vec<usize>>,
    zero: Option<usize>,
}

impl Remarks {
    /// Takes an annotation in.
    pub(super) fn learn(&mut self, said: &Annotation) {
        let at = self.all.len();
        match said.remark() {
            Remark::Moved(_) => self.moves.learn(said),
            Remark::Handled(handled) => self.handled.entry(key(handled)).or_default().push(at),
            Remark::Zero(_) => self.zero = self.zero.or(Some(at)),
        }
        self.all.push(said.clone());
    }

    /// Takes note of where in the log an annotation stands.
    pub(super) fn logged(&mut self, annotation: Digest, index: u64) {
        self.places.insert(annotation, index);
    }

    /// Where in the log an annotation stands.
    pub(super) fn place(&self, annotation: &Digest) -> Option<u64> {
        self.places.get(annotation).copied()
    }

    /// The annotation with this digest; found at once when it is among the last.
    pub(super) fn find(&self, digest: &Digest) -> Option<&Annotation> {
        self.all.iter().rev().find(|said| said.digest() == *digest)
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Annotation] {
        &self.all
    }

    /// Which photo belongs elsewhere.
    pub(super) const fn moves(&self) -> &Moves {
        &self.moves
    }

    /// What was said about a finding, in order.
    pub(super) fn handled(&self, entry: Digest, code: &str) -> impl Iterator<Item = &Annotation> {
        self.handled.get(&(entry, code.to_owned())).into_iter().flatten().filter_map(|at| self.all.get(*at))
    }

    /// The zero state, when it was recorded.
    pub(super) fn zero(&self) -> Option<&Annotation> {
        self.zero.and_then(|at| self.all.get(at))
    }

    /// The newest annotation about the same thing.
    pub(super) fn last_about(&self, remark: &Remark) -> Option<&Annotation> {
        match remark {
            Remark::Moved(moved) => self.moves.last(&moved.photo, &moved.from).map(|(said, _)| said),
            Remark::Handled(handled) => self.handled(handled.entry, &handled.code).last(),
            Remark::Zero(_) => self.zero(),
        }
    }
}

fn key(handled: &Handled) -> (Digest, String) {
    (handled.entry, handled.code.clone())
}
