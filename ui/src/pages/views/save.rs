//! «Simpan tampilan»: the list as it is, under a name. A name that another view has means that one.

use bridge::SavedView;
use dioxus::prelude::*;
use domain::{views::is_same_name, words::isolate};

use super::state::{ViewsState, problem, summary};
use crate::{
    browser,
    components::{
        button::{Button, Look},
        dialog::{CancelButton, Dialog, close},
        field::{Field, TextInput},
    },
    shell::{put, task},
    words::use_words,
};

const ID: &str = "save-view";
const NAME: &str = "save-view-name";

/// The views as they would be with this one: in the place of the one with its name, else behind the others.
fn with(all: &[SavedView], view: SavedView) -> Vec<SavedView> {
    let mut all = all.to_vec();
    match all.iter().position(|other| is_same_name(&other.name, &view.name)) {
        Some(at) => all[at] = view,
        None => all.push(view),
    }
    all
}

/// The dialog.
#[component]
pub(super) fn Save() -> Element {
    let views = use_context::<ViewsState>();
    let t = use_words();
    let shell = views.shell;
    let filter = use_hook(|| views.shown());
    let mut name = use_signal(String::new);
    let mut error = use_signal(|| None::<String>);
    let replaced = shell.views.read().iter().find(|view| is_same_name(&view.name, &name.read())).map(|view| view.name.clone());
    let hint = replaced.as_ref().map(|name| t.with("view-replaces", &[("name", isolate(name).into())]));
    let shows = t.with("save-view-sub", &[("shows", summary(&t, &filter).into())]);
    let words = t.clone();
    let save = use_callback(move |()| {
        let all = with(&shell.views.peek(), SavedView { name: name.peek().clone(), filter: filter.clone() });
        if let Some((_, why)) = problem(&words, &all) {
            error.set(Some(why));
            browser::focus(NAME);
            return;
        }
        let saved = words.with("view-saved", &[("name", isolate(name.peek().trim()).into())]);
        task(async move {
            match views.keep(all).await {
                Ok(()) => {
                    close(ID);
                    shell.close();
                    shell.say(&saved);
                }
                Err(failure) => put(error, Some(shell.trouble(&failure))),
            }
        });
    });
    use_effect(|| _ = browser::focus(NAME));
    rsx! {
        Dialog {
            id: ID,
            title: rsx! {
                {t.text("save-view-title")}
            },
            sub: rsx! {
                {shows}
            },
            onclose: move |()| shell.close(),
            onconfirm: save,
            footer: rsx! {
                Foot { id: ID, act: t.text(if replaced.is_some() { "view-replace" } else { "view-save" }), onsave: save }
            },
            form {
                onsubmit: move |event| {
                    event.prevent_default();
                    save.call(());
                },
                Field { id: NAME, label: t.text("view-name"), hint: hint.clone(), error: error(),
                    TextInput {
                        id: NAME,
                        value: name(),
                        invalid: error.read().is_some(),
                        described: hint.is_some(),
                        required: true,
                        oninput: move |text| {
                            name.set(text);
                            error.set(None);
                        },
                    }
                }
            }
        }
    }
}

/// Out again, or on: below both dialogs.
#[component]
pub(super) fn Foot(id: &'static str, act: String, onsave: EventHandler<()>) -> Element {
    let views = use_context::<ViewsState>();
    rsx! {
        span { class: "grow" }
        CancelButton { id, oncancel: move |()| views.shell.close() }
        Button { text: act, look: Look::Primary, keys: "Ctrl+Enter", onpress: onsave }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::{InboxFilter, InboxView, ViewFilter};

    #[test]
    fn a_name_that_is_there_means_the_view_that_has_it() {
        let view =
            |name: &str, view| SavedView { name: name.to_owned(), filter: ViewFilter::Inbox(InboxFilter { view, text: String::new() }) };
        let all = [view("Rani", InboxView::Mine), view("Logo", InboxView::Waiting)];
        let replaced = with(&all, view(" rani", InboxView::Rejected));
        assert_eq!((replaced.len(), &replaced[0]), (2, &view(" rani", InboxView::Rejected)), "in its old place");
        assert_eq!(with(&all, view("Baru", InboxView::Mine))[2].name, "Baru");
    }
}
