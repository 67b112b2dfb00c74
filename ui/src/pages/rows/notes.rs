//! Notes of the staff about a record, and the box for a new one. A client never reads them.

use bridge::{DeskError, NoteView};
use dioxus::prelude::*;
use domain::{
    commands::note,
    record::RecordRef,
    text::{Invalid, NoteText},
};

use crate::{
    actions::Act,
    browser,
    components::{
        avatar::Avatar,
        badge::Mark,
        button::{ActKbd, Button},
        choice::Check,
        field::FieldFoot,
    },
    drafts::{Draft, Drafts},
    gateway::new_id,
    giving::Giving,
    shell::{Shell, task},
    words::{invalid, use_words, when},
};

/// Notes about a record, and the box. `detail` is what has the focus when the box is left.
#[component]
pub(crate) fn Notes(
    about: RecordRef,
    notes: Vec<NoteView>,
    /// Whether this person may write one.
    may: bool,
    /// The act that leads to the box.
    act: Act,
    detail: &'static str,
    onrefused: EventHandler<DeskError>,
) -> Element {
    let t = use_words();
    rsx! {
        section { class: "sec", "aria-labelledby": "notes-title",
            h2 { class: "sec-h", id: "notes-title",
                {t.text("notes")}
                span { class: "n", {t.text("notes-who")} }
            }
            if !notes.is_empty() {
                ul { class: "notes",
                    for view in notes {
                        OneNote { key: "{view.note.id}", view }
                    }
                }
            }
            if may {
                // Only what stands in a list is told apart by its key: with another record the box begins anew.
                for about in [about] {
                    NewNote { key: "{about.id}", about, act, detail, onrefused }
                }
            }
        }
    }
}

#[component]
fn OneNote(view: NoteView) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let note = &view.note;
    rsx! {
        li { class: if view.ours { "notes-i is-ours" } else { "notes-i" },
            Avatar { name: note.author.name.clone(), size: 24 }
            div { class: "grow",
                p { class: "notes-h",
                    b {
                        bdi { "{note.author.name}" }
                    }
                    " "
                    time { class: "t3", datetime: note.created_at.to_string(), title: t.moment(note.created_at, zone), {when(&t, note.created_at, now, zone)} }
                    if note.private {
                        span { class: "t3", " · " {t.text("note-private")} }
                    }
                    if view.ours {
                        Mark { state: domain::status::CommandState::Queued }
                    }
                }
                p { class: "notes-t",
                    bdi { "{note.text}" }
                }
            }
        }
    }
}

/// The id of the button that saves.
const SAVE: &str = "note-save";

/// A note as it is typed.
#[derive(Clone, Copy, PartialEq)]
struct Typing {
    shell: Shell,
    drafts: Drafts,
    giving: Giving,
    about: RecordRef,
    private: Signal<bool>,
    wrong: Signal<Option<String>>,
    onrefused: EventHandler<DeskError>,
}

impl Typing {
    const fn draft(self) -> Draft {
        Draft::Note(self.about.id)
    }
    /// What is typed: it is this record's, whichever is open.
    fn text(self) -> String {
        self.drafts.watch(self.draft())
    }
    /// Takes in what is typed, and keeps it should the record be left.
    fn write(mut self, text: &str) {
        self.wrong.set(None);
        self.drafts.keep(self.draft(), text);
    }
    /// Gives the note to the desk.
    fn save(mut self) {
        let text = match NoteText::new(&self.drafts.of(self.draft())) {
            Ok(text) => text,
            Err(Invalid::Required) => return,
            Err(why) => return self.wrong.set(Some(invalid(&self.shell.words(), why))),
        };
        let private = *self.private.peek();
        task(async move {
            match self.add(text.to_string(), private).await {
                Ok(()) => self.saved(),
                Err(error) => self.onrefused.call(error),
            }
        });
    }
    async fn add(self, text: String, private: bool) -> Result<(), DeskError> {
        let record = self.about;
        let add = note::Add { id: new_id().await?, record, text, private };
        self.giving.give_quietly(add.into(), vec![record]).await.map(|_| ())
    }
    fn saved(self) {
        self.drafts.keep(self.draft(), "");
        let shell = self.shell;
        shell.say(&shell.words().text("note-added"));
        // The button goes with what was typed.
        if browser::focus_is_within(SAVE) {
            browser::focus("note-text");
        }
    }
}

#[component]
fn NewNote(about: RecordRef, act: Act, detail: &'static str, onrefused: EventHandler<DeskError>) -> Element {
    let shell = use_context::<Shell>();
    let drafts = use_context::<Drafts>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let typing = Typing { shell, drafts, giving, about, private: use_signal(|| false), wrong: use_signal(|| None), onrefused };
    let wrong = (typing.wrong)();
    let text = typing.text();
    let empty = text.is_empty();
    rsx! {
        div { class: "field note-new",
            label { class: "sr", r#for: "note-text", {t.text("note-label")} }
            textarea {
                class: if wrong.is_some() { "input is-bad" } else { "input" },
                id: "note-text",
                rows: if empty { "1" } else { "3" },
                placeholder: t.text("note-hint"),
                value: text,
                "aria-describedby": wrong.is_some().then_some("note-text-hint"),
                "aria-invalid": wrong.is_some().then_some("true"),
                oninput: move |event| typing.write(&event.value()),
                onkeydown: move |event| {
                    if event.key() == Key::Enter && (event.modifiers().ctrl() || event.modifiers().meta()) {
                        event.prevent_default();
                        typing.save();
                    } else if event.key() == Key::Escape {
                        event.stop_propagation();
                        browser::focus(detail);
                    }
                },
            }
            if empty {
                span { class: "note-key", "aria-hidden": "true",
                    ActKbd { act }
                }
            } else {
                NoteFoot { typing }
            }
            FieldFoot { id: "note-text", hint: None, error: wrong.clone() }
        }
    }
}

#[component]
fn NoteFoot(typing: Typing) -> Element {
    let t = use_words();
    let mut private = typing.private;
    let length = typing.text().chars().count();
    rsx! {
        div { class: "hstack wrap",
            label { class: "hstack",
                Check { checked: private(), onswitch: move |on| private.set(on) }
                span { class: "s12", {t.text("note-only-me")} }
            }
            span { class: "push t3 s12 num", "{length} / {NoteText::MOST}" }
            Button { id: SAVE.to_owned(), text: t.text("do-note-save"), class: "btn-sm", keys: "Ctrl+Enter", onpress: move |()| typing.save() }
        }
    }
}
