//! «Ekspor»: the list of the open screen as it is sifted, or what is chosen of it, in a file for a spreadsheet.

use bridge::{InboxExport, OrdersExport, SheetFormat};
use dioxus::prelude::*;

use crate::{
    components::{
        button::{Button, Look},
        choice::Radio,
        dialog::{CancelButton, Dialog, close},
        export::write_out,
    },
    pages::{inbox::InboxState, orders::OrdersState, rows::Recorded as _},
    shell::{Place, Shell},
    words::use_words,
};

/// The dialog's id.
const ID: &str = "export";
/// The forms of a file, each with the keys of its name and of what it is good for.
const FORMATS: [(SheetFormat, &str, &str); 2] =
    [(SheetFormat::Xlsx, "export-xlsx", "export-xlsx-more"), (SheetFormat::Csv, "export-csv", "export-csv-more")];

impl InboxState {
    fn write_out(self, format: SheetFormat) {
        let only = self.chosen.peek().all().iter().map(|row| row.record()).collect();
        write_out(self.export, InboxExport { filter: self.filter.peek().clone(), only, format });
    }
}
impl OrdersState {
    fn write_out(self, format: SheetFormat) {
        let only = self.chosen.peek().all().iter().map(|row| row.order.id).collect();
        write_out(self.export, OrdersExport { filter: self.filter.peek().clone(), only, format });
    }
}

/// The dialog.
#[component]
pub(crate) fn ExportDialog() -> Element {
    let (inbox, orders) = (use_context::<InboxState>(), use_context::<OrdersState>());
    let shell = use_context::<Shell>();
    let t = use_words();
    let mut format = use_signal(|| SheetFormat::Xlsx);
    let is_orders = *shell.place.peek() == Place::Orders;
    let write = use_callback(move |()| {
        close(ID);
        shell.close();
        let format = *format.peek();
        if is_orders { orders.write_out(format) } else { inbox.write_out(format) }
    });
    let (title, what) = if is_orders {
        ("orders-export-title", orders.meant(|| orders.listed()))
    } else {
        ("inbox-export-title", inbox.meant(|| inbox.listed()))
    };
    rsx! {
        Dialog {
            id: ID,
            class: "dialog-m",
            title: rsx! {
                {t.text(title)}
            },
            sub: rsx! {
                {what}
            },
            onclose: move |()| shell.close(),
            onconfirm: move |()| write.call(()),
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: ID, oncancel: move |()| shell.close() }
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
                        Radio { name: "export-format", checked: format() == form, onchoose: move |()| format.set(form) }
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
