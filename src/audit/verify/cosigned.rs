//! Checkpoints that witnesses cosigned: against central's key, against the witnesses' keys, and against the receipts.

use super::Inquiry;
use crate::audit::finding::{Detail, Place, Side};
use crate::audit::kind::Kind;
use crate::protocol::bundle;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::cosignature::{CosignatureError, WitnessKey};
use crate::protocol::key::PublicKey;

impl Inquiry<'_> {
    /// Judges the checkpoints that came with the evidence; the receipts have been entered before.
    pub(super) fn cosigned(&mut self, checkpoints: &[Vec<u8>], key: &PublicKey) {
        if self.trust.witnesses.is_empty() && !checkpoints.is_empty() {
            self.at_file(Kind::WitnessNotGiven, bundle::CHECKPOINTS, Detail::None);
        }
        let mut newest: Option<Checkpoint> = None;
        for bytes in checkpoints {
            match Checkpoint::verify(bytes.clone(), key) {
                Err(error) => self.at_file(Kind::Checkpoint, bundle::CHECKPOINTS, Detail::cause(&error)),
                Ok(checkpoint) => {
                    let place = Place::file(self.side, &bundle::checkpoint(checkpoint.size()));
                    let contradiction = self.log.enter_root(&checkpoint);
                    self.contradicted(contradiction, &place);
                    let holds = self.cosignatures(&checkpoint, &place);
                    let larger = newest.as_ref().is_none_or(|newest| newest.size() < checkpoint.size());
                    newest = if holds && larger { Some(checkpoint) } else { newest };
                }
            }
        }
        if let Some(newest) = newest {
            self.belongs(&newest);
        }
    }

    /// Whether any of the reader's witnesses cosigned it.
    fn cosignatures(&mut self, checkpoint: &Checkpoint, place: &Place) -> bool {
        let trust = self.trust;
        let mut holds = false;
        for witness in &trust.witnesses {
            match witness.verify(checkpoint) {
                Ok(_) => {
                    holds = true;
                    self.report.checked_mut().cosignatures += 1;
                    self.log.cosigners.insert(witness.to_string());
                }
                Err(CosignatureError::NotCosignedBy { .. }) => {}
                Err(error @ CosignatureError::False { .. }) => {
                    self.add(Kind::Cosignature, place.clone(), Detail::cause(&error));
                }
            }
        }
        holds
    }

    /// The cosigned log against the leaves that the receipts show, when they are all of them.
    fn belongs(&mut self, cosigned: &Checkpoint) {
        let place = Place::file(self.side, &bundle::checkpoint(cosigned.size()));
        match self.log.root(cosigned.origin(), cosigned.size()) {
            Some(root) if root == cosigned.root() => {}
            Some(root) => self.add(Kind::CosignedRoot, place, Detail::differs(&cosigned.root(), &root)),
            None => self.add(Kind::CosignedPart, place, Detail::None),
        }
    }

    /// Witnesses of whom neither bundle shows anything.
    pub(super) fn not_cosigned(&mut self) {
        let trust = self.trust;
        let seen = |witness: &&WitnessKey| !self.log.cosigners.contains(&witness.to_string());
        let absent: Vec<_> = trust.witnesses.iter().filter(seen).collect();
        for witness in absent {
            let place = Place::file(Side::This, bundle::CHECKPOINTS);
            self.add(Kind::NotCosigned, place, Detail::About(witness.to_string()));
        }
    }
}
