//! Uploading a file by tus 1.0.0 (<https://tus.io/protocols/resumable-upload>), to central or to any other such server.
//!
//! In scope: where to begin, where to go on after a broken connection, when to leave it to a later try.
//! Not here: waiting between tries (`sync::backoff`), whether a receipt may be believed (`sync::believe`).
//!
//! What the server answers to `HEAD` is the truth about what it has; nothing is computed from what was sent.

mod requests;

use reqwest::Url;
use tokio::time::Instant;

use super::client::HttpUplink;
use super::meter::Passed;
use crate::protocol::tus::Metadata;
use crate::sync::{Answer, Later, Progress, Trouble, Upload};
use requests::{Refused, Requests};

/// A photo of at most so many bytes goes along with the request that creates its upload: to send it again costs less than
/// another answer to wait for.
const AT_ONCE: u64 = 32 * 1024;

/// So much of a larger one goes along, where the link has broken nothing of that length lately: what a break would lose.
const BEGINNING: u64 = 64 * 1024;

/// Where an upload is, and how far.
struct Standing {
    url: Url,
    offset: u64,
    /// The receipt, when the last answer brought it.
    said: Vec<u8>,
    /// Whether the last piece brought it no further.
    stalled: bool,
}

impl HttpUplink {
    /// Uploads a file to the tus server whose uploads begin at `path` below the address of this uplink; gives the receipt that
    /// came with the last answer, and no bytes when none did.
    ///
    /// A connection that breaks is made anew at once, until two in a row have not brought the upload further, or until more
    /// connections broke than what got through is worth.
    ///
    /// # Errors
    /// What stands in the way, sorted as for every other item. What the server has by then it keeps, and the next try with
    /// the address that was told goes on from there.
    pub async fn upload(
        &self,
        path: &str,
        about: &[(&str, &str)],
        upload: Upload,
        progress: &Progress,
    ) -> Result<Vec<u8>, Answer> {
        let about = Metadata::new(about).map_err(|fault| Answer::Refused { reason: format!("not sent: {fault}") })?;
        let progress = &progress.of_coding(upload.bytes, upload.whole);
        let requests = Requests { uplink: self, endpoint: self.url(path), about, upload, progress };
        let mut standing = requests.begin().await?;
        while standing.offset < requests.upload.bytes {
            progress.stands_at(standing.offset);
            // A piece that ends is a moment for something more urgent, too.
            progress.piece_turn().await;
            standing = requests.step(standing).await?;
        }
        progress.stands_at(standing.offset);
        Ok(standing.said)
    }
}

impl Requests<'_> {
    /// Goes on with the upload that an earlier try began, or begins one.
    async fn begin(&self) -> Result<Standing, Answer> {
        let Some(url) = self.begun() else { return self.create().await };
        match self.offset(&url).await? {
            Some(offset) => Ok(Standing { url, offset, said: Vec::new(), stalled: false }),
            None => self.create().await,
        }
    }

    /// Sends one piece, as long as the link lets expect, and notes what the link made of it.
    async fn step(&self, standing: Standing) -> Result<Standing, Answer> {
        let (before, began) = (standing.offset, Instant::now());
        let sent = self.piece(&standing).await;
        let refused = match sent {
            Ok((offset, said)) => {
                self.passed(began, offset - before);
                return Ok(Standing { offset, said, stalled: false, ..standing });
            }
            Err(refused) => refused,
        };
        let after = self.go_on(standing, refused).await;
        let kept = after.as_ref().map_or(0, |after| after.offset.saturating_sub(before));
        let mut link = self.uplink.link();
        link.gauge.broke(kept);
        link.budget.earn(kept);
        after
    }

    /// A piece of so many bytes that was on its way from `began` has got through.
    fn passed(&self, began: Instant, bytes: u64) {
        let mut link = self.uplink.link();
        link.gauge.passed(bytes, began.elapsed());
        let content = bytes.saturating_mul(self.upload.whole) / self.upload.bytes.max(1);
        link.meter.passed(Passed { began, ended: Instant::now(), bytes, content });
        link.budget.earn(bytes);
    }

    /// After a piece that was not taken: where the server says that the upload is, if that is further than before.
    async fn go_on(&self, before: Standing, refused: Refused) -> Result<Standing, Answer> {
        let why = match refused {
            Refused::Final(answer) => return Err(answer),
            Refused::Unclear(later) => later,
        };
        if why.trouble == Trouble::Cut && !self.uplink.link().budget.spend() {
            return Err(Answer::Later(why));
        }
        match self.offset(&before.url).await? {
            Some(offset) if offset > before.offset => Ok(Standing { offset, stalled: false, ..before }),
            // The question may have come before the piece did: bytes that are on their way count at the second look.
            Some(offset) if !before.stalled => Ok(Standing { offset, stalled: true, ..before }),
            Some(_) => Err(Answer::Later(why)),
            // A server that loses what it has just created would be asked for ever.
            None if before.offset == 0 => Err(Answer::Later(why)),
            None => self.create().await,
        }
    }

    /// The address from an earlier try, when it is on this server.
    fn begun(&self) -> Option<Url> {
        let url = Url::parse(self.upload.begun.as_deref()?).ok()?;
        (url.origin() == self.endpoint.origin()).then_some(url)
    }
}

/// An answer that no server of this protocol gives.
fn stranger(detail: impl Into<String>) -> Later {
    Later::new(Trouble::Portal, detail)
}
