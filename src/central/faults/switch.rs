//! The script in force: decides by counting, can be exchanged while central works.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;

use super::action::Action;
use super::script::Script;
use super::target::Target;
use crate::digest::Digest;

/// The switch. Clones switch and count together.
#[derive(Debug, Clone)]
pub struct Faults(Arc<RwLock<Arc<Running>>>);

#[derive(Debug)]
struct Running {
    script: Script,
    seen: Vec<AtomicU64>,
    fired: Vec<AtomicU64>,
}

/// How often a rule was asked, and how often it struck.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The rule's name.
    pub rule: String,
    /// What it does.
    pub action: &'static str,
    /// Requests that it is about and that no rule before it took.
    pub seen: u64,
    /// Of these, requests that it struck.
    pub fired: u64,
}

impl Faults {
    /// Starts with `script`.
    #[must_use]
    pub fn new(script: Script) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(Running::new(script)))))
    }

    /// Puts another script in force, counting from zero.
    pub fn switch(&self, script: Script) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Running::new(script));
    }

    /// How often each rule of the script in force struck.
    #[must_use]
    pub fn tally(&self) -> Vec<Tally> {
        let running = self.running();
        let counts = running.seen.iter().zip(&running.fired);
        let tally = |(rule, (seen, fired)): (&super::script::Rule, (&AtomicU64, &AtomicU64))| Tally {
            rule: rule.name.clone(),
            action: rule.action.name(),
            seen: seen.load(Ordering::SeqCst),
            fired: fired.load(Ordering::SeqCst),
        };
        running.script.rules.iter().zip(counts).map(tally).collect()
    }

    /// What is done to this request; `None` for nothing.
    pub(super) fn strike(&self, target: &Target) -> Option<Action> {
        let running = self.running();
        for (at, rule) in running.script.rules.iter().enumerate().filter(|(_, rule)| rule.is_about(target)) {
            let count = running.seen[at].fetch_add(1, Ordering::SeqCst);
            if rule.hits(count, dice(running.script.seed, at, count)) {
                running.fired[at].fetch_add(1, Ordering::SeqCst);
                return Some(rule.action);
            }
        }
        None
    }

    fn running(&self) -> Arc<Running> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Running {
    fn new(script: Script) -> Self {
        let zeros = || script.rules.iter().map(|_| AtomicU64::new(0)).collect();
        Self { seen: zeros(), fired: zeros(), script }
    }
}

/// Uniform in 0..1000, and always the same for the same seed, rule and count.
fn dice(seed: u64, rule: usize, count: u64) -> u16 {
    let digest = Digest::of(format!("{seed} {rule} {count}").as_bytes());
    let number = digest.as_bytes()[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    u16::try_from(number % 1000).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::target::Kind;
    use super::*;

    const SCRIPT: &str = "about = 'x'\nseed = 5\n[[rule]]\nname = 'a'\non = ['photo']\nper_mille = 300\naction = 'portal'\n\
                          [[rule]]\nname = 'b'\nfirst = 2\naction = 'redirect'\n";

    fn run() -> (Vec<Option<Action>>, Vec<Tally>) {
        let faults = Faults::new(Script::parse(SCRIPT).expect("a script"));
        let photo = Target { kind: Kind::Photo, station: None };
        let struck = (0..1000).map(|_| faults.strike(&photo)).collect();
        (struck, faults.tally())
    }

    #[test]
    fn the_same_script_strikes_the_same_requests_and_counts_them() {
        let (struck, tally) = run();
        assert_eq!((&struck, &tally), (&run().0, &run().1));
        let fired = struck.iter().filter(|action| **action == Some(Action::Portal)).count() as u64;
        assert!((250..350).contains(&fired), "{fired} of 1000 at 300 per mille");
        assert_eq!((tally[0].seen, tally[0].fired), (1000, fired));
        assert_eq!((tally[1].seen, tally[1].fired), (1000 - fired, 2));
    }

    #[test]
    fn a_switch_takes_effect_at_once() {
        let faults = Faults::new(Script::parse(SCRIPT).expect("a script"));
        let entry = Target { kind: Kind::Entry, station: None };
        assert_eq!(faults.strike(&entry), Some(Action::Redirect));
        faults.switch(Script::none());
        assert_eq!((faults.strike(&entry), faults.tally()), (None, Vec::new()));
    }
}
