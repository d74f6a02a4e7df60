//! Numbers, days and months in Indonesian words, as they are written on the form.

use time::{Date, Month, Weekday};

const UNITS: [&str; 10] = ["NOL", "SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN"];

/// `number` in words (*terbilang*), in capitals: 123 → "SERATUS DUA PULUH TIGA"; right up to 9999, so that years fit.
#[must_use]
pub fn number(number: u16) -> String {
    if number == 0 {
        return UNITS[0].to_owned();
    }
    let mut words = Vec::new();
    group(&mut words, number / 1000, "SERIBU", "RIBU");
    group(&mut words, number / 100 % 10, "SERATUS", "RATUS");
    below_hundred(&mut words, number % 100);
    words.join(" ")
}

/// `count` of a power of ten; a single one has its own word.
fn group(words: &mut Vec<&'static str>, count: u16, single: &'static str, many: &'static str) {
    match count {
        0 => {}
        1 => words.push(single),
        _ => words.extend([unit(count), many]),
    }
}

fn below_hundred(words: &mut Vec<&'static str>, rest: u16) {
    match rest {
        0 => {}
        1..=9 => words.push(unit(rest)),
        10 => words.push("SEPULUH"),
        11 => words.push("SEBELAS"),
        12..=19 => words.extend([unit(rest - 10), "BELAS"]),
        _ => {
            words.extend([unit(rest / 10), "PULUH"]);
            below_hundred(words, rest % 10);
        }
    }
}

fn unit(digit: u16) -> &'static str {
    UNITS[usize::from(digit % 10)]
}

/// The day of the week, in capitals.
#[must_use]
pub const fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "SENIN",
        Weekday::Tuesday => "SELASA",
        Weekday::Wednesday => "RABU",
        Weekday::Thursday => "KAMIS",
        Weekday::Friday => "JUMAT",
        Weekday::Saturday => "SABTU",
        Weekday::Sunday => "MINGGU",
    }
}

/// The month, in capitals.
#[must_use]
pub const fn month(date: Date) -> &'static str {
    match date.month() {
        Month::January => "JANUARI",
        Month::February => "FEBRUARI",
        Month::March => "MARET",
        Month::April => "APRIL",
        Month::May => "MEI",
        Month::June => "JUNI",
        Month::July => "JULI",
        Month::August => "AGUSTUS",
        Month::September => "SEPTEMBER",
        Month::October => "OKTOBER",
        Month::November => "NOVEMBER",
        Month::December => "DESEMBER",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_officials_write_them() {
        for (given, words) in [
            (0, "NOL"),
            (1, "SATU"),
            (10, "SEPULUH"),
            (11, "SEBELAS"),
            (12, "DUA BELAS"),
            (19, "SEMBILAN BELAS"),
            (20, "DUA PULUH"),
            (21, "DUA PULUH SATU"),
            (100, "SERATUS"),
            (101, "SERATUS SATU"),
            (111, "SERATUS SEBELAS"),
            (123, "SERATUS DUA PULUH TIGA"),
            (210, "DUA RATUS SEPULUH"),
            (615, "ENAM RATUS LIMA BELAS"),
            (999, "SEMBILAN RATUS SEMBILAN PULUH SEMBILAN"),
            (1000, "SERIBU"),
            (2024, "DUA RIBU DUA PULUH EMPAT"),
        ] {
            assert_eq!(number(given), words);
        }
    }

    #[test]
    fn every_number_of_three_digits_reads_back() {
        for given in 0..=999 {
            assert_eq!(read(&number(given)), given, "{}", number(given));
        }
    }

    /// Reads words by adding and multiplying, another way round than they are made.
    fn read(words: &str) -> u16 {
        let (mut sum, mut held) = (0, 0);
        for word in words.split(' ') {
            match word {
                "SEPULUH" => sum += 10,
                "SEBELAS" => sum += 11,
                "SERATUS" => sum += 100,
                "BELAS" => (sum, held) = (sum + held + 10, 0),
                "PULUH" => (sum, held) = (sum + held * 10, 0),
                "RATUS" => (sum, held) = (sum + held * 100, 0),
                unit => {
                    held = UNITS
                        .iter()
                        .position(|name| *name == unit)
                        .and_then(|at| u16::try_from(at).ok())
                        .unwrap_or_else(|| panic!("no number word: {unit}"));
                }
            }
        }
        sum + held
    }

    #[test]
    fn days_and_months_have_names() {
        let date = Date::from_calendar_date(2024, Month::November, 27).expect("a date");
        assert_eq!((weekday(date), month(date)), ("RABU", "NOVEMBER"));
    }
}
