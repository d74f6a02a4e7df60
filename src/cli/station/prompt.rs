//! Questions that an officer answers with a note: findings of a form, findings of a photo.

use crate::cli::failure::Failure;
use crate::cli::screen::Screen;
use crate::form::{Answer, Finding};
use crate::protocol::entry::Answered;
use crate::recorder::PhotoFinding;

/// What an officer decided at a question about findings.
pub(super) enum Decision<T> {
    /// To record, with these notes.
    Keep(T),
    /// To go back and change something.
    Back,
}

/// Asks for a note on every finding of a form that needs one.
///
/// Answers that were given before to the very same finding are offered again with Enter.
pub(super) fn answers(
    screen: Screen,
    findings: &[Finding],
    earlier: &[Answer],
) -> Result<Decision<Vec<Answer>>, Failure> {
    let open: Vec<_> = findings.iter().filter(|finding| finding.severity().needs_answer()).collect();
    if open.is_empty() {
        return Ok(Decision::Keep(Vec::new()));
    }
    screen.say(
        "Yang tertulis di kertas tetap direkam apa adanya. Tulis mengapa begitu, atau < untuk kembali memeriksa kotak.",
        "What stands on the paper is recorded as it is. Write why it stands so, or < to go back to the boxes.",
    );
    let mut answers = Vec::new();
    for finding in open {
        let known = earlier.iter().find(|answer| answer.key() == finding.key());
        screen.line(format!("  {}  {}", finding.code(), finding.message(screen.lang)));
        loop {
            let offered = known.map(|answer| format!(" [{}]", answer.note())).unwrap_or_default();
            let text = required(screen, &format!("  {}{offered}: ", screen.word("alasan", "reason")))?;
            if text == "<" {
                return Ok(Decision::Back);
            }
            let note = if text.is_empty() { known.map_or("", Answer::note) } else { &text };
            match Answer::new(finding.key(), note) {
                Ok(answer) => break answers.push(answer),
                Err(error) => screen.line(format!("  {}", error.message(screen.lang))),
            }
        }
    }
    Ok(Decision::Keep(answers))
}

/// The officer's note on every finding of a photo: given beforehand, or asked for.
pub(super) fn photo_notes(
    screen: Screen,
    findings: &[PhotoFinding],
    because: Option<&str>,
) -> Result<Vec<Answered>, Failure> {
    let mut notes = Vec::new();
    for finding in findings {
        let note = match because {
            Some(note) => note.to_owned(),
            None => ask_photo_note(screen, finding)?,
        };
        notes.push(Answered { code: finding.code, note });
    }
    Ok(notes)
}

fn ask_photo_note(screen: Screen, finding: &PhotoFinding) -> Result<String, Failure> {
    let again = || {
        Failure::new(finding.text(screen.lang)).hint(screen.word(
            "ambil foto lagi, atau simpan dengan --keep-because \"alasan\"",
            "take the photo again, or keep it with --keep-because \"reason\"",
        ))
    };
    if !Screen::is_interactive() {
        return Err(again());
    }
    screen.line(format!("  {}  {}", finding.code, finding.text(screen.lang)));
    let note = required(
        screen,
        screen.word("  simpan karena (kosong = ambil lagi): ", "  keep because (empty = take again): "),
    )?;
    if note.is_empty() { Err(again()) } else { Ok(note) }
}

/// A line; the end of the input stops the verb with nothing recorded.
pub(super) fn required(screen: Screen, prompt: &str) -> Result<String, Failure> {
    Screen::ask(prompt)?.ok_or_else(|| {
        Failure::say(
            screen.lang,
            "masukan berakhir; tidak ada yang direkam, isian tersimpan sebagai konsep",
            "the input ended; nothing was recorded, what was typed is kept as a draft",
        )
    })
}
