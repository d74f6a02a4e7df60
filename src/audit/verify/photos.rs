//! Photos against the entries that name them.

use std::collections::BTreeSet;

use super::{Inquiry, Look};
use crate::audit::finding::{Detail, Place};
use crate::audit::kind::Kind;
use crate::audit::record::Record;
use crate::audit::seen::Seen;
use crate::digest::Digest;
use crate::protocol::bundle;
use crate::protocol::entry::ImageKind;

impl Inquiry<'_> {
    /// The named photos and light copies whose bytes are here.
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
                    self.photo((image.sha256, image.bytes, image.kind), &seen, &place);
                }
            }
        }
        self.light_copies(record, look, &named, &mut here)?;
        Ok(here)
    }

    /// Light copies: those that are here have to be what the entry names. Nobody has to send one, so one that is not here is
    /// a finding only when central has signed for it.
    fn light_copies<E>(
        &mut self,
        record: &Record,
        look: Look<'_, E>,
        photos: &BTreeSet<Digest>,
        here: &mut BTreeSet<Digest>,
    ) -> Result<(), E> {
        let mut named = photos.clone();
        for kept in record.state.photos() {
            let Some(light) = kept.image.light.filter(|light| named.insert(light.sha256)) else { continue };
            let station = Place::station(self.side, record.station);
            let path = bundle::photo(&light.sha256, ImageKind::Jpeg);
            let place = Place { seq: Some(kept.seq), ..station.with_file(path) };
            match look(&light.sha256)? {
                None if record.photo_received_at(light.sha256).is_some() => {
                    self.add(Kind::PhotoAbsent, place, Detail::None);
                }
                None => {}
                Some(Err(cause)) => self.add(Kind::Unreadable, place, cause),
                Some(Ok(seen)) => {
                    here.insert(light.sha256);
                    self.photo((light.sha256, light.bytes, ImageKind::Jpeg), &seen, &place);
                }
            }
        }
        Ok(())
    }

    /// A file against the digest, length and kind under which an entry names it.
    fn photo(&mut self, (sha256, bytes, kind): (Digest, u64, ImageKind), seen: &Seen, place: &Place) {
        if seen.digest != sha256 {
            self.add(Kind::PhotoChanged, place.clone(), Detail::differs(&sha256, &seen.digest));
        } else if seen.kind != Some(kind) {
            let found = seen.kind.map_or("?", ImageKind::extension);
            self.add(Kind::PhotoKind, place.clone(), Detail::differs(&kind.extension(), &found));
        }
        if seen.bytes != bytes {
            self.add(Kind::PhotoLength, place.clone(), Detail::differs(&bytes, &seen.bytes));
        }
    }
}
