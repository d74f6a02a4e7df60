//! Words of the page that says that there is none.

words! {
    NOT_HERE = "Halaman ini tidak ada", "There is no such page";
    NOT_HERE_ADVICE = "Periksa kode wilayah atau nomor TPS pada alamatnya, atau mulai dari halaman depan.", "Check the code of the region or the number of the TPS in the address, or start from the front page.";
    BUSY = "Pusat sedang sibuk", "Central is busy";
    BUSY_ADVICE = "Tidak ada yang hilang. Muat ulang halaman ini beberapa detik lagi.", "Nothing is lost. Load this page again in a few seconds.";
    HOME = "Ke halaman depan", "To the front page";
}
