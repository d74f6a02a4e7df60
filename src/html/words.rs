//! The catalogue of a page's texts: the macro that makes one, and the tests that every catalogue passes.

/// Makes a constant of each text, and the list of all of them for the test that looks for missing ones.
///
/// `{}` marks the place of a value.
macro_rules! words {
    ($($name:ident = $id:literal, $en:literal;)*) => {
        $(pub(crate) const $name: crate::form::Text = crate::form::Text::new($id, $en);)*
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, crate::form::Text)] = &[$((stringify!($name), $name)),*];
    };
}

/// A file of words: its name, and the name and text of each.
#[cfg(test)]
pub(crate) type Words<'a> = (&'a str, &'a [(&'a str, crate::form::Text)]);

/// Fails unless every text is there in both languages, with as many places for values in each.
#[cfg(test)]
pub(crate) fn check(files: &[Words<'_>]) {
    for (file, words) in files {
        for (name, text) in *words {
            assert!(!text.id.trim().is_empty() && !text.en.trim().is_empty(), "{file}::{name} is missing");
            let places = |text: &str| text.matches("{}").count();
            assert_eq!(places(text.id), places(text.en), "{file}::{name}: other places in the two languages");
        }
    }
}

/// Words that stand in the templates of a folder instead of in a catalogue, each with its file; and how many templates there are.
#[cfg(test)]
pub(crate) fn texts_in(folder: &str) -> (Vec<String>, usize) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (mut found, mut seen) = (Vec::new(), 0);
    for file in std::fs::read_dir(folder).expect("templates") {
        let path = file.expect("a file").path();
        let text = bare(&std::fs::read_to_string(&path).expect("reads"));
        // An attribute may stand in a block of its own, for a tag of the template that is extended.
        let words = text.split_whitespace().filter(|word| !word.starts_with("data-"));
        let words = words.filter(|word| word.chars().any(char::is_alphabetic));
        found.extend(words.map(|word| format!("{}: {word}", path.display())));
        seen += 1;
    }
    (found, seen)
}

/// What is left of a template without tags, placeholders and comments.
#[cfg(test)]
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

#[cfg(test)]
mod tests {
    #[test]
    fn tags_and_placeholders_are_no_texts() {
        assert_eq!(super::bare("<p class=\"{% if a > b %}x{% endif %}\">Halo {{ name }}</p>").trim(), "Halo");
    }
}
