//! What is looked at: a picture, fitted in or as large as one likes, or what a file is that has none. Nothing of a PDF or an
//! archive is ever drawn.

use bridge::{DesignView, ImageSize, NoImage};
use dioxus::prelude::*;
use domain::{file::MediaType, words::isolate};

use super::{
    DesignsState, VIEW,
    compare::{Compared, Modes, Second},
    contents::ContentsList,
    face,
    pins::Pinned,
    purge::gone,
    spoken,
    state::Mode,
    zoom::Zoom,
};
use crate::{
    components::{
        button::{Button, IconButton},
        icon::Icon,
    },
    pictures::{Seen, use_picture},
    words::use_words,
};

/// The preview.
#[component]
pub(super) fn Preview(view: DesignView) -> Element {
    let designs = use_context::<DesignsState>();
    let t = use_words();
    let mode = (designs.mode)();
    let other = designs.other_one();
    let face = face(&view);
    let tag = t.with("design-tag", &[("version", spoken(&t, &view).into()), ("status", t.text(face.word).to_lowercase().into())]);
    rsx! {
        section { class: "canvas", "aria-label": t.text("design-preview"),
            div { class: "canvas-h",
                span { class: "badge tone-{face.tone.token()} canvas-tag",
                    Icon { name: face.glyph, size: 14 }
                    {tag}
                }
                if other.is_some() {
                    Modes {}
                }
            }
            match (mode, other) {
                _ if view.design.purged.is_some() => rsx! {
                    Gone { view }
                },
                (Mode::Single, _) | (_, None) => rsx! {
                    Single { view }
                },
                (mode, Some(other)) => rsx! {
                    Second { open: view.design.id, other: other.design.id }
                    Compared { mode, view, other }
                },
            }
        }
    }
}

/// A version whose file was taken away: what it was, who took it away, and why.
#[component]
fn Gone(view: DesignView) -> Element {
    let designs = use_context::<DesignsState>();
    let t = use_words();
    let (said, reason) = gone(&t, designs.shell, &view).unwrap_or_default();
    let label = said.clone();
    rsx! {
        div { class: "canvas-v", id: VIEW, role: "group", tabindex: "0", "aria-label": label,
            FileCard { view, why: said,
                p { class: "t2 long",
                    "“"
                    bdi { {reason} }
                    "”"
                }
            }
        }
    }
}

/// The picture of a version, as far as it is here.
fn use_picture_of(view: &DesignView, size: ImageSize) -> Option<Seen> {
    use_picture(view.design.id, size, view.here)
}

/// One version by itself. Arrows move a picture that is larger than its place; + − 0 1 change how large it is.
#[component]
fn Single(view: DesignView) -> Element {
    let mut designs = use_context::<DesignsState>();
    let t = use_words();
    let seen = use_picture_of(&view, ImageSize::Full);
    let zoom = (designs.zoom)();
    let has_picture = matches!(seen, Some(Seen::Here(_)));
    let name = isolate(view.design.name.as_str());
    let label = t.with("design-preview-of", &[("version", spoken(&t, &view).into()), ("name", name.into())]);
    let pressed = move |event: KeyboardEvent| {
        let Key::Character(key) = event.key() else { return };
        let held = event.modifiers();
        if held.ctrl() || held.meta() || held.alt() {
            return;
        }
        if let Some(zoom) = zoom.by_key(&key).filter(|_| has_picture) {
            event.prevent_default();
            event.stop_propagation();
            designs.zoom.set(zoom);
        }
    };
    rsx! {
        div {
            class: if zoom == Zoom::Fit { "canvas-v" } else { "canvas-v is-free" },
            id: VIEW,
            role: "group",
            tabindex: "0",
            "aria-label": label,
            onkeydown: pressed,
            match &seen {
                Some(Seen::Here(picture)) => match (zoom.of(picture.width), zoom.of(picture.height)) {
                    (Some(width), Some(height)) => rsx! {
                        div { class: "canvas-z", width: "{width}px", height: "{height}px",
                            Shown { view: view.clone(), seen: seen.clone(), pins: true }
                        }
                    },
                    _ => rsx! {
                        Shown { view: view.clone(), seen: seen.clone(), pins: true }
                    },
                },
                _ => rsx! {
                    Shown { view: view.clone(), seen: seen.clone(), pins: true }
                },
            }
        }
        if has_picture {
            ZoomBar {}
        }
    }
}

/// How large the picture is, and the ways to change it.
#[component]
fn ZoomBar() -> Element {
    let mut designs = use_context::<DesignsState>();
    let t = use_words();
    let zoom = (designs.zoom)();
    let level = if let Zoom::Percent(percent) = zoom { Some(format!("{percent} %")) } else { None };
    rsx! {
        div { class: "canvas-b", role: "group", "aria-label": t.text("design-zoom"),
            IconButton { icon: "minus", label: t.text("design-zoom-out"), onpress: move |()| designs.zoom.set(zoom.step(false)) }
            if let Some(level) = level {
                span { class: "num s12 canvas-n", {level} }
            }
            IconButton { icon: "plus", label: t.text("design-zoom-in"), onpress: move |()| designs.zoom.set(zoom.step(true)) }
            Button { text: t.text("design-zoom-fit"), class: "btn-quiet btn-sm", onpress: move |()| designs.zoom.set(Zoom::Fit) }
            Button { text: t.text("design-zoom-actual"), class: "btn-quiet btn-sm", onpress: move |()| designs.zoom.set(Zoom::Percent(100)) }
        }
    }
}

/// One version in a place of its own, as large as there is room; with the places its client marked, where that is said.
#[component]
pub(super) fn Fitted(view: DesignView, #[props(default)] pins: bool) -> Element {
    let seen = use_picture_of(&view, ImageSize::Full);
    rsx! {
        Shown { view, seen, pins }
    }
}

/// Whether a version has a picture; nothing until that is known.
pub(super) fn use_has_picture(view: &DesignView) -> Option<bool> {
    match use_picture_of(view, ImageSize::Full)? {
        Seen::Here(_) => Some(true),
        Seen::None(_) | Seen::Failed(_) => Some(false),
        Seen::Coming => None,
    }
}

/// What is known of a version's picture.
#[component]
fn Shown(view: DesignView, seen: Option<Seen>, pins: bool) -> Element {
    let t = use_words();
    let (version, name) = (spoken(&t, &view), isolate(view.design.name.as_str()));
    let said = |key: &str| t.with(key, &[("version", version.clone().into()), ("name", name.clone().into())]);
    match seen {
        None | Some(Seen::Coming) => rsx! {
            div { class: "canvas-w sk", role: "status", "aria-label": said("design-picture-coming") }
        },
        Some(Seen::Here(picture)) if pins && !view.design.pins.0.is_empty() => rsx! {
            Pinned { view: view.clone(), picture, alt: said("design-picture-of") }
        },
        Some(Seen::Here(picture)) => rsx! {
            img { class: "canvas-i", src: picture.url.clone(), alt: said("design-picture-of"), draggable: "false" }
        },
        Some(Seen::None(NoImage::NotAPicture)) => rsx! {
            FileCard { view: view.clone(), why: None }
            if view.design.media_type == MediaType::Zip {
                ContentsList { design: view.design.id }
            }
        },
        Some(Seen::None(NoImage::Offline)) => rsx! {
            FileCard { view, why: t.text("design-offline") }
        },
        Some(Seen::None(NoImage::Damaged)) => rsx! {
            FileCard { view, why: t.text("design-damaged") }
        },
        Some(Seen::None(NoImage::Purged)) => rsx! {
            FileCard { view, why: t.text("refusal-purged") }
        },
        Some(Seen::Failed(_)) => rsx! {
            FileCard { view, why: t.text("design-picture-failed") }
        },
    }
}

/// A file without a picture: what kind it is, what it is called, how large it is; and why it has none.
#[component]
fn FileCard(view: DesignView, why: Option<String>, #[props(default)] children: Element) -> Element {
    let t = use_words();
    rsx! {
        div { class: "file",
            span { class: "file-i", "aria-hidden": "true",
                Icon { name: "file", size: 24 }
                b { {kind(&view.design.media_type)} }
            }
            p { class: "file-n",
                bdi { {view.design.name.to_string()} }
            }
            p { class: "s12 t3 num", {t.size(u64::try_from(view.design.size).unwrap_or(0))} }
            if let Some(why) = why {
                p { class: "t2", {why} }
            }
            {children}
        }
    }
}

/// What people call a kind of file.
const fn kind(media: &MediaType) -> &'static str {
    match media {
        MediaType::Jpeg => "JPG",
        MediaType::Png => "PNG",
        MediaType::Pdf => "PDF",
        MediaType::Zip => "ZIP",
        MediaType::Rar => "RAR",
        MediaType::Unknown(_) => "",
    }
}

/// A small picture, or the kind of the file.
#[component]
pub(super) fn Thumb(view: DesignView) -> Element {
    if view.design.purged.is_some() {
        return rsx! { Icon { name: "trash" } };
    }
    rsx! {
        SmallPicture { view }
    }
}

#[component]
fn SmallPicture(view: DesignView) -> Element {
    let glyph = if view.transfer.is_some() { "sy-send" } else { "file" };
    match use_picture_of(&view, ImageSize::Thumb) {
        Some(Seen::Here(picture)) => rsx! {
            img { src: picture.url.clone(), alt: "", draggable: "false" }
        },
        Some(Seen::None(_) | Seen::Failed(_)) => rsx! {
            span { class: "thumb-k", {kind(&view.design.media_type)} }
        },
        None | Some(Seen::Coming) => rsx! {
            Icon { name: glyph }
        },
    }
}
