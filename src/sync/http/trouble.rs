//! Which trouble an error of the HTTP client is.

use std::error::Error;
use std::io;

use crate::sync::believe::in_full;
use crate::sync::{Later, Trouble};

/// Sorts an error by its causes, since the client's own words are few.
pub(super) fn trouble(error: &reqwest::Error) -> Later {
    let kind = if error.is_dns() {
        Trouble::Dns
    } else if causes(error).any(|cause| cause.is::<rustls::Error>() || is_tls(cause)) {
        Trouble::Tls
    } else if error.is_connect() {
        Trouble::Connect
    } else if error.is_timeout() {
        Trouble::Timeout
    } else {
        Trouble::Cut
    };
    // The address is the same in every attempt and would only make the record longer.
    Later::new(kind, in_full(error))
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The handshake's error arrives wrapped in an error of input and output, which does not count its content as a cause.
fn is_tls(cause: &(dyn Error + 'static)) -> bool {
    let inner = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    inner.is_some_and(|inner| {
        inner.is::<rustls::Error>() || inner.downcast_ref::<io::Error>().is_some_and(|deep| is_tls(deep))
    })
}
