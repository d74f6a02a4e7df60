//! Words of the pages about who has not reported.

words! {
    TITLE = "Kemajuan {}", "Progress of {}";
    UP = "Ke {}", "To {}";
    REGION = "Wilayah", "Region";
    STATIONS = "TPS", "TPS";
    REPORTED = "{}: diterima", "{}: received";
    TPS = "TPS", "TPS";
    NUMBERED = "TPS {}", "TPS {}";
    OFFICER = "Petugas {}", "Officer {}";
    OPENED = "Dibuka", "Opened";
    HEARD = "Terdengar pertama dan terakhir", "Heard first and last";
    RESULTS = "Hasil", "Results";
    PAGES = "Halaman berfoto", "Pages with a photo";
    YES = "sudah", "yes";
    NO = "belum", "not yet";
    NEVER = "belum pernah", "never";
    ENROLLED = "terdaftar", "enrolled";
    CODE_OUT = "kode terbit", "code issued";
    CODE_OVER = "kode kedaluwarsa", "code expired";
    NO_CODE = "belum ada kode", "no code yet";
    CODES = "Cetak kode pendaftaran", "Print enrolment codes";
    CODES_HELP = "Menerbitkan kode baru untuk setiap petugas kelurahan ini yang belum terdaftar, satu lembar A4 per TPS. Kode lama yang belum dipakai tidak berlaku lagi. Kode hanya tampil sekali ini.", "Issues a new code to every officer of this kelurahan who is not enrolled, one A4 sheet a TPS. Older codes that were not used stop working. The codes are shown this once.";
    CODES_GO = "Terbitkan dan tampilkan", "Issue and show";
    SILENT = "belum melapor", "not reported";
}
