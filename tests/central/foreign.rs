//! The log against code that others wrote: the crates `signed_note` and `tlog_tiles`, and Go's `sumdb/note` and `sumdb/tlog`.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;

use plano::central::{Central, Witnesses};
use plano::digest::Digest;
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::consistency::{Head, consistency, is_consistent};
use plano::protocol::cosignature::Cosigner;
use plano::protocol::key::{PrivateKey, PublicKey};
use plano::protocol::merkle::{self, root_by_inclusion};
use plano::protocol::note::Note;
use plano::protocol::receipt::Receipt;
use plano::protocol::tile::{Tile, TileKind};
use plano::protocol::tile_set::{Needed, TileSet};
use signed_note::{Signer as _, StandardSigner, StandardVerifier, Verifier, VerifierList};
use tlog_tiles::{Hash, HashReader as _, TileHashReader, TileReader};

use super::tiles::long_log;
use crate::support::central::cosigned;
use crate::support::deliveries::moment;
use crate::support::election::central as key;
use crate::support::fake_log::FakeLog;
use crate::support::server::Listening;

fn cosigner() -> Cosigner {
    Cosigner::from_seed("pers.test/saksi", &[4; 32]).expect("a key")
}

/// The tiles of a central that listens, as `tlog_tiles` asks for them.
struct Tiles<'a> {
    server: &'a Listening,
    read: Cell<usize>,
}

impl TileReader for Tiles<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        self.read.set(self.read.get() + tiles.len());
        // Paths of Go's checksum database state the height, which is fixed in C2SP's.
        let path = |tile: &tlog_tiles::Tile| format!("/{}", tile.path().replacen("tile/8/", "tile/", 1));
        Ok(tiles.iter().map(|tile| self.server.get(&path(tile)).body).collect())
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

fn theirs(digest: Digest) -> Hash {
    Hash(*digest.as_bytes())
}

fn ours(hash: &Hash) -> Digest {
    Digest::from_bytes(hash.0)
}

/// A cosignature as others verify it: their Ed25519 key, over the bytes of the specification.
struct Cosigned {
    name: String,
    id: u32,
    ed25519: StandardVerifier,
}

impl Cosigned {
    /// The key of a witness, its type byte changed into that of a plain key, which their code knows.
    fn by(vkey: &str) -> Self {
        use base64::Engine as _;
        use base64::engine::general_purpose::STANDARD;
        let parts: Vec<&str> = vkey.splitn(3, '+').collect();
        let bytes = STANDARD.decode(parts[2]).expect("base64");
        assert_eq!(bytes[0], 4, "the type of a cosignature key");
        let id = signed_note::key_id(parts[0], &bytes);
        assert_eq!(format!("{id:08x}"), parts[1], "their id is ours");
        let plain = [&[1], &bytes[1..]].concat();
        let plain = format!("x+{:08x}+{}", signed_note::key_id("x", &plain), STANDARD.encode(&plain));
        Self { name: parts[0].into(), id, ed25519: StandardVerifier::new(&plain).expect("a key") }
    }
}

impl Verifier for Cosigned {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn verify(&self, msg: &[u8], sig: &[u8]) -> bool {
        let (time, signature) = sig.split_at(8);
        let time = u64::from_be_bytes(time.try_into().expect("8 bytes"));
        self.ed25519.verify(&[format!("cosignature/v1\ntime {time}\n").as_bytes(), msg].concat(), signature)
    }
}

#[test]
fn notes_keys_and_cosignatures_are_those_of_signed_note() {
    let (log, witness) = (key(), cosigner());
    let checkpoint = FakeLog::new(9, 100).signed();
    let cosigned = checkpoint.with_signature(&witness.cosign(&checkpoint, moment(3))).expect("fits");

    let note = signed_note::Note::from_bytes(cosigned.note().bytes()).expect("a note");
    let verifier = StandardVerifier::new(&log.public().to_string()).expect("our key is theirs");
    let known = VerifierList::new(vec![Box::new(verifier), Box::new(Cosigned::by(&witness.public().to_string()))]);
    let (holding, unknown) = note.verify(&known).expect("both hold");
    assert_eq!((holding.len(), unknown.len()), (2, 0));
    assert_eq!(note.to_bytes(), cosigned.note().bytes());
    let head = tlog_tiles::Checkpoint::from_bytes(cosigned.note().text().as_bytes()).expect("a checkpoint");
    assert_eq!((head.origin(), head.size(), head.hash()), (log.public().name(), 9, &theirs(cosigned.root())));

    let changed = String::from_utf8(cosigned.note().bytes().to_vec()).expect("text").replacen("\n9\n", "\n8\n", 1);
    let changed = signed_note::Note::from_bytes(changed.as_bytes()).expect("a note");
    assert!(changed.verify(&known).is_err());
}

#[test]
fn what_signed_note_and_tlog_tiles_make_is_taken_here() {
    let log = key();
    let signer = StandardSigner::new(&log.to_secret_text()).expect("our key is theirs");
    assert_eq!(signer.key_id().to_be_bytes().map(|byte| format!("{byte:02x}")).concat(), log.public().id().to_string());
    let root = FakeLog::new(9, 100).signed().root();
    let text = tlog_tiles::Checkpoint::new(log.public().name(), 9, theirs(root), "").expect("a checkpoint").to_bytes();
    let mut note = signed_note::Note::new(&text, &[]).expect("a note");
    note.add_sigs(&[&signer]).expect("signs");
    let read = Checkpoint::verify(note.to_bytes(), &log.public()).expect("holds here");
    assert_eq!(read, FakeLog::new(9, 100).signed(), "byte for byte what is made here");

    let foreign = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let mut note = signed_note::Note::new(b"any text\n", &[]).expect("a note");
    note.add_sigs(&[&StandardSigner::new(foreign).expect("a key")]).expect("signs");
    let private: PrivateKey = foreign.parse().expect("a key");
    let public: PublicKey = private.public();
    Note::parse(note.to_bytes()).expect("a note").verify(&public).expect("holds here");
}

#[test]
fn tiles_and_proofs_are_those_of_tlog_tiles() {
    let server = Listening::start(long_log());
    let checkpoint = Checkpoint::verify(server.get("/checkpoint").body, &key().public()).expect("holds");
    let (size, root) = (checkpoint.size(), theirs(checkpoint.root()));
    let tiles = Tiles { server: &server, read: Cell::new(0) };
    let hashes = TileHashReader::new(size, root, &tiles);
    assert_eq!(tlog_tiles::tree_hash(size, &hashes).expect("computes"), root);
    let mut own = TileSet::new(size);
    for old in [1, 2, 3, 255, 256, 257, size - 1] {
        let old_root = tlog_tiles::tree_hash(old, &hashes).expect("computes");
        let proof = tlog_tiles::prove_tree(size, old, &hashes).expect("proves");
        let (before, now) = (Head { size: old, root: ours(&old_root) }, Head { size, root: checkpoint.root() });
        let proof: Vec<Digest> = proof.iter().map(ours).collect();
        assert!(is_consistent(before, now, &proof), "their proof from {old} holds here");
        let made = fetching(&server, &mut own, |tiles| consistency(tiles, old, size));
        assert_eq!(made, proof, "and ours from {old} is the same");
        let made: Vec<Hash> = made.into_iter().map(theirs).collect();
        tlog_tiles::check_tree(&made, size, root, old, old_root).expect("ours holds there");
    }
    for index in [0, 1, 255, 256, size - 1] {
        let leaf = hashes.read_hashes(&[tlog_tiles::stored_hash_index(0, index)]).expect("reads")[0];
        let proof = tlog_tiles::prove_record(size, index, &hashes).expect("proves");
        let proof: Vec<Digest> = proof.iter().map(ours).collect();
        assert_eq!(root_by_inclusion(ours(&leaf), index, size, &proof), Some(checkpoint.root()), "leaf {index}");
    }
    assert!(tiles.read.get() > 0, "it asked central");
    let central = server.end();
    for index in [0, 100, size - 1] {
        let receipt = central.receipt_at(index).expect("reads").expect("is there");
        let receipt = Receipt::verify(&receipt, &key().public()).expect("holds");
        let leaf = tlog_tiles::record_hash(&receipt.received().leaf());
        assert_eq!(ours(&leaf), merkle::leaf_hash(&receipt.received().leaf()));
        let (size, root) = (receipt.checkpoint().size(), theirs(receipt.checkpoint().root()));
        let proof: Vec<Hash> = receipt.proof().iter().copied().map(theirs).collect();
        tlog_tiles::check_record(&proof, size, root, index, leaf).expect("our receipt holds there");
    }
}

/// Runs `compute` and fetches what it needs until it has it.
fn fetching<T>(server: &Listening, tiles: &mut TileSet, compute: impl Fn(&TileSet) -> Result<T, Needed>) -> T {
    loop {
        match compute(tiles) {
            Ok(value) => return value,
            Err(Needed(tile)) => {
                tiles.insert(tile, server.get(&format!("/{tile}")).body).expect("a tile");
            }
        }
    }
}

#[test]
fn paths_of_tiles_are_those_of_tlog_tiles() {
    for (level, index, width) in [(0, 0, 256), (0, 999, 7), (1, 1_000, 256), (2, 1_234_067, 255), (7, 3, 1)] {
        let ours = Tile { kind: TileKind::Hashes { level }, index, width };
        let theirs = tlog_tiles::Tile::new(8, level, index, u32::try_from(width).expect("small"), false);
        assert_eq!(format!("tile/8{}", &ours.to_string()[4..]), theirs.path());
    }
}

/// Go's program, built, or why it cannot be.
fn go() -> Result<PathBuf, String> {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plano-check-log");
    let build = Command::new("go")
        .args(["build", "-o"])
        .arg(&program)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign/log/check.go"))
        .env("GO111MODULE", "off")
        .env("GOPATH", "/usr/share/gocode")
        .env("GOFLAGS", "")
        .env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-cache"))
        .output();
    match build {
        Ok(output) if output.status.success() => Ok(program),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// A long log that a witness has cosigned: central, an old checkpoint, and receipts, in files.
fn cosigned_log(folder: &Path) -> (Listening, Vec<PathBuf>) {
    let mut central: Central = long_log().watched_by(Witnesses::in_memory(vec![cosigner().public()]));
    let newest = central.checkpoint().expect("reads").expect("not empty");
    let newest = Checkpoint::verify(newest, &key().public()).expect("holds");
    let checkpoint = newest.with_signature(&cosigner().cosign(&newest, moment(5))).expect("fits");
    cosigned(&mut central, checkpoint.note().bytes().to_vec()).expect("taken");
    let file = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).expect("writes");
        folder.join(name)
    };
    let receipt = |index: u64| central.receipt_at(index).expect("reads").expect("is there");
    let old = receipt(100);
    let old = Receipt::verify(&old, &key().public()).expect("holds");
    let mut files = vec![file("old.note", old.checkpoint().note().bytes())];
    for index in [0, 1, 100, 255, 256, newest.size() - 1] {
        files.push(file(&format!("{index}.tlog-proof"), &receipt(index)));
    }
    (Listening::start(central), files)
}

#[test]
fn go_checks_checkpoint_tiles_and_receipts_of_a_central_that_listens() {
    let program = match go() {
        Ok(program) => program,
        Err(reason) => {
            let needed = std::env::var_os("PLANO_NEEDS_GO").is_some_and(|value| !value.is_empty());
            assert!(!needed, "{reason}");
            eprintln!("THE CROSS-CHECK OF THE LOG BY GO IS PASSED OVER: {reason}");
            eprintln!("On Debian: apt-get install golang-go golang-golang-x-mod-dev");
            return;
        }
    };
    let folder = tempfile::tempdir().expect("a folder");
    let (server, files) = cosigned_log(folder.path());
    let run = |files: &[PathBuf]| {
        let mut command = Command::new(&program);
        command.arg(format!("http://{}", server.addr())).arg(key().public().to_string());
        command.arg(cosigner().public().to_string()).args(files).output().expect("runs")
    };
    let output = run(&files);
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{complained}");
    assert!(said.contains("6 receipts") && said.contains("grown from"), "{said}");

    // It is able to fail: a receipt with another leaf, and a checkpoint of another history.
    let text = std::fs::read_to_string(&files[1]).expect("reads").replacen("extra e", "extra f", 1);
    std::fs::write(&files[1], text).expect("writes");
    assert!(!run(&files).status.success(), "a changed receipt is found out");
    std::fs::write(&files[0], FakeLog::new(50, 100).signed().note().bytes()).expect("writes");
    let output = run(&files[..1]);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(complained.contains("the log continues its old checkpoint"), "{complained}");
}
