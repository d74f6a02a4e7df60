//! The address of a saksi's page: made of the result itself, so that it holds after a restart and cannot be guessed before
//! the result is sealed.

use crate::digest::Digest;
use crate::protocol::state::{FormState, KeptResult, State};

/// What the digest of a result is mixed with.
const PURPOSE: &[u8] = b"plano/copy@1\n";

/// The 128 bits that stand in the address of the page about `result`.
pub(super) fn ticket(result: &Digest) -> String {
    let mut text = Digest::of(&[PURPOSE, result.as_bytes().as_slice()].concat()).to_string();
    text.truncate(32);
    text
}

/// The result that a ticket is for, of any revision, with its form.
pub(super) fn find<'a>(state: &'a State, given: &str) -> Option<(&'a FormState, &'a KeptResult)> {
    let all = state.forms().iter().flat_map(|form| form.results().iter().map(move |result| (form, result)));
    all.into_iter().find(|(_, result)| ticket(&result.entry) == given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_belongs_to_one_result_and_does_not_tell_its_digest() {
        let (one, other) = (Digest::of(b"one"), Digest::of(b"other"));
        assert_eq!(ticket(&one).len(), 32);
        assert_ne!(ticket(&one), ticket(&other));
        assert!(!one.to_string().starts_with(&ticket(&one)));
    }
}
