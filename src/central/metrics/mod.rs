//! What central counts about itself, for Prometheus.
//!
//! In scope: the names, units and labels of all metrics, and their text (OpenMetrics 1.0).
//! Not here: where they are read (`super::http::metrics`), where things happen that are counted.
//!
//! No label holds a station, an address of a client or anything else that a stranger can make up: there are as many series as
//! there are routes and kinds.

mod families;
mod labels;

pub(super) use families::{Metrics, Now};
pub(super) use labels::Door;
