//! What both officers do together: seal, correct, close.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::evidence::said;
use super::officer::{slot, unlock, unlock_both};
use super::prompt::{Decision, answers};
use super::show::figures;
use super::values::Values;
use super::{explain, open};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::screen::Screen;
use crate::clock;
use crate::form::{Answer, Lang, Page};
use crate::protocol::ids::Slot;
use crate::recorder::{Both, Closing, Place, RecorderError, Sealing, Station, Undelivered};

/// Which form is sealed.
#[derive(Debug, Args)]
pub(super) struct Seal {
    /// The form's contest
    #[arg(long)]
    contest: String,
    /// A page without a photo, and why: 2="plano already taken away"
    #[arg(long = "no-photo", value_name = "PAGE=REASON", value_parser = page_reason)]
    missing: Vec<(Page, String)>,
    /// Answers to findings that no reading has answered, as a JSON file like that of `read`
    #[arg(long, value_name = "FILE")]
    values: Option<PathBuf>,
    /// Do not ask whether the figures are right
    #[arg(long)]
    yes: bool,
}

/// Which form is corrected.
#[derive(Debug, Args)]
pub(super) struct Correct {
    /// The form's contest
    #[arg(long)]
    contest: String,
    /// The officer who begins: p1 or p2
    #[arg(long = "as", value_name = "p1|p2", value_parser = slot)]
    slot: Slot,
    /// Why
    #[arg(long)]
    reason: String,
}

/// The end of the day.
#[derive(Debug, Args)]
pub(super) struct Close {
    /// A form that is not sealed, and why: walikota="counting goes on tomorrow"
    #[arg(long = "not-sealed", value_name = "CONTEST=REASON", value_parser = contest_reason)]
    unsealed: Vec<(String, String)>,
    /// Close although central has not signed for everything yet; it is delivered later all the same
    #[arg(long)]
    undelivered: bool,
}

fn contest_reason(text: &str) -> Result<(String, String), String> {
    let (key, reason) = text.split_once('=').ok_or("write NAME=REASON")?;
    Ok((key.to_owned(), reason.to_owned()))
}

fn page_reason(text: &str) -> Result<(Page, String), String> {
    let (page, reason) = contest_reason(text)?;
    let page = page.parse().ok().and_then(Page::new).ok_or("the page is 1, 2 or 3")?;
    Ok((page, reason))
}

/// Seals a form.
pub(super) fn seal(screen: Screen, place: Place, verb: &Seal) -> Outcome {
    let mut station = open(screen, place)?;
    let findings = station.result_findings(&verb.contest).map_err(explain(screen))?;
    figures(screen, &station, &verb.contest);
    if !verb.yes && Screen::is_interactive() {
        let question = screen.word("Sesuai dengan plano? Ketik ya: ", "As on the plano? Type yes: ");
        let answer = Screen::ask(question)?.unwrap_or_default();
        if !["ya", "yes"].contains(&answer.to_lowercase().as_str()) {
            return Err(Failure::say(
                screen.lang,
                "tidak disegel; baca ulang formulirnya",
                "not sealed; read the form again",
            ));
        }
    }
    let [first, second] = unlock_both(screen, &station)?;
    let both = Both::new(&first, &second).map_err(explain(screen))?;
    let given = verb.values.as_deref().map(Values::read).transpose()?.map(|values| values.answers);
    let mut sealing =
        Sealing { answers: given.unwrap_or_default(), missing: verb.missing.iter().cloned().collect(), reason: None };
    let recorded = match station.seal(both, &verb.contest, sealing.clone(), clock::now()) {
        Err(RecorderError::NeedsAnswers { .. }) if Screen::is_interactive() => {
            let known: Vec<Answer> = known_answers(&station, &verb.contest);
            let Decision::Keep(answers) = answers(screen, &findings, &known)? else {
                return Err(Failure::say(screen.lang, "tidak disegel", "not sealed"));
            };
            sealing.answers = answers;
            station.seal(both, &verb.contest, sealing, clock::now())
        }
        other => other,
    };
    said(screen, &recorded.map_err(explain(screen))?, None)
}

fn known_answers(station: &Station, contest: &str) -> Vec<Answer> {
    let form = station.state().form(contest);
    let readings = form.into_iter().flat_map(|form| Slot::BOTH.map(|slot| form.last_reading(slot)));
    readings.flatten().flat_map(|reading| reading.answers.clone()).collect()
}

/// Begins a correction.
pub(super) fn correct(screen: Screen, place: Place, verb: &Correct) -> Outcome {
    let mut station = open(screen, place)?;
    let officer = unlock(screen, &station, verb.slot)?;
    let revision = station.correct(&officer, &verb.contest, &verb.reason).map_err(explain(screen))?;
    screen.value(&serde_json::json!({ "contest": verb.contest, "revision": revision }))?;
    screen.line(match screen.lang {
        Lang::Id => format!("Perbaikan {revision} dimulai. Kedua petugas membaca formulir sekali lagi, lalu segel."),
        Lang::En => format!("Correction {revision} has begun. Both officers read the form once more, then seal."),
    });
    Ok(std::process::ExitCode::SUCCESS)
}

/// Closes the day.
pub(super) fn close(screen: Screen, place: Place, verb: &Close) -> Outcome {
    let mut station = open(screen, place)?;
    let [first, second] = unlock_both(screen, &station)?;
    let both = Both::new(&first, &second).map_err(explain(screen))?;
    let undelivered = if verb.undelivered { Undelivered::Accept } else { Undelivered::Refuse };
    let unsealed: BTreeMap<String, String> = verb.unsealed.iter().cloned().collect();
    let recorded = station.close(both, &Closing { unsealed, undelivered }, clock::now()).map_err(|error| {
        let undelivered = matches!(error, RecorderError::Undelivered(_));
        let failure = explain(screen)(error);
        if !undelivered {
            return failure;
        }
        failure.hint(screen.word(
            "kirim dengan `plano sync`, atau tutup dengan --undelivered; sisanya tetap dikirim kemudian",
            "deliver with `plano sync`, or close with --undelivered; the rest still goes later",
        ))
    })?;
    let outcome = said(screen, &recorded, None);
    screen.line(match screen.lang {
        Lang::Id => format!("Tulis kode penutup ini di kertas, di depan saksi:\n  {}", recorded.digest.on_paper()),
        Lang::En => {
            format!("Write this closing code on the paper, in front of the saksi:\n  {}", recorded.digest.on_paper())
        }
    });
    outcome
}
