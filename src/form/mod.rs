//! The paper: the C.HASIL form as data, and its arithmetic.
//!
//! In scope: boxes, counts, drafts, rules, findings, answers. Pure: no clock, disk, network.
//! Not here: who may record what and when (`protocol::state`), photographs of the form (`photo`).

mod accepted;
mod answer;
mod autosave;
mod boxes;
mod cell;
pub mod check;
mod code;
mod context;
mod count;
mod counts;
mod draft;
mod draft_error;
mod equation;
mod example;
mod finding;
mod finding_key;
mod formula;
mod head;
mod hint;
mod judge;
mod kwk_2024;
mod law;
mod percent;
mod place;
mod ppwp_2024;
pub mod reference;
mod rule;
mod rules;
mod sheet;
mod spec;
mod sums;
mod text;
mod time_of_day;

pub use accepted::{Accepted, Unanswered};
pub use answer::{Answer, NoteError};
pub use boxes::Boxes;
pub use cell::{Cell, CellId, NotACellId};
pub use code::{Code, NotACode, Severity};
pub use context::{Context, Registered};
pub use count::{BoxError, Count, TooLarge};
pub use counts::{Counts, CountsError};
pub use draft::{Draft, Missing};
pub use draft_error::DraftError;
pub use equation::{Equation, equations};
pub use example::{Case, Example};
pub use finding::Finding;
pub use finding_key::FindingKey;
pub use head::{Head, HeadField, NotAHeadField};
pub use hint::Hint;
pub use law::{Law, Term};
pub use percent::Percent;
pub use place::{Column, NotAPage, Page};
pub use rule::Rule;
pub use rules::RULES;
pub use sheet::{Form, FormError};
pub use spec::{BoxSpec, Columns, ContestSpec, FormSpec, SectionSpec};
pub use sums::{Check, Sums};
pub use text::{Lang, NotALang, Text};
pub use time_of_day::{NotATime, TimeOfDay};
