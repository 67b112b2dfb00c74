//! Two hands at a keyboard, and eyes: keys are pressed, what is seen is waited for, and nothing is clicked, scripted or slept
//! over. A journey told in them is one that a person without a mouse can make, in a browser and in the real window alike.

use e2e::webdriver::{Answer, Failure, Session};
use serde_json::json;

/// What is seen, without the marks that only set directions apart.
const SEEN: &str = "document.body.innerText.replace(/[\\u2066-\\u2069]/g, '')";

/// The hands at one window.
#[derive(Clone, Copy)]
pub(crate) struct Hands<'a>(pub(crate) &'a Session);

impl Hands<'_> {
    /// Presses keys, one after another.
    pub(crate) fn press(self, keys: &[&str]) -> Answer<()> {
        self.0.keys(keys)
    }
    /// Types a text where the focus is.
    pub(crate) fn types(self, text: &str) -> Answer<()> {
        self.0.type_text(text)
    }
    /// Waits until this holds; a failure says what had the focus and what was seen.
    pub(crate) fn until(self, expression: &str) -> Answer<()> {
        self.0.wait(expression).map(drop).map_err(|failure| {
            let look = format!("return document.activeElement.outerHTML.slice(0, 200) + '\\n' + {SEEN}.slice(-1500)");
            let there = self.0.script(&look, &[]).unwrap_or_default();
            Failure {
                message: format!("{}; the focus was on, and there was: {}", failure.message, there.as_str().unwrap_or_default()),
                ..failure
            }
        })
    }
    /// This is seen.
    pub(crate) fn sees(self, text: &str) -> Answer<()> {
        self.until(&format!("{SEEN}.includes({})", json!(text)))
    }
    /// The window has this title.
    pub(crate) fn title(self, title: &str) -> Answer<()> {
        self.until(&format!("document.title == {}", json!(title)))
    }
    /// The focus is on the element of this id.
    pub(crate) fn on(self, id: &str) -> Answer<()> {
        self.until(&format!("document.activeElement.id == {}", json!(id)))
    }
    /// The focus is on the row that says this, and that row is in sight.
    pub(crate) fn on_row(self, text: &str) -> Answer<()> {
        self.until(&format!(
            "(r => r.getAttribute('role') == 'option' && r.innerText.includes({}) && r.getBoundingClientRect().bottom <= innerHeight)(document.activeElement)",
            json!(text)
        ))
    }
    /// The focus is on a row, and its request is open with what can be done about it.
    pub(crate) fn on_open(self, name: &str) -> Answer<()> {
        self.on_row(name)?;
        self.until(&format!(
            "document.getElementById('detail-name')?.innerText.includes({}) && document.querySelector('.act-why-i')",
            json!(name)
        ))
    }
    /// The row of this client says this.
    pub(crate) fn row_says(self, name: &str, text: &str) -> Answer<()> {
        let rows = "[...document.querySelectorAll('[role=option]')]";
        self.until(&format!("{rows}.some(r => r.innerText.includes({}) && r.innerText.includes({}))", json!(name), json!(text)))
    }
    /// The dialog of this title is open and has the focus.
    pub(crate) fn in_dialog(self, title: &str) -> Answer<()> {
        self.until(&format!(
            "(d => d && d.querySelector('h2').innerText.replace(/[\\u2066-\\u2069]/g, '') == {} && d.contains(document.activeElement))(document.querySelector('dialog[open]'))",
            json!(title)
        ))
    }
    /// No dialog is open.
    pub(crate) fn no_dialog(self) -> Answer<()> {
        self.until("!document.querySelector('dialog[open]')")
    }
    /// The voice for those who cannot see said this last.
    pub(crate) fn hears(self, text: &str) -> Answer<()> {
        self.until(&format!(
            "document.querySelector('[role=status][data-times]').innerText.replace(/[\\u2066-\\u2069]/g, '').includes({})",
            json!(text)
        ))
    }
    /// The undo bar says that this was done, and has begun to count down from so many seconds: by then the quarter of a second is
    /// over in which a second verdict would count as the same stroke.
    pub(crate) fn counts_down(self, done: &str, from: u32) -> Answer<()> {
        let bar = "document.getElementById('undo-bar').innerText.replace(/[\\u2066-\\u2069]/g, '')";
        self.until(&format!(
            "(t => t.includes({}) && Number(/dikirim (\\d+) dtk/.exec(t)?.[1]) < {from})({bar})",
            json!(format!("{done} · "))
        ))
    }
    /// Goes on by Tab until the focus is on the element of this id, through at most so many others.
    pub(crate) fn tabs_to(self, id: &str, at_most: u32) -> Answer<()> {
        for _ in 0..at_most {
            self.press(&["Tab"])?;
            if self.0.script("return document.activeElement.id", &[])? == id {
                return Ok(());
            }
        }
        self.on(id)
    }
}
