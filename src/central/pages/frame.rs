//! What every page of central shows around its content, and how words, numbers and addresses are written on it.

use std::borrow::Borrow;
use std::fmt::Display;

use super::assets;
use crate::clock::Timestamp;
use crate::form::{Lang, Percent, Text};
use crate::html::fill;
use crate::protocol::election::Election;
use crate::protocol::recap::AsOf;

/// Before every address in English; Indonesian addresses have nothing there.
pub(in crate::central) const ENGLISH: &str = "/en";

/// What every page shows around its content.
#[derive(Debug, Clone)]
pub(in crate::central) struct Frame {
    /// The language of the page.
    pub(in crate::central) lang: Lang,
    /// Path and query of this page, without the part that says the language.
    pub(in crate::central) path: String,
    /// Which election.
    pub(in crate::central) election: Election,
    /// How far the log had come; none while it is empty, and on a page that says that something is not there.
    pub(in crate::central) as_of: Option<AsOf>,
}

impl Frame {
    /// The frame of the page at `path` of a central of this election.
    pub(in crate::central) fn new(election: &Election, lang: Lang, path: &str) -> Self {
        Self { lang, path: path.to_owned(), election: election.clone(), as_of: None }
    }

    /// The same, with how far the log had come.
    pub(in crate::central) fn stamped(mut self, as_of: Option<AsOf>) -> Self {
        self.as_of = as_of;
        self
    }

    /// A text in the reader's language.
    pub(in crate::central) const fn w(&self, text: Text) -> &'static str {
        text.get(self.lang)
    }

    /// A text with values in the places of its `{}`, in their order.
    pub(in crate::central) fn with(&self, text: Text, values: &[&dyn Display]) -> String {
        fill(text.get(self.lang), values)
    }

    /// Whether this is practice.
    pub(in crate::central) fn drill(&self) -> bool {
        self.election.is_drill()
    }

    /// The address of a page in the language of this one; `path` begins with a slash.
    pub(in crate::central) fn to(&self, path: &str) -> String {
        address(self.lang, path)
    }

    /// The address of this page in another language.
    pub(in crate::central) fn in_language(&self, lang: Lang) -> String {
        address(lang, &self.path)
    }

    /// The address of an asset; changes with its bytes.
    #[expect(clippy::unused_self, reason = "templates name things through the frame only")]
    pub(in crate::central) fn asset(&self, name: &str) -> &'static str {
        assets::address(name)
    }

    /// A whole number with its thousands set apart, as the language writes it: `1.234`, `1,234`.
    pub(in crate::central) fn count(&self, number: impl Display) -> String {
        let digits = number.to_string();
        let sign = Text::new(".", ",").get(self.lang);
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
        groups.join(sign)
    }

    /// Hundredths with two decimals, as the language writes them: `97,35 %`, `97.35 %`.
    pub(in crate::central) fn per_cent(&self, percent: Percent) -> String {
        format!("{} %", percent.to_string().replace('.', Text::new(",", ".").get(self.lang)))
    }

    /// A moment on the wall clocks of the election, with its day: `27-11-2024 20.58 WIB`.
    pub(in crate::central) fn moment(&self, at: impl Borrow<Timestamp>) -> String {
        let hours = self.election.plan().utc_offset;
        let zone = match hours {
            7 => "WIB",
            8 => "WITA",
            9 => "WIT",
            _ => "UTC",
        };
        let east = std::time::Duration::from_secs(u64::try_from(hours).unwrap_or_default() * 3600);
        let local = at.borrow().after(east).to_string();
        let (date, clock) = (local.get(..10).unwrap_or_default(), local.get(11..16).unwrap_or_default());
        format!("{} {} {zone}", self.date(date), clock.replace(':', Text::new(".", ":").get(self.lang)))
    }

    /// A day such as `2024-11-27` as the language writes it.
    pub(in crate::central) fn date(&self, day: &str) -> String {
        match (self.lang, day.split('-').collect::<Vec<_>>().as_slice()) {
            (Lang::Id, [year, month, day]) => format!("{day}-{month}-{year}"),
            _ => day.to_owned(),
        }
    }
}

fn address(lang: Lang, path: &str) -> String {
    match lang {
        Lang::Id => path.to_owned(),
        Lang::En if path == "/" => ENGLISH.to_owned(),
        Lang::En => format!("{ENGLISH}{path}"),
    }
}

/// The language that an address says, and what is left of it.
pub(in crate::central) fn language(path: &str) -> (Lang, &str) {
    match path.strip_prefix(ENGLISH) {
        Some(rest) if rest.is_empty() || rest.starts_with('?') => (Lang::En, "/"),
        Some(rest) if rest.starts_with('/') => (Lang::En, rest),
        _ => (Lang::Id, path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_its_language_and_leads_to_the_other() {
        for path in ["/", "/region/35.74/gubernur?sort=name"] {
            for lang in Lang::ALL {
                assert_eq!(language(&address(lang, path)), (lang, path));
            }
        }
        assert_eq!(language("/english"), (Lang::Id, "/english"));
    }
}
