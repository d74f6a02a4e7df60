//! Words around every page of the operators.

words! {
    NAME = "Operator", "Operators";
    OVERVIEW = "Ringkasan", "Overview";
    STUCK = "Tersendat", "Stuck";
    FINDINGS = "Temuan", "Findings";
    ALARMS = "Alarm", "Alarms";
    JOURNAL = "Jurnal", "Journal";
    FAULTS = "Gangguan", "Faults";
    LOGGED_IN = "Masuk sebagai {}", "Logged in as {}";
    LOG_OUT = "Keluar", "Log out";
    MISBEHAVES = "GLADI: pusat ini sengaja berbuat salah ({} aturan gangguan berlaku)", "REHEARSAL: this central misbehaves on purpose ({} rules of faults in force)";
    DONE_ZERO = "Keadaan nol sudah dicatat di log.", "The zero state is recorded in the log.";
    DONE_MOVED = "Pernyataan tentang foto itu sudah dicatat di log. Fotonya tetap tampil di kedua tempat.", "The statement about the photo is recorded in the log. The photo stays visible at both places.";
    DONE_HANDLED = "Catatan Anda sudah tersimpan di log.", "Your note is recorded in the log.";
    DONE_FAULTS_ON = "Gangguan berlaku sejak sekarang dan sudah dicatat di jurnal.", "The faults are in force now and stand in the journal.";
    DONE_FAULTS_OFF = "Semua gangguan berakhir. Ini sudah dicatat di jurnal.", "All faults have ended. This stands in the journal.";
}
