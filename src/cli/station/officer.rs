//! Which officer acts, and the PIN: typed without echo, or from the environment for scripts.

use crate::cli::failure::Failure;
use crate::cli::screen::Screen;
use crate::clock;
use crate::protocol::ids::Slot;
use crate::recorder::{Officer, Pin, Station};

use super::explain;

/// Reads what clap hands over as an officer.
pub(super) fn slot(text: &str) -> Result<Slot, String> {
    text.parse().map_err(|error: crate::protocol::ids::IdError| error.to_string())
}

/// The PIN of `slot`: from `PLANO_PIN_P1` or `PLANO_PIN_P2`, else asked for.
pub(super) fn pin_text(screen: Screen, slot: Slot, prompt: &str) -> Result<String, Failure> {
    let name = format!("PLANO_PIN_{}", slot.to_string().to_uppercase());
    if let Ok(pin) = std::env::var(&name) {
        return Ok(pin);
    }
    if !Screen::is_interactive() {
        let text = match screen.lang {
            crate::form::Lang::Id => {
                format!("PIN petugas {slot} diperlukan; isi variabel {name} atau jalankan di terminal")
            }
            crate::form::Lang::En => format!("the PIN of {slot} is needed; set {name} or run in a terminal"),
        };
        return Err(Failure::new(text));
    }
    rpassword::prompt_password(prompt).map_err(|error| Failure::caused("PIN", &error))
}

/// Unlocks the key of an officer.
pub(super) fn unlock(screen: Screen, station: &Station, slot: Slot) -> Result<Officer, Failure> {
    let pin = pin_text(screen, slot, &format!("PIN {slot}: "))?;
    station.unlock(slot, &Pin::typed(pin), clock::now()).map_err(explain(screen))
}

/// Unlocks the keys of both.
pub(super) fn unlock_both(screen: Screen, station: &Station) -> Result<[Officer; 2], Failure> {
    Ok([unlock(screen, station, Slot::P1)?, unlock(screen, station, Slot::P2)?])
}
