//! The OpenAPI 3.1 document of central's routes.
//!
//! In scope: what the document says of the whole, the shapes of identifiers and of the station's answers, problems.
//! Not here: the routes, each documented where it is answered; pages for people, which are no interface for programs.
//!
//! `protocol` knows nothing of OpenAPI: the shapes of its types are written here, and a test compares them with real answers.

mod answers;
mod document;
mod ids;
mod problems;

pub(super) use document::{Document, finish};
pub(super) use ids::Text;
pub(super) use problems::{Asking, EnrolmentRefused, EntryRefused, NotHere, PhotoRefused, Unavailable};
