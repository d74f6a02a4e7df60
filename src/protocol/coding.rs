//! How a photo is coded on its way to central.

use serde::{Deserialize, Serialize};

/// How a photo is coded on its way. What is recorded, kept and published is the photo itself in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Coding {
    /// Its own bytes.
    #[default]
    Plain,
    /// A JPEG, coded shorter, from which every byte comes back: <https://github.com/microsoft/lepton_jpeg_rust>.
    Lepton,
}

impl Coding {
    /// Its name among the metadata of an upload; none for the bytes themselves.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Lepton => Some("lepton"),
        }
    }

    /// The coding that metadata name; `None` when nobody here knows it.
    #[must_use]
    pub fn named(name: Option<&str>) -> Option<Self> {
        [Self::Plain, Self::Lepton].into_iter().find(|coding| coding.name() == name)
    }
}

#[test]
fn a_coding_has_one_name() {
    assert_eq!(Coding::named(None), Some(Coding::Plain));
    assert_eq!(Coding::named(Some("lepton")), Some(Coding::Lepton));
    assert_eq!((Coding::named(Some("plain")), Coding::named(Some("Lepton"))), (None, None));
}
