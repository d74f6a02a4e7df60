//! A photo as a page shows it: where its picture is, how large it is, what was said about it.

use super::staging::{Goal, Remark, Waiting};
use crate::digest::Digest;
use crate::form::Lang;
use crate::protocol::state::KeptPhoto;

/// A recorded photo.
#[derive(Debug, Clone)]
pub(super) struct Shot {
    pub(super) sha256: Digest,
    pub(super) short: String,
    pub(super) size: String,
    /// What was found and why the photo is kept.
    pub(super) notes: Vec<(String, String)>,
}

impl Shot {
    pub(super) fn of(kept: &KeptPhoto, lang: Lang) -> Self {
        let image = &kept.image;
        let notes = image.findings.iter().map(|found| (title(&found.code.to_string(), lang), found.note.clone()));
        Self {
            sha256: image.sha256,
            short: image.sha256.short(),
            size: format!("{} × {} · {}", image.width, image.height, megabytes(image.bytes, lang)),
            notes: notes.collect(),
        }
    }
}

/// What a finding is called; its code when it is none of the table.
fn title(code: &str, lang: Lang) -> String {
    let known = crate::photo::Code::from_id(code).map(|known| known.entry().title);
    known.map_or_else(|| code.to_owned(), |title| if lang == Lang::Id { title.id } else { title.en }.to_owned())
}

/// A length in megabytes with one decimal, as the language writes it.
pub(in crate::web) fn megabytes(bytes: u64, lang: Lang) -> String {
    let tenths = bytes.div_ceil(100_000);
    let comma = if lang == Lang::Id { ',' } else { '.' };
    format!("{}{comma}{} MB", tenths / 10, tenths % 10)
}

/// A photo that waits for the officer's word.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) sha256: Digest,
    /// Which page it shows; none when the officer has to say.
    pub(super) page: Option<u8>,
    pub(super) remarks: Vec<Remark>,
    lang: Lang,
}

impl Question {
    pub(super) fn of(waiting: &Waiting, lang: Lang) -> Self {
        let page = match &waiting.goal {
            Goal::Page { page, .. } => page.map(crate::form::Page::number),
            Goal::Paper(_) => None,
        };
        Self { sha256: waiting.sha256, page, remarks: waiting.remarks.clone(), lang }
    }

    pub(super) fn say<'a>(&self, remark: &'a Remark) -> &'a str {
        match self.lang {
            Lang::Id => &remark.id,
            Lang::En => &remark.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_the_language_does() {
        for (bytes, id, en) in
            [(1, "0,1 MB", "0.1 MB"), (3_200_000, "3,2 MB", "3.2 MB"), (25_000_000, "25,0 MB", "25.0 MB")]
        {
            assert_eq!(megabytes(bytes, Lang::Id), id);
            assert_eq!(megabytes(bytes, Lang::En), en);
        }
    }

    #[test]
    fn findings_are_called_by_their_titles() {
        assert_eq!(title("Q202", Lang::Id), "Foto buram");
        assert_eq!(title("Q301", Lang::En), "Q301");
    }
}
