//! What anybody may ask of a central's log, and notes that are handed in to it.

use reqwest::header::CONTENT_TYPE;

use super::client::HttpUplink;
use super::read::Denial;
use crate::protocol::wire::media;

impl HttpUplink {
    /// The bytes at `path`, below central's address.
    ///
    /// # Errors
    /// [`Denial`].
    pub async fn fetch(&self, path: &str) -> Result<Vec<u8>, Denial> {
        let request = self.client().get(self.url(path));
        self.exchange(0).run(request).await.map_err(Denial::Later)?.granted()
    }

    /// Hands in a signed note at `path`, below central's address.
    ///
    /// # Errors
    /// [`Denial`].
    pub async fn post_note(&self, path: &str, note: Vec<u8>) -> Result<(), Denial> {
        let bytes = note.len() as u64;
        let request = self.client().post(self.url(path)).header(CONTENT_TYPE, media::NOTE).body(note);
        self.exchange(bytes).run(request).await.map_err(Denial::Later)?.granted().map(drop)
    }
}
