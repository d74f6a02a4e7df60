//! Whatever the order, and however often things are handed in: the end is the same.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use plano::central::store::{Act, Fact, FiledRow, IssuedHash, Leaf, Ledger, LedgerError, MemoryLedger};
use plano::central::{Answer, Central, Filed, Refusal, RemarkFault, Submission};
use plano::digest::Digest;
use plano::protocol::annotation::{Annotation, Remark};
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::entry::{Body, By, Incident};
use plano::protocol::ids::{Level, Seq, Slot, StationId};
use plano::protocol::merkle::Node;
use plano::protocol::receipt::{Item, Receipt};
use plano::rehearsal::figures::figures;
use proptest::prelude::*;

use crate::support::central::{enrol_both, in_memory, over};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as key, small, station};
use crate::support::operator::siti;
use crate::support::remarks::{moved, page};

/// One thing to be handed in.
#[derive(Debug, Clone, Copy)]
enum Thing {
    /// Of which day, which entry.
    Entry(usize, usize),
    /// Of which day, which photo.
    Photo(usize, usize),
    /// Which word of an operator.
    Word(usize),
}

/// Hands in several things for one commit. Whoever relays another's bytes does the same.
fn hand_in(central: &mut Central, days: &[Day], words: &[Remark], things: &[Thing]) -> Vec<Result<Answer, Refusal>> {
    let submissions = things.iter().map(|thing| match *thing {
        Thing::Entry(of, at) => {
            let entry = &days[of].entries[at];
            Submission::Entry { station: days[of].station, seq: entry.entry().seq, bytes: entry.bytes().to_vec() }
        }
        Thing::Photo(of, at) => {
            let stored = central.photos().put(&mut days[of].photos[at].as_slice(), 1 << 20).expect("stores");
            Submission::Photo { station: days[of].station, sha256: stored.digest, bytes: stored.bytes }
        }
        Thing::Word(at) => Submission::Remark { by: siti(), remark: Box::new(words[at].clone()) },
    });
    let submissions = submissions.collect();
    central.submit(submissions, moment(600))
}

/// Hands in everything, in the order and in the groups that `order` draws, each again and again until all is held.
pub(super) fn deliver(central: &mut Central, days: &[Day], words: &[Remark], order: &[usize]) {
    let things: Vec<Thing> = days
        .iter()
        .enumerate()
        .flat_map(|(of, day)| {
            let entries = (0..day.entries.len()).map(move |at| Thing::Entry(of, at));
            entries.chain((0..day.photos.len()).map(move |at| Thing::Photo(of, at)))
        })
        .chain((0..words.len()).map(Thing::Word))
        .collect();
    let mut lacking: BTreeSet<usize> = (0..things.len()).collect();
    let mut turn = order.iter().copied().cycle();
    for round in 0.. {
        assert!(round < 10_000, "it ends");
        let drawn = turn.next().unwrap_or_default();
        // The draw alone could leave one out for ever: every other time what is lacking most in front is tried.
        let first = if round % 2 == 0 { drawn } else { *lacking.first().unwrap_or(&drawn) };
        let group: Vec<usize> = (0..=drawn % 4).map(|step| (first + step * drawn) % things.len()).collect();
        let chosen: Vec<Thing> = group.iter().map(|at| things[*at]).collect();
        for (at, answer) in group.into_iter().zip(hand_in(central, days, words, &chosen)) {
            match answer {
                Ok(answer) => {
                    match things[at] {
                        Thing::Word(_) => drop(Annotation::verify(answer.bytes, &key().public()).expect("it holds")),
                        _ => drop(Receipt::verify(&answer.bytes, &key().public()).expect("every receipt holds")),
                    }
                    lacking.remove(&at);
                }
                Err(
                    Refusal::Gap { .. }
                    | Refusal::UnnamedPhoto { .. }
                    | Refusal::Central(_)
                    | Refusal::Remark(RemarkFault::NoSuchPhoto | RemarkFault::NotReceived),
                ) => {}
                Err(other) => assert!(other.to_string().is_empty(), "{other:?}"),
            }
        }
        if lacking.is_empty() {
            return;
        }
    }
}

/// Two whole days; on the second a form is corrected after the day was closed, and an incident says nothing: findings.
fn days(central: &mut Central) -> Vec<Day> {
    let election = central.election().clone();
    let day = |tps| Day::whole(&election, station(tps), tps.into(), enrol_both(central, station(tps)));
    let mut days: Vec<Day> = [1, 2].map(day).into();
    let form = &election.forms()[1];
    let corrected = figures(form, election.registered(station(2)).expect("takes part"), 77);
    days[1].record_revision(form.contest().id, &corrected, 2, Some("two boxes were mixed up"));
    days[1].add(By::P2, Body::Incident(Incident { text: " ".into() }));
    days
}

/// Two photos lie at each other's TPS, and one that the correction names at the wrong TPS.
fn words(days: &[Day]) -> Vec<Remark> {
    let of = |day: usize, at: usize| {
        let contest = &days[day].election.plan().contests[at / 3 % 2].id;
        page(days[day].station, contest, u8::try_from(at % 3 + 1).expect("a page"))
    };
    let word =
        |(day, at): (usize, usize), to| moved(&days[day].photos[at], &of(day, if at < 6 { at } else { at - 3 }), &to);
    vec![word((0, 0), of(1, 0)), word((1, 0), of(0, 0)), word((1, 7), of(0, 4))]
}

/// Everything about the end that does not depend on the order in which things came.
fn end(central: &Central, days: &[Day]) -> (u64, Vec<String>, Vec<Vec<Filed>>, Vec<String>) {
    let stations = days.iter().map(|day| format!("{:?}", central.missing(day.station).expect("known")));
    let filed = days.iter().map(|day| central.filed(day.station).expect("reads"));
    let recap = [Level::Provinsi, Level::Kota, Level::Kelurahan].map(|tier| {
        let mut page = central.recap(station(1).region(tier)).expect("a region");
        // Which item came last depends on the order, and so does when it came.
        page.as_of = None;
        serde_json::to_string(&page).expect("JSON")
    });
    (central.health().log_size, stations.collect(), filed.collect(), recap.into())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_any_repetition_end_the_same(order in prop::collection::vec(0_usize..1000, 1..200)) {
        let mut straight = in_memory(&small(2));
        let days = days(&mut straight);
        let words = words(&days);
        deliver(&mut straight, &days, &words, &[0]);
        let ledger = MemoryLedger::default();
        let mut crooked = over(&small(2), Box::new(ledger.clone()));
        self::days(&mut crooked);
        deliver(&mut crooked, &days, &words, &order);
        prop_assert_eq!(end(&straight, &days), end(&crooked, &days));
        prop_assert_eq!(end(&straight, &days), end(&over(&small(2), Box::new(ledger)), &days), "after a restart too");
        let photos = crooked.recap(station(1).kelurahan()).expect("a region").contests;
        let photos: Vec<u32> = photos.iter().map(|contest| contest.reported.photos_complete).collect();
        prop_assert_eq!(photos, [2, 1], "the correction lacks a page");
        let findings = crooked.filed(station(2)).expect("reads");
        prop_assert!(findings.iter().any(|filed| filed.code == "EmptyText"), "something is found: {findings:?}");
    }

    #[test]
    fn a_ledger_that_fails_now_and_then_loses_and_doubles_nothing(order in prop::collection::vec(0_usize..1000, 1..200)) {
        let mut straight = in_memory(&small(2));
        let days = days(&mut straight);
        let words = words(&days);
        deliver(&mut straight, &days, &words, &[0]);
        let (flaky, trouble) = flaky();
        let mut central = over(&small(2), Box::new(flaky));
        self::days(&mut central);
        *trouble.lock().expect("whole") = true;
        deliver(&mut central, &days, &words, &order);
        prop_assert_eq!(end(&straight, &days), end(&central, &days));
    }
}

/// How the commits of a [`Crooked`] ledger go.
pub(super) type Commit = Box<dyn FnMut(&mut MemoryLedger, &[Fact]) -> Result<(), LedgerError> + Send>;

/// A ledger in memory whose commits go as a test wants.
pub(super) struct Crooked {
    honest: MemoryLedger,
    commit: Commit,
}

impl Crooked {
    pub(super) fn new(commit: Commit) -> Self {
        Self { honest: MemoryLedger::default(), commit }
    }
}

/// A ledger whose commits, from the moment there is trouble, fail in pairs: not written, then written but reported as
/// failed, then well.
fn flaky() -> (Crooked, Arc<Mutex<bool>>) {
    let trouble = Arc::new(Mutex::new(false));
    let (asked, mut commits) = (Arc::clone(&trouble), 0);
    let commit = move |honest: &mut MemoryLedger, facts: &[Fact]| {
        let failed = || LedgerError::Commit { facts: facts.len(), source: "the disk is full".into() };
        commits += usize::from(*asked.lock().expect("whole"));
        match commits % 3 {
            1 => Err(failed()),
            2 => honest.commit(facts).and(Err(failed())),
            _ => honest.commit(facts),
        }
    };
    (Crooked::new(Box::new(commit)), trouble)
}

impl Ledger for Crooked {
    fn reader(&self) -> Result<Box<dyn Ledger>, LedgerError> {
        self.honest.reader()
    }

    fn commit(&mut self, facts: &[Fact]) -> Result<(), LedgerError> {
        (self.commit)(&mut self.honest, facts)
    }

    fn replay(&self, see: &mut dyn FnMut(Fact)) -> Result<(), LedgerError> {
        self.honest.replay(see)
    }

    fn issued(&self, station: StationId, slot: Slot) -> Result<Option<IssuedHash>, LedgerError> {
        self.honest.issued(station, slot)
    }

    fn entry(&self, station: StationId, seq: Seq) -> Result<Option<Vec<u8>>, LedgerError> {
        self.honest.entry(station, seq)
    }

    fn place(&self, item: &Item) -> Result<Option<u64>, LedgerError> {
        self.honest.place(item)
    }

    fn leaf(&self, index: u64) -> Result<Option<Leaf>, LedgerError> {
        self.honest.leaf(index)
    }

    fn node(&self, node: Node) -> Result<Digest, LedgerError> {
        self.honest.node(node)
    }

    fn covering(&self, index: u64) -> Result<Option<Vec<u8>>, LedgerError> {
        self.honest.covering(index)
    }

    fn diverged(&self, station: StationId) -> Result<Vec<Vec<u8>>, LedgerError> {
        self.honest.diverged(station)
    }

    fn filed(&self, station: StationId) -> Result<Vec<Filed>, LedgerError> {
        self.honest.filed(station)
    }

    fn filed_before(&self, before: u64, most: usize) -> Result<Vec<FiledRow>, LedgerError> {
        self.honest.filed_before(before, most)
    }

    fn acts(&self, most: usize) -> Result<Vec<Act>, LedgerError> {
        self.honest.acts(most)
    }
}

#[test]
fn every_receipt_agrees_with_the_last_checkpoint() {
    let mut central = in_memory(&small(2));
    let days = days(&mut central);
    deliver(&mut central, &days, &[], &[3, 1, 4, 1, 5, 9, 2, 6]);
    let last = central.checkpoint().expect("reads").expect("signed");
    let last = Checkpoint::verify(last, &key().public()).expect("holds");
    assert_eq!(last.size(), central.health().log_size);
    let leaves: Vec<Receipt> = (0..last.size())
        .map(|index| central.receipt_at(index).expect("reads").expect("is there"))
        .map(|bytes| Receipt::verify(&bytes, &key().public()).expect("holds"))
        .collect();
    assert!(leaves.iter().enumerate().all(|(at, receipt)| receipt.index() == at as u64));
    assert_eq!(plain_root(&leaves), last.root(), "the root is that of RFC 6962 over the leaves");
}

/// The root by the recursive words of RFC 6962.
pub(super) fn plain_root(leaves: &[Receipt]) -> Digest {
    use plano::protocol::merkle::{leaf_hash, node_hash};
    if let [one] = leaves {
        return leaf_hash(&one.received().leaf());
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    node_hash(&plain_root(left), &plain_root(right))
}
