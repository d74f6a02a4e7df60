//! The arithmetic of the form as one table.

use super::code::Code;
use super::example::Example;
use super::law::Law::{
    AsRegistered, AtMost, ColumnsAdd, Contested, Equal, InvalidShare, Reserve, SameOnOtherForm, TimesInOrder,
    WithinLimit,
};
use super::law::Term::{At, Here, Pairs};
use super::place::Column::{self, J, L, Only, P};
use super::rule::Rule;
use super::text::Text;

/// For rules evaluated for men, women and both together.
const LPJ: &[Column] = &[L, P, J];

/// What a sum that does not come out is told as.
const NOT_THE_SUM: Text = Text::new(
    "{boxes} tertulis {left}, sedangkan {others} berjumlah {right}.",
    "{boxes} says {left}, while {others} add up to {right}.",
);

/// What two numbers that should be the same are told as.
const NOT_THE_SAME: Text = Text::new(
    "{boxes} tertulis {left}, sedangkan {others} tertulis {right}; keduanya harus sama.",
    "{boxes} says {left}, while {others} says {right}; the two must be the same.",
);

/// What a number above its limit is told as.
const TOO_MANY: Text = Text::new(
    "{boxes} tertulis {left}, lebih dari {others} yang tertulis {right}.",
    "{boxes} says {left}, more than {others}, which says {right}.",
);

const COLUMNS_ADD: Text = Text::new(
    "Jumlah (J) adalah laki-laki (L) ditambah perempuan (P).",
    "The total (J) is men (L) and women (P) together.",
);

/// Every rule, by code. Officials have no tolerance: sums must be equal, and a difference is settled at the kecamatan.
pub static RULES: &[Rule] = &[
    columns_add("E101", "dpt", [&[("dpt.J", 553)], &[("dpt.L", 271), ("dpt.P", 281)]]),
    columns_add("E102", "users_dpt", [&[("users_dpt.J", 461)], &[("users_dpt.L", 222), ("users_dpt.P", 238)]]),
    columns_add("E103", "users_dptb", [&[("users_dptb.J", 6)], &[("users_dptb.L", 5), ("users_dptb.P", 0)]]),
    columns_add("E104", "users_dpk", [&[("users_dpk.J", 9)], &[("users_dpk.L", 10), ("users_dpk.P", 0)]]),
    columns_add("E105", "users_total", [&[("users_total.J", 474)], &[("users_total.L", 227), ("users_total.P", 248)]]),
    columns_add("E106", "disabled", [&[("disabled.J", 6)], &[("disabled.L", 5), ("disabled.P", 0)]]),
    Rule {
        code: Code::literal("E111"),
        law: Equal { whole: Here("users_total"), parts: &[Here("users_dpt"), Here("users_dptb"), Here("users_dpk")] },
        columns: LPJ,
        message: NOT_THE_SUM,
        why: Text::new(
            "Setiap pengguna hak pilih tercatat di satu daftar: DPT, DPTb atau DPK.",
            "Everyone who voted is on one of the lists: DPT, DPTb or DPK.",
        ),
        fires: Example::boxes(&[("users_total.L", 229)]),
        silent: Example::boxes(&[("users_dpt.L", 220), ("users_dptb.L", 4)]),
    },
    Rule {
        code: Code::literal("E112"),
        law: AtMost { part: Here("users_dpt"), limit: Here("dpt") },
        columns: LPJ,
        message: TOO_MANY,
        why: Text::new(
            "Pemilih DPT yang datang tidak mungkin lebih banyak daripada yang terdaftar di DPT.",
            "No more voters of the DPT can have voted than the DPT holds.",
        ),
        fires: Example::boxes(&[("users_dpt.L", 273)]),
        silent: Example::boxes(&[("users_dpt.L", 272)]),
    },
    Rule {
        code: Code::literal("E113"),
        law: AtMost { part: Here("disabled"), limit: Here("users_total") },
        columns: LPJ,
        message: TOO_MANY,
        why: Text::new(
            "Pemilih disabilitas di bagian III sudah termasuk pengguna hak pilih di bagian I.",
            "The voters of section III are among those of section I who voted.",
        ),
        fires: Example::boxes(&[("disabled.P", 248)]),
        silent: Example::boxes(&[("disabled.P", 247)]),
    },
    Rule {
        code: Code::literal("E201"),
        law: Equal {
            whole: At("ballots_received", Only),
            parts: &[At("ballots_used", Only), At("ballots_returned", Only), At("ballots_unused", Only)],
        },
        columns: &[],
        message: NOT_THE_SUM,
        why: Text::new(
            "Setiap surat suara yang diterima digunakan, dikembalikan, atau tidak digunakan.",
            "Every ballot received was used, returned or left unused.",
        ),
        fires: Example::boxes(&[("ballots_unused", 88)]),
        silent: Example::boxes(&[("ballots_returned", 3), ("ballots_unused", 88)]),
    },
    Rule {
        code: Code::literal("E202"),
        law: Equal { whole: At("ballots_used", Only), parts: &[At("users_total", J)] },
        columns: &[],
        message: NOT_THE_SAME,
        why: Text::new("Setiap pengguna hak pilih memakai satu surat suara.", "Everyone who voted used one ballot."),
        fires: Example::boxes(&[("ballots_used", 474)]),
        silent: Example::boxes(&[("ballots_used", 474), ("users_total.J", 474)]),
    },
    Rule {
        code: Code::literal("E301"),
        law: Equal { whole: At("valid", Only), parts: &[Pairs("votes")] },
        columns: &[],
        message: NOT_THE_SUM,
        why: Text::new(
            "Suara sah adalah jumlah perolehan suara semua pasangan calon.",
            "The valid votes are the votes of all pairs together.",
        ),
        fires: Example::boxes(&[("votes.2", 155)]),
        silent: Example::boxes(&[("votes.1", 179), ("votes.2", 155)]),
    },
    Rule {
        code: Code::literal("E302"),
        law: Equal { whole: At("total", Only), parts: &[At("valid", Only), At("invalid", Only)] },
        columns: &[],
        message: NOT_THE_SUM,
        why: Text::new("Setiap suara sah atau tidak sah.", "Every vote is valid or invalid."),
        fires: Example::boxes(&[("invalid", 13)]),
        silent: Example::boxes(&[("valid", 462), ("invalid", 13)]),
    },
    Rule {
        code: Code::literal("E303"),
        law: Equal { whole: At("total", Only), parts: &[At("users_total", J)] },
        columns: &[],
        message: NOT_THE_SAME,
        why: Text::new(
            "Suara yang dihitung sebanyak pengguna hak pilih.",
            "As many votes are counted as people voted.",
        ),
        fires: Example::boxes(&[("total", 476)]),
        silent: Example::boxes(&[("total", 476), ("users_total.J", 476)]),
    },
    Rule {
        code: Code::literal("E304"),
        law: Equal { whole: At("total", Only), parts: &[At("ballots_used", Only)] },
        columns: &[],
        message: NOT_THE_SAME,
        why: Text::new(
            "Suara yang dihitung sebanyak surat suara yang digunakan.",
            "As many votes are counted as ballots were used.",
        ),
        fires: Example::boxes(&[("total", 474)]),
        silent: Example::boxes(&[("total", 474), ("ballots_used", 474)]),
    },
    Rule {
        code: Code::literal("E305"),
        law: AtMost { part: At("users_total", J), limit: At("ballots_received", Only) },
        columns: &[],
        message: TOO_MANY,
        why: Text::new(
            "Pemilih DPTb dan DPK dilayani selama surat suara masih ada; surat suara diterima adalah batas tertinggi.",
            "Voters of DPTb and DPK are served while ballots last; the ballots received are the hard ceiling.",
        ),
        fires: Example::boxes(&[("ballots_received", 474)]),
        silent: Example::boxes(&[("ballots_received", 475)]),
    },
    Rule {
        code: Code::literal("W401"),
        law: Reserve { received: At("ballots_received", Only), registered: At("dpt", J) },
        columns: &[],
        message: Text::new(
            "{boxes} tertulis {left}; menurut {others} ditambah cadangan {reserve} % seharusnya {right}.",
            "{boxes} says {left}; by {others} and the reserve of {reserve} % it should be {right}.",
        ),
        why: Text::new(
            "Surat suara dikirim sebanyak DPT ditambah cadangan, dibulatkan ke atas.",
            "Ballots are delivered for the DPT and the reserve, rounded up.",
        ),
        fires: Example::boxes(&[("ballots_received", 565)]),
        silent: Example::boxes(&[("dpt.J", 560), ("ballots_received", 574)]),
    },
    Rule {
        code: Code::literal("W402"),
        law: WithinLimit(At("dpt", J)),
        columns: &[],
        message: Text::new(
            "{boxes} tertulis {left}; satu TPS dirancang untuk paling banyak {right} pemilih.",
            "{boxes} says {left}; a TPS is planned for at most {right} voters.",
        ),
        why: Text::new(
            "DPT disusun dengan batas ini; bukan batas mutlak bagi pengguna hak pilih.",
            "The DPT is drawn up within this limit; it is no hard limit for those who vote.",
        ),
        fires: Example::boxes(&[("dpt.J", 601)]),
        silent: Example::boxes(&[("dpt.J", 600)]),
    },
    Rule {
        code: Code::literal("W403"),
        law: AsRegistered("dpt"),
        columns: LPJ,
        message: Text::new(
            "{boxes} tertulis {left}; menurut data pemilihan, TPS ini memiliki {right}.",
            "{boxes} says {left}; by the election file this TPS has {right}.",
        ),
        why: Text::new("DPT ditetapkan sebelum hari pemungutan suara.", "The DPT is fixed before polling day."),
        fires: Example { registered: (272, 281), ..Example::SOUND },
        silent: Example { registered: (273, 280), ..Example::boxes(&[("dpt.L", 273), ("dpt.J", 553)]) },
    },
    Rule {
        code: Code::literal("W404"),
        law: SameOnOtherForm(&["dpt", "users_dpt", "users_dpk"]),
        columns: LPJ,
        message: Text::new(
            "{first} berbeda antara kedua formulir TPS ini: di sini {left}, di formulir lain {right}{also}.",
            "{first} differs between the two forms of this TPS: {left} here, {right} on the other{also}.",
        ),
        why: Text::new(
            "Pemilih DPT dan DPK menerima surat suara kedua pemilihan; pemilih DPTb mungkin hanya satu.",
            "Voters of DPT and DPK take part in both contests; those of DPTb perhaps in one only.",
        ),
        fires: Example { other: &[("dpt.L", 273)], ..Example::SOUND },
        silent: Example { other: &[("users_dptb.L", 2)], ..Example::SOUND },
    },
    Rule {
        code: Code::literal("W405"),
        law: TimesInOrder,
        columns: &[],
        message: Text::new(
            "{boxes} tertulis {left}, tidak sesuai urutan waktu dengan {others} {right}.",
            "{boxes} says {left}, out of order with {others}, {right}.",
        ),
        why: Text::new(
            "Pemungutan suara tidak dimulai sebelum TPS dibuka, dan penghitungan mengikuti pemungutan suara.",
            "Voting does not begin before the TPS opens, and counting follows voting.",
        ),
        fires: Example::times(&[("voting_from", "06:59")]),
        silent: Example::times(&[("counting_from", "13:00")]),
    },
    Rule {
        code: Code::literal("I501"),
        law: Contested { votes: Pairs("votes"), valid: At("valid", Only) },
        columns: &[],
        message: Text::new(
            "{first} tertulis {left}, sedangkan {others} tertulis {right}: nol suara, atau semua suara sah{also}.",
            "{first} says {left}, while {others} says {right}: no vote, or all valid votes{also}.",
        ),
        why: Text::new("Sah, tetapi jarang dan sering ditanyakan.", "Lawful, but rare and often asked about."),
        fires: Example::boxes(&[("votes.1", 307), ("votes.3", 0)]),
        silent: Example::boxes(&[("votes.1", 306), ("votes.3", 1)]),
    },
    Rule {
        code: Code::literal("I502"),
        law: InvalidShare { invalid: At("invalid", Only), total: At("total", Only), per_cent: 3, many: 200 },
        columns: &[],
        message: Text::new(
            "{boxes} tertulis {left}, sedangkan {others} tertulis {right}: bagian suara tidak sah di luar yang biasa.",
            "{boxes} says {left}, while {others} says {right}: an unusual share of invalid votes.",
        ),
        why: Text::new(
            "Suara tidak sah biasanya ada, tetapi kurang dari 3 %.",
            "Some votes are usually invalid, but less than 3 %.",
        ),
        fires: Example::boxes(&[("votes.1", 179), ("valid", 460), ("invalid", 15)]),
        silent: Example::boxes(&[("votes.1", 181), ("valid", 462), ("invalid", 13)]),
    },
];

/// J = L + P for one row.
const fn columns_add(
    code: &'static str,
    row: &'static str,
    [fires, silent]: [&'static [(&'static str, u16)]; 2],
) -> Rule {
    Rule {
        code: Code::literal(code),
        law: ColumnsAdd(row),
        columns: &[],
        message: NOT_THE_SUM,
        why: COLUMNS_ADD,
        fires: Example::boxes(fires),
        silent: Example::boxes(silent),
    }
}

#[cfg(test)]
mod tests {
    use super::super::code::Severity;
    use super::super::law::Law;
    use super::super::sheet::Form;
    use super::super::spec::FormSpec;
    use super::super::text::Lang;
    use super::*;

    #[test]
    fn codes_are_in_order_and_begin_with_their_severity() {
        assert!(RULES.is_sorted_by_key(|rule| (rule.severity(), rule.code)));
        assert!(RULES.windows(2).all(|pair| pair[0].code != pair[1].code));
        for rule in RULES {
            assert_eq!(rule.code.letter(), rule.severity().letter(), "{}", rule.code);
        }
        assert_eq!(RULES.iter().filter(|rule| rule.severity() == Severity::Error).count(), 16);
    }

    #[test]
    fn every_rule_finds_its_boxes_in_every_version_and_contest() {
        for spec in FormSpec::all() {
            for contest in spec.contests {
                let form = Form::new(spec.version, contest.id, 2).expect("a form");
                for rule in RULES {
                    for column in rule.each_column() {
                        for term in terms(&rule.law) {
                            let found = term.cells(&form, column).count();
                            let expected = if matches!(term, Pairs(_)) { 2 } else { 1 };
                            assert_eq!(found, expected, "{} {} {term:?}", spec.version, rule.code);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn formulas_leave_no_box_unnamed() {
        for spec in FormSpec::all() {
            for rule in RULES {
                for lang in Lang::ALL {
                    let formula = rule.law.formula(spec, lang);
                    let named = formula.chars().all(|letter| letter != '_') && !formula.is_empty();
                    assert!(named, "{} {formula}", rule.code);
                }
            }
        }
    }

    /// Every term of a law.
    fn terms(law: &Law) -> Vec<super::super::law::Term> {
        match *law {
            ColumnsAdd(row) => vec![At(row, L), At(row, P), At(row, J)],
            Equal { whole, parts } => parts.iter().copied().chain([whole]).collect(),
            AtMost { part, limit } => vec![part, limit],
            Reserve { received, registered } => vec![received, registered],
            WithinLimit(of) => vec![of],
            AsRegistered(row) => vec![Here(row)],
            SameOnOtherForm(rows) => rows.iter().map(|row| Here(row)).collect(),
            TimesInOrder => vec![],
            Contested { votes, valid } => vec![votes, valid],
            InvalidShare { invalid, total, .. } => vec![invalid, total],
        }
    }
}
