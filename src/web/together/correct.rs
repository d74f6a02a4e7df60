//! Beginning the correction of a sealed form.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

use crate::recorder::RecorderError;
use crate::web::answer::{Answer, go};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::visit::Visit;
use crate::web::words;

/// The page.
#[derive(Template)]
#[template(path = "correct.html")]
struct Page {
    frame: Frame,
    contest: String,
    model: &'static str,
    revision: u16,
    reason: String,
    trouble: Option<String>,
}

/// Asks why the form is corrected.
pub(in crate::web) async fn show(visit: Visit, Path(contest): Path<String>) -> Answer {
    page(visit, contest, String::new(), StatusCode::OK, None).await
}

async fn page(visit: Visit, contest: String, reason: String, status: StatusCode, trouble: Option<String>) -> Answer {
    visit
        .page_with(status, move |station, frame| {
            let known = station.state().form(&contest);
            let form = known.ok_or_else(|| RecorderError::NoSuchContest(contest.clone()))?;
            if form.sealed().is_none() {
                return Err(RecorderError::NotSealed(contest.clone()).into());
            }
            let (model, revision) = (form.form().contest().model, form.revision());
            Ok(Page { frame, contest, model, revision, reason, trouble })
        })
        .await
}

/// Begins the correction; the officer reads the form next.
pub(in crate::web) async fn begin(visit: Visit, Path(contest): Path<String>, fields: Fields) -> Answer {
    let (officer, of, reason) = (visit.officer()?, contest.clone(), fields.get("reason").to_owned());
    let why = reason.clone();
    match visit.work(move |station| Ok(station.correct(&officer, &of, &why)?)).await {
        Ok(_) => Ok(go(&format!("/form/{contest}/read"))),
        Err(error) => {
            let (status, text) = (error.status(), error.text(visit.lang));
            page(visit, contest, reason, status, Some(text)).await
        }
    }
}
