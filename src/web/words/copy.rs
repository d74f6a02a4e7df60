//! Words of the copies for saksi and pengawas.

words! {
    TITLE = "Salinan untuk saksi", "Copies for the saksi";
    HELP = "Saksi memindai salah satu kode ini. Kode pertama memuat hasil lengkap dengan kedua tanda tangan; tidak perlu jaringan.", "A saksi scans one of these codes. The first holds the whole result with both signatures; no network is needed.";
    NOT_SEALED = "Formulir ini belum disegel. Salinan dibuat dari hasil yang tersegel.", "This form is not sealed. Copies are made of a sealed result.";
    QR = "Hasil tersegel", "Sealed result";
    QR_LABEL = "Kode QR berisi hasil tersegel {}", "QR code with the sealed result {}";
    QR_HELP = "Simpan teksnya. Siapa pun dapat memeriksanya nanti; satu angka yang diubah akan ketahuan.", "Keep its text. Anyone can check it later; one changed figure would show.";
    QR_TOO_LONG = "Hasil ini terlalu panjang untuk satu kode QR. Unduh salinannya di halaman saksi.", "This result is too long for one QR code. Download the copy from the saksi's page.";
    LINK = "Halaman saksi di hotspot", "The saksi's page on the hotspot";
    LINK_LABEL = "Kode QR alamat halaman saksi", "QR code of the address of the saksi's page";
    LINK_HELP = "Telepon saksi harus tersambung ke hotspot TPS. Telepon akan bertanya tentang sertifikat; cocokkan sidiknya.", "The phone must be on the hotspot of the station. It will ask about the certificate; compare the fingerprint.";
    NO_LAN = "Halaman ini hanya terbuka di laptop. Jalankan dengan --lan agar telepon saksi dapat membukanya.", "This page is open on the laptop only. Start it with --lan so that phones can open it.";
    OPEN = "Buka halaman saksi di sini", "Open the saksi's page here";
    SHORT = "Sidik singkat untuk dibandingkan", "Short digest, to be compared";
    WHO = "Siapa yang menerima salinan?", "Who takes a copy?";
    SAKSI = "Saksi pasangan calon nomor {}", "Saksi of pair number {}";
    PENGAWAS = "Pengawas TPS", "Pengawas TPS";
    REFUSED = "Tidak menerima, karena …", "Refuses, because …";
    REFUSED_HELP = "Kosongkan bila salinan diterima.", "Leave it empty when the copy is taken.";
    RECORD = "Catat", "Record";
    GIVEN = "Sudah dicatat", "Recorded so far";
    NOBODY = "Belum ada yang dicatat.", "Nobody so far.";
    TOOK = "{}: menerima (revisi {})", "{}: took it (revision {})";
    REFUSES = "{}: tidak menerima, karena {}", "{}: refused, because {}";
    PUBLIC_TITLE = "Salinan hasil TPS {}", "Copy of the result of TPS {}";
    PUBLIC_HELP = "Ini yang disegel kedua petugas. Bandingkan dengan plano dan dengan salinan kertas Anda.", "This is what both officers sealed. Compare it with the plano and with your copy on paper.";
    SUPERSEDED = "Hasil ini sudah diperbaiki. Yang berlaku adalah revisi {}.", "This result has been corrected. Revision {} is in force.";
    REVISION = "Revisi {} · disegel pukul {}", "Revision {} · sealed at {}";
    REASON = "Alasan perbaikan", "Reason of the correction";
    HEAD = "Waktu", "Times";
    ANSWERS = "Catatan petugas", "Officers' notes";
    PHOTOS = "Foto plano", "Photos of the plano";
    NO_PHOTO = "Tidak ada foto halaman {}: {}", "No photo of page {}: {}";
    DOWNLOAD = "Unduh foto ukuran penuh, tanpa data lokasi", "Download the full photo, without location data";
    ORIGINAL = "Unduh berkas asli, persis seperti dari kamera (mungkin memuat lokasi dan jenis telepon)", "Download the original, exactly as the camera made it (may hold place and kind of phone)";
    DIGESTS = "Sidik", "Digests";
    RESULT_DIGEST = "Sidik hasil", "Digest of the result";
    PHOTO_DIGEST = "Sidik foto halaman {}", "Digest of the photo of page {}";
    NOTE = "Unduh hasil bertanda tangan (teks)", "Download the signed result (text)";
    QR_TEXT = "Unduh isi kode QR (teks)", "Download the text of the QR code";
    RECEIPT = "Unduh tanda terima pusat", "Download central's receipt";
    RECEIPT_YES = "Pusat sudah menandatangani tanda terima hasil ini.", "Central has signed a receipt for this result.";
    RECEIPT_NO = "Pusat belum menerima hasil ini; tanda terimanya akan ada di sini.", "Central has not received this result yet; its receipt will be here.";
}
