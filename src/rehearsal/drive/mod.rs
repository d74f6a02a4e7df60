//! An evening for a central: simulated stations that drive it from outside, and a report on how it did.
//!
//! In scope: when each station comes, what every request took, what central should hold afterwards, the report.
//! Not here: recording, sending and believing, which are those of the day (`recorder`, `sync`), nor what central does.

mod chart;
mod codes;
mod deliver;
mod meter;
mod numbers;
mod profile;
mod report;
mod run;
mod series;
mod sums;

pub use codes::{Codes, read_codes};
pub use numbers::{Numbers, Spread};
pub use profile::Profile;
pub use run::{Drive, Rehearsed, Remote, Seen, rehearse};
