//! What officers read when something did not happen: what is wrong, and what to do.

use std::time::Duration;

use super::RecorderError;
use super::key_file::KeyFileError;
use crate::form::{Lang, Missing, Text};
use crate::photo::FolderError;
use crate::store::StoreError;

impl RecorderError {
    /// What is wrong and what to do, for an officer.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.of_part(lang).or_else(|| self.with_values(lang)).unwrap_or_else(|| self.plain().get(lang).to_owned())
    }

    /// Errors of other modules that have their own words.
    fn of_part(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Photo(error) => Some(match lang {
                Lang::Id => error.words().id.to_owned(),
                Lang::En => error.words().en.to_owned(),
            }),
            Self::Typed(error) => Some(error.message(lang)),
            Self::Against(violations) => {
                Some(violations.iter().map(|violation| violation.text(lang)).collect::<Vec<_>>().join("; "))
            }
            Self::PhotoNeedsAnswers(findings) => {
                Some(findings.iter().map(|finding| finding.text(lang)).collect::<Vec<_>>().join("\n"))
            }
            Self::NeedsAnswers { findings, misfit } => {
                let open = findings.iter().filter(|finding| misfit.open.contains(&finding.key()));
                let open: Vec<_> = open.map(|finding| finding.message(lang)).collect();
                (!open.is_empty()).then(|| open.join("\n"))
            }
            _ => None,
        }
    }

    /// Texts that name a value.
    fn with_values(&self, lang: Lang) -> Option<String> {
        let (template, value) = match self {
            Self::NotTakingPart(station) => (NOT_TAKING_PART, station.to_string()),
            Self::InUse(path) => (IN_USE, path.display().to_string()),
            Self::File { path, .. } => (FILE, path.display().to_string()),
            Self::NoKey(slot) => (NO_KEY, slot.to_string()),
            Self::WrongPin { wait, .. } => (WRONG_PIN, seconds(*wait)),
            Self::Locked { wait, .. } => (LOCKED, seconds(*wait)),
            Self::SameOfficer(slot) => (SAME_OFFICER, slot.other().to_string()),
            Self::OtherAccreditation(slot) => (OTHER_ACCREDITATION, slot.to_string()),
            Self::NoSuchContest(contest) => (NO_SUCH_CONTEST, contest.clone()),
            Self::NoSuchField(field) => (NO_SUCH_FIELD, field.clone()),
            Self::SealedAlready(contest) => (SEALED_ALREADY, contest.clone()),
            Self::NotSealed(contest) => (NOT_SEALED, contest.clone()),
            Self::NotToRetype(field) => (NOT_TO_RETYPE, field.clone()),
            Self::Incomplete(missing) => (INCOMPLETE, names(missing)),
            Self::NothingToAnswer(code) => (NOTHING_TO_ANSWER, code.to_string()),
            Self::NeedsPages(pages) => {
                (NEEDS_PAGES, pages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
            }
            Self::Undelivered(delivery) => {
                let open = delivery.entries + delivery.photos - delivery.entries_received - delivery.photos_received;
                (UNDELIVERED, open.to_string())
            }
            _ => return None,
        };
        Some(template.get(lang).replace("{}", &value))
    }

    const fn plain(&self) -> Text {
        match self {
            Self::Store(error) => store(error),
            Self::Photos(FolderError::Full { .. }) => FULL,
            Self::Photos(FolderError::ReadOnly { .. }) => READ_ONLY,
            Self::Broken(_) | Self::Photos(_) => DAMAGED,
            Self::NoRandomness => NO_RANDOMNESS,
            Self::KeyFile(KeyFileError::Memory) => MEMORY,
            Self::KeyFile(_) => KEY_FILE,
            Self::Accreditation(_) => ACCREDITATION,
            Self::NotAccredited(_) => NOT_ACCREDITED,
            Self::Raced => RACED,
            Self::OthersTurn => OTHERS_TURN,
            Self::BadBackup(_) => BAD_BACKUP,
            Self::TooLong => TOO_LONG,
            Self::NoReason => NO_REASON,
            Self::NotAgreed => NOT_AGREED,
            Self::NeedsAnswers { .. } => ANSWERS,
            _ => UNWRITABLE,
        }
    }
}

const fn store(error: &StoreError) -> Text {
    match error {
        StoreError::Busy { .. } => BUSY,
        StoreError::Full { .. } => FULL,
        StoreError::ReadOnly { .. } => READ_ONLY,
        StoreError::Missing(_) | StoreError::NotPlano(_) => NO_STATION,
        StoreError::Newer { .. } => NEWER,
        StoreError::Exists(_) => EXISTS,
        StoreError::Chain(_) => RACED,
        StoreError::Unsound(_) => BAD_BACKUP,
        _ => DAMAGED,
    }
}

fn seconds(wait: Duration) -> String {
    wait.as_millis().div_ceil(1000).to_string()
}

/// The first few blanks by id; a long list helps nobody.
fn names(missing: &[Missing]) -> String {
    let id = |blank: &Missing| match blank {
        Missing::Cell(cell) => cell.to_string(),
        Missing::Head(field) => field.to_string(),
    };
    let first: Vec<_> = missing.iter().take(5).map(id).collect();
    let more = if missing.len() > first.len() { " …" } else { "" };
    format!("{} ({}{more})", missing.len(), first.join(", "))
}

const NOT_TAKING_PART: Text = Text::new(
    "TPS {} tidak ada dalam berkas pemilihan ini. Periksa nomor TPS, atau minta berkas yang benar kepada KPU.",
    "TPS {} is not in this election file. Check the number, or ask KPU for the right file.",
);
const IN_USE: Text = Text::new(
    "Folder {} sudah berisi sesuatu. Pilih folder lain yang kosong.",
    "The folder {} holds something already. Choose another, empty one.",
);
const FILE: Text = Text::new(
    "Berkas {} tidak dapat dibaca atau ditulis. Periksa ruang disk dan hak akses folder, lalu ulangi.",
    "The file {} cannot be read or written. Check the disk's space and the folder's rights, then repeat.",
);
const NO_KEY: Text = Text::new(
    "Petugas {} belum mempunyai kunci di perangkat ini. Jalankan `plano station enrol` dengan kode dari KPU.",
    "Officer {} has no key on this machine. Run `plano station enrol` with the code from KPU.",
);
const WRONG_PIN: Text = Text::new("PIN salah. Coba lagi setelah {} detik.", "Wrong PIN. Try again in {} seconds.");
const LOCKED: Text = Text::new(
    "Kunci masih tertahan karena PIN salah. Tunggu {} detik lagi, lalu coba kembali.",
    "The key is held back after a wrong PIN. Wait {} more seconds, then try again.",
);
const SAME_OFFICER: Text = Text::new(
    "Langkah ini memerlukan kedua petugas. Panggil petugas {} untuk memasukkan PIN.",
    "This step needs both officers. Call officer {} to enter the PIN.",
);
const OTHER_ACCREDITATION: Text = Text::new(
    "Pengesahan untuk {} bukan untuk kunci, TPS atau pemilihan ini. Daftarkan petugas ini sekali lagi.",
    "The accreditation of {} is not for this key, station or election. Enrol this officer once more.",
);
const NO_SUCH_CONTEST: Text = Text::new(
    "Tidak ada pemilihan `{}`. Pilih salah satu yang tercantum di status.",
    "There is no contest `{}`. Choose one that the status lists.",
);
const NO_SUCH_FIELD: Text = Text::new(
    "Tidak ada kotak `{}` pada formulir. Pilih kotak yang tercantum.",
    "The form has no box `{}`. Choose one that is listed.",
);
const SEALED_ALREADY: Text = Text::new(
    "Formulir {} sudah disegel. Untuk memperbaikinya, mulai perbaikan dengan alasan (`plano station correct`).",
    "The form {} is sealed. To correct it, begin a correction with a reason (`plano station correct`).",
);
const NOT_SEALED: Text =
    Text::new("Formulir {} belum disegel. Segel dahulu.", "The form {} is not sealed. Seal it first.");
const NOT_TO_RETYPE: Text = Text::new(
    "Kotak {} sudah sama pada kedua bacaan dan tidak dibaca ulang. Isi hanya kotak yang kosong.",
    "The box {} is equal in both readings and is not read again. Fill the blank boxes only.",
);
const INCOMPLETE: Text = Text::new(
    "Masih ada kotak kosong: {}. Isi semuanya; nol ditulis 0.",
    "Boxes are still blank: {}. Fill all of them; zero is written 0.",
);
const NOTHING_TO_ANSWER: Text = Text::new(
    "Foto ini tidak mempunyai temuan {}. Hapus jawaban itu.",
    "This photo has no finding {}. Take that answer away.",
);
const NEEDS_PAGES: Text = Text::new(
    "Halaman {} belum difoto. Ambil fotonya, atau tulis alasan mengapa tidak ada foto.",
    "Page {} has no photo. Photograph it, or write why there is none.",
);
const UNDELIVERED: Text = Text::new(
    "Masih ada {} kiriman yang belum diterima pusat. Kirim dahulu, atau tutup dengan pernyataan bahwa sisanya menyusul.",
    "Central has not received {} items yet. Send them first, or close knowing that the rest follows.",
);
const BUSY: Text = Text::new(
    "Jendela lain sedang menulis. Tunggu sebentar, lalu ulangi.",
    "Another window is writing. Wait a moment and repeat.",
);
const FULL: Text = Text::new(
    "Disk penuh. Kosongkan ruang lalu ulangi; tidak ada yang hilang.",
    "The disk is full. Make room and repeat; nothing was lost.",
);
const READ_ONLY: Text = Text::new(
    "Folder TPS tidak dapat ditulis. Periksa hak akses dan kunci tulis pada kartu atau disk, lalu ulangi.",
    "The station's folder cannot be written. Check its rights and the disk's write lock, then repeat.",
);
const DAMAGED: Text = Text::new(
    "Catatan TPS atau disknya rusak. Jangan menghapus apa pun; salin seluruh folder, lalu pulihkan dari cadangan terakhir.",
    "The station's records or the disk are damaged. Delete nothing; copy the whole folder, then restore the last backup.",
);
const NO_STATION: Text = Text::new(
    "Tidak ada TPS di folder ini. Periksa nama foldernya, atau siapkan TPS dengan `plano station init`.",
    "There is no station in this folder. Check the folder's name, or set one up with `plano station init`.",
);
const NEWER: Text = Text::new(
    "Folder TPS ini ditulis oleh plano yang lebih baru. Pasang versi terbaru.",
    "This station was written by a newer plano. Install the newest version.",
);
const EXISTS: Text =
    Text::new("Berkas itu sudah ada. Pilih folder kosong.", "That file exists. Choose an empty folder.");
const NO_RANDOMNESS: Text = Text::new(
    "Sistem tidak dapat membuat kunci yang aman. Nyalakan ulang perangkat, lalu ulangi.",
    "The system cannot make a safe key. Restart the device and repeat.",
);
const MEMORY: Text = Text::new(
    "Memori perangkat tidak cukup untuk membuka kunci. Tutup program lain, lalu ulangi.",
    "The device has not enough memory to open the key. Close other programs and repeat.",
);
const KEY_FILE: Text = Text::new(
    "Berkas kunci petugas rusak. Pulihkan dari cadangan, atau minta kode pendaftaran baru kepada KPU.",
    "The officer's key file is damaged. Restore it from the backup, or ask KPU for a new enrolment code.",
);
const ACCREDITATION: Text = Text::new(
    "Jawaban itu bukan pengesahan dari pusat. Periksa alamat pusat dan sambungan internet, lalu daftarkan lagi.",
    "The answer is no accreditation by central. Check central's address and the connection, then enrol again.",
);
const NOT_ACCREDITED: Text = Text::new(
    "Kunci petugas ini belum disahkan pusat. Selesaikan pendaftaran petugas dahulu.",
    "Central has not accredited this officer's key. Finish the officer's enrolment first.",
);
const RACED: Text = Text::new(
    "Jendela lain merekam sesuatu pada saat yang sama. Lihat status, lalu ulangi.",
    "Another window recorded something at the same time. Look at the status, then repeat.",
);
const OTHERS_TURN: Text = Text::new(
    "Sekarang giliran petugas yang lain untuk membaca. Serahkan perangkat kepadanya.",
    "It is the other officer's turn to read. Hand over the device.",
);
const BAD_BACKUP: Text = Text::new(
    "Cadangan ini tidak utuh: ada catatan atau foto yang hilang atau berubah. Pakai cadangan lain.",
    "This backup is not whole: records or photos are missing or changed. Use another backup.",
);
const TOO_LONG: Text = Text::new(
    "Teks terlalu panjang untuk satu catatan. Persingkat, atau bagi menjadi beberapa catatan.",
    "The text is too long for one record. Shorten it, or make several records of it.",
);
const NO_REASON: Text = Text::new("Tulis alasan perbaikan.", "Write the reason of the correction.");
const NOT_AGREED: Text = Text::new(
    "Kedua bacaan belum sama. Baca ulang kotak yang berbeda, masing-masing petugas.",
    "The two readings are not equal yet. Each officer reads the differing boxes again.",
);
const ANSWERS: Text = Text::new(
    "Jawaban tidak cocok dengan temuan. Jawab setiap temuan tepat satu kali.",
    "The answers do not fit the findings. Answer every finding exactly once.",
);
const UNWRITABLE: Text = Text::new(
    "Teks memuat tanda yang tidak dapat dicatat. Ketik ulang tanpa tanda khusus.",
    "The text holds a character that cannot be recorded. Type it again without special characters.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{CellId, Code, Page};
    use crate::protocol::ids::{Seq, Slot};
    use crate::protocol::state::Violation;
    use crate::recorder::BackupFault;
    use crate::store::{Delivery, Doing};

    /// One error of every kind that can be made without a disk.
    fn examples() -> Vec<RecorderError> {
        let cell: CellId = "votes.1".parse().expect("a box");
        let code: Code = "Q301".parse().expect("a code");
        let wait = Duration::from_millis(1_500);
        vec![
            RecorderError::Store(StoreError::Busy { doing: Doing::Append }),
            RecorderError::Store(StoreError::Full { doing: Doing::Append }),
            RecorderError::Store(StoreError::ReadOnly { doing: Doing::Append }),
            RecorderError::Store(StoreError::Missing("x".into())),
            RecorderError::Store(StoreError::OtherStation),
            RecorderError::InUse("x".into()),
            RecorderError::NoRandomness,
            RecorderError::KeyFile(KeyFileError::Shape),
            RecorderError::KeyFile(KeyFileError::Memory),
            RecorderError::NoKey(Slot::P1),
            RecorderError::WrongPin { slot: Slot::P1, wait },
            RecorderError::Locked { slot: Slot::P1, wait },
            RecorderError::SameOfficer(Slot::P1),
            RecorderError::OtherAccreditation(Slot::P2),
            RecorderError::TooLong,
            RecorderError::Against(vec![Violation::NotOpened, Violation::Pages]),
            RecorderError::Raced,
            RecorderError::NoSuchContest("x".into()),
            RecorderError::NoSuchField("x".into()),
            RecorderError::OthersTurn,
            RecorderError::SealedAlready("x".into()),
            RecorderError::NotSealed("x".into()),
            RecorderError::NoReason,
            RecorderError::NotToRetype("x".into()),
            RecorderError::Incomplete(vec![Missing::Cell(cell)]),
            RecorderError::NothingToAnswer(code),
            RecorderError::NotAgreed,
            RecorderError::NeedsPages(vec![Page::FIRST, Page::THIRD]),
            RecorderError::BadBackup(BackupFault::Signature(Seq::FIRST)),
            RecorderError::Undelivered(Delivery { entries: 4, entries_received: 1, ..Delivery::default() }),
        ]
    }

    #[test]
    fn every_error_tells_an_officer_what_to_do_in_both_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for error in examples() {
            let [id, en] = Lang::ALL.map(|lang| error.text(lang));
            assert!(id.len() > 20 && en.len() > 20 && id != en, "{error:?}: {id} / {en}");
            assert!(!id.contains('{') && !en.contains('{'), "{error:?}: {id} / {en}");
            assert!(seen.insert(en.clone()), "two errors share one text: {en}");
        }
    }

    #[test]
    fn waits_are_rounded_up_so_that_nobody_comes_too_early() {
        let locked = RecorderError::Locked { slot: Slot::P1, wait: Duration::from_millis(1_001) };
        assert!(locked.text(Lang::En).contains("2 more seconds"), "{}", locked.text(Lang::En));
    }
}
