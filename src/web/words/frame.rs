//! Words around every page.

words! {
    PRODUCT = "Plano", "Plano";
    SKIP = "Langsung ke isi", "Skip to the content";
    TPS = "TPS {}", "TPS {}";
    DRILL = "LATIHAN — bukan hari pemungutan suara", "DRILL — not polling day";
    PRACTICE = "TPS latihan: PIN p1 {} · PIN p2 {}. Semua isinya dibuang setelah latihan.", "Practice station: PIN p1 {} · PIN p2 {}. All of it is thrown away after practice.";
    HOME = "Beranda", "Home";
    LANGUAGE = "Bahasa", "Language";
    INDONESIAN = "Indonesia", "Indonesia";
    ENGLISH = "English", "English";
    LARGER = "Perbesar huruf", "Larger text";
    LARGER_SIGN = "A+", "A+";
    SMALLER_SIGN = "A−", "A−";
    SMALLER = "Huruf biasa", "Normal text";
    OFFICER = "Petugas {}", "Officer {}";
    LOCK = "Kunci", "Lock";
    UNLOCK = "Masuk", "Unlock";
    RECEIVED = "{} dari {} diterima pusat", "{} of {} received by central";
    NOTHING_YET = "Belum ada yang direkam", "Nothing is recorded yet";
    SET_ASIDE = "{} ditolak pusat — lihat", "{} refused by central — look";
    CHANGED = "Ada yang baru dari perangkat lain.", "Something is new from another device.";
    AGAIN = "Muat lagi", "Load again";
    FOOT = "Plano {} · semua tersimpan di perangkat ini", "Plano {} · all of it is stored on this machine";
}
