//! How large the previews on the station's page are.

pub(in crate::web) use crate::photo::Previews;

/// How large a preview is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Side {
    /// Beside the text of a page.
    Small,
    /// To read every figure.
    Large,
}

impl Side {
    /// The longer side in pixels.
    pub(in crate::web) const fn pixels(self) -> u32 {
        match self {
            Self::Small => 900,
            Self::Large => 2_400,
        }
    }
}
