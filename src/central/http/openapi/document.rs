//! The document as a whole.

use utoipa::openapi::path::Paths;
use utoipa::openapi::{InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder};
use utoipa::{PartialSchema as _, ToSchema};

use super::ids;
use crate::protocol::wire::Problem;

/// The document as JSON, as it is served and committed.
#[derive(Clone)]
pub(in crate::central::http) struct Document(bytes::Bytes);

impl Document {
    /// Its bytes.
    pub(in crate::central::http) fn bytes(&self) -> bytes::Bytes {
        self.0.clone()
    }
}

const ABOUT: &str = "Central takes signed entries and photographs of polling stations, appends them to a transparency log, answers \
                     with receipts that prove it, and adds up. The formats of bodies stand in docs/format.md. Every answer that is no \
                     success is problem+json with a type of a closed list; an address that is none answers 404, a method that an \
                     address does not take 405. What is no HTTP at all is closed, or answered with an empty 400, 413, 414 or 431.";

/// Puts the document of all routes together.
pub(in crate::central::http) fn finish(routes: OpenApi) -> Document {
    let licence = LicenseBuilder::new().name(env!("CARGO_PKG_LICENSE")).identifier(Some(env!("CARGO_PKG_LICENSE")));
    let info = InfoBuilder::new().title("Plano central").version(env!("CARGO_PKG_VERSION")).description(Some(ABOUT));
    let mut components = routes.components.unwrap_or_default();
    let mut more = ids::all();
    more.push((Problem::name().into_owned(), Problem::schema()));
    Problem::schemas(&mut more);
    components.schemas.extend(more);
    let document = OpenApiBuilder::new()
        .info(info.license(Some(licence.build())).build())
        .paths(named(routes.paths))
        .components(Some(components))
        .build();
    let mut json = document.to_pretty_json().unwrap_or_default();
    json.push('\n');
    Document(json.into())
}

/// The rest of an address, `{*place}` for the router, is a parameter like any other in OpenAPI.
fn named(mut paths: Paths) -> Paths {
    paths.paths = paths.paths.into_iter().map(|(path, item)| (path.replace("{*", "{"), item)).collect();
    paths
}
