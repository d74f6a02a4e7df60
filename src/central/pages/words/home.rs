//! Words of the front page.

words! {
    TITLE = "Rekapitulasi {}", "Recapitulation of {}";
}
