//! Words of the page about what has not come.

words! {
    TITLE = "Kiriman yang tersendat", "What is stuck";
    LEAD = "Catatan yang datang sebelum pendahulunya, dan foto yang disebut dalam catatan tetapi belum diterima. TPS mengirim ulang sendiri; hubungi TPS bila lama tidak terdengar.", "Entries that came before the ones they follow, and photos that entries name and that have not come. Stations send again by themselves; call one that was not heard of for long.";
    NONE = "Tidak ada yang tersendat.", "Nothing is stuck.";
    TPS = "TPS", "TPS";
    WAITING = "Catatan menunggu", "Entry that waits";
    ENTRY = "#{}, datang {}", "#{}, came {}";
    PHOTOS = "Foto belum datang", "Photos to come";
    HEARD = "Terakhir terdengar", "Heard last";
    MORE = "Ditampilkan {} dari {} TPS.", "{} of {} TPS are shown.";
    SINCE = "Catatan yang menunggu diketahui sejak pusat dijalankan.", "Entries that wait are known since central was started.";
}
