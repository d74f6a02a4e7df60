//! Practice sheets with invented figures that add up.

use plano::form::{CellId, Count, Counts, Form, Head, TimeOfDay};
use plano::paper::{Place, Sheet};
use time::{Date, Month};

/// A sheet of `version` for `contest` on which every pair has the votes given, and everything else adds up to them.
pub(crate) fn sheet(version: &str, contest: &str, votes: &[u16], tps: u16) -> Sheet {
    let pairs = u8::try_from(votes.len()).expect("few pairs");
    let form = Form::new(version, contest, pairs).expect("a form");
    let place = Place {
        provinsi: "Jawa Timur".to_owned(),
        kota: "Kota Probolinggo".to_owned(),
        kecamatan: "Kanigaran".to_owned(),
        kelurahan: "Tisnonegaran".to_owned(),
        tps,
    };
    let date = Date::from_calendar_date(2024, Month::November, 27).expect("a date");
    let names = Sheet::placeholder_names(pairs);
    Sheet::new(counts(&form, votes), head(), place, date, names).expect("a name for each pair")
}

fn head() -> Head {
    let time = |hour, minute| TimeOfDay::new(hour, minute).expect("a time");
    Head {
        voting_from: time(7, 0),
        voting_to: time(13, 0),
        counting_from: time(13, 20),
        counting_to: time(15, 42),
        same_day: true,
    }
}

fn counts(form: &Form, votes: &[u16]) -> Counts {
    let valid = votes.iter().sum::<u16>().min(999);
    let invalid = (valid / 23).min(999 - valid);
    let total = valid + invalid;
    let of = |id: &str| match id {
        "dpt.L" => total / 2 + 9,
        "dpt.P" => total - total / 2 + 4,
        "dpt.J" => total + 13,
        "users_dpt.L" | "users_total.L" => total / 2,
        "users_dpt.P" | "users_total.P" => total - total / 2,
        "users_dpt.J" | "users_total.J" | "ballots_used" | "total" => total,
        "ballots_received" => total + 26,
        "ballots_unused" => 25,
        "disabled.L" => 2,
        "ballots_returned" | "disabled.P" => 1,
        "disabled.J" => 3,
        "valid" => valid,
        "invalid" => invalid,
        _ => 0,
    };
    let values = form.cells().iter().map(|cell| {
        let value = match cell.pair() {
            Some(pair) => votes[usize::from(pair) - 1],
            None => of(cell.id().as_str()),
        };
        (cell.id().clone(), Count::new(value.min(999)).expect("three digits"))
    });
    let values: Vec<(CellId, Count)> = values.collect();
    Counts::from_values(form, values).expect("every box once")
}
