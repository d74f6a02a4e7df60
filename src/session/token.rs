//! Secrets of the page: names of sessions, and the token that proves that a form came from our own page.

use rand::TryRng as _;
use rand::rngs::SysRng;

use crate::digest::{Digest, Hasher};

/// The system gave no randomness.
#[derive(Debug, thiserror::Error)]
#[error("the system gave no randomness")]
pub(crate) struct NoRandomness;

/// 256 random bits in hexadecimal digits.
pub(crate) fn fresh() -> Result<String, NoRandomness> {
    let mut bytes = [0; 32];
    SysRng.try_fill_bytes(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(Digest::from_bytes(bytes).to_string())
}

/// The token of the forms that are shown to the browser with this cookie. `secret` is the server's, new at every start.
///
/// Secret and cookie are of one length each and neither is chosen by a visitor's page, so a plain hash over both is enough.
pub(crate) fn of_forms(secret: &str, cookie: &str) -> String {
    let mut hasher = Hasher::default();
    hasher.update(b"plano/forms\n");
    hasher.update(secret.as_bytes());
    hasher.update(b"\n");
    hasher.update(cookie.as_bytes());
    hasher.finish().0.to_string()
}

/// Whether two tokens are equal; takes as long for a near miss as for a far one.
pub(crate) fn equal(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_one_server_and_one_cookie() {
        let token = of_forms("secret", "cookie");
        assert!(equal(&token, &of_forms("secret", "cookie")));
        assert!(!equal(&token, &of_forms("secret", "other")));
        assert!(!equal(&token, &of_forms("other", "cookie")));
        assert!(!equal(&token, ""));
    }

    #[test]
    fn names_are_long_and_never_the_same() {
        let [one, other] = [fresh().expect("random"), fresh().expect("random")];
        assert_eq!(one.len(), 64);
        assert_ne!(one, other);
    }
}
