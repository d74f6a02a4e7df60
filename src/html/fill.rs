//! Values in the places of a text from the catalogue.

use std::fmt::Display;

/// Puts values in the places of `{}`, in their order.
pub(crate) fn fill(template: &str, values: &[&dyn Display]) -> String {
    let mut pieces = template.split("{}");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    for piece in pieces {
        if let Some(value) = values.next() {
            text.push_str(&value.to_string());
        }
        text.push_str(piece);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_their_places_in_order() {
        assert_eq!(fill("{} of {} received", &[&3, &"7"]), "3 of 7 received");
        assert_eq!(fill("nothing", &[&3]), "nothing");
        assert_eq!(fill("{} of {}", &[&"{}"]), "{} of ");
    }
}
