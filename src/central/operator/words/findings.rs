//! Words about findings and what came of them.

words! {
    TITLE = "Temuan untuk dilihat", "Findings to look at";
    LEAD = "Pusat menerima semua yang ditandatangani; yang melanggar aturan ditandai di sini. Tulis apa yang Anda temukan: catatan Anda ditandatangani pusat dan tercatat di log.", "Central takes everything that is signed; what is against the rules is marked here. Write what you found out: central signs your note and puts it in the log.";
    SHOW = "Tampilkan", "Show";
    OPEN = "Belum dilihat", "Not looked at";
    DONE = "Sudah dilihat", "Looked at";
    EVERYTHING = "Semua", "All";
    NONE = "Tidak ada temuan di daftar ini.", "There are no findings in this list.";
    ENTRY = "catatan #{}", "entry #{}";
    RULE = "aturan formulir", "rule of the form";
    VIOLATION = "aturan perekaman", "rule of recording";
    HANDLED = "{}, {}: {}", "{}, {}: {}";
    NOTE = "Catatan", "Note";
    SAVE = "Simpan catatan", "Record the note";
    OLDER = "Yang lebih lama", "Older ones";
}
