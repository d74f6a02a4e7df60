//! KPU's operators at central: who they are, what they see, what they may do.
//!
//! In scope: passwords, sessions, pages behind the login, acts, each logged with name and time.
//! Not here: what an operator's word about evidence is (`protocol::annotation`), when it is taken (`super::annotate`).

mod alarms;
mod app;
mod codes;
mod faults;
mod findings;
mod guard;
mod journal;
mod lockout;
mod login;
mod overview;
mod photo;
mod progress;
mod register;
mod routes;
mod sessions;
mod station;
mod stuck;
mod trouble;
mod visit;
mod words;

pub(super) use app::Office;
pub use register::{Password, Register, RegisterError};
pub use routes::routes;
pub(super) use routes::serve;
