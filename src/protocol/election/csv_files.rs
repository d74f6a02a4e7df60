//! The four CSV files that an election file is put together from, read with a fault for every line that is wrong.
//!
//! `election.csv` (`field,value`) · `contests.csv` (`contest,number,name`) · `regions.csv` (`code,name`) ·
//! `stations.csv` (`station,dpt_l,dpt_p`). Codes may be written in either of KPU's styles. RFC 4180, UTF-8.

use std::collections::BTreeMap;
use std::fmt;

use super::plan::{Contest, Mode, Named, Plan, Station, Title};
use super::{ElectionFault, Region, StationId};

/// The texts of the four files.
#[derive(Debug, Clone, Copy)]
pub struct CsvFiles<'a> {
    /// `election.csv`
    pub election: &'a str,
    /// `contests.csv`
    pub contests: &'a str,
    /// `regions.csv`
    pub regions: &'a str,
    /// `stations.csv`
    pub stations: &'a str,
}

/// One thing that is wrong with the CSV files: where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvFault {
    /// Name of the file.
    pub file: &'static str,
    /// Line in it, from 1; 0 when the fault is about the whole.
    pub line: u64,
    /// Column name; empty when the fault is about the whole line.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub text: String,
}

impl fmt::Display for CsvFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.file)?;
        if self.line > 0 {
            write!(out, ", line {}", self.line)?;
        }
        if !self.field.is_empty() {
            write!(out, ", {}", self.field)?;
        }
        write!(out, ": {}", self.text)
    }
}

/// Reads the four files into a plan without faults.
///
/// # Errors
/// Everything that is wrong, in the order of files and lines.
pub fn read(files: &CsvFiles<'_>) -> Result<Plan, Vec<CsvFault>> {
    let mut faults = Vec::new();
    let head = rows("election.csv", files.election, ["field", "value", ""], &mut faults);
    let contests = rows("contests.csv", files.contests, ["contest", "number", "name"], &mut faults);
    let regions = rows("regions.csv", files.regions, ["code", "name", ""], &mut faults);
    let stations = rows("stations.csv", files.stations, ["station", "dpt_l", "dpt_p"], &mut faults);

    let mut plan = read_head(&head, &mut faults);
    plan.contests = read_contests(&contests, &mut faults);
    plan.regions = regions.iter().filter_map(|row| read_region(row, &mut faults)).collect();
    plan.regions.sort_by_key(|named| named.code);
    plan.stations = stations.iter().filter_map(|row| read_station(row, &mut faults)).collect();
    plan.stations.sort_by_key(|station| station.id);
    if faults.is_empty() {
        faults.extend(plan.faults().iter().map(place));
    }
    if faults.is_empty() { Ok(plan) } else { Err(faults) }
}

/// One line of a file.
struct Row {
    file: &'static str,
    line: u64,
    columns: [&'static str; 3],
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", |cell| cell.trim())
    }

    fn fault(&self, index: usize, text: impl fmt::Display) -> CsvFault {
        CsvFault { file: self.file, line: self.line, field: self.columns[index], text: text.to_string() }
    }

    /// The cell as a `T`, or a fault that says why not.
    fn parse<T: std::str::FromStr>(&self, index: usize, hint: &str, faults: &mut Vec<CsvFault>) -> Option<T> {
        let parsed = self.cell(index).parse().ok();
        if parsed.is_none() {
            faults.push(self.fault(index, format_args!("{:?} cannot be read; {hint}", self.cell(index))));
        }
        parsed
    }
}

fn rows(file: &'static str, text: &str, columns: [&'static str; 3], faults: &mut Vec<CsvFault>) -> Vec<Row> {
    let wanted: Vec<&str> = columns.iter().copied().filter(|name| !name.is_empty()).collect();
    // Excel puts a byte order mark in front of UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let whole = |line, text| CsvFault { file, line, field: "", text };
    match reader.headers() {
        Ok(found) if found.iter().map(str::trim).eq(wanted.iter().copied()) => {}
        _ => {
            faults.push(whole(1, format!("the first line has to be {:?}", wanted.join(","))));
            return Vec::new();
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let line = record.as_ref().map_or(0, |record| record.position().map_or(0, csv::Position::line));
        match record {
            Ok(record) if record.len() == wanted.len() => {
                rows.push(Row { file, line, columns, cells: record.iter().map(str::to_owned).collect() });
            }
            Ok(record) => faults.push(whole(line, format!("has {} fields instead of {}", record.len(), wanted.len()))),
            Err(error) => faults.push(whole(line, format!("is not CSV in UTF-8: {error}"))),
        }
    }
    rows
}

/// Names of the fields of `election.csv`.
const HEAD_FIELDS: [&str; 6] = ["id", "name", "mode", "date", "utc_offset", "form"];

fn read_head(rows: &[Row], faults: &mut Vec<CsvFault>) -> Plan {
    let mut values: BTreeMap<&str, &Row> = BTreeMap::new();
    for row in rows {
        if !HEAD_FIELDS.contains(&row.cell(0)) {
            faults.push(row.fault(0, format_args!("{:?} is none of {}", row.cell(0), HEAD_FIELDS.join(", "))));
        } else if values.insert(row.cell(0), row).is_some() {
            faults.push(row.fault(0, format_args!("{:?} stands twice; leave one", row.cell(0))));
        }
    }
    for missing in HEAD_FIELDS.into_iter().filter(|field| !values.contains_key(field)) {
        let text = format!("the line {missing:?} is missing; add it");
        faults.push(CsvFault { file: "election.csv", line: 0, field: "field", text });
    }
    let text = |field| values.get(field).map_or("", |row| row.cell(1));
    let mode = match (text("mode"), values.get("mode")) {
        ("live", _) => Mode::Live,
        ("drill", _) | (_, None) => Mode::Drill,
        (other, Some(row)) => {
            faults.push(row.fault(1, format_args!("{other:?} is neither drill nor live")));
            Mode::Drill
        }
    };
    let utc_offset = values.get("utc_offset").and_then(|row| row.parse(1, "write 7, 8 or 9", faults)).unwrap_or(7);
    let [id, name, date, form] = ["id", "name", "date", "form"].map(text);
    Plan::new(&Title { id, name, mode, date, utc_offset, form })
}

fn read_contests(rows: &[Row], faults: &mut Vec<CsvFault>) -> Vec<Contest> {
    let mut contests: Vec<Contest> = Vec::new();
    for row in rows {
        let Some(number) = row.parse::<usize>(1, "write the number of the pair, 1, 2, 3 …", faults) else { continue };
        if contests.last().is_none_or(|contest| contest.id != row.cell(0)) {
            contests.push(Contest { id: row.cell(0).to_owned(), pairs: Vec::new() });
        }
        let Some(contest) = contests.last_mut() else { continue };
        if number != contest.pairs.len() + 1 {
            let next = contest.pairs.len() + 1;
            faults.push(row.fault(1, format_args!("pair {number} stands where pair {next} should; sort by number")));
        }
        contest.pairs.push(row.cell(2).to_owned());
    }
    contests
}

fn read_region(row: &Row, faults: &mut Vec<CsvFault>) -> Option<Named> {
    let code = row.cell(0).parse::<Region>().map_err(|error| faults.push(row.fault(0, error))).ok()?;
    if row.cell(1).is_empty() {
        faults.push(row.fault(1, "the region has no name; write it"));
    }
    Some(Named { code, name: row.cell(1).to_owned() })
}

fn read_station(row: &Row, faults: &mut Vec<CsvFault>) -> Option<Station> {
    let id = row.cell(0).parse::<StationId>().map_err(|error| faults.push(row.fault(0, error))).ok();
    let hint = "write a whole number of voters, 0 to 999";
    let [dpt_l, dpt_p] = [1, 2].map(|index| row.parse::<u16>(index, hint, faults));
    Some(Station { id: id?, dpt_l: dpt_l?, dpt_p: dpt_p? })
}

/// Says in which file a fault of the whole plan is to be mended.
fn place(fault: &ElectionFault) -> CsvFault {
    let file = match fault {
        ElectionFault::Id(_) | ElectionFault::Date(_) | ElectionFault::Zone(_) => "election.csv",
        ElectionFault::NoContests
        | ElectionFault::Contest { .. }
        | ElectionFault::ContestTwice(_)
        | ElectionFault::PairName { .. } => "contests.csv",
        ElectionFault::NoStations | ElectionFault::StationOrder { .. } | ElectionFault::Dpt { .. } => "stations.csv",
        ElectionFault::RegionOrder { .. } | ElectionFault::Unnamed(_) => "regions.csv",
    };
    CsvFault { file, line: 0, field: "", text: fault.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: CsvFiles<'_> = CsvFiles {
        election: "field,value\nid,coba\nname,Coba\nmode,drill\ndate,2024-11-27\nutc_offset,7\nform,kwk-2024\n",
        contests: "contest,number,name\nwalikota,1,Pasangan Calon 1\nwalikota,2,Pasangan Calon 2\n",
        regions: "code,name\n35,Jawa Timur\n3574,Kota Probolinggo\n357403,Mayangan\n35.74.03.1001,Mayangan\n",
        stations: "station,dpt_l,dpt_p\n3574031001002,270,277\n35.74.03.1001-001,271,276\n",
    };

    fn faults(files: &CsvFiles<'_>) -> Vec<String> {
        read(files).expect_err("has faults").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn both_code_styles_are_read_and_sorted() {
        let plan = read(&GOOD).expect("sound");
        let ids: Vec<_> = plan.stations.iter().map(|station| station.id.to_string()).collect();
        assert_eq!(ids, ["35.74.03.1001-001", "35.74.03.1001-002"]);
        assert!(plan.faults().is_empty());
    }

    #[test]
    fn every_fault_names_its_line_and_field() {
        let stations = "station,dpt_l,dpt_p\n3574031001002,270\n35.74.03.1001-1,2,3\n3574031001003,-1,x\n";
        assert_eq!(
            faults(&CsvFiles { stations, ..GOOD }),
            [
                "stations.csv, line 2: has 2 fields instead of 3",
                "stations.csv, line 3, station: \"35.74.03.1001-1\" is not a TPS; write kelurahan and number, such as \
                 35.74.03.1001-001 or 3574031001001",
                "stations.csv, line 4, dpt_l: \"-1\" cannot be read; write a whole number of voters, 0 to 999",
                "stations.csv, line 4, dpt_p: \"x\" cannot be read; write a whole number of voters, 0 to 999",
            ]
        );
    }

    #[test]
    fn faults_of_the_whole_name_the_file() {
        let cases: [(CsvFiles<'_>, &str); 6] = [
            (CsvFiles { stations: "a,b\n", ..GOOD }, "stations.csv, line 1: the first line has to be"),
            (CsvFiles { stations: "station,dpt_l,dpt_p\n", ..GOOD }, "stations.csv: stations: there is none"),
            (CsvFiles { regions: "code,name\n35,Jawa Timur\n", ..GOOD }, "regions.csv: region 35.74 holds stations"),
            (
                CsvFiles { contests: "contest,number,name\nwalikota,2,B\n", ..GOOD },
                "contests.csv, line 2, number: pair 2",
            ),
            (CsvFiles { contests: "contest,number,name\ncamat,1,B\n", ..GOOD }, "contests.csv: contest \"camat\""),
            (CsvFiles { election: "field,value\nid,x\n", ..GOOD }, "election.csv, field: the line \"name\" is missing"),
        ];
        for (files, start) in cases {
            let found = faults(&files);
            assert!(found[0].starts_with(start), "{start}: {found:?}");
        }
    }
}
