//! In which boxes the two readings differ: names only, never what the other officer read.

use serde::Serialize;

use super::{Field, RecorderError, Station};
use crate::form::{Form, Lang, Page};
use crate::protocol::state::Phase;

/// A box or head entry that both officers have to read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its id.
    pub id: String,
    /// Its number on the paper, `I.B.1 L`; empty for an entry at the head.
    pub mark: String,
    /// Its page.
    pub page: Page,
    /// Its label.
    pub label: String,
}

impl Station {
    /// The boxes and head entries in which the two last readings of a form differ, in the paper's order.
    ///
    /// # Errors
    /// [`RecorderError::NoSuchContest`].
    pub fn differences(&mut self, contest: &str, lang: Lang) -> Result<Vec<Difference>, RecorderError> {
        self.refresh()?;
        let form = self.form(contest)?;
        let Phase::Differs { fields } = form.phase() else { return Ok(Vec::new()) };
        Ok(fields.iter().filter_map(|id| named(form.form(), id, lang)).collect())
    }
}

fn named(form: &Form, id: &str, lang: Lang) -> Option<Difference> {
    let (mark, page, label) = match id.parse().ok()? {
        Field::Head(field) => (String::new(), Page::FIRST, field.label(lang).to_owned()),
        Field::Cell(cell) => {
            let cell = form.cell(&cell)?;
            (cell.mark(), cell.page(), cell.label(lang))
        }
    };
    Some(Difference { id: id.to_owned(), mark, page, label })
}
