//! Delivering out of the satchel: one item after the other, each with an answer of its own.

use super::satchel::{Consignment, SatchelError};
use crate::protocol::receipt::{Item, What};
use crate::sync::answer::{Answer, Later};
use crate::sync::backoff;
use crate::sync::believe::believe;
use crate::sync::event::Events;
use crate::sync::pace::Pace;
use crate::sync::progress::Progress;
use crate::sync::trouble::{Reach, Trouble};
use crate::sync::uplink::{Body, Shipment, Uplink, Upload};

/// What became of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Central has signed for it, now or before.
    Received,
    /// Central lacks earlier entries, as a rule those of another part; it goes again when they have come.
    Early,
    /// Central will not take these bytes.
    Refused(String),
    /// Not now: the network, or central.
    Later(Later),
}

/// One item and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Which.
    pub item: Item,
    /// Its fate.
    pub fate: Fate,
}

/// Sends everything that has no receipt yet, and keeps every receipt. A bad link is tried `tries` times for each item;
/// when that is used up, the rest is left for another time.
///
/// # Errors
/// [`SatchelError`] when the satchel cannot be read or written.
pub async fn deliver(
    consignment: &Consignment,
    uplink: &impl Uplink,
    pace: &impl Pace,
    tries: u32,
) -> Result<Vec<Delivered>, SatchelError> {
    let mut told = Vec::new();
    let mut down: Option<Later> = None;
    let mut gap = false;
    for (item, receipted) in consignment.items()? {
        let fate = match (&down, item.what) {
            _ if receipted => Fate::Received,
            (Some(later), _) => Fate::Later(later.clone()),
            (None, What::Entry(_)) if gap => Fate::Early,
            (None, _) => send(consignment, &item, uplink, (pace, tries)).await?,
        };
        gap |= fate == Fate::Early && matches!(item.what, What::Entry(_));
        if let Fate::Later(later) = &fate
            && later.trouble.reach() != Reach::Item
        {
            down = Some(later.clone());
        }
        told.push(Delivered { item, fate });
    }
    Ok(told)
}

/// Sends one item until there is an answer that lasts. A photo that broke off goes on where central has it, as
/// long as this call lasts.
async fn send(
    consignment: &Consignment,
    item: &Item,
    uplink: &impl Uplink,
    (pace, tries): (&impl Pace, u32),
) -> Result<Fate, SatchelError> {
    let (mut failures, mut begun) = (0, None);
    loop {
        failures += 1;
        let mut told = None;
        let body = match item.what {
            What::Entry(seq) => Body::Entry(consignment.entry(seq, &item.digest)?),
            What::Photo(_) => {
                let (file, bytes) = consignment.photos().open_file(&item.digest)?;
                let (mut upload, addresses) = Upload::new(file, bytes);
                upload.begun.clone_from(&begun);
                told = Some(addresses);
                Body::Photo(upload)
            }
        };
        let progress = Progress::new(*item, Events::default());
        let answer = uplink.put(Shipment { item: *item, body }, progress).await;
        while let Some(address) = told.as_mut().and_then(|told| told.try_recv().ok()) {
            begun = Some(address);
        }
        match believe(answer, item, &consignment.label().key) {
            Answer::Stored(receipt) => {
                consignment.receipted(item, &receipt)?;
                return Ok(Fate::Received);
            }
            Answer::Gap { .. } => return Ok(Fate::Early),
            Answer::Refused { reason } => return Ok(Fate::Refused(reason)),
            Answer::Diverged { .. } => {
                return Ok(Fate::Refused("central holds another history of this station".into()));
            }
            Answer::Later(later) if later.trouble == Trouble::Unnamed => return Ok(Fate::Early),
            Answer::Later(later) if failures >= tries => return Ok(Fate::Later(later)),
            Answer::Later(later) => pace.sleep(backoff::delay(failures, later.retry_after, u64::MAX / 2)).await,
        }
    }
}
