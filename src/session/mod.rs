//! What both servers with a login share: cookies that no script reads, and the secrets that bind forms to a browser.
//!
//! Not here: who may log in and for how long. The station's page and central each decide that for themselves.

pub(crate) mod cookies;
pub(crate) mod token;
