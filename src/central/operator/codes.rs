//! Enrolment codes on paper: one A4 sheet a TPS, both officers, cut in two. Each code is shown this once.

use std::time::Duration;

use askama::Template;
use axum::response::Response;

use super::progress::in_kelurahan;
use super::trouble::Trouble;
use super::visit::{Shell, Visit};
use super::words::{codes as say, desk};
use crate::central::enrol::IssuedCode;
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::words;
use crate::clock::Timestamp;
use crate::protocol::annotation::OperatorName;
use crate::protocol::ids::{Level, Region, Slot, StationId};
use crate::qr;
use crate::session::fields::Fields;

/// For how long a code works.
const VALID: Duration = Duration::from_hours(14 * 24);

#[derive(Template)]
#[template(path = "operator/codes.html")]
struct Page {
    frame: Frame,
    shell: Shell,
    sheets: Vec<Sheet>,
}

/// The sheet of one TPS.
struct Sheet {
    station: StationId,
    place: String,
    halves: Vec<Half>,
}

/// One officer's half.
struct Half {
    slot: Slot,
    code: String,
    drawn: String,
    expires: Timestamp,
    /// Whether the officer is enrolled already: the code makes a new key then.
    anew: bool,
}

impl Half {
    /// What the officer types on the station's laptop.
    fn command(&self) -> String {
        let anew = if self.anew { " --forgotten-pin" } else { "" };
        format!("plano station enrol --as {} --code {}{anew}", self.slot, self.code)
    }
}

/// Whose codes.
#[derive(Debug, Clone, Copy)]
enum Whose {
    /// Everybody of a kelurahan who is not enrolled.
    Kelurahan(Region),
    /// One officer, enrolled or not.
    Officer(StationId, Slot),
}

/// `POST /operator/codes`.
pub(super) async fn issue(visit: Visit, fields: Fields) -> Response {
    let issued = match (read(&fields), visit.who()) {
        (Ok(whose), Ok(by)) => issued(&visit, whose, by).await,
        (Err(trouble), _) | (_, Err(trouble)) => Err(trouble),
    };
    match issued {
        Ok((codes, anew)) => {
            visit.page(move |_, frame, shell| Ok(Page { sheets: sheets(&frame, &codes, anew), frame, shell })).await
        }
        Err(trouble) => visit.trouble(&trouble),
    }
}

/// The codes, and whether they are for somebody who is enrolled already.
async fn issued(visit: &Visit, whose: Whose, by: OperatorName) -> Result<(Vec<IssuedCode>, bool), Trouble> {
    let now = visit.now();
    let work = move |central: &mut Central| {
        let officers = officers(central, whose, now)?;
        let anew = match whose {
            Whose::Kelurahan(_) => false,
            Whose::Officer(station, slot) => {
                central.enrolled(station, now)?.iter().any(|known| known.slot == slot && known.accredited.is_some())
            }
        };
        Ok((central.issue_codes_for(by, officers, VALID, now, &mut rand::rng())?, anew))
    };
    visit.office.desk.work(work).await?
}

fn read(fields: &Fields) -> Result<Whose, Trouble> {
    if fields.has("region") {
        let region = fields.get("region").parse::<Region>().ok().filter(|region| region.level() == Level::Kelurahan);
        return region.map(Whose::Kelurahan).ok_or(Trouble::NoSuchPage);
    }
    let station = fields.get("station").parse().map_err(|_| Trouble::NoSuchPage)?;
    let slot = fields.get("slot").parse().map_err(|_| Trouble::NoSuchPage)?;
    Ok(Whose::Officer(station, slot))
}

fn officers(central: &Central, whose: Whose, now: Timestamp) -> Result<Vec<(StationId, Slot)>, Trouble> {
    let region = match whose {
        Whose::Officer(station, slot) => {
            central.election().station(station).ok_or(Trouble::NoSuchPage)?;
            return Ok(vec![(station, slot)]);
        }
        Whose::Kelurahan(region) => region,
    };
    let mut meant = Vec::new();
    for station in in_kelurahan(central.election(), region) {
        let officers = central.enrolled(station, now)?.into_iter().filter(|officer| officer.accredited.is_none());
        meant.extend(officers.map(|officer| (station, officer.slot)));
    }
    Ok(meant)
}

/// One sheet a TPS, in the order of the codes.
fn sheets(frame: &Frame, codes: &[IssuedCode], anew: bool) -> Vec<Sheet> {
    let half = |issued: &IssuedCode| {
        let code = issued.code.to_string();
        let label = frame.with(say::QR, &[&issued.slot, &issued.station]);
        Half {
            slot: issued.slot,
            drawn: qr::svg(&code, &label).unwrap_or_default(),
            code,
            expires: issued.expires,
            anew,
        }
    };
    let of_one = codes.chunk_by(|one, other| one.station == other.station);
    of_one
        .filter_map(|of_one| {
            let station = of_one.first()?.station;
            let place = [Level::Kelurahan, Level::Kecamatan, Level::Kota]
                .map(|level| frame.election.name(station.region(level)).unwrap_or_default())
                .join(" · ");
            Some(Sheet { station, place, halves: of_one.iter().map(half).collect() })
        })
        .collect()
}
