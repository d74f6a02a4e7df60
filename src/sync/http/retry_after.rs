//! The `Retry-After` header (RFC 9110, section 10.2.3), in both of its forms.

use std::time::Duration;

use time::PrimitiveDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

/// `Wed, 27 Nov 2024 13:58:02 GMT`: the one date form that is still sent. The two obsolete ones count as no wish.
const IMF_FIXDATE: &[BorrowedFormatItem<'_>] =
    format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");

/// How long the server asks to wait: a number of seconds, or a date.
///
/// A date is measured from the answer's own `Date` header, never from this machine's clock, which may be wrong by hours;
/// without that header a date counts as no wish.
pub(super) fn retry_after(value: &str, date: Option<&str>) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are still a wish to wait long; the caller caps it.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let until = PrimitiveDateTime::parse(value, IMF_FIXDATE).ok()?;
    let sent = PrimitiveDateTime::parse(date?.trim(), IMF_FIXDATE).ok()?;
    Some(Duration::from_secs(u64::try_from((until - sent).whole_seconds()).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let sent = Some("Wed, 27 Nov 2024 13:58:02 GMT");
        for (value, date, seconds) in [
            ("120", None, Some(120)),
            (" 0 ", sent, Some(0)),
            ("99999999999999999999999", sent, Some(u64::from(u32::MAX))),
            ("Wed, 27 Nov 2024 14:00:02 GMT", sent, Some(120)),
            ("Wed, 27 Nov 2024 13:00:00 GMT", sent, Some(0)),
            ("Wed, 27 Nov 2024 14:00:02 GMT", None, None),
            ("Wednesday, 27-Nov-24 14:00:02 GMT", sent, None),
            ("-5", sent, None),
            ("1.5", sent, None),
            ("", sent, None),
            ("soon", sent, None),
        ] {
            assert_eq!(retry_after(value, date), seconds.map(Duration::from_secs), "{value:?}");
        }
    }
}
