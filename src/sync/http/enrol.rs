//! Enrolment over HTTP: a person waits for it, so its answer is final.

use reqwest::header::CONTENT_TYPE;

use super::client::HttpUplink;
use super::read::Denial;
use crate::protocol::wire::{Problem, ProblemKind, limits, media, routes};
use crate::sync::{Later, Trouble};

/// Why there is no accreditation.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// Central says no.
    #[error("central refused the enrolment: {}", .0.detail)]
    Refused(Box<Problem>),
    /// No answer of central's; the same enrolment may be sent again, the code is not lost.
    #[error("central could not be asked ({0}); send the same enrolment again")]
    Later(Later),
}

impl HttpUplink {
    /// Sends an enrolment and gives the bytes of central's accreditation, which the caller verifies.
    ///
    /// The very same enrolment again brings the same accreditation, so a lost answer costs nothing.
    ///
    /// # Errors
    /// [`EnrolError`].
    pub async fn enrol(&self, enrolment: Vec<u8>) -> Result<Vec<u8>, EnrolError> {
        let bytes = enrolment.len() as u64;
        if bytes > limits::ENROLMENT_BYTES {
            let detail = format!("it has {bytes} bytes, more than {}", limits::ENROLMENT_BYTES);
            return Err(EnrolError::Refused(Box::new(Problem::new(ProblemKind::TooLarge, detail))));
        }
        let request = self.client().post(self.url(routes::ENROL)).header(CONTENT_TYPE, media::NOTE).body(enrolment);
        let reply = self.exchange(bytes).run(request).await.map_err(EnrolError::Later)?;
        let body = reply.granted().map_err(|denial| match denial {
            Denial::Problem(problem) => EnrolError::Refused(problem),
            Denial::Later(later) => EnrolError::Later(later),
        })?;
        if body.starts_with(b"{") {
            Ok(body)
        } else {
            Err(EnrolError::Later(Later::new(Trouble::Portal, "the answer is no accreditation")))
        }
    }
}
