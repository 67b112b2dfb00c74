//! The icon in the tray, where there is a tray.

use bridge::{Event, SyncStatus};
use domain::{status::Connection, words::Words};
use std::{
    borrow::Cow,
    sync::atomic::{AtomicU32, Ordering},
};
use tauri::{
    AppHandle, Manager, Wry,
    image::Image,
    menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem},
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};

use crate::{
    news::{self, Seat, Stand},
    shell, window,
};

const PLAIN: &[u8] = include_bytes!("../../icons/tray-plain.png");
const DOT: &[u8] = include_bytes!("../../icons/tray-dot.png");
const ALERT: &[u8] = include_bytes!("../../icons/tray-alert.png");
const OFFLINE: &[u8] = include_bytes!("../../icons/tray-offline.png");
const LOCK: &[u8] = include_bytes!("../../icons/tray-lock.png");

/// The tray's icon and its menu.
pub(crate) struct Tray {
    icon: TrayIcon,
    line: MenuItem<Wry>,
    inbox: MenuItem<Wry>,
    outbox: MenuItem<Wry>,
    open: MenuItem<Wry>,
    sync: MenuItem<Wry>,
    lock: MenuItem<Wry>,
    settings: MenuItem<Wry>,
    quit: MenuItem<Wry>,
    /// What was unsent when it was last told.
    unsent: AtomicU32,
}

impl Tray {
    /// Puts the icon into the tray.
    ///
    /// # Errors
    /// When this desktop has none: then closing the window ends the program.
    pub(crate) fn build(app: &AppHandle) -> tauri::Result<Self> {
        let item = |id: &str, enabled: bool| MenuItem::with_id(app, id, "", enabled, None::<&str>);
        let (line, inbox, outbox) = (item("line", false)?, item("inbox", true)?, item("outbox", true)?);
        let (open, sync, quit) = (item("open", true)?, item("sync", true)?, item("quit", true)?);
        let (lock, settings) = (item("lock", true)?, item("settings", true)?);
        let (one, two) = (PredefinedMenuItem::separator(app)?, PredefinedMenuItem::separator(app)?);
        let menu = Menu::with_items(app, &[&line, &one, &open, &inbox, &outbox, &sync, &two, &lock, &settings, &quit])?;
        let icon = TrayIconBuilder::with_id("meja")
            .icon(Image::from_bytes(PLAIN)?)
            .menu(&menu)
            .show_menu_on_left_click(false)
            .on_menu_event(chosen)
            .on_tray_icon_event(clicked)
            .build(app)?;
        Ok(Self { icon, line, inbox, outbox, open, sync, lock, settings, quit, unsent: AtomicU32::new(0) })
    }
    /// Says how things stand. A tray that went away meanwhile is no error.
    pub(crate) fn tell(&self, stand: &Stand, words: &Words) {
        let status = stand.status.as_ref();
        self.unsent.store(stand.unsent(), Ordering::Relaxed);
        drop(Image::from_bytes(picture(stand)).and_then(|image| self.icon.set_icon(Some(image))));
        drop(self.icon.set_tooltip(Some(tooltip(stand, words))));
        let texts = [
            (&self.line, line(stand, words)),
            (&self.open, words.text("tray-open")),
            (&self.inbox, inbox(status, words)),
            (&self.outbox, outbox(status, words)),
            (&self.sync, words.text("tray-sync")),
            (&self.lock, words.text("tray-lock")),
            (&self.settings, words.text("tray-settings")),
            (&self.quit, quit(stand, words)),
        ];
        for (item, text) in texts {
            drop(item.set_text(text));
        }
        // Behind the lock, and before a login, there is nothing to go to.
        for item in [&self.inbox, &self.outbox, &self.sync, &self.lock, &self.settings] {
            drop(item.set_enabled(stand.seat == Seat::Taken));
        }
    }
}

fn number(n: u32) -> Cow<'static, str> {
    n.to_string().into()
}

fn tooltip(stand: &Stand, words: &Words) -> String {
    let Some(s) = stand.status.as_ref().filter(|_| stand.seat != Seat::Empty) else { return words.text("window-title") };
    words.with("tray-tooltip", &[("waiting", number(s.waiting)), ("late", number(s.late)), ("unread", number(s.unread))])
}

/// The line, in the words of the status bar, and as of when what is shown is true.
fn line(stand: &Stand, words: &Words) -> String {
    let Some(status) = stand.status.as_ref().filter(|_| stand.seat != Seat::Empty) else { return words.text("tray-logged-out") };
    let connection = if stand.seat == Seat::Locked { Connection::Locked } else { status.connection };
    let connection = words.text(connection.face().word).into();
    match status.as_of {
        Some(at) => words.with("tray-line", &[("connection", connection), ("at", words.near(at, status.now, stand.zone).into())]),
        None => words.with("tray-line-never", &[("connection", connection)]),
    }
}

fn inbox(status: Option<&SyncStatus>, words: &Words) -> String {
    let (waiting, late) = status.map_or((0, 0), |s| (s.waiting, s.late));
    let key = if late > 0 { "tray-inbox-late" } else { "tray-inbox" };
    words.with(key, &[("waiting", number(waiting)), ("late", number(late))])
}

fn outbox(status: Option<&SyncStatus>, words: &Words) -> String {
    let (queued, decide) = status.map_or((0, 0), |s| (s.queued, s.refused + s.conflicts));
    if decide == 0 && queued > 0 { words.count("tray-outbox-queued", queued.into()) } else { words.count("tray-outbox", decide.into()) }
}

/// «Keluar, 3 belum terkirim…»: the dots say that it asks.
fn quit(stand: &Stand, words: &Words) -> String {
    match stand.unsent() {
        0 => words.text("tray-quit"),
        unsent => words.count("tray-quit-unsent", unsent.into()),
    }
}

/// What needs a decision comes before what was not looked at, and a line that is down before both: then neither may be true. A
/// lock comes before everything.
fn picture(stand: &Stand) -> &'static [u8] {
    let Some(status) = stand.status.as_ref().filter(|_| stand.seat != Seat::Empty) else { return PLAIN };
    if stand.seat == Seat::Locked {
        LOCK
    } else if matches!(status.connection, Connection::Offline | Connection::Revoked) {
        OFFLINE
    } else if status.refused + status.conflicts > 0 {
        ALERT
    } else if status.unread > 0 {
        DOT
    } else {
        PLAIN
    }
}

fn chosen(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        "open" => window::show(app),
        "inbox" | "outbox" | "settings" => {
            window::show(app);
            news::say(app, &Event::Go { place: event.id().as_ref().to_owned() });
        }
        "sync" => shell::sync_now(app),
        "lock" => shell::lock(app),
        "quit" => shell::leave(app, app.try_state::<Tray>().map_or(0, |tray| tray.unsent.load(Ordering::Relaxed))),
        _ => {}
    }
}

fn clicked(icon: &TrayIcon, event: TrayIconEvent) {
    if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event {
        window::show(icon.app_handle());
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::{
        time::{UtcMillis, Zone},
        words::Lang,
    };

    pub(crate) fn status(connection: Connection, unread: u32, refused: u32) -> SyncStatus {
        SyncStatus {
            connection,
            as_of: None,
            offline_since: None,
            now: UtcMillis::from_ms(0),
            complete: true,
            records: 0,
            queued: 0,
            refused,
            conflicts: 0,
            waiting: 0,
            late: 0,
            unread,
            stuck: None,
        }
    }
    fn stand(seat: Seat, status: SyncStatus) -> Stand {
        Stand { seat, status: Some(status), zone: Zone::Wib }
    }

    #[test]
    fn the_icon_shows_the_most_urgent() {
        let seen = |status| picture(&stand(Seat::Taken, status));
        assert_eq!(seen(status(Connection::Online, 0, 0)), PLAIN);
        assert_eq!(seen(status(Connection::Online, 2, 0)), DOT);
        assert_eq!(seen(status(Connection::Online, 2, 1)), ALERT);
        assert_eq!(seen(status(Connection::Offline, 2, 1)), OFFLINE);
        assert_eq!(picture(&stand(Seat::Locked, status(Connection::Online, 2, 1))), LOCK);
        assert_eq!(picture(&stand(Seat::Empty, status(Connection::Offline, 0, 0))), PLAIN, "nobody expects a line");
        assert_eq!(picture(&Stand::new()), PLAIN);
    }

    #[test]
    fn every_word_of_the_tray_is_in_both_catalogues() {
        let now = SyncStatus { late: 1, queued: 2, as_of: Some(UtcMillis::from_ms(0)), ..status(Connection::Online, 2, 0) };
        for lang in Lang::ALL {
            let words = Words::new(lang);
            for seat in [Seat::Taken, Seat::Locked, Seat::Empty] {
                let stand = stand(seat, now.clone());
                let status = stand.status.as_ref();
                let said =
                    [tooltip(&stand, &words), line(&stand, &words), inbox(status, &words), outbox(status, &words), quit(&stand, &words)];
                assert!(said.iter().all(|text| !text.contains("tray-") && !text.contains('{')), "{lang:?}: {said:?}");
            }
            let keys = ["tray-open", "tray-sync", "tray-lock", "tray-settings", "tray-quit", "window-title"];
            assert!(keys.iter().all(|key| words.has(key)), "{lang:?}");
        }
        let queued = SyncStatus { queued: 3, ..status(Connection::Offline, 0, 0) };
        let words = Words::new(Lang::Id);
        assert_eq!(outbox(Some(&queued), &words), "Antrean kirim: 3 antre");
        assert_eq!(quit(&stand(Seat::Locked, queued.clone()), &words), "Keluar, 3 belum terkirim…");
        assert_eq!(outbox(Some(&SyncStatus { refused: 1, ..queued }), &words), "Perlu keputusan: 1", "what waits for a person comes first");
    }

    #[test]
    fn a_locked_desk_and_an_empty_one_say_so() {
        let words = Words::new(Lang::Id);
        let now = SyncStatus { as_of: Some(UtcMillis::from_ms(0)), ..status(Connection::Online, 0, 0) };
        assert!(line(&stand(Seat::Locked, now.clone()), &words).starts_with("Terkunci, data per "));
        assert_eq!(line(&stand(Seat::Empty, now), &words), "Belum masuk");
    }
}
