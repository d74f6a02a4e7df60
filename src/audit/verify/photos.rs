//! Photos against the entries that name them.

use std::collections::BTreeSet;

use super::{Inquiry, Look};
use crate::audit::finding::{Detail, Place};
use crate::audit::kind::Kind;
use crate::audit::record::Record;
use crate::audit::seen::Seen;
use crate::digest::Digest;
use crate::protocol::bundle;
use crate::protocol::entry::Image;

impl Inquiry<'_> {
    /// The named photos whose bytes are here.
    pub(super) fn photos<E>(&mut self, record: &Record, look: Look<'_, E>) -> Result<BTreeSet<Digest>, E> {
        let (mut named, mut here) = (BTreeSet::new(), BTreeSet::new());
        for kept in record.state.photos() {
            let image = &kept.image;
            if !named.insert(image.sha256) {
                continue;
            }
            let place = Place {
                seq: Some(kept.seq),
                ..Place::station(self.side, record.station).with_file(bundle::photo(&image.sha256, image.kind))
            };
            match look(&image.sha256)? {
                None => self.add(Kind::PhotoAbsent, place, Detail::None),
                Some(Err(cause)) => self.add(Kind::Unreadable, place, cause),
                Some(Ok(seen)) => {
                    here.insert(image.sha256);
                    self.report.checked_mut().photos += 1;
                    self.photo(image, &seen, &place);
                }
            }
        }
        Ok(here)
    }

    fn photo(&mut self, image: &Image, seen: &Seen, place: &Place) {
        if seen.digest != image.sha256 {
            self.add(Kind::PhotoChanged, place.clone(), Detail::differs(&image.sha256, &seen.digest));
        } else if seen.kind != Some(image.kind) {
            let found = seen.kind.map_or("?", crate::protocol::entry::ImageKind::extension);
            self.add(Kind::PhotoKind, place.clone(), Detail::differs(&image.kind.extension(), &found));
        }
        if seen.bytes != image.bytes {
            self.add(Kind::PhotoLength, place.clone(), Detail::differs(&image.bytes, &seen.bytes));
        }
    }
}
