//! One rule that the figures do not keep, in words an officer can act on.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::cell::{Cell, CellId};
use super::code::{Code, Severity};
use super::finding_key::FindingKey;
use super::head::HeadField;
use super::judge::{Breach, Side};
use super::place::Column;
use super::rule::Rule;
use super::sheet::Form;
use super::text::{Lang, Text};
use super::time_of_day::TimeOfDay;

/// A rule that does not hold for the figures, with the boxes and the two values that disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    form: Form,
    rule: &'static Rule,
    column: Option<Column>,
    breach: Breach,
}

const LOOK_AGAIN: Text = Text::new(
    "Periksa lagi di kertas; jika memang tertulis begitu, jawab \"sesuai tertulis di kertas\" dan beri catatan.",
    "Look at the paper again; if it is written so, answer \"as written on the paper\" and add a note.",
);
const BE_SURE: Text = Text::new(
    "Pastikan sekali lagi angkanya sama dengan di kertas; tidak perlu jawaban.",
    "Make sure once more that the number is that on the paper; no answer is needed.",
);
const OPENING: Text = Text::new("jam buka TPS", "the hour at which a TPS opens");
const ALSO: Text = Text::new("begitu juga", "likewise");

impl Finding {
    pub(super) fn new(form: &Form, rule: &'static Rule, column: Option<Column>, breach: Breach) -> Self {
        Self { form: form.clone(), rule, column, breach }
    }

    /// The code of the rule.
    #[must_use]
    pub fn code(&self) -> Code {
        self.rule.code
    }

    /// The rule that does not hold.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// The column, for rules that are evaluated for L, P and J.
    #[must_use]
    pub fn column(&self) -> Option<Column> {
        self.column
    }

    /// What an answer to this finding refers to.
    #[must_use]
    pub fn key(&self) -> FindingKey {
        FindingKey { code: self.code(), column: self.column }
    }

    /// Every box that takes part, those of the left value first; none for rules about times.
    #[must_use]
    pub fn cells(&self) -> Vec<CellId> {
        self.breach.left.cells.iter().chain(&self.breach.right.cells).cloned().collect()
    }

    /// The times that take part, that of the left value first.
    #[must_use]
    pub fn head_fields(&self) -> Vec<HeadField> {
        [self.breach.left.field, self.breach.right.field].into_iter().flatten().collect()
    }

    /// The value as written; minutes since midnight for rules about times.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.breach.left.value
    }

    /// The value it disagrees with.
    #[must_use]
    pub fn right(&self) -> u32 {
        self.breach.right.value
    }

    /// The finding for an official: [`Finding::statement`], and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let advice = if self.severity().needs_answer() { LOOK_AGAIN } else { BE_SURE };
        format!("{} {}", self.statement(lang), advice.get(lang))
    }

    /// What disagrees, for whoever reads the figures later: the boxes by their numbers on the paper, the two values.
    #[must_use]
    pub fn statement(&self, lang: Lang) -> String {
        let Breach { left, right } = &self.breach;
        let values = [
            ("{left}", self.value(left.value)),
            ("{right}", self.value(right.value)),
            ("{reserve}", self.form.spec().reserve_per_cent(lang)),
            ("{boxes}", self.name(left, lang)),
            ("{others}", self.name(right, lang)),
            ("{first}", self.first(left, lang)),
            ("{also}", self.also(left, lang)),
        ];
        let template = self.rule.message.get(lang).to_owned();
        values.iter().fold(template, |text, (name, value)| text.replace(name, value))
    }

    /// What one side is called: one box by number and label, several by their numbers, a time by its label.
    fn name(&self, side: &Side, lang: Lang) -> String {
        match (side.cells.len(), side.field) {
            (0, Some(field)) => format!("\"{}\"", field.label(lang)),
            (0, None) => OPENING.get(lang).to_owned(),
            (1, _) => self.first(side, lang),
            _ => self.marks(&side.cells).join(" + "),
        }
    }

    /// The first box of a side by number and label.
    fn first(&self, side: &Side, lang: Lang) -> String {
        let cell = side.cells.first().and_then(|id| self.form.cell(id));
        cell.map(|cell| format!("{} \"{}\"", cell.mark(), cell.row_label(lang))).unwrap_or_default()
    }

    /// The boxes of a side after the first, by number, as an addition to a sentence.
    fn also(&self, side: &Side, lang: Lang) -> String {
        match side.cells.get(1..) {
            None | Some([]) => String::new(),
            Some(more) => format!("; {} {}", ALSO.get(lang), self.marks(more).join(", ")),
        }
    }

    fn marks(&self, ids: &[CellId]) -> Vec<String> {
        ids.iter().filter_map(|id| self.form.cell(id)).map(Cell::mark).collect()
    }

    /// A value as an official would write it.
    fn value(&self, value: u32) -> String {
        match TimeOfDay::from_minutes(value) {
            Some(time) if self.breach.left.field.is_some() => time.to_string(),
            _ => value.to_string(),
        }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Finding", 7)?;
        fields.serialize_field("code", &self.code())?;
        fields.serialize_field("severity", &self.severity())?;
        fields.serialize_field("column", &self.column)?;
        fields.serialize_field("cells", &self.cells())?;
        fields.serialize_field("times", &self.head_fields())?;
        fields.serialize_field("left", &self.left())?;
        fields.serialize_field("right", &self.right())?;
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use super::super::rules::RULES;
    use super::*;

    fn told(example: &Example, key: &str, lang: Lang) -> String {
        let findings = example.case().expect("figures of the form").findings();
        let key: FindingKey = key.parse().expect("a key");
        findings.iter().find(|finding| finding.key() == key).expect("the finding").message(lang)
    }

    #[test]
    fn every_message_names_its_boxes_and_values_and_ends_in_what_to_do() {
        for rule in RULES {
            let findings = rule.fires.case().expect("figures of the form").findings();
            let finding = findings.iter().find(|finding| finding.code() == rule.code).expect("it fires");
            for lang in Lang::ALL {
                let message = finding.message(lang);
                assert!(!message.contains(['{', '}']), "{message}");
                for value in [finding.left(), finding.right()] {
                    assert!(message.contains(&finding.value(value)), "{message} lacks {value}");
                }
                for mark in finding.marks(&finding.cells()) {
                    assert!(message.contains(&mark), "{message} lacks {mark}");
                }
                assert!([LOOK_AGAIN, BE_SURE].iter().any(|advice| message.ends_with(advice.get(lang))), "{message}");
            }
        }
    }

    #[test]
    fn messages_read_as_sentences_where_several_boxes_are_alike() {
        let other = &[("dpt.L", 273), ("users_dpk.L", 5)];
        let message = told(&Example { other, ..Example::SOUND }, "W404.L", Lang::En);
        let start = "I.A L \"Registered voters\" differs between the two forms of this TPS: 272 here, 273 on the other; \
                     likewise I.B.3 L. ";
        assert!(message.starts_with(start), "{message}");
        let message = told(&Example::boxes(&[("votes.1", 461), ("votes.2", 0)]), "I501", Lang::Id);
        assert!(message.contains("atau semua suara sah; begitu juga IV.2."), "{message}");
    }

    #[test]
    fn json_holds_what_a_program_needs_and_no_text() {
        let findings = Example::boxes(&[("invalid", 13)]).case().expect("figures of the form").findings();
        let text = r#"[{"code":"E302","severity":"error","column":null,"cells":["total","valid","invalid"],"times":[],"left":475,"right":474}]"#;
        assert_eq!(serde_json::to_string(&findings).expect("json"), text);
        let findings = Example::times(&[("voting_to", "07:00")]).case().expect("times of the form").findings();
        let json = serde_json::to_value(&findings).expect("json");
        assert_eq!(json[0]["times"], serde_json::json!(["voting_from", "voting_to"]));
    }
}
