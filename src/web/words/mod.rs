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
pub(in crate::web) mod enrol;
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
        ("enrol", super::enrol::ALL),
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
            for (name, text) in *words {
                assert!(!text.id.trim().is_empty() && !text.en.trim().is_empty(), "{file}::{name} is missing");
                let places = |text: &str| text.matches("{}").count();
                assert_eq!(places(text.id), places(text.en), "{file}::{name}: other places in the two languages");
            }
        }
    }

    /// What is left of a template without tags, placeholders and comments.
    fn bare(template: &str) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['<', '{']) {
            text.push_str(&rest[..at]);
            let close = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<", ">")];
            let close = close.iter().find(|(open, _)| rest[at..].starts_with(open)).map_or("", |(_, close)| close);
            // A placeholder inside a tag does not end the tag.
            let mut end = at + rest[at..].find(close).expect("closed") + close.len();
            while close == ">"
                && rest[at..end].matches("{%").count() + rest[at..end].matches("{{").count()
                    > rest[at..end].matches("%}").count() + rest[at..end].matches("}}").count()
            {
                end += rest[end..].find('>').expect("closed") + 1;
            }
            rest = &rest[end..];
        }
        text + rest
    }

    #[test]
    fn no_template_holds_a_text_of_its_own() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/templates");
        let mut seen = 0;
        for file in std::fs::read_dir(folder).expect("templates") {
            let path = file.expect("a file").path();
            let text = bare(&std::fs::read_to_string(&path).expect("reads"));
            let words: Vec<_> = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
            assert!(words.is_empty(), "{}: {words:?} belong into the catalogue", path.display());
            seen += 1;
        }
        assert!(seen > 5);
        assert_eq!(bare("<p class=\"{% if a > b %}x{% endif %}\">Halo {{ name }}</p>").trim(), "Halo");
    }
}
