//! A witness of logs: follows what centrals publish, and cosigns only what continues all that it cosigned before.
//!
//! In scope: the verdict on a checkpoint, the folder that keeps the last cosigned one and the evidence, one round over HTTP.
//! Not here: the bytes of a cosignature and of proofs (`protocol`), the HTTP client (`sync`), who is a witness (`central`).

mod error;
mod evidence;
mod home;
mod judge;
mod round;

pub use error::WitnessError;
pub use home::Home;
pub use judge::{Halt, Verdict, judge};
pub use round::{Contradiction, PublishedLog, Round, Witness};
