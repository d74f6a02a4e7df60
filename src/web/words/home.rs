//! Words of the home page: the day as one path.

words! {
    TITLE = "Hari ini", "Today";
    NEXT = "Langkah berikutnya", "Next step";
    GO = "Lanjutkan", "Go on";
    UNLOCK_FIRST = "Masuk dengan PIN, lalu lanjutkan", "Unlock with your PIN, then go on";
    OTHERS_TURN = "Serahkan perangkat ini kepada petugas {}; gilirannya.", "Hand this machine to officer {}; it is their turn.";
    FORMS = "Formulir", "Forms";
    READ_BY = "Dibaca petugas {}", "Read by officer {}";
    COMPARE = "Kedua bacaan sama", "Both readings agree";
    DIFFER = "{} kotak berbeda", "{} boxes differ";
    PHOTOS = "Foto halaman: {} dari {}", "Photos of pages: {} of {}";
    SEAL = "Disegel kedua petugas", "Sealed by both officers";
    SEALED_AS = "Kode segel", "Seal code";
    COPIES = "Salinan untuk saksi", "Copies for the saksi";
    CORRECT = "Perbaiki hasil ini", "Correct this result";
    GO_ON_CORRECTING = "Lanjutkan perbaikan", "Go on with the correction";
    DAY = "Hari", "The day";
    OPENED = "TPS dibuka", "Station opened";
    OPEN_NOW = "Buka TPS", "Open the station";
    PAPERS = "Kertas lain: {}", "Other papers: {}";
    INCIDENT = "Kejadian khusus: {}", "Kejadian khusus: {}";
    DELIVERY = "Pengiriman ke pusat", "Delivery to central";
    CLOSE = "Tutup hari", "Close the day";
    CLOSED_AS = "Ditutup, kode {}", "Closed, code {}";
    STATE_DONE = "selesai", "done";
    STATE_NOW = "sekarang", "now";
    STATE_OPEN = "nanti", "later";
    DONE_READ = "Bacaan tersimpan dan ditandatangani.", "The reading is stored and signed.";
    DONE_SEAL = "Hasil disegel dan ditandatangani kedua petugas.", "The result is sealed and signed by both officers.";
    DONE_CORRECT = "Perbaikan dimulai. Kedua petugas membaca formulir itu sekali lagi.", "The correction has begun. Both officers read that form once more.";
    DONE_ENROL = "Petugas terdaftar di perangkat ini.", "The officer is enrolled on this machine.";
    DONE_OPEN = "Kedua petugas terdaftar; TPS dibuka.", "Both officers are enrolled; the station is open.";
    DONE_CLOSE = "Hari ditutup.", "The day is closed.";
}
