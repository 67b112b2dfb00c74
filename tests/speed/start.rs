//! From nothing to something: the first paint, and the first row of an ordinary morning.

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::json;

use crate::figures::{Figure, Figures};

/// Notes when the first row is there, by the page's own clock.
const FIRST_ROW: &str = "new MutationObserver((_, watch) => {
    if (document.querySelector('[role=option]')) { window.firstRow = performance.now(); watch.disconnect(); }
}).observe(document, { childList: true, subtree: true });";
const TIMES: usize = 5;

pub(crate) fn measure(figures: &mut Figures) -> Answer<()> {
    let chrome = Chrome::start_alone()?;
    chrome.resize(1280, 800)?;
    chrome.protocol("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": FIRST_ROW }))?;
    let (mut painted, mut rows) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        chrome.visit("theme=light")?;
        rows.push(chrome.wait("window.firstRow")?.as_f64().unwrap_or(f64::NAN));
        let first = chrome.script("return performance.getEntriesByName('first-paint')[0].startTime", &[])?;
        painted.push(first.as_f64().unwrap_or(f64::NAN));
    }
    for (name, times, goal) in [("skeleton painted", &mut painted, Some(150.0)), ("first row of an ordinary morning", &mut rows, None)] {
        times.sort_by(f64::total_cmp);
        let figure = Figure::new(&format!("{name}, median of {TIMES}"), times[TIMES / 2], "ms");
        figures.add(match goal {
            Some(goal) => figure.at_most(goal),
            None => figure,
        });
    }
    Ok(())
}
