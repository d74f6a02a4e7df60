//! The use cases of the station: what two officers do on polling day, one function each.
//!
//! In scope: set up, enrol, read, photograph, seal, correct, close; keys and PIN of the officers.
//! Not here: prompts and pages (`cli`, `web`), sending (`sync`), the rules of the chain (`protocol::state`).

mod backup;
mod close;
mod copy_given;
mod correct;
mod differences;
mod enrol;
mod error;
mod error_text;
mod incident;
mod init;
mod key_file;
mod next;
mod officer;
mod photo;
mod pin;
mod place;
mod read;
mod seal;
mod source;
mod station;
mod status;
mod task;
mod unlock;

pub use crate::protocol::state::Phase as PhaseStatus;
pub use backup::{BackedUp, BackupFault};
pub use close::{Closing, Undelivered};
pub use differences::Difference;
pub use enrol::Applicant;
pub use error::RecorderError;
pub use init::Setup;
pub use next::Next;
pub use officer::{Both, Officer};
pub use photo::{PageOf, PaperOf, PhotoFinding};
pub use pin::{Pin, WeakPin};
pub use place::Place;
pub use seal::Sealing;
pub use station::{Recorded, Station};
pub use status::{FormStatus, OfficerStatus, PageStatus, ResultStatus, Status};
pub use task::{Field, ReadingTask};
