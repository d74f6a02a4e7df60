//! What both servers with a login share: cookies that no script reads, the secrets that bind forms to a browser, the names
//! under which a server is asked for, and the fields of a form.
//!
//! Not here: who may log in and for how long. The station's page and central each decide that for themselves.

pub(crate) mod cookies;
pub(crate) mod fields;
pub(crate) mod hosts;
pub(crate) mod token;
