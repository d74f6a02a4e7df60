//! What is against the rules of the day, each in words that say what to do.

use crate::form::{Code, Lang, Unanswered};

/// One thing that is against the rules about an entry. `Display` is English for logs; [`Violation::text`] is for officers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// The first entry is not `opened`.
    NotOpened,
    /// `opened` a second time.
    AlreadyOpened,
    /// `opened` for another election file.
    OtherElection,
    /// A `result` or `closed` of one officer alone.
    NeedsBoth,
    /// An event of one officer, made by both.
    NeedsOne,
    /// The election has no such contest.
    UnknownContest,
    /// The form has no such page.
    UnknownPage,
    /// The other officer has to read first.
    OthersTurn,
    /// A reading or result for another revision than the coming one.
    WrongRevision {
        /// The coming one.
        expected: u16,
    },
    /// Another round, or other boxes emptied, than is due.
    WrongRound {
        /// The round that is due.
        round: u16,
        /// The boxes and head fields to be read again; none means all.
        retype: Vec<String>,
    },
    /// The boxes are not those of the form.
    NotThisForm,
    /// A box that was not to be read again has changed.
    ChangedBox {
        /// Its id.
        field: String,
    },
    /// Findings without an answer, or answers without a finding.
    Answers(Unanswered),
    /// Findings of a photo without an answer.
    Unanswered(Vec<Code>),
    /// The length of a photo is zero or over the limit.
    PhotoLength,
    /// The length of a light copy is zero or over the limit.
    LightLength,
    /// The same photo is recorded for the same page already.
    PhotoAgain,
    /// The same photo is recorded for something else, and the officer has not said why.
    PhotoElsewhere,
    /// The photo to be replaced is not one in force for this page.
    NothingToReplace,
    /// The two officers have not read the same figures yet.
    NotAgreed,
    /// The result does not name the two readings it rests on.
    OtherReadings,
    /// A reason is missing, or stands where none belongs.
    Reason,
    /// The pages are not each named once, with a photo or a reason.
    Pages,
    /// A page's photo is none that was recorded for that page.
    PhotoUnknown,
    /// A copy of a result that does not exist.
    ResultUnknown,
    /// A saksi of a pair that does not stand.
    NoSuchPair,
    /// The text is empty.
    EmptyText,
    /// `closed` counts other entries, photos or results than there are.
    WrongCounts,
    /// `closed` does not say why a form is not sealed.
    Unsealed,
}

impl Violation {
    /// What is wrong and what to do, for an officer.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.indonesian(),
            Lang::En => self.english(),
        }
    }

    fn indonesian(&self) -> String {
        let fixed = match self {
            Self::NotOpened => "TPS belum dibuka; jalankan `plano station enrol` untuk kedua petugas",
            Self::AlreadyOpened => "TPS sudah dibuka; lanjutkan dengan pembacaan formulir",
            Self::OtherElection => "berkas pemilihan bukan yang dipakai TPS ini; minta berkas yang benar kepada KPU",
            Self::NeedsBoth => "langkah ini memerlukan PIN kedua petugas",
            Self::NeedsOne => "langkah ini dilakukan oleh satu petugas saja",
            Self::UnknownContest => "pemilihan ini tidak ada; pilih salah satu yang tercantum di status",
            Self::UnknownPage => "formulir tidak mempunyai halaman ini; pilih halaman 1, 2 atau 3",
            Self::OthersTurn => "giliran petugas yang lain untuk membaca; serahkan perangkat kepadanya",
            Self::NotThisForm => "kotak yang diisi bukan kotak formulir ini; isi semua kotak formulir",
            Self::PhotoLength => "ukuran berkas foto tidak dapat diterima; ambil foto lagi, paling besar 25 MB",
            Self::LightLength => {
                "ukuran salinan ringan foto tidak dapat diterima; rekam foto lagi, salinannya dibuat sendiri"
            }
            Self::PhotoAgain => "foto ini sudah direkam untuk halaman ini; tidak perlu direkam lagi",
            Self::PhotoElsewhere => {
                "foto ini sudah direkam untuk halaman lain; ambil foto halaman ini, atau beri alasan"
            }
            Self::NothingToReplace => "tidak ada foto seperti itu untuk diganti pada halaman ini; periksa status",
            Self::NotAgreed => "kedua pembacaan belum sama; baca ulang kotak yang berbeda",
            Self::OtherReadings => "hasil tidak menyebut kedua pembacaan terakhir; segel ulang",
            Self::Reason => "tulis alasannya; alasan wajib pada perbaikan dan penolakan, dan hanya di sana",
            Self::Pages => "setiap halaman memerlukan foto atau alasan mengapa tidak ada foto",
            Self::PhotoUnknown => "foto halaman belum direkam; rekam dahulu dengan `plano station photo add`",
            Self::ResultUnknown => "hasil tersebut tidak ada; segel formulir dahulu",
            Self::NoSuchPair => "tidak ada pasangan calon dengan nomor itu; periksa nomornya",
            Self::EmptyText => "teks kosong; tulis apa yang terjadi",
            Self::WrongCounts => "catatan berubah selama penutupan; ulangi penutupan",
            Self::Unsealed => "ada formulir yang belum disegel; segel, atau tulis alasannya",
            Self::WrongRevision { expected } => {
                return format!("revisi berikutnya adalah {expected}; ulangi langkah ini");
            }
            Self::WrongRound { round, retype } => {
                return format!("sekarang pembacaan putaran {round}; baca {}", which(retype, "seluruh formulir"));
            }
            Self::ChangedBox { field } => return format!("kotak {field} tidak perlu dibaca ulang dan harus tetap"),
            Self::Answers(misfit) => return misfit.message(Lang::Id),
            Self::Unanswered(codes) => return format!("beri jawaban untuk temuan {}", list(codes)),
        };
        fixed.to_owned()
    }

    fn english(&self) -> String {
        let fixed = match self {
            Self::NotOpened => "the station is not open; run `plano station enrol` for both officers",
            Self::AlreadyOpened => "the station is open already; go on with reading a form",
            Self::OtherElection => "this is not the election file of the station; ask KPU for the right one",
            Self::NeedsBoth => "this step needs both officers' PINs",
            Self::NeedsOne => "this step is taken by one officer alone",
            Self::UnknownContest => "there is no such contest; choose one that the status lists",
            Self::UnknownPage => "the form has no such page; choose page 1, 2 or 3",
            Self::OthersTurn => "it is the other officer's turn to read; hand over the device",
            Self::NotThisForm => "the boxes are not those of this form; fill every box of the form",
            Self::PhotoLength => "the size of the photo cannot be taken; take it again, 25 MB at most",
            Self::LightLength => {
                "the size of the light copy cannot be taken; record the photo again, the copy is made by itself"
            }
            Self::PhotoAgain => "this photo is recorded for this page already; nothing to do",
            Self::PhotoElsewhere => "this photo is recorded for something else; photograph this page, or say why",
            Self::NothingToReplace => "there is no such photo to replace on this page; look at the status",
            Self::NotAgreed => "the two readings are not equal yet; read the differing boxes again",
            Self::OtherReadings => "the result does not name the two last readings; seal again",
            Self::Reason => "give the reason; corrections and refusals need one, and nothing else has one",
            Self::Pages => "every page needs a photo, or the reason why there is none",
            Self::PhotoUnknown => "the page's photo is not recorded; record it with `plano station photo add`",
            Self::ResultUnknown => "there is no such result; seal the form first",
            Self::NoSuchPair => "no pair has this number; check it",
            Self::EmptyText => "the text is empty; write what happened",
            Self::WrongCounts => "something was recorded while closing; close again",
            Self::Unsealed => "a form is not sealed; seal it, or give the reason",
            Self::WrongRevision { expected } => return format!("the next revision is {expected}; repeat this step"),
            Self::WrongRound { round, retype } => {
                return format!("round {round} is due; read {}", which(retype, "the whole form"));
            }
            Self::ChangedBox { field } => return format!("the box {field} was not to be read again and has to stay"),
            Self::Answers(misfit) => return misfit.message(Lang::En),
            Self::Unanswered(codes) => return format!("answer the findings {}", list(codes)),
        };
        fixed.to_owned()
    }
}

fn which(retype: &[String], all: &str) -> String {
    if retype.is_empty() { all.to_owned() } else { retype.join(", ") }
}

fn list(codes: &[Code]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl std::fmt::Display for Violation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.english())
    }
}

impl std::error::Error for Violation {}
