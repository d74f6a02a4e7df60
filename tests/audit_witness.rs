//! What the verifier says of checkpoints that witnesses cosigned.

use plano::audit::{Source as _, Trust, check};
use plano::digest::Digest;
use plano::protocol::checkpoint::Checkpoint;
use plano::protocol::cosignature::Cosigner;
use plano::protocol::key::PrivateKey;
use plano::protocol::receipt::Receipt;

use crate::support::bundle::{Evidence, sample};
use crate::support::deliveries::moment;
use crate::support::election;

fn witness() -> Cosigner {
    Cosigner::from_seed("pers.test/saksi", &[4; 32]).expect("a key")
}

/// The newest checkpoint of the sample's receipts: all its leaves stand in the receipts.
fn newest(evidence: &Evidence) -> Checkpoint {
    let stations = evidence.stations().expect("lists").into_iter();
    let kept = stations.flat_map(|station| evidence.receipts(station).expect("lists"));
    let key = election::central().public();
    let receipts = kept.map(|kept| Receipt::verify(&kept.bytes, &key).expect("holds").checkpoint().clone());
    receipts.max_by_key(Checkpoint::size).expect("some")
}

fn cosigned(checkpoint: &Checkpoint) -> Vec<u8> {
    checkpoint.with_signature(&witness().cosign(checkpoint, moment(5))).expect("fits").note().bytes().to_vec()
}

/// The codes about receipts and log, and how many cosignatures hold.
fn found(evidence: &Evidence) -> (Vec<&'static str>, u64) {
    let trust = Trust {
        central_key: Some(election::central().public()),
        authority: Some(election::authority().public()),
        witnesses: vec![witness().public()],
    };
    let report = check(evidence, &trust).expect("reads");
    let codes = report.findings().iter().map(|finding| finding.kind.code());
    (codes.filter(|code| code.starts_with("V7") && *code != "V704").collect(), report.checked().cosignatures)
}

#[test]
fn a_cosigned_log_is_computed_again_from_the_receipts() {
    let mut evidence = sample();
    let newest = newest(&evidence);
    let key = election::central();
    let sign = |size, root| Checkpoint::sign(size, root, &key).expect("signs");
    let strange = PrivateKey::from_seed("central.test/drill", &[66; 32]).expect("a key");
    let strange = Checkpoint::sign(newest.size(), newest.root(), &strange).expect("signs");
    let other = Digest::of(b"another root");
    let cases = [
        (vec![], vec!["V714"], 0, "nothing cosigned"),
        (vec![cosigned(&newest)], vec![], 1, "sound"),
        (vec![newest.note().bytes().to_vec()], vec!["V714"], 0, "central's signature alone"),
        (vec![cosigned(&strange)], vec!["V712", "V714"], 0, "not central's"),
        (vec![b"torn".to_vec(), cosigned(&newest)], vec!["V712"], 1, "one that cannot be read"),
        (vec![cosigned(&sign(newest.size(), other))], vec!["V706", "V715"], 1, "another log of the same size"),
        (vec![cosigned(&sign(newest.size() + 1, other))], vec!["V716"], 1, "leaves that are not here"),
    ];
    for (checkpoints, codes, held, about) in cases {
        evidence.cosigned = checkpoints;
        assert_eq!(found(&evidence), (codes, held), "{about}");
    }
}
