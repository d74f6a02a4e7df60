//! The findings about a photo as a table: code, bound, and what to tell the officer.

use std::fmt;

use super::{Words, limits};

/// What can be wrong with a photo. None of these keeps it from being evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// Q201.
    TooSmall,
    /// Q202.
    Blurred,
    /// Q203.
    Dark,
    /// Q204.
    Faint,
    /// Q205.
    Glare,
    /// Q206.
    Incomplete,
    /// Q207.
    Undecodable,
    /// Q208.
    OverLimits,
    /// Q209.
    Untrusted,
}

/// Which measured values a code lets pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Fires below this value.
    AtLeast(u64),
    /// Fires above this value.
    AtMost(u64),
    /// Nothing is measured: it is so or not.
    Fact,
}

/// One row of [`CODES`].
#[derive(Debug)]
pub struct CodeEntry {
    /// Which finding the row is about.
    pub code: Code,
    /// The code as written in records, `Q2xx`. It never changes its meaning.
    pub id: &'static str,
    /// The limit, in the unit that `measure` names.
    pub bound: Bound,
    /// What is wrong, without a full stop.
    pub title: Words,
    /// What was measured, with `{m}` for the value and `{l}` for the limit; empty for a fact.
    pub measure: Words,
    /// What the officer should do.
    pub advice: Words,
}

impl Code {
    /// The row of this code.
    #[must_use]
    pub const fn entry(self) -> &'static CodeEntry {
        // Rows stand in the order of the enum; a test walks through all of them.
        &CODES[self as usize]
    }

    /// The code that is written `id`.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        CODES.iter().find(|entry| entry.id == id).map(|entry| entry.code)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.entry().id)
    }
}

/// All codes, in the order of their numbers.
pub const CODES: [CodeEntry; 9] = [
    CodeEntry {
        code: Code::TooSmall,
        id: "Q201",
        bound: Bound::AtLeast(limits::MEASURED_SIDE as u64),
        title: Words::new("Foto terlalu kecil", "The photo is too small"),
        measure: Words::new(
            "sisi panjang {m} piksel, paling sedikit {l}",
            "the long side has {m} pixels, at least {l} are needed",
        ),
        advice: Words::new(
            "Ambil lagi dengan kamera telepon pada resolusi penuh; jangan pakai tangkapan layar atau foto dari aplikasi pesan.",
            "Take it again with the phone's camera at full resolution; do not use a screenshot or a picture from a messenger.",
        ),
    },
    CodeEntry {
        code: Code::Blurred,
        id: "Q202",
        bound: Bound::AtLeast(40),
        title: Words::new("Foto buram", "The photo is blurred"),
        measure: Words::new("ketajaman {m}, paling sedikit {l}", "sharpness {m}, at least {l} is needed"),
        advice: Words::new(
            "Ambil lagi: bersihkan lensa, ketuk layar pada tulisan agar fokus, pegang telepon dengan dua tangan.",
            "Take it again: wipe the lens, tap on the writing to focus, hold the phone with both hands.",
        ),
    },
    CodeEntry {
        code: Code::Dark,
        id: "Q203",
        bound: Bound::AtLeast(70),
        title: Words::new("Foto gelap", "The photo is dark"),
        measure: Words::new(
            "terang kertas {m} dari 255, paling sedikit {l}",
            "brightness of the paper {m} of 255, at least {l} is needed",
        ),
        advice: Words::new(
            "Ambil lagi di tempat yang lebih terang, atau nyalakan lampu dari samping.",
            "Take it again in better light, or with a lamp from the side.",
        ),
    },
    CodeEntry {
        code: Code::Faint,
        id: "Q204",
        bound: Bound::AtLeast(30),
        title: Words::new("Tulisan pudar atau foto terlalu terang", "The writing is faint or the photo is washed out"),
        measure: Words::new("kontras {m} %, paling sedikit {l} %", "contrast {m} %, at least {l} % is needed"),
        advice: Words::new(
            "Ambil lagi tanpa cahaya dari belakang kertas; ketuk layar pada kertas agar terangnya pas.",
            "Take it again without light from behind the paper; tap on the paper to set the exposure.",
        ),
    },
    CodeEntry {
        code: Code::Glare,
        id: "Q205",
        bound: Bound::AtMost(15),
        title: Words::new("Ada pantulan cahaya di kertas", "Light is reflected on the paper"),
        measure: Words::new(
            "{m} dari 1000 bagian halaman silau, paling banyak {l}",
            "{m} of 1000 parts of the page are burnt out, at most {l} may be",
        ),
        advice: Words::new(
            "Ambil lagi tanpa lampu kilat, atau geser sedikit sampai pantulan hilang dari angka.",
            "Take it again without flash, or move a little until the reflection leaves the figures.",
        ),
    },
    CodeEntry {
        code: Code::Incomplete,
        id: "Q206",
        bound: Bound::Fact,
        title: Words::new("Berkas foto terpotong atau rusak", "The photo file is cut short or damaged"),
        measure: Words::new("", ""),
        advice: Words::new(
            "Salin ulang dari telepon; bila tetap sama, ambil lagi.",
            "Copy it from the phone again; if that does not help, take it again.",
        ),
    },
    CodeEntry {
        code: Code::Undecodable,
        id: "Q207",
        bound: Bound::Fact,
        title: Words::new("Foto tidak dapat dibuka di sini", "The photo cannot be opened here"),
        measure: Words::new("", ""),
        advice: Words::new(
            "Periksa apakah foto terbuka di telepon; bila tidak, ambil lagi.",
            "Check whether it opens on the phone; if not, take it again.",
        ),
    },
    CodeEntry {
        code: Code::OverLimits,
        id: "Q208",
        bound: Bound::AtMost(100),
        title: Words::new("Foto terlalu besar untuk diperiksa di sini", "The photo is too large to be checked here"),
        measure: Words::new("{m} % dari batas, paling banyak {l} %", "{m} % of the limit, at most {l} %"),
        advice: Words::new(
            "Periksa sendiri apakah semua angka terbaca; bila ragu, turunkan resolusi kamera menjadi 12 megapiksel dan ambil lagi.",
            "Check for yourself that every figure can be read; if in doubt, set the camera to 12 megapixels and take it again.",
        ),
    },
    CodeEntry {
        code: Code::Untrusted,
        id: "Q209",
        bound: Bound::Fact,
        title: Words::new(
            "Susunan berkas JPEG ini tidak dapat diperiksa di sini",
            "The layout of this JPEG file cannot be checked here",
        ),
        measure: Words::new("", ""),
        advice: Words::new(
            "Periksa sendiri di telepon apakah semua angka terbaca; bila ragu, ambil lagi dengan aplikasi kamera bawaan.",
            "Check on the phone that every figure can be read; if in doubt, take it again with the phone's own camera app.",
        ),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_finds_its_own_row() {
        for (row, number) in CODES.iter().zip(201..) {
            assert_eq!(row.code.entry().id, row.id);
            assert_eq!(row.id, format!("Q{number}"));
            assert_eq!(Code::from_id(row.id), Some(row.code));
            assert_eq!(row.code.to_string(), row.id);
        }
        assert_eq!(Code::from_id("Q200"), None);
    }

    #[test]
    fn every_row_is_whole_in_both_languages() {
        for row in &CODES {
            for (title, measure, advice) in
                [(row.title.id, row.measure.id, row.advice.id), (row.title.en, row.measure.en, row.advice.en)]
            {
                assert!(!title.is_empty() && !title.ends_with('.') && advice.ends_with('.'), "{}", row.id);
                let measured = row.bound != Bound::Fact;
                assert_eq!(measure.contains("{m}") && measure.contains("{l}"), measured, "{}", row.id);
            }
            let again = row.advice.id.contains("mbil lagi") && row.advice.en.contains("ake it again");
            assert!(again, "{} says how to get a better photo", row.id);
        }
    }
}
