//! The worker's own copy of the chain, as far as delivery needs it. Read once, then only what was added.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::protocol::entry::Body;
use crate::protocol::ids::Seq;
use crate::protocol::receipt::{Item, What};
use crate::store::{Ledger, StoreError};
use crate::sync::plan::Named;
use crate::sync::reconcile::Link;

/// The chain as links, and the first entry that names each photo.
#[derive(Debug, Default)]
pub(super) struct OwnChain {
    links: Vec<Link>,
    named: BTreeMap<Digest, Named>,
}

impl OwnChain {
    /// Reads what was appended since the last call.
    pub(super) fn catch_up(&mut self, ledger: &Ledger) -> Result<(), StoreError> {
        let mut next = self.links.last().map_or(Seq::FIRST, |link| link.seq.next());
        while let Some(entry) = ledger.entry(next)? {
            let link = Link::of(&entry);
            if let Some(photo) = link.photo {
                let form = match &entry.entry().body {
                    Body::Photo(page) => Some(page.contest.clone()),
                    _ => None,
                };
                let light = entry.entry().body.image().and_then(|image| image.light);
                let light = light.map(|light| Item { what: What::Photo(light.bytes), digest: light.sha256, ..photo });
                self.named.entry(photo.digest).or_insert(Named { by: link.seq, form, light });
            }
            self.links.push(link);
            next = next.next();
        }
        Ok(())
    }

    pub(super) fn links(&self) -> &[Link] {
        &self.links
    }

    pub(super) const fn named(&self) -> &BTreeMap<Digest, Named> {
        &self.named
    }
}
