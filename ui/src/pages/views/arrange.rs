//! «Tampilan tersimpan»: all of them, to be renamed, moved and taken away. Nothing holds before it is saved, so that whoever
//! took the wrong one away leaves with Escape.

use bridge::SavedView;
use dioxus::prelude::*;
use domain::words::isolate;

use super::{
    save::Foot,
    state::{ViewsState, problem, summary},
};
use crate::{
    browser,
    components::{
        button::IconButton,
        dialog::{Dialog, close},
        empty::Empty,
        field::FieldFoot,
    },
    shell::{focus_drawn, put, task},
    words::use_words,
};

const ID: &str = "arrange-views";

/// A view while it is arranged: it keeps its number however it is moved and called.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    number: usize,
    view: SavedView,
}

impl Line {
    /// The id of one of its controls.
    fn id(&self, part: &str) -> String {
        format!("{ID}-{part}-{}", self.number)
    }
}

/// Moves a line by one place; where it stands then.
fn shift(lines: &mut [Line], at: usize, by: isize) -> usize {
    match at.checked_add_signed(by).filter(|to| *to < lines.len()) {
        Some(to) => {
            lines.swap(at, to);
            to
        }
        None => at,
    }
}

/// The dialog.
#[component]
pub(super) fn Arrange() -> Element {
    let views = use_context::<ViewsState>();
    let t = use_words();
    let shell = views.shell;
    let before = use_hook(|| shell.views.peek().clone());
    let lines = use_signal(|| before.iter().cloned().enumerate().map(|(number, view)| Line { number, view }).collect::<Vec<_>>());
    let mut wrong = use_signal(|| None::<(Option<usize>, String)>);
    let words = t.clone();
    let save = use_callback(move |()| {
        let all: Vec<SavedView> = lines.peek().iter().map(|line| line.view.clone()).collect();
        if let Some((at, why)) = problem(&words, &all) {
            if let Some(line) = at.and_then(|at| lines.peek().get(at).cloned()) {
                browser::focus(&line.id("name"));
            }
            wrong.set(Some((at, why)));
            return;
        }
        task(async move {
            match views.keep(all).await {
                Ok(()) => {
                    close(ID);
                    shell.close();
                }
                Err(failure) => put(wrong, Some((None, shell.trouble(&failure)))),
            }
        });
    });
    let first = lines.peek().first().map(|line| line.id("name"));
    use_effect(move || {
        if let Some(first) = &first {
            browser::focus(first);
        }
    });
    rsx! {
        Dialog {
            id: ID,
            class: "dialog-m",
            title: rsx! {
                {t.text("views")}
            },
            sub: rsx! {
                {t.text("arrange-views-sub")}
            },
            onclose: move |()| shell.close(),
            onconfirm: save,
            footer: rsx! {
                Foot { id: ID, act: t.text("view-save"), onsave: save }
            },
            if lines.read().is_empty() {
                Empty { icon: "bookmark", title: t.text("views-none"),
                    p { {t.text("views-none-text")} }
                }
            } else {
                ol { class: "views", "aria-label": t.text("views"),
                    for (at , line) in lines.read().iter().cloned().enumerate() {
                        Row {
                            key: "{line.number}",
                            at,
                            line,
                            lines,
                            error: wrong.read().clone().filter(|(n, _)| *n == Some(at)).map(|(_, why)| why),
                            onchange: move |()| wrong.set(None),
                        }
                    }
                }
            }
            if let Some((None, why)) = wrong() {
                p { class: "err", role: "alert", {why} }
            }
        }
    }
}

/// One of them: its name, what it shows, and where it goes.
#[component]
fn Row(at: usize, line: Line, mut lines: Signal<Vec<Line>>, error: Option<String>, onchange: EventHandler<()>) -> Element {
    let t = use_words();
    let last = lines.read().len().saturating_sub(1);
    let (id, number) = (line.id("name"), line.number);
    let wrong = error.is_some();
    let called = |key: &str| t.with(key, &[("name", isolate(&line.view.name).into())]);
    let shifted = use_callback(move |(by, part): (isize, &'static str)| {
        onchange.call(());
        let to = shift(&mut lines.write(), at, by);
        focus_drawn(lines.peek()[to].id(part));
    });
    rsx! {
        li { class: "views-i",
            div { class: "grow vstack",
                div { class: if wrong { "input is-bad" } else { "input" },
                    input {
                        id: id.clone(),
                        r#type: "text",
                        value: "{line.view.name}",
                        autocomplete: "off",
                        spellcheck: "false",
                        dir: "auto",
                        "aria-label": t.with("view-name-of", &[("n", t.whole(i64::try_from(at + 1).unwrap_or(0)).into())]),
                        "aria-invalid": wrong.then_some("true"),
                        "aria-describedby": "{id}-hint",
                        oninput: move |event| {
                            onchange.call(());
                            let mut lines = lines.write();
                            if let Some(line) = lines.iter_mut().find(|line| line.number == number) {
                                line.view.name = event.value();
                            }
                        },
                        onkeydown: move |event| {
                            let by = match event.key() {
                                Key::ArrowUp if event.modifiers().alt() => -1,
                                Key::ArrowDown if event.modifiers().alt() => 1,
                                _ => return,
                            };
                            event.prevent_default();
                            shifted.call((by, "name"));
                        },
                    }
                }
                FieldFoot { id: id.clone(), hint: summary(&t, &line.view.filter), error }
            }
            IconButton { id: line.id("up"), icon: "up", label: called("view-up"), disabled: at == 0, onpress: move |()| shifted.call((-1, "up")) }
            IconButton { id: line.id("down"), icon: "down", label: called("view-down"), disabled: at == last, onpress: move |()| shifted.call((1, "down")) }
            IconButton {
                id: line.id("drop"),
                icon: "trash",
                label: called("view-drop"),
                onpress: move |()| {
                    onchange.call(());
                    lines.write().remove(at);
                    let next = lines.peek().get(at).or(lines.peek().last()).map_or_else(|| ID.to_owned(), |line| line.id("drop"));
                    focus_drawn(next);
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_moves_by_one_place_and_not_beyond_the_ends() {
        let filter = bridge::ViewFilter::Inbox(bridge::InboxFilter::default());
        let line = |number| Line { number, view: SavedView { name: number.to_string(), filter: filter.clone() } };
        let mut lines = [line(0), line(1), line(2)];
        let order = |lines: &[Line]| lines.iter().map(|line| line.number).collect::<Vec<_>>();
        assert_eq!((shift(&mut lines, 2, -1), order(&lines)), (1, vec![0, 2, 1]));
        assert_eq!((shift(&mut lines, 0, -1), shift(&mut lines, 2, 1), order(&lines)), (0, 2, vec![0, 2, 1]));
    }
}
