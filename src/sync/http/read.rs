//! Reading an answer: how much of it, and whose it is.

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::{Response, StatusCode};

use super::retry_after::retry_after;
use super::trouble::trouble;
use crate::protocol::wire::{Problem, limits};
use crate::sync::{Answer, Later, Reach, Trouble};

/// A whole answer.
#[derive(Debug)]
pub(super) struct Reply {
    status: StatusCode,
    retry_after: Option<Duration>,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// Reads all of an answer, at most [`limits::ANSWER_BYTES`], and no longer than `idle` for each piece.
pub(super) async fn reply(mut response: Response, idle: Duration) -> Result<Reply, Later> {
    let status = response.status();
    let (retry_after, headers) = (wish(response.headers()), response.headers().clone());
    let too_large = || Later::new(Trouble::AnswerTooLarge, format!("longer than {} bytes", limits::ANSWER_BYTES));
    let stalled = |_| Later::new(Trouble::Timeout, "the answer stopped half way");
    let mut body = Vec::new();
    while let Some(piece) =
        tokio::time::timeout(idle, response.chunk()).await.map_err(stalled)?.map_err(|error| trouble(&error))?
    {
        if body.len() as u64 + piece.len() as u64 > limits::ANSWER_BYTES {
            return Err(too_large());
        }
        body.extend_from_slice(&piece);
    }
    Ok(Reply { status, retry_after, headers, body })
}

fn wish(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    retry_after(text(RETRY_AFTER)?, text(DATE))
}

impl Reply {
    /// The status.
    pub(super) const fn status(&self) -> StatusCode {
        self.status
    }

    /// The value of a header, when it is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Length of the body in bytes.
    pub(super) const fn bytes(&self) -> u64 {
        self.body.len() as u64
    }

    /// All of the body, whatever the status.
    pub(super) fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// What came of a `PUT`.
    pub(super) fn answer(self) -> Answer {
        match self.judged() {
            Ok(body) => Answer::Stored(body),
            Err(answer) => answer,
        }
    }

    /// The body of a successful `GET`. A problem of central's there is trouble too: no question of ours can be refused.
    pub(super) fn success(self) -> Result<Vec<u8>, Later> {
        self.judged().map_err(|answer| match answer {
            Answer::Later(later) => later,
            Answer::Refused { reason } => Later::new(Trouble::Unavailable, reason),
            other => Later::new(Trouble::Unavailable, format!("an answer to another question: {other:?}")),
        })
    }

    fn judged(self) -> Result<Vec<u8>, Answer> {
        if self.status == StatusCode::OK || self.status == StatusCode::CREATED {
            return Ok(self.body);
        }
        let mut answer = Problem::parse(&self.body).map_or_else(|| self.stranger(), Answer::from);
        if let Answer::Later(later) = &mut answer {
            later.retry_after = self.retry_after;
        }
        Err(answer)
    }

    /// An error that does not speak central's language comes from something in between. Load balancers in front of central
    /// say 429 and 503 for it, others 502 and 504; anything else is a portal or a proxy.
    fn stranger(&self) -> Answer {
        let trouble = match self.status.as_u16() {
            429 => Trouble::Busy,
            500 | 502 | 503 | 504 => Trouble::Unavailable,
            _ => Trouble::Portal,
        };
        Answer::Later(Later::new(trouble, format!("{}, not in central's words", self.status)))
    }

    /// The body of a successful request, or central's problem when it stated one.
    pub(super) fn granted(self) -> Result<Vec<u8>, Denial> {
        match (Problem::parse(&self.body), self.judged()) {
            (_, Ok(body)) => Ok(body),
            (None, Err(Answer::Later(later))) => Err(Denial::Later(later)),
            (Some(problem), Err(Answer::Later(later))) if later.trouble.reach() == Reach::Central => {
                Err(Denial::Later(Later { detail: problem.detail, ..later }))
            }
            (Some(problem), Err(_)) => Err(Denial::Problem(Box::new(problem))),
            (None, Err(_)) => Err(Denial::Later(Later::new(Trouble::Portal, "not in central's words"))),
        }
    }
}

/// Why a request brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum Denial {
    /// Central says no.
    #[error("central says: {}", .0.detail)]
    Problem(Box<Problem>),
    /// No answer of central's, or it asked for patience.
    #[error("no answer of central's: {0}")]
    Later(Later),
}
