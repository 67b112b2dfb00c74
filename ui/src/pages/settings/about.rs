//! Tentang & diagnosa: the version, whether everything can be read, a report for whoever helps, and the parts that others wrote.

use std::rc::Rc;

use bridge::{Diagnostics, Licence, Licences};
use dioxus::prelude::*;

use crate::{
    components::{
        button::Button,
        export::{Export, ExportNote, write_out},
        icon::Logo,
    },
    gateway::ask,
    pages::local::{CheckRow, use_local},
    shell::{Layer, Shell, put, task},
    words::{many, use_words},
};

/// The section.
#[component]
pub(super) fn AboutRows() -> Element {
    let local = use_local();
    rsx! {
        Version {}
        WelcomeRow {}
        CheckRow { local }
        ReportRow {}
        LicenceRows {}
    }
}

#[component]
fn Version() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let status = (shell.status)();
    rsx! {
        div { class: "set-row",
            div { class: "hstack hstack-3",
                Logo { large: true }
                div {
                    p { class: "semi", {t.with("about-version", &[("version", shell.version.read().clone().into())])} }
                    if let Some(status) = status {
                        p { class: "t2 s12", {t.with("about-records", &[("n", t.whole(i64::try_from(status.records).unwrap_or(0)).into())])} }
                        p { class: "t3 s12", {t.text(if status.complete { "about-complete" } else { "about-incomplete" })} }
                    }
                }
            }
        }
    }
}

/// The minute of the first day, again.
#[component]
fn WelcomeRow() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        div { class: "set-row",
            div {
                p { class: "semi", {t.text("set-welcome")} }
                p { class: "t2 s12", {t.text("welcome-text")} }
            }
            Button { id: "set-welcome".to_owned(), text: t.text("welcome-begin"), onpress: move |()| shell.open(Layer::Welcome) }
        }
    }
}

/// «Ekspor diagnosa», and where the file is.
#[component]
fn ReportRow() -> Element {
    let t = use_words();
    let export = use_signal(Export::default);
    rsx! {
        div { class: "set-row",
            div {
                p { class: "semi", {t.text("set-diagnose")} }
                p { class: "t2 s12", {t.text("set-diagnose-more")} }
            }
            Button {
                id: "set-diagnose".to_owned(),
                text: t.text("do-diagnose"),
                icon: "download",
                disabled: *export.read() == Export::Writing,
                onpress: move |()| write_out(export, Diagnostics {}),
            }
        }
        ExportNote { export }
    }
}

/// The parts that others wrote, once somebody wants to see them.
#[component]
fn LicenceRows() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let mut all = use_signal(|| None::<Rc<Vec<Licence>>>);
    let open = all.read().is_some();
    let toggle = move |()| {
        if all.peek().is_some() {
            return all.set(None);
        }
        task(async move {
            match ask(Licences {}).await {
                Ok(found) => put(all, Some(Rc::new(found))),
                Err(error) => shell.say(&shell.trouble(&error)),
            }
        });
    };
    rsx! {
        div { class: "set-row",
            div {
                p { class: "semi", {t.text("set-licences")} }
                p { class: "t2 s12", {t.text("set-licences-more")} }
            }
            Button { id: "set-licences".to_owned(), text: t.text(if open { "licences-hide" } else { "licences-show" }), onpress: toggle }
        }
        if let Some(found) = all() {
            div { class: "licences", role: "region", "aria-label": t.text("set-licences"), tabindex: "0",
                table { class: "table table-c",
                    caption { class: "t3 s12", {t.count("licences-count", many(found.len()))} }
                    thead {
                        tr {
                            th { scope: "col", {t.text("licence-name")} }
                            th { scope: "col", {t.text("licence-version")} }
                            th { scope: "col", {t.text("licence-licence")} }
                        }
                    }
                    tbody {
                        for it in found.iter() {
                            tr { key: "{it.name}-{it.version}",
                                th { scope: "row", "{it.name}" }
                                td { class: "num", "{it.version}" }
                                td { "{it.licence}" }
                            }
                        }
                    }
                }
            }
        }
    }
}
