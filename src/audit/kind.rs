//! Everything the verifier can find, as one table: code, weight, what it says and what to do, in both languages.

use serde::{Serialize, Serializer};

use crate::form::Text;

/// How much a finding of the verifier weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Evidence contradicts itself or its signatures: somebody has to explain it.
    Accusation,
    /// Evidence is incomplete or not as it was exported.
    Warning,
    /// Worth knowing; the bundle is sound all the same.
    Note,
}

/// One row of the table.
struct Row {
    code: &'static str,
    severity: Severity,
    what: Text,
    todo: Text,
}

const COPY_AGAIN: Text = Text::new(
    "Salin ulang paket dari pembuatnya, lalu periksa lagi; jangan pakai berkas ini.",
    "Copy the bundle again from whoever made it and verify again; do not use this file.",
);
const ASK_CENTRAL: Text = Text::new(
    "Tanyakan kepada pengelola pusat data, dan simpan paket ini sebagai bukti.",
    "Ask the operator of the central service, and keep this bundle as evidence.",
);
const ASK_STATION: Text = Text::new(
    "Tanyakan kepada kedua petugas TPS, dan bandingkan dengan kertas dan salinan para saksi.",
    "Ask both officers of the TPS, and compare with the paper and the copies of the saksi.",
);
const ASK_WITNESS: Text = Text::new(
    "Tanyakan kepada saksi log apa yang dilihatnya, dan simpan paket ini sebagai bukti.",
    "Ask the witness of the log what it saw, and keep this bundle as evidence.",
);
const NOTHING: Text = Text::new("Tidak perlu tindakan.", "Nothing needs to be done.");
const LATER: Text = Text::new(
    "Minta paket yang dibuat kemudian bila pengiriman sudah selesai.",
    "Ask for a bundle made later, when delivery is complete.",
);

/// Makes the enum and its table from one list, so that they cannot differ.
macro_rules! kinds {
    ($($name:ident $code:literal $severity:ident $id:literal $en:literal $todo:expr;)*) => {
        /// What the verifier can find. The code never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = $en] $name,)*
        }

        static ROWS: &[Row] = &[
            $(Row { code: $code, severity: Severity::$severity, what: Text::new($id, $en), todo: $todo },)*
        ];

        impl Kind {
            /// Every kind, by code.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

kinds! {
    Declaration "V101" Warning "Tanda paket BagIt (bagit.txt) tidak sesuai." "The bag's declaration (bagit.txt) is not as it should be." COPY_AGAIN;
    Missing "V102" Warning "Berkas yang tercatat di manifes tidak ada." "A file that the manifest names is missing." COPY_AGAIN;
    Changed "V103" Warning "Isi berkas tidak sama dengan sidik SHA-256 di manifes." "A file differs from its SHA-256 in the manifest." COPY_AGAIN;
    Extra "V104" Warning "Berkas ini tidak tercatat di manifes." "A file is not named in the manifest." COPY_AGAIN;
    ManifestLine "V105" Warning "Manifes tidak terbaca atau menyebut berkas yang sama dua kali." "The manifest cannot be read, or names a file twice." COPY_AGAIN;
    Unsafe "V106" Warning "Nama atau jenis berkas tidak aman; berkas tidak dibuka." "The name or type of a file is unsafe; it was not opened." COPY_AGAIN;
    TooLarge "V107" Warning "Berkas lebih besar daripada batasnya; berkas tidak dibuka." "A file is larger than its limit; it was not opened." COPY_AGAIN;
    Info "V108" Warning "Keterangan paket (bag-info.txt) tidak sesuai dengan isinya." "The bag's description (bag-info.txt) does not fit its content." COPY_AGAIN;
    Unreadable "V109" Warning "Berkas tidak dapat dibaca." "A file cannot be read." COPY_AGAIN;
    Misplaced "V110" Warning "Berkas ini tidak dikenal di tempat ini dalam paket." "A file has no place in a bundle, or its name does not fit its content." COPY_AGAIN;
    Election "V201" Accusation "Berkas pemilihan tidak ada atau tidak sah; isi paket tidak dapat dinilai." "The election file is missing or not valid; the records cannot be judged." COPY_AGAIN;
    ElectionSigner "V202" Accusation "Berkas pemilihan tidak ditandatangani oleh kunci KPU yang diberikan." "The election file is not signed with the authority's key that was given." ASK_CENTRAL;
    CentralKey "V203" Warning "Kunci pusat di paket tidak ada atau tidak terbaca; tanpa kunci, akreditasi dan tanda terima tidak dapat diperiksa." "Central's key in the bundle is missing or unreadable; without a key neither accreditations nor receipts can be checked." Text::new("Berikan kunci pusat dari sumber yang Anda percaya dengan --central-key.", "Give central's key, from a source you trust, with --central-key.");
    OtherCentralKey "V204" Accusation "Kunci pusat di paket bukan kunci yang Anda berikan." "Central's key in the bundle is not the one that you gave." ASK_CENTRAL;
    Accreditation "V205" Accusation "Akreditasi tidak sah." "An accreditation does not hold." ASK_CENTRAL;
    OtherAccreditation "V206" Accusation "Akreditasi untuk TPS atau pemilihan lain, atau untuk tempat yang sudah terisi." "An accreditation is for another TPS or election, or for a place that is taken." ASK_CENTRAL;
    OpenedBy "V207" Accusation "Catatan pembukaan menyebut akreditasi yang tidak ada di sini." "The opening entry names accreditations that are not here." ASK_STATION;
    UnknownStation "V208" Accusation "TPS ini tidak ada di berkas pemilihan." "The TPS does not stand in the election file." ASK_CENTRAL;
    KeyReplaced "V209" Note "Kunci petugas diganti mulai dari catatan ini." "An officer's key was replaced from this entry on." Text::new("Tanyakan kepada petugas itu apakah ia memang mendaftar ulang; pusat tidak boleh mengganti kunci tanpa dia.", "Ask that officer whether he enrolled again; central must not replace a key without him.");
    CentralKeyFromBundle "V210" Note "Kunci pusat diambil dari paket ini sendiri, bukan dari sumber lain." "Central's key was taken from the bundle itself, not from another source." Text::new("Bandingkan kunci di atas dengan yang diumumkan, atau berikan dengan --central-key.", "Compare the key above with the published one, or give it with --central-key.");
    AuthorityNotGiven "V211" Note "Tanda tangan pada berkas pemilihan tidak diperiksa karena kunci KPU tidak diberikan." "The signature on the election file was not checked: no authority's key was given." Text::new("Bandingkan sidik berkas pemilihan di atas dengan yang diumumkan KPU.", "Compare the digest of the election file above with the one that KPU published.");
    Entry "V301" Accusation "Catatan tidak terbaca." "An entry cannot be read." ASK_STATION;
    OtherStation "V302" Accusation "Catatan ini milik TPS lain." "An entry belongs to another TPS." ASK_CENTRAL;
    Signature "V303" Accusation "Catatan tidak ditandatangani oleh petugas yang terakreditasi." "An entry is not signed by its accredited officers." ASK_STATION;
    Gap "V304" Accusation "Catatan sebelum ini hilang." "Entries before this one are missing." ASK_STATION;
    Diverged "V305" Accusation "Catatan ini tidak menyambung catatan sebelumnya: riwayatnya lain." "An entry does not continue the one before it: it belongs to another history." ASK_STATION;
    Conflict "V306" Accusation "Petugas TPS ini menandatangani dua riwayat yang berbeda." "The officers of this TPS signed two different histories." ASK_STATION;
    ConflictUnsigned "V307" Note "Ada catatan lain untuk tempat yang sudah terisi, tanpa tanda tangan yang sah." "Another entry claims a place that is taken, without valid signatures." NOTHING;
    ClockBack "V308" Note "Jam perangkat mundur di antara dua catatan." "The station's clock went back between two entries." NOTHING;
    NoEntries "V309" Note "TPS ini belum mempunyai catatan." "The TPS has no entry yet." LATER;
    Transition "V401" Accusation "Catatan melanggar aturan perekaman." "An entry is against the rules of recording." ASK_STATION;
    SheetAnswered "V501" Note "Angka di kertas tidak cocok satu sama lain; petugas menjawab bahwa memang tertulis begitu." "Figures on the paper do not agree; the officers answered that it is written so." Text::new("Perbedaan diselesaikan di rekapitulasi kecamatan berdasarkan kertas.", "Differences are settled at the kecamatan's recapitulation, by the paper.");
    Unsealed "V502" Note "Formulir belum disegel." "A form is not sealed." LATER;
    NotClosed "V503" Note "Hari pemungutan suara di TPS ini belum ditutup." "The day of this TPS is not closed." LATER;
    PhotoAbsent "V601" Warning "Foto yang disebut dalam catatan tidak ada di sini." "A photo that an entry names is not here." LATER;
    PhotoChanged "V602" Accusation "Isi foto tidak sama dengan sidik SHA-256 yang menjadi namanya." "The bytes of a photo do not fit its name." ASK_STATION;
    PhotoLength "V603" Accusation "Panjang foto tidak sama dengan yang dicatat." "The length of a photo is not the recorded one." ASK_STATION;
    PhotoKind "V604" Warning "Jenis berkas foto tidak sama dengan yang dicatat." "The file type of a photo is not the recorded one." ASK_STATION;
    PhotoUnnamed "V605" Note "Foto ini tidak disebut dalam catatan mana pun." "No entry names this photo." NOTHING;
    Receipt "V701" Accusation "Tanda terima tidak sah." "A receipt does not hold." ASK_CENTRAL;
    ReceiptOfOther "V702" Accusation "Tanda terima ini untuk benda lain." "A receipt is of something else." ASK_CENTRAL;
    ReceiptOrphan "V703" Accusation "Pusat menerima sesuatu dari TPS ini yang tidak ada di paket." "Central received something of this TPS that is not in the bundle." ASK_STATION;
    NotReceived "V704" Note "Belum ada tanda terima dari pusat." "There is no receipt from central yet." LATER;
    LogForked "V705" Accusation "Pusat menandatangani dua isi berbeda untuk satu tempat di log." "Central signed two different leaves for one place of its log." ASK_CENTRAL;
    RootForked "V706" Accusation "Pusat menandatangani dua akar berbeda untuk log yang sama besar." "Central signed two different roots for a log of one size." ASK_CENTRAL;
    Annotation "V707" Accusation "Pernyataan petugas pusat tidak sah, atau untuk pemilihan lain." "A statement of an operator of central does not hold, or is for another election." ASK_CENTRAL;
    AnnotationUnlogged "V708" Accusation "Tidak terbukti bahwa pernyataan petugas pusat tercatat di log." "It is not proved that a statement of an operator of central stands in the log." ASK_CENTRAL;
    AnnotationOfNothing "V709" Warning "Pernyataan petugas pusat menyebut sesuatu yang tidak ada di sini." "A statement of an operator of central speaks of something that is not here." ASK_CENTRAL;
    NotZero "V710" Accusation "Keadaan nol bukan isi pertama log, atau menyebut jumlah TPS yang lain." "The zero state is not the first leaf of the log, or it names another number of TPS." ASK_CENTRAL;
    PhotoMoved "V711" Note "Menurut petugas pusat, foto ini milik TPS atau halaman lain; foto itu ditampilkan di kedua tempat." "An operator of central says that this photo belongs to another TPS or page; it is shown at both." Text::new("Lihat fotonya dan bandingkan dengan kedua tempat itu.", "Look at the photo and compare it with both places.");
    Checkpoint "V712" Accusation "Kepala log (checkpoint) di paket tidak sah." "A checkpoint in the bundle does not hold." ASK_CENTRAL;
    Cosignature "V713" Accusation "Tanda tangan saksi log pada checkpoint tidak sah." "A witness's cosignature on a checkpoint is false." ASK_WITNESS;
    NotCosigned "V714" Warning "Tidak ada checkpoint di sini yang ditandatangani oleh saksi log yang kuncinya diberikan." "No checkpoint here is cosigned by the witness whose key was given." ASK_WITNESS;
    CosignedRoot "V715" Accusation "Log yang ditandatangani saksi log bukan log dari tanda terima di paket ini." "The log that was cosigned is not the log of the receipts in this bundle." ASK_CENTRAL;
    CosignedPart "V716" Note "Paket ini tidak memuat seluruh log yang ditandatangani saksi log; kaitannya dengan tanda terima tidak dihitung ulang." "This bundle does not hold the whole log that was cosigned; that the receipts belong to it was not computed again." Text::new("Ambil ubin log dari pusat, atau minta paket seluruh pemilihan.", "Take the tiles of the log from central, or ask for a bundle of the whole election.");
    WitnessNotGiven "V717" Note "Tanda tangan saksi log tidak diperiksa karena kuncinya tidak diberikan." "The cosignatures were not checked: no witness's key was given." Text::new("Berikan kunci saksi log, dari saksi itu sendiri, dengan --witness-key.", "Give the witness's key, from the witness itself, with --witness-key.");
    Table "V801" Warning "Tabel tidak sama dengan yang dihitung ulang dari catatan." "A table is not what the entries give." Text::new("Pakai catatan aslinya, bukan tabel ini.", "Use the entries, not this table.");
    Attempts "V802" Warning "Daftar percobaan pengiriman tidak terbaca." "The record of delivery attempts cannot be read." ASK_STATION;
    Recap "V803" Warning "Rekapitulasi yang diumumkan pusat tidak sama dengan yang dihitung ulang dari catatan." "A recapitulation that central published is not what the entries give." Text::new("Pakai catatan aslinya, bukan rekapitulasi ini, dan tanyakan kepada pengelola pusat data.", "Use the entries, not this recapitulation, and ask the operator of the central service.");
    OtherElection "V901" Accusation "Kedua paket berasal dari pemilihan yang berbeda." "The two bundles are of different elections." Text::new("Bandingkan paket dari pemilihan yang sama.", "Compare bundles of the same election.");
    OtherLog "V902" Accusation "Kedua paket menyebut kunci pusat yang berbeda." "The two bundles name different keys of central." ASK_CENTRAL;
    TwoHistories "V903" Accusation "Kedua paket memuat catatan berbeda untuk tempat yang sama." "The two bundles hold different entries for one place." ASK_STATION;
    Withheld "V904" Accusation "Paket ini tidak memuat sesuatu yang menurut tanda terima sudah dipegang pusat sebelum paket dibuat." "This bundle lacks something that central held, by its own receipt, before the bundle was made." Text::new("Tanyakan kepada pembuat paket itu mengapa bagian ini hilang, dan simpan kedua paket sebagai bukti.", "Ask whoever made that bundle why this is missing, and keep both bundles as evidence.");
    Behind "V905" Note "Hanya satu dari kedua paket yang memuat ini." "Only one of the two bundles holds this." LATER;
    OneSided "V906" Note "TPS ini hanya ada di satu dari kedua paket." "The TPS is in one of the two bundles only." NOTHING;
}

impl Kind {
    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The stable code, `V103`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.row().severity
    }

    /// What was found.
    #[must_use]
    pub fn what(self) -> Text {
        self.row().what
    }

    /// What the reader can do about it.
    #[must_use]
    pub fn todo(self) -> Text {
        self.row().todo
    }
}

impl Severity {
    /// The heading over findings of this weight.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Accusation => Text::new("TUDUHAN", "ACCUSATION"),
            Self::Warning => Text::new("PERINGATAN", "WARNING"),
            Self::Note => Text::new("CATATAN", "NOTE"),
        }
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Lang;

    #[test]
    fn codes_ascend_and_every_text_is_a_sentence_in_both_languages() {
        for pair in Kind::ALL.windows(2) {
            assert!(pair[0].code() < pair[1].code(), "{} before {}", pair[0].code(), pair[1].code());
        }
        for kind in Kind::ALL {
            for lang in Lang::ALL {
                assert!(kind.what().get(lang).ends_with('.') && kind.todo().get(lang).ends_with('.'), "{kind:?}");
            }
            assert_ne!(kind.what().id, kind.what().en);
        }
    }
}
