//! Two officers at work: everything that happens at one TPS before the numbers leave it, through the recorder's own doors.

use std::collections::BTreeMap;

use super::DemoError;
use super::figures::{Figures, figures};
use super::story::Story;
use crate::clock;
use crate::digest::Digest;
use crate::form::{Answer, CellId, Context, Count, Form, HeadField, Page, Registered, check};
use crate::paper::camera::Shot;
use crate::paper::{Place, Sheet, Studio};
use crate::protocol::entry::{Answered, PaperKind, Recipient, Source};
use crate::protocol::ids::{Level, Slot, StationId};
use crate::recorder::{Both, Field, Officer, PageOf, PaperOf, PhaseStatus, Recorded, RecorderError, Sealing, Station};

/// What the officers of one station lived through, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// Readings in which the second officer slipped, and both read again.
    pub slips: u64,
    /// Sheets that contradict themselves and were recorded as written.
    pub wrong_sums: u64,
    /// Results that were corrected with a reason.
    pub corrections: u64,
    /// Photos taken again.
    pub retakes: u64,
    /// Findings about photos that an officer answered.
    pub photo_findings: u64,
    /// Kejadian khusus.
    pub incidents: u64,
    /// Copies refused.
    pub refusals: u64,
}

/// What makes one station's day what it is.
#[derive(Debug)]
pub struct Cast<'a> {
    /// What happens.
    pub story: Story,
    /// Seed of the figures, the handwriting and the camera.
    pub seed: u64,
    /// A stock of printed sheets for each contest.
    pub studios: &'a BTreeMap<String, Studio>,
}

/// Records the whole day of a station: both forms, their photos, copies, incidents. Nothing is sent and nothing closed.
///
/// # Errors
/// [`DemoError`]: whatever the recorder, the paper or the camera refuses.
pub fn walk(station: &mut Station, people: &[Officer; 2], cast: &Cast<'_>) -> Result<Told, DemoError> {
    let mut walk = Walk { id: station.id(), station, people, cast, told: Told::default() };
    let forms: Vec<Form> = walk.station.election().forms().to_vec();
    for (at, form) in forms.iter().enumerate() {
        walk.form(form, at == 0)?;
    }
    walk.rest(&forms)?;
    Ok(walk.told)
}

struct Walk<'a> {
    station: &'a mut Station,
    id: StationId,
    people: &'a [Officer; 2],
    cast: &'a Cast<'a>,
    told: Told,
}

impl Walk<'_> {
    fn ok<T>(&self, result: Result<T, RecorderError>) -> Result<T, DemoError> {
        result.map_err(DemoError::recorder(self.id))
    }

    /// One form from the first reading to the seal and the copies.
    fn form(&mut self, form: &Form, first: bool) -> Result<(), DemoError> {
        let contest = form.contest().id;
        let story = if first { self.cast.story } else { Story { retake: false, ..Story::default() } };
        let paper = self.paper(form, story);
        if story.correction {
            let misread = swapped(&paper);
            self.read(contest, [&misread, &misread])?;
        } else {
            self.read(contest, [&paper, &if story.slip { swapped(&paper) } else { paper.clone() }])?;
            self.told.slips += u64::from(story.slip);
            self.read_again(contest, &paper)?;
        }
        self.photograph(form, &paper, story)?;
        self.seal(contest)?;
        if story.correction {
            let reason = "perolehan dua pasangan calon tertukar saat dibaca";
            let begun = self.station.correct(&self.people[0], contest, reason);
            self.ok(begun)?;
            self.read(contest, [&paper, &paper])?;
            self.seal(contest)?;
            self.told.corrections += 1;
        }
        self.copies(contest, form.pairs(), story)
    }

    /// What stands on the plano.
    fn paper(&mut self, form: &Form, story: Story) -> Figures {
        let registered = self.station.election().registered(self.id).unwrap_or(Registered { l: 0, p: 0 });
        let sound = figures(form, registered, self.cast.seed);
        if !story.wrong_sum {
            return sound;
        }
        self.told.wrong_sums += 1;
        with(&sound, |id, count| if id.as_str() == "valid" { count.saturating_sub(1) } else { count })
    }

    /// Both officers read, one after the other.
    fn read(&mut self, contest: &str, figures: [&Figures; 2]) -> Result<(), DemoError> {
        for (officer, figures) in self.people.iter().zip(figures) {
            self.read_one(officer, contest, figures)?;
        }
        Ok(())
    }

    /// Both read what differs once more, from the plano.
    fn read_again(&mut self, contest: &str, paper: &Figures) -> Result<(), DemoError> {
        let status = self.station.status();
        let differs = self
            .ok(status)?
            .forms
            .iter()
            .any(|form| form.contest == contest && matches!(form.phase, PhaseStatus::Differs { .. }));
        if differs { self.read(contest, [paper, paper]) } else { Ok(()) }
    }

    fn read_one(&mut self, officer: &Officer, contest: &str, figures: &Figures) -> Result<(), DemoError> {
        let task = self.station.reading(officer, contest);
        let mut task = self.ok(task)?;
        for (id, count) in figures.counts.iter() {
            let field = Field::Cell(id.clone());
            if task.asks_for(&field) {
                let typed = task.set(&field, &count.to_string());
                self.ok(typed)?;
            }
        }
        for field in HeadField::ALL {
            let typed = figures.head.time(field).map_or_else(|| "ya".to_owned(), |time| time.to_string());
            if task.asks_for(&Field::Head(field)) {
                let typed = task.set(&Field::Head(field), &typed);
                self.ok(typed)?;
            }
        }
        let saved = self.station.save(officer, contest, &task);
        self.ok(saved)?;
        let answers = answers(figures, &self.station.state().reading_context(contest, officer.slot()));
        let recorded = self.station.record_reading(officer, contest, answers, clock::now());
        self.ok(recorded).map(drop)
    }

    /// A photo of every page; in a story with a retake, page 2 is first taken in poor light.
    fn photograph(&mut self, form: &Form, paper: &Figures, story: Story) -> Result<(), DemoError> {
        let contest = form.contest().id;
        let sheet = self.sheet(form, paper)?;
        let Some(studio) = self.cast.studios.get(contest) else { return Ok(()) };
        for page in form.pages() {
            let replaces = if story.retake && page == Page::SECOND {
                self.told.retakes += 1;
                let poor = studio.shoot(&sheet, page, self.cast.seed, &Shot::poor(self.cast.seed))?;
                self.add_photo(contest, page, None, &poor)?;
                Some(Digest::of(&poor))
            } else {
                None
            };
            let photo = studio.photo(&sheet, page, self.cast.seed)?;
            self.add_photo(contest, page, replaces, &photo)?;
        }
        Ok(())
    }

    fn add_photo(
        &mut self,
        contest: &str,
        page: Page,
        replaces: Option<Digest>,
        bytes: &[u8],
    ) -> Result<(), DemoError> {
        let of = PageOf { contest: contest.to_owned(), page, replaces };
        let officer = &self.people[0];
        let station = &mut *self.station;
        let (recorded, findings) =
            answering(|notes| station.photo(officer, &of, (Source::Camera, bytes), notes, clock::now()));
        self.told.photo_findings += findings;
        self.ok(recorded).map(drop)
    }

    fn sheet(&self, form: &Form, paper: &Figures) -> Result<Sheet, DemoError> {
        let election = self.station.election();
        let name = |level| election.name(self.id.region(level)).unwrap_or_default().to_owned();
        let place = Place {
            provinsi: name(Level::Provinsi),
            kota: name(Level::Kota),
            kecamatan: name(Level::Kecamatan),
            kelurahan: name(Level::Kelurahan),
            tps: self.id.tps(),
        };
        let shape = time::macros::format_description!("[year]-[month]-[day]");
        let date = time::Date::parse(&election.plan().date, shape).unwrap_or(time::Date::MIN);
        let pairs = election.contest(form.contest().id).map(|contest| contest.pairs.clone()).unwrap_or_default();
        Ok(Sheet::new(paper.counts.clone(), paper.head, place, date, pairs)?)
    }

    fn seal(&mut self, contest: &str) -> Result<(), DemoError> {
        let [first, second] = self.people;
        let both = self.ok(Both::new(first, second))?;
        let sealed = self.station.seal(both, contest, Sealing::default(), clock::now());
        self.ok(sealed).map(drop)
    }

    /// The saksi of every pair and the pengawas take their copy, or one refuses.
    fn copies(&mut self, contest: &str, pairs: u8, story: Story) -> Result<(), DemoError> {
        for pair in 1..=pairs {
            let refused = (story.refusal && pair == 1).then(|| "saksi keberatan dengan hasil".to_owned());
            self.told.refusals += u64::from(refused.is_some());
            let copy = (contest, Recipient::Saksi(pair));
            let given = self.station.copy_given(&self.people[1], copy, refused, clock::now());
            self.ok(given)?;
        }
        let given = self.station.copy_given(&self.people[1], (contest, Recipient::Pengawas), None, clock::now());
        self.ok(given).map(drop)
    }

    /// What belongs to no form: the photo of a salinan, a kejadian khusus.
    fn rest(&mut self, forms: &[Form]) -> Result<(), DemoError> {
        if self.cast.story.incident {
            let text = "Hujan deras pukul 14.10; penghitungan dipindahkan ke balai RW di hadapan saksi.";
            let recorded = self.station.incident(&self.people[1], text, clock::now());
            self.ok(recorded)?;
            self.told.incidents += 1;
        }
        let (Some(form), true) = (forms.first(), self.cast.story.retake) else { return Ok(()) };
        let contest = form.contest().id;
        let Some(studio) = self.cast.studios.get(contest) else { return Ok(()) };
        let paper = self.paper(form, Story::default());
        let photo = studio.photo(&self.sheet(form, &paper)?, Page::FIRST, self.cast.seed ^ 1)?;
        let of = PaperOf { kind: PaperKind::Salinan, contest: Some(contest.to_owned()) };
        let (officer, station) = (&self.people[1], &mut *self.station);
        let (recorded, findings) =
            answering(|notes| station.paper(officer, &of, (Source::Camera, &photo), notes, clock::now()));
        self.told.photo_findings += findings;
        self.ok(recorded).map(drop)
    }
}

/// Records a photo; whatever is found about it, the officer keeps it and says why. Gives how many findings there were.
fn answering(
    mut record: impl FnMut(&[Answered]) -> Result<Recorded, RecorderError>,
) -> (Result<Recorded, RecorderError>, u64) {
    match record(&[]) {
        Err(RecorderError::PhotoNeedsAnswers(findings)) => {
            let note = || "angka terbaca; cahaya di TPS memang kurang".to_owned();
            let notes: Vec<_> = findings.iter().map(|found| Answered { code: found.code, note: note() }).collect();
            (record(&notes), findings.len() as u64)
        }
        other => (other, 0),
    }
}

/// The officer's answers to whatever the rules find about what stands on the plano.
fn answers(figures: &Figures, context: &Context<'_>) -> Vec<Answer> {
    let findings = check::findings(&figures.counts, &figures.head, context);
    let grave = findings.iter().filter(|finding| finding.severity().needs_answer());
    grave.filter_map(|finding| Answer::new(finding.key(), "sesuai yang tertulis di plano").ok()).collect()
}

/// The same figures with the votes of the first two pairs exchanged: a slip that adds up all the same.
fn swapped(figures: &Figures) -> Figures {
    let votes =
        |pair: &str| figures.counts.iter().find(|(id, _)| id.as_str() == pair).map_or(0, |(_, count)| count.get());
    let (first, second) = (votes("votes.1"), votes("votes.2"));
    // Two equal numbers cannot be exchanged by mistake; then the first is misread.
    let second = if first == second { first.saturating_sub(1) } else { second };
    with(figures, |id, count| match id.as_str() {
        "votes.1" => second,
        "votes.2" => first,
        _ => count,
    })
}

/// The same figures with some boxes changed.
fn with(figures: &Figures, change: impl Fn(&CellId, u16) -> u16) -> Figures {
    let changed = figures.counts.iter().map(|(id, count)| {
        let value = Count::new(change(id, count.get())).unwrap_or(count);
        (id.clone(), value)
    });
    let counts = crate::form::Counts::from_values(figures.counts.form(), changed);
    Figures { counts: counts.unwrap_or_else(|_| figures.counts.clone()), head: figures.head }
}

/// Which officer signs where in a rehearsal: p1 first.
pub(super) const PEOPLE: [Slot; 2] = Slot::BOTH;
