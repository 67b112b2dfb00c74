//! The dialogs of Pesanan desain, drawn above whatever screen is open.

mod fields;
mod filter;
mod form;
mod give;
mod kept;
mod many;
mod reason;

use dioxus::prelude::*;

use super::designs::PurgeDialog;
use crate::shell::{Layer, Shell};

/// The dialog that is open, if one of these is.
#[component]
pub(crate) fn Dialogs() -> Element {
    let shell = use_context::<Shell>();
    match (shell.layer)() {
        Some(Layer::NewOrder) => rsx! {
            give::NewOrder {}
        },
        Some(Layer::EditOrder(record)) => rsx! {
            give::EditOrder { key: "{record}", record }
        },
        Some(Layer::AssignOrder(record)) => rsx! {
            kept::Assign { key: "{record}", record }
        },
        Some(Layer::OrderNote(record)) => rsx! {
            kept::StaffNote { key: "{record}", record }
        },
        Some(Layer::OrderReason(record, why)) => rsx! {
            reason::Reason { key: "{record}", record, why }
        },
        Some(Layer::PurgeDesign(design)) => rsx! {
            PurgeDialog { key: "{design}", design }
        },
        Some(Layer::OrdersStatus) => rsx! {
            many::StatusOfMany {}
        },
        Some(Layer::CancelOrders) => rsx! {
            many::CancelMany {}
        },
        Some(Layer::AssignOrders) => rsx! {
            many::AssignMany {}
        },
        Some(Layer::OrderFilter) => rsx! {
            filter::FilterDialog {}
        },
        _ => rsx! {},
    }
}
