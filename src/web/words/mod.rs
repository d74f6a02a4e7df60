//! Every text of the page, in Indonesian and English: one file for each page, nothing in the templates.
//!
//! In scope: words that only the page says; `{}` marks the place of a value.
//! Not here: labels of boxes (`form`), what the recorder says when it refuses (`recorder`).

pub(in crate::web) mod copy;
pub(in crate::web) mod delivery;
pub(in crate::web) mod differences;
pub(in crate::web) mod frame;
pub(in crate::web) mod home;
pub(in crate::web) mod join;
pub(in crate::web) mod login;
pub(in crate::web) mod papers;
pub(in crate::web) mod photos;
pub(in crate::web) mod read;
pub(in crate::web) mod seal;
pub(in crate::web) mod trouble;

#[cfg(test)]
mod tests {
    /// Every file of words.
    const FILES: &[(&str, &[(&str, crate::form::Text)])] = &[
        ("differences", super::differences::ALL),
        ("copy", super::copy::ALL),
        ("delivery", super::delivery::ALL),
        ("join", super::join::ALL),
        ("papers", super::papers::ALL),
        ("photos", super::photos::ALL),
        ("frame", super::frame::ALL),
        ("home", super::home::ALL),
        ("login", super::login::ALL),
        ("read", super::read::ALL),
        ("seal", super::seal::ALL),
        ("trouble", super::trouble::ALL),
    ];

    #[test]
    fn every_text_is_there_in_both_languages_with_the_same_places() {
        crate::html::check(FILES);
    }

    #[test]
    fn no_template_holds_a_text_of_its_own() {
        let (found, seen) = crate::html::texts_in("src/web/templates");
        assert!(found.is_empty() && seen > 5, "{found:?} belong into the catalogue");
    }
}
