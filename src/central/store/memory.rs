//! Both stores in memory, for model tests: as strict as those on disk, gone with the process.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use super::fact::{Accredited, Act, Carried, Diverged, Fact, IssuedHash, Leaf, Logged};
use super::ledger::{FiledRow, Ledger, LedgerError};
use super::photos::{OpenPhoto, Photos};
use crate::central::filed::Filed;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::photo::{FolderError, Stored};
use crate::protocol::annotation::Annotation;
use crate::protocol::ids::{Seq, Slot, StationId};
use crate::protocol::merkle::Node;
use crate::protocol::receipt::Item;
use crate::protocol::sealed::SealedEntry;

/// A ledger in memory. Clones share their content, so a clone can be opened again as after a restart.
#[derive(Debug, Clone, Default)]
pub struct MemoryLedger(Arc<Mutex<Shelves>>);

#[derive(Debug, Default)]
struct Shelves {
    issued: Vec<IssuedHash>,
    refused: Vec<(StationId, Timestamp)>,
    accredited: Vec<Accredited>,
    entries: BTreeMap<(StationId, Seq), SealedEntry>,
    diverged: Vec<Diverged>,
    carried: Vec<Carried>,
    filed: Vec<Filed>,
    annotations: Vec<Annotation>,
    acts: Vec<Act>,
    leaves: Vec<Leaf>,
    places: HashMap<Item, u64>,
    nodes: HashMap<Node, Digest>,
    checkpoints: BTreeMap<u64, Vec<u8>>,
}

impl Shelves {
    fn add(&mut self, fact: &Fact) {
        match fact {
            Fact::Issued(issued) => self.issued.push(*issued),
            Fact::CodeRefused(station, at) => self.refused.push((*station, *at)),
            Fact::Accredited(accredited) => self.accredited.push((**accredited).clone()),
            Fact::Entry(entry) => {
                self.entries.insert((entry.entry().station, entry.entry().seq), (**entry).clone());
            }
            Fact::Diverged(diverged) => self.diverged.push((**diverged).clone()),
            Fact::Carried(carried) => self.carried.push((**carried).clone()),
            Fact::Filed(filed) => self.filed.push((**filed).clone()),
            Fact::Annotated(said) => self.annotations.push((**said).clone()),
            Fact::Act(act) => self.acts.push(act.clone()),
            Fact::Leaf(leaf) => {
                if let Logged::Received(received) = leaf.of {
                    self.places.insert(received.item, leaf.index);
                }
                self.leaves.push(leaf.clone());
            }
            Fact::Node(node, hash) => {
                self.nodes.insert(*node, *hash);
            }
            Fact::Signed(checkpoint) => {
                self.checkpoints.insert(checkpoint.size(), checkpoint.note().bytes().to_vec());
            }
        }
    }

    /// Undoes [`Shelves::add`] for the fact that was added last.
    fn take_back(&mut self, fact: &Fact) {
        match fact {
            Fact::Issued(_) => drop(self.issued.pop()),
            Fact::CodeRefused(..) => drop(self.refused.pop()),
            Fact::Accredited(_) => drop(self.accredited.pop()),
            Fact::Entry(entry) => drop(self.entries.remove(&(entry.entry().station, entry.entry().seq))),
            Fact::Diverged(_) => drop(self.diverged.pop()),
            Fact::Carried(_) => drop(self.carried.pop()),
            Fact::Filed(_) => drop(self.filed.pop()),
            Fact::Annotated(_) => drop(self.annotations.pop()),
            Fact::Act(_) => drop(self.acts.pop()),
            Fact::Leaf(leaf) => {
                if let Logged::Received(received) = leaf.of {
                    self.places.remove(&received.item);
                }
                self.leaves.pop();
            }
            Fact::Node(node, _) => drop(self.nodes.remove(node)),
            Fact::Signed(checkpoint) => drop(self.checkpoints.remove(&checkpoint.size())),
        }
    }

    /// What the schema of the store on disk refuses with constraints and triggers; `None` when `fact` may be added.
    fn objection(&self, fact: &Fact) -> Option<&'static str> {
        let clash = match fact {
            Fact::Issued(issued) => self.issued.iter().any(|known| known.hash == issued.hash),
            Fact::Accredited(new) => {
                !self.issued.iter().any(|issued| issued.hash == new.code)
                    || self.accredited.iter().any(|known| known.code == new.code || known.enrolment == new.enrolment)
            }
            Fact::Entry(entry) => {
                let seq = entry.entry().seq;
                let before = Seq::new(seq.get() - 1).map(|seq| (entry.entry().station, seq));
                let follows = before
                    .is_none_or(|at| self.entries.get(&at).is_some_and(|before| before.digest() == entry.entry().prev));
                !follows || self.entries.contains_key(&(entry.entry().station, seq))
            }
            Fact::Diverged(new) => self.diverged.iter().any(|known| known.entry.digest() == new.entry.digest()),
            Fact::Carried(new) => self.carried.iter().any(|known| known.entry.digest() == new.entry.digest()),
            Fact::Annotated(new) => self.annotations.iter().any(|known| known.digest() == new.digest()),
            Fact::Leaf(leaf) => leaf.index != self.leaves.len() as u64 || self.is_logged(leaf.of),
            Fact::Node(node, _) => self.nodes.contains_key(node),
            Fact::Signed(checkpoint) => {
                checkpoint.size() != self.leaves.len() as u64 || self.checkpoints.contains_key(&checkpoint.size())
            }
            Fact::Filed(filed) => !self.entries.contains_key(&(filed.station, filed.seq)),
            Fact::CodeRefused(..) | Fact::Act(_) => false,
        };
        clash.then_some("the fact is there already, or does not follow on what is there")
    }
}

impl Shelves {
    /// Whether the log has a leaf of this.
    fn is_logged(&self, of: Logged) -> bool {
        match of {
            Logged::Received(received) => self.places.contains_key(&received.item),
            Logged::Annotated(_) => self.leaves.iter().any(|leaf| leaf.of == of),
        }
    }
}

impl MemoryLedger {
    fn with<T>(&self, work: impl FnOnce(&mut Shelves) -> T) -> T {
        // No code panics while it holds the lock, so what it guards is whole even if the lock says otherwise.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Ledger for MemoryLedger {
    fn reader(&self) -> Result<Box<dyn Ledger>, LedgerError> {
        Ok(Box::new(self.clone()))
    }

    fn commit(&mut self, facts: &[Fact]) -> Result<(), LedgerError> {
        self.with(|shelves| {
            for (done, fact) in facts.iter().enumerate() {
                if let Some(objection) = shelves.objection(fact) {
                    facts[..done].iter().rev().for_each(|fact| shelves.take_back(fact));
                    return Err(LedgerError::Commit { facts: facts.len(), source: objection.into() });
                }
                shelves.add(fact);
            }
            Ok(())
        })
    }

    fn replay(&self, see: &mut dyn FnMut(Fact)) -> Result<(), LedgerError> {
        let facts: Vec<Fact> = self.with(|shelves| {
            let refused = shelves.refused.iter().map(|(station, at)| Fact::CodeRefused(*station, *at));
            let accredited = shelves.accredited.iter().map(|known| Fact::Accredited(Box::new(known.clone())));
            let entries = shelves.entries.values().map(|entry| Fact::Entry(Box::new(entry.clone())));
            let diverged = shelves.diverged.iter().map(|known| Fact::Diverged(Box::new(known.clone())));
            let carried = shelves.carried.iter().map(|known| Fact::Carried(Box::new(known.clone())));
            let said = shelves.annotations.iter().map(|known| Fact::Annotated(Box::new(known.clone())));
            let leaves = shelves.leaves.iter().map(|leaf| Fact::Leaf(leaf.clone()));
            refused.chain(accredited).chain(entries).chain(diverged).chain(carried).chain(said).chain(leaves).collect()
        });
        facts.into_iter().for_each(see);
        Ok(())
    }

    fn issued(&self, station: StationId, slot: Slot) -> Result<Option<IssuedHash>, LedgerError> {
        let of = |issued: &&IssuedHash| (issued.station, issued.slot) == (station, slot);
        Ok(self.with(|shelves| shelves.issued.iter().rev().find(of).copied()))
    }

    fn entry(&self, station: StationId, seq: Seq) -> Result<Option<Vec<u8>>, LedgerError> {
        Ok(self.with(|shelves| shelves.entries.get(&(station, seq)).map(|entry| entry.bytes().to_vec())))
    }

    fn place(&self, item: &Item) -> Result<Option<u64>, LedgerError> {
        Ok(self.with(|shelves| shelves.places.get(item).copied()))
    }

    fn leaf(&self, index: u64) -> Result<Option<Leaf>, LedgerError> {
        Ok(self.with(|shelves| usize::try_from(index).ok().and_then(|at| shelves.leaves.get(at).cloned())))
    }

    fn node(&self, node: Node) -> Result<Digest, LedgerError> {
        self.with(|shelves| shelves.nodes.get(&node).copied())
            .ok_or_else(|| LedgerError::Damaged { what: format!("{node:?}") })
    }

    fn covering(&self, index: u64) -> Result<Option<Vec<u8>>, LedgerError> {
        Ok(self.with(|shelves| shelves.checkpoints.range(index + 1..).next().map(|(_, bytes)| bytes.clone())))
    }

    fn diverged(&self, station: StationId) -> Result<Vec<Vec<u8>>, LedgerError> {
        let of = |other: &&Diverged| other.entry.entry().station == station;
        Ok(self.with(|shelves| shelves.diverged.iter().filter(of).map(|other| other.entry.bytes().to_vec()).collect()))
    }

    fn filed(&self, station: StationId) -> Result<Vec<Filed>, LedgerError> {
        Ok(self.with(|shelves| shelves.filed.iter().filter(|filed| filed.station == station).cloned().collect()))
    }

    fn filed_before(&self, before: u64, most: usize) -> Result<Vec<FiledRow>, LedgerError> {
        let row = |(id, filed): (u64, &Filed)| FiledRow { id, filed: filed.clone() };
        Ok(self.with(|shelves| {
            let rows: Vec<_> = (1..).zip(&shelves.filed).take_while(|(id, _)| *id < before).collect();
            rows.into_iter().rev().take(most).map(row).collect()
        }))
    }

    fn acts(&self, most: usize) -> Result<Vec<Act>, LedgerError> {
        Ok(self.with(|shelves| shelves.acts.iter().rev().take(most).cloned().collect()))
    }
}

/// Photos in memory.
#[derive(Debug, Default)]
pub struct MemoryPhotos(Mutex<HashMap<Digest, Arc<[u8]>>>);

impl Photos for MemoryPhotos {
    fn put(&self, reader: &mut dyn Read, limit: u64) -> Result<Stored, FolderError> {
        let mut bytes = Vec::new();
        let read = reader.take(limit.saturating_add(1)).read_to_end(&mut bytes);
        let length = read.map_err(|source: io::Error| FolderError::Receive { source })? as u64;
        if length > limit {
            return Err(FolderError::TooManyBytes { limit });
        }
        let digest = Digest::of(&bytes);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(digest, bytes.into());
        Ok(Stored { digest, bytes: length })
    }

    fn open(&self, digest: &Digest) -> Result<Option<OpenPhoto>, FolderError> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(digest).cloned();
        Ok(found.map(|bytes| {
            let length = bytes.len() as u64;
            (Box::new(Cursor::new(bytes)) as Box<dyn Read + Send>, length)
        }))
    }
}
