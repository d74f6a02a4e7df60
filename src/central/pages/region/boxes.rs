//! Every box of the form summed as written, and the equations of the form over the sums.

use crate::central::pages::frame::Frame;
use crate::form::{Cell, Check, RULES};
use crate::html::{Section, sections};
use crate::protocol::recap::ContestPage;

/// The sum of one box.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    /// L, P or J; empty where there is one column.
    pub(super) letter: &'static str,
    /// Number and label of the box, for a screen reader.
    pub(super) name: String,
    /// What is written on the sheets, summed.
    pub(super) written: u64,
    /// Whether an equation that the box is the whole of does not hold.
    pub(super) differs: bool,
}

/// One equation of the form.
#[derive(Debug, Clone)]
pub(super) struct Equation {
    /// The code of its rule.
    pub(super) code: String,
    /// Number on the paper and label of the box that should be the sum.
    pub(super) name: String,
    /// Why it should hold.
    pub(super) why: &'static str,
    /// What is written, summed.
    pub(super) written: u64,
    /// What its parts come to.
    pub(super) computed: u64,
}

impl Equation {
    /// Written less computed, with its sign; empty when there is no difference.
    pub(super) fn difference(&self, frame: &Frame) -> String {
        let sign = match self.written.cmp(&self.computed) {
            std::cmp::Ordering::Equal => return String::new(),
            std::cmp::Ordering::Greater => '+',
            std::cmp::Ordering::Less => '−',
        };
        format!("{sign}{}", frame.count(self.written.abs_diff(self.computed)))
    }
}

/// The sums in the order of the paper.
pub(super) fn sums(frame: &Frame, contest: &ContestPage) -> Vec<Section<Sum>> {
    let names: Vec<String> = contest.pairs.iter().map(|pair| pair.name.clone()).collect();
    sections(contest.boxes.form(), &names, frame.lang, |cell: &Cell| {
        Some(Sum {
            letter: cell.column().letter().unwrap_or_default(),
            name: format!("{} {}", cell.mark(), cell.label(frame.lang)),
            written: contest.boxes.get(cell.id())?,
            differs: contest.checks.iter().any(|check| check.whole == *cell.id() && !check.holds()),
        })
    })
}

/// The equations in the order of their codes.
pub(super) fn equations(frame: &Frame, contest: &ContestPage) -> Vec<Equation> {
    let equation = |check: &Check| {
        let cell = contest.boxes.form().cell(&check.whole)?;
        let rule = RULES.iter().find(|rule| rule.code == check.rule)?;
        Some(Equation {
            code: check.rule.to_string(),
            name: format!("{} {}", cell.mark(), cell.row_label(frame.lang)),
            why: rule.why.get(frame.lang),
            written: check.written,
            computed: check.computed,
        })
    };
    contest.checks.iter().filter_map(equation).collect()
}
