//! Words of the page of a TPS.

words! {
    TITLE = "TPS {}", "TPS {}";
    OFFICERS = "Petugas", "Officers";
    REISSUE = "Terbitkan kode baru", "Issue a new code";
    REISSUE_HELP = "Hanya bila petugas sendiri memintanya: dengan kode baru kuncinya dapat diganti, dan penggantian itu terlihat oleh semua orang.", "Only when the officer asks for it: with a new code the key can be replaced, and everybody sees that it was.";
    PHOTOS = "Foto per halaman", "Photos by page";
    PAGE = "{} halaman {}", "{} page {}";
    COMPLETE = "lengkap", "complete";
    INCOMPLETE = "belum ada foto", "no photo yet";
    NOT_COME = "Foto ini disebut dalam catatan, tetapi belum diterima.", "An entry names this photo; it has not come yet.";
    LIGHT = "Foto ini belum diterima; yang tampak ialah salinan ringannya, yang dibuat di TPS dan disebut dalam catatan.", "This photo has not come yet; shown is its light copy, made at the station and named by the entry.";
    OPEN_PHOTO = "Buka foto", "Open the photo";
    REPLACED = "diganti foto lain", "replaced by another photo";
    AWAY = "Menurut {} ({}) foto ini milik {}: {}", "{} ({}) says that this photo belongs to {}: {}";
    HERE = "Dikirim TPS {}; dipindahkan ke sini oleh {} ({}): {}", "Delivered by TPS {}; filed here by {} ({}): {}";
    MOVE = "Foto ini milik tempat lain", "This photo belongs elsewhere";
    MOVE_HELP = "Foto tidak dihapus dan tidak hilang dari sini: pernyataan Anda dicatat di log dan fotonya tampil di kedua tempat.", "The photo is not deleted and does not leave this place: your statement is recorded in the log, and the photo is shown at both places.";
    TO_STATION = "Milik TPS", "Belongs to TPS";
    TO = "Halaman", "Page";
    WHY = "Alasan", "Reason";
    MOVE_GO = "Catat", "Record";
    DAFTAR_HADIR = "Daftar hadir", "Attendance list";
    KEJADIAN_KHUSUS = "Kejadian khusus", "Incidents";
    SALINAN = "C.Hasil salinan", "Copies of C.Hasil";
    FINDINGS = "Temuan", "Findings";
    NO_FINDINGS = "Tidak ada temuan.", "Nothing was found.";
    ALARMS = "Alarm", "Alarms";
}

/// The name of a paper.
pub(in crate::central) const fn of(kind: crate::protocol::entry::PaperKind) -> crate::form::Text {
    use crate::protocol::entry::PaperKind;
    match kind {
        PaperKind::DaftarHadir => DAFTAR_HADIR,
        PaperKind::KejadianKhusus => KEJADIAN_KHUSUS,
        PaperKind::Salinan => SALINAN,
    }
}
