//! «Cetak»: the list as it is sifted, or the worksheet of the open order.

use std::rc::Rc;

use dioxus::prelude::*;

use super::{
    read::Progress,
    state::{Printed, Printing, Sheets},
};
use crate::{
    acting::Acting,
    components::{
        button::{Button, Look},
        choice::Radio,
        dialog::{CancelButton, Dialog, close},
        field::FormError,
    },
    shell::{Shell, put, task},
    words::use_words,
};

/// The dialog.
#[component]
pub(crate) fn PrintDialog() -> Element {
    let printing = use_context::<Printing>();
    let sheets = Sheets(use_context::<Acting>());
    let shell = use_context::<Shell>();
    let t = use_words();
    let worksheet = sheets.worksheet();
    let mut whole = use_signal(|| sheets.means_list());
    let at = use_signal(|| None::<u32>);
    let error = use_signal(|| None::<String>);
    let print = use_callback(move |()| {
        if at.peek().is_some() {
            return;
        }
        match sheets.worksheet().filter(|_| !*whole.peek()) {
            Some(reply) => finish(printing, shell, Printed::Worksheet(reply)),
            None => print_list(printing, sheets, at, error),
        }
    });
    let busy = at().is_some();
    rsx! {
        Dialog {
            id: "print",
            class: "dialog-m",
            title: rsx! {
                {t.text("print-title")}
            },
            onclose: move |()| shell.close(),
            onconfirm: move |()| print.call(()),
            footer: rsx! {
                if let Some(read) = at() {
                    span { class: "grow t2", role: "status", {t.with("print-reading", &[("n", t.whole(i64::from(read)).into())])} }
                } else {
                    span { class: "grow" }
                }
                CancelButton { id: "print", oncancel: move |()| shell.close() }
                Button {
                    text: t.text("do-print"),
                    look: Look::Primary,
                    keys: "Ctrl+Enter",
                    disabled: busy,
                    onpress: move |()| print.call(()),
                }
            },
            if let Some(text) = error() {
                FormError { text }
            }
            fieldset { class: "opts",
                legend { {t.text("print-what")} }
                if let Some(reply) = worksheet {
                    label { class: "opt",
                        Radio { name: "print", checked: !whole(), onchoose: move |()| whole.set(false) }
                        span {
                            b { {t.text("print-worksheet")} }
                            " "
                            span { class: "t2",
                                bdi { dir: "ltr", "{reply.order.number}" }
                                " · "
                                bdi { "{reply.order.client_name}" }
                            }
                        }
                    }
                }
                label { class: "opt",
                    Radio { name: "print", checked: whole(), onchoose: move |()| whole.set(true) }
                    span {
                        b { {t.text("print-list")} }
                        " "
                        span { class: "t2", {sheets.listed()} }
                    }
                }
            }
        }
    }
}

/// Reads the whole list, as far as paper goes. Whoever closes the dialog meanwhile prints nothing.
fn print_list(printing: Printing, sheets: Sheets, at: Progress, error: Signal<Option<String>>) {
    let shell = sheets.0.shell;
    put(at, Some(0));
    put(error, None);
    task(async move {
        match sheets.read(at).await {
            Ok(Some(sheet)) if at.try_peek().is_ok() => finish(printing, shell, Printed::Sheet(Rc::new(sheet))),
            // Nothing to print: nobody waits for it, or it is not here yet.
            Ok(_) => put(at, None),
            Err(failure) => {
                put(at, None);
                put(error, Some(shell.trouble(&failure)));
            }
        }
    });
}

fn finish(printing: Printing, shell: Shell, what: Printed) {
    close("print");
    shell.close();
    printing.lay(what);
}
