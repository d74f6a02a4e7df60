//! The photo of a page beside the boxes, for when the plano has gone: whether it is shown, and of which page.

use crate::web::fields::Fields;

/// The page whose photo the address asks for (`?photo=2`).
pub(super) fn asked(path: &str) -> Option<u8> {
    let query = path.split_once('?')?.1;
    let (_, page) = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "photo")?;
    page.parse().ok()
}

/// The page whose photo lies beside the boxes that were posted.
pub(super) fn posted(fields: &Fields) -> Option<u8> {
    let shown = fields.get("beside") == "1";
    shown.then(|| fields.get("photo").parse().unwrap_or(1))
}

/// The address of the reading page with that photo, at the place `anchor`.
pub(super) fn address(contest: &str, photo: Option<u8>, anchor: &str) -> String {
    let photo = photo.map(|page| format!("?photo={page}")).unwrap_or_default();
    format!("/form/{contest}/read{photo}#{anchor}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_photo_stays_beside_the_boxes_from_one_saving_to_the_next() {
        let fields =
            |pairs: &[(&str, &str)]| Fields::new(pairs.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect());
        let kept = posted(&fields(&[("beside", "1"), ("photo", "3")]));
        assert_eq!(asked(address("gubernur", kept, "V").split_once('#').expect("an anchor").0), Some(3));
        assert_eq!(posted(&fields(&[("photo", "3")])), None, "put away");
        assert_eq!(address("gubernur", None, "I"), "/form/gubernur/read#I");
        assert_eq!(asked("/form/gubernur/read?photo=x"), None);
    }
}
