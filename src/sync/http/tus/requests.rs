//! The three requests: create, ask for the offset, send a piece.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use reqwest::{Method, RequestBuilder, StatusCode, Url};
use tokio::time::Instant;

use super::{AT_ONCE, BEGINNING, Standing, stranger};
use crate::protocol::tus::{self, Metadata, header};
use crate::sync::believe::in_full;
use crate::sync::http::client::HttpUplink;
use crate::sync::http::read::Reply;
use crate::sync::http::stream;
use crate::sync::{Answer, Later, Progress, Trouble, Upload};

/// What all requests of one try share.
pub(super) struct Requests<'a> {
    pub(super) uplink: &'a HttpUplink,
    pub(super) endpoint: Url,
    pub(super) about: Metadata,
    pub(super) upload: Upload,
    pub(super) progress: &'a Progress,
}

/// Why a piece was not taken.
pub(super) enum Refused {
    /// The server may have some or all of it; it has to be asked.
    Unclear(Later),
    /// It will not be otherwise in this try.
    Final(Answer),
}

impl Requests<'_> {
    /// Begins an upload; a small file goes along, or the beginning of a larger one, once.
    pub(super) async fn create(&self) -> Result<Standing, Answer> {
        let along = self.along();
        match self.announce(along).await {
            Err(Answer::Later(later)) if later.trouble == Trouble::Cut && 0 < along && along < self.upload.bytes => {
                self.uplink.link().gauge.broke(0);
                if self.uplink.link().budget.spend() { self.announce(0).await } else { Err(Answer::Later(later)) }
            }
            other => other,
        }
    }

    /// How many bytes go along with the announcement.
    fn along(&self) -> u64 {
        let (length, piece) = (self.upload.bytes, self.uplink.link().gauge.piece());
        if length <= AT_ONCE.min(self.upload.piece) {
            length
        } else if BEGINNING <= piece {
            BEGINNING.min(self.upload.piece).min(length)
        } else {
            0
        }
    }

    async fn announce(&self, along: u64) -> Result<Standing, Answer> {
        let (length, began) = (self.upload.bytes, Instant::now());
        let request = self.request(Method::POST, self.endpoint.clone());
        let request = request.header(header::LENGTH, length).header(header::METADATA, self.about.to_string());
        let reply = if along > 0 || length == 0 {
            self.progress.stands_at(0);
            self.send(request, 0, along).await
        } else {
            self.ask(request.header(CONTENT_LENGTH, 0)).await
        };
        let reply = reply.map_err(Answer::Later)?;
        if reply.status() != StatusCode::CREATED {
            return Err(refusal(reply));
        }
        let url = self.location(&reply).map_err(Answer::Later)?;
        // A server that takes no bytes at creation says nothing of an offset.
        let offset = reply.header(header::OFFSET).map_or(Ok(0), |_| self.offset_in(&reply)).map_err(Answer::Later)?;
        if offset > 0 {
            self.passed(began, offset);
        }
        // Whoever does not listen loses no more than the place to go on from.
        let _ = self.upload.told.send(url.to_string());
        Ok(Standing { url, offset, said: reply.into_body(), stalled: false })
    }

    /// How far an upload is; `None` when the server does not know it any more, or knows it as one of another length: then it is that of
    /// another coding.
    pub(super) async fn offset(&self, url: &Url) -> Result<Option<u64>, Answer> {
        let request = self.request(Method::HEAD, url.clone());
        let reply = self.ask(request).await.map_err(Answer::Later)?;
        match reply.status() {
            StatusCode::OK | StatusCode::NO_CONTENT if self.is_another(&reply) => Ok(None),
            StatusCode::OK | StatusCode::NO_CONTENT => self.offset_in(&reply).map(Some).map_err(Answer::Later),
            StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::FORBIDDEN => Ok(None),
            _ => Err(refusal(reply)),
        }
    }

    /// Sends the next piece; gives the offset after it, and the receipt when the whole is there and the answer has it.
    pub(super) async fn piece(&self, standing: &Standing) -> Result<(u64, Vec<u8>), Refused> {
        let start = standing.offset;
        let length = (self.upload.bytes - start).min(self.upload.piece.min(self.uplink.link().gauge.piece()).max(1));
        let request = self.request(Method::PATCH, standing.url.clone()).header(header::OFFSET, start);
        let reply = self.send(request, start, length).await.map_err(|later| match later.trouble {
            Trouble::Cut => Refused::Unclear(later),
            _ => Refused::Final(Answer::Later(later)),
        })?;
        match reply.status() {
            StatusCode::NO_CONTENT | StatusCode::OK => {
                let offset = self.offset_in(&reply).map_err(|later| Refused::Final(Answer::Later(later)))?;
                if (start + 1..=start + length).contains(&offset) {
                    let receipt = reply.header(header::RECEIPT).and_then(|text| BASE64_STANDARD.decode(text).ok());
                    Ok((offset, receipt.unwrap_or_default()))
                } else {
                    let detail = format!("{length} bytes were sent from {start} on, and the server stands at {offset}");
                    Err(Refused::Unclear(Later::new(Trouble::Moved, detail)))
                }
            }
            status if [403, 404, 409, 410, 423].contains(&status.as_u16()) => {
                Err(Refused::Unclear(Later::new(Trouble::Moved, format!("the server did not take a piece: {status}"))))
            }
            _ => Err(Refused::Final(refusal(reply))),
        }
    }

    fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.uplink.client().request(method, url).header(header::RESUMABLE, tus::VERSION)
    }

    /// Sends a request without a body, and notes how long its answer took.
    async fn ask(&self, request: RequestBuilder) -> Result<Reply, Later> {
        let began = Instant::now();
        let reply = self.uplink.exchange(0).run(request).await?;
        self.uplink.link().gauge.answered(began.elapsed());
        Ok(reply)
    }

    async fn send(&self, request: RequestBuilder, start: u64, length: u64) -> Result<Reply, Later> {
        let body = stream::of(&self.upload.content, start, length, self.progress.clone());
        let body = body.map_err(|error| Later::new(Trouble::Disk, in_full(&error)))?;
        let request = request.header(CONTENT_TYPE, tus::PIECE).header(CONTENT_LENGTH, length).body(body);
        self.uplink.exchange(length).run_watching(request, self.progress).await
    }

    /// Where the upload is. Another host is no place for a photo, whoever says so.
    fn location(&self, reply: &Reply) -> Result<Url, Later> {
        let said = reply.header(LOCATION.as_str());
        let url = said.and_then(|said| self.endpoint.join(said).ok());
        url.filter(|url| url.origin() == self.endpoint.origin())
            .ok_or_else(|| stranger(format!("the upload was created at no address of this server: {said:?}")))
    }

    fn is_another(&self, reply: &Reply) -> bool {
        let length = reply.header(header::LENGTH).and_then(|text| tus::number(header::LENGTH, text).ok());
        length.is_some_and(|length| length != self.upload.bytes)
    }

    fn offset_in(&self, reply: &Reply) -> Result<u64, Later> {
        let offset = reply.header(header::OFFSET).and_then(|text| tus::number(header::OFFSET, text).ok());
        offset
            .filter(|offset| *offset <= self.upload.bytes)
            .ok_or_else(|| stranger("the answer does not say where the upload stands"))
    }
}

/// A refusal in central's words, or what a stranger's status means.
fn refusal(reply: Reply) -> Answer {
    match reply.answer() {
        Answer::Stored(_) => Answer::Later(stranger("the answer is not that of an upload")),
        answer => answer,
    }
}
