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
