//! The test link: a relay in user space that treats TCP as a bad network does, seeded.
//!
//! In scope: delay, jitter, rate, loss and reordering as TCP shows them (waiting, a shrinking window), outages, broken
//! connections, a log-in page in central's place, a name that is not found.
//! Not here: packets. Nothing below TCP is touched, so nothing needs the rights of an administrator.

mod flow;
mod portal;
mod profile;
mod relay;
mod sky;
mod wire;

pub(crate) use profile::{PROFILES, Profile};
pub(crate) use relay::Relay;
pub(crate) use sky::{Sky, Weather};
