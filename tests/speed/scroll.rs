//! Scrolling: what the browser's trace says of the main thread's tasks and of frames that were dropped.

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::{Value, json};

use crate::{
    figures::{Figure, Figures},
    open,
};

/// Tasks of threads, frames, and the marks between which we look.
const TRACED: &str = "devtools.timeline,disabled-by-default-devtools.timeline,devtools.timeline.frame,\
                      disabled-by-default-devtools.timeline.frame,blink.user_timing";
/// How far each stroke of the wheel goes, in pixels, and how fast, in pixels a second.
const STROKE: i32 = 12_000;
const SPEED: i32 = 4_000;
const STROKES: u32 = 4;

/// One trace for one browser: the driver begins it with the browser and ends it with the first question for it.
pub(crate) fn measure(figures: &mut Figures, rows: u32) -> Answer<()> {
    let chrome = Chrome::start_traced(TRACED)?;
    open(&chrome, rows)?;
    chrome.script("performance.mark('scroll-begin')", &[])?;
    for n in 0..STROKES {
        let away = if n + 1 == STROKES { STROKE } else { -STROKE };
        let stroke = json!({ "x": 400, "y": 400, "yDistance": away, "speed": SPEED, "gestureSourceType": "mouse" });
        chrome.protocol("Input.synthesizeScrollGesture", &stroke)?;
    }
    let reached = chrome.script("performance.mark('scroll-end'); return document.querySelector('.vlist').scrollTop", &[])?;
    let trace = chrome.trace()?;
    let of = Between::find(&trace);
    let tasks: Vec<f64> = of.tasks(&trace).collect();
    let (drawn, dropped) = (of.frames(&trace, "DrawFrame"), of.frames(&trace, "DroppedFrame"));
    let over = tasks.iter().filter(|ms| **ms > 16.0).count();
    figures.add(Figure::new("scrolled to", reached.as_f64().unwrap_or(0.0), "px"));
    figures.add(Figure::new("longest task while scrolling", tasks.iter().copied().fold(0.0, f64::max), "ms").at_most(16.0));
    #[expect(clippy::cast_precision_loss, reason = "counts of a few seconds")]
    let (over, all, drawn, dropped) = (over as f64, tasks.len() as f64, drawn as f64, dropped as f64);
    figures.add(Figure::new("tasks over 16 ms", over, ""));
    figures.add(Figure::new("tasks", all, ""));
    figures.add(Figure::new("frames drawn", drawn, ""));
    figures.add(Figure::new("frames dropped", 100.0 * dropped / (drawn + dropped).max(1.0), "%").at_most(1.0));
    Ok(())
}

/// The stretch between the two marks, and the thread that set them: the page's main one. Times are in microseconds.
struct Between {
    begin: f64,
    end: f64,
    process: Value,
    thread: Value,
}

impl Between {
    fn find(trace: &[Value]) -> Self {
        let mark = |name: &str| trace.iter().find(|event| event["name"] == name);
        let time = |name: &str| mark(name).and_then(|event| event["ts"].as_f64()).unwrap_or(0.0);
        let of = |field: &str| mark("scroll-begin").map(|event| event[field].clone()).unwrap_or_default();
        Self { begin: time("scroll-begin"), end: time("scroll-end"), process: of("pid"), thread: of("tid") }
    }
    fn has(&self, event: &Value) -> bool {
        event["pid"] == self.process && event["ts"].as_f64().is_some_and(|at| (self.begin..=self.end).contains(&at))
    }
    /// How long the main thread's tasks took, in milliseconds.
    fn tasks<'a>(&'a self, trace: &'a [Value]) -> impl Iterator<Item = f64> + 'a {
        let ours = trace.iter().filter(|event| event["name"] == "RunTask" && event["tid"] == self.thread && self.has(event));
        ours.filter_map(|event| event["dur"].as_f64()).map(|micros| micros / 1_000.0)
    }
    fn frames(&self, trace: &[Value], name: &str) -> usize {
        trace.iter().filter(|event| event["name"] == name && self.has(event)).count()
    }
}
