//! The fields of a form that a browser posted.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// Names and values as they were posted. Empty when the request was no form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(crate) const fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value with this name; a field that is missing reads as empty, as a browser would post it.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Whether there is a field with this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// Every field.
    pub(crate) fn all(&self) -> &[(String, String)] {
        &self.0
    }

    /// The fields whose names begin with one of these.
    pub(crate) fn only(&self, prefixes: &[&str]) -> Self {
        let named = |name: &str| prefixes.iter().any(|prefix| name.starts_with(prefix));
        Self(self.0.iter().filter(|(name, _)| named(name)).cloned().collect())
    }

    /// What follows `prefix` in the names that begin with it, with the values.
    pub(crate) fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(key, value)| Some((key.strip_prefix(prefix)?, value.as_str())))
    }
}

impl<S: Sync> FromRequestParts<S> for Fields {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.remove::<Self>().unwrap_or_default())
    }
}
