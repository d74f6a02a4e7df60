//! Invented figures of a form that add up, as a careful KPPS would write them. Made-up votes, never anyone's.

use crate::form::{CellId, Count, Counts, Form, Head, Registered, TimeOfDay};
use crate::paper::random::Dice;

/// What one practice form shows.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Every box.
    pub counts: Counts,
    /// The times in the head.
    pub head: Head,
}

/// Voters of one kind: laki-laki and perempuan.
#[derive(Debug, Clone, Copy, Default)]
struct Voters {
    l: u32,
    p: u32,
}

impl Voters {
    const fn sum(self) -> u32 {
        self.l + self.p
    }
}

/// Who came: the same people for every form of one TPS.
struct Turnout {
    listed: Voters,
    moved_in: Voters,
    unlisted: Voters,
    disabled: Voters,
}

/// Figures for `form` at a TPS whose DPT is `registered`, the same for the same `seed`.
///
/// Forms of one TPS made with one seed agree on who came, as rule W404 wants; the votes differ from form to form. All that
/// the rules call an error or a warning holds, as long as the DPT itself is within the form's limit.
///
/// # Panics
/// Never: every box of the form is given one value.
#[must_use]
pub fn figures(form: &Form, registered: Registered, seed: u64) -> Figures {
    let people = turnout(registered, &mut Dice::for_purpose(seed, 1));
    let contest = form.contest().id.bytes().fold(2, |mixed: u64, byte| mixed.wrapping_mul(31) + u64::from(byte));
    let mut dice = Dice::for_purpose(seed, contest);
    let came = people.listed.sum() + people.moved_in.sum() + people.unlisted.sum();
    let received = form.spec().ballots_for(u32::from(registered.l) + u32::from(registered.p));
    let spoilt = dice.below(4).min(received.saturating_sub(came));
    let invalid = came / 100 + dice.below(came / 100 + 1);
    let votes = share(came - invalid, form.pairs(), &mut dice);
    let value = |id: &CellId| {
        box_value(id.as_str(), registered, &people, &Ballots { received, came, spoilt, invalid, votes: &votes })
    };
    let cells = form.cells().iter().map(|cell| (cell.id().clone(), count(value(cell.id()))));
    let counts = Counts::from_values(form, cells).expect("one value for each box of the form");
    Figures { counts, head: head(&mut Dice::for_purpose(seed, 3)) }
}

struct Ballots<'a> {
    received: u32,
    came: u32,
    spoilt: u32,
    invalid: u32,
    votes: &'a [u32],
}

fn box_value(id: &str, dpt: Registered, people: &Turnout, ballots: &Ballots<'_>) -> u32 {
    let total = Voters {
        l: people.listed.l + people.moved_in.l + people.unlisted.l,
        p: people.listed.p + people.moved_in.p + people.unlisted.p,
    };
    let (row, column) = id.split_once('.').unwrap_or((id, ""));
    let by_column = |voters: Voters| match column {
        "L" => voters.l,
        "P" => voters.p,
        _ => voters.sum(),
    };
    match row {
        "dpt" => by_column(Voters { l: dpt.l.into(), p: dpt.p.into() }),
        "users_dpt" => by_column(people.listed),
        "users_dptb" => by_column(people.moved_in),
        "users_dpk" => by_column(people.unlisted),
        "users_total" => by_column(total),
        "disabled" => by_column(people.disabled),
        "ballots_received" => ballots.received,
        "ballots_used" | "total" => ballots.came,
        "ballots_returned" => ballots.spoilt,
        "ballots_unused" => ballots.received - ballots.came - ballots.spoilt,
        "votes" => column.parse().ok().and_then(|pair: usize| ballots.votes.get(pair - 1)).copied().unwrap_or(0),
        "valid" => ballots.came - ballots.invalid,
        "invalid" => ballots.invalid,
        _ => 0,
    }
}

fn turnout(dpt: Registered, dice: &mut Dice) -> Turnout {
    let mut some = |of: u16| u32::from(of) * (68 + dice.below(20)) / 100;
    let listed = Voters { l: some(dpt.l), p: some(dpt.p) };
    // Guests vote with what absent voters leave over, so ballots always last.
    let few = if listed.sum() > 100 { 4 } else { 1 };
    let moved_in = Voters { l: dice.below(few), p: dice.below(few) };
    let unlisted = Voters { l: dice.below(few), p: dice.below(few) };
    let disabled = Voters { l: dice.below(few).min(listed.l), p: dice.below(few).min(listed.p) };
    Turnout { listed, moved_in, unlisted, disabled }
}

/// Splits `sum` over the pairs, every pair getting something when there is enough.
fn share(sum: u32, pairs: u8, dice: &mut Dice) -> Vec<u32> {
    let weights: Vec<u32> = (0..pairs).map(|_| 20 + dice.below(80)).collect();
    let whole: u32 = weights.iter().sum();
    let mut votes: Vec<u32> = weights.iter().map(|weight| sum * weight / whole).collect();
    let given: u32 = votes.iter().sum();
    votes[0] += sum - given;
    votes
}

fn head(dice: &mut Dice) -> Head {
    let time = |hour: u8, minute: u32| {
        let minute = u8::try_from(minute).unwrap_or(0);
        TimeOfDay::new(hour, minute).expect("an hour below 24 and a minute below 60")
    };
    Head {
        voting_from: time(7, dice.below(20)),
        voting_to: time(13, dice.below(15)),
        counting_from: time(13, 30 + dice.below(30)),
        counting_to: time(16, dice.below(60)),
        same_day: true,
    }
}

fn count(value: u32) -> Count {
    u16::try_from(value).ok().and_then(|value| Count::new(value).ok()).unwrap_or(Count::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Context, Severity, check};

    #[test]
    fn invented_figures_break_no_rule() {
        for seed in 0..200 {
            let dpt = Registered { l: 200 + (seed % 90) as u16, p: 210 + (seed % 77) as u16 };
            for (contest, pairs) in [("gubernur", 3), ("walikota", 4), ("bupati", 10)] {
                let form = Form::new("kwk-2024", contest, pairs).expect("form");
                let other = figures(&Form::new("kwk-2024", "gubernur", 3).expect("form"), dpt, seed).counts;
                let made = figures(&form, dpt, seed);
                let context = Context { registered: Some(dpt), other: Some(&other) };
                let findings = check::findings(&made.counts, &made.head, &context);
                let grave = findings.iter().find(|finding| finding.severity() != Severity::Note);
                assert!(grave.is_none(), "seed {seed} {contest}: {:?}", grave.map(crate::form::Finding::code));
            }
        }
    }

    #[test]
    fn one_seed_makes_one_sheet() {
        let form = Form::new("kwk-2024", "walikota", 4).expect("form");
        let dpt = Registered { l: 270, p: 277 };
        let [one, two, other] = [1, 1, 2].map(|seed| figures(&form, dpt, seed).counts);
        assert_eq!(one, two);
        assert_ne!(one, other);
    }
}
