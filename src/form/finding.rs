//! One rule that the figures do not keep, in words an officer can act on.

use std::fmt;
use std::str::FromStr;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::cell::{Cell, CellId};
use super::code::{Code, NotACode, Severity};
use super::head::{HeadField, TimeOfDay};
use super::judge::{Breach, Side};
use super::place::Column;
use super::rule::Rule;
use super::sheet::Form;
use super::text::{Lang, Text};

/// What an answer refers to: the rule, and the column where it is evaluated for each. As text `E101` or `E111.L`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingKey {
    /// The code of the rule.
    pub code: Code,
    /// The column, for rules that are evaluated for L, P and J.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Column>,
}

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

    /// The finding for an official: the boxes by their numbers on the paper, the two values, and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let Breach { left, right } = &self.breach;
        let values = [
            ("{left}", self.value(left.value)),
            ("{right}", self.value(right.value)),
            ("{reserve}", self.form.spec().reserve_per_cent(lang)),
            ("{boxes}", self.name(left, lang)),
            ("{others}", self.name(right, lang)),
        ];
        let template = self.rule.message.get(lang).to_owned();
        let told = values.iter().fold(template, |text, (name, value)| text.replace(name, value));
        let advice = if self.severity().needs_answer() { LOOK_AGAIN } else { BE_SURE };
        format!("{told} {}", advice.get(lang))
    }

    /// What one side is called: one box by number and label, several by their numbers, a time by its label.
    fn name(&self, side: &Side, lang: Lang) -> String {
        let cells: Vec<&Cell> = side.cells.iter().filter_map(|id| self.form.cell(id)).collect();
        match (&cells[..], side.field) {
            ([], Some(field)) => format!("\"{}\"", field.label(lang)),
            ([], None) => OPENING.get(lang).to_owned(),
            ([cell], _) => format!("{} \"{}\"", cell.mark(), cell.row_label(lang)),
            (cells, _) => cells.iter().map(|cell| cell.mark()).collect::<Vec<_>>().join(self.rule.joint()),
        }
    }

    /// A value as an official would write it.
    fn value(&self, value: u32) -> String {
        match TimeOfDay::from_minutes(value) {
            Some(time) if self.breach.left.field.is_some() => time.to_string(),
            _ => value.to_string(),
        }
    }
}

impl fmt::Display for FindingKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column.and_then(Column::letter) {
            Some(letter) => write!(out, "{}.{letter}", self.code),
            None => self.code.fmt(out),
        }
    }
}

impl FromStr for FindingKey {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let (code, letter) = text.split_once('.').map_or((text, None), |(code, letter)| (code, Some(letter)));
        let column = match letter {
            None => None,
            Some("L") => Some(Column::L),
            Some("P") => Some(Column::P),
            Some("J") => Some(Column::J),
            Some(_) => return Err(NotACode),
        };
        Ok(Self { code: code.parse()?, column })
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Finding", 6)?;
        fields.serialize_field("code", &self.code())?;
        fields.serialize_field("severity", &self.severity())?;
        fields.serialize_field("column", &self.column)?;
        fields.serialize_field("cells", &self.cells())?;
        fields.serialize_field("left", &self.left())?;
        fields.serialize_field("right", &self.right())?;
        fields.end()
    }
}
