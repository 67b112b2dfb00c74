//! «Ekspor pesanan»: the list as it is sifted, or what is chosen of it, in a file for a spreadsheet.

use bridge::{OrdersExport, SheetFormat};
use dioxus::prelude::*;

use crate::{
    components::{
        button::{Button, Look},
        choice::Radio,
        dialog::{CancelButton, Dialog, close},
        export::write_out,
    },
    pages::orders::OrdersState,
    shell::Shell,
    words::use_words,
};

/// The forms of a file, each with the keys of its name and of what it is good for.
const FORMATS: [(SheetFormat, &str, &str); 2] =
    [(SheetFormat::Xlsx, "export-xlsx", "export-xlsx-more"), (SheetFormat::Csv, "export-csv", "export-csv-more")];

/// The dialog.
#[component]
pub(super) fn ExportDialog() -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let mut format = use_signal(|| SheetFormat::Xlsx);
    let write = use_callback(move |()| {
        close("orders-write");
        shell.close();
        let only = orders.chosen.peek().all().iter().map(|row| row.order.id).collect();
        write_out(orders.export, OrdersExport { filter: orders.filter.peek().clone(), only, format: *format.peek() });
    });
    rsx! {
        Dialog {
            id: "orders-write",
            class: "dialog-m",
            title: rsx! {
                {t.text("orders-export-title")}
            },
            sub: rsx! {
                {orders.to_export()}
            },
            onclose: move |()| shell.close(),
            onconfirm: move |()| write.call(()),
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: "orders-write", oncancel: move |()| shell.close() }
                Button {
                    text: t.text("do-export"),
                    look: Look::Primary,
                    keys: "Ctrl+Enter",
                    onpress: move |()| write.call(()),
                }
            },
            fieldset { class: "opts",
                legend { {t.text("export-format")} }
                for (form , name , more) in FORMATS {
                    label { class: "opt",
                        Radio { name: "orders-format", checked: format() == form, onchoose: move |()| format.set(form) }
                        span {
                            b { {t.text(name)} }
                            " "
                            span { class: "t2", {t.text(more)} }
                        }
                    }
                }
            }
            p { class: "t2 s12", {t.text("export-private")} }
        }
    }
}
