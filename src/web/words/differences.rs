//! Words of the page that names the boxes in which two readings differ.

words! {
    TITLE = "Kotak yang berbeda", "Boxes that differ";
    NONE = "Tidak ada kotak yang perlu dibaca ulang.", "No box has to be read again.";
    HELP = "Kedua bacaan berbeda pada {} kotak. Masing-masing petugas melihat plano sekali lagi dan mengetik ulang kotak ini saja; bacaan rekan tidak ditampilkan.", "The two readings differ in {} boxes. Each officer looks at the plano once more and types only these boxes again; the colleague's reading is not shown.";
    PAGE = "halaman {}", "page {}";
    HEAD = "kepala formulir", "head of the form";
    READ = "Baca ulang kotak ini", "Read these boxes again";
    BY_ITSELF = "Bila kedua bacaan sudah sama, halaman depan menunjukkan langkah berikutnya.", "Once both readings agree, the home page shows the next step.";
    WAIT = "Anda sudah membaca ulang. Sekarang giliran petugas {}.", "You have read them again. Now it is officer {}'s turn.";
}
