//! Words of the reading page.

words! {
    TITLE = "Baca {}", "Read {}";
    ALONE = "Baca dari plano, jangan dari rekan. Setiap kotak tersimpan begitu diketik.", "Read from the plano, not from your colleague. Every box is saved as you type it.";
    AGAIN = "Kedua bacaan berbeda pada kotak di bawah ini. Lihat plano sekali lagi dan ketik yang tertulis di sana.", "The two readings differ in the boxes below. Look at the plano once more and type what stands there.";
    WHO = "Petugas {} membaca", "Officer {} reads";
    PROGRESS = "{} dari {} kotak terisi", "{} of {} boxes filled";
    HEAD = "Waktu", "Times";
    PAGE = "halaman {}", "page {}";
    PAGE_TAB = "hal. {}", "page {}";
    YES = "ya", "yes";
    NO = "tidak", "no";
    SAVE = "Simpan bagian {}", "Save part {}";
    SAVE_HEAD = "Simpan waktu", "Save the times";
    BY_OTHERS = "hitungan: {}", "adds up to {}";
    MATCHES = "✓ {}", "✓ {}";
    DIFFERS = "≠ {}", "≠ {}";
    BLANK = "masih kosong", "still blank";
    FINDINGS = "Temuan", "Findings";
    NO_FINDINGS = "Tidak ada yang perlu dijelaskan.", "Nothing to explain.";
    ANSWER = "Yang tertulis di kertas direkam apa adanya. Periksa kotaknya; bila memang tertulis begitu, tulis mengapa.", "What stands on the paper is recorded as it is. Check the box; if it is written so, write why.";
    NOTE = "Sesuai tertulis di kertas, karena", "As written on the paper, because";
    RECORD = "Selesai membaca — rekam", "Done reading — record";
    RECORD_HELP = "Setelah direkam, bacaan ini tidak dapat diubah.", "Once recorded, this reading cannot be changed.";
    BLANKS = "Masih ada {} kotak kosong. Kotak kosong bukan nol: bila di kertas tertulis nol, ketik 0.", "{} boxes are still blank. Blank is not zero: if the paper says zero, type 0.";
    UNANSWERED = "Masih ada temuan yang belum dijelaskan. Periksa, lalu tulis alasannya di bagian Temuan.", "Some findings are not explained yet. Check them, then write why under Findings.";
    NOT_TAKEN = "Ada isian yang tidak dapat ditulis di kotaknya. Perbaiki kotak yang ditandai.", "Something typed cannot stand in its box. Mend the boxes that are marked.";
    ELSEWHERE = "Kotak pada formulir ini berubah di jendela lain. Inilah isi yang tersimpan sekarang; periksa lagi sebelum merekam.", "Boxes of this form changed in another window. This is what is stored now; check it before you record.";
    SAVING = "menyimpan …", "saving …";
    SAVED = "tersimpan", "saved";
    NOT_SAVED = "belum tersimpan — dicoba lagi", "not saved yet — trying again";
    FROM_PHOTO = "Plano sudah diangkut: ketik dari foto", "The plano has gone: type from the photo";
    SHELF = "Foto di samping isian", "The photo beside the boxes";
    CLOSER = "Perbesar", "Enlarge";
    ZOOM = "Foto halaman {}", "Photo of page {}";
}
