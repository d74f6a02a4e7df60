//! Several entries with one request: on a slow link the waiting for each answer takes longer than the entries themselves.
//!
//! They go deflated, since they resemble each other: a day's entries take about a third of their bytes.

use miniz_oxide::deflate::compress_to_vec_zlib;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use tokio::time::Instant;

use super::client::HttpUplink;
use super::stream;
use crate::protocol::ids::StationId;
use crate::protocol::receipt::{Item, What};
use crate::protocol::wire::{self, Entries, EntriesAnswer, EntryAnswer};
use crate::sync::uplink::Told;
use crate::sync::{Answer, Later, Progress, Trouble};

/// A body of at most so many bytes goes in one round trip (RFC 6928: ten segments).
const SHORT: u64 = 10 * 1_400;

/// The strongest compression.
const LEVEL: u8 = 10;

impl HttpUplink {
    /// Posts consecutive entries; an answer for each, or one alone when there is none of central's for any.
    pub(super) async fn post_entries(&self, entries: Vec<(Item, Vec<u8>)>, progress: &Progress) -> Told {
        let count = entries.len();
        let (station, body) = match pack(entries) {
            Ok(packed) => packed,
            Err(reason) => return Answer::Refused { reason }.into(),
        };
        let bytes = body.len() as u64;
        let request = self.client().post(self.url(&wire::entries_path(station)));
        let request = request.header(CONTENT_TYPE, "application/json").header(CONTENT_ENCODING, "deflate");
        let request = request.header(CONTENT_LENGTH, bytes).body(stream::of_bytes(body, progress.clone()));
        let began = Instant::now();
        let reply = match self.exchange(bytes).run_watching(request, progress).await {
            Ok(reply) => {
                if bytes <= SHORT {
                    self.link().gauge.answered(began.elapsed());
                }
                reply
            }
            Err(later) => return Answer::Later(later).into(),
        };
        match reply.answer() {
            Answer::Stored(said) => {
                let told = read(&said, count);
                told.missing.iter().for_each(|missing| self.told_of_codings(missing));
                told
            }
            other => other.into(),
        }
    }
}

/// The station and the body of a request for `entries`.
fn pack(entries: Vec<(Item, Vec<u8>)>) -> Result<(StationId, Vec<u8>), String> {
    let mut place = None;
    let mut notes = Vec::with_capacity(entries.len());
    for (item, bytes) in entries {
        let What::Entry(seq) = item.what else { return Err("not sent: a photo among entries".into()) };
        place = place.or(Some((item.station, seq)));
        notes.push(String::from_utf8(bytes).map_err(|_| format!("not sent: entry {seq} is no text"))?);
    }
    let (station, first) = place.ok_or("not sent: no entry")?;
    // Numbers and texts alone: serde_json has nothing to refuse.
    let json = serde_json::to_vec(&Entries { first, entries: notes }).unwrap_or_default();
    Ok((station, compress_to_vec_zlib(&json, LEVEL)))
}

/// What central said of each; of so many it has to.
fn read(said: &[u8], count: usize) -> Told {
    let said = serde_json::from_slice::<EntriesAnswer>(said).ok().filter(|said| said.answers.len() == count);
    let Some(EntriesAnswer { answers, missing }) = said else {
        return Answer::Later(Later::new(Trouble::Portal, "the answer is not central's about these entries")).into();
    };
    let one = |answer| match answer {
        EntryAnswer::Receipt(receipt) => Answer::Stored(receipt.into_bytes()),
        EntryAnswer::Problem(problem) => Answer::from(problem),
    };
    Told { answers: answers.into_iter().map(one).collect(), missing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::wire::{Problem, ProblemKind};

    #[test]
    fn every_entry_has_its_answer_or_the_whole_is_no_answer() {
        let problem = Problem::new(ProblemKind::Signature, "by nobody");
        let answers = vec![EntryAnswer::Receipt("receipt".into()), EntryAnswer::Problem(problem.clone())];
        let said = serde_json::to_vec(&EntriesAnswer { answers, missing: None }).expect("serializes");
        assert_eq!(read(&said, 2).answers, [Answer::Stored(b"receipt".to_vec()), Answer::from(problem)]);
        for (said, count) in [(said.as_slice(), 1), (&said, 3), (b"{}", 2), (b"<html>Welcome</html>", 2)] {
            let [Answer::Later(later)] = &read(said, count).answers[..] else { panic!("an answer of central's?") };
            assert_eq!(later.trouble, Trouble::Portal);
        }
    }
}
