//! Upright previews, made once and kept in memory for as long as there is room.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::digest::Digest;
use crate::photo::{self, PhotoError};

/// How many previews are kept: those of a whole day, at about 200 kB each.
const KEPT: usize = 64;

/// How large a preview is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Side {
    /// Beside the text of a page.
    Small,
    /// To read every figure.
    Large,
}

impl Side {
    /// The longer side in pixels.
    const fn pixels(self) -> u32 {
        match self {
            Self::Small => 900,
            Self::Large => 2_400,
        }
    }
}

/// One preview with what it is of.
type Kept = (Digest, Side, Arc<Vec<u8>>);

/// The previews made lately, the newest last.
#[derive(Debug, Default)]
pub(in crate::web) struct Previews(Mutex<VecDeque<Kept>>);

impl Previews {
    /// The preview, when it has been made already.
    pub(in crate::web) fn get(&self, of: &Digest, side: Side) -> Option<Arc<Vec<u8>>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(digest, size, _)| digest == of && *size == side).map(|(_, _, bytes)| Arc::clone(bytes))
    }

    /// Makes a preview of the photo with these bytes; takes a blocking thread for up to half a second.
    pub(in crate::web) fn make(&self, of: &Digest, side: Side, bytes: &[u8]) -> Result<Arc<Vec<u8>>, PhotoError> {
        let made = Arc::new(photo::preview(bytes, side.pixels())?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back((*of, side, Arc::clone(&made)));
        Ok(made)
    }
}
