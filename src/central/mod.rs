//! The test central: an honest server that accepts, logs and recapitulates, and a fault layer around it.
//!
//! In scope: enrolment, acceptance, uploads and photos, the Merkle log, receipts, cosignatures of witnesses, the recapitulation as
//! pages and as open data, operators and their words, HTTP, metrics, scripted faults.
//! Not here: the formats (`protocol`), the verdict over a whole day (`audit`).
//!
//! [`Central`] itself is plain and blocking: no threads, no network, time as an argument.

mod accept;
mod annotate;
mod answer;
mod batch;
mod carried;
mod checked;
mod code;
mod desk;
mod enrol;
pub mod faults;
mod file;
mod filed;
mod filing;
mod holding;
mod home;
pub mod http;
mod index;
mod keeper;
mod log;
mod metrics;
mod office;
mod officers;
mod open;
pub mod operator;
mod pages;
mod photos;
mod read;
mod reading;
mod recap;
mod refusal;
mod remarks;
mod source;
pub mod store;
mod tiles;
mod tries;
mod uploads;
mod witnesses;

pub use annotate::RemarkFault;
pub use answer::{Answer, News, Submission};
pub use code::{Code, NotACode};
pub use desk::{Desk, DeskError};
pub use enrol::{IssuedCode, officers};
pub use filed::{Filed, FiledKind};
pub use filing::{FiledPage, FiledPhoto, Move};
pub use holding::Waiting;
pub use home::{Home, HomeError};
pub use keeper::{Central, CentralError};
pub use office::{Alarm, Enrolled, Stuck};
pub use photos::Expected;
pub use refusal::Refusal;
pub use witnesses::{MOST_WITNESSES, Witnesses};
