//! The undo bar: one at a time, the newest. It counts down what the desk holds, stays while somebody may want it, and never
//! carries an error (ui.md, sections 1 and 5).

use bridge::{ErrorCode, Submitted};
use dioxus::prelude::*;
use domain::{id::CommandId, record::RecordRef};
use serde_json::Value;

use super::button::{ActKbd, shortcut};
use crate::{
    actions::Act,
    browser,
    gateway::ask,
    shell::{Shell, task},
    words::{act_word, use_words},
};

/// What can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Held {
    /// The commands: one, or those of an act on many.
    pub(crate) ids: Vec<CommandId>,
    /// What was done: «Made Ayu Lestari diterima».
    pub(crate) text: String,
    /// When it is sent, by the clock that nobody sets.
    pub(crate) until: f64,
    /// For how long it was held, in milliseconds.
    pub(crate) held: u32,
}

/// What was taken back, for the screen that can put it before the person again.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Returned {
    /// `area.verb`.
    pub(crate) act: String,
    /// The record it was about.
    pub(crate) record: Option<RecordRef>,
    /// What was typed.
    pub(crate) args: Value,
}

/// The bar, and what it does.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Undoing {
    shell: Shell,
    held: Signal<Option<Held>>,
    /// What was last taken back.
    pub(crate) returned: Signal<Option<Returned>>,
}

impl Undoing {
    /// Nothing to take back.
    pub(crate) fn new(shell: Shell) -> Self {
        Self { shell, held: Signal::new(None), returned: Signal::new(None) }
    }
    /// Offers to take this back. What is sent at once is only said.
    pub(crate) fn offer(self, submitted: &Submitted, text: String) {
        let said = text.clone();
        self.offer_all(std::slice::from_ref(submitted), text, &said);
    }
    /// Offers to take all of these back together; `said` tells what was done where that is more than the bar shows. The first
    /// that was given is the first to be sent: the bar counts down to that.
    pub(crate) fn offer_all(mut self, submitted: &[Submitted], text: String, said: &str) {
        self.shell.say(said);
        if let Some(held) = submitted.iter().filter_map(|one| one.held_ms).min() {
            let until = browser::monotonic_ms() + f64::from(held);
            self.held.set(Some(Held { ids: submitted.iter().map(|one| one.id).collect(), text, until, held }));
        }
    }
    /// Takes back what is in the bar, or else the newest that can be.
    pub(crate) fn undo_newest(self) {
        let ids = self.held.peek().as_ref().map(|held| held.ids.clone()).unwrap_or_default();
        match ids.as_slice() {
            [] => self.undo(None),
            [id] => self.undo(Some(*id)),
            _ => self.undo_all(ids),
        }
    }
    /// Takes the commands of an act on many back, the newest first, and says for how many it came too late.
    fn undo_all(mut self, ids: Vec<CommandId>) {
        let shell = self.shell;
        self.held.set(None);
        task(async move {
            let (mut undone, mut late) = (0, 0);
            for id in ids.into_iter().rev() {
                match ask(bridge::Undo { id: Some(id) }).await {
                    Ok(_) => undone += 1,
                    Err(_) => late += 1,
                }
            }
            let words = shell.words();
            let mut said = vec![words.count("undone-many", undone)];
            said.extend((late > 0).then(|| words.count("undone-many-late", late)));
            shell.say(&said.join(" "));
        });
    }
    /// Takes a command back: this one, or else the newest that can be.
    pub(crate) fn undo(mut self, id: Option<CommandId>) {
        let shell = self.shell;
        task(async move {
            let words = shell.words();
            match ask(bridge::Undo { id }).await {
                Ok(undone) => {
                    if self.held.peek().as_ref().is_some_and(|held| held.ids == [undone.id]) {
                        self.held.set(None);
                    }
                    let act = words.text(&act_word(&undone.act));
                    shell.say(&words.with("undone", &[("act", act.into())]));
                    self.returned.set(Some(Returned { act: undone.act, record: undone.record, args: undone.args }));
                }
                Err(error) => {
                    let key = if error.code == ErrorCode::NotFound { "undo-nothing" } else { "undo-too-late" };
                    self.held.set(None);
                    shell.say(&words.text(key));
                }
            }
        });
    }
}

/// The circumference of the ring.
const RING: f64 = 44.0;

/// The bar, where something is held.
#[component]
pub(crate) fn UndoBar() -> Element {
    let mut undoing = use_context::<Undoing>();
    let shell = use_context::<Shell>();
    let mut wanted = use_signal(|| false);
    let mut now = use_signal(browser::monotonic_ms);
    let running = use_memo(move || undoing.held.read().as_ref().map(|held| held.ids.clone()));
    // The ring moves ten times a second, only while something is held; where nothing shall move, the seconds alone do.
    use_effect(move || {
        if running().is_none() {
            return;
        }
        let step = if shell.is_still() { 250 } else { 100 };
        // Not a task of the window: the bar's own signals go with the page that it stands on.
        spawn(async move {
            while undoing.held.peek().as_ref().map(|held| held.ids.clone()) == running() {
                now.set(browser::monotonic_ms());
                let over = undoing.held.peek().as_ref().is_none_or(|held| held.until <= *now.peek());
                if over && !*wanted.peek() && browser::window_has_focus() && !browser::focus_is_within("undo-bar") {
                    undoing.held.set(None);
                    break;
                }
                browser::sleep(step).await;
            }
        });
    });
    let held = undoing.held.read().clone();
    rsx! {
        div { class: "toast-at",
            div {
                id: "undo-bar",
                class: held.is_some().then_some("toast"),
                role: "status",
                onmouseenter: move |_| wanted.set(true),
                onmouseleave: move |_| wanted.set(false),
                if let Some(held) = held.clone() {
                    Offer { held, now: now() }
                }
            }
        }
    }
}

/// What was done, for how long it can be taken back, and the button that does so.
#[component]
fn Offer(held: Held, now: f64) -> Element {
    let undoing = use_context::<Undoing>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let left = (held.until - now).max(0.0);
    let sent = left <= 0.0;
    let seconds = (left / 1_000.0).ceil();
    let arc = RING * left / f64::from(held.held.max(1));
    rsx! {
        if !shell.is_still() && !sent {
            svg { class: "ring", view_box: "0 0 18 18", "aria-hidden": "true",
                circle { class: "bg", cx: "9", cy: "9", r: "7" }
                circle { cx: "9", cy: "9", r: "7", stroke_dasharray: "{arc:.1} {RING}" }
            }
        }
        span { class: "toast-t",
            "{held.text} · "
            // The seconds change without being read out each time: the sentence was said when it came.
            span { "aria-hidden": "true",
                if sent {
                    {t.text("undo-sent")}
                } else if shell.is_offline() {
                    {t.text("undo-later")}
                } else {
                    {t.with("undo-in", &[("n", format!("{seconds:.0}").into())])}
                }
            }
        }
        button {
            r#type: "button",
            class: "btn btn-sm",
            "aria-keyshortcuts": shortcut(Act::Undo, shell),
            // Whoever wants the bar to stay keeps its button in reach, and is not offered what is over.
            "aria-disabled": sent.then_some("true"),
            // A pointer leaves the focus where somebody was at work: the button is gone a moment later.
            onmousedown: move |event| event.prevent_default(),
            onclick: move |_| {
                if !sent {
                    if browser::focus_is_within("undo-bar") {
                        browser::focus("pane-detail");
                    }
                    undoing.undo_newest();
                }
            },
            span { {t.text("do-undo")} }
            ActKbd { act: Act::Undo }
        }
    }
}
