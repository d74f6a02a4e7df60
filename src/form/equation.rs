//! The sums that the table of rules wants to find in a box, one by one.
//!
//! In scope: which box should be the sum of which. Not here: whether it is (`check`), rules that are about no sum.

use super::cell::CellId;
use super::code::Code;
use super::law::Term;
use super::place::Column;
use super::rules::RULES;
use super::sheet::Form;

/// One box of a form that should be the sum of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation {
    /// The rule that wants it.
    pub rule: Code,
    /// The column, for rules that are evaluated for L, P and J.
    pub column: Option<Column>,
    /// The box that should be the sum.
    pub whole: CellId,
    /// The boxes that it should be the sum of; one when the rule wants two boxes to be the same.
    pub parts: Vec<CellId>,
}

/// Every equation that the rules know about `form`, in the order of the table.
#[must_use]
pub fn equations(form: &Form) -> Vec<Equation> {
    let rules = RULES.iter().flat_map(|rule| rule.each_column().map(move |column| (rule, column)));
    let equation = |(rule, column): (&super::rule::Rule, Option<Column>)| {
        let (whole, parts) = rule.law.equality()?;
        let ids =
            |term: &Term| -> Vec<CellId> { term.cells(form, column).map(|(_, cell)| cell.id().clone()).collect() };
        let whole = ids(&whole).into_iter().next()?;
        Some(Equation { rule: rule.code, column, whole, parts: parts.iter().flat_map(ids).collect() })
    };
    rules.filter_map(equation).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sum_of_the_paper_is_there_once() {
        let form = Form::new("kwk-2024", "gubernur", 3).expect("a form");
        let shown = |equation: &Equation| {
            let parts: Vec<&str> = equation.parts.iter().map(CellId::as_str).collect();
            format!("{} {} = {}", equation.rule, equation.whole, parts.join(" + "))
        };
        let all: Vec<String> = equations(&form).iter().map(shown).collect();
        for one in [
            "E101 dpt.J = dpt.L + dpt.P",
            "E111 users_total.P = users_dpt.P + users_dptb.P + users_dpk.P",
            "E201 ballots_received = ballots_used + ballots_returned + ballots_unused",
            "E301 valid = votes.1 + votes.2 + votes.3",
            "E303 total = users_total.J",
        ] {
            assert_eq!(all.iter().filter(|known| *known == one).count(), 1, "{one} in {all:?}");
        }
        assert_eq!(all.len(), 15, "{all:?}");
    }
}
