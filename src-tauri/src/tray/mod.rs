//! The icon in the tray, where there is a tray.

mod lines;
mod says;

use bridge::Event;
use desk::Desk;
use domain::{quiet::Rest, words::Words};
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU32, Ordering},
};
use tauri::{
    AppHandle, Manager,
    async_runtime::spawn,
    image::Image,
    menu::MenuEvent,
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};

use crate::{
    news::{self, Seat, Stand},
    shell, window,
};
use lines::Lines;

/// The tray's icon and its menu.
pub(crate) struct Tray {
    icon: TrayIcon,
    lines: Lines,
    /// For whom the menu was made: other lines stand in it for others.
    made_for: Mutex<Seat>,
    /// What was unsent when it was last told.
    unsent: AtomicU32,
}

impl Tray {
    /// Puts the icon into the tray.
    ///
    /// # Errors
    /// When this desktop has none: then closing the window ends the program.
    pub(crate) fn build(app: &AppHandle) -> tauri::Result<Self> {
        let lines = Lines::make(app)?;
        let menu = lines.menu(app, Seat::Empty)?;
        let icon = TrayIconBuilder::with_id("meja")
            .icon(Image::from_bytes(says::PLAIN)?)
            .menu(&menu)
            .show_menu_on_left_click(false)
            .on_menu_event(chosen)
            .on_tray_icon_event(clicked)
            .build(app)?;
        Ok(Self { icon, lines, made_for: Mutex::new(Seat::Empty), unsent: AtomicU32::new(0) })
    }
    /// Says how things stand. A tray that went away meanwhile is no error.
    pub(crate) fn tell(&self, app: &AppHandle, stand: &Stand, words: &Words) {
        self.unsent.store(stand.unsent(), Ordering::Relaxed);
        drop(Image::from_bytes(says::picture(stand)).and_then(|image| self.icon.set_icon(Some(image))));
        drop(self.icon.set_tooltip(Some(says::tooltip(stand, words))));
        self.lines.tell(stand, words);
        let mut made_for = self.made_for.lock().unwrap_or_else(PoisonError::into_inner);
        if *made_for != stand.seat {
            match self.lines.menu(app, stand.seat).and_then(|menu| self.icon.set_menu(Some(menu))) {
                Ok(()) => *made_for = stand.seat,
                Err(error) => tracing::warn!(%error, "the tray's menu cannot be made"),
            }
        }
    }
}

fn chosen(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        "open" => window::show(app),
        "inbox" | "outbox" | "settings" | "palette" => {
            window::show(app);
            news::say(app, &Event::Go { place: event.id().as_ref().to_owned() });
        }
        "sync" => shell::sync_now(app),
        "pause-hour" => pause(app, true, Some(Rest::Hour)),
        "pause-tomorrow" => pause(app, true, Some(Rest::Tomorrow)),
        "pause-end" => pause(app, false, None),
        "quiet-hour" => be_quiet(app, Some(Rest::Hour)),
        "quiet-tomorrow" => be_quiet(app, Some(Rest::Tomorrow)),
        "quiet-end" => be_quiet(app, None),
        "lock" => shell::lock(app),
        "quit" => shell::leave(app, app.try_state::<Tray>().map_or(0, |tray| tray.unsent.load(Ordering::Relaxed))),
        _ => {}
    }
}

fn pause(app: &AppHandle, paused: bool, rest: Option<Rest>) {
    let desk = app.state::<Desk>().inner().clone();
    spawn(async move {
        if let Err(error) = desk.pause(bridge::Pause { paused, rest }).await {
            tracing::warn!(code = ?error.code, "syncing cannot be paused, or gone on with");
        }
    });
}

fn be_quiet(app: &AppHandle, rest: Option<Rest>) {
    let desk = app.state::<Desk>().inner().clone();
    spawn(async move {
        if let Err(error) = desk.be_quiet(rest).await {
            tracing::warn!(code = ?error.code, "quiet cannot be kept, or ended");
        }
    });
}

fn clicked(icon: &TrayIcon, event: TrayIconEvent) {
    if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event {
        window::show(icon.app_handle());
    }
}

#[cfg(test)]
pub(crate) use says::tests::status;
