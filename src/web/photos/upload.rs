//! Reading the files of a form, one after the other, never more bytes than a photo may have.

use axum::extract::Multipart;
use axum::extract::multipart::Field;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::intake::{Incoming, take};
use super::notices::Notice;
use super::staging::Goal;
use crate::form::Lang;
use crate::photo::PhotoError;
use crate::photo::limits::FILE_BYTES;
use crate::protocol::entry::Source;
use crate::recorder::RecorderError;
use crate::web::answer::go;
use crate::web::error::WebError;
use crate::web::visit::Visit;

/// The most files that one form may carry.
const FILES: usize = 12;

/// The most bytes of a whole form with photos.
pub(in crate::web) const FORM_BYTES: usize = 300_000_000;

/// Takes every file of the form in, and leaves a notice about each.
pub(super) async fn take_all(visit: &Visit, goal: &Goal, mut form: Multipart) -> Result<(), WebError> {
    let officer = visit.officer()?;
    let mut files = 0;
    while let Some(mut field) = form.next_field().await.map_err(|_| WebError::Unreadable)? {
        let source = match field.name() {
            Some("camera") => Source::Camera,
            Some("file") => Source::File,
            _ => continue,
        };
        let file = field.file_name().unwrap_or_default().chars().take(80).collect::<String>();
        let notice = match whole(&mut field).await? {
            Some(bytes) if bytes.is_empty() => continue,
            Some(_) if files == FILES => return Err(WebError::TooLarge),
            Some(bytes) => {
                let (officer, goal, now) = (officer.clone(), goal.clone(), visit.now());
                let incoming = Incoming { file, source, bytes };
                visit.app.desk.darkroom(move |station| Ok(take(station, &officer, &goal, incoming, now)?)).await?
            }
            None => too_long(file),
        };
        files += 1;
        visit.app.room.notices.add(officer.slot(), notice);
    }
    Ok(())
}

/// The page of what became of the files; a script that shows the progress loads that page by itself.
pub(super) fn told(headers: &HeaderMap, path: &str) -> Response {
    if headers.contains_key("x-upload") { StatusCode::NO_CONTENT.into_response() } else { go(path) }
}

/// The bytes of a file; none when there are more than a photo may have. The rest is read and thrown away, so that the
/// browser gets its answer.
async fn whole(field: &mut Field<'_>) -> Result<Option<Vec<u8>>, WebError> {
    let mut bytes = Vec::new();
    let mut fits = true;
    while let Some(piece) = field.chunk().await.map_err(|_| WebError::TooLarge)? {
        fits &= (bytes.len() + piece.len()) as u64 <= FILE_BYTES;
        if fits {
            bytes.extend_from_slice(&piece);
        } else {
            bytes.clear();
        }
    }
    Ok(fits.then_some(bytes))
}

fn too_long(file: String) -> Notice {
    let error = RecorderError::from(PhotoError::TooManyBytes { bytes: FILE_BYTES + 1, limit: FILE_BYTES });
    Notice::Refused { file, id: error.text(Lang::Id), en: error.text(Lang::En) }
}
