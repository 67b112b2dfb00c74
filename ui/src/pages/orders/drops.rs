//! Files that come to the window from outside: let fall on it, or pasted. They become versions of the order that is open; where none
//! is, it is said where they belong.

use bridge::SessionState;
use dioxus::prelude::*;
use domain::{command::Act as _, commands::design, id::OrderId, words::isolate};

use super::state::{OrdersState, Tab};
use crate::{
    browser::{self, Pasted},
    components::icon::Icon,
    pages::rows::Pane,
    shell::{Place, put, task},
    words::use_words,
};

/// How long it is said that there is no place for files that were let fall, in milliseconds.
const SAID: i32 = 6_000;

impl OrdersState {
    /// The order that takes files now, and whose it is.
    fn takes_files(self) -> Option<(OrderId, String)> {
        let shell = self.shell;
        let seen = match *shell.place.peek() {
            Place::Orders => true,
            Place::Inbox => *self.beside.peek(),
            _ => false,
        };
        let here = seen && shell.may(design::Upload::NAME);
        self.order().filter(|it| here && it.deleted.is_none()).map(|it| (it.id, it.client_name.to_string()))
    }
    /// Whether files that come to the window belong to what is said: where the conversation is seen, and no versions.
    fn talks(self) -> bool {
        let place = *self.shell.place.peek();
        let here = place == Place::Conversations || (place == Place::Orders && *self.tab.peek() == Tab::Talk);
        here && self.talk.takes_files()
    }
    /// Files are held above the window (without a handle), were taken away again (none), or were let fall.
    pub(crate) fn hear_dropped(mut self, handle: Option<u64>, files: u32) {
        if self.talks() {
            return self.talk.hear_dropped(handle, files);
        }
        let shell = self.shell;
        if !matches!(*shell.session.peek(), Some(SessionState::Open { .. })) {
            return;
        }
        let mut held = self.designs.held;
        let before = *held.peek();
        match (self.takes_files(), handle) {
            (Some((_, name)), None) => {
                held.set(files);
                if files > 0 && before == 0 {
                    shell.say(&shell.words().with("design-drop-over", &[("name", isolate(&name).into())]));
                }
            }
            (Some((order, _)), Some(handle)) => {
                held.set(0);
                self.show_designs();
                self.designs.take_dropped(order, handle);
            }
            (None, None) => self.nowhere.set(files > 0),
            (None, Some(_)) => {
                held.set(0);
                self.nowhere.set(true);
                shell.say(&shell.words().text("design-drop-nowhere"));
                task(async move {
                    browser::sleep(SAID).await;
                    put(self.nowhere, false);
                });
            }
        }
    }
    /// A file was pasted where nothing is typed; whether it was for an order.
    pub(crate) fn hear_pasted(self, file: Pasted) -> bool {
        if self.talks() && self.shell.layer.peek().is_none() {
            self.talk.hear_pasted(file);
            return true;
        }
        let is_free = matches!(*self.shell.session.peek(), Some(SessionState::Open { .. })) && self.shell.layer.peek().is_none();
        let Some((order, _)) = self.takes_files().filter(|_| is_free) else { return false };
        self.show_designs();
        self.designs.take_pasted(order, file);
        true
    }
    /// Brings the versions of the open order into sight.
    pub(super) fn show_designs(mut self) {
        self.pane.set(Pane::Detail);
        self.tab.set(Tab::Design);
    }
}

/// Where files belong that have no place here.
#[component]
pub(crate) fn DropNowhere() -> Element {
    let orders = use_context::<OrdersState>();
    let t = use_words();
    rsx! {
        if (orders.nowhere)() {
            p { class: "drop-line", id: "drop-nowhere",
                Icon { name: "sy-send" }
                span { {t.text("design-drop-nowhere")} }
            }
        }
    }
}
