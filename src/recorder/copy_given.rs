//! Recording who took a copy of a result (C.Hasil Salinan), or refused it.

use super::{Officer, Recorded, RecorderError, Station};
use crate::clock::Timestamp;
use crate::protocol::entry::{Body, CopyGiven, Recipient};

impl Station {
    /// Records that `to` took a copy of the result in force of a form, or why it was refused.
    ///
    /// # Errors
    /// [`RecorderError::NotSealed`], and what the rules of the day are against.
    pub fn copy_given(
        &mut self,
        officer: &Officer,
        (contest, to): (&str, Recipient),
        refused: Option<String>,
        now: Timestamp,
    ) -> Result<Recorded, RecorderError> {
        self.refresh()?;
        let result = self.form(contest)?.sealed().ok_or_else(|| RecorderError::NotSealed(contest.to_owned()))?.entry;
        self.record(&officer.signing(), &Body::CopyGiven(CopyGiven { result, to, refused }), now)
    }
}
