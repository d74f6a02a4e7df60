//! Who may use a route.

/// What a visitor must have shown before a route answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody on the hotspot: nothing that one officer must not see of the other is behind it.
    Public,
    /// Anybody who sits at the machine that serves the page, whoever is unlocked there.
    Here,
    /// An officer who is unlocked in this browser.
    Officer,
    /// An officer who is unlocked in this browser, and the PIN of both for what it records.
    Both,
}
