//! What became of a file that was to be written out: where it is, or why it is not.

use bridge::{DeskError, Exported, Query, Saved};
use dioxus::prelude::*;
use domain::{
    status::Tone,
    words::{Words, isolate},
};

use super::{button::IconButton, note::Note};
use crate::{
    gateway::ask,
    shell::{Shell, put, task},
    words::use_words,
};

/// A file that was written out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Written {
    /// Lines of what is shown.
    Lines(Exported),
    /// A file as it came.
    Whole(Saved),
}

impl From<Exported> for Written {
    fn from(file: Exported) -> Self {
        Self::Lines(file)
    }
}
impl From<Saved> for Written {
    fn from(file: Saved) -> Self {
        Self::Whole(file)
    }
}

/// A file on its way.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Export {
    /// Nobody asked for one.
    #[default]
    None,
    /// It is being written.
    Writing,
    /// It is there.
    Done(Written),
    /// It is not.
    Failed(DeskError),
}

/// Has a file written, unless one is being written. Whoever leaves the place meanwhile, or closes what it says, is told no more of it.
pub(crate) fn write_out<Q: Query<Reply: Into<Written>> + 'static>(export: Signal<Export>, query: Q) {
    let is_writing = move || export.try_peek().is_ok_and(|export| *export == Export::Writing);
    if is_writing() {
        return;
    }
    put(export, Export::Writing);
    task(async move {
        let outcome = match ask(query).await {
            Ok(file) => Export::Done(file.into()),
            Err(error) => Export::Failed(error),
        };
        if is_writing() {
            put(export, outcome);
        }
    });
}

/// Where a file is, in words.
fn done(words: &Words, file: &Written) -> String {
    let file = match file {
        Written::Lines(file) => file,
        Written::Whole(file) => return words.with("design-saved", &[("path", isolate(&file.path).into())]),
    };
    let lines = words.count("export-lines", i64::from(file.rows));
    let said = words.with("exported", &[("lines", lines.into()), ("path", isolate(&file.path).into())]);
    if file.more { format!("{said} {}", words.text("exported-more")) } else { said }
}

/// The banner. It stays until it is closed, because a path is read slowly.
#[component]
pub(crate) fn ExportNote(mut export: Signal<Export>, #[props(default = "export-note")] id: &'static str) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (tone, icon, text) = match &*export.read() {
        Export::None => return rsx! {},
        Export::Writing => (Tone::Langit, "download", t.text("exporting")),
        Export::Done(file) => (Tone::Daun, "check", done(&t, file)),
        Export::Failed(error) => (Tone::Cabai, "sy-refuse", t.with("export-failed", &[("why", shell.trouble(error).into())])),
    };
    let ends = *export.read() != Export::Writing;
    rsx! {
        Note { tone, icon, class: "cal-note", id,
            span { class: "grow", {text} }
            if ends {
                IconButton { icon: "x", label: t.text("close"), onpress: move |()| export.set(Export::None) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    #[test]
    fn a_file_that_does_not_hold_everything_says_so() {
        let words = Words::new(Lang::Id);
        let file = |more| Written::from(Exported { path: "/h/Unduhan/meja.csv".into(), rows: 12, more });
        assert_eq!(done(&words, &file(false)).replace(['\u{2068}', '\u{2069}'], ""), "12 baris tersimpan di /h/Unduhan/meja.csv");
        assert!(done(&words, &file(true)).contains("Hanya yang terbaru"));
    }
}
