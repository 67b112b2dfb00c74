//! The lines of the tray's menu, and which of them stand in it for whom (ui.md, section 9).

use domain::words::Words;
use tauri::{
    AppHandle, Wry,
    menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu},
};

use super::says;
use crate::news::{Seat, Stand};

/// The lines, by what choosing them does.
pub(super) struct Lines {
    line: MenuItem<Wry>,
    inbox: MenuItem<Wry>,
    outbox: MenuItem<Wry>,
    open: MenuItem<Wry>,
    palette: MenuItem<Wry>,
    sync: MenuItem<Wry>,
    pause: Submenu<Wry>,
    quiet: Submenu<Wry>,
    lock: MenuItem<Wry>,
    settings: MenuItem<Wry>,
    quit: MenuItem<Wry>,
    /// What ends a pause, and a quiet time.
    ends: [MenuItem<Wry>; 2],
    /// The lines whose words are always the same, with the keys of these.
    fixed: Vec<(MenuItem<Wry>, &'static str)>,
}

impl Lines {
    /// Makes them, without words.
    pub(super) fn make(app: &AppHandle) -> tauri::Result<Self> {
        let item = |id: &str, enabled: bool| MenuItem::with_id(app, id, "", enabled, None::<&str>);
        let (pause_hour, pause_tomorrow, pause_end) = (item("pause-hour", true)?, item("pause-tomorrow", true)?, item("pause-end", false)?);
        let (quiet_hour, quiet_tomorrow, quiet_end) = (item("quiet-hour", true)?, item("quiet-tomorrow", true)?, item("quiet-end", false)?);
        let pause = Submenu::with_id_and_items(app, "pause", "", true, &[&pause_hour, &pause_tomorrow, &pause_end])?;
        let quiet = Submenu::with_id_and_items(app, "quiet", "", true, &[&quiet_hour, &quiet_tomorrow, &quiet_end])?;
        let (open, palette, sync) = (item("open", true)?, item("palette", true)?, item("sync", true)?);
        let (lock, settings) = (item("lock", true)?, item("settings", true)?);
        let fixed = vec![
            (open.clone(), "tray-open"),
            (palette.clone(), "tray-palette"),
            (sync.clone(), "tray-sync"),
            (lock.clone(), "tray-lock"),
            (settings.clone(), "tray-settings"),
            (pause_hour, "tray-hour"),
            (pause_tomorrow, "tray-tomorrow"),
            (pause_end.clone(), "tray-pause-end"),
            (quiet_hour, "tray-hour"),
            (quiet_tomorrow, "tray-tomorrow"),
            (quiet_end.clone(), "tray-quiet-end"),
        ];
        Ok(Self {
            line: item("line", false)?,
            inbox: item("inbox", true)?,
            outbox: item("outbox", true)?,
            open,
            palette,
            sync,
            pause,
            quiet,
            lock,
            settings,
            quit: item("quit", true)?,
            ends: [pause_end, quiet_end],
            fixed,
        })
    }
    /// The menu for whoever sits here: behind the lock there is nothing to go to, and before a login nothing to pause either.
    pub(super) fn menu(&self, app: &AppHandle, seat: Seat) -> tauri::Result<Menu<Wry>> {
        let (one, two) = (PredefinedMenuItem::separator(app)?, PredefinedMenuItem::separator(app)?);
        let lines: &[&dyn IsMenuItem<Wry>] = match seat {
            Seat::Empty => &[&self.line, &one, &self.open, &self.quit],
            Seat::Locked => &[&self.line, &self.inbox, &self.outbox, &one, &self.open, &self.pause, &two, &self.quit],
            Seat::Taken => &[
                &self.line,
                &self.inbox,
                &self.outbox,
                &one,
                &self.open,
                &self.palette,
                &self.sync,
                &self.pause,
                &self.quiet,
                &two,
                &self.lock,
                &self.settings,
                &self.quit,
            ],
        };
        Menu::with_items(app, lines)
    }
    /// Gives them their words. A line that went away with the tray is no error.
    pub(super) fn tell(&self, stand: &Stand, words: &Words) {
        let status = stand.status.as_ref();
        for (item, key) in &self.fixed {
            drop(item.set_text(words.text(key)));
        }
        drop(self.line.set_text(says::line(stand, words)));
        drop(self.inbox.set_text(says::inbox(status, words)));
        drop(self.outbox.set_text(says::outbox(status, words)));
        drop(self.quit.set_text(says::quit(stand, words)));
        drop(self.pause.set_text(says::pause(stand, words)));
        drop(self.quiet.set_text(says::quiet(stand, words)));
        for item in [&self.inbox, &self.outbox] {
            drop(item.set_enabled(stand.seat == Seat::Taken));
        }
        let on = [says::is_paused(stand), status.is_some_and(|status| status.quiet)];
        for (item, on) in self.ends.iter().zip(on) {
            drop(item.set_enabled(on));
        }
    }
}
