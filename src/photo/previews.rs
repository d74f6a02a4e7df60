//! Previews made lately, kept in memory for as long as there is room.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::{PhotoError, preview};
use crate::digest::Digest;

/// How many previews are kept unless somebody says otherwise: those of one TPS, at about 200 kB each.
const KEPT: usize = 64;

/// One preview: what it is of, its longer side in pixels, its bytes.
type Kept = (Digest, u32, Arc<Vec<u8>>);

/// The previews made lately, the newest last.
#[derive(Debug)]
pub struct Previews {
    most: usize,
    kept: Mutex<VecDeque<Kept>>,
}

impl Default for Previews {
    fn default() -> Self {
        Self::keeping(KEPT)
    }
}

impl Previews {
    /// Keeps at most `most` previews; then the oldest makes room.
    #[must_use]
    pub const fn keeping(most: usize) -> Self {
        Self { most, kept: Mutex::new(VecDeque::new()) }
    }

    /// The preview, when it has been made already.
    #[must_use]
    pub fn get(&self, of: &Digest, long_side: u32) -> Option<Arc<Vec<u8>>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(digest, side, _)| digest == of && *side == long_side).map(|(_, _, bytes)| Arc::clone(bytes))
    }

    /// Makes a preview of the photo with these bytes; takes a thread that may block for up to half a second.
    ///
    /// # Errors
    /// [`PhotoError`] as in [`preview`](super::preview()).
    pub fn make(&self, of: &Digest, long_side: u32, bytes: &[u8]) -> Result<Arc<Vec<u8>>, PhotoError> {
        let made = Arc::new(preview(bytes, long_side)?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= self.most {
            kept.pop_front();
        }
        kept.push_back((*of, long_side, Arc::clone(&made)));
        Ok(made)
    }
}
