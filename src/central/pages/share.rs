//! Parts of a whole as they are written and drawn: `97,35 %`, tenths of a tile.

use super::frame::Frame;
use crate::form::Percent;

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Share {
    /// The part.
    pub(super) part: u64,
    /// The whole.
    pub(super) whole: u64,
}

impl Share {
    /// `part` of `whole`.
    pub(super) fn of(part: impl Into<u64>, whole: impl Into<u64>) -> Self {
        Self { part: part.into(), whole: whole.into() }
    }

    /// Whether nothing is missing.
    pub(super) const fn all(&self) -> bool {
        self.part >= self.whole && self.whole > 0
    }

    /// How full a tile is drawn: 0 for nothing, 10 for everything, 1 to 9 for what lies between.
    pub(super) const fn tenth(&self) -> u64 {
        match (self.part, self.whole) {
            (0, _) | (_, 0) => 0,
            (part, whole) if part >= whole => 10,
            (part, whole) => 1 + part.saturating_mul(9) / whole,
        }
    }

    /// Hundredths with two decimals, rounded half up; a dash for a part of nothing.
    pub(super) fn per_cent(&self, frame: &Frame) -> String {
        Percent::of(self.part, self.whole).map_or_else(|| "–".to_owned(), |percent| frame.per_cent(percent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Lang;
    use crate::protocol::election::Election;

    fn frame(lang: Lang) -> Frame {
        let note = include_bytes!("../../../fixtures/election/probolinggo-2024.note");
        Frame::new(&Election::parse(note.to_vec()).expect("an election"), lang, "/")
    }

    #[test]
    fn hundredths_are_rounded_half_up_and_written_as_the_language_does() {
        let (id, en) = (frame(Lang::Id), frame(Lang::En));
        let table =
            [(0_u64, 3_u64, "0,00 %"), (1, 3, "33,33 %"), (2, 3, "66,67 %"), (3, 3, "100,00 %"), (1, 20_000, "0,01 %")];
        for (part, whole, text) in table {
            assert_eq!(Share::of(part, whole).per_cent(&id), text);
        }
        assert_eq!(Share::of(2_u64, 3_u64).per_cent(&en), "66.67 %");
        assert_eq!(Share::default().per_cent(&id), "–");
        assert_eq!(
            (id.count(1_234_567), en.count(999), en.count(1_000)),
            ("1.234.567".into(), "999".into(), "1,000".into())
        );
    }

    #[test]
    fn only_nothing_is_empty_and_only_everything_is_full() {
        let tenths = [0_u64, 1, 164, 327, 328].map(|part| Share::of(part, 328_u64).tenth());
        assert_eq!(tenths, [0, 1, 5, 9, 10]);
        assert_eq!(Share::default().tenth(), 0);
        assert!(Share::of(3_u64, 3_u64).all() && !Share::default().all());
    }
}
