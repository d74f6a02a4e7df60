//! What an operator reads when something did not happen.

words! {
    TITLE = "Tidak jadi", "It did not happen";
    BACK = "Ke ringkasan", "To the overview";
    HOST = "Alamat ini bukan alamat pusat. Buka alamat yang tertera pada lembar Anda.", "This address is not central's. Open the address on your sheet.";
    ORIGIN = "Permintaan ini datang dari situs lain dan ditolak. Buka halaman operator dan ulangi di sana.", "This request came from another site and was refused. Open the operators' page and do it there.";
    TOKEN = "Formulir ini sudah kedaluwarsa. Muat ulang halamannya, lalu kirim lagi.", "This form is out of date. Load the page again and send it again.";
    NOBODY_THERE = "Anda belum masuk, atau sudah terlalu lama tidak ada. Masuk lagi, lalu ulangi.", "You are not logged in, or were away for too long. Log in and do it again.";
    WRONG = "Nama atau kata sandi salah. Periksa keduanya dan coba lagi.", "The name or the password is wrong. Check both and try again.";
    LOCKED = "Terlalu banyak kata sandi salah. Tunggu {} detik, lalu coba lagi.", "Too many wrong passwords. Wait {} seconds, then try again.";
    NO_SUCH_PAGE = "Halaman, TPS, atau wilayah ini tidak ada. Periksa nomornya.", "There is no such page, TPS or region. Check the number.";
    UNREADABLE = "Formulir tidak terbaca. Muat ulang halamannya dan isi lagi.", "The form cannot be read. Load the page again and fill it in again.";
    TOO_LARGE = "Isian terlalu besar. Persingkat, lalu kirim lagi.", "That is too large. Make it shorter and send it again.";
    NO_FAULTS = "Pusat ini dijalankan tanpa lapisan gangguan. Untuk gladi, jalankan dengan --faults.", "This central runs without a layer of faults. For a rehearsal start it with --faults.";
    SCRIPT = "Naskah gangguan tidak terbaca: {}", "The script of faults cannot be read: {}";
    BUSY = "Pusat sedang sibuk. Coba lagi beberapa detik lagi.", "Central is busy. Try again in a few seconds.";
    INTERNAL = "Ada yang salah di pusat; rinciannya ada di log. Coba lagi, lalu hubungi teknisi.", "Something is wrong at central; its log says more. Try again, then call the technician.";
    NO_SUCH_PHOTO = "Tidak ada catatan TPS yang menempatkan foto ini di sana. Muat ulang halaman TPS itu.", "No entry of the TPS files this photo there. Load the page of the TPS again.";
    NOT_RECEIVED = "Foto ini belum tiba. Tunggu sampai tiba dan lihat isinya dahulu.", "This photo has not come yet. Wait until it is here and look at it first.";
    NO_SUCH_PLACE = "Tidak ada TPS atau formulir seperti itu dalam pemilihan ini. Periksa nomor TPS.", "There is no such TPS or form in this election. Check the number of the TPS.";
    SAME_PLACE = "Foto itu memang sudah di sana. Pilih tempat lain.", "The photo is there already. Choose another place.";
    NO_SUCH_FINDING = "Temuan seperti itu tidak ada untuk catatan ini. Muat ulang daftarnya.", "There is no such finding about this entry. Load the list again.";
    NOT_ZERO = "Log sudah berisi {} catatan. Keadaan nol hanya dapat dicatat sebelum ada yang diterima.", "The log holds {} records already. The zero state can be recorded only before anything is received.";
}
