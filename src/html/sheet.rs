//! A form as rows on a page, in the paper's order: what every page that shows a form has in common.

use crate::form::{Cell, Form, Lang};

/// A section of the form.
#[derive(Debug, Clone)]
pub(crate) struct Section<B> {
    /// The Roman number.
    pub(crate) number: &'static str,
    /// The title as printed.
    pub(crate) title: &'static str,
    /// The page on which it begins.
    pub(crate) page: u8,
    /// Its rows.
    pub(crate) rows: Vec<Row<B>>,
}

/// A row of boxes.
#[derive(Debug, Clone)]
pub(crate) struct Row<B> {
    /// The number on the paper: `I.B.1`, `IV.2`.
    pub(crate) number: String,
    /// The label on the paper.
    pub(crate) label: String,
    /// The names of the pair whose votes it holds.
    pub(crate) pair: Option<String>,
    /// Its boxes, from left to right.
    pub(crate) boxes: Vec<B>,
}

/// The rows of a form for which `pick` gives at least one box; sections without a row are left out.
pub(crate) fn sections<B>(
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
