//! The bag: every file against the manifest, the manifest against the tag manifest.

use std::collections::{BTreeMap, BTreeSet};

use super::Inquiry;
use super::outline::Outline;
use crate::audit::export::{Info, Payload};
use crate::audit::finding::Detail;
use crate::audit::folder::Folder;
use crate::audit::kind::Kind;
use crate::audit::seen::{self, Seen};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::protocol::bundle;

/// Files that every bag has beside its evidence.
const REQUIRED: [&str; 5] = [bundle::DECLARATION, bundle::INFO, bundle::MANIFEST, bundle::TAG_MANIFEST, bundle::VERIFY];

impl Inquiry<'_> {
    /// Hashes every file once and compares with the manifests; answers what was seen of each.
    pub(super) fn sums(&mut self, folder: &Folder) -> BTreeMap<String, Seen> {
        for (path, why) in folder.refused() {
            self.at_file(*why, path, Detail::None);
        }
        let mut sums = BTreeMap::new();
        for path in folder.files().keys() {
            match folder.reader(path).and_then(|mut file| seen::see(&mut file)) {
                Ok(seen) => drop(sums.insert(path.clone(), seen)),
                Err(error) => self.at_file(Kind::Unreadable, path, Detail::cause(&error)),
            }
        }
        let checked = self.report.checked_mut();
        checked.files += sums.len() as u64;
        checked.bytes += sums.values().map(|seen| seen.bytes).sum::<u64>();
        let mut named = self.manifest(folder, &sums, bundle::MANIFEST, |path| path.starts_with("data/"));
        named.extend(self.manifest(folder, &sums, bundle::TAG_MANIFEST, |path| {
            [bundle::DECLARATION, bundle::INFO, bundle::MANIFEST].contains(&path)
        }));
        for path in sums.keys().filter(|path| *path != bundle::TAG_MANIFEST && !named.contains(*path)) {
            self.at_file(Kind::Extra, path, Detail::None);
        }
        let refused = |path: &str| folder.refused().iter().any(|(known, _)| known == path);
        for path in REQUIRED.into_iter().filter(|path| !sums.contains_key(*path)) {
            if !named.contains(path) && !refused(path) {
                self.at_file(Kind::Missing, path, Detail::None);
            }
        }
        if folder.bytes(bundle::DECLARATION).is_some_and(|text| text != bundle::DECLARATION_TEXT.as_bytes()) {
            self.at_file(Kind::Declaration, bundle::DECLARATION, Detail::None);
        }
        sums
    }

    /// Compares the files with one manifest that may name the paths that `may` allows; answers the paths it names.
    fn manifest(
        &mut self,
        folder: &Folder,
        sums: &BTreeMap<String, Seen>,
        manifest: &str,
        may: impl Fn(&str) -> bool,
    ) -> BTreeSet<String> {
        let text = String::from_utf8_lossy(&folder.bytes(manifest).unwrap_or_default()).into_owned();
        let mut named = BTreeSet::new();
        for (at, line) in text.split_inclusive('\n').enumerate() {
            let about = || Detail::Line(at + 1);
            let Some((digest, path)) = manifest_line(line).filter(|(_, path)| may(path)) else {
                self.at_file(Kind::ManifestLine, manifest, about());
                continue;
            };
            if !named.insert(path.clone()) {
                self.at_file(Kind::ManifestLine, manifest, about());
            }
            match sums.get(&path) {
                Some(seen) if seen.digest == digest => {}
                Some(seen) => self.at_file(Kind::Changed, &path, Detail::differs(&digest, &seen.digest)),
                // What was refused or cannot be read has been found already.
                None if folder.files().contains_key(&path) => {}
                None if folder.refused().iter().any(|(known, _)| *known == path) => {}
                None => self.at_file(Kind::Missing, &path, Detail::None),
            }
        }
        named
    }

    /// What the bag says about itself; answers when it says that it was made.
    pub(super) fn info(&mut self, folder: &Folder, outline: &Outline) -> Option<Timestamp> {
        let bytes = folder.bytes(bundle::INFO)?;
        let info = Info::parse(&String::from_utf8_lossy(&bytes));
        let data = || folder.files().iter().filter(|(path, _)| path.starts_with("data/"));
        let payload = Payload { bytes: data().map(|(_, bytes)| bytes).sum(), files: data().count() as u64 };
        let stated = info.payload.unwrap_or_default();
        if stated != payload.to_string() {
            self.at_file(Kind::Info, bundle::INFO, Detail::differs(&stated, &payload));
        }
        let election = outline.election.as_ref().map(crate::protocol::election::Election::digest);
        if election.is_some() && info.election != election {
            self.at_file(Kind::Info, bundle::INFO, Detail::About("Plano-Election".to_owned()));
        }
        if info.at.is_none() {
            self.at_file(Kind::Info, bundle::INFO, Detail::About("Plano-Exported-At".to_owned()));
        }
        info.at
    }
}

/// One line with its newline, which `sha256sum` always writes.
fn manifest_line(line: &str) -> Option<(Digest, String)> {
    let line = line.strip_suffix('\n').filter(|line| !line.ends_with('\r'))?;
    let mut parsed = bundle::manifest_lines(line).ok()?;
    parsed.pop()
}
