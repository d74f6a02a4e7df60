//! Every text of central's pages, in Indonesian and English: one file for each page, nothing in the templates.
//!
//! In scope: words that only these pages say.
//! Not here: labels of boxes and rules (`form`), names of places and pairs (the election file).

pub(in crate::central) mod against;
pub(in crate::central) mod check;
pub(in crate::central) mod frame;
pub(in crate::central) mod home;
pub(in crate::central) mod place;
pub(in crate::central) mod region;
pub(in crate::central) mod tps;
pub(in crate::central) mod trouble;

#[cfg(test)]
mod tests {
    #[test]
    fn every_text_is_there_in_both_languages_with_the_same_places() {
        crate::html::check(&[
            ("against", super::against::ALL),
            ("check", super::check::ALL),
            ("frame", super::frame::ALL),
            ("home", super::home::ALL),
            ("place", super::place::ALL),
            ("region", super::region::ALL),
            ("tps", super::tps::ALL),
            ("trouble", super::trouble::ALL),
        ]);
    }

    #[test]
    fn no_template_holds_a_text_of_its_own() {
        let (found, seen) = crate::html::texts_in("src/central/templates/pages");
        assert!(found.is_empty() && seen > 2, "{found:?} belong into the catalogue");
    }
}
