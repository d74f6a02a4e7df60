//! What an operator says at central.

use plano::central::{Answer, Central, Refusal, Submission};
use plano::clock::Timestamp;
use plano::digest::Digest;
use plano::form::Page;
use plano::protocol::annotation::{Filing, Moved, Remark, Zero};
use plano::protocol::ids::StationId;
use plano::protocol::state::Shows;

use super::deliveries::moment;
use super::operator::siti;

/// A moment of the night, `minute` after it began.
pub(crate) fn night(minute: u32) -> Timestamp {
    moment(700 + minute)
}

/// Siti says something.
pub(crate) fn say(central: &mut Central, remark: Remark, minute: u32) -> Result<Answer, Refusal> {
    central.submit_one(Submission::Remark { by: siti(), remark: Box::new(remark) }, night(minute))
}

/// A page of a form of a station.
pub(crate) fn page(station: StationId, contest: &str, number: u8) -> Filing {
    Filing { station, shows: Shows::Page { contest: contest.into(), page: Page::new(number).expect("a page") } }
}

/// A photo that is filed at one page belongs to another.
pub(crate) fn moved(photo: &[u8], from: &Filing, to: &Filing) -> Remark {
    let (photo, note) = (Digest::of(photo), format!("foto {}", to.station));
    Remark::Moved(Moved { photo, from: from.clone(), to: to.clone(), note })
}

/// Nothing has been received.
pub(crate) fn zero(stations: u64) -> Remark {
    Remark::Zero(Zero { log_size: 0, stations })
}
