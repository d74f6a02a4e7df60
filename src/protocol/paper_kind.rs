//! The papers of a TPS that are photographed beside the forms.

use serde::{Deserialize, Serialize};

/// The papers of a TPS beside the C.HASIL forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// C.Daftar Hadir: the attendance lists.
    DaftarHadir,
    /// C.Kejadian Khusus dan/atau Keberatan Saksi.
    KejadianKhusus,
    /// C.Hasil Salinan: the copies for saksi and pengawas.
    Salinan,
}

impl PaperKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::DaftarHadir, Self::KejadianKhusus, Self::Salinan];

    /// The name in entries and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DaftarHadir => "daftar_hadir",
            Self::KejadianKhusus => "kejadian_khusus",
            Self::Salinan => "salinan",
        }
    }
}
