//! A photo on its way to central: in the shorter coding where central takes it, else as it is.

use std::fs::File;
use std::io::{Read as _, Seek as _};

use super::client::HttpUplink;
use super::read::Reply;
use crate::photo::lepton;
use crate::protocol::coding::Coding;
use crate::protocol::receipt::Item;
use crate::protocol::tus;
use crate::protocol::wire::{self, Missing, media};
use crate::sync::{Answer, Content, Progress, Reach, Trouble, Upload};

/// Whether central takes photos in the shorter coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Takes {
    /// Nobody has asked.
    #[default]
    Unknown,
    /// It says so.
    Yes,
    /// It does not say so.
    No,
    /// It said so, and then refused one. Not tried again in this run.
    Refused,
}

impl HttpUplink {
    /// Notes in which codings central takes photos.
    pub(super) fn told_of_codings(&self, missing: &Missing) {
        let mut link = self.link();
        if link.lepton != Takes::Refused {
            link.lepton = if missing.takes(Coding::Lepton) { Takes::Yes } else { Takes::No };
        }
    }

    /// Sends a photo. A coding that central refuses although it takes codings says nothing of the photo, which goes as it is then, as
    /// all after it in this run.
    pub(super) async fn put_photo(&self, item: Item, photo: Upload, progress: &Progress) -> Answer {
        if let Some(coded) = self.coded(&photo).await {
            let answer = self.put_as(item, (coded, Coding::Lepton), progress).await;
            if !refuses(&answer) {
                return answer;
            }
            self.link().lepton = Takes::Refused;
        }
        self.put_as(item, (photo, Coding::Plain), progress).await
    }

    /// The photo in the shorter coding; none where central does not take it, and where there is none that is shorter. An upload that
    /// an earlier run began goes on in it, even if central has not been asked in this one.
    async fn coded(&self, photo: &Upload) -> Option<Upload> {
        let goes_coded = match self.link().lepton {
            Takes::Yes => true,
            Takes::No | Takes::Refused => false,
            Takes::Unknown => photo.begun.is_some(),
        };
        let Content::File(file) = &photo.content else { return None };
        let file = file.try_clone().ok().filter(|_| goes_coded)?;
        // What cannot be read or coded goes as it is, and fails there if it has to.
        let coding = tokio::task::spawn_blocking(move || lepton::encode(&read(file)?)).await.ok()??;
        Some(photo.coded(coding))
    }

    /// The receipt comes with the last answer of an upload; else it is asked for.
    async fn put_as(&self, item: Item, (upload, coding): (Upload, Coding), progress: &Progress) -> Answer {
        let name = item.digest.to_string();
        let about = [(tus::SHA256, name.as_str()), ("filename", &name), ("filetype", media::PHOTO)];
        let coding = coding.name().map(|name| (tus::CODING, name));
        let about: Vec<_> = about.into_iter().chain(coding).collect();
        let receipt = match self.upload(&wire::uploads_path(item.station), &about, upload, progress).await {
            Ok(said) if said.is_empty() => {
                let path = wire::photo_receipt_path(item.station, &item.digest);
                self.exchange(0).run(self.client().get(self.url(&path))).await.and_then(Reply::success)
            }
            Ok(said) => Ok(said),
            Err(answer) => {
                let later = if let Answer::Later(later) = &answer { Some(later) } else { None };
                if later.is_some_and(|later| later.trouble.reach() == Reach::Link) {
                    let mut link = self.link();
                    link.gauge.lost();
                    link.meter.lost();
                }
                return answer;
            }
        };
        receipt.map_or_else(Answer::Later, Answer::Stored)
    }
}

/// Whether the coding was not taken, or no photo came of it at central.
fn refuses(answer: &Answer) -> bool {
    match answer {
        Answer::Refused { .. } => true,
        Answer::Later(later) => later.trouble == Trouble::Damaged,
        Answer::Stored(_) | Answer::Gap { .. } | Answer::Diverged { .. } => false,
    }
}

fn read(mut file: File) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind().and_then(|()| file.read_to_end(&mut bytes)).ok()?;
    Some(bytes)
}
