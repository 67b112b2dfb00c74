//! A QR code, for a camera. Dark on light in every theme: many cameras read it in no other way (ISO/IEC 18004, 7.1).

use bridge::QrCode;
use dioxus::prelude::*;

/// The code, as large as a telephone at arm's length wants it.
#[component]
pub(crate) fn Qr(code: QrCode, label: String) -> Element {
    let side = code.side;
    rsx! {
        svg {
            class: "qr",
            view_box: "0 0 {side} {side}",
            role: "img",
            "aria-label": label,
            shape_rendering: "crispEdges",
            path { d: code.path }
        }
    }
}
