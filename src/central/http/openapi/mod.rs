//! The OpenAPI 3.1 document of central's routes.
//!
//! In scope: what the document says of the whole, the shapes of identifiers and of what `protocol` says, problems.
//! Not here: the routes, each documented where it is answered; pages for people, which are no interface for programs.
//!
//! `protocol` knows nothing of OpenAPI: the shapes of its types are written here, and a test compares them with real answers.

mod answers;
mod document;
mod ids;
mod problems;
mod recap;
mod uploads;

pub(super) use document::{Document, finish};
pub(in crate::central) use ids::Text;
pub(in crate::central) use problems::Asking;
pub(super) use problems::{
    CarriedRefused, CosignatureRefused, EnrolmentRefused, EntriesRefused, EntryRefused, NotHere, PieceRefused,
    Unavailable, UploadAsked, UploadKept, UploadRefused,
};
pub(super) use uploads::{Announcing, Meant, Sending, Versioned};
