//! # The window
//!
//! Screens and components, compiled to WebAssembly. What is shown comes from the desk through `gateway`, the only caller of
//! IPC; what may be done is asked of the rulebook in `domain`; what is said stands in the catalogues of `domain::words`. The
//! window must never contain a rule, SQL, a network, or storage of its own. Outside the shell it runs on a small desk inside
//! itself (`mock`), so that every screen and state can be opened in any browser.
//!
//! How to add one more: a screen as `pages/<page>/{mod.rs, state.rs, …}` (`mod.rs` wires, `state.rs` holds the signals and the
//! named changes, filters are plain functions), a component as `components/<name>/`, an act as a line in `actions::REGISTRY`:
//! its key, its button, its line in the shortcut sheet and its entry in the palette come from there.

#![expect(unused_qualifications, reason = "rsx! writes full paths")]

mod acting;
mod actions;
mod app;
mod browser;
mod clock;
mod components;
mod drafts;
mod fuzzy;
mod gateway;
mod giving;
#[cfg(feature = "mock")]
mod mock;
mod pages;
mod pictures;
mod rounds;
mod shell;
mod telling;
mod words;

/// Opens the window in the page it was loaded into.
#[cfg(target_arch = "wasm32")]
pub fn launch() {
    gateway::start();
    browser::prepare();
    dioxus::web::launch::launch_cfg(app::App, dioxus::web::Config::new());
}

/// Without a browser there is nothing to open: the window is made, and dropped.
#[cfg(not(target_arch = "wasm32"))]
pub fn launch() {
    drop(dioxus::prelude::VirtualDom::new(app::App));
}
