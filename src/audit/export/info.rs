//! `bag-info.txt`: what the bundle says about itself. Nothing in it is proof.

use super::Maker;
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::election::Election;
use crate::protocol::ids::StationId;

/// How much a bag holds below `data/`, as BagIt's `Payload-Oxum` says it: `bytes.files`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audit) struct Payload {
    pub(in crate::audit) bytes: u64,
    pub(in crate::audit) files: u64,
}

impl std::fmt::Display for Payload {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}.{}", self.bytes, self.files)
    }
}

const PAYLOAD: &str = "Payload-Oxum";
const ELECTION: &str = "Plano-Election";
const AT: &str = "Plano-Exported-At";

pub(super) fn write(election: &Election, stations: &[StationId], maker: &Maker<'_>, payload: Payload) -> String {
    let at = maker.at.to_string();
    let mode = if election.is_drill() { "drill" } else { "live" };
    let lines = [
        ("Bagging-Date", at.split('T').next().unwrap_or_default().to_owned()),
        ("External-Description", format!("Plano audit bundle: {}", election.plan().name)),
        ("External-Identifier", election.plan().id.clone()),
        (PAYLOAD, payload.to_string()),
        (ELECTION, election.digest().to_string()),
        ("Plano-Mode", mode.to_owned()),
        (AT, at),
        ("Plano-Exported-By", maker.by.to_owned()),
        ("Plano-Stations", stations.len().to_string()),
    ];
    let lines: Vec<_> = lines.iter().map(|(label, value)| format!("{label}: {}\n", one_line(value))).collect();
    lines.concat()
}

/// A value that cannot break out of its line.
fn one_line(value: &str) -> String {
    value.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// What the verifier reads in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::audit) struct Info {
    pub(in crate::audit) payload: Option<String>,
    pub(in crate::audit) election: Option<Digest>,
    pub(in crate::audit) at: Option<Timestamp>,
}

impl Info {
    pub(in crate::audit) fn parse(text: &str) -> Self {
        let value = |label: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(found, _)| *found == label).map(|(_, value)| value)
        };
        Self {
            payload: value(PAYLOAD).map(str::to_owned),
            election: value(ELECTION).and_then(|text| text.parse().ok()),
            at: value(AT).and_then(|text| text.parse().ok()),
        }
    }
}
