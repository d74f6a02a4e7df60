//! Photos that wait for an officer's word: which page, or why they are kept. On disk beside the drafts, no evidence yet.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::form::Page;
use crate::photo::Folder;
use crate::protocol::entry::{PaperKind, Source};
use crate::protocol::ids::Slot;
use crate::protocol::wire::limits;
use crate::recorder::{PhotoFinding, Place, RecorderError};
use crate::store::durable;

/// What a photo is meant to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::web) enum Goal {
    /// A page of a form.
    Page {
        /// Which form.
        contest: String,
        /// Which page; none until the officer says.
        page: Option<Page>,
        /// The photo it replaces.
        replaces: Option<Digest>,
    },
    /// Another paper.
    Paper(PaperKind),
}

/// Something found about a waiting photo, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::web) struct Remark {
    /// Its code.
    pub(in crate::web) code: String,
    /// In Indonesian.
    pub(in crate::web) id: String,
    /// In English.
    pub(in crate::web) en: String,
}

/// A waiting photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::web) struct Waiting {
    /// SHA-256 of its bytes.
    pub(in crate::web) sha256: Digest,
    /// Its name on the phone.
    pub(in crate::web) file: String,
    /// What it is meant to show.
    pub(in crate::web) goal: Goal,
    /// How it came.
    pub(in crate::web) source: Source,
    /// What the officer has to answer.
    pub(in crate::web) remarks: Vec<Remark>,
}

impl From<&PhotoFinding> for Remark {
    fn from(found: &PhotoFinding) -> Self {
        Self { code: found.code.to_string(), id: found.id.clone(), en: found.en.clone() }
    }
}

/// The photos of one officer that wait.
#[derive(Debug, Clone)]
pub(in crate::web) struct Staging {
    path: PathBuf,
    slot: Slot,
}

impl Staging {
    /// The waiting photos of an officer of the station in `place`.
    pub(in crate::web) fn of(place: &Place, slot: Slot) -> Self {
        Self { path: place.drafts().join("photos"), slot }
    }

    /// Keeps a photo until the officer has said what is to become of it. **Durable when it returns.**
    pub(in crate::web) fn keep(&self, waiting: &Waiting, bytes: &[u8]) -> Result<(), RecorderError> {
        let file = self.file(&waiting.sha256);
        Folder::open(&self.path)?.put(bytes, limits::PHOTO_BYTES)?;
        let text = serde_json::to_vec(waiting).map_err(io::Error::from).map_err(failed(&file))?;
        durable::write(&file, &text).map_err(failed(&file))
    }

    /// Those that wait, the oldest first. What cannot be read is passed over: it can be taken again.
    pub(in crate::web) fn list(&self) -> Vec<Waiting> {
        let prefix = format!("{}-", self.slot);
        let entries = fs::read_dir(&self.path).into_iter().flatten().filter_map(Result::ok);
        let own = entries.filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.strip_suffix(".json").is_some_and(|stem| stem.starts_with(&prefix))
        });
        let mut found: Vec<_> = own
            .filter_map(|entry| {
                let waiting = serde_json::from_slice::<Waiting>(&fs::read(entry.path()).ok()?).ok()?;
                Some((entry.metadata().and_then(|about| about.modified()).ok(), waiting))
            })
            .collect();
        found.sort_by_key(|(at, waiting)| (*at, waiting.sha256));
        found.into_iter().map(|(_, waiting)| waiting).collect()
    }

    /// One of them.
    pub(in crate::web) fn get(&self, sha256: &Digest) -> Option<Waiting> {
        serde_json::from_slice(&fs::read(self.file(sha256)).ok()?).ok()
    }

    /// The bytes of one.
    pub(in crate::web) fn bytes(&self, sha256: &Digest) -> Result<Vec<u8>, RecorderError> {
        Ok(Folder::open(&self.path)?.read(sha256)?)
    }

    /// Lets a photo go: it has been recorded, or is to be taken again.
    pub(in crate::web) fn remove(&self, sha256: &Digest) -> Result<(), RecorderError> {
        let file = self.file(sha256);
        durable::remove(&file).map_err(failed(&file))?;
        let wanted = |slot| Self { path: self.path.clone(), slot }.file(sha256).exists();
        if Slot::BOTH.into_iter().any(wanted) {
            return Ok(());
        }
        let bytes = self.path.join(sha256.to_string());
        durable::remove(&bytes).map_err(failed(&bytes))
    }

    fn file(&self, sha256: &Digest) -> PathBuf {
        self.path.join(format!("{}-{sha256}.json", self.slot))
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> RecorderError {
    let path = path.to_owned();
    move |source| RecorderError::File { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiting_photo_is_there_until_every_officer_has_let_it_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::new(folder.path());
        let [one, other] = Slot::BOTH.map(|slot| Staging::of(&place, slot));
        let bytes = b"a photo";
        let goal = Goal::Page { contest: "gubernur".into(), page: None, replaces: None };
        let waiting = Waiting {
            sha256: Digest::of(bytes),
            file: "a.jpg".into(),
            goal,
            source: Source::Camera,
            remarks: Vec::new(),
        };
        assert!(one.list().is_empty());
        one.keep(&waiting, bytes).expect("keeps");
        assert!(other.list().is_empty(), "each officer has their own");
        other.keep(&waiting, bytes).expect("keeps");
        one.remove(&waiting.sha256).expect("removes");
        assert_eq!((one.get(&waiting.sha256), other.list()), (None, vec![waiting.clone()]));
        assert_eq!(other.bytes(&waiting.sha256).expect("reads"), bytes);
        other.remove(&waiting.sha256).expect("removes");
        assert!(other.bytes(&waiting.sha256).is_err());
        other.remove(&waiting.sha256).expect("gone already");
    }
}
