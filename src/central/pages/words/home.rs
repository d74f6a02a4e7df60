//! Words of the front page.

words! {
    TITLE = "Hasil dari TPS: {}", "Results from the polling stations: {}";
    WHAT = "Di setiap TPS dua petugas membaca sendiri-sendiri angka pada lembar C.HASIL, lalu menyegel hasilnya bersama. Di sini terlihat apa yang telah diterima pusat, dijumlahkan seperti tertulis, dengan foto lembarnya — dan cara memeriksanya tanpa mempercayai siapa pun.", "At every polling station two officers read the figures on the C.HASIL sheets, each alone, and then seal the result together. Here is what central has received, added up as written, with photos of the sheets — and how to check it without trusting anybody.";
    VOTING_DAY = "Hari pemungutan suara: {}", "Polling day: {}";
    NOT_STARTED = "Belum ada TPS yang melapor", "No polling station has reported yet";
    NOT_STARTED_HELP = "Log pusat ini masih kosong. Halaman ini terisi sejak TPS pertama menyegel hasilnya; muat ulang untuk melihatnya.", "The log of this central is empty. This page fills from the moment at which the first polling station seals a result; load it again to see.";
    NO_RESULTS = "TPS sudah mengirim catatan, tetapi belum ada hasil yang disegel.", "Polling stations have sent records, and no result is sealed yet.";
    PROGRESS = "Kemajuan", "Progress";
    OF_TPS = "dari {} TPS", "of {} TPS";
    FINDINGS = "{} TPS dengan temuan", "{} TPS with findings";
    NO_FINDINGS = "Tanpa temuan", "No findings";
    RECAP = "Lihat rekapitulasi", "See the recapitulation";
    MAP = "Peta kemajuan", "Map of progress";
    MAP_HELP = "Setiap petak satu wilayah. Angkanya: formulir yang sudah disegel dari semua formulir di wilayah itu.", "Each tile is one region. The numbers: forms sealed, of all forms in that region.";
    TILE = "{}/{}", "{}/{}";
    TILE_SPOKEN = "{} dari {} formulir disegel", "{} of {} forms sealed";
    TILE_FINDINGS = "{} dengan temuan", "{} with findings";
    LEGEND_NONE = "belum ada", "none yet";
    LEGEND_SOME = "sebagian", "some";
    LEGEND_ALL = "lengkap", "complete";
    LEGEND_FINDINGS = "ada temuan", "has findings";
    FINDINGS_SIGN = "!", "!";
    AS_TABLE = "Peta sebagai tabel", "The map as a table";
    REGION = "Wilayah", "Region";
    FORMS = "Formulir disegel", "Forms sealed";
    OF_ALL = "Dari", "Of";
    SHARE = "Bagian", "Share";
    WITH_FINDINGS = "Dengan temuan", "With findings";
    LOG = "Log yang dapat diperiksa siapa saja", "A log that anybody can check";
    LOG_HELP = "Setiap catatan dan foto yang diterima mendapat tempat dalam satu log yang hanya bertambah. Kepala log di bawah ini ditandatangani pusat; bila satu huruf di dalamnya diubah kemudian, sidik akarnya tidak cocok lagi.", "Every record and photo that is received gets a place in one log that only grows. Central signs the head of the log below; if one letter in it is changed later, the root hash does not fit any more.";
    SIZE = "Panjang log", "Size of the log";
    ROOT = "Sidik akar", "Root hash";
    TIME = "Catatan terakhir", "Last record";
    ORIGIN = "Nama log", "Name of the log";
    KEY = "Kunci publik pusat", "Central's public key";
    CHECKPOINT = "Kepala log bertanda tangan", "Signed head of the log";
    ELECTION_FILE = "Berkas pemilihan bertanda tangan", "Signed election file";
    JSON = "Rekapitulasi sebagai JSON", "Recapitulation as JSON";
    DIVERGED = "{} catatan bercabang disimpan berdampingan dan harus dilihat orang; lihat TPS yang bersangkutan.", "{} diverged records are kept beside each other and a person has to look; see the polling station concerned.";
}
