//! Words of the sheets with enrolment codes.

words! {
    TITLE = "Lembar kode pendaftaran", "Sheets with enrolment codes";
    ONCE = "Cetak sekarang: kode-kode ini hanya tampil sekali. Bila hilang, terbitkan yang baru.", "Print now: these codes are shown this once. If a sheet is lost, issue new ones.";
    NONE = "Semua petugas kelurahan ini sudah terdaftar; tidak ada kode yang diterbitkan.", "All officers of this kelurahan are enrolled; no code was issued.";
    TPS = "TPS {}", "TPS {}";
    HEAD = "Kode pendaftaran petugas", "Enrolment code of an officer";
    OFFICER = "Petugas {}", "Officer {}";
    QR = "Kode pendaftaran {} di TPS {}", "Enrolment code of {} at TPS {}";
    CODE = "Kode", "Code";
    UNTIL = "Berlaku sampai {}, satu kali saja.", "Works until {}, once.";
    SECRET = "Hanya untuk petugas ini. Siapa pun yang memegang kode ini dapat mendaftar sebagai Anda; bila kode hilang, segera lapor ke KPU.", "For this officer only. Whoever holds the code can enrol as you; if it is lost, tell KPU at once.";
    STEPS = "Di laptop TPS, jalankan perintah ini dan buat PIN:", "On the laptop of the TPS, run this command and choose a PIN:";
    CUT = "gunting di sini", "cut here";
}
