//! One request and its answer within the limits of time.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Client, Request, RequestBuilder, Response};
use tokio::time::{Instant, sleep, sleep_until};

use super::client::{HttpUplink, USER_AGENT};
use super::config::Limits;
use super::read::{self, Reply};
use super::trouble::trouble;
use crate::sync::{Later, Progress, Trouble};

/// The frame of one request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exchange<'a> {
    pub(super) uplink: &'a HttpUplink,
    pub(super) limits: Limits,
    /// Length of the request's body in bytes.
    pub(super) bytes: u64,
}

impl Exchange<'_> {
    /// Sends a request whose body is at hand and small.
    pub(super) async fn run(self, request: RequestBuilder) -> Result<Reply, Later> {
        let (client, request) = self.counted(request)?;
        self.uplink.link().meter.sent(self.bytes);
        let answer = tokio::time::timeout(self.limits.answer_for(self.bytes), client.execute(request)).await;
        let response = answer.map_err(|_| silent(self.limits.answer_for(self.bytes)))?;
        self.finish(response).await
    }

    /// Sends a request whose body tells how far it has come.
    pub(super) async fn run_watching(self, request: RequestBuilder, progress: &Progress) -> Result<Reply, Later> {
        let (client, request) = self.counted(request)?;
        let before = progress.sent();
        let response = tokio::select! {
            biased;
            response = client.execute(request) => Ok(response),
            later = self.standstill(progress) => Err(later),
        };
        self.uplink.link().meter.sent(progress.sent() - before);
        self.finish(response?).await
    }

    /// The request, once its head is counted.
    fn counted(self, request: RequestBuilder) -> Result<(Client, Request), Later> {
        let (client, request) = request.timeout(self.limits.total_for(self.bytes)).build_split();
        let request = request.map_err(|error| trouble(&error))?;
        // "PATCH … HTTP/1.1", "host: …", "user-agent: …", "accept: */*", an empty line.
        let line = request.method().as_str().len() + request.url().path().len() + 12;
        let added = request.url().authority().len() + 8 + USER_AGENT.len() + 14 + 13 + 2;
        self.uplink.link().meter.sent((line + added + lines(request.headers())) as u64);
        Ok((client, request))
    }

    async fn finish(self, response: Result<Response, reqwest::Error>) -> Result<Reply, Later> {
        let response = response.map_err(|error| trouble(&error))?;
        // "HTTP/1.1 200 OK", an empty line.
        let head = lines(response.headers()) as u64 + 19;
        let reply = read::reply(response, self.limits.idle).await;
        self.uplink.link().meter.received(head + reply.as_ref().map_or(0, Reply::bytes));
        reply
    }

    /// Ends when the sending has come to a standstill.
    async fn standstill(self, progress: &Progress) -> Later {
        // Nothing is taken before the connection stands; that has a limit of its own.
        let mut deadline = Instant::now() + self.limits.connect + self.limits.stalled();
        // What earlier requests of the same try have sent does not count.
        let before = progress.sent();
        let mut seen = 0;
        // Looked at often enough that a limit is kept to within a tenth.
        let look = (self.limits.idle.min(self.limits.answer) / 10).max(Duration::from_millis(1));
        while Instant::now() < deadline {
            sleep(look).await;
            let sent = progress.sent() - before;
            // While its turn is taken by something more urgent, a photo does not come to a standstill.
            if sent > seen || progress.is_paused() {
                seen = sent;
                let rest = if sent < self.bytes { self.limits.stalled() } else { self.limits.answer_for(self.bytes) };
                deadline = Instant::now() + rest;
            }
        }
        sleep_until(deadline).await;
        if seen < self.bytes {
            let so_far = format!("the network took {seen} of {} bytes and then nothing", self.bytes);
            Later::new(Trouble::Timeout, so_far)
        } else {
            silent(self.limits.answer_for(self.bytes))
        }
    }
}

/// The lines of a head in bytes: "name: value" and the end of the line.
fn lines(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

fn silent(limit: Duration) -> Later {
    Later::new(Trouble::Timeout, format!("no answer within {} s", limit.as_secs_f32()))
}
