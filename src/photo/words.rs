//! A text in the two languages of Plano.

/// One text for the officer, in Indonesian and in English. Neither is a translation aid for the other: both are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Indonesian, for officers at the TPS.
    pub id: &'static str,
    /// English, for observers and for tests.
    pub en: &'static str,
}

impl Words {
    /// The pair of both texts.
    pub(crate) const fn new(id: &'static str, en: &'static str) -> Self {
        Self { id, en }
    }
}
