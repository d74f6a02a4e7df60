//! Words of the overview.

words! {
    TITLE = "Ringkasan operator", "Operators' overview";
    PROGRESS = "Kemajuan", "Progress";
    OPENED = "TPS yang sudah dibuka", "TPS that have opened";
    REPORTED = "Hasil {} diterima", "Results of {} received";
    OF = "{} dari {}", "{} of {}";
    WHO = "Siapa yang belum melapor", "Who has not reported";
    WAITS = "Menunggu Anda", "Waiting for you";
    OPEN = "Temuan yang belum dilihat", "Findings not looked at";
    AT_LEAST = "{} dari temuan terbaru; ada yang lebih lama", "{} of the newest; there are older ones";
    ALARMS = "Alarm riwayat ganda", "Alarms about second histories";
    STUCK = "TPS dengan kiriman yang belum lengkap", "TPS whose delivery is not complete";
    FIND = "Buka satu TPS", "Open one TPS";
    STATION = "Nomor TPS", "Number of the TPS";
    GO = "Buka", "Open";
    ZERO = "Keadaan nol", "Zero state";
    ZERO_HELP = "Sebelum TPS pertama mengirim, catat bahwa log masih kosong. Pernyataan itu ditandatangani pusat dan menjadi isi pertama log, sehingga siapa pun dapat membuktikannya.", "Before the first TPS delivers, record that the log is empty. Central signs the statement, and it becomes the first leaf of the log, so that anybody can prove it.";
    ZERO_RECORD = "Catat keadaan nol", "Record the zero state";
    ZERO_DONE = "Dicatat {} oleh {}: log kosong, {} TPS terdaftar.", "Recorded {} by {}: the log was empty, {} TPS take part.";
    ZERO_DIGEST = "Sidik pernyataan", "Digest of the statement";
    ZERO_LATE = "Tidak dicatat sebelum kiriman pertama; sekarang tidak dapat lagi.", "It was not recorded before the first delivery, and cannot be any more.";
}
