//! The imports of the last days: how far each has come, what it made, and how it is taken back.

use bridge::{ImportLeft, ImportView};
use dioxus::prelude::*;
use domain::{id::ImportId, words::isolate};

use super::{
    BODY, Trouble,
    stage::{Stage, made, undoing},
    state::{At, ImportsState},
};
use crate::{
    acting::Acting,
    browser,
    components::{
        badge::Badge,
        button::{Button, Look},
        empty::{Empty, Skeleton},
        export::write_out,
        icon::Icon,
    },
    pages::{desk::Failed, rows::Load},
    shell::{Layer, Place, Shell, task},
    words::{kind_glyph, kind_word, use_words, when},
};

/// The id of the heading of an import.
fn head(id: ImportId) -> String {
    format!("import-{id}")
}

/// How much of what is above something is left in sight, in pixels.
const GAP: f64 = 16.0;
/// The id of the heading of the list.
const PAST: &str = "import-past";

/// Gives something the focus and brings it to the top, once it is drawn.
pub(super) fn focus_shown(id: impl Into<String>) {
    let id = id.into();
    task(async move {
        browser::sleep(0).await;
        browser::focus(&id);
        browser::show_first(&id, BODY, GAP);
    });
}

/// Gives an import the focus that is listed by now; where it is gone, as one of which nothing came, the list has it.
pub(super) fn focus_on(imports: ImportsState, id: ImportId) {
    if *imports.shell.place.peek() == Place::Import {
        let is_listed = imports.list.peek().iter().any(|view| view.import == id);
        focus_shown(if is_listed { head(id) } else { PAST.to_owned() });
    }
}

/// The list.
#[component]
pub(super) fn Past() -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    let (load, list) = ((imports.load)(), (imports.list)());
    rsx! {
        section { class: "imp-past", "aria-labelledby": PAST,
            h2 { class: "sec-h", id: PAST, tabindex: "-1", {t.text("import-past")} }
            LeftOut {}
            Trouble { at: At::Past }
            match load {
                Load::Failed(error) if list.is_empty() => rsx! {
                    Failed { error, title: t.text("import-past-failed"), onretry: move |()| imports.read() }
                },
                Load::Coming => rsx! {
                    Skeleton { rows: 2, label: t.text("loading") }
                },
                _ if list.is_empty() => rsx! {
                    Empty { icon: "import", title: t.text("import-past-none"),
                        p { {t.text("import-past-none-text")} }
                    }
                },
                _ => rsx! {
                    ul { class: "imp-l",
                        for view in list.iter().cloned() {
                            Import { key: "{view.import}", view }
                        }
                    }
                },
            }
        }
    }
}

/// The rows that the import which has just begun left out: they can be had until another file is at hand.
#[component]
fn LeftOut() -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    let left_out = imports.begun.read().as_ref().map_or(0, |begun| begun.left_out);
    rsx! {
        if left_out > 0 {
            div { class: "note tone-kunyit", id: "import-left-out",
                span { class: "grow", {t.count("import-left-out", i64::from(left_out))} }
                Button {
                    text: t.text("import-write-problems"),
                    class: "btn-sm",
                    icon: "download",
                    onpress: move |()| imports.write_problems(),
                }
            }
        }
    }
}

/// An import.
#[component]
fn Import(view: ImportView) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let stage = Stage::of(&view);
    let by = view.by.as_ref().map(|by| isolate(by.name.as_str())).or_else(|| shell.user().map(|_| t.text("you")));
    let at = when(&t, view.at, shell.clock.minute(), shell.zone());
    let head_id = head(view.import);
    rsx! {
        li { class: if stage.moves() { "card imp-i is-ours" } else { "card imp-i" },
            article { "aria-labelledby": head_id.clone(),
                div { class: "imp-ih",
                    h3 { class: "semi long grow", id: head_id, tabindex: "-1",
                        bdi { "{view.file}" }
                    }
                    Badge { face: stage.face(shell.is_offline()) }
                }
                p { class: "t3 s12",
                    if let Some(by) = by {
                        {by}
                        ", "
                    }
                    {at}
                }
                if stage == Stage::Going {
                    Progress { view: view.clone() }
                }
                if view.answered > 0 {
                    p { class: "imp-made", {made(&t, &view)} }
                }
                Notices { view: view.clone(), stage }
                Acts { view, stage }
            }
        }
    }
}

/// How far it has come.
#[component]
fn Progress(view: ImportView) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let total = view.rows.saturating_add(view.waiting_rows);
    let args = [("n", t.whole(i64::from(view.rows)).into()), ("of", t.whole(i64::from(total)).into())];
    let waits = shell.is_offline().then(|| t.text("import-waits-text"));
    rsx! {
        progress {
            class: "prog",
            max: "{total.max(1)}",
            value: "{view.rows}",
            "aria-label": t.with("import-progress", &[("file", isolate(&view.file).into())]),
        }
        p { class: "t2 s12",
            span { class: "num", {t.with("import-rows-of", &args)} }
            if let Some(waits) = waits {
                " "
                {waits}
            }
        }
    }
}

/// What is to be known of it besides.
#[component]
fn Notices(view: ImportView, stage: Stage) -> Element {
    let t = use_words();
    let cut = stage == Stage::Cut;
    let parts = [("n", t.whole(i64::from(view.answered)).into()), ("of", t.whole(i64::from(view.parts)).into())];
    rsx! {
        if cut {
            p { class: "t2 s12", {t.with("import-cut-text", &parts)} }
        }
        if view.refused_parts > 0 {
            p { class: "t2 s12", {t.count("import-parts-refused", i64::from(view.refused_parts))} }
        }
        if view.left_total > 0 {
            Left { view }
        }
    }
}

/// What had to stay when it was taken back, and the way there.
#[component]
fn Left(view: ImportView) -> Element {
    let acting = use_context::<Acting>();
    let t = use_words();
    let more = u32::try_from(view.left.len()).unwrap_or(u32::MAX) < view.left_total;
    rsx! {
        details { class: "imp-left",
            summary { {t.count("import-stayed", i64::from(view.left_total))} }
            ul { class: "imp-left-l",
                for ImportLeft { record , name } in view.left.iter().cloned() {
                    li { key: "{record}",
                        Icon { name: kind_glyph(record.kind), size: 14 }
                        if name.is_empty() {
                            {kind_word(&t, record.kind)}
                        } else {
                            button { r#type: "button", class: "linkish", onclick: move |_| acting.open(record),
                                bdi { {name} }
                            }
                        }
                    }
                }
            }
            if more {
                p { class: "t3 s12", {t.text("import-stayed-more")} }
            }
        }
    }
}

/// What can be done with it.
#[component]
fn Acts(view: ImportView, stage: Stage) -> Element {
    let imports = use_context::<ImportsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let id = view.import;
    let (export, waits) = (imports.export, view.waiting > 0 && view.undoing == 0);
    let undo = undoing(&t, &view, shell.me(), shell.clock.minute());
    let (able, said) = match undo.clone() {
        Some(Ok(left)) => (true, left),
        Some(Err(why)) => (false, why),
        None => (false, String::new()),
    };
    let why_id = format!("import-undo-why-{id}");
    // What stood in the rows is known where they were brought in from.
    let is_mine = view.by.as_ref().map(|by| by.id) == shell.me();
    let outbox = view.refused_parts > 0;
    rsx! {
        div { class: "hstack wrap imp-do",
            if waits {
                Button { id: "import-stop-{id}", text: t.text("import-stop"), class: "btn-sm", icon: "st-cancel", onpress: move |()| shell.open(Layer::StopImport(id)) }
            }
            if view.refused_rows > 0 && is_mine {
                Button {
                    text: t.count("import-write-refused", i64::from(view.refused_rows)),
                    class: "btn-sm",
                    icon: "download",
                    onpress: move |()| write_out(export, bridge::ImportRefused { import: id }),
                }
            }
            if outbox {
                Button { text: t.text("open-outbox"), look: Look::Quiet, class: "btn-sm", onpress: move |()| shell.go(Place::Outbox) }
            }
            if undo.is_some() {
                Button {
                    id: "import-undo-{id}",
                    text: t.text("import-undo"),
                    class: "btn-sm",
                    icon: "undo",
                    disabled: !able,
                    described_by: Some(why_id.clone()),
                    onpress: move |()| shell.open(Layer::UndoImport(id)),
                }
                span { class: "t3 s12", id: why_id, {said} }
            }
            if stage == Stage::Undone && view.left_total == 0 {
                span { class: "t3 s12", {t.text("import-undone-text")} }
            }
        }
    }
}
