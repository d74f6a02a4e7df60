//! The tables made again from the entries, and compared byte for byte.

use super::Inquiry;
use super::outline::Outline;
use crate::audit::finding::Detail;
use crate::audit::folder::Folder;
use crate::audit::kind::Kind;
use crate::audit::tables::Tables;
use crate::protocol::bundle;

impl Inquiry<'_> {
    pub(super) fn tables(&mut self, folder: &Folder, outline: &mut Outline) {
        let made = match outline.tables.take().map(|tables| tables.and_then(Tables::finish)) {
            None => return,
            Some(Ok(made)) => made,
            Some(Err(error)) => {
                self.at_file(Kind::Table, bundle::TABLES, Detail::cause(&error));
                return;
            }
        };
        for (name, made) in made {
            self.report.checked_mut().tables += 1;
            let path = format!("{}{name}", bundle::TABLES);
            let found = folder.bytes(&path);
            if found.as_ref() != Some(&made) {
                let about = found.map_or(Detail::None, |found| Detail::Line(first_difference(&made, &found)));
                self.at_file(Kind::Table, &path, about);
            }
        }
    }
}

/// The number of the first line that differs.
fn first_difference(made: &[u8], found: &[u8]) -> usize {
    let same = made.iter().zip(found).take_while(|(one, two)| one == two).count();
    made[..same].split(|byte| *byte == b'\n').count()
}
