//! Words of the page of faults.

words! {
    TITLE = "Gangguan untuk gladi", "Faults for rehearsals";
    LEAD = "Semua gangguan terjadi di antara pusat dan pengirim; pusat sendiri tetap jujur. Setiap perubahan dicatat di jurnal.", "All faults happen between central and the sender; central itself stays honest. Every change is written down in the journal.";
    NONE = "Tidak ada gangguan yang berlaku.", "No faults are in force.";
    IN_FORCE = "Aturan yang berlaku", "Rules in force";
    RULE = "Aturan", "Rule";
    ACTION = "Tindakan", "Action";
    FIRED = "Kena", "Struck";
    SEEN = "Dari", "Of";
    OFF = "Akhiri semua gangguan", "End all faults";
    SCRIPT = "Naskah (TOML)", "Script (TOML)";
    ON = "Berlakukan naskah ini", "Put this script in force";
}
