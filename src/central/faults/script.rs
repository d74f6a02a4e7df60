//! A script of faults in TOML, read strictly: what it does not know it refuses, and says in which line.

use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use super::action::Action;
use super::target::{Kind, Target};
use crate::protocol::ids::StationId;

/// What a script says, in the order in which the rules are tried; the first that hits decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    pub(super) seed: u64,
    pub(super) rules: Vec<Rule>,
}

/// One rule: whom it hits, and what is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(super) name: String,
    on: Vec<Kind>,
    stations: Vec<StationId>,
    per_mille: u16,
    first: Option<u64>,
    every: Option<u64>,
    pub(super) action: Action,
}

/// Why a text is no script.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// Not TOML, or a key or value that scripts do not have; the text names line and column.
    #[error("reading the script of faults: {0}")]
    Toml(#[from] toml::de::Error),
    /// A rule that makes no sense.
    #[error("line {line}: the rule {name:?}: {fault}")]
    Rule {
        /// Where the rule begins.
        line: usize,
        /// Its name.
        name: String,
        /// What is wrong with it.
        fault: RuleFault,
    },
}

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// A share above the whole.
    #[error("per_mille is 0 to 1000, not {0}")]
    Share(u16),
    /// Every zeroth request.
    #[error("every is 1 or more")]
    Every,
    /// No such action.
    #[error("there is no action {0:?}; write one of {list}", list = Action::NAMES.join(", "))]
    Action(String),
    /// The action needs a value.
    #[error("{action} needs {key}")]
    Needs {
        /// Which action.
        action: String,
        /// Which key.
        key: &'static str,
    },
    /// The action does not take a value.
    #[error("{action} does not take {key}")]
    DoesNotTake {
        /// Which action.
        action: String,
        /// Which key.
        key: &'static str,
    },
    /// A status that is no refusal.
    #[error("status is 413, 429 or 503, not {0}")]
    Status(u16),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptText {
    /// Shown to people who read the file; central does not need it.
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    rule: Vec<Spanned<RuleText>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    name: String,
    #[serde(default)]
    on: Vec<Kind>,
    #[serde(default)]
    stations: Vec<StationId>,
    #[serde(default = "always")]
    per_mille: u16,
    first: Option<u64>,
    every: Option<u64>,
    action: String,
    milliseconds: Option<u64>,
    status: Option<u16>,
    retry_after: Option<u64>,
}

const fn always() -> u16 {
    1000
}

impl Script {
    /// A script without rules: nothing goes wrong.
    #[must_use]
    pub const fn none() -> Self {
        Self { seed: 0, rules: Vec::new() }
    }

    /// Reads a script.
    ///
    /// # Errors
    /// [`ScriptError`].
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let script: ScriptText = toml::from_str(text)?;
        let rule = |rule: Spanned<RuleText>| {
            let line = 1 + text[..rule.span().start].matches('\n').count();
            let rule = rule.into_inner();
            let name = rule.name.clone();
            Rule::read(rule).map_err(|fault| ScriptError::Rule { line, name, fault })
        };
        Ok(Self { seed: script.seed, rules: script.rule.into_iter().map(rule).collect::<Result<_, _>>()? })
    }
}

impl Rule {
    fn read(text: RuleText) -> Result<Self, RuleFault> {
        if text.per_mille > 1000 {
            return Err(RuleFault::Share(text.per_mille));
        }
        if text.every == Some(0) {
            return Err(RuleFault::Every);
        }
        let action = action(&text)?;
        let RuleText { name, on, stations, per_mille, first, every, .. } = text;
        Ok(Self { name, on, stations, per_mille, first, every, action })
    }

    /// Whether the rule is about this kind of request at all.
    pub(super) fn is_about(&self, target: &Target) -> bool {
        let kind = self.on.is_empty() || self.on.contains(&target.kind);
        let station =
            self.stations.is_empty() || target.station.is_some_and(|station| self.stations.contains(&station));
        kind && station
    }

    /// Whether it hits the request that is the `count`th (from 0) that it is about; `dice` is uniform in 0..1000.
    pub(super) fn hits(&self, count: u64, dice: u16) -> bool {
        let in_time = self.first.is_none_or(|first| count < first);
        let in_turn = self.every.is_none_or(|every| (count + 1).is_multiple_of(every));
        in_time && in_turn && dice < self.per_mille
    }
}

fn action(text: &RuleText) -> Result<Action, RuleFault> {
    let name = || text.action.clone();
    let refuse_only = |given: bool, key| match given {
        true if text.action != "refuse" => Err(RuleFault::DoesNotTake { action: name(), key }),
        _ => Ok(()),
    };
    refuse_only(text.status.is_some(), "status")?;
    refuse_only(text.retry_after.is_some(), "retry_after")?;
    let wait = || {
        let wait = text.milliseconds.map(Duration::from_millis);
        wait.ok_or_else(|| RuleFault::Needs { action: name(), key: "milliseconds" })
    };
    let action = match text.action.as_str() {
        "refuse" => {
            let status = text.status.ok_or_else(|| RuleFault::Needs { action: name(), key: "status" })?;
            if !matches!(status, 413 | 429 | 503) {
                return Err(RuleFault::Status(status));
            }
            Action::Refuse { status, retry_after: text.retry_after.map(Duration::from_secs) }
        }
        "delay" => return wait().map(Action::Delay),
        "slow-read" => return wait().map(Action::SlowRead),
        "never-answer" => return wait().map(Action::NeverAnswer),
        "store-then-silent" => return wait().map(Action::StoreThenSilent),
        "close-before-reading" => Action::CloseBeforeReading,
        "store-then-cut" => Action::StoreThenCut,
        "store-then-cut-mid-answer" => Action::StoreThenCutMidAnswer,
        "store-then-truncate" => Action::StoreThenTruncate,
        "store-then-other-receipt" => Action::StoreThenOtherReceipt,
        "store-then-broken-receipt" => Action::StoreThenBrokenReceipt,
        "portal" => Action::Portal,
        "redirect" => Action::Redirect,
        _ => return Err(RuleFault::Action(name())),
    };
    match text.milliseconds {
        Some(_) => Err(RuleFault::DoesNotTake { action: name(), key: "milliseconds" }),
        None => Ok(action),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(lines: &str) -> Result<Script, ScriptError> {
        Script::parse(&format!("about = \"a test\"\n\n[[rule]]\nname = \"r\"\n{lines}"))
    }

    #[test]
    fn what_a_script_does_not_know_it_refuses_and_says_where() {
        let cases = [
            ("action = \"delay\"", "line 3: the rule \"r\": delay needs milliseconds"),
            ("action = \"portal\"\nmilliseconds = 5", "line 3: the rule \"r\": portal does not take milliseconds"),
            ("action = \"portal\"\nstatus = 503", "line 3: the rule \"r\": portal does not take status"),
            ("action = \"refuse\"\nstatus = 200", "line 3: the rule \"r\": status is 413, 429 or 503, not 200"),
            ("action = \"portal\"\nper_mille = 1001", "line 3: the rule \"r\": per_mille is 0 to 1000, not 1001"),
            ("action = \"portal\"\nevery = 0", "line 3: the rule \"r\": every is 1 or more"),
            ("action = \"portal\"\npermille = 5", "line 6"),
            ("action = \"portal\"\non = [\"entries\"]", "line 6"),
            ("action = \"portal\"\nstations = [\"1001\"]", "line 6"),
            ("action = \"explode\"", "there is no action \"explode\""),
        ];
        for (lines, expected) in cases {
            let error = rule(lines).expect_err(lines).to_string();
            assert!(error.contains(expected), "{lines}: {error}");
        }
    }

    #[test]
    fn every_action_has_the_name_that_a_script_calls_it_by() {
        for name in Action::NAMES {
            let values = match name {
                "refuse" => "status = 429",
                "delay" | "slow-read" | "never-answer" | "store-then-silent" => "milliseconds = 5",
                _ => "",
            };
            let script = rule(&format!("action = \"{name}\"\n{values}")).expect(name);
            assert_eq!(script.rules[0].action.name(), name);
        }
    }

    #[test]
    fn windows_and_shares_choose_requests() {
        let script = rule("action = \"portal\"\nfirst = 6\nevery = 2\nper_mille = 500").expect("a script");
        let hits: Vec<u64> = (0..10).filter(|count| script.rules[0].hits(*count, 499)).collect();
        assert_eq!(hits, [1, 3, 5]);
        assert!(!script.rules[0].hits(1, 500));
    }
}
