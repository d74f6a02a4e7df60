//! Charts of numbers over time as SVG that stands in a page: lines, a grid, and a text for every slice under the pointer.
//!
//! In scope: the drawing. Not here: colours, which the page's style sheet gives to the classes `s0`, `s1`, `s2`.

use std::fmt::Write as _;

/// How a value becomes a height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// As much higher as it is larger, from zero.
    Linear,
    /// Ten times is one step, from `1`; smaller values lie on the ground.
    Log,
}

/// One line; a slice without a value leaves a gap.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// What it shows.
    pub(super) name: &'static str,
    /// One value for each slice.
    pub(super) values: Vec<Option<f64>>,
}

/// A chart.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    /// What a screen reader calls it.
    pub(super) title: &'static str,
    /// What the values are counted in.
    pub(super) unit: &'static str,
    /// How values become heights.
    pub(super) scale: Scale,
    /// The end of each slice in seconds.
    pub(super) seconds: Vec<f64>,
    /// At most three.
    pub(super) lines: Vec<Line>,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 58.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 26.0;

impl Chart {
    /// The chart as one `<svg>` element.
    pub(super) fn svg(&self) -> String {
        let end = self.seconds.last().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
        let largest = self.lines.iter().flat_map(|line| &line.values).flatten().copied().fold(0.0, f64::max);
        let marks = match self.scale {
            Scale::Linear => even(largest, 4),
            Scale::Log => tenfold(largest),
        };
        let top = marks.last().copied().unwrap_or(1.0);
        let x = |seconds: f64| LEFT + (WIDTH - LEFT - RIGHT) * (seconds / end).clamp(0.0, 1.0);
        let y = |value: f64| {
            let share = match self.scale {
                Scale::Linear => value / top,
                Scale::Log => value.max(1.0).log10() / top.log10(),
            };
            HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share.clamp(0.0, 1.0)
        };
        let mut svg =
            format!("<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">", escaped(self.title));
        // Writing to a String cannot fail.
        for mark in marks {
            let (at, text) = (y(mark), short(mark));
            let _ = write!(
                svg,
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>",
                WIDTH - RIGHT
            );
            let _ = write!(svg, "<text class=\"y\" x=\"{}\" y=\"{:.1}\">{text}</text>", LEFT - 8.0, at + 4.0);
        }
        for mark in even(end, 6).into_iter().filter(|mark| *mark <= end) {
            let _ = write!(svg, "<text class=\"x\" x=\"{:.1}\" y=\"{}\">{}</text>", x(mark), HEIGHT - 6.0, time(mark));
        }
        for (nth, line) in self.lines.iter().enumerate() {
            svg.push_str(&self.path(nth, line, x, y));
        }
        svg.push_str(&self.texts(x));
        svg.push_str("</svg>");
        svg
    }

    /// The line, and the ground under it when it is the only one.
    fn path(&self, nth: usize, line: &Line, x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> String {
        let points: Vec<Option<(f64, f64)>> =
            self.seconds.iter().zip(&line.values).map(|(at, value)| Some((x(*at), y((*value)?)))).collect();
        let mut svg = String::new();
        for run in points.split(Option::is_none) {
            let run: Vec<String> = run.iter().flatten().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let ground = y(0.0);
            if self.lines.len() == 1 {
                let down = |point: &str| format!("{} {ground:.1}", point.split(' ').next().unwrap_or_default());
                let area = format!("M{} L{} L{}Z", down(first), run.join(" L"), down(last));
                let _ = write!(svg, "<path class=\"area s{nth}\" d=\"{area}\"/>");
            }
            // A run of one point is a dot: the line's round cap.
            let _ = write!(svg, "<path class=\"line s{nth}\" d=\"M{} L{}\"/>", first, run.join(" L"));
        }
        svg
    }

    /// A column over each slice that says its values.
    fn texts(&self, x: impl Fn(f64) -> f64) -> String {
        let mut svg = String::new();
        let mut from = 0.0;
        for (at, to) in self.seconds.iter().enumerate() {
            let values = self.lines.iter().filter_map(|line| {
                let value = line.values.get(at).copied().flatten()?;
                Some(format!("{}: {} {}", line.name, short(value), self.unit))
            });
            let text: Vec<_> = std::iter::once(time(*to)).chain(values).collect();
            let (left, right) = (x(from), x(*to));
            let _ = write!(
                svg,
                "<rect class=\"hit\" x=\"{left:.1}\" width=\"{:.1}\" y=\"{TOP}\" height=\"{}\"><title>{}</title></rect>",
                right - left,
                HEIGHT - TOP - BOTTOM,
                escaped(&text.join("\n"))
            );
            from = *to;
        }
        svg
    }
}

/// Round marks from zero to at least `largest`, about so many steps: 1, 2 or 5 times a power of ten apart.
fn even(largest: f64, steps: u32) -> Vec<f64> {
    let raw = (largest / f64::from(steps)).max(1e-9);
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= raw * 0.999);
    let step = if largest > 0.0 { step.unwrap_or(10.0 * power) } else { 1.0 };
    let mut marks = vec![0.0];
    let mut nth = 1_u32;
    while marks.last().is_some_and(|last| *last < largest * 0.999) || nth == 1 {
        marks.push(step * f64::from(nth));
        nth += 1;
    }
    marks
}

/// 1, 10, 100 … to at least `largest`.
fn tenfold(largest: f64) -> Vec<f64> {
    let mut marks = vec![1.0, 10.0];
    while marks.last().is_some_and(|last| *last < largest) {
        marks.push(marks.last().map_or(1.0, |last| last * 10.0));
    }
    marks
}

/// A number in few letters: `950`, `1.2k`, `3.4M`.
pub(super) fn short(value: f64) -> String {
    let (value, letter) = match value {
        large if large >= 999_500.0 => (large / 1e6, "M"),
        large if large >= 9_995.0 => (large / 1e3, "k"),
        small => (small, ""),
    };
    let text =
        if value >= 99.95 || value.fract().abs() < 0.005 { format!("{value:.0}") } else { format!("{value:.1}") };
    format!("{text}{letter}")
}

/// Seconds as `12 s` or `3:05`.
pub(super) fn time(seconds: f64) -> String {
    if seconds < 100.0 {
        return format!("{} s", short(seconds));
    }
    let whole = std::time::Duration::from_secs_f64(seconds.round()).as_secs();
    format!("{}:{:02}", whole / 60, whole % 60)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_reach_the_largest_value() {
        assert_eq!(even(100.0, 4), [0.0, 50.0, 100.0]);
        assert_eq!(even(7.3, 4), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(even(0.0, 4), [0.0, 1.0]);
        assert_eq!(tenfold(0.0), [1.0, 10.0]);
        assert_eq!(tenfold(120.0), [1.0, 10.0, 100.0, 1000.0]);
        for largest in [0.003, 1.0, 19.0, 950.0, 12_345.0, 8e8] {
            let marks = even(largest, 4);
            assert!(marks.last().is_some_and(|top| *top >= largest * 0.999), "{largest}: {marks:?}");
            assert!((2..=6).contains(&marks.len()), "{largest}: {marks:?}");
        }
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in
            [(0.0, "0"), (2.5, "2.5"), (950.0, "950"), (4_200.0, "4200"), (12_340.0, "12.3k"), (2e6, "2M")]
        {
            assert_eq!(short(value), text);
        }
        assert_eq!([time(5.0), time(99.0), time(185.0)], ["5 s", "99 s", "3:05"]);
    }

    fn chart(scale: Scale, values: Vec<Option<f64>>) -> String {
        let seconds = (1..=u32::try_from(values.len()).expect("few")).map(f64::from).collect();
        let lines = vec![Line { name: "a < b", values }];
        Chart { title: "\"quoted\"", unit: "ms", scale, seconds, lines }.svg()
    }

    #[test]
    fn larger_values_lie_higher_and_zero_on_the_ground() {
        let svg = chart(Scale::Linear, vec![Some(0.0), Some(50.0), Some(100.0)]);
        let line = svg.split("class=\"line s0\" d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a line");
        let heights: Vec<&str> = line.split([' ', 'L']).filter(|part| part.contains('.')).collect();
        let ys: Vec<f64> = heights.iter().skip(1).step_by(2).map(|y| y.parse().expect("a number")).collect();
        assert_eq!(ys, [214.0, 214.0, 113.0, 12.0], "{line}");
        let log = chart(Scale::Log, vec![Some(1.0), Some(10.0), Some(100.0)]);
        assert!(log.contains("214.0") && log.contains("113.0") && log.contains(" 12.0"), "{log}");
    }

    #[test]
    fn a_slice_without_a_value_is_a_gap_and_texts_are_escaped() {
        let svg = chart(Scale::Linear, vec![Some(1.0), None, Some(1.0)]);
        assert_eq!(svg.matches("class=\"line s0\"").count(), 2);
        assert!(svg.contains("a &lt; b: 1 ms") && svg.contains("&quot;quoted&quot;"));
        assert!(!svg.contains("a < b"));
        let empty = chart(Scale::Linear, Vec::new());
        assert!(empty.ends_with("</svg>") && !empty.contains("NaN"));
    }
}
