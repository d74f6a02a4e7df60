//! What every page shows around its content, and the words of the page.

use super::assets;
use super::error::WebError;
use super::stand;
use super::visit::Visit;
use super::words;
use crate::form::{Lang, Text};
use crate::html::fill;
use crate::protocol::ids::Slot;
use crate::recorder::Station;
use crate::store::Delivery;

/// What every page shows around its content.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// The language of the page.
    pub(super) lang: Lang,
    /// Whether the text is large.
    pub(super) large: bool,
    /// Which TPS.
    pub(super) station: String,
    /// Which election.
    pub(super) election: String,
    /// Whether this is practice.
    pub(super) drill: bool,
    /// The PINs of a practice station, p1's first.
    pub(super) practice: Option<[String; 2]>,
    /// How far the delivery has come.
    pub(super) delivery: Delivery,
    /// The officer of this browser.
    pub(super) officer: Option<Slot>,
    /// Whether the browser runs on the machine that serves the page.
    pub(super) here: bool,
    /// The token that every form carries.
    pub(super) token: String,
    /// Path and query of this page, to come back to.
    pub(super) path: String,
    /// How things stand; another one means that the page is no longer up to date.
    pub(super) stand: String,
}

impl Frame {
    /// The frame of the answer to a visit.
    pub(super) fn of(visit: &Visit, station: &Station) -> Result<Self, WebError> {
        let delivery = station.ledger().delivery()?;
        Ok(Self {
            stand: stand::digest(visit, station, &delivery).to_string(),
            lang: visit.lang,
            large: visit.large,
            station: station.id().to_string(),
            election: station.election().plan().name.clone(),
            drill: station.election().is_drill(),
            practice: visit.app.practice.clone(),
            delivery,
            officer: visit.slot(),
            here: visit.here,
            token: visit.token.clone(),
            path: visit.path.clone(),
        })
    }

    /// The frame when the station cannot be asked.
    pub(super) fn bare(visit: &Visit) -> Self {
        Self {
            lang: visit.lang,
            large: visit.large,
            station: String::new(),
            election: String::new(),
            drill: false,
            practice: None,
            delivery: Delivery::default(),
            officer: visit.slot(),
            here: visit.here,
            token: visit.token.clone(),
            path: visit.path.clone(),
            stand: String::new(),
        }
    }

    /// A text in the visitor's language.
    pub(super) const fn w(&self, text: Text) -> &'static str {
        text.get(self.lang)
    }

    /// A text with values in the places of its `{}`, in their order.
    pub(super) fn with(&self, text: Text, values: &[&dyn std::fmt::Display]) -> String {
        fill(text.get(self.lang), values)
    }

    /// Items that central has signed for.
    pub(super) const fn received(&self) -> u64 {
        self.delivery.entries_received + self.delivery.photos_received
    }

    /// Items recorded.
    pub(super) const fn recorded(&self) -> u64 {
        self.delivery.entries + self.delivery.photos
    }

    /// How many of the items recorded central has signed for, in words.
    pub(super) fn count(&self) -> String {
        if self.recorded() == 0 {
            return self.w(words::frame::NOTHING_YET).to_owned();
        }
        self.with(words::frame::RECEIVED, &[&self.received(), &self.recorded()])
    }

    /// The address of an asset; changes with its bytes.
    #[expect(clippy::unused_self, reason = "templates name things through the frame only")]
    pub(super) fn asset(&self, name: &str) -> &'static str {
        assets::address(name)
    }
}
