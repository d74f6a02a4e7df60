//! What the pages of both servers share, so that they are one family: the station's (`web`) and central's (`central`).
//!
//! In scope: colours and typeface, assets named by their bytes, texts with places for values, a form as rows.
//! Not here: pages, words and routes, which belong to the server that shows them.

#[macro_use]
mod words;
mod asset;
mod fill;
mod sheet;

#[cfg(feature = "web")]
pub(crate) use asset::SCRIPT;
pub(crate) use asset::{Asset, CSS, FOREVER};
pub(crate) use fill::fill;
pub(crate) use sheet::{Row, Section, sections};
#[cfg(test)]
pub(crate) use words::{check, texts_in};

/// Colours and typeface: every style sheet begins with them.
pub(crate) const TOKENS: &str = include_str!("tokens.css");
