//! The browser around the window: focus, scrolling, dialogs, the clock, the clipboard. Screens and components call this and
//! never the browser itself, so that they can be rendered and tested without one.

#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(not(target_arch = "wasm32"))]
mod none;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(target_arch = "wasm32")]
pub(crate) use files::*;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use none::*;
#[cfg(target_arch = "wasm32")]
pub(crate) use web::*;

/// A key as it was pressed, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Press {
    /// What the key means: `a`, `A`, `Enter`, `ArrowDown`.
    pub(crate) key: String,
    /// Control, or Command on a Mac.
    pub(crate) ctrl: bool,
    /// Alt, or Option on a Mac.
    pub(crate) alt: bool,
    /// Shift.
    pub(crate) shift: bool,
    /// Whether the key is held down and repeats.
    pub(crate) repeat: bool,
    /// Whether a dead key or an input method is at work: nothing of it is ours.
    pub(crate) composing: bool,
    /// Where the focus is.
    pub(crate) at: At,
}

/// Where the focus is when a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(all(not(target_arch = "wasm32"), not(test)), expect(dead_code, reason = "only a browser has a focus"))]
pub(crate) enum At {
    /// In something that is typed into or chosen from: letters belong to it.
    Field,
    /// In a list, or nowhere in particular: letters and arrows are ours.
    List,
    /// In a detail: letters are ours, arrows scroll.
    Detail,
    /// On a control beside them, in the sidebar or in the status bar: letters do nothing (WCAG 2.1.4).
    Control,
    /// In a dialog: it looks after its own keys.
    Dialog,
}

/// What is seen of a scrolling box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Viewport {
    /// How far it is scrolled, in pixels.
    pub(crate) top: i32,
    /// How much of it is seen, in pixels.
    pub(crate) height: i32,
}
