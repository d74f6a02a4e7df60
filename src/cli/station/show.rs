//! What the station shows: status, differences, the figures of a form.

use std::process::ExitCode;

use clap::Args;

use super::{explain, open};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::screen::Screen;
use crate::form::Lang;
use crate::recorder::{FormStatus, PhaseStatus, Place, Station, Status};

/// Which form.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The form's contest
    #[arg(long)]
    contest: String,
}

/// Shows which boxes differ.
pub(super) fn diff(screen: Screen, place: Place, verb: &Diff) -> Outcome {
    let mut station = open(screen, place)?;
    let differences = station.differences(&verb.contest, screen.lang).map_err(explain(screen))?;
    screen.value(&differences)?;
    for one in &differences {
        let page = screen.word("halaman", "page");
        screen.line(format!("  {page} {}  {:<8} {}", one.page, one.mark, one.label));
    }
    screen.line(match (screen.lang, differences.len()) {
        (Lang::Id, 0) => "Tidak ada kotak yang perlu dibaca ulang.".to_owned(),
        (Lang::En, 0) => "No box has to be read again.".to_owned(),
        (Lang::Id, boxes) => {
            format!("{boxes} kotak berbeda. Kedua petugas membacanya ulang dari plano: plano station read")
        }
        (Lang::En, boxes) => {
            format!("{boxes} boxes differ. Both officers read them again from the plano: plano station read")
        }
    });
    Ok(ExitCode::SUCCESS)
}

/// Shows where everything stands.
pub(super) fn status(screen: Screen, place: Place) -> Outcome {
    let mut station = open(screen, place)?;
    let status = station.status().map_err(explain(screen))?;
    screen.value(&status)?;
    screen.line(format!("TPS {} — {}", status.station, status.election));
    for form in &status.forms {
        screen.line(form_line(screen.lang, form));
    }
    screen.line(format!(
        "{}: {}   {}: {}   {}: {}",
        screen.word("kertas lain", "other papers"),
        status.papers,
        screen.word("kejadian khusus", "incidents"),
        status.incidents,
        screen.word("salinan", "copies"),
        status.copies,
    ));
    screen.line(delivery_line(screen.lang, &status));
    refused(screen, &station)?;
    if let Some(closed) = &status.closed {
        screen.line(format!("{} {}", screen.word("ditutup, kode penutup", "closed, closing code"), closed.short));
    }
    screen.line(format!("→ {}", status.next.text(screen.lang)));
    Ok(ExitCode::SUCCESS)
}

fn form_line(lang: Lang, form: &FormStatus) -> String {
    let phase = match (lang, &form.phase) {
        (Lang::Id, PhaseStatus::Unread) => "belum dibaca".to_owned(),
        (Lang::En, PhaseStatus::Unread) => "not read yet".to_owned(),
        (Lang::Id, PhaseStatus::Waiting { next }) => format!("menunggu bacaan {next}"),
        (Lang::En, PhaseStatus::Waiting { next }) => format!("waiting for {next} to read"),
        (Lang::Id, PhaseStatus::Differs { fields }) => format!("{} kotak berbeda", fields.len()),
        (Lang::En, PhaseStatus::Differs { fields }) => format!("{} boxes differ", fields.len()),
        (Lang::Id, PhaseStatus::Agreed) => "kedua bacaan sama, siap disegel".to_owned(),
        (Lang::En, PhaseStatus::Agreed) => "both readings agree, ready to seal".to_owned(),
        (Lang::Id, PhaseStatus::Sealed { revision }) => format!("disegel (revisi {revision})"),
        (Lang::En, PhaseStatus::Sealed { revision }) => format!("sealed (revision {revision})"),
    };
    let photos = form.pages.iter().filter(|page| page.in_force.is_some()).count();
    let word = if lang == Lang::Id { "foto halaman" } else { "page photos" };
    let short = form.result.as_ref().map(|result| format!("  {}", result.short)).unwrap_or_default();
    format!("  {:<10} {phase}; {word} {photos}/{}{short}", form.contest, form.pages.len())
}

fn delivery_line(lang: Lang, status: &Status) -> String {
    let delivery = &status.delivery;
    let received = delivery.entries_received + delivery.photos_received;
    let all = delivery.entries + delivery.photos;
    match lang {
        Lang::Id => format!(
            "diterima pusat: {received} dari {all} (catatan {}/{}, foto {}/{})",
            delivery.entries_received, delivery.entries, delivery.photos_received, delivery.photos
        ),
        Lang::En => format!(
            "received by central: {received} of {all} (entries {}/{}, photos {}/{})",
            delivery.entries_received, delivery.entries, delivery.photos_received, delivery.photos
        ),
    }
}

/// What central refused, and why.
fn refused(screen: Screen, station: &Station) -> Result<(), Failure> {
    let pending = station.ledger().pending().map_err(|error| explain(screen)(error.into()))?;
    for item in pending.iter().filter(|item| item.set_aside) {
        let reason = item.last.as_ref().map_or("", |last| last.reason.as_str());
        screen.line(format!("  ! {}: {} — {reason}", screen.word("ditolak pusat", "refused by central"), item.item));
    }
    Ok(())
}

/// The figures on which both officers agree, in full, as on the paper.
pub(super) fn figures(screen: Screen, station: &Station, contest: &str) {
    let pair = station.state().form(contest).and_then(|form| Some((form, form.pair()?)));
    let Some((form, [reading, _])) = pair else { return };
    let Some(counts) = &reading.counts else { return };
    screen.line(form.form().contest().model);
    let head = &reading.head;
    screen.line(format!("  {} – {}   {} – {}", head.voting_from, head.voting_to, head.counting_from, head.counting_to));
    for cell in form.form().cells() {
        if let Some(count) = counts.get(cell.id()) {
            screen.line(format!("  {:<8} {:>3}  {}", cell.mark(), count.get(), cell.label(screen.lang)));
        }
    }
}
