//! Words of the page for other papers.

words! {
    TITLE = "Berkas lain", "Other papers";
    HELP = "Foto daftar hadir, catatan kejadian khusus atau keberatan saksi, dan salinan. Boleh beberapa foto.", "Photograph the attendance lists, the record of incidents or objections, and the copies. Several photos are fine.";
    DAFTAR_HADIR = "C.Daftar Hadir", "C.Daftar Hadir (attendance)";
    KEJADIAN_KHUSUS = "C.Kejadian Khusus dan/atau Keberatan Saksi", "C.Kejadian Khusus (incidents and objections)";
    SALINAN = "C.Hasil Salinan", "C.Hasil Salinan (copies)";
    COUNT = "{} foto", "{} photos";
    INCIDENT = "Catat kejadian khusus dengan kata-kata", "Write an incident down";
    INCIDENT_HELP = "Tanpa nama orang, tanpa NIK, tanpa nomor telepon.", "No names of people, no identity or telephone numbers.";
    INCIDENT_TEXT = "Apa yang terjadi", "What happened";
    INCIDENT_SAVE = "Catat", "Write down";
    INCIDENTS = "Yang sudah dicatat", "Written down so far";
}
