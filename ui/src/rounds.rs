//! Reading something anew whenever it changed: one question at a time, and what changes meanwhile is asked for after it, once.

use dioxus::prelude::*;

use crate::shell::task;

/// Whether something is being read, and whether it is to be read once more.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Rounds {
    busy: Signal<bool>,
    again: Signal<bool>,
}

impl Rounds {
    /// Nothing is being read.
    pub(crate) fn new() -> Self {
        Self { busy: Signal::new(false), again: Signal::new(false) }
    }
    /// Whether it is being read.
    pub(crate) fn is_busy(self) -> bool {
        *self.busy.peek()
    }
    /// What is being read is read once more after it.
    pub(crate) fn again(mut self) {
        self.again.set(true);
    }
    /// Whether it will be.
    pub(crate) fn is_asked_again(self) -> bool {
        *self.again.peek()
    }
    /// Reads it, now or after what is being read.
    pub(crate) fn run(mut self, mut read: impl AsyncFnMut() + 'static) {
        if self.is_busy() {
            return self.again();
        }
        self.busy.set(true);
        task(async move {
            loop {
                self.again.set(false);
                read().await;
                if !*self.again.peek() {
                    break;
                }
            }
            self.busy.set(false);
        });
    }
}
