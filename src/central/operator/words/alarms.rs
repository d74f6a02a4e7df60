//! Words of the page of alarms.

words! {
    TITLE = "Alarm riwayat ganda", "Alarms about second histories";
    LEAD = "Petugas TPS ini menandatangani dua riwayat yang berbeda. Keduanya disimpan; tidak ada yang dibuang. Hubungi kedua petugas dan bandingkan dengan kertas.", "The officers of this TPS signed two different histories. Both are kept; nothing is thrown away. Call both officers and compare with the paper.";
    NONE = "Tidak ada alarm.", "There are no alarms.";
    CAME = "Catatan #{} lain, datang {}", "Another entry #{}, came {}";
    OTHER = "Sidik yang disisihkan", "Digest set aside";
    HELD = "Sidik yang dipegang", "Digest held";
    HELD_NONE = "belum ada", "none yet";
}
