//! The whole table of rules applied to figures.

use super::context::Context;
use super::counts::Counts;
use super::finding::Finding;
use super::head::Head;
use super::judge::Reading;
use super::rules::RULES;

/// Every rule that the figures do not keep, sorted by code and column.
#[must_use]
pub fn findings(counts: &Counts, head: &Head, context: &Context<'_>) -> Vec<Finding> {
    let values: Vec<_> = counts.values().iter().copied().map(Some).collect();
    of_reading(&Reading { form: counts.form(), values: &values, head: Some(*head), context })
}

/// Every rule that is broken and whose boxes are all there, sorted by code and column.
pub(super) fn of_reading(reading: &Reading<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES
        .iter()
        .flat_map(|rule| rule.each_column().map(move |column| (rule, column)))
        .filter_map(|(rule, column)| {
            let breach = reading.breach(&rule.law, column)?;
            Some(Finding::new(reading.form, rule, column, breach))
        })
        .collect();
    findings.sort_by_key(Finding::key);
    findings
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;

    #[test]
    fn findings_are_sorted_by_code_then_column() {
        let boxes = &[("dpt.J", 601), ("users_dpt.P", 300), ("users_dpt.L", 300), ("votes.3", 0)];
        let findings = Example::boxes(boxes).case().expect("figures of the form").findings();
        let keys: Vec<String> = findings.iter().map(|finding| finding.key().to_string()).collect();
        let expected = "E101 E102 E111.L E111.P E112.L E112.P E301 I501 W401 W402 W403.J W404.L W404.P W404.J";
        assert_eq!(keys.join(" "), expected);
    }
}
