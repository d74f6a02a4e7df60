//! The paper itself: results whose figures do not agree, forms that are not sealed, a day that is not closed.
//!
//! All of these are notes. A finding of the form without the officers' answer is a broken rule of recording (`entries`).

use super::Inquiry;
use crate::audit::finding::{Detail, Place};
use crate::audit::kind::Kind;
use crate::audit::record::Record;

impl Inquiry<'_> {
    pub(super) fn sheet(&mut self, record: &Record) {
        if record.state.head().is_none() {
            return;
        }
        for form in record.state.forms() {
            match form.sealed() {
                Some(result) => {
                    self.report.checked_mut().results += 1;
                    let findings = record.at(result.seq).map(|step| step.findings.as_slice()).unwrap_or_default();
                    for finding in findings.iter().filter(|finding| finding.severity().needs_answer()) {
                        let answer = result.answers.iter().find(|answer| answer.key() == finding.key());
                        let Some(answer) = answer.map(|answer| answer.note().to_owned()) else { continue };
                        let (contest, finding) = (form.contest().to_owned(), Box::new(finding.clone()));
                        let place = Place::entry(self.side, record.station, result.seq);
                        self.add(Kind::SheetAnswered, place, Detail::Sheet { contest, finding, answer });
                    }
                }
                None => self.at_station(Kind::Unsealed, record.station, Detail::About(form.contest().to_owned())),
            }
        }
        if record.state.closed().is_none() {
            self.at_station(Kind::NotClosed, record.station, Detail::None);
        }
    }
}
