//! Words of the journal.

words! {
    TITLE = "Jurnal operator", "Operators' journal";
    LEAD = "Apa yang dilakukan dan dikatakan para operator, terbaru di atas. Tidak ada yang dapat dihapus dari sini.", "What operators did and said, the newest first. Nothing can be deleted from here.";
    NONE = "Belum ada apa-apa.", "Nothing yet.";
    WHEN = "Kapan", "When";
    WHO = "Siapa", "Who";
    WHAT = "Apa", "What";
    ABOUT = "Tentang", "About";
}
