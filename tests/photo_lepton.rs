//! The shorter coding of a photo: every byte comes back, and nothing else is taken for it.

use plano::photo::lepton::{self, LeptonError};
use plano::photo::limits;

use crate::support::photos::{fixture, jpeg, page, png};

fn decoded(coded: &[u8]) -> Result<Vec<u8>, LeptonError> {
    lepton::decode(coded, limits::FILE_BYTES)
}

#[test]
fn a_photo_comes_back_byte_for_byte_from_fewer() {
    let small = jpeg(&page(300, 400, 2));
    for (name, photo) in [
        ("a page", jpeg(&page(1_500, 2_000, 1))),
        ("with what an editor left behind its end", [small.as_slice(), b"left behind"].concat()),
        ("with a place and a camera", fixture("located.jpg")),
    ] {
        let coded = lepton::encode(&photo).unwrap_or_else(|| panic!("{name}: a coding"));
        assert!(coded.len() * 10 < photo.len() * 9, "{name}: {} of {}", coded.len(), photo.len());
        assert!(decoded(&coded).expect(name) == photo, "{name}: byte for byte");
        assert_eq!(lepton::encode(&photo), Some(coded), "{name}: the same at every try");
    }
}

#[test]
fn what_the_coding_is_not_made_for_travels_as_it_is() {
    let whole = jpeg(&page(300, 400, 1));
    for (name, photo) in [
        ("no photo", b"words".to_vec()),
        ("nothing", Vec::new()),
        ("another kind", png(&page(300, 400, 1))),
        ("separate scans", fixture("separate-scans-420.jpg")),
        ("what makes a decoder panic", fixture("decoder-panics.jpg")),
        ("a side too long", jpeg(&page(limits::SIDE + 1, 8, 1))),
        ("a beginning alone", whole[..200].to_vec()),
    ] {
        assert_eq!(lepton::encode(&photo), None, "{name}");
    }
    // Cut in the middle of its pixels it is still evidence: what can be coded comes back as it was.
    let cut = &whole[..whole.len() / 2];
    assert!(lepton::encode(cut).is_none_or(|coded| decoded(&coded).expect("decodes") == cut));
}

#[test]
fn what_is_no_coding_is_refused() {
    let photo = jpeg(&page(300, 400, 1));
    let coded = lepton::encode(&photo).expect("a coding");
    let mut flipped = coded.clone();
    flipped[coded.len() / 2] ^= 0x10;
    for (name, bytes) in [
        ("nothing", &b""[..]),
        ("words", b"words"),
        ("the photo itself", &photo),
        ("half of it", &coded[..coded.len() / 2]),
        ("its head", &coded[..28]),
    ] {
        assert!(matches!(decoded(bytes), Err(LeptonError::Invalid(_))), "{name}: {:?}", decoded(bytes).map(|_| ()));
    }
    assert!(
        !matches!(decoded(&flipped), Ok(found) if found == photo),
        "a bit that is another makes another photo, or none"
    );
    let limit = photo.len() as u64;
    assert!(lepton::decode(coded.as_slice(), limit).is_ok());
    assert!(
        matches!(lepton::decode(coded.as_slice(), limit - 1), Err(LeptonError::TooLong { limit: said }) if said == limit - 1)
    );
}
