//! Words of the pages with photos.

words! {
    TITLE = "Foto plano", "Photos of the plano";
    HELP = "Foto tiap halaman selagi plano masih ada, seluruh lembar, tegak lurus dari depan. Boleh sebelum atau sesudah angka diketik.", "Photograph every page while the plano is still there, the whole sheet, straight from the front. Before or after the figures are typed.";
    SEVERAL = "Beberapa foto sekaligus", "Several photos at once";
    SEVERAL_HELP = "Pilih semua foto; sesudah itu sebutkan tiap foto itu halaman berapa.", "Choose all photos; then say which page each of them shows.";
    PAGE = "Halaman {}", "Page {}";
    NONE_YET = "belum ada foto", "no photo yet";
    THERE = "foto ada", "photo taken";
    CAMERA = "Ambil foto", "Take a photo";
    FILES = "Pilih dari galeri", "Choose from the gallery";
    SAVE = "Simpan foto", "Save the photo";
    REPLACE = "Ganti foto ini", "Replace this photo";
    REPLACE_HELP = "Foto lama tetap tersimpan dan tetap dapat dibaca.", "The old photo stays stored and readable.";
    ADD = "Tambah foto lain halaman ini", "Add another photo of this page";
    EARLIER = "Foto lain halaman ini", "Other photos of this page";
    ALT = "Foto halaman {}", "Photo of page {}";
    ALT_PAPER = "Foto {}", "Photo of {}";
    ALT_WAITING = "Foto yang menunggu jawaban Anda", "The photo that waits for your answer";
    LOOK = "Lihat besar", "Look closely";
    ORIGINAL = "Berkas asli", "Original file";
    DIGEST = "Sidik foto", "Digest";
    KEPT_BECAUSE = "{} — disimpan karena: {}", "{} — kept because: {}";
    WAITING_TITLE = "Menunggu jawaban Anda", "Waiting for your answer";
    WHICH_PAGE = "Foto ini halaman berapa?", "Which page is this?";
    TAKE_AGAIN = "Ambil lagi (buang foto ini)", "Take again (drop this photo)";
    BECAUSE = "Simpan, karena …", "Keep, because …";
    BECAUSE_HELP = "Misalnya: plano sudah dibawa; semua angka tetap terbaca.", "For example: the plano is gone; every figure can be read all the same.";
    KEEP = "Simpan foto ini", "Keep this photo";
    RECORDED = "{} tersimpan · sidik {}", "{} is stored · digest {}";
    WAITS = "{}: ada pertanyaan, lihat di bawah", "{}: there is a question, see below";
    REFUSED = "{} tidak dapat diambil: {}", "{} could not be taken: {}";
    ZOOM_TITLE = "Lihat foto", "Look at the photo";
    BACK = "Kembali", "Back";
    TYPE = "Ketik angka dengan foto di samping", "Type the figures beside the photo";
    NOT_HERE = "Foto belum sampai di laptop. Periksa sambungan, lalu pilih lagi.", "The photo has not reached the laptop. Check the connection, then choose it again.";
    PROGRESS = "Mengunggah", "Uploading";
}
