//! Words about checking a TPS with other tools.

words! {
    TITLE = "Periksa sendiri", "Check it yourself";
    HELP = "Jangan percaya halaman ini. Perintah di bawah mengambil berkas asli dan memeriksanya dengan alat yang bukan buatan kami; salin satu per satu ke terminal.", "Do not trust this page. The commands below fetch the original files and check them with tools that we did not make; copy them into a terminal one after the other.";
    ADDRESS = "alamat pusat ini, sampai sebelum garis miring pertama", "the address of this central, up to the first slash";
    FETCH = "1. Ambil semua catatan dan tanda terimanya", "1. Fetch every record and its receipt";
    FETCH_HELP = "Setiap catatan adalah teks yang dapat dibaca, dengan tanda tangan di bawahnya.", "Each record is a text that can be read, with its signatures below it.";
    DIGESTS = "2. Bandingkan sidik dengan halaman ini", "2. Compare the digests with this page";
    DIGESTS_HELP = "Setiap catatan menyebut sidik catatan sebelumnya, dan foto dinamai menurut sidiknya: satu huruf yang berubah terlihat.", "Each record names the digest of the one before, and a photo is named by its own: one changed letter shows.";
    SIGNATURES = "3. Periksa tanda tangan petugas dengan OpenSSL", "3. Check the officers' signatures with OpenSSL";
    SIGNATURES_HELP = "Kuncinya kunci petugas yang diakui pusat; pengakuannya ada di /v1/stations/…/accreditations.", "The keys are those of the officers whom central accredited; see /v1/stations/…/accreditations.";
    RECEIPT = "4. Buktikan bahwa catatan itu ada di dalam log", "4. Prove that the record is in the log";
    RECEIPT_HELP = "Bukti inklusi RFC 6962, dihitung dengan pustaka bawaan Python. Dengan Go: tlog.CheckRecord dari golang.org/x/mod/sumdb/tlog.", "An inclusion proof of RFC 6962, computed with Python's own library. With Go: tlog.CheckRecord of golang.org/x/mod/sumdb/tlog.";
    LOG_SIGNATURE = "5. Periksa tanda tangan pusat di bawah kepala log", "5. Check central's signature below the head of the log";
    LOG_SIGNATURE_HELP = "Bandingkan kunci ini dengan yang diumumkan di tempat lain. Dengan Go: note.Open dari golang.org/x/mod/sumdb/note.", "Compare this key with the one that was published elsewhere. With Go: note.Open of golang.org/x/mod/sumdb/note.";
    BUNDLE = "6. Semuanya sekaligus, bila Anda memegang berkas audit", "6. All of it at once, if you hold an audit bundle";
    BUNDLE_HELP = "Berkas audit dibuat dengan plano export, oleh TPS atau oleh pusat. Pemeriksanya bekerja tanpa jaringan dan dapat dibangun sendiri.", "A bundle is made by plano export, at the station or at central. The verifier works without a network and can be built alone.";
    PROOF = "Data bukti inklusi: catatan {}", "Data of the inclusion proof: record {}";
    LEAF = "Tempat dalam log", "Place in the log";
    SIZE = "Panjang log", "Size of the log";
    ROOT = "Sidik akar", "Root hash";
    NODES = "Simpul bukti, dari daun ke atas", "Nodes of the proof, from the leaf up";
}
