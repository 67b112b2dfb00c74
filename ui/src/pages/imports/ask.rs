//! The questions before an import is called off or taken back: what goes, and what stays.

use bridge::{CancelImport, ImportView, UndoImport};
use dioxus::prelude::*;
use domain::{
    id::ImportId,
    words::{Ago, isolate},
};

use super::state::{At, ImportsState};
use crate::{
    components::confirm::Confirm,
    gateway::ask,
    shell::{Shell, task},
    words::use_words,
};

/// The question before what has not been sent is called off.
#[component]
pub(super) fn Stop(id: ImportId) -> Element {
    let imports = use_context::<ImportsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(view) = use_hook(|| imports.import(id)) else { return rsx! {} };
    let waiting = t.count("import-rows-n", i64::from(view.waiting_rows));
    rsx! {
        Confirm {
            id: "import-stop",
            title: t.with("import-stop-title", &[("file", isolate(&view.file).into())]),
            text: t.with("import-stop-text", &[("rows", waiting.into()), ("came", t.whole(i64::from(view.rows)).into())]),
            act: t.text("import-stop"),
            onconfirm: move |()| {
                shell.close();
                imports.stop(id);
            },
            oncancel: move |()| shell.close(),
        }
    }
}

/// The question before an import is taken back.
#[component]
pub(super) fn Undo(id: ImportId) -> Element {
    let imports = use_context::<ImportsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(view) = use_hook(|| imports.import(id)) else { return rsx! {} };
    let ImportView { file, clients, orders, undo_until, .. } = view;
    let left = undo_until.map(|until| t.with("import-undo-left", &[("left", t.span(Ago(until.since(shell.clock.minute()))).into())]));
    let n = |n: u32| t.whole(i64::from(n));
    rsx! {
        Confirm {
            id: "import-undo",
            title: t.with("import-undo-title", &[("file", isolate(&file).into())]),
            sub: left,
            text: t.with("import-undo-text", &[("clients", n(clients).into()), ("orders", n(orders).into())]),
            act: t.text("import-undo"),
            onconfirm: move |()| {
                shell.close();
                imports.undo(id);
            },
            oncancel: move |()| shell.close(),
        }
    }
}

impl ImportsState {
    /// Calls off what has not been sent.
    fn stop(mut self, id: ImportId) {
        self.trouble.set(None);
        task(async move {
            match ask(CancelImport { import: id }).await {
                Ok(()) => self.shell.say(&self.shell.words().text("import-stopped")),
                Err(error) => self.stand(At::Past, error),
            }
            self.read_for(id);
        });
    }
    /// Takes back what it made.
    fn undo(mut self, id: ImportId) {
        self.trouble.set(None);
        task(async move {
            let key = if self.shell.is_offline() { "import-undo-waits" } else { "import-undo-begun" };
            match ask(UndoImport { import: id }).await {
                Ok(()) => self.shell.say(&self.shell.words().text(key)),
                Err(error) => self.stand(At::Past, error),
            }
            self.read_for(id);
        });
    }
}
