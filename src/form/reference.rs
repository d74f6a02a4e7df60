//! The page of documentation about boxes and rules, written from the tables themselves.

use std::fmt::Write as _;

use super::example::Example;
use super::place::Column;
use super::rule::Rule;
use super::rules::RULES;
use super::spec::{Columns, FormSpec};
use super::text::{Lang, Text};

const OPENING: &str = "\
# Boxes and rules of the C.HASIL form · Kotak dan aturan formulir C.HASIL

This page is written from the tables of the program and checked by a test; do not edit it by hand.
Halaman ini ditulis dari tabel program dan diperiksa oleh pengujian; jangan disunting dengan tangan.

The paper is the truth, even when it is wrong: no rule ever blocks recording, sealing, photographing or sending. A finding
**E** (the sheet contradicts itself) or **W** (unusual) is answered by the officer, *as written on the paper*, with a note that
travels with the record. **I** is a note and needs no answer. The same table is applied at entry, at central and by
`plano verify`.

Kertas adalah kebenaran, juga bila isinya salah: tidak ada aturan yang menghalangi pencatatan, penyegelan, pemotretan atau
pengiriman. Temuan **E** (formulir bertentangan dengan dirinya sendiri) atau **W** (tidak biasa) dijawab petugas, *sesuai
tertulis di kertas*, dengan catatan yang ikut terkirim. **I** adalah catatan dan tidak perlu dijawab.

Every number has three digit boxes: 0 to 999. L, P and J are men, women and both together. All arithmetic is in whole numbers;
⌈ ⌉ rounds up to a whole ballot. In formulas `x` stands for each of L, P and J, and `n` for each pair of candidates.
";

/// The documentation page `docs/rules.md`: boxes of every form version, then every rule with its examples.
#[must_use]
pub fn rules_page() -> String {
    let mut page = OPENING.to_owned();
    for spec in FormSpec::all() {
        boxes(&mut page, spec);
    }
    if let [spec, ..] = FormSpec::all() {
        let _ = write!(page, "\n## Rules · Aturan ({})\n\n| code | rule · aturan |\n|---|---|\n", spec.version);
        for rule in RULES {
            let formula = rule.law.formula(spec, Lang::En);
            let _ = writeln!(page, "| [{0}](#{1}) | {formula} |", rule.code, rule.code.to_string().to_lowercase());
        }
        page.push_str("\nExamples change the sound figures below and nothing else; they are invented.\n");
        page.push_str("Contoh mengubah angka berikut ini saja; semuanya rekaan.\n\n");
        sound(&mut page);
        for rule in RULES {
            section(&mut page, rule, spec);
        }
    }
    page
}

/// The boxes of one version as a table.
fn boxes(page: &mut String, spec: &FormSpec) {
    let contests: Vec<&str> = spec.contests.iter().map(|contest| contest.model).collect();
    let _ = write!(
        page,
        "\n## Boxes · Kotak: {} ({})\n\nReserve {} %, at most {} voters planned for a TPS, opens at {}.\n\n\
         | number | id | label | English | columns | page |\n|---|---|---|---|---|---|\n",
        spec.version,
        contests.join(", "),
        spec.reserve_per_cent(Lang::En),
        spec.dpt_limit,
        spec.opens,
    );
    for row in spec.boxes {
        let (number, id) = match row.columns {
            Columns::PerPair => (format!("{}.n", row.number), format!("{}.n", row.id)),
            _ => (row.number.to_owned(), row.id.to_owned()),
        };
        let columns: Vec<&str> = row.columns.each().iter().copied().filter_map(Column::letter).collect();
        let (label, english) = (row.label.get(Lang::Id), row.label.get(Lang::En));
        let _ = writeln!(page, "| {number} | `{id}` | {label} | {english} | {} | {} |", columns.join(" "), row.page);
    }
}

/// The sound figures on which every example is built.
fn sound(page: &mut String) {
    let Some(case) = Example::SOUND.case() else { return };
    for row in case.counts.form().spec().boxes {
        let cells = case.counts.form().cells().iter().filter(|cell| cell.spec() == row);
        let numbers: Vec<String> =
            cells.filter_map(|cell| case.counts.get(cell.id())).map(|count| count.to_string()).collect();
        let _ = writeln!(page, "- {} `{}`: {}", row.number, row.id, numbers.join(" / "));
    }
    let head = case.head;
    let _ = writeln!(
        page,
        "- voting {}–{}, counting {}–{}",
        head.voting_from, head.voting_to, head.counting_from, head.counting_to
    );
}

/// One rule: formula, reason, and what is said about its example, in both languages.
fn section(page: &mut String, rule: &Rule, spec: &FormSpec) {
    let _ = write!(page, "\n### {}\n\n", rule.code);
    for lang in Lang::ALL {
        let _ = writeln!(page, "- {}. {}", rule.law.formula(spec, lang), rule.why.get(lang));
    }
    for (lang, words) in [(Lang::Id, FIRES.id), (Lang::En, FIRES.en)] {
        let _ = writeln!(page, "- {words} ({}): {}", changes(&rule.fires), told(rule, lang));
    }
    let _ = writeln!(page, "- {} · {}: {}", SILENT.id, SILENT.en, changes(&rule.silent));
}

const FIRES: Text = Text::new("Berbunyi", "Fires");
const SILENT: Text = Text::new("Di batas, tetap diam", "On the boundary, silent");

/// What officials are told about the first example of a rule.
fn told(rule: &Rule, lang: Lang) -> String {
    let findings = rule.fires.case().map(|case| case.findings()).unwrap_or_default();
    let own = findings.iter().find(|finding| finding.code() == rule.code);
    own.map(|finding| finding.message(lang)).unwrap_or_default()
}

/// What an example changes, by the ids of the boxes.
fn changes(example: &Example) -> String {
    let boxes = example.boxes.iter().map(|(id, value)| format!("`{id}` = {value}"));
    let times = example.times.iter().map(|(id, time)| format!("`{id}` = {time}"));
    let other = example.other.iter().map(|(id, value)| format!("other form · formulir lain `{id}` = {value}"));
    let (l, p) = example.registered;
    let file = (example.registered != Example::SOUND.registered)
        .then(|| format!("election file · data pemilihan L = {l}, P = {p}"));
    boxes.chain(times).chain(other).chain(file).collect::<Vec<_>>().join(", ")
}
