//! What one practice paper says: the figures of one contest at one TPS, and where and when.

use time::Date;

use crate::form::{Counts, Form, Head};

/// The sheets of one contest at one TPS, all three pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    counts: Counts,
    head: Head,
    place: Place,
    date: Date,
    pairs: Vec<String>,
}

/// Where the TPS is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Provinsi.
    pub provinsi: String,
    /// Kabupaten or kota.
    pub kota: String,
    /// Kecamatan.
    pub kecamatan: String,
    /// Kelurahan or desa.
    pub kelurahan: String,
    /// Number of the TPS in the kelurahan.
    pub tps: u16,
}

/// Why figures and names do not make a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Every pair of the form has one printed name.
    #[error(
        "making a practice sheet: the form has {pairs} pairs and {names} names were given; give one name for each pair"
    )]
    Names {
        /// Pairs on the form.
        pairs: u8,
        /// Names given.
        names: usize,
    },
}

impl Sheet {
    /// A sheet that shows `counts`; `pairs` are the printed names, one a pair, with a line break between the two people.
    ///
    /// # Errors
    /// When there is not one name for each pair of the form.
    pub fn new(counts: Counts, head: Head, place: Place, date: Date, pairs: Vec<String>) -> Result<Self, SheetError> {
        let wanted = counts.form().pairs();
        if pairs.len() != usize::from(wanted) {
            return Err(SheetError::Names { pairs: wanted, names: pairs.len() });
        }
        Ok(Self { counts, head, place, date, pairs })
    }

    /// Placeholder names for `pairs` pairs: no person's name.
    #[must_use]
    pub fn placeholder_names(pairs: u8) -> Vec<String> {
        (1..=pairs).map(|pair| format!("CALON {0}\nCALON WAKIL {0}", super::words::number(u16::from(pair)))).collect()
    }

    /// The form the figures belong to.
    #[must_use]
    pub fn form(&self) -> &Form {
        self.counts.form()
    }

    /// The figures.
    #[must_use]
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The times at the head of the form.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// Where the TPS is.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// The day of the voting.
    #[must_use]
    pub const fn date(&self) -> Date {
        self.date
    }

    /// Whether the officials of this TPS put an X in unused leading boxes; one TPS in three leaves them empty.
    pub(super) const fn crosses_unused(&self) -> bool {
        !self.place.tps.is_multiple_of(3)
    }

    /// The printed names of the pairs, in order.
    #[must_use]
    pub fn pairs(&self) -> &[String] {
        &self.pairs
    }
}
