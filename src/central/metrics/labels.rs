//! The labels of metrics.

use std::fmt;

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};

/// One of the listeners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::central) enum Door {
    /// The only one, for everybody.
    Both,
    /// Of the stations.
    Stations,
    /// Of the public.
    Public,
    /// Of the metrics.
    Metrics,
}

impl EncodeLabelValue for Door {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), fmt::Error> {
        let name = match self {
            Self::Both => "both",
            Self::Stations => "stations",
            Self::Public => "public",
            Self::Metrics => "metrics",
        };
        EncodeLabelValue::encode(&name, encoder)
    }
}

/// Labels of things that were accepted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Accepted {
    /// `entry`, `photo`, `enrolment`, `remark`.
    pub(super) kind: &'static str,
    /// `new`, or `known` when the very same was there already.
    pub(super) news: &'static str,
}

/// Labels of bytes that were accepted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Kind {
    /// As in [`Accepted`].
    pub(super) kind: &'static str,
}

/// Labels of everything that only knows its listener.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct At {
    /// Which listener.
    pub(super) door: Door,
}

/// Labels of an answered request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Answered {
    /// Which listener.
    pub(super) door: Door,
    /// A method of RFC 9110, or `other`.
    pub(super) method: &'static str,
    /// The template of the address, or `none`.
    pub(super) route: String,
    /// Of the answer.
    pub(super) status: u16,
}

/// Labels of how long an answer took.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Took {
    /// Which listener.
    pub(super) door: Door,
    /// The template of the address, or `none`.
    pub(super) route: String,
}

/// Labels of problems.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Refused {
    /// Which listener.
    pub(super) door: Door,
    /// The last part of the problem's type.
    pub(super) problem: String,
}
