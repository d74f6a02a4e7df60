//! The report for people: short when all is well, grouped by kind when it is not.

use std::fmt::Write as _;

use super::finding::{Finding, Side};
use super::kind::Severity;
use super::report::{Checked, Report, Verdict};
use crate::form::{Lang, Text};

/// So many places are printed of one kind; JSON has them all.
const SHOWN: usize = 20;

const DRILL: Text =
    Text::new("*** LATIHAN — bukan hasil pemilihan ***\n", "*** DRILL — not the result of an election ***\n");
const ELECTION: Text = Text::new("Pemilihan", "Election");
const KEY: Text = Text::new("Kunci pusat", "Central's key");
const OTHER: Text = Text::new("(paket pembanding) ", "(other bundle) ");
const SOUND: Text = Text::new("UTUH: tidak ada tuduhan atau peringatan.", "SOUND: no accusation and no warning.");
const UNSOUND: Text = Text::new("TIDAK UTUH", "NOT SOUND");
const COUNTS: [(Severity, Text); 3] = [
    (Severity::Accusation, Text::new("tuduhan", "accusations")),
    (Severity::Warning, Text::new("peringatan", "warnings")),
    (Severity::Note, Text::new("catatan", "notes")),
];

impl Report {
    /// The report for a person, in `lang`.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut out, lang);
        out
    }

    fn write(&self, out: &mut String, lang: Lang) -> std::fmt::Result {
        if let Some(subject) = self.subject() {
            if subject.drill {
                out.push_str(DRILL.get(lang));
            }
            writeln!(out, "{}: {} ({})", ELECTION.get(lang), subject.election, subject.digest.short())?;
            if let Some(key) = &subject.central_key {
                writeln!(out, "{}: {key}", KEY.get(lang))?;
            }
        }
        writeln!(out, "{}\n", self.checked_line(lang))?;
        for group in self.findings().chunk_by(|one, two| one.kind == two.kind) {
            write_group(out, group, lang)?;
        }
        out.push_str(&self.verdict_line(lang));
        out.push('\n');
        Ok(())
    }

    fn checked_line(&self, lang: Lang) -> String {
        let all = self.checked();
        let more = rare(all, lang);
        match lang {
            Lang::Id => format!(
                "Diperiksa: {} berkas ({} byte), {} TPS, {} akreditasi, {} catatan, {} tanda tangan, {} hasil, {} foto, \
                 {} tanda terima, {} tabel{more}",
                all.files,
                all.bytes,
                all.stations,
                all.accreditations,
                all.entries,
                all.signatures,
                all.results,
                all.photos,
                all.receipts,
                all.tables
            ),
            Lang::En => format!(
                "Checked: {} files ({} bytes), {} TPS, {} accreditations, {} entries, {} signatures, {} results, \
                 {} photos, {} receipts, {} tables{more}",
                all.files,
                all.bytes,
                all.stations,
                all.accreditations,
                all.entries,
                all.signatures,
                all.results,
                all.photos,
                all.receipts,
                all.tables
            ),
        }
    }

    fn verdict_line(&self, lang: Lang) -> String {
        let counts = COUNTS.iter().map(|(severity, word)| format!("{} {}", self.count(*severity), word.get(lang)));
        let counts = counts.collect::<Vec<_>>().join(", ");
        match self.verdict() {
            Verdict::Sound => format!("{} ({counts})", SOUND.get(lang)),
            Verdict::Findings => format!("{}: {counts}", UNSOUND.get(lang)),
        }
    }
}

/// What most bundles hold none of, and is not named then.
fn rare(all: &Checked, lang: Lang) -> String {
    let some = |count: u64, id, en| match count {
        0 => String::new(),
        count => format!(", {count} {}", Text::new(id, en).get(lang)),
    };
    [
        some(all.recaps, "halaman rekapitulasi", "pages of the recapitulation"),
        some(all.annotations, "pernyataan petugas pusat", "statements of operators"),
        some(all.cosignatures, "tanda tangan saksi log", "cosignatures"),
    ]
    .concat()
}

/// One kind: what it is, where it was found, what to do.
fn write_group(out: &mut String, group: &[Finding], lang: Lang) -> std::fmt::Result {
    let Some(kind) = group.first().map(|finding| finding.kind) else { return Ok(()) };
    let title = kind.severity().title().get(lang);
    writeln!(out, "{} {title}: {} [{}]", kind.code(), kind.what().get(lang), group.len())?;
    for finding in group.iter().take(SHOWN) {
        let side = if finding.place.side == Side::Other { OTHER.get(lang) } else { "" };
        let detail = finding.detail.text(lang);
        let dash = if detail.is_empty() { "" } else { " — " };
        writeln!(out, "  - {side}{}{dash}{detail}", finding.place)?;
    }
    if let Some(more) = group.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        match lang {
            Lang::Id => writeln!(out, "  … dan {more} lagi (semuanya ada dalam keluaran JSON)")?,
            Lang::En => writeln!(out, "  … and {more} more (the JSON output has them all)")?,
        }
    }
    writeln!(out, "  → {}\n", kind.todo().get(lang))
}
