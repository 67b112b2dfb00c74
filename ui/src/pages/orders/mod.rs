//! Pesanan desain: every order for a design, and the one that is open (ui.md, section 6; picture 06; R-073…R-076, M-06).

mod acts;
mod bulk;
mod designs;
mod detail;
mod dialogs;
mod drops;
mod kept;
mod list;
mod offers;
mod paper;
mod prediction;
#[cfg(test)]
mod sample;
mod state;

use dioxus::prelude::*;
use domain::records::{OrderStatus, ProductStatus};

use crate::{pages::rows::Pane, shell::Shell};

pub(crate) use bulk::layer_for_many;
pub(crate) use designs::{DesignsState, not_taken, pasted_data, pasted_name};
pub(crate) use detail::DetailPane;
#[cfg(feature = "mock")]
pub(crate) use detail::Steps;
pub(crate) use dialogs::Dialogs;
pub(crate) use drops::DropNowhere;
pub(crate) use kept::{KeptMark, KeptPart, keep_word};
#[cfg(feature = "mock")]
pub(crate) use list::Row;
pub(crate) use list::{Number, sifted_by};
pub(crate) use paper::Worksheet;
pub(crate) use state::OrdersState;

/// The id of the list.
pub(crate) const LIST: &str = "orders-list";
/// The id of the detail.
pub(crate) const DETAIL: &str = "orders-detail";

/// For what a reason is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The order is moved here.
    Status(OrderStatus),
    /// Its product is.
    Product(ProductStatus),
    /// It is deleted.
    Delete,
}

/// The screen.
#[component]
pub(crate) fn OrdersPage() -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    use_hook(|| {
        orders.let_in(true);
        orders.drafts.read();
    });
    let narrow = (shell.narrow)();
    let pane = (orders.pane)();
    rsx! {
        if !narrow || pane == Pane::List {
            list::ListPane {}
        }
        if !narrow || pane == Pane::Detail {
            DetailPane {}
        }
    }
}
