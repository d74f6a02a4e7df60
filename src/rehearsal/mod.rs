//! Invented polling days: a whole one in one process, or an evening of stations that drive a central from outside.
//!
//! In scope: the invented but consistent figures, the walk through the day, its report.
//! Not here: any of the work itself, which is done by the same functions as on the day.

mod city;
mod delivery;
mod demo;
pub mod drive;
mod error;
pub mod figures;
mod officers;
mod practice;
mod story;

pub use city::{election, kelurahan};
pub use demo::{Demo, Outcome, Scale, run};
pub use error::DemoError;
pub use officers::{Cast, Told, walk};
pub use practice::Practice;
pub use story::Story;
