//! A sealed result without its chain, over HTTP: a person waits for it, so its answer is final.

use reqwest::header::CONTENT_TYPE;

use super::client::HttpUplink;
use super::read::Denial;
use crate::protocol::carrier;
use crate::protocol::note::Note;
use crate::protocol::wire::{CarriedAnswer, media, routes};
use crate::sync::{Later, Trouble};

impl HttpUplink {
    /// Brings a sealed result to central and says where it stands there. The same again brings the same answer.
    ///
    /// # Errors
    /// [`Denial`].
    pub async fn carry(&self, note: &Note) -> Result<CarriedAnswer, Denial> {
        let text = carrier::encode(note);
        let bytes = text.len() as u64;
        let request = self.client().post(self.url(routes::CARRIED)).header(CONTENT_TYPE, media::NOTE).body(text);
        let reply = self.exchange(bytes).run(request).await.map_err(Denial::Later)?;
        let no_answer =
            |_| Denial::Later(Later::new(Trouble::Portal, "the answer does not say where the result stands"));
        serde_json::from_slice(&reply.granted()?).map_err(no_answer)
    }
}
