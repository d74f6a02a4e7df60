//! Both PINs: on one screen at once, or each on an own machine, one after the other.

use std::sync::Arc;

use crate::digest::Digest;
use crate::protocol::ids::Slot;
use crate::recorder::{Officer, Pin};
use crate::web::error::WebError;
use crate::web::fields::Fields;
use crate::web::visit::Visit;

/// Who has agreed.
pub(super) enum Agreed {
    /// Nobody entered a PIN.
    Nobody,
    /// One officer, whose consent now waits for the colleague's.
    One(Slot),
    /// Both.
    Both([Arc<Officer>; 2]),
}

/// The name of the field for an officer's PIN.
pub(super) fn field(slot: Slot) -> String {
    format!("pin_{slot}")
}

/// Tries the PINs that were entered, and adds the consent that waits. `texts` begin the names of the fields whose texts
/// are part of what is agreed to.
pub(super) async fn take(visit: &Visit, fields: &Fields, what: Digest, texts: &[&str]) -> Result<Agreed, WebError> {
    let now = visit.now();
    let typed = Slot::BOTH.map(|slot| fields.get(&field(slot)).to_owned());
    if typed.iter().all(String::is_empty) {
        return Ok(Agreed::Nobody);
    }
    let unlocked = visit.app.desk.door(move |station| {
        let unlock = |slot: Slot| {
            let text = &typed[slot as usize];
            (!text.is_empty()).then(|| station.unlock(slot, &Pin::typed(text.as_str()), now)).transpose()
        };
        Ok([unlock(Slot::P1)?, unlock(Slot::P2)?])
    });
    let [first, second] = unlocked.await?.map(|officer| officer.map(Arc::new));
    let consents = &visit.app.consents;
    let waiting = |slot| consents.of(what, slot, now);
    match (first.or_else(|| waiting(Slot::P1)), second.or_else(|| waiting(Slot::P2))) {
        (Some(first), Some(second)) => Ok(Agreed::Both([first, second])),
        (Some(one), None) | (None, Some(one)) => {
            let slot = one.slot();
            consents.give(what, &one, (&visit.path, fields.only(texts)), now);
            Ok(Agreed::One(slot))
        }
        (None, None) => Ok(Agreed::Nobody),
    }
}

/// The texts with which the colleague has agreed on this page already.
pub(super) fn texts(visit: &Visit) -> Fields {
    visit.app.consents.texts(&visit.path, visit.now())
}

/// Whose consent to this waits already.
pub(super) fn given(visit: &Visit, what: Digest) -> Option<Slot> {
    Slot::BOTH.into_iter().find(|slot| visit.app.consents.of(what, *slot, visit.now()).is_some())
}
