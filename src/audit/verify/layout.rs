//! Names against contents: a file in a place that is not its own deceives whoever opens it by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::Inquiry;
use super::outline::Outline;
use crate::audit::finding::Detail;
use crate::audit::folder::Folder;
use crate::audit::kind::Kind;
use crate::audit::role::Role;
use crate::audit::seen::Seen;
use crate::digest::Digest;
use crate::protocol::bundle;
use crate::protocol::entry::ImageKind;
use crate::protocol::sealed::SealedEntry;

impl Inquiry<'_> {
    pub(super) fn layout(&mut self, folder: &Folder, sums: &BTreeMap<String, Seen>, outline: &Outline) {
        let named: BTreeSet<&Digest> =
            outline.stations.values().flat_map(|held| held.photos.iter().chain(&held.light)).collect();
        for path in folder.files().keys() {
            match Role::of(path) {
                None => self.at_file(Kind::Misplaced, path, Detail::None),
                Some(Role::Entry(station, seq)) => {
                    let held = outline.stations.get(&station).and_then(|held| held.entries.get(&seq));
                    if held.is_some() && held == sums.get(path).map(|seen| &seen.digest) {
                        continue;
                    }
                    let entry = folder.bytes(path).and_then(|bytes| SealedEntry::parse(bytes).ok());
                    let found = entry.map(|entry| entry.entry().seq).filter(|found| *found != seq);
                    if let Some(found) = found {
                        self.at_file(Kind::Misplaced, path, Detail::differs(&seq, &found));
                    }
                }
                Some(Role::Photo(photo)) => {
                    if let Some(seen) = sums.get(path) {
                        let own = named.contains(&photo) && folder.photo_path(&photo) == Some(path);
                        self.photo_name(path, &photo, seen, own);
                        // Without an election file no entry has been read, and none could name a photo.
                        if !own && outline.election.is_some() {
                            self.at_file(Kind::PhotoUnnamed, path, Detail::None);
                        }
                    }
                }
                Some(Role::Annotation(said)) => {
                    if let Some(seen) = sums.get(path).filter(|seen| seen.digest != said) {
                        self.at_file(Kind::Misplaced, path, Detail::differs(&said, &seen.digest));
                    }
                }
                Some(Role::AnnotationProof(said)) if !folder.files().contains_key(&bundle::annotation(&said)) => {
                    self.at_file(Kind::Misplaced, path, Detail::About(bundle::annotation(&said)));
                }
                Some(Role::Recap(region)) if outline.has_none_in(region) => {
                    self.at_file(Kind::Misplaced, path, Detail::About(region.to_string()));
                }
                Some(_) => {}
            }
        }
    }

    /// `own` is the file in which an entry's photo has been checked already.
    fn photo_name(&mut self, path: &str, photo: &Digest, seen: &Seen, own: bool) {
        let extension = seen.kind.map_or("bin", ImageKind::extension);
        if seen.digest != *photo {
            if !own {
                self.at_file(Kind::PhotoChanged, path, Detail::differs(photo, &seen.digest));
            }
        } else if !path.ends_with(&format!(".{extension}")) {
            self.at_file(Kind::Misplaced, path, Detail::About(format!(".{extension}")));
        }
    }
}
