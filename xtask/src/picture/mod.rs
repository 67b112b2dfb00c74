//! The pictures of docs/speed.md, drawn from the run that is kept in docs/bench/last.json: plain SVG, to be read on light and on
//! dark ground.

mod goals;
mod growth;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run::root;

/// Draws them anew.
///
/// # Errors
/// When no run is kept, or a picture cannot be written.
pub(crate) fn draw() -> Result<()> {
    let kept = root().join("docs/bench/last.json");
    let text = std::fs::read_to_string(&kept).context("no run is kept: `cargo xtask bench --keep` keeps one")?;
    let run: Value = serde_json::from_str(&text).context("docs/bench/last.json")?;
    for (name, picture) in [("docs/speed-goals.svg", goals::drawn(&run)), ("docs/speed-growth.svg", growth::drawn(&run))] {
        std::fs::write(root().join(name), picture).with_context(|| name.to_owned())?;
    }
    Ok(())
}

/// A picture that grows.
struct Svg {
    size: (f64, f64),
    shapes: String,
}

/// How a line of text stands at its place.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    fn new(width: f64, height: f64) -> Self {
        Self { size: (width, height), shapes: String::new() }
    }
    /// Text of a class, with its base line at this place.
    fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        self.shapes += &format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" class=\"{class}\">{text}</text>\n");
    }
    fn bar(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), class: &str) {
        self.shapes += &format!("<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" class=\"{class}\"/>\n");
    }
    fn line(&mut self, points: &[(f64, f64)], class: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        self.shapes += &format!("<polyline points=\"{}\" class=\"{class}\"/>\n", points.join(" "));
    }
    fn dot(&mut self, (x, y): (f64, f64), class: &str) {
        self.shapes += &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" class=\"{class} dot\"/>\n");
    }
    /// The whole picture. The ground is the page's own, so colours follow what its reader prefers.
    fn done(self) -> String {
        let ((width, height), shapes) = (self.size, self.shapes);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
             <style>{STYLE}</style>\n{shapes}</svg>\n"
        )
    }
}

/// Two colours that can be told apart without seeing red and green, on both grounds.
const STYLE: &str = "
text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600 }
.quiet { font-size: 11px; fill: #57606a }
.axis { stroke: #8c959f; stroke-width: 1; fill: none }
.first { stroke: #0969da; fill: none; stroke-width: 2 }
.second { stroke: #bc4c00; fill: none; stroke-width: 2; stroke-dasharray: 5 3 }
.first.dot { fill: #0969da } .second.dot { fill: #bc4c00; stroke-dasharray: none }
.held { fill: #0969da } .missed { fill: #bc4c00 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .quiet { fill: #9198a1 }
.first { stroke: #58a6ff } .second { stroke: #f0883e }
.first.dot, .held { fill: #58a6ff } .second.dot, .missed { fill: #f0883e }
}
";

/// On what it was measured, in one line.
fn caption(run: &Value) -> String {
    let machine = &run["machine"];
    let busy = if run["busy"] == true { "; BUSY MACHINE: times are too long" } else { "" };
    let (at, model) = (run["at"].as_str().unwrap_or_default(), machine["model"].as_str().unwrap_or_default());
    format!("{}, {} cores of {model}{busy}", at.get(..10).unwrap_or(at), machine["cores"])
}

/// A figure as people read it: three digits that count.
fn figure(value: f64) -> String {
    match value.abs() {
        v if v >= 1_000_000.0 => format!("{:.1} M", value / 1_000_000.0),
        v if v >= 10_000.0 => format!("{:.0} k", value / 1_000.0),
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn figures_have_three_digits_that_count() {
        let all = [0.1234, 3.456, 41.26, 812.4, 9_066.0, 70_123.0, 1_000_000.0].map(figure);
        assert_eq!(all, ["0.12", "3.46", "41.3", "812", "9066", "70 k", "1.0 M"]);
    }

    #[test]
    fn what_is_written_is_no_markup() {
        let mut svg = Svg::new(10.0, 10.0);
        svg.text((0.0, 0.0), Anchor::Start, "quiet", "a < b & c");
        assert!(svg.done().contains(">a &lt; b &amp; c</text>"));
    }

    #[test]
    fn a_busy_machine_is_named_below_the_picture() {
        let run = json!({"at": "2026-11-28T03:00:00.000Z", "busy": true, "machine": {"cores": 2, "model": "EPYC"}});
        assert_eq!(caption(&run), "2026-11-28, 2 cores of EPYC; BUSY MACHINE: times are too long");
    }
}
