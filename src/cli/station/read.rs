//! `plano station read`: one officer reads one form, box by box in the paper's order, or from a file.

use std::path::PathBuf;

use clap::Args;

use super::evidence::said;
use super::officer::{slot, unlock};
use super::prompt::{Decision, answers, required};
use super::values::Values;
use super::{explain, open};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::screen::Screen;
use crate::clock;
use crate::form::{Finding, HeadField, Lang};
use crate::protocol::ids::Slot;
use crate::recorder::{Field, Officer, Place, ReadingTask, Recorded, RecorderError, Station};

/// Who reads what.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The officer: p1 or p2
    #[arg(long = "as", value_name = "p1|p2", value_parser = slot)]
    slot: Slot,
    /// The form's contest, such as gubernur
    #[arg(long)]
    contest: String,
    /// Take the values from a JSON file, or from standard input with -
    #[arg(long, value_name = "FILE")]
    values: Option<PathBuf>,
}

/// Runs the verb.
pub(super) fn run(screen: Screen, place: Place, verb: &Arguments) -> Outcome {
    let mut station = open(screen, place)?;
    let officer = unlock(screen, &station, verb.slot)?;
    let recorded = match &verb.values {
        Some(path) => from_values(screen, &mut station, &officer, &verb.contest, &Values::read(path)?)?,
        None => Session { screen, station, officer, contest: verb.contest.clone() }.run()?,
    };
    said(screen, &recorded, None)
}

fn from_values(
    screen: Screen,
    station: &mut Station,
    officer: &Officer,
    contest: &str,
    values: &Values,
) -> Result<Recorded, Failure> {
    let mut task = station.reading(officer, contest).map_err(explain(screen))?;
    for (id, typed) in values.typed() {
        let field: Field = id.parse().map_err(explain(screen))?;
        task.set(&field, &typed).map_err(|error| Failure::new(format!("{id}: {}", error.text(screen.lang))))?;
    }
    station.save(officer, contest, &task).map_err(explain(screen))?;
    station.record_reading(officer, contest, values.answers.clone(), clock::now()).map_err(explain(screen))
}

/// One officer in front of the keyboard.
struct Session {
    screen: Screen,
    station: Station,
    officer: Officer,
    contest: String,
}

/// Where the officer goes from a box.
enum Move {
    On,
    Back,
}

impl Session {
    fn run(mut self) -> Result<Recorded, Failure> {
        let mut task = self.task()?;
        self.introduce(&task);
        let fields = asked(&task);
        let mut at = fields.iter().position(|field| typed(&task, field).is_none()).unwrap_or(fields.len());
        loop {
            while let Some(field) = fields.get(at) {
                self.heading(&task, &fields, at);
                at = match self.ask(&mut task, field)? {
                    Move::On => at + 1,
                    Move::Back => at.saturating_sub(1),
                };
            }
            let findings = self.findings(&task);
            match answers(self.screen, &findings, task.earlier_answers())? {
                Decision::Back => at = fields.len() - 1,
                Decision::Keep(answers) => {
                    let explain = explain(self.screen);
                    let recorded = self.station.record_reading(&self.officer, &self.contest, answers, clock::now());
                    return recorded.map_err(explain);
                }
            }
        }
    }

    fn task(&mut self) -> Result<ReadingTask, Failure> {
        self.station.reading(&self.officer, &self.contest).map_err(explain(self.screen))
    }

    fn introduce(&self, task: &ReadingTask) {
        let model = task.draft().form().contest().model;
        self.screen.line(format!("{model} — TPS {}", self.station.id()));
        if task.retype().is_empty() {
            self.screen.say(
                "Baca dari plano, jangan dari rekan. Enter = lanjut, < = kembali, Ctrl-C = berhenti (isian tersimpan).",
                "Read from the plano, not from your colleague. Enter = next, < = back, Ctrl-C = stop (typing is kept).",
            );
        } else {
            self.screen.say(
                "Kedua bacaan berbeda pada kotak berikut. Lihat plano sekali lagi dan ketik yang tertulis di sana.",
                "The two readings differ in these boxes. Look at the plano once more and type what stands there.",
            );
        }
    }

    /// The title of a section, when `at` is its first box.
    fn heading(&self, task: &ReadingTask, fields: &[Field], at: usize) {
        let section = |field: &Field| match field {
            Field::Head(_) => None,
            Field::Cell(cell) => task.draft().form().cell(cell).map(|cell| cell.spec().section),
        };
        let here = fields.get(at).and_then(section);
        if let Some(number) = here
            && (at == 0 || here != section(&fields[at - 1]))
            && let Some(section) = task.draft().form().spec().section(number)
        {
            self.screen.line(format!("\n{}. {}", section.number, section.title.get(self.screen.lang)));
        }
    }

    /// Asks for one box until something that can stand there was typed; every box is saved as typed.
    fn ask(&mut self, task: &mut ReadingTask, field: &Field) -> Result<Move, Failure> {
        let before = self.findings(task);
        loop {
            let text = required(self.screen, &self.question(task, field))?;
            match (text.as_str(), typed(task, field)) {
                ("<", _) => return Ok(Move::Back),
                ("", Some(_)) => return Ok(Move::On),
                _ => {}
            }
            match self.station.type_box(&self.officer, &self.contest, field, &text) {
                Ok(now) => {
                    *task = now;
                    self.show_new(&before, &self.findings(task));
                    return Ok(Move::On);
                }
                Err(error @ (RecorderError::Typed(_) | RecorderError::NotToRetype(_))) => {
                    self.screen.line(format!("    {}", error.text(self.screen.lang)));
                }
                Err(other) => return Err(explain(self.screen)(other)),
            }
        }
    }

    /// The prompt: number and label as on the paper, what the other boxes imply, what was typed before.
    fn question(&self, task: &ReadingTask, field: &Field) -> String {
        let lang = self.screen.lang;
        let label = match field {
            Field::Head(head) => head.label(lang).to_owned(),
            Field::Cell(id) => match task.draft().form().cell(id) {
                Some(cell) => format!("{:<8} {}", cell.mark(), cell.label(lang)),
                None => id.to_string(),
            },
        };
        let hint = match field {
            Field::Cell(id) => task.draft().running(id).map(|hint| match lang {
                Lang::Id => format!("  (dari kotak lain: {})", hint.value()),
                Lang::En => format!("  (by the other boxes: {})", hint.value()),
            }),
            Field::Head(_) => None,
        };
        let old = typed(task, field).map(|text| format!(" [{text}]")).unwrap_or_default();
        format!("{label}{}{old}: ", hint.unwrap_or_default())
    }

    fn findings(&self, task: &ReadingTask) -> Vec<Finding> {
        task.draft().findings(&self.station.state().reading_context(&self.contest, self.officer.slot()))
    }

    /// Findings that the last box brought about; they inform and never block.
    fn show_new(&self, before: &[Finding], now: &[Finding]) {
        for finding in now.iter().filter(|finding| !before.contains(finding)) {
            self.screen.line(format!("    ! {}  {}", finding.code(), finding.message(self.screen.lang)));
        }
    }
}

/// The boxes and head entries that are asked for, in the paper's order.
fn asked(task: &ReadingTask) -> Vec<Field> {
    let head = HeadField::ALL.into_iter().map(Field::Head);
    let cells = task.draft().form().cells().iter().map(|cell| Field::Cell(cell.id().clone()));
    head.chain(cells).filter(|field| task.asks_for(field)).collect()
}

fn typed(task: &ReadingTask, field: &Field) -> Option<String> {
    match field {
        Field::Cell(cell) => task.draft().typed(cell).map(str::to_owned),
        Field::Head(head) => task.draft().typed_head(*head),
    }
}
