//! The table of results, and its place in the documents.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

const BEGIN: &str = "<!-- measured: begin -->";
const END: &str = "<!-- measured: end -->";

/// Rows of what was measured, the figure, the yardstick of the same run, the ratio.
#[derive(Debug, Default)]
pub struct Table(Vec<[String; 4]>);

impl Table {
    /// A figure beside its yardstick.
    pub fn row(&mut self, what: &str, figure: &str, yardstick: &str, ratio: Option<f64>) {
        let ratio = ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
        self.0.push([what.to_owned(), figure.to_owned(), yardstick.to_owned(), ratio]);
    }

    fn markdown(&self) -> String {
        let mut text = String::from("| what | Plano | yardstick of the same run | ratio |\n|---|---|---|---|\n");
        for [what, figure, yardstick, ratio] in &self.0 {
            writeln!(text, "| {what} | {figure} | {yardstick} | {ratio} |").expect("writes to a string");
        }
        text
    }

    /// Prints the table.
    pub fn print(&self) {
        println!("{}", self.markdown());
    }

    /// Puts the table into the document.
    pub fn write(&self) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
        let page = std::fs::read_to_string(&path).expect("the page");
        let (before, rest) = page.split_once(BEGIN).expect("the mark before the table");
        let (_, after) = rest.split_once(END).expect("the mark behind the table");
        std::fs::write(&path, format!("{before}{BEGIN}\n{}{END}{after}", self.markdown())).expect("writes the page");
    }
}

/// How long `work` takes.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let made = work();
    (made, began.elapsed())
}

/// The middle one of several runs.
pub fn median(mut runs: Vec<Duration>) -> Duration {
    runs.sort_unstable();
    runs[runs.len() / 2]
}
