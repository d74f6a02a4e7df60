//! KPU's operators at central: who they are, what they see, what they may do.
//!
//! In scope: passwords, sessions, pages behind the login, acts, each logged with name and time.
//! Not here: what an operator's word about evidence is (`protocol::annotation`), when it is taken (`super::annotate`).

mod lockout;
mod register;
mod sessions;

pub use register::{Password, Register, RegisterError};
