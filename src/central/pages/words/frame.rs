//! Words around every page of central.

words! {
    PRODUCT = "Plano", "Plano";
    CENTRAL = "Pusat", "Central";
    SKIP = "Langsung ke isi", "Skip to the content";
    DRILL = "LATIHAN — bukan hari pemungutan suara", "DRILL — not polling day";
    LANGUAGE = "Bahasa", "Language";
    INDONESIAN = "Indonesia", "Indonesia";
    ENGLISH = "English", "English";
    WHERE = "Anda di sini", "You are here";
    AS_OF = "Keadaan {} · {} catatan dalam log", "As of {} · {} records in the log";
    AS_OF_EMPTY = "Log masih kosong: belum ada yang diterima", "The log is empty: nothing was received yet";
    FOOT = "{} · Plano {}", "{} · Plano {}";
    NOT_OFFICIAL = "Hasil resmi adalah rekapitulasi berjenjang dengan formulir asli. Halaman ini menunjukkan apa yang ditulis dan disegel di TPS.", "The official result is the recapitulation in tiers from the original forms. This page shows what was written and sealed at the TPS.";
}
