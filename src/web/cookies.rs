//! The names of the cookies of the station's page.

/// The session of an officer.
pub(super) const SESSION: &str = "plano";
/// A browser that nobody has unlocked yet: its forms are bound to this.
pub(super) const VISIT: &str = "plano-visit";
/// The language.
pub(super) const LANG: &str = "plano-lang";
/// Large text.
pub(super) const LARGE: &str = "plano-large";
