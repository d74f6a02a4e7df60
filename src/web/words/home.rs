//! Words of the home page: the day as one path.

words! {
    TITLE = "Hari ini", "Today";
    NEXT = "Langkah berikutnya", "Next step";
}
