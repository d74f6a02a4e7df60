//! What can be done to a request.

use std::time::Duration;

/// One fault. Those that begin with `Store` let central work honestly first: what is lost is the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Refuse with 413, 429 or 503, before reading the body.
    Refuse {
        /// The status.
        status: u16,
        /// Goes out as `Retry-After`.
        retry_after: Option<Duration>,
    },
    /// Wait, then work honestly.
    Delay(Duration),
    /// Read the body a few kilobytes at a time, waiting before each, then work honestly.
    SlowRead(Duration),
    /// Close the connection before reading the body.
    CloseBeforeReading,
    /// Neither read nor answer; close the connection after this time.
    NeverAnswer(Duration),
    /// Work honestly, then say nothing; close the connection after this time.
    StoreThenSilent(Duration),
    /// Work honestly, then close the connection before the first byte of the answer.
    StoreThenCut,
    /// Work honestly, then close the connection in the middle of the answer.
    StoreThenCutMidAnswer,
    /// Work honestly, then answer with half of the body as if it were whole.
    StoreThenTruncate,
    /// Work honestly, then give a valid receipt of something else.
    StoreThenOtherReceipt,
    /// Work honestly, then give a receipt with one wrong character.
    StoreThenBrokenReceipt,
    /// Answer 200 with a page, as a captive portal does.
    Portal,
    /// Answer 302 to another host, as a captive portal does.
    Redirect,
}

impl Action {
    /// The names by which a script calls them.
    pub const NAMES: [&'static str; 13] = [
        "refuse",
        "delay",
        "slow-read",
        "close-before-reading",
        "never-answer",
        "store-then-silent",
        "store-then-cut",
        "store-then-cut-mid-answer",
        "store-then-truncate",
        "store-then-other-receipt",
        "store-then-broken-receipt",
        "portal",
        "redirect",
    ];

    /// The name by which a script calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        let at = match self {
            Self::Refuse { .. } => 0,
            Self::Delay(_) => 1,
            Self::SlowRead(_) => 2,
            Self::CloseBeforeReading => 3,
            Self::NeverAnswer(_) => 4,
            Self::StoreThenSilent(_) => 5,
            Self::StoreThenCut => 6,
            Self::StoreThenCutMidAnswer => 7,
            Self::StoreThenTruncate => 8,
            Self::StoreThenOtherReceipt => 9,
            Self::StoreThenBrokenReceipt => 10,
            Self::Portal => 11,
            Self::Redirect => 12,
        };
        Self::NAMES[at]
    }
}
