//! A version of a design and the file on its way to it, and the place where files are let fall. What is dashed is not on the server
//! yet. Files are chosen and read outside the window: here are names, sizes and how far it has come.

use dioxus::prelude::*;
use domain::{
    status::{Face, Tone},
    words::{Ago, Words, isolate},
};

use super::{
    button::{IconButton, Kbd},
    icon::Icon,
};
use crate::{shell::Shell, words::use_words};

/// How far a file has come, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) done: u64,
    pub(crate) total: u64,
}

impl Part {
    /// Whole percent, 100 only where all of it is there.
    fn percent(self) -> u64 {
        self.done.min(self.total).saturating_mul(100).checked_div(self.total).unwrap_or(0)
    }
}

/// How a version stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Others go first.
    Queued,
    /// It is read here, before a byte moves.
    Hashing(Part),
    /// Its bytes are moving; milliseconds that are left, once they can be guessed.
    Sending(Part, Option<i64>),
    /// There is no line, or somebody stopped it.
    Paused(Part),
    /// It was looked at here and not sent; which check it was, and what would help.
    RefusedHere(String),
    /// The server refused it; why.
    RefusedThere(String),
    /// The same bytes are there already, as this version.
    Same(u32),
    /// It is there.
    Uploaded,
    /// It is there, and the one that counts.
    Current,
    /// It is there, and another one counts.
    Superseded,
}

impl Stage {
    fn face(&self) -> Face {
        let face = |tone, glyph, word| Face { tone, glyph, word };
        match self {
            Self::Queued => face(Tone::Netral, "sy-queue", "upload-queued"),
            Self::Hashing(_) => face(Tone::Langit, "search", "upload-hashing"),
            Self::Sending(..) => face(Tone::Langit, "sy-send", "upload-sending"),
            Self::Paused(_) => face(Tone::Kunyit, "pause", "upload-paused"),
            Self::RefusedHere(_) => face(Tone::Cabai, "sy-refuse", "upload-refused-here"),
            Self::RefusedThere(_) => face(Tone::Cabai, "sy-refuse", "upload-refused-there"),
            Self::Same(_) => face(Tone::Netral, "copy", "upload-same"),
            Self::Uploaded => face(Tone::Netral, "check", "upload-done"),
            Self::Current => face(Tone::Daun, "st-ok", "upload-current"),
            Self::Superseded => face(Tone::Netral, "st-draft", "upload-superseded"),
        }
    }
    const fn part(&self) -> Option<Part> {
        match self {
            Self::Hashing(part) | Self::Sending(part, _) | Self::Paused(part) => Some(*part),
            _ => None,
        }
    }
    /// Whether the server has it.
    const fn is_there(&self) -> bool {
        matches!(self, Self::Uploaded | Self::Current | Self::Superseded)
    }
    /// Whether it can still be called off.
    const fn is_on_its_way(&self) -> bool {
        matches!(self, Self::Queued) || self.part().is_some()
    }
}

/// What is spoken of an upload: its beginning, its middle and its end, and nothing between.
fn spoken(percent: u64) -> u64 {
    match percent {
        0..50 => 0,
        50..100 => 50,
        _ => 100,
    }
}

/// A version.
#[component]
pub(crate) fn UploadTile(
    /// Which version it is or will be, counted from 1.
    number: u32,
    /// What the file is called.
    name: String,
    /// Its size in bytes.
    size: u64,
    stage: Stage,
    /// Whether it is the one that is looked at.
    #[props(default)]
    open: bool,
    /// When it came, in words.
    #[props(default)]
    at: Option<String>,
    /// A picture of it, where there is one.
    #[props(default)]
    thumb: Option<Element>,
    #[props(default)] oncancel: Option<EventHandler<()>>,
    /// Goes on, or tries again.
    #[props(default)]
    onresume: Option<EventHandler<()>>,
) -> Element {
    let t = use_words();
    let version = t.with("upload-version", &[("n", t.whole(i64::from(number)).into())]);
    speak(&version, &stage);
    let class = format!("ver{}{}", if open { " is-on" } else { "" }, if stage.is_there() { "" } else { " is-ours" });
    let glyph = if stage.is_there() { "st-draft" } else { "sy-send" };
    let face = stage.face();
    let resumes = matches!(stage, Stage::Paused(_) | Stage::RefusedThere(_));
    let about = |key: &str| t.with(key, &[("name", isolate(&name).into())]);
    rsx! {
        div { class, "aria-current": open.then_some("true"), role: "group", "aria-label": "{version}, {name}",
            span { class: "thumb", "aria-hidden": "true",
                if let Some(thumb) = thumb {
                    {thumb}
                } else {
                    Icon { name: glyph }
                }
            }
            div { class: "vstack ver-b",
                div { class: "hstack wrap",
                    b { {version.clone()} }
                    span { class: "mark fg-{face.tone.token()}",
                        Icon { name: face.glyph, size: 14 }
                        {word(&t, &stage)}
                    }
                    span { class: "ver-do",
                        if let Some(onresume) = onresume.filter(|_| resumes) {
                            IconButton { icon: "refresh", label: about("upload-resume"), onpress: move |()| onresume.call(()) }
                        }
                        if let Some(oncancel) = oncancel.filter(|_| stage.is_on_its_way()) {
                            IconButton { icon: "x", label: about("upload-cancel"), onpress: move |()| oncancel.call(()) }
                        }
                    }
                }
                p { class: "s12 t2 cut", dir: "auto", title: name.clone(), {name.clone()} }
                if let Some(part) = stage.part() {
                    Progress { part, label: about("upload-progress"), left: left(&t, &stage) }
                } else {
                    Foot { stage: stage.clone(), size, at }
                }
            }
        }
    }
}

/// Says to screen readers what is worth saying, each once.
fn speak(version: &str, stage: &Stage) {
    let shell = use_context::<Shell>();
    let now = match stage {
        Stage::Sending(part, _) => Some(spoken(part.percent())),
        _ => None,
    };
    use_effect(use_reactive((&now, &version.to_owned()), move |(now, version)| {
        if let Some(percent) = now {
            let n = shell.words().whole(percent.cast_signed());
            shell.say(&shell.words().with("upload-percent", &[("version", version.into()), ("n", n.into())]));
        }
    }));
}

/// The name of its state.
fn word(words: &Words, stage: &Stage) -> String {
    match stage {
        Stage::Same(n) => words.with("upload-same", &[("n", words.whole(i64::from(*n)).into())]),
        stage => words.text(stage.face().word),
    }
}

fn left(words: &Words, stage: &Stage) -> Option<String> {
    match stage {
        Stage::Sending(_, Some(ms)) => Some(words.with("upload-left", &[("span", words.span(Ago(*ms)).into())])),
        _ => None,
    }
}

#[component]
fn Progress(part: Part, label: String, left: Option<String>) -> Element {
    let t = use_words();
    let (done, total) = (t.size(part.done), t.size(part.total));
    // A unit that both have is said once.
    let unit = total.find(' ').map_or("", |at| &total[at..]);
    let done = done.strip_suffix(unit).unwrap_or(&done).to_owned();
    let of = t.with("upload-part", &[("done", done.into()), ("total", total.into())]);
    rsx! {
        progress { class: "prog", max: "100", value: part.percent().to_string(), "aria-label": label }
        p { class: "s12 t3 num hstack wrap",
            span { {of} }
            if let Some(left) = left {
                span { class: "push", {left} }
            }
        }
    }
}

#[component]
fn Foot(stage: Stage, size: u64, at: Option<String>) -> Element {
    let t = use_words();
    match stage {
        Stage::RefusedHere(why) | Stage::RefusedThere(why) => rsx! {
            p { class: "err", {why} }
        },
        _ => rsx! {
            p { class: "s12 t3 num", {at.into_iter().chain([t.size(size)]).collect::<Vec<_>>().join(" · ")} }
        },
    }
}

/// Where files are let fall, or chosen by its key.
#[component]
pub(crate) fn DropZone(
    id: &'static str,
    /// Whether a file is held above it.
    #[props(default)]
    over: bool,
    keys: &'static str,
    onchoose: EventHandler<()>,
) -> Element {
    let t = use_words();
    rsx! {
        button {
            r#type: "button",
            class: if over { "drop is-over" } else { "drop" },
            id,
            "aria-keyshortcuts": keys,
            onclick: move |_| onchoose.call(()),
            Icon { name: "sy-send" }
            span {
                {t.text(if over { "upload-drop-over" } else { "upload-drop" })}
                " "
                Kbd { keys }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_whole_only_where_all_of_it_is_there() {
        let percent = |done, total| Part { done, total }.percent();
        assert_eq!((percent(0, 10), percent(4_100, 6_400), percent(999, 1_000), percent(1_000, 1_000)), (0, 64, 99, 100));
        assert_eq!((percent(5, 0), percent(12, 10)), (0, 100), "nonsense is no panic");
    }

    #[test]
    fn three_moments_are_spoken_of() {
        assert_eq!([0, 1, 49, 50, 99, 100].map(spoken), [0, 0, 0, 50, 50, 100]);
    }

    #[test]
    fn what_the_server_has_is_solid_and_cannot_be_called_off() {
        let part = Part { done: 1, total: 2 };
        for stage in [Stage::Uploaded, Stage::Current, Stage::Superseded] {
            assert!(stage.is_there() && !stage.is_on_its_way(), "{stage:?}");
        }
        for stage in [Stage::Queued, Stage::Hashing(part), Stage::Sending(part, None), Stage::Paused(part)] {
            assert!(!stage.is_there() && stage.is_on_its_way(), "{stage:?}");
        }
        assert!(!Stage::RefusedHere(String::new()).is_on_its_way());
    }
}
