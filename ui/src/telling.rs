//! What is said to whoever sits here: read out, and shown in the status bar where nothing else on the screen tells it.

use dioxus::prelude::*;
use domain::words::isolate;

use crate::{
    browser,
    shell::{Shell, task},
};

/// For how long the status bar shows what was told, in milliseconds.
const TOLD: i32 = 6_000;

impl Shell {
    /// Speaks to screen readers, politely.
    pub(crate) fn say(mut self, text: &str) {
        let times = self.said.peek().0.wrapping_add(1);
        self.said.set((times, text.to_owned()));
    }
    /// Says something that nothing else on the screen tells: the status bar shows it for a while.
    pub(crate) fn tell(mut self, text: &str) {
        self.say(text);
        let told = Some(self.said.peek().clone());
        self.told.set(told.clone());
        task(async move {
            browser::sleep(TOLD).await;
            if *self.told.peek() == told {
                self.told.set(None);
            }
        });
    }

    /// Puts a text into the clipboard and tells so with the words of `copied`, else with those of `failed`; both may name it as `number`.
    pub(crate) fn copy(self, text: String, copied: &'static str, failed: &'static str) {
        task(async move {
            let key = if browser::copy(&text).await { copied } else { failed };
            self.tell(&self.words().with(key, &[("number", isolate(&text).into())]));
        });
    }
}
