//! Examples of the rules: one sound form of invented figures, and what is changed in it.

use super::check;
use super::context::{Context, Registered};
use super::count::Count;
use super::counts::Counts;
use super::finding::Finding;
use super::head::Head;
use super::sheet::Form;
use super::time_of_day::TimeOfDay;

/// What an example changes in the sound figures.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// Boxes of the form.
    pub boxes: &'static [(&'static str, u16)],
    /// Times at the head of the form, by the id of the entry.
    pub times: &'static [(&'static str, &'static str)],
    /// Boxes of the other form of the TPS, which otherwise shows the sound figures too.
    pub other: &'static [(&'static str, u16)],
    /// Registered men and women in the election file.
    pub registered: (u16, u16),
}

/// An example filled in: figures, and what they are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The form.
    pub counts: Counts,
    /// The times at its head.
    pub head: Head,
    /// The other form of the TPS.
    pub other: Counts,
    /// The election file.
    pub registered: Registered,
}

/// The version, contest and pairs of the examples.
const FORM: (&str, &str, u8) = ("kwk-2024", "gubernur", 3);

/// The contest of the other form.
const OTHER_CONTEST: &str = "walikota";

/// Figures without any finding: 14 of 475 votes invalid is just below the share that is noted.
const SOUND: &[(&str, u16)] = &[
    ("dpt.L", 272),
    ("dpt.P", 280),
    ("dpt.J", 552),
    ("users_dpt.L", 221),
    ("users_dpt.P", 239),
    ("users_dpt.J", 460),
    ("users_dptb.L", 3),
    ("users_dptb.P", 2),
    ("users_dptb.J", 5),
    ("users_dpk.L", 4),
    ("users_dpk.P", 6),
    ("users_dpk.J", 10),
    ("users_total.L", 228),
    ("users_total.P", 247),
    ("users_total.J", 475),
    ("ballots_received", 566),
    ("ballots_used", 475),
    ("ballots_returned", 2),
    ("ballots_unused", 89),
    ("disabled.L", 2),
    ("disabled.P", 3),
    ("disabled.J", 5),
    ("votes.1", 180),
    ("votes.2", 154),
    ("votes.3", 127),
    ("valid", 461),
    ("invalid", 14),
    ("total", 475),
];

/// The times of the sound form.
const TIMES: Head = Head {
    voting_from: TimeOfDay::literal(7, 0),
    voting_to: TimeOfDay::literal(13, 0),
    counting_from: TimeOfDay::literal(13, 30),
    counting_to: TimeOfDay::literal(17, 45),
    same_day: true,
};

impl Example {
    /// The sound figures themselves.
    pub const SOUND: Self = Self { boxes: &[], times: &[], other: &[], registered: (272, 280) };

    /// Changes to boxes alone.
    pub(super) const fn boxes(boxes: &'static [(&'static str, u16)]) -> Self {
        Self { boxes, ..Self::SOUND }
    }

    /// Changes to times alone.
    pub(super) const fn times(times: &'static [(&'static str, &'static str)]) -> Self {
        Self { times, ..Self::SOUND }
    }

    /// The example filled in; `None` when it names a box, time or number that cannot be, which a test rules out.
    #[must_use]
    pub fn case(&self) -> Option<Case> {
        let (version, contest, pairs) = FORM;
        let (l, p) = self.registered;
        Some(Case {
            counts: filled(&Form::new(version, contest, pairs).ok()?, self.boxes)?,
            head: self.head()?,
            other: filled(&Form::new(version, OTHER_CONTEST, pairs).ok()?, self.other)?,
            registered: Registered { l, p },
        })
    }

    fn head(&self) -> Option<Head> {
        let mut head = TIMES;
        for (field, time) in self.times {
            let slot = match *field {
                "voting_from" => &mut head.voting_from,
                "voting_to" => &mut head.voting_to,
                "counting_from" => &mut head.counting_from,
                "counting_to" => &mut head.counting_to,
                _ => return None,
            };
            *slot = time.parse().ok()?;
        }
        Some(head)
    }
}

impl Case {
    /// What the rules find in it, compared with the other form and the election file.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let context = Context { registered: Some(self.registered), other: Some(&self.other) };
        check::findings(&self.counts, &self.head, &context)
    }
}

/// The sound figures on `form` with `changes`; `None` when a change names no box of the form.
fn filled(form: &Form, changes: &[(&str, u16)]) -> Option<Counts> {
    if !changes.iter().all(|(changed, _)| SOUND.iter().any(|(name, _)| name == changed)) {
        return None;
    }
    let value =
        |name: &str, sound: u16| changes.iter().find(|(changed, _)| *changed == name).map_or(sound, |(_, to)| *to);
    let values = SOUND.iter().map(|&(name, sound)| Some((name.parse().ok()?, Count::new(value(name, sound)).ok()?)));
    Counts::from_values(form, values.collect::<Option<Vec<_>>>()?).ok()
}

#[cfg(test)]
mod tests {
    use super::super::rules::RULES;
    use super::*;

    #[test]
    fn the_sound_figures_have_no_finding() {
        let case = Example::SOUND.case().expect("figures of the form");
        assert_eq!(case.findings(), []);
    }

    #[test]
    fn every_rule_fires_on_its_first_example_and_is_silent_on_its_second() {
        for rule in RULES {
            let fired = |example: &Example| {
                let findings = example.case().expect("figures of the form").findings();
                findings.iter().any(|finding| finding.code() == rule.code)
            };
            assert!(fired(&rule.fires), "{} stays silent on {:?}", rule.code, rule.fires);
            assert!(!fired(&rule.silent), "{} fires on {:?}", rule.code, rule.silent);
            assert_ne!(rule.fires, rule.silent, "{}", rule.code);
        }
    }
}
