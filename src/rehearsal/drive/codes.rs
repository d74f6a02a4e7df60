//! The file of enrolment codes, as `plano central codes` writes it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::protocol::ids::{Slot, StationId};
use crate::rehearsal::DemoError;

/// The codes of the stations whose officers both have one, p1's first.
pub type Codes = BTreeMap<StationId, [String; 2]>;

#[derive(Deserialize)]
struct Row {
    station: StationId,
    officer: Slot,
    code: String,
}

/// Reads the file; a later code of an officer takes the place of an earlier one, columns beside these three are passed over.
///
/// # Errors
/// [`DemoError::Codes`] for a line that is not such a row.
pub fn read_codes(csv: &[u8]) -> Result<Codes, DemoError> {
    let mut codes = Codes::new();
    for row in csv::Reader::from_reader(csv).deserialize::<Row>() {
        let row = row.map_err(DemoError::Codes)?;
        codes.entry(row.station).or_default()[row.officer as usize] = row.code;
    }
    codes.retain(|_, both| both.iter().all(|code| !code.is_empty()));
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_stations_with_both_officers_take_part() {
        let file = "station,officer,code,expires\n35.74.03.1001-001,p1,AAAA,x\n35.74.03.1001-001,p2,BBBB,x\n\
                    35.74.03.1001-002,p2,CCCC,x\n";
        let codes = read_codes(file.as_bytes()).expect("reads");
        let one: StationId = "35.74.03.1001-001".parse().expect("a station");
        assert_eq!(codes, Codes::from([(one, ["AAAA".to_owned(), "BBBB".to_owned()])]));
        for bad in ["station,officer\n35.74.03.1001-001,p1\n", "station,officer,code\nx,p1,A\n"] {
            assert!(matches!(read_codes(bad.as_bytes()), Err(DemoError::Codes(_))), "{bad}");
        }
    }
}
