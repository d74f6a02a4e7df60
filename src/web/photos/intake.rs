//! One file that came in: recorded at once, kept until the officer answers, or refused with the reason.

use super::notices::Notice;
use super::staging::{Goal, Remark, Staging, Waiting};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::Lang;
use crate::protocol::entry::{Answered, Source};
use crate::recorder::{Officer, PageOf, PaperOf, Recorded, RecorderError, Station};

/// A file as it came from the browser.
pub(super) struct Incoming {
    pub(super) file: String,
    pub(super) source: Source,
    pub(super) bytes: Vec<u8>,
}

/// Takes a file in. A photo is never lost because something is wrong with it: it waits on disk.
pub(super) fn take(
    station: &mut Station,
    officer: &Officer,
    goal: &Goal,
    incoming: Incoming,
    now: Timestamp,
) -> Result<Notice, RecorderError> {
    let Incoming { file, source, bytes } = incoming;
    let staging = Staging::of(station.place(), officer.slot());
    let sha256 = Digest::of(&bytes);
    let waits = |remarks| Waiting { sha256, file: file.clone(), goal: goal.clone(), source, remarks };
    if matches!(goal, Goal::Page { page: None, .. }) {
        return match crate::photo::Kind::sniff(&bytes) {
            Ok(_) => staging.keep(&waits(Vec::new()), &bytes).map(|()| Notice::Waits { file }),
            Err(error) => Ok(refused(file, &error.into())),
        };
    }
    match record(station, officer, goal, (source, &bytes), &[], now) {
        Ok(_) => {
            staging.remove(&sha256)?;
            Ok(Notice::Recorded { file, short: sha256.short() })
        }
        Err(RecorderError::PhotoNeedsAnswers(findings)) => {
            staging.keep(&waits(findings.iter().map(Remark::from).collect()), &bytes)?;
            Ok(Notice::Waits { file })
        }
        Err(error @ (RecorderError::Photo(_) | RecorderError::Against(_))) => Ok(refused(file, &error)),
        Err(error) => Err(error),
    }
}

/// Records a waiting photo with the officer's answers. What is found anew keeps it waiting.
pub(super) fn keep(
    station: &mut Station,
    officer: &Officer,
    waiting: Waiting,
    notes: &[Answered],
    now: Timestamp,
) -> Result<Notice, RecorderError> {
    let staging = Staging::of(station.place(), officer.slot());
    let bytes = staging.bytes(&waiting.sha256)?;
    let file = waiting.file.clone();
    match record(station, officer, &waiting.goal, (waiting.source, &bytes), notes, now) {
        Ok(_) => {
            staging.remove(&waiting.sha256)?;
            Ok(Notice::Recorded { short: waiting.sha256.short(), file })
        }
        Err(RecorderError::PhotoNeedsAnswers(findings)) => {
            let remarks = findings.iter().map(Remark::from).collect();
            staging.keep(&Waiting { remarks, ..waiting }, &bytes)?;
            Ok(Notice::Waits { file })
        }
        Err(error @ (RecorderError::Photo(_) | RecorderError::Against(_))) => Ok(refused(file, &error)),
        Err(error) => Err(error),
    }
}

fn record(
    station: &mut Station,
    officer: &Officer,
    goal: &Goal,
    taken: (Source, &[u8]),
    notes: &[Answered],
    now: Timestamp,
) -> Result<Recorded, RecorderError> {
    match goal {
        Goal::Page { contest, page: Some(page), replaces } => {
            let of = PageOf { contest: contest.clone(), page: *page, replaces: *replaces };
            station.photo(officer, &of, taken, notes, now)
        }
        Goal::Page { page: None, .. } => Err(RecorderError::NeedsPages(crate::form::Page::ALL.to_vec())),
        Goal::Paper(kind) => station.paper(officer, &PaperOf { kind: *kind, contest: None }, taken, notes, now),
    }
}

fn refused(file: String, error: &RecorderError) -> Notice {
    Notice::Refused { file, id: error.text(Lang::Id), en: error.text(Lang::En) }
}
