//! A version of a design and the file on its way to it, and the place where files are let fall. What is dashed is not on the server
//! yet. Files are chosen and read outside the window: here are names, sizes and how far it has come.

use dioxus::prelude::*;
use domain::{
    status::{Face, Tone},
    words::{Ago, Words, isolate},
};

use super::{
    badge::Badge,
    button::{IconButton, Kbd},
    icon::Icon,
    note::Note,
};
use crate::{shell::Shell, words::use_words};

/// How far a file has come, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) done: u64,
    pub(crate) total: u64,
}

impl Part {
    /// Whole percent.
    fn percent(self) -> u8 {
        bridge::percent(self.done, self.total)
    }
}

/// How a version stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Others go first, or the act has not left.
    Queued,
    /// Its bytes are moving; milliseconds that are left, once they can be guessed.
    Sending(Part, Option<i64>),
    /// Somebody stopped it.
    Paused(Part),
    /// There is no line.
    Offline(Part),
    /// The server refused it; why.
    Refused(String),
    /// It is there, and stands so.
    There(Face),
}

impl Stage {
    const fn face(&self) -> Face {
        const fn face(tone: Tone, glyph: &'static str, word: &'static str) -> Face {
            Face { tone, glyph, word }
        }
        match self {
            Self::Queued => face(Tone::Netral, "sy-queue", "upload-queued"),
            Self::Sending(..) => face(Tone::Langit, "sy-send", "upload-sending"),
            Self::Paused(_) => face(Tone::Kunyit, "pause", "upload-paused"),
            Self::Offline(_) => face(Tone::Kunyit, "sy-off", "upload-offline"),
            Self::Refused(_) => face(Tone::Cabai, "sy-refuse", "upload-refused-there"),
            Self::There(face) => *face,
        }
    }
    const fn part(&self) -> Option<Part> {
        match self {
            Self::Sending(part, _) | Self::Paused(part) | Self::Offline(part) => Some(*part),
            Self::Queued | Self::Refused(_) | Self::There(_) => None,
        }
    }
    /// Whether the server has it.
    const fn is_there(&self) -> bool {
        matches!(self, Self::There(_))
    }
    /// Whether it can still be called off.
    const fn is_on_its_way(&self) -> bool {
        matches!(self, Self::Queued) || self.part().is_some()
    }
    /// Whether it can be stopped for a while.
    const fn moves(&self) -> bool {
        matches!(self, Self::Queued | Self::Sending(..) | Self::Offline(_))
    }
}

/// What is spoken of an upload: its beginning, its middle and its end, and nothing between.
fn spoken(percent: u8) -> u8 {
    match percent {
        0..50 => 0,
        50..100 => 50,
        _ => 100,
    }
}

/// What can be done with an upload from its tile.
#[derive(Clone, Copy, PartialEq, Default)]
pub(crate) struct TileActs {
    /// Calls it off.
    pub(crate) cancel: Option<EventHandler<()>>,
    /// Stops it for a while, or lets it go on.
    pub(crate) pause: Option<EventHandler<bool>>,
    /// Leads to where a person decides about what the server refused.
    pub(crate) settle: Option<EventHandler<()>>,
}

/// A version.
#[component]
pub(crate) fn UploadTile(
    /// Which version it is or will be, counted from 1.
    number: i64,
    /// What the file is called.
    name: String,
    /// Its size in bytes.
    size: u64,
    stage: Stage,
    /// Whether it is the one that is looked at.
    #[props(default)]
    open: bool,
    /// Whether it is the one that counts.
    #[props(default)]
    current: bool,
    /// Whether the state it is shown in is this computer's alone.
    #[props(default)]
    ours: bool,
    /// When it came, in words.
    #[props(default)]
    at: Option<String>,
    /// That its file was taken away, and why.
    #[props(default)]
    gone: Option<(String, String)>,
    /// A picture of it, where there is one.
    #[props(default)]
    thumb: Option<Element>,
    /// The mark of what was done about it and is not acknowledged.
    #[props(default)]
    mark: Option<Element>,
    /// The id of the button that opens it.
    #[props(default)]
    id: Option<String>,
    #[props(default)] onopen: Option<EventHandler<()>>,
    #[props(default)] acts: TileActs,
    #[props(default)] kept: bool,
) -> Element {
    let t = use_words();
    let version = t.with("upload-version", &[("n", t.whole(number).into())]);
    speak(&version, &stage);
    let is_ours = ours || !stage.is_there();
    let state = [(open, " is-on"), (is_ours, " is-ours"), (gone.is_some(), " is-gone")];
    let class = state.iter().filter(|(is, _)| *is).fold("ver".to_owned(), |class, (_, more)| class + more);
    let glyph = if stage.is_there() { "file" } else { "sy-send" };
    let label = t.with("upload-open", &[("version", version.clone().into()), ("name", isolate(&name).into())]);
    rsx! {
        div { class, role: "group", "aria-label": label.clone(),
            span { class: "thumb", "aria-hidden": "true",
                if let Some(thumb) = thumb {
                    {thumb}
                } else {
                    Icon { name: glyph }
                }
            }
            div { class: "vstack ver-b",
                div { class: "hstack wrap ver-h",
                    Opens { version: version.clone(), label: label.clone(), id, open, onopen }
                    Stands { stage: stage.clone(), ours: is_ours, kept }
                }
                div { class: "ver-f",
                    p { class: "s12 t2 cut", title: isolate(&name),
                        bdi { {name.clone()} }
                    }
                    TileButtons { stage: stage.clone(), name: name.clone(), acts }
                }
                if let Some(part) = stage.part() {
                    Progress { part, label: t.with("upload-progress", &[("name", isolate(&name).into())]), left: left(&t, &stage) }
                } else {
                    Foot { stage, size, at, current }
                }
                if let Some((said, reason)) = gone {
                    Gone { said, reason }
                }
                if let Some(mark) = mark {
                    {mark}
                }
            }
        }
    }
}

/// That its file was taken away, and why.
#[component]
fn Gone(said: String, reason: String) -> Element {
    rsx! {
        p { class: "s12 t2 long", {said} }
        p { class: "s12 t3 long",
            "“"
            bdi { {reason} }
            "”"
        }
    }
}

/// What it is called: a button where it can be looked at.
#[component]
fn Opens(version: String, label: String, id: Option<String>, open: bool, onopen: Option<EventHandler<()>>) -> Element {
    rsx! {
        if let Some(onopen) = onopen {
            button {
                r#type: "button",
                class: "ver-open",
                id,
                "aria-current": open.then_some("true"),
                "aria-label": label,
                onclick: move |_| onopen.call(()),
                b { {version} }
            }
        } else {
            b { {version} }
        }
    }
}

/// Whether its file stays on this computer, and how it stands: a badge where the server has it, a mark while it is on its way.
#[component]
fn Stands(stage: Stage, ours: bool, kept: bool) -> Element {
    let t = use_words();
    let face = stage.face();
    rsx! {
        if kept {
            span { class: "ver-k", title: t.text("kept-mark"),
                Icon { name: "pin", size: 14 }
                span { class: "sr", {t.text("kept-mark")} }
            }
        }
        if stage.is_there() {
            Badge { face, ours }
        } else {
            span { class: "mark fg-{face.tone.token()}",
                Icon { name: face.glyph, size: 14 }
                {t.text(face.word)}
            }
        }
    }
}

#[component]
fn TileButtons(stage: Stage, name: String, acts: TileActs) -> Element {
    let t = use_words();
    let about = |key: &str| t.with(key, &[("name", isolate(&name).into())]);
    let TileActs { cancel, pause, settle } = acts;
    let paused = matches!(stage, Stage::Paused(_));
    let (icon, word) = if paused { ("play", "upload-resume") } else { ("pause", "upload-pause") };
    rsx! {
        span { class: "ver-do",
            if let Some(pause) = pause.filter(|_| paused || stage.moves()) {
                IconButton {
                    icon,
                    label: about(word),
                    onpress: move |()| pause.call(!paused),
                }
            }
            if let Some(cancel) = cancel.filter(|_| stage.is_on_its_way()) {
                IconButton { icon: "x", label: about("upload-cancel"), onpress: move |()| cancel.call(()) }
            }
            if let Some(settle) = settle.filter(|_| matches!(stage, Stage::Refused(_))) {
                IconButton { icon: "right", label: about("upload-settle"), onpress: move |()| settle.call(()) }
            }
        }
    }
}

/// Says to screen readers what is worth saying, each once. A tile that was seen on its way says its end as well.
fn speak(version: &str, stage: &Stage) {
    let shell = use_context::<Shell>();
    let mut sent = use_signal(|| false);
    let now = match stage {
        Stage::Sending(part, _) => Some(spoken(part.percent())),
        Stage::There(_) if *sent.peek() => Some(100),
        _ => None,
    };
    use_effect(use_reactive((&now, &version.to_owned()), move |(now, version)| {
        if let Some(percent) = now {
            sent.set(percent < 100);
            let n = shell.words().whole(i64::from(percent));
            shell.say(&shell.words().with("upload-percent", &[("version", version.into()), ("n", n.into())]));
        }
    }));
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
        p { class: "s12 t3 num hstack wrap ver-p",
            span { {of} }
            if let Some(left) = left {
                span { class: "push", {left} }
            }
        }
    }
}

#[component]
fn Foot(stage: Stage, size: u64, at: Option<String>, current: bool) -> Element {
    let t = use_words();
    let parts = at.into_iter().chain([t.size(size)]).chain(current.then(|| t.text("upload-current")));
    match stage {
        Stage::Refused(why) => rsx! {
            p { class: "err", {why} }
        },
        _ => rsx! {
            p { class: "s12 t3 ver-n",
                for (n , part) in parts.enumerate() {
                    span { key: "{n}", class: "num", {part} }
                }
            }
        },
    }
}

/// A file that was looked at here and became no version: which check it was, and what would help.
#[component]
pub(crate) fn NotTaken(name: String, why: String, ondismiss: EventHandler<()>) -> Element {
    let t = use_words();
    let about = |key: &str| t.with(key, &[("name", isolate(&name).into())]);
    rsx! {
        Note { tone: Tone::Cabai, icon: "sy-refuse", class: "ver-not",
            span { class: "grow",
                b { {about("upload-not-taken")} }
                " "
                {why}
            }
            IconButton { icon: "x", label: about("upload-dismiss"), onpress: move |()| ondismiss.call(()) }
        }
    }
}

/// Where files are let fall, or chosen by its key.
#[component]
pub(crate) fn DropZone(
    id: &'static str,
    /// Whether a file is held above it.
    #[props(default)]
    over: bool,
    keys: Option<&'static str>,
    /// Why nothing can be added now.
    #[props(default)]
    why_not: Option<String>,
    onchoose: EventHandler<()>,
) -> Element {
    let t = use_words();
    let text = match keys {
        _ if why_not.is_some() => why_not.clone().unwrap_or_default(),
        None => t.text("upload-drop-no-key"),
        Some(_) => t.text(if over { "upload-drop-over" } else { "upload-drop" }),
    };
    let able = why_not.is_none();
    rsx! {
        button {
            r#type: "button",
            class: if over { "drop is-over" } else { "drop" },
            id,
            "aria-disabled": (!able).then_some("true"),
            "aria-keyshortcuts": keys,
            onclick: move |_| {
                if able {
                    onchoose.call(());
                }
            },
            Icon { name: "sy-send" }
            span {
                {text}
                if let Some(keys) = keys.filter(|_| able) {
                    " "
                    Kbd { keys }
                }
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
        let there = Stage::There(domain::records::DesignStatus::Uploaded.face());
        assert!(there.is_there() && !there.is_on_its_way() && !there.moves());
        for stage in [Stage::Queued, Stage::Sending(part, None), Stage::Paused(part), Stage::Offline(part)] {
            assert!(!stage.is_there() && stage.is_on_its_way(), "{stage:?}");
        }
        assert!(!Stage::Refused(String::new()).is_on_its_way() && !Stage::Paused(part).moves());
    }
}
