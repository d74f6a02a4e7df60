//! Witnesses from outside: what they cosign, what they refuse, what they keep, and what becomes of it at central and in bundles.

use std::path::Path;

use plano::central::{Central, Home as CentralHome, News, Refusal, Witnesses};
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::consistency::{Head, is_consistent};
use plano::protocol::cosignature::{Cosigner, WitnessKey};
use plano::protocol::key::PrivateKey;
use plano::protocol::merkle::root;
use plano::protocol::tile::Tile;
use plano::protocol::tile_set::TileSet;
use plano::protocol::wire::{Problem, ProblemKind, routes};
use plano::sync::http::{Config, HttpUplink};
use plano::witness::{Contradiction, Home, PublishedLog, Round, Witness, WitnessError};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::support::central::{cosigned, enrol_both, in_memory, put};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{central as log_key, small, station};
use crate::support::fake_log::FakeLog;
use crate::support::server::Listening;

fn cosigner(seed: u8) -> Cosigner {
    Cosigner::from_seed(format!("pers.test/saksi-{seed}"), &[seed; 32]).expect("a key")
}

/// A witness that is started anew for each look, as after a crash.
struct Followed {
    folder: TempDir,
    seed: u8,
    looks: u32,
}

impl Followed {
    fn new(seed: u8) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), seed, looks: 0 }
    }

    fn look<L: PublishedLog>(&mut self, log: &L) -> Result<Round, WitnessError> {
        self.looks += 1;
        let mut witness = Witness::new(cosigner(self.seed), Home::open(self.folder.path())?);
        let now = moment(700 + self.looks);
        Runtime::new().expect("a runtime").block_on(witness.look(log, &log_key().public(), now))
    }

    fn evidence(&self) -> usize {
        Home::open(self.folder.path()).expect("opens").evidence().expect("lists").len()
    }
}

fn handed_in(log: &FakeLog) -> Vec<Checkpoint> {
    let all = log.handed_in.lock().expect("nobody panicked").clone();
    all.into_iter().map(|bytes| Checkpoint::verify(bytes, &log_key().public()).expect("the log's")).collect()
}

#[test]
fn what_continues_is_cosigned_across_restarts_and_what_is_known_is_not_cosigned_twice() {
    let mut followed = Followed::new(4);
    assert_eq!(followed.look(&FakeLog::new(0, 0)).expect("looks"), Round::Empty);
    let mut from = None;
    for size in [1, 2, 7, 256, 300, 700] {
        let log = FakeLog::new(size, 1_000);
        assert_eq!(followed.look(&log).expect("looks"), Round::Cosigned { from, size });
        let cosigned = handed_in(&log);
        assert_eq!(cosigned.len(), 1);
        assert!(cosigner(4).public().verify(&cosigned[0]).is_ok(), "{size}");
        from = Some(size);
    }
    let log = FakeLog::new(700, 1_000);
    assert_eq!(followed.look(&log).expect("looks"), Round::Known { size: 700 });
    assert_eq!(followed.evidence(), 0);
}

#[test]
fn a_second_history_is_never_cosigned_and_the_evidence_speaks_for_itself() {
    for (kept, other, seen) in [(5, 3, 9), (4, 0, 9), (300, 299, 700), (256, 10, 257), (5, 4, 5)] {
        let mut followed = Followed::new(4);
        let honest = FakeLog::new(kept, 1_000);
        followed.look(&honest).expect("cosigned");
        let forked = FakeLog::new(seen, other);
        let round = followed.look(&forked).expect("looks");
        let Round::Contradicted { how: Contradiction::Forked, evidence: Some(folder), .. } = &round else {
            panic!("{kept} {other} {seen}: {round:?}");
        };
        assert_eq!(handed_in(&forked), [], "nothing was cosigned");
        shows_a_fork(folder);
        assert_eq!(followed.look(&forked).expect("looks"), round, "again, and no second folder");
        assert_eq!(followed.evidence(), 1);
        let longer = FakeLog::new(kept + 1, 1_000);
        assert_eq!(
            followed.look(&longer).expect("looks"),
            Round::Cosigned { from: Some(kept), size: kept + 1 },
            "what was cosigned stands, and only its own history goes on"
        );
    }
}

/// What anybody can see in the folder of evidence, with the log's key alone.
fn shows_a_fork(folder: &Path) {
    let read = |name: &str| std::fs::read(folder.join(name)).expect("reads");
    let [kept, seen] = ["cosigned.note", "seen.note"].map(|name| {
        let signed = Checkpoint::verify(read(name), &log_key().public()).expect("signed by the log");
        Head { size: signed.size(), root: signed.root() }
    });
    if kept.size == seen.size {
        assert_ne!(kept.root, seen.root);
        return;
    }
    let mut tiles = TileSet::new(seen.size);
    let mut need = |size| loop {
        match root(&tiles, size) {
            Ok(root) => return root,
            Err(needed) => {
                let tile: Tile = needed.0;
                tiles.insert(tile, read(&tile.to_string())).expect("a tile");
            }
        }
    };
    assert_eq!(need(seen.size), seen.root, "the tiles are those of the seen checkpoint");
    assert_ne!(need(kept.size), kept.root, "and its first leaves are others");
    assert!(!is_consistent(kept, seen, &[]));
}

#[test]
fn a_shorter_log_is_told_and_not_cosigned() {
    let mut followed = Followed::new(4);
    followed.look(&FakeLog::new(300, 1_000)).expect("cosigned");
    for size in [299, 1] {
        let shorter = FakeLog::new(size, 1_000);
        let round = followed.look(&shorter).expect("looks");
        let shrunk = matches!(
            &round,
            Round::Contradicted { how: Contradiction::Shrunk, kept: 300, seen, evidence: Some(_) } if *seen == size
        );
        assert!(shrunk && handed_in(&shorter).is_empty(), "{round:?}");
    }
    assert_eq!(followed.evidence(), 2);
    let gone = followed.look(&FakeLog::new(0, 0)).expect("looks");
    let shrunk = Round::Contradicted { how: Contradiction::Shrunk, kept: 300, seen: 0, evidence: None };
    assert_eq!(gone, shrunk);
}

#[test]
fn tiles_that_do_not_give_the_signed_root_accuse_nobody_and_gain_nothing() {
    for kept in [0, 5] {
        let mut followed = Followed::new(4);
        if kept > 0 {
            followed.look(&FakeLog::new(kept, 1_000)).expect("cosigned");
        }
        let log = FakeLog::new(9, 1_000).with_tiles_of(FakeLog::new(9, 2));
        assert!(matches!(followed.look(&log), Err(WitnessError::Unproved { size: 9 })));
        assert_eq!((handed_in(&log).len(), followed.evidence()), (0, 0));
        let none = FakeLog::new(9, 1_000).with_tiles_of(FakeLog::new(3, 1_000));
        assert!(matches!(followed.look(&none), Err(WitnessError::Asked { .. })));
    }
}

#[test]
fn a_lost_answer_is_made_good_with_the_very_same_cosignature() {
    let mut followed = Followed::new(4);
    let deaf = FakeLog::new(8, 1_000).deaf();
    assert!(matches!(followed.look(&deaf), Err(WitnessError::HandIn { size: 8, .. })));
    let hears = FakeLog::new(8, 1_000);
    assert_eq!(followed.look(&hears).expect("looks"), Round::Known { size: 8 });
    let again = handed_in(&hears);
    let first_look = u64::try_from(moment(701).millis() / 1000).expect("after 1970");
    assert_eq!(cosigner(4).public().verify(&again[0]), Ok(first_look), "kept before it was sent");
    let forked = FakeLog::new(9, 2);
    let round = followed.look(&forked).expect("looks");
    assert!(matches!(round, Round::Contradicted { .. }), "what nobody received binds all the same: {round:?}");
}

#[test]
fn a_folder_has_one_witness_with_one_key_and_a_log_one_key() {
    let mut followed = Followed::new(4);
    followed.look(&FakeLog::new(8, 1_000)).expect("cosigned");
    let held = Home::open(followed.folder.path()).expect("opens");
    assert!(matches!(followed.look(&FakeLog::new(9, 1_000)), Err(WitnessError::InUse(_))));
    drop(held);
    followed.seed = 5;
    assert!(matches!(followed.look(&FakeLog::new(9, 1_000)), Err(WitnessError::KeptByOther { .. })));
    followed.seed = 4;
    let other_key = PrivateKey::from_seed("central.test/drill", &[77; 32]).expect("a key").public();
    let mut witness = Witness::new(cosigner(4), Home::open(followed.folder.path()).expect("opens"));
    let log = FakeLog::new(9, 1_000);
    let look = Runtime::new().expect("a runtime").block_on(witness.look(&log, &other_key, moment(1)));
    assert!(matches!(look, Err(WitnessError::Kept { .. })), "{look:?}");
}

fn watched(witnesses: &[u8]) -> (Central, Day) {
    let election = small(1);
    let mut central = in_memory(&election);
    let day = Day::whole(&election, station(1), 1, enrol_both(&mut central, station(1)));
    (central.watched_by(Witnesses::in_memory(keys(witnesses))), day)
}

fn keys(witnesses: &[u8]) -> Vec<WitnessKey> {
    witnesses.iter().map(|seed| cosigner(*seed).public()).collect()
}

fn uplink(server: &Listening) -> HttpUplink {
    HttpUplink::new(&Config::new(format!("http://{}", server.addr()))).expect("sets up")
}

fn cosigned_by(server: &Listening, path: &str, seed: u8) -> Option<u64> {
    let checkpoint = Checkpoint::verify(server.get(path).body, &log_key().public()).expect("the log's");
    cosigner(seed).public().verify(&checkpoint).ok().map(|_| checkpoint.size())
}

#[test]
fn central_shows_what_its_witnesses_cosigned() {
    let (central, day) = watched(&[4, 5]);
    let server = Listening::start(central);
    let put = |entry: usize| {
        let seq = day.entries[entry].entry().seq;
        let path = plano::protocol::wire::entry_path(day.station, seq);
        assert_eq!(server.put(&path, day.entries[entry].bytes()).status, 201);
    };
    let (mut one, mut two) = (Followed::new(4), Followed::new(5));
    assert_eq!(one.look(&uplink(&server)).expect("looks"), Round::Empty);
    assert_eq!(server.get(routes::COSIGNED).status, 404);
    put(0);
    put(1);
    let first = Round::Cosigned { from: None, size: 2 };
    assert_eq!(one.look(&uplink(&server)).expect("looks"), first);
    assert_eq!(two.look(&uplink(&server)).expect("looks"), first);
    for path in [routes::CHECKPOINT, routes::COSIGNED] {
        assert_eq!([4, 5].map(|seed| cosigned_by(&server, path, seed)), [Some(2); 2], "{path}");
    }
    put(2);
    assert_eq!(cosigned_by(&server, routes::CHECKPOINT, 4), None, "nobody has seen the newest yet");
    assert_eq!(one.look(&uplink(&server)).expect("looks"), Round::Cosigned { from: Some(2), size: 3 });
    assert_eq!(one.look(&uplink(&server)).expect("looks"), Round::Known { size: 3 });
    let newest = [4, 5].map(|seed| cosigned_by(&server, routes::COSIGNED, seed));
    assert_eq!(newest, [Some(3), None]);
    assert_eq!(server.end().cosigned_checkpoints().len(), 2, "the last of each witness");
}

#[test]
fn central_refuses_what_is_no_cosignature_of_its_log() {
    let (mut central, day) = watched(&[4]);
    put(&mut central, &day, 0).expect("accepted");
    put(&mut central, &day, 1).expect("accepted");
    let plain = central.checkpoint().expect("reads").expect("not empty");
    let plain = Checkpoint::verify(plain, &log_key().public()).expect("holds");
    let by = |seed: u8, checkpoint: &Checkpoint, minute| {
        let line = cosigner(seed).cosign(checkpoint, moment(minute));
        checkpoint.with_signature(&line).expect("fits").note().bytes().to_vec()
    };
    assert!(matches!(cosigned(&mut central, plain.note().bytes().to_vec()), Err(Refusal::NotAWitness)));
    assert!(matches!(cosigned(&mut central, by(5, &plain, 1)), Err(Refusal::NotAWitness)), "not of those that count");
    let mut wrong = String::from_utf8(by(4, &plain, 1)).expect("text");
    wrong = wrong.replacen("\n2\n", "\n3\n", 1);
    assert!(
        matches!(cosigned(&mut central, wrong.into_bytes()), Err(Refusal::Checkpoint(_))),
        "central did not sign that"
    );
    for other in [FakeLog::new(2, 1_000).signed(), FakeLog::new(50, 1_000).signed()] {
        let refused = cosigned(&mut central, by(4, &other, 1));
        assert!(matches!(refused, Err(Refusal::OtherLog { size }) if size == other.size()), "{refused:?}");
    }
    assert_eq!(central.cosigned_checkpoints(), Vec::<Vec<u8>>::new());
    assert!(matches!(cosigned(&mut central, by(4, &plain, 5)), Ok(News::New)));
    assert!(matches!(cosigned(&mut central, by(4, &plain, 5)), Ok(News::Known)));
    assert!(matches!(cosigned(&mut central, by(4, &plain, 4)), Ok(News::Known)), "older");
    assert!(matches!(cosigned(&mut central, by(4, &plain, 6)), Ok(News::New)), "newer");
    assert_eq!(central.cosigned_checkpoints(), [by(4, &plain, 6)]);
    put(&mut central, &day, 2).expect("accepted");
    let server = Listening::start(central);
    let refused = server.send("POST", routes::COSIGNATURE, &by(5, &plain, 1)).expect("an answer");
    assert_eq!(Problem::parse(&refused.body).map(|problem| problem.r#type), Some(ProblemKind::Signature));
    let large = server.send("POST", routes::COSIGNATURE, &vec![b'x'; 9_000]).expect("an answer");
    assert_eq!(large.status, 413);
    server.end();
}

#[test]
fn what_was_cosigned_survives_a_restart_of_central_and_a_damaged_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = CentralHome::at(folder.path().join("central"));
    let election = small(1);
    home.init("central.test/drill", &election, &[2; 32]).expect("makes");
    let open = || {
        let witnesses = home.witnesses(keys(&[4])).expect("reads");
        home.open().expect("opens").watched_by(witnesses)
    };
    let mut central = open();
    let day = Day::whole(&election, station(1), 1, enrol_both(&mut central, station(1)));
    put(&mut central, &day, 0).expect("accepted");
    let server = Listening::start(central);
    Followed::new(4).look(&uplink(&server)).expect("cosigned");
    let cosigned = server.get(routes::COSIGNED).body;
    drop(server.end());
    let central = open();
    assert_eq!(central.checkpoint().expect("reads"), Some(cosigned.clone()));
    assert_eq!(home.open_to_read().expect("opens").cosigned_checkpoints(), [cosigned]);
    drop(central);
    let kept = std::fs::read_dir(folder.path().join("central/cosigned")).expect("lists").next().expect("a file");
    std::fs::write(kept.expect("a file").path(), "torn").expect("writes");
    assert_eq!(open().cosigned_checkpoints(), Vec::<Vec<u8>>::new(), "passed over; the witness hands in again");
}
