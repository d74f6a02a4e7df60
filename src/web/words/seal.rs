//! Words of sealing, correcting and closing.

words! {
    TITLE = "Segel {}", "Seal {}";
    HELP = "Bandingkan setiap angka dengan plano, bersama-sama. Yang disegel adalah yang tertulis di bawah ini.", "Compare every number with the plano, together. What is sealed is what stands below.";
    TIMES = "Waktu", "Times";
    YES = "ya", "yes";
    NO = "tidak", "no";
    PAGES = "Foto halaman", "Photos of the pages";
    PAGE = "halaman {}", "page {}";
    HAS_PHOTO = "ada foto", "has a photo";
    NO_PHOTO = "Tidak ada foto, karena", "No photo, because";
    FINDINGS = "Temuan dan penjelasannya", "Findings and what was said";
    NO_FINDINGS = "Tidak ada temuan.", "No findings.";
    NOTE = "Sesuai tertulis di kertas, karena", "As written on the paper, because";
    TOGETHER = "PIN kedua petugas", "PINs of both officers";
    TOGETHER_HELP = "Masing-masing memasukkan PIN sendiri: di layar ini, atau masing-masing di perangkatnya sendiri.", "Each enters their own PIN: on this screen, or each on their own machine.";
    PIN_OF = "PIN petugas {}", "PIN of officer {}";
    GIVEN = "Petugas {} sudah setuju; tinggal PIN petugas {}.", "Officer {} has agreed; only the PIN of officer {} is missing.";
    SEAL = "Segel hasil ini", "Seal this result";
    WAITING = "PIN petugas {} diterima. Selesai begitu petugas {} memasukkan PIN, di layar ini atau di perangkatnya.", "The PIN of officer {} is taken. It is done as soon as officer {} enters the PIN, on this screen or on their own machine.";
    PIN_NEEDED = "Belum ada PIN. Masukkan PIN Anda.", "There is no PIN yet. Enter your PIN.";
    CHANGED = "Yang hendak disegel berubah sejak halaman ini dibuka. Periksa lagi.", "What is to be sealed has changed since this page was opened. Check it again.";
    PAGES_OPEN = "Tulis alasan untuk halaman yang tidak ada fotonya, atau ambil fotonya.", "Say why a page has no photo, or take the photo.";
    NOTES_OPEN = "Ada temuan yang belum dijelaskan. Tulis alasannya.", "Some findings are not explained yet. Write why.";
    CORRECT_TITLE = "Perbaiki {}", "Correct {}";
    CORRECT_HELP = "Hasil yang disegel tetap tersimpan dan terbaca. Perbaikan menjadi revisi {}: kedua petugas membaca formulir sekali lagi, lalu menyegel.", "The sealed result stays and can be read. The correction becomes revision {}: both officers read the form once more, then seal.";
    CORRECT_WHY = "Mengapa hasil ini diperbaiki?", "Why is this result corrected?";
    CORRECT_GO = "Mulai perbaikan", "Begin the correction";
    CLOSE_TITLE = "Tutup hari", "Close the day";
    CLOSE_HELP = "Menutup hari mengunci seluruh catatan dengan satu kode. Tulis kodenya di kertas, di depan saksi.", "Closing the day fixes all records with one code. Write the code on the paper, in front of the saksi.";
    CLOSE_GO = "Tutup hari", "Close the day";
    CLOSE_ALL = "Pusat sudah menandatangani semuanya: {} dari {}.", "Central has signed for everything: {} of {}.";
    CLOSE_SOME = "Belum selesai: pusat baru menandatangani {} dari {}. Sisanya tetap tersimpan di sini dan dikirim sendiri begitu ada jaringan.", "Not finished: central has signed for {} of {} so far. The rest stays stored here and goes by itself once there is a network.";
    CLOSE_KNOWING = "Kami tahu belum semuanya diterima pusat, dan tetap menutup hari.", "We know that central has not received everything, and close the day all the same.";
    CLOSE_UNSEALED = "{} belum disegel, karena", "{} is not sealed, because";
    CLOSE_REASONS = "Tulis mengapa formulir itu belum disegel.", "Say why that form is not sealed.";
    CLOSED = "Hari ditutup", "The day is closed";
    CLOSED_CODE = "Tulis kode penutup ini di kertas, di depan saksi:", "Write this closing code on the paper, in front of the saksi:";
    CLOSED_COUNTS = "{} catatan, {} foto", "{} entries, {} photos";
    CLOSED_AT = "ditutup pukul {}", "closed at {}";
    CLOSED_REST = "Belum semua diterima pusat. Biarkan perangkat menyala dan tersambung, atau serahkan dengan cara lain.", "Central has not received everything. Leave the machine on and connected, or hand it over another way.";
}
