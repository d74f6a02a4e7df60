//! Every text of the operators' pages, in Indonesian and English: one file for each page, nothing in the templates.
//!
//! In scope: words that only these pages say.
//! Not here: words around every page of central (`pages::words`), what a rule says (`form`).

pub(in crate::central) mod acts;
pub(in crate::central) mod alarms;
pub(in crate::central) mod codes;
pub(in crate::central) mod desk;
pub(in crate::central) mod faults;
pub(in crate::central) mod findings;
pub(in crate::central) mod journal;
pub(in crate::central) mod login;
pub(in crate::central) mod overview;
pub(in crate::central) mod progress;
pub(in crate::central) mod station;
pub(in crate::central) mod stuck;
pub(in crate::central) mod trouble;

use crate::form::Text;

/// What the page after an act says, by the word in its address.
pub(super) fn done(what: &str) -> Option<Text> {
    match what {
        "zero" => Some(desk::DONE_ZERO),
        "moved" => Some(desk::DONE_MOVED),
        "handled" => Some(desk::DONE_HANDLED),
        "faults-on" => Some(desk::DONE_FAULTS_ON),
        "faults-off" => Some(desk::DONE_FAULTS_OFF),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_text_is_there_in_both_languages_with_the_same_places() {
        crate::html::check(&[
            ("acts", super::acts::ALL),
            ("alarms", super::alarms::ALL),
            ("codes", super::codes::ALL),
            ("desk", super::desk::ALL),
            ("faults", super::faults::ALL),
            ("findings", super::findings::ALL),
            ("journal", super::journal::ALL),
            ("login", super::login::ALL),
            ("overview", super::overview::ALL),
            ("progress", super::progress::ALL),
            ("station", super::station::ALL),
            ("stuck", super::stuck::ALL),
            ("trouble", super::trouble::ALL),
        ]);
    }

    #[test]
    fn no_template_holds_a_text_of_its_own() {
        let (found, seen) = crate::html::texts_in("src/central/templates/operator");
        assert!(found.is_empty() && seen > 10, "{found:?} belong into the catalogue");
    }
}
