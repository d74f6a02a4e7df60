//! Every text of the page, in Indonesian and English: one file for each page, nothing in the templates.
//!
//! In scope: words that only the page says; `{}` marks the place of a value.
//! Not here: labels of boxes (`form`), what the recorder says when it refuses (`recorder`).

/// Makes a constant of each text, and the list of all of them for the test that looks for missing ones.
macro_rules! words {
    ($($name:ident = $id:literal, $en:literal;)*) => {
        $(pub(in crate::web) const $name: crate::form::Text = crate::form::Text::new($id, $en);)*
        #[cfg(test)]
        pub(in crate::web) const ALL: &[(&str, crate::form::Text)] = &[$((stringify!($name), $name)),*];
    };
}

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
        for (file, words) in FILES {
            for (name, text) in words {
                assert!(!text.id.trim().is_empty() && !text.en.trim().is_empty(), "{file}::{name} is missing");
                let places = |text: &str| text.matches("{}").count();
                assert_eq!(places(text.id), places(text.en), "{file}::{name}: other places in the two languages");
            }
        }
    }
}
