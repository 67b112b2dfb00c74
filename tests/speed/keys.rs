//! From a key to the frame in which what it did is painted.

use e2e::{browser::Chrome, webdriver::Answer};

use crate::{figures::Figures, open};

/// Waits for the next key, then frame by frame until the condition holds, and notes when that frame was painted: a message that is
/// posted from a frame's callback is heard after its painting.
const PAINTED: &str = "
  window.took = null;
  addEventListener('keydown', event => {
    const look = () => {
      if (!holds()) return requestAnimationFrame(look);
      const after = new MessageChannel();
      after.port1.onmessage = () => { window.took = performance.now() - event.timeStamp; };
      after.port2.postMessage(0);
    };
    requestAnimationFrame(look);
  }, { capture: true, once: true });";
/// Waits for the next key, and notes when the list of the palette is other than it was.
const LISTED: &str = "
  window.took = null;
  addEventListener('keydown', event => {
    new MutationObserver((_, watch) => { window.took = performance.now() - event.timeStamp; watch.disconnect(); })
      .observe(document.querySelector('dialog[open]'), { childList: true, subtree: true, characterData: true });
  }, { capture: true, once: true });";

/// The records that the desk found come to the palette after a rest, and must not be taken for what the next letter did. When they are
/// there, its foot counts.
const ANSWERED: &str = r"/\d/.test(document.querySelector('dialog[open] [role=status].push').innerText)";

/// How long a key took, in milliseconds.
fn took(chrome: &Chrome, watch: &str, key: &str) -> Answer<f64> {
    chrome.script(watch, &[])?;
    chrome.keys(&[key])?;
    Ok(chrome.wait("window.took")?.as_f64().unwrap_or(f64::NAN))
}
/// How long it took until this held and was painted; `before` is set before the key.
fn painted(chrome: &Chrome, before: &str, holds: &str, key: &str) -> Answer<f64> {
    took(chrome, &format!("const before = {before}, holds = () => {holds}; {PAINTED}"), key)
}

const ROW: &str = "document.activeElement.id";
const NAME: &str = "document.getElementById('detail-name')?.innerText";

pub(crate) fn measure(figures: &mut Figures, rows: u32) -> Answer<()> {
    let chrome = Chrome::start_alone()?;
    open(&chrome, rows)?;
    let times = |count: u32, one: &dyn Fn(u32) -> Answer<f64>| (0..count).map(one).collect::<Answer<Vec<f64>>>();
    let moved = |key: &'static str, count| times(count, &|_| painted(&chrome, ROW, &format!("{ROW} != before"), key));
    figures.add_times("J to the next row", moved("j", 100)?, 50.0);
    figures.add_times("PageDown to another row", moved("PageDown", 20)?, 50.0);
    let opened = times(50, &|_| painted(&chrome, NAME, &format!("{NAME} != before"), "k"))?;
    figures.add_times("K to the next request's detail", opened, 50.0);
    let chosen = "document.querySelectorAll('.row[aria-selected=true]').length";
    let picked = times(50, &|_| painted(&chrome, chosen, &format!("{chosen} != before"), "x"))?;
    figures.add_times("X to a row that is chosen", picked, 50.0);
    let mut palette = Vec::new();
    let mut shown = Vec::new();
    for _ in 0..5 {
        shown.push(painted(&chrome, "0", "document.querySelector('dialog[open] .pal-o')", "Ctrl+k")?);
        for letter in ["t", "e", "r", "i", "m", "a"] {
            palette.push(took(&chrome, LISTED, letter)?);
            chrome.wait(ANSWERED)?;
        }
        chrome.keys(&["Escape"])?;
        chrome.wait("!document.querySelector('dialog[open]')")?;
    }
    figures.add_times("Ctrl+K to the palette", shown, 50.0);
    figures.add_times("letter to the palette's list", palette, 16.0);
    Ok(())
}
