//! The log as tiles: what anybody can read is enough to compute the signed root again.

use plano::central::{Central, Refusal};
use plano::digest::Digest;
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::tile::Tile;
use plano::protocol::wire::{Problem, ProblemKind, media};
use sha2::{Digest as _, Sha256};

use crate::support::central::{enrol_both, in_memory, put, put_photo};
use crate::support::deliveries::Day;
use crate::support::election::{central as key, small, station};
use crate::support::server::Listening;

/// A central whose log is longer than one tile.
pub(crate) fn long_log() -> Central {
    let election = small(14);
    let mut central = in_memory(&election);
    for tps in 1..=14 {
        let day = Day::whole(&election, station(tps), tps.into(), enrol_both(&mut central, station(tps)));
        for entry in 0..day.entries.len() {
            put(&mut central, &day, entry).expect("accepted");
        }
        for photo in 0..day.photos.len() {
            put_photo(&mut central, &day, photo).expect("accepted");
        }
    }
    central
}

/// RFC 6962, 2.1, written down once more, so that it is not checked against itself.
fn root(leaves: &[Vec<u8>]) -> [u8; 32] {
    let hash = |prefix: u8, parts: [&[u8]; 2]| {
        let mut hasher = Sha256::new();
        hasher.update([prefix]);
        for part in parts {
            hasher.update(part);
        }
        hasher.finalize().into()
    };
    match leaves {
        [leaf] => hash(0, [leaf, &[]]),
        leaves => {
            let left = leaves.len().next_power_of_two() / 2;
            hash(1, [&root(&leaves[..left]), &root(&leaves[left..])])
        }
    }
}

fn path(place: &str, size: u64, level: u32, index: u64) -> String {
    let held = (size >> (8 * level)) - 256 * index;
    if held >= 256 { format!("/tile/{place}/{index:03}") } else { format!("/tile/{place}/{index:03}.p/{held}") }
}

fn leaves(bundle: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut rest = bundle;
    while let Some((length, behind)) = rest.split_first_chunk::<2>() {
        let (leaf, behind) = behind.split_at(usize::from(u16::from_be_bytes(*length)));
        found.push(leaf.to_vec());
        rest = behind;
    }
    found
}

#[test]
fn the_tiles_alone_give_the_signed_root() {
    let server = Listening::start(long_log());
    let checkpoint = Checkpoint::verify(server.get("/checkpoint").body, &key().public()).expect("holds");
    let size = checkpoint.size();
    assert!(size > 256, "a full tile and one that is not: {size}");
    let mut all = Vec::new();
    for index in 0..size.div_ceil(256) {
        let bundle = server.get(&path("entries", size, 0, index));
        let hashes = server.get(&path("0", size, 0, index));
        for reply in [&bundle, &hashes] {
            assert_eq!((reply.status, reply.header("content-type")), (200, Some(media::TILE)));
            assert!(reply.header("cache-control").is_some_and(|kept| kept.contains("immutable")));
        }
        let leaves = leaves(&bundle.body);
        assert_eq!(hashes.body, leaves.iter().flat_map(|leaf| root(std::slice::from_ref(leaf))).collect::<Vec<u8>>());
        all.extend(leaves);
    }
    assert_eq!(all.len() as u64, size);
    assert_eq!(Digest::from_bytes(root(&all)), checkpoint.root());
    assert_eq!(server.get("/tile/1/000.p/1").body, root(&all[..256]), "the first full tile, one level up");
    drop(server.end());
}

#[test]
fn a_tile_that_the_log_does_not_have_yet_is_not_here() {
    let central = in_memory(&small(1));
    let tile: Tile = "tile/0/000.p/1".parse().expect("a tile");
    assert!(matches!(central.tile(&tile), Err(Refusal::NotHere(_))));
    let server = Listening::start(central);
    for (path, kind) in [
        ("/tile/entries/000", ProblemKind::Unknown),
        ("/tile/0/000.p/1", ProblemKind::Unknown),
        ("/tile/0/0", ProblemKind::Malformed),
        ("/tile/../checkpoint", ProblemKind::Malformed),
    ] {
        let reply = server.get(path);
        let problem = Problem::parse(&reply.body).expect("a problem");
        assert_eq!(problem.r#type, kind, "{path}");
    }
}
