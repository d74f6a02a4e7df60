//! Names of places and people: region codes, stations, officers' slots, positions in a chain.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a text names no region, station or officer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not a Kemendagri region code.
    #[error("{0:?} is not a region code; write 2, 4, 6 or 10 digits, such as 35.74.03.1001 or 3574031001")]
    Region(String),
    /// Not a station.
    #[error("{0:?} is not a TPS; write kelurahan and number, such as 35.74.03.1001-001 or 3574031001001")]
    Station(String),
    /// Not an officer's slot.
    #[error("{0:?} is not an officer; write p1 or p2")]
    Slot(String),
}

/// The four tiers above a TPS, by the digits of their Kemendagri code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 2 digits.
    Provinsi,
    /// 4 digits: kabupaten or kota.
    Kota,
    /// 6 digits.
    Kecamatan,
    /// 10 digits: kelurahan or desa.
    Kelurahan,
}

impl Level {
    /// All four, from above.
    pub const ALL: [Self; 4] = [Self::Provinsi, Self::Kota, Self::Kecamatan, Self::Kelurahan];

    /// The word in files: `provinsi`, `kota`, `kecamatan`, `kelurahan`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Provinsi => "provinsi",
            Self::Kota => "kota",
            Self::Kecamatan => "kecamatan",
            Self::Kelurahan => "kelurahan",
        }
    }

    const fn digits(self) -> u32 {
        match self {
            Self::Provinsi => 2,
            Self::Kota => 4,
            Self::Kecamatan => 6,
            Self::Kelurahan => 10,
        }
    }
}

/// A region by its Kemendagri code; read with or without dots, written with them (`35.74.03.1001`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region {
    // The digits of a kelurahan code, padded with zeros on the right: a region sorts before all that it holds.
    padded: u64,
    level: Level,
}

impl Region {
    /// Which tier this is.
    #[must_use]
    pub const fn level(self) -> Level {
        self.level
    }

    /// The region of `level` that holds this one, or this one itself; `None` when `level` is below it.
    #[must_use]
    pub fn up_to(self, level: Level) -> Option<Self> {
        (level <= self.level).then(|| {
            let unit = 10_u64.pow(10 - level.digits());
            Self { padded: self.padded / unit * unit, level }
        })
    }

    /// Whether `other` is this region or lies in it.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        other.up_to(self.level) == Some(self)
    }

    /// The code as KPU writes it, digits only.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:010}", self.padded)[..self.level.digits() as usize].to_owned()
    }
}

/// The digits of a code written plainly or with dots between the tiers; `None` when it is neither.
fn plain_digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| *c != '.').collect();
    let level = Level::ALL.into_iter().find(|level| level.digits() as usize == digits.len())?;
    let number = digits.chars().all(|c| c.is_ascii_digit()).then(|| digits.parse::<u64>().ok())??;
    let region = Region { padded: number * 10_u64.pow(10 - level.digits()), level };
    (text == digits || text == region.to_string()).then_some(digits)
}

impl FromStr for Region {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bad = || IdError::Region(text.to_owned());
        let digits = plain_digits(text).ok_or_else(bad)?;
        let level = match digits.len() {
            2 => Level::Provinsi,
            4 => Level::Kota,
            6 => Level::Kecamatan,
            _ => Level::Kelurahan,
        };
        let number: u64 = digits.parse().map_err(|_| bad())?;
        // No province has a code below 11; a zero there is a spreadsheet that lost or padded digits.
        if digits.starts_with('0') {
            return Err(bad());
        }
        Ok(Self { padded: number * 10_u64.pow(10 - level.digits()), level })
    }
}

impl fmt::Display for Region {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        let cuts = [0, 2, 4, 6, 10];
        for pair in cuts.windows(2).filter(|pair| pair[1] <= digits.len()) {
            let dot = if pair[0] == 0 { "" } else { "." };
            write!(out, "{dot}{}", &digits[pair[0]..pair[1]])?;
        }
        Ok(())
    }
}

/// A polling station (TPS): its kelurahan and its number there, 1 to 999; written `35.74.03.1001-001`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StationId {
    kelurahan: Region,
    tps: u16,
}

impl StationId {
    /// The TPS `tps` of `kelurahan`, when that is a kelurahan and the number is 1 to 999.
    #[must_use]
    pub fn new(kelurahan: Region, tps: u16) -> Option<Self> {
        (kelurahan.level == Level::Kelurahan && (1..=999).contains(&tps)).then_some(Self { kelurahan, tps })
    }

    /// The kelurahan or desa it stands in.
    #[must_use]
    pub const fn kelurahan(self) -> Region {
        self.kelurahan
    }

    /// The region of `level` it stands in.
    #[must_use]
    pub fn region(self, level: Level) -> Region {
        self.kelurahan.up_to(level).unwrap_or(self.kelurahan)
    }

    /// Its number in the kelurahan, 1 to 999.
    #[must_use]
    pub const fn tps(self) -> u16 {
        self.tps
    }

    /// The 13 digits that KPU writes, `3574031001001`.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{}{:03}", self.kelurahan.digits(), self.tps)
    }
}

impl FromStr for StationId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bad = || IdError::Station(text.to_owned());
        let (kelurahan, tps) = match text.split_once('-') {
            Some(parts) => parts,
            None if text.len() == 13 && text.is_ascii() => text.split_at(10),
            None => return Err(bad()),
        };
        if tps.len() != 3 || !tps.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(bad());
        }
        let kelurahan: Region = kelurahan.parse().map_err(|_| bad())?;
        tps.parse().ok().and_then(|tps| Self::new(kelurahan, tps)).ok_or_else(bad)
    }
}

impl fmt::Display for StationId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{:03}", self.kelurahan, self.tps)
    }
}

/// One of the two officers of a station who record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// The first officer.
    P1,
    /// The second officer.
    P2,
}

impl Slot {
    /// Both officers, in order.
    pub const BOTH: [Self; 2] = [Self::P1, Self::P2];

    /// The colleague.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::P1 => Self::P2,
            Self::P2 => Self::P1,
        }
    }

    /// The name under which this officer of `station` signs: `35.74.03.1001-001/p1`.
    #[must_use]
    pub fn key_name(self, station: StationId) -> String {
        format!("{station}/{self}")
    }
}

impl FromStr for Slot {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text {
            "p1" => Ok(Self::P1),
            "p2" => Ok(Self::P2),
            _ => Err(IdError::Slot(text.to_owned())),
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::P1 => "p1",
            Self::P2 => "p2",
        })
    }
}

/// Position of an entry in its station's chain; the first is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Seq(u64);

impl Seq {
    /// The position of the first entry.
    pub const FIRST: Self = Self(1);

    /// The position `number`, when it is at least 1.
    #[must_use]
    pub const fn new(number: u64) -> Option<Self> {
        if number == 0 { None } else { Some(Self(number)) }
    }

    /// The plain number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The next position.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl TryFrom<u64> for Seq {
    type Error = &'static str;

    fn try_from(number: u64) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("positions in a chain start at 1")
    }
}

impl From<Seq> for u64 {
    fn from(seq: Seq) -> Self {
        seq.0
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, out)
    }
}

/// Gives a type that is written as text the conversions that serde's `try_from`/`into` ask for.
macro_rules! as_text {
    ($($kind:ty),*) => {$(
        impl TryFrom<String> for $kind {
            type Error = <$kind as FromStr>::Err;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$kind> for String {
            fn from(value: $kind) -> Self {
                value.to_string()
            }
        }

        impl fmt::Debug for $kind {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, out)
            }
        }
    )*};
}

as_text!(Region, StationId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_code_styles_of_kpu_name_the_same_station() {
        let dotted: StationId = "35.74.03.1001-001".parse().expect("dotted");
        assert_eq!("3574031001001".parse(), Ok(dotted));
        assert_eq!((dotted.to_string(), dotted.digits()), ("35.74.03.1001-001".into(), "3574031001001".into()));
        assert_eq!(dotted.region(Level::Kecamatan).to_string(), "35.74.03");
        assert_eq!(dotted.region(Level::Kota).digits(), "3574");
    }

    #[test]
    fn what_is_not_a_code_is_refused() {
        for bad in ["", "35.74.03.1001", "35.74.03.1001-000", "35.74.03.1001-1", "35.74.03.1001-1000", "357403100100a"]
        {
            assert!(bad.parse::<StationId>().is_err(), "{bad}");
        }
        for bad in ["", "3", "357", "35-74", "3.574", "35.7403", "05.74", "35.74.03.1", "35.74.03.10010", "３５"] {
            assert!(bad.parse::<Region>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_region_holds_what_lies_in_it() {
        let [kota, kecamatan, elsewhere] = ["35.74", "3574.03", "35.75.03"].map(str::parse::<Region>);
        assert!(kecamatan.is_err(), "dots stand between all tiers or nowhere");
        let (kota, kecamatan) = (kota.expect("kota"), "35.74.03".parse::<Region>().expect("kecamatan"));
        assert!(kota.holds(kecamatan) && kota.holds(kota) && !kecamatan.holds(kota));
        assert!(!kota.holds(elsewhere.expect("elsewhere")));
        assert!(kota < kecamatan, "a region sorts before what it holds");
    }
}
