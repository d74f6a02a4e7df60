//! The end of an upload: the whole is checked against its name, stored, entered in the log, receipted.

use std::fs::{self, File};
use std::io::{Cursor, Read};

use super::blocking;
use crate::central::answer::Submission;
use crate::central::http::app::App;
use crate::central::http::problem::Failure;
use crate::central::photos::{Expected, store_photo};
use crate::central::refusal::Refusal;
use crate::central::uploads::{Held, Upload};
use crate::photo::{FolderError, lepton};
use crate::protocol::coding::Coding;

/// Completes an upload whose bytes are all here, and gives the photo's receipt.
///
/// Cut short at any moment, by an error or a crash, the upload is whole and unfinished as before: whoever asks for its
/// offset leads here again.
///
/// # Errors
/// [`Refusal::OtherBytes`]: the bytes are not those of the photo's name, and the upload is gone. Others pass.
pub(super) async fn finish(app: &App, held: Held) -> Result<(Upload, Vec<u8>), Failure> {
    let (station, sha256) = (held.upload().wanted.station, held.upload().wanted.sha256);
    let expected = app.desk.ask(move |central| central.expects_photo(station, &sha256)).await??;
    if let Expected::Held(receipt) = expected {
        return Ok((finished(app, held).await?, receipt));
    }
    let photos = app.desk.photos();
    let turn = match held.upload().wanted.coding {
        Coding::Plain => None,
        Coding::Lepton => Some(app.decoding.acquire().await.map_err(|_| Refusal::Closing)?),
    };
    let store = move || {
        let opened = opened(&held, &expected);
        match opened.and_then(|mut photo| store_photo(&*photos, &sha256, &expected, &mut photo)) {
            Err(refusal @ Refusal::OtherBytes(_)) => {
                held.remove();
                Err(refusal)
            }
            Err(refusal) => Err(refusal),
            Ok(bytes) => Ok((held, bytes)),
        }
    };
    let (held, bytes) = blocking(store).await??;
    drop(turn);
    let answer = app.desk.submit(Submission::Photo { station, sha256, bytes }).await?;
    Ok((finished(app, held).await?, answer.bytes))
}

/// The bytes of the photo that has come.
fn opened(held: &Held, expected: &Expected) -> Result<Box<dyn Read>, Refusal> {
    let (path, wanted) = (held.path(), &held.upload().wanted);
    let failed = |source| Refusal::PhotoStore(FolderError::read(&path, source));
    match wanted.coding {
        Coding::Plain => Ok(Box::new(File::open(&path).map_err(failed)?)),
        Coding::Lepton => {
            let coded = fs::read(&path).map_err(failed)?;
            match lepton::decode(&coded, expected.limit()) {
                Ok(photo) => Ok(Box::new(Cursor::new(photo))),
                Err(error) => {
                    tracing::warn!(station = %wanted.station, photo = %wanted.sha256.short(), %error, "no photo comes out of what came");
                    Err(Refusal::OtherBytes(wanted.sha256))
                }
            }
        }
    }
}

async fn finished(app: &App, mut held: Held) -> Result<Upload, Failure> {
    let now = (app.clock)();
    let finish = move || {
        held.finish(now);
        held.upload().clone()
    };
    blocking(finish).await
}
