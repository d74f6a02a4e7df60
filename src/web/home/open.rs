//! Opening the station in the morning: the zero state, signed by the officer who is there.

use crate::web::answer::{Answer, go};
use crate::web::visit::Visit;

/// Opens the station; nothing happens when it is open already.
pub(in crate::web) async fn open(visit: Visit) -> Answer {
    let (officer, now) = (visit.officer()?, visit.now());
    visit.work(move |station| Ok(station.open_day(&officer, now)?)).await?;
    Ok(go("/?done=open"))
}
