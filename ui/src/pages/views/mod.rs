//! Saved views: a list of Antrean or of Pesanan desain with its search, under a name of one's own. They stand in the sidebar, open by G and their
//! number or from the palette, and are renamed, moved and taken away in one dialog (ui.md, sections 3 and 7).

mod arrange;
mod save;
mod side;
mod state;

use dioxus::prelude::*;

pub(crate) use side::Views;
pub(crate) use state::{ViewsState, summary};

use crate::shell::{Layer, Shell};

/// The dialog that is open, if one of these is.
#[component]
pub(crate) fn ViewDialogs() -> Element {
    let shell = use_context::<Shell>();
    match (shell.layer)() {
        Some(Layer::SaveView) => rsx! {
            save::Save {}
        },
        Some(Layer::ArrangeViews) => rsx! {
            arrange::Arrange {}
        },
        _ => rsx! {},
    }
}
