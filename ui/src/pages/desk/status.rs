//! The status bar: how the line stands and how fresh everything is, always (ui.md, principle 4).

use bridge::SyncStatus;
use dioxus::prelude::*;
use domain::{
    quiet::QuietHours,
    status::Connection,
    time::{MINUTE, UtcMillis, Zone},
    words::Words,
};

use super::parts::age;
use crate::{
    actions::Act,
    components::{
        button::{ActKbd, shortcut},
        icon::Icon,
    },
    pages::{
        outbox::{OutboxState, Tab},
        settings::{Section, SettingsState},
    },
    shell::{Layer, Shell},
    words::use_words,
};

/// «data per 10:42:07», with its age when it is old.
fn freshness(words: &Words, status: &SyncStatus, now: UtcMillis, zone: Zone) -> String {
    let Some(as_of) = status.as_of else { return words.text("as-of-never") };
    match age(words, now.since(as_of)) {
        None => words.with("as-of", &[("at", words.clock_seconds(as_of, zone).into())]),
        Some(age) => {
            let at = words.with("as-of", &[("at", words.clock(as_of, zone).into())]);
            format!("{at} · {age}")
        }
    }
}

/// «3 antre · mengunggah 64% · 1 ditolak · 1 konflik»; nothing when nothing is to be sent.
fn unsent(words: &Words, status: &SyncStatus) -> Option<String> {
    let counted = |n: u32, key| (n > 0).then(|| words.count(key, i64::from(n)));
    let uploading = status.uploading.map(|percent| words.count("status-uploading", i64::from(percent)));
    let parts = [
        counted(status.queued, "status-queued"),
        uploading,
        counted(status.refused, "status-refused"),
        counted(status.conflicts, "status-conflicts"),
    ];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// «Jam tenang sampai 07:00», while it is quiet.
fn quiet(words: &Words, quiet: &QuietHours, now: UtcMillis, zone: Zone) -> Option<String> {
    quiet.is_quiet(now, zone).then(|| match quiet.until(now, zone) {
        Some(until) => words.with("quiet-until", &[("at", words.clock(until, zone).into())]),
        None => words.text("settings-quiet"),
    })
}

/// The bar.
#[component]
pub(super) fn StatusBar() -> Element {
    let shell = use_context::<Shell>();
    let (outbox, settings) = (use_context::<OutboxState>(), use_context::<SettingsState>());
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let status = (shell.status)();
    rsx! {
        footer { class: "status", id: "pane-status", "aria-label": t.text("status-label"), tabindex: "-1",
            if let Some(status) = &status {
                button { r#type: "button", class: "status-i", onclick: move |_| outbox.show(Tab::Sync),
                    span { class: "fg-{status.connection.face().tone.token()}",
                        Icon { name: status.connection.face().glyph, size: 14 }
                    }
                    span { class: "t1 med", {t.text(status.connection.face().word)} }
                    span { class: "t3", {freshness(&t, status, now, zone)} }
                }
                if let Some(text) = unsent(&t, status) {
                    span { class: "status-sep" }
                    button { r#type: "button", class: "status-i", onclick: move |_| outbox.show(Tab::Commands),
                        Icon { name: "outbox", size: 14 }
                        {text}
                    }
                }
            }
            span { class: "push" }
            // It was said already when it came.
            if let Some((_, text)) = (shell.told)() {
                span { class: "status-told", "aria-hidden": "true", "{text}" }
            }
            if let Some(text) = quiet(&t, &(shell.preferences)().quiet, now, zone) {
                button { r#type: "button", class: "status-i", "aria-label": text.clone(), onclick: move |_| settings.open(Section::Quiet.word()),
                    Icon { name: "moon", size: 14 }
                    span { class: "hide-s", "{text}" }
                }
            }
            span { class: "status-sep hide-s" }
            span { class: "status-i",
                Icon { name: "clock", size: 14 }
                {t.time(now, zone)}
            }
            span { class: "status-sep" }
            button { r#type: "button", class: "status-i", "aria-label": t.text("keys"), "aria-keyshortcuts": shortcut(Act::Sheet, shell), onclick: move |_| shell.open(Layer::Sheet),
                ActKbd { act: Act::Sheet }
                span { class: "hide-s", {t.text("keys")} }
            }
        }
        Voice {}
    }
}

/// Says when the line changes its state, at most once a minute: bad lines flicker.
#[component]
fn Voice() -> Element {
    let shell = use_context::<Shell>();
    let connection = use_memo(move || shell.status.read().as_ref().map(|status| status.connection));
    let mut said = use_signal(|| (None::<Connection>, UtcMillis::from_ms(0)));
    use_effect(move || {
        let Some(now_is) = connection() else { return };
        let (last, at) = *said.peek();
        let wait = MINUTE - shell.clock.now().since(at);
        if last.is_none() {
            said.set((Some(now_is), UtcMillis::from_ms(0)));
        } else if last != Some(now_is) {
            // It ends with the status bar, whose signals it reads: a lock or a logout may come before the minute is over.
            spawn(async move {
                if wait > 0 {
                    crate::browser::sleep(i32::try_from(wait).unwrap_or(0)).await;
                }
                // What has changed back meanwhile was never worth saying.
                if *connection.peek() == Some(now_is) && said.peek().0 != Some(now_is) {
                    said.set((Some(now_is), shell.clock.now()));
                    shell.say(&shell.words().text(now_is.face().word));
                }
            });
        }
    });
    rsx! {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    fn status(as_of: &str, queued: u32, refused: u32, conflicts: u32) -> SyncStatus {
        let at = |text: &str| text.parse::<UtcMillis>().unwrap();
        SyncStatus { as_of: Some(at(as_of)), complete: true, queued, refused, conflicts, ..SyncStatus::idle(Connection::Online, at(as_of)) }
    }

    #[test]
    fn freshness_is_to_the_second_and_an_old_one_says_its_age() {
        let words = Words::new(Lang::Id);
        let now = "2026-11-24T03:42:07Z".parse().unwrap();
        assert_eq!(freshness(&words, &status("2026-11-24T03:42:07Z", 0, 0, 0), now, Zone::Wib), "data per 10:42:07");
        assert_eq!(freshness(&words, &status("2026-11-24T03:12:00Z", 0, 0, 0), now, Zone::Wib), "data per 10:12 · 30 mnt lalu");
    }

    #[test]
    fn quiet_hours_are_said_while_they_last() {
        let words = Words::new(Lang::Id);
        let said = |on, at: &str| {
            let hours = QuietHours { on, ..QuietHours::default() };
            quiet(&words, &hours, at.parse().unwrap(), Zone::Wib)
        };
        assert_eq!(said(true, "2026-11-24T16:00:00Z").as_deref(), Some("Jam tenang sampai 07:00"));
        assert_eq!(said(true, "2026-11-24T03:42:07Z"), None);
        assert_eq!(said(false, "2026-11-24T16:00:00Z"), None);
        let always = QuietHours { on: true, from: 0, to: 0, ..QuietHours::default() };
        assert_eq!(quiet(&words, &always, "2026-11-24T03:42:07Z".parse().unwrap(), Zone::Wib).as_deref(), Some("Jam tenang"));
    }

    #[test]
    fn only_what_there_is_is_counted() {
        let words = Words::new(Lang::Id);
        assert_eq!(unsent(&words, &status("2026-11-24T03:42:07Z", 3, 1, 1)).as_deref(), Some("3 antre · 1 ditolak · 1 konflik"));
        assert_eq!(unsent(&words, &status("2026-11-24T03:42:07Z", 0, 0, 0)), None);
        let uploading = SyncStatus { uploading: Some(64), ..status("2026-11-24T03:42:07Z", 2, 0, 1) };
        assert_eq!(unsent(&words, &uploading).as_deref(), Some("2 antre · mengunggah 64% · 1 konflik"));
    }
}
