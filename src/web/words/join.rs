//! Words of the page by which phones join.

words! {
    TITLE = "Buka di telepon", "Open on a phone";
    HELP = "Sambungkan telepon ke hotspot TPS, lalu pindai kode ini.", "Connect the phone to the hotspot of the station, then scan this code.";
    QR_LABEL = "Kode QR alamat {}", "QR code of the address {}";
    FINGERPRINT = "Sidik sertifikat (SHA-256)", "Fingerprint of the certificate (SHA-256)";
    FINGERPRINT_HELP = "Telepon akan memperingatkan, sebab sertifikat ini dibuat di sini. Lanjutkan hanya bila sidik di telepon sama.", "The phone will warn, since this certificate was made here. Go on only when the phone shows the same fingerprint.";
    ONLY_HERE = "Halaman ini hanya terbuka di laptop ini. Jalankan dengan --lan untuk memakai telepon.", "This page is open on this laptop only. Start it with --lan to use phones.";
    NO_NETWORK = "Belum ada jaringan lokal. Nyalakan hotspot, lalu mulai ulang halaman ini.", "There is no local network yet. Turn the hotspot on and start this page again.";
}
