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
/// Three down, one up.
const STROKES: [i32; 4] = [-STROKE, -STROKE, -STROKE, STROKE];
/// A page with nothing but a length, without any script: what this browser drops on this machine whatever it shows.
const PLAIN: &str = "data:text/html,<body style='margin:0'><div class=vlist style='height:100vh;overflow:auto'>\
                     <div style='height:99999px;background:linear-gradient(gray,white)'></div></div>";

pub(crate) fn measure(figures: &mut Figures, rows: u32) -> Answer<()> {
    let chrome = Chrome::start_traced(TRACED)?;
    open(&chrome, rows)?;
    let ours = scroll(&chrome)?;
    let chrome = Chrome::start_traced(TRACED)?;
    chrome.resize(1280, 800)?;
    chrome.go(PLAIN)?;
    let plain = scroll(&chrome)?;
    figures.add(Figure::new("scrolled to", ours.reached, "px"));
    figures.add(Figure::new("longest task while scrolling", ours.longest("dur"), "ms").at_most(16.0));
    figures.add(Figure::new("most processor time of one task", ours.longest("tdur"), "ms"));
    figures.add(Figure::new("tasks over 16 ms", ours.over("dur"), ""));
    figures.add(Figure::new("tasks over 16 ms of processor time", ours.over("tdur"), ""));
    figures.add(Figure::new("frames dropped", ours.dropped(), "%").at_most(1.0));
    figures.add(Figure::new("longest task of a plain page", plain.longest("dur"), "ms"));
    figures.add(Figure::new("frames dropped by a plain page", plain.dropped(), "%"));
    Ok(())
}

/// Scrolls what is open. The driver begins one trace with the browser and ends it when it is first asked for it, so that this is done
/// once with each browser.
fn scroll(chrome: &Chrome) -> Answer<Scrolled> {
    chrome.script("performance.mark('scroll-begin')", &[])?;
    for away in STROKES {
        let stroke = json!({ "x": 400, "y": 400, "yDistance": away, "speed": SPEED, "gestureSourceType": "mouse" });
        chrome.protocol("Input.synthesizeScrollGesture", &stroke)?;
    }
    let reached = chrome.script("performance.mark('scroll-end'); return document.querySelector('.vlist').scrollTop", &[])?;
    Ok(Scrolled::between(&chrome.trace()?, reached.as_f64().unwrap_or(f64::NAN)))
}

/// What the trace has between the two marks, of the process that set them.
struct Scrolled {
    /// Where it ended, in pixels.
    reached: f64,
    /// The tasks of the thread that set the marks, the page's main one. Each says how long it took (`dur`) and how much processor
    /// time (`tdur`), in microseconds.
    tasks: Vec<Value>,
    /// `DrawFrame` and `DroppedFrame`; of the latter those that were late in part alone are not counted, as DevTools does.
    frames: Vec<Value>,
}

impl Scrolled {
    fn between(trace: &[Value], reached: f64) -> Self {
        let mark = |name: &str| trace.iter().find(|event| event["name"] == name).cloned().unwrap_or_default();
        let (begin, end) = (mark("scroll-begin"), mark("scroll-end"));
        let time = |event: &Value| event["ts"].as_f64().unwrap_or(f64::NAN);
        let within = (time(&begin))..=(time(&end));
        let ours: Vec<&Value> = trace.iter().filter(|event| event["pid"] == begin["pid"] && within.contains(&time(event))).collect();
        let of = |fits: &dyn Fn(&Value) -> bool| ours.iter().filter(|event| fits(event)).map(|event| (*event).clone()).collect();
        Self {
            reached,
            tasks: of(&|event| event["name"] == "RunTask" && event["tid"] == begin["tid"]),
            frames: of(&|event| {
                event["name"] == "DrawFrame" || event["name"] == "DroppedFrame" && event["args"]["hasPartialUpdate"] != true
            }),
        }
    }
    /// In milliseconds.
    fn times(&self, field: &str) -> impl Iterator<Item = f64> {
        self.tasks.iter().filter_map(move |task| task[field].as_f64()).map(|micros| micros / 1_000.0)
    }
    /// The longest, in milliseconds; not a number where the trace has none.
    fn longest(&self, field: &str) -> f64 {
        self.times(field).fold(f64::NAN, f64::max)
    }
    fn over(&self, field: &str) -> f64 {
        f64::from(u32::try_from(self.times(field).filter(|ms| *ms > 16.0).count()).unwrap_or(u32::MAX))
    }
    /// Of a hundred frames; not a number where there was none.
    fn dropped(&self) -> f64 {
        let all = u32::try_from(self.frames.len()).unwrap_or(u32::MAX);
        let dropped = self.frames.iter().filter(|event| event["name"] == "DroppedFrame").count();
        100.0 * f64::from(u32::try_from(dropped).unwrap_or(u32::MAX)) / f64::from(all)
    }
}
