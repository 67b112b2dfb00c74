//! Memory over a long time of use at random, without commands: those are kept by the desk, which here is in the page.

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::json;
use std::time::{Duration, Instant};

use crate::{
    figures::{Figure, Figures},
    open,
};

/// Keeps the module's memory where it can be asked for its size.
const KEEP: &str = "for (const name of ['instantiate', 'instantiateStreaming']) {
    const before = WebAssembly[name];
    WebAssembly[name] = async (...all) => {
        const made = await before.apply(WebAssembly, all);
        window.moduleMemory = (made.instance || made).exports.memory;
        return made;
    };
}";
/// What is pressed, each as likely as the others: moving, choosing, other screens and back, the palette, a search, a dialog.
const STEPS: [&[&str]; 15] = [
    &["j"],
    &["k"],
    &["PageDown"],
    &["PageUp"],
    &["End"],
    &["Home"],
    &["x", "Shift+j", "Escape"],
    &["Enter", "Escape"],
    &["/", "a", "d", "i", "Escape", "Escape"],
    &["Ctrl+k", "s", "a", "Escape"],
    &["?", "Escape"],
    &["d", "Escape"],
    &["Ctrl+9", "Ctrl+1"],
    &["Ctrl+,", "ArrowDown", "Ctrl+1"],
    &["Ctrl+6", "Ctrl+7", "Ctrl+8", "Ctrl+4", "Ctrl+1"],
];
/// When growth begins to count: by then everything was seen once.
const SETTLED: Duration = Duration::from_secs(120);

/// Which step comes next: always the same ones, in an order that looks like none.
struct Dice(u64);
impl Dice {
    fn next(&mut self) -> &'static [&'static str] {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        STEPS[usize::try_from(self.0 % 15).unwrap_or(0)]
    }
}

/// What lives, in megabytes: the page's objects after a collection, and the module's memory.
fn lives(chrome: &Chrome) -> Answer<(f64, f64)> {
    chrome.protocol("HeapProfiler.collectGarbage", &json!({}))?;
    let metrics = chrome.protocol("Performance.getMetrics", &json!({}))?;
    let heap = metrics["metrics"].as_array().into_iter().flatten().find(|m| m["name"] == "JSHeapUsedSize");
    let module = chrome.script("return window.moduleMemory.buffer.byteLength", &[])?;
    Ok((heap.and_then(|m| m["value"].as_f64()).unwrap_or(f64::NAN) / 1e6, module.as_f64().unwrap_or(f64::NAN) / 1e6))
}

#[expect(clippy::disallowed_methods, reason = "a browser's memory grows in real time")]
pub(crate) fn measure(figures: &mut Figures, rows: u32, minutes: u64) -> Answer<()> {
    let chrome = Chrome::start_alone()?;
    chrome.protocol("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": KEEP }))?;
    open(&chrome, rows)?;
    chrome.protocol("Performance.enable", &json!({}))?;
    let (start, mut dice, mut steps) = (Instant::now(), Dice(0x4d65_6a61), 0_u32);
    let mut settled = None;
    while start.elapsed() < Duration::from_secs(60 * minutes) {
        chrome.keys(dice.next())?;
        steps += 1;
        if settled.is_none() && start.elapsed() >= SETTLED {
            settled = Some(lives(&chrome)?);
        }
    }
    let (end, settled) = (lives(&chrome)?, settled.unwrap_or((f64::NAN, f64::NAN)));
    figures.add(Figure::new(&format!("steps at random in {minutes} minutes"), f64::from(steps), ""));
    figures.add(Figure::new("page's objects at the end", end.0, "MB"));
    figures.add(Figure::new("module's memory at the end, with its desk", end.1, "MB"));
    figures.add(Figure::new("growth of the page's objects after minute 2", end.0 - settled.0, "MB"));
    figures.add(Figure::new("growth of the module's memory after minute 2", end.1 - settled.1, "MB"));
    figures.add(Figure::new("growth of both after minute 2", end.0 + end.1 - settled.0 - settled.1, "MB").at_most(5.0));
    Ok(())
}
