//! A whole polling day in one process: stations, officers, a misbehaving central, sync, audit.
//!
//! In scope: the invented but consistent figures, the walk through the day, its report.
//! Not here: any of the work itself, which is done by the same functions as on the day.

pub mod figures;
