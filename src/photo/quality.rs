//! Findings: what is wrong with a photo, each with the measured value and its limit.

use super::page::Page;
use super::pixels::Grey;
use super::sharpness::sharpness;
use super::tone::Tone;
use super::{Bound, Code};

/// A value and the limit that it fails, both in the unit of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// What was measured.
    pub measured: u64,
    /// The least or the most that passes; which of both, [`Bound`] says.
    pub limit: u64,
}

/// One thing that is wrong with a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    code: Code,
    measure: Option<Measure>,
}

impl Finding {
    /// The finding that a file has a property which is not measured in numbers.
    pub(crate) const fn fact(code: Code) -> Self {
        Self { code, measure: None }
    }

    /// The finding that `measured` is beyond the bound of `code`; `None` when it is within.
    pub(crate) fn judge(code: Code, measured: u64) -> Option<Self> {
        let limit = match code.entry().bound {
            Bound::AtLeast(limit) if measured < limit => limit,
            Bound::AtMost(limit) if measured > limit => limit,
            _ => return None,
        };
        Some(Self { code, measure: Some(Measure { measured, limit }) })
    }

    /// Which finding it is.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The value and its limit; `None` for what is simply so, such as a cut file.
    #[must_use]
    pub const fn measure(&self) -> Option<Measure> {
        self.measure
    }

    /// The finding for the officer, in Indonesian, ending in what to do.
    #[must_use]
    pub fn text_id(&self) -> String {
        let entry = self.code.entry();
        self.text(entry.title.id, entry.measure.id, entry.advice.id)
    }

    /// The finding in English, ending in what to do.
    #[must_use]
    pub fn text_en(&self) -> String {
        let entry = self.code.entry();
        self.text(entry.title.en, entry.measure.en, entry.advice.en)
    }

    fn text(&self, title: &str, measure: &str, advice: &str) -> String {
        let Some(Measure { measured, limit }) = self.measure else { return format!("{title}. {advice}") };
        let measure = measure.replace("{m}", &measured.to_string()).replace("{l}", &limit.to_string());
        format!("{title} ({measure}). {advice}")
    }
}

/// Judges an upright or not upright photo that was scaled to at most 1600 pixels; the size is judged elsewhere.
///
/// A photo too small to hold one cell of the page yields nothing here: it is too small already.
pub(crate) fn judge(photo: &Grey) -> Vec<Finding> {
    let page = Page::find(photo);
    if page.cells() == 0 {
        return Vec::new();
    }
    let tone = Tone::of(photo, &page);
    let measured = [
        (Code::Blurred, sharpness(photo, &page)),
        (Code::Dark, tone.paper),
        (Code::Faint, tone.contrast),
        (Code::Glare, tone.glare),
    ];
    measured.into_iter().filter_map(|(code, value)| Finding::judge(code, value)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn codes(photo: &Grey) -> Vec<String> {
        judge(photo).iter().map(|finding| finding.code().to_string()).collect()
    }

    #[test]
    fn each_fault_of_a_photo_has_its_own_code() {
        let page = sample::page(1200, 1600);
        let soft = (0..6).fold(page.clone(), |page, _| sample::blurred(&page));
        let rows = [
            (page.clone(), vec![]),
            (sample::noisy(&page, 5), vec![]),
            (soft, vec!["Q202"]),
            (sample::toned(&page, 0, 25), vec!["Q203"]),
            (sample::toned(&page, 200, 18), vec!["Q204"]),
            (sample::glared(&sample::toned(&page, 0, 80)), vec!["Q205"]),
            (Grey::new(1600, 1200, vec![20; 1600 * 1200]), vec!["Q202", "Q203", "Q204"]),
            (Grey::new(20, 20, vec![20; 400]), vec![]),
        ];
        for (row, (photo, expected)) in rows.into_iter().enumerate() {
            assert_eq!(codes(&photo), expected, "row {row}");
        }
    }

    #[test]
    fn the_limit_itself_passes() {
        assert_eq!(Finding::judge(Code::TooSmall, 1600), None);
        assert_eq!(Finding::judge(Code::OverLimits, 100), None);
        let finding = Finding::judge(Code::TooSmall, 1599).expect("one pixel short");
        assert_eq!(finding.measure(), Some(Measure { measured: 1599, limit: 1600 }));
        assert!(Finding::judge(Code::OverLimits, 101).is_some());
    }

    #[test]
    fn texts_carry_the_numbers_and_end_in_what_to_do() {
        let finding = Finding::judge(Code::Dark, 41).expect("dark");
        assert_eq!(
            finding.text_id(),
            "Foto gelap (terang kertas 41 dari 255, paling sedikit 70). \
             Ambil lagi di tempat yang lebih terang, atau nyalakan lampu dari samping."
        );
        assert_eq!(
            Finding::fact(Code::Incomplete).text_en(),
            "The photo file is cut short or damaged. \
             Copy it from the phone again; if that does not help, take it again."
        );
    }
}
