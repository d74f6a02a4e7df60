//! Words of the page on which an officer unlocks.

words! {
    TITLE = "Masuk sebagai petugas", "Unlock as an officer";
    WHO = "Siapa Anda?", "Who are you?";
    OFFICER = "Petugas {}", "Officer {}";
    NOT_ENROLLED = "belum terdaftar di perangkat ini", "not enrolled on this machine";
    PIN = "PIN", "PIN";
    PIN_HELP = "Setelah PIN salah, percobaan berikutnya harus menunggu; tiap kali dua kali lebih lama.", "After a wrong PIN the next try has to wait, each time twice as long.";
    ENTER = "Masuk", "Unlock";
    ENROL = "Belum terdaftar, atau PIN terlupa? Masukkan kode dari KPU", "Not enrolled yet, or PIN forgotten? Enter a code from KPU";
    KEPT = "Isian Anda tersimpan; setelah masuk Anda melanjutkan di tempat terakhir.", "What you typed is kept; you go on where you were.";
}
