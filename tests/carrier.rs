//! A sealed result in a QR code: what a saksi scanned once has to be read for ever.

use plano::protocol::carrier::{PREFIX, decode, encode};
use plano::protocol::entry::Body;
use plano::protocol::sealed::SealedEntry;

use crate::support::day::Day;
use crate::support::election::{small, station};
use crate::support::golden::kept;

/// Letters of the alphanumeric mode in the largest QR code at the error correction level M (ISO/IEC 18004, table 7).
const LARGEST_AT_M: usize = 3391;

#[test]
fn a_result_fits_and_comes_back_with_both_signatures() {
    let election = small(2);
    let day = Day::whole(&election, station(1));
    let results: Vec<&SealedEntry> =
        day.entries.iter().filter(|entry| matches!(entry.entry().body, Body::Result(_))).collect();
    assert!(!results.is_empty(), "the day has results");
    for result in &results {
        let note = plano::protocol::note::Note::parse(result.bytes().to_vec()).expect("a note");
        let text = encode(&note);
        assert!(text.len() <= LARGEST_AT_M, "{} letters", text.len());
        let back = SealedEntry::parse(decode(&text).expect("decodes").bytes().to_vec()).expect("an entry");
        assert_eq!(&&back, result);
        back.signed_by(&day.roster()).expect("signed by both");
    }
    // Another compressor may pack the same note otherwise; what was shown once is what has to be understood.
    let fixed = kept(
        "result.qr",
        encode(&plano::protocol::note::Note::parse(results[0].bytes().to_vec()).expect("a note")).as_bytes(),
    );
    let fixed = String::from_utf8(fixed).expect("text");
    assert!(fixed.starts_with(PREFIX));
    assert_eq!(decode(&fixed).expect("decodes").bytes(), results[0].bytes());
}
