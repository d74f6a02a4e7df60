//! `photos.csv`: every photo that an entry names.

use super::table::{Table, or_blank, written};
use super::{Record, TableError};
use crate::protocol::entry::{Body, Image, Source};

const HEAD: [&str; 14] = [
    "station",
    "seq",
    "photo",
    "file_type",
    "shows",
    "contest",
    "page",
    "bytes",
    "width",
    "height",
    "source",
    "findings",
    "replaces",
    "received_at",
];

pub(super) fn table() -> Result<Table, TableError> {
    Table::new("photos.csv", HEAD)
}

pub(super) fn add(table: &mut Table, record: &Record) -> Result<(), TableError> {
    for step in &record.steps {
        let entry = step.entry.entry();
        let (image, shows, contest, page, replaces) = match &entry.body {
            Body::Photo(photo) => {
                let page = photo.page.to_string();
                (&photo.image, "page", photo.contest.as_str(), page, or_blank(photo.replaces))
            }
            Body::Paper(paper) => {
                let contest = paper.contest.as_deref().unwrap_or_default();
                (&paper.image, paper.kind.name(), contest, String::new(), String::new())
            }
            _ => continue,
        };
        let mut row = vec![record.station.to_string(), entry.seq.to_string(), image.sha256.to_string()];
        row.extend([image.kind.extension().to_owned(), shows.to_owned(), written(contest), page]);
        row.extend(facts(image));
        row.extend([replaces, or_blank(record.photo_received_at(image.sha256))]);
        table.row(row)?;
    }
    Ok(())
}

fn facts(image: &Image) -> [String; 5] {
    let source = match image.source {
        Source::Camera => "camera",
        Source::File => "file",
    };
    let findings: Vec<_> = image.findings.iter().map(|finding| finding.code.to_string()).collect();
    let [bytes, width, height] =
        [image.bytes, image.width.into(), image.height.into()].map(|number| number.to_string());
    [bytes, width, height, source.to_owned(), findings.join(" ")]
}
