//! `ppwp-2024`: C.HASIL-PPWP of the presidential election of 14 February 2024, worded as its blank form.

use super::place::Page;
use super::spec::Columns::{LakiPerempuanJumlah, PerPair, Single};
use super::spec::{BoxSpec, ContestSpec, FormSpec, SectionSpec};
use super::text::Text;
use super::time_of_day::TimeOfDay;

/// The definition; everything that reads or draws the form follows it.
pub(super) static SPEC: FormSpec = FormSpec {
    version: "ppwp-2024",
    sections: SECTIONS,
    boxes: BOXES,
    reserve_per_mille: 20,
    dpt_limit: 300,
    opens: TimeOfDay::literal(7, 0),
    tags: [101, 102, 103],
    contests: CONTESTS,
};

const CONTESTS: &[ContestSpec] = &[ContestSpec {
    id: "presiden",
    model: "C.HASIL-PPWP",
    title: Text::new("Pemilu Presiden dan Wakil Presiden", "Election of the president and vice president"),
    pair_noun: Text::new("pasangan calon", "pair"),
}];

const SECTIONS: &[SectionSpec] = &[
    SectionSpec {
        number: "I",
        title: Text::new("DATA PEMILIH DAN PENGGUNA HAK PILIH", "Voters registered and voters who voted"),
    },
    SectionSpec { number: "II", title: Text::new("DATA PENGGUNAAN SURAT SUARA", "Use of the ballots") },
    SectionSpec { number: "III", title: Text::new("DATA PEMILIH DISABILITAS", "Voters with a disability") },
    SectionSpec {
        number: "IV",
        title: Text::new(
            "DATA RINCIAN PEROLEHAN SUARA PASANGAN CALON PRESIDEN DAN WAKIL PRESIDEN",
            "Votes of each pair of candidates",
        ),
    },
    SectionSpec { number: "V", title: Text::new("DATA SUARA SAH DAN TIDAK SAH", "Valid and invalid votes") },
];

const BOXES: &[BoxSpec] = &[
    BoxSpec {
        id: "dpt",
        number: "I.A",
        printed: "Jumlah Pemilih dalam Daftar Pemilih Tetap (DPT)",
        label: Text::new("Jumlah pemilih dalam DPT", "Registered voters"),
        columns: LakiPerempuanJumlah,
        page: Page::FIRST,
        section: "I",
    },
    BoxSpec {
        id: "users_dpt",
        number: "I.B.1",
        printed: "Jumlah pengguna hak pilih dalam Daftar Pemilih Tetap (DPT)",
        label: Text::new("Pengguna hak pilih dalam DPT", "Voted, on the fixed list"),
        columns: LakiPerempuanJumlah,
        page: Page::FIRST,
        section: "I",
    },
    BoxSpec {
        id: "users_dptb",
        number: "I.B.2",
        printed: "Jumlah pengguna hak pilih dalam Daftar Pemilih Tambahan (DPTb)",
        label: Text::new("Pengguna hak pilih dalam DPTb (pemilih pindahan)", "Voted, moved in"),
        columns: LakiPerempuanJumlah,
        page: Page::FIRST,
        section: "I",
    },
    BoxSpec {
        id: "users_dpk",
        number: "I.B.3",
        printed: "Jumlah pengguna hak pilih dalam Daftar Pemilih Khusus (DPK)",
        label: Text::new("Pengguna hak pilih dalam DPK (tidak terdaftar, KTP-el)", "Voted, unlisted"),
        columns: LakiPerempuanJumlah,
        page: Page::FIRST,
        section: "I",
    },
    BoxSpec {
        id: "users_total",
        number: "I.B.4",
        printed: "Jumlah Pengguna Hak Pilih (B.1 + B.2 + B.3)",
        label: Text::new("Jumlah pengguna hak pilih (1+2+3)", "Voted, all (1+2+3)"),
        columns: LakiPerempuanJumlah,
        page: Page::FIRST,
        section: "I",
    },
    BoxSpec {
        id: "ballots_received",
        number: "II.1",
        printed: "Jumlah surat suara yang diterima, termasuk surat suara cadangan 2% dari DPT",
        label: Text::new(
            "Surat suara diterima, termasuk cadangan 2 % dari DPT",
            "Ballots received, with the reserve of 2 % of the DPT",
        ),
        columns: Single,
        page: Page::FIRST,
        section: "II",
    },
    BoxSpec {
        id: "ballots_used",
        number: "II.2",
        printed: "Jumlah surat suara yang digunakan",
        label: Text::new("Surat suara digunakan", "Ballots used"),
        columns: Single,
        page: Page::FIRST,
        section: "II",
    },
    BoxSpec {
        id: "ballots_returned",
        number: "II.3",
        printed: "Jumlah surat suara yang dikembalikan oleh pemilih (karena rusak atau keliru coblos)",
        label: Text::new("Surat suara dikembalikan karena rusak / keliru coblos", "Ballots returned as spoilt"),
        columns: Single,
        page: Page::FIRST,
        section: "II",
    },
    BoxSpec {
        id: "ballots_unused",
        number: "II.4",
        printed: "Jumlah surat suara yang tidak digunakan/tidak terpakai, termasuk sisa surat suara cadangan",
        label: Text::new(
            "Surat suara tidak digunakan, termasuk sisa cadangan",
            "Ballots unused, with what is left of the reserve",
        ),
        columns: Single,
        page: Page::FIRST,
        section: "II",
    },
    BoxSpec {
        id: "disabled",
        number: "III",
        printed: "Jumlah seluruh Pemilih disabilitas yang menggunakan hak pilih",
        label: Text::new("Pemilih disabilitas yang menggunakan hak pilih", "Voters with a disability who voted"),
        columns: LakiPerempuanJumlah,
        page: Page::FIRST,
        section: "III",
    },
    BoxSpec {
        id: "votes",
        number: "IV",
        printed: "Jumlah Suara Sah",
        label: Text::new("Perolehan suara pasangan calon", "Votes for pair"),
        columns: PerPair,
        page: Page::SECOND,
        section: "IV",
    },
    BoxSpec {
        id: "valid",
        number: "V.A",
        printed: "Jumlah seluruh suara sah",
        label: Text::new("Jumlah seluruh suara sah", "Valid votes"),
        columns: Single,
        page: Page::THIRD,
        section: "V",
    },
    BoxSpec {
        id: "invalid",
        number: "V.B",
        printed: "Jumlah suara tidak sah",
        label: Text::new("Jumlah suara tidak sah", "Invalid votes"),
        columns: Single,
        page: Page::THIRD,
        section: "V",
    },
    BoxSpec {
        id: "total",
        number: "V.C",
        printed: "Jumlah seluruh suara sah dan suara tidak sah (A + B)",
        label: Text::new("Jumlah seluruh suara sah dan tidak sah (A+B)", "All votes (A+B)"),
        columns: Single,
        page: Page::THIRD,
        section: "V",
    },
];
