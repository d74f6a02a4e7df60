//! Words for what went wrong before a use case was reached.

words! {
    TITLE = "Belum berhasil", "That did not work";
    CODE = "Kode: {}", "Code: {}";
    BACK = "Kembali ke beranda", "Back to home";
    HOST = "Alamat ini bukan alamat halaman TPS. Buka alamat yang tertulis di layar laptop.", "This is not the address of the station's page. Open the address shown on the laptop.";
    ORIGIN = "Permintaan ini datang dari situs lain dan ditolak. Buka halaman TPS langsung.", "This request comes from another site and is refused. Open the station's page itself.";
    TOKEN = "Halaman ini sudah lama terbuka. Muat ulang halamannya, lalu ulangi; isian yang tersimpan tidak hilang.", "This page has been open for too long. Reload it and do it again; nothing that was saved is lost.";
    NEEDS_OFFICER = "Halaman ini untuk petugas. Masuk dengan PIN Anda.", "This page is for officers. Unlock with your PIN.";
    OTHER_OFFICER = "Halaman ini dibuka petugas {}. Tidak ada yang disimpan; muat ulang halamannya.", "This page was opened by officer {}. Nothing was saved; reload the page.";
    OLD_TURN = "Bacaan di halaman ini sudah direkam. Kembali ke beranda untuk langkah berikutnya.", "The reading on this page has been recorded already. Go back to home for the next step.";
    NOBODY_CHOSEN = "Pilih dahulu petugas mana Anda, lalu masukkan PIN.", "First choose which officer you are, then enter the PIN.";
    NO_SUCH_PAGE = "Halaman ini tidak ada. Kembali ke beranda.", "There is no such page. Go back to home.";
    NO_SUCH_METHOD = "Halaman ini tidak menerima permintaan itu. Kembali ke beranda.", "This page does not take that request. Go back to home.";
    TOO_LARGE = "Kiriman terlalu besar. Kirim satu foto tiap kali, paling besar 25 MB.", "That is too large. Send one photo at a time, of at most 25 MB.";
    UNREADABLE = "Permintaan ini tidak terbaca. Muat ulang halaman dan ulangi.", "This request cannot be read. Reload the page and do it again.";
    INTERNAL = "Ada kesalahan di dalam program. Yang sudah tersimpan tetap tersimpan; ulangi, atau mulai ulang program.", "Something is wrong inside the program. What was stored stays stored; do it again, or start the program again.";
}
