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
use crate::protocol::entry::ImageKind;
use crate::protocol::sealed::SealedEntry;

impl Inquiry<'_> {
    pub(super) fn layout(&mut self, folder: &Folder, sums: &BTreeMap<String, Seen>, outline: &Outline) {
        let named: BTreeSet<&Digest> = outline.stations.values().flat_map(|held| &held.photos).collect();
        for path in folder.files().keys() {
            match Role::of(path) {
                None => self.at_file(Kind::Misplaced, path, Detail::None),
                Some(Role::Entry(_, seq)) => {
                    let entry = folder.bytes(path).and_then(|bytes| SealedEntry::parse(bytes).ok());
                    let found = entry.map(|entry| entry.entry().seq).filter(|found| *found != seq);
                    if let Some(found) = found {
                        self.at_file(Kind::Misplaced, path, Detail::differs(&seq, &found));
                    }
                }
                Some(Role::Photo(photo)) => {
                    if let Some(seen) = sums.get(path) {
                        self.photo_name(folder, path, &photo, seen, named.contains(&photo));
                    }
                }
                Some(_) => {}
            }
        }
    }

    fn photo_name(&mut self, folder: &Folder, path: &str, photo: &Digest, seen: &Seen, named: bool) {
        let extension = seen.kind.map_or("bin", ImageKind::extension);
        // A changed photo of an entry is found there; its extension then says nothing.
        if seen.digest == *photo && !path.ends_with(&format!(".{extension}")) {
            self.at_file(Kind::Misplaced, path, Detail::About(format!(".{extension}")));
        }
        if named && folder.photo_path(photo) == Some(path) {
            return;
        }
        if seen.digest != *photo {
            self.at_file(Kind::PhotoChanged, path, Detail::differs(photo, &seen.digest));
        }
        self.at_file(Kind::PhotoUnnamed, path, Detail::None);
    }
}
