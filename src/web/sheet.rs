//! A form as rows on a page, in the paper's order: what the reading page, the seal and the copies have in common.

use crate::form::{Cell, Counts, Form, Lang};
use crate::protocol::state::FormState;
use crate::recorder::Station;

/// A section of the form.
#[derive(Debug, Clone)]
pub(super) struct Section<B> {
    /// The Roman number.
    pub(super) number: &'static str,
    /// The title as printed.
    pub(super) title: &'static str,
    /// The page on which it begins.
    pub(super) page: u8,
    /// Its rows.
    pub(super) rows: Vec<Row<B>>,
}

/// A row of boxes.
#[derive(Debug, Clone)]
pub(super) struct Row<B> {
    /// The number on the paper: `I.B.1`, `IV.2`.
    pub(super) number: String,
    /// The label on the paper.
    pub(super) label: String,
    /// The names of the pair whose votes it holds.
    pub(super) pair: Option<String>,
    /// Its boxes, from left to right.
    pub(super) boxes: Vec<B>,
}

/// A number in its box.
pub(super) struct Figure {
    /// L, P or J; empty where there is one column.
    pub(super) letter: &'static str,
    /// Number and label of the box, read out by a screen reader.
    pub(super) name: String,
    /// The number as it stands there.
    pub(super) digits: String,
}

/// All figures as on the paper: what the officers seal and what a saksi sees are laid out by this one function.
pub(super) fn figures(
    station: &Station,
    form: &FormState,
    counts: Option<&Counts>,
    lang: Lang,
) -> Vec<Section<Figure>> {
    let Some(counts) = counts else { return Vec::new() };
    let pairs = station.election().contest(form.contest()).map(|known| known.pairs.as_slice()).unwrap_or_default();
    sections(form.form(), pairs, lang, |cell| {
        Some(Figure {
            letter: cell.column().letter().unwrap_or_default(),
            name: format!("{} {}", cell.mark(), cell.label(lang)),
            digits: counts.get(cell.id())?.to_string(),
        })
    })
}

/// The rows of a form for which `pick` gives at least one box; sections without a row are left out.
pub(super) fn sections<B>(
    form: &Form,
    pairs: &[String],
    lang: Lang,
    mut pick: impl FnMut(&Cell) -> Option<B>,
) -> Vec<Section<B>> {
    let mut sections: Vec<Section<B>> = Vec::new();
    for cell in form.cells() {
        let Some(one) = pick(cell) else { continue };
        let Some(section) = form.spec().section(cell.spec().section) else { continue };
        if sections.last().is_none_or(|last| last.number != section.number) {
            let (number, title) = (section.number, section.title.get(lang));
            sections.push(Section { number, title, page: cell.page().number(), rows: Vec::new() });
        }
        let Some(current) = sections.last_mut() else { continue };
        let number = cell.number();
        match current.rows.last_mut().filter(|row| row.number == number) {
            Some(row) => row.boxes.push(one),
            None => current.rows.push(Row {
                number,
                label: cell.row_label(lang),
                pair: cell.pair().and_then(|pair| pairs.get(usize::from(pair) - 1)).cloned(),
                boxes: vec![one],
            }),
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sections_and_rows_are_those_of_the_paper() {
        let form = Form::new("kwk-2024", "gubernur", 3).expect("a form");
        let pairs = ["Satu", "Dua", "Tiga"].map(str::to_owned);
        let sections = sections(&form, &pairs, Lang::Id, |cell| Some(cell.id().to_string()));
        assert_eq!(sections.iter().map(|section| section.number).collect::<Vec<_>>(), ["I", "II", "III", "IV", "V"]);
        assert_eq!(sections[0].rows[0].boxes, ["dpt.L", "dpt.P", "dpt.J"]);
        assert_eq!(
            sections[3].rows.iter().filter_map(|row| row.pair.as_deref()).collect::<Vec<_>>(),
            ["Satu", "Dua", "Tiga"]
        );
        let boxes: usize = sections.iter().flat_map(|section| &section.rows).map(|row| row.boxes.len()).sum();
        assert_eq!(boxes, form.cells().len());
    }

    #[test]
    fn rows_without_a_box_are_left_out() {
        let form = Form::new("kwk-2024", "gubernur", 3).expect("a form");
        let sections = sections(&form, &[], Lang::En, |cell| (cell.id().as_str() == "valid").then(|| cell.mark()));
        assert_eq!(sections.len(), 1);
        assert_eq!(sections[0].rows[0].boxes, ["V.A"]);
    }
}
