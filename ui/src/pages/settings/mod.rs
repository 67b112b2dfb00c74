//! Pengaturan: the person's own settings for this computer, its files, and the program, in sections (picture 12). Each section says
//! how far it reaches.

mod about;
mod data;
mod devices;
mod factor;
mod factor_parts;
mod guard;
mod kept;
mod leaving;
mod letters;
mod looks;
mod notify;
mod organisation;
mod password;
mod quiet;
mod replies;
mod reply_form;
mod rows;
mod state;
mod wipe;

use dioxus::prelude::*;

pub(crate) use devices::{DeviceList, EndDialog, Told};
pub(crate) use leaving::{LogoutDialog, QuitDialog, log_out};
pub(crate) use letters::LetterKey;
pub(crate) use notify::TryRow;
pub(crate) use organisation::OrganisationState;
pub(crate) use replies::RepliesState;
pub(crate) use reply_form::ReplyDialogs;
pub(crate) use state::{Section, SettingsState, places};
pub(crate) use wipe::WipeDialog;

use crate::{
    components::{button::IconButton, icon::Icon, toast::UndoBar},
    pages::{desk::DrawerButton, rows::Pane},
    shell::Shell,
    words::use_words,
};

/// The screen.
#[component]
pub(crate) fn SettingsPage() -> Element {
    let settings = use_context::<SettingsState>();
    let shell = use_context::<Shell>();
    let (narrow, pane) = ((shell.narrow)(), (settings.pane)());
    rsx! {
        if !narrow || pane == Pane::List {
            Sections {}
        }
        if !narrow || pane == Pane::Detail {
            Opened {}
        }
    }
}

/// The list of sections: one stop for Tab, arrows within it, Enter to go inside.
#[component]
fn Sections() -> Element {
    let settings = use_context::<SettingsState>();
    let t = use_words();
    let shell = use_context::<Shell>();
    let open = (settings.section)();
    let moved = move |event: KeyboardEvent| {
        // Keys can be faster than the screen is drawn.
        let (open, all) = (*settings.section.peek(), Section::of(shell));
        let to = match event.key() {
            Key::ArrowDown => open.step(1, &all),
            Key::ArrowUp => open.step(-1, &all),
            Key::Home => open.step(isize::MIN, &all),
            Key::End => open.step(isize::MAX, &all),
            _ => return,
        };
        event.prevent_default();
        settings.choose(to);
    };
    rsx! {
        section { class: "pane pane-sunk", id: "pane-list", "aria-label": t.text("place-settings"), tabindex: "-1",
            header { class: "head",
                DrawerButton {}
                h1 { {t.text("place-settings")} }
            }
            nav { class: "setnav scroll", "aria-label": t.text("settings-parts"), "data-keys": "detail", onkeydown: moved,
                for section in Section::of(shell) {
                    a {
                        key: "{section.word()}",
                        id: section.line(),
                        class: "nav",
                        href: "#{section.word()}",
                        tabindex: if section == open { "0" } else { "-1" },
                        "aria-current": (section == open).then_some("page"),
                        onclick: move |event| {
                            event.prevent_default();
                            settings.open(section.word());
                        },
                        Icon { name: section.glyph() }
                        span { {t.text(section.word())} }
                    }
                }
            }
        }
    }
}

/// The open section.
#[component]
fn Opened() -> Element {
    let settings = use_context::<SettingsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let section = (settings.section)();
    rsx! {
        section {
            class: "pane",
            id: "pane-detail",
            "aria-labelledby": section.word(),
            tabindex: "-1",
            onkeydown: move |event| {
                if event.key() == Key::Escape {
                    settings.back();
                }
            },
            header { class: "head",
                if (shell.narrow)() {
                    IconButton { icon: "left", label: t.text("do-back"), onpress: move |()| settings.back() }
                }
                if (shell.narrow)() {
                    h1 { id: section.word(), class: "cut", tabindex: "-1", {t.text(section.word())} }
                } else {
                    h2 { id: section.word(), class: "cut", tabindex: "-1", {t.text(section.word())} }
                }
                span { class: "push t2 s12", {t.text(section.scope())} }
            }
            div { class: "scroll pad",
                div { key: "{section.word()}", class: "set",
                    match section {
                        Section::Notify => rsx! {
                            notify::NotifyRows {}
                        },
                        Section::Quiet => rsx! {
                            quiet::QuietRows {}
                        },
                        Section::Guard => rsx! {
                            guard::GuardRows {}
                        },
                        Section::Tongue => rsx! {
                            looks::TongueRows {}
                        },
                        Section::Looks => rsx! {
                            looks::LookRows {}
                        },
                        Section::Keys => rsx! {
                            letters::LetterRows {}
                        },
                        Section::Replies => rsx! {
                            replies::ReplyRows {}
                        },
                        Section::Organisation => rsx! {
                            organisation::OrganisationRows {}
                        },
                        Section::Data => rsx! {
                            data::DataRows {}
                        },
                        Section::About => rsx! {
                            about::AboutRows {}
                        },
                    }
                }
            }
            // What only holds for this computer is changed at once, and nobody takes it back.
            if section == Section::Organisation {
                UndoBar {}
            }
        }
    }
}
