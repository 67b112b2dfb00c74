//! Notifications of this operating system, by notify-rust. Each one that is on screen has a thread that waits for its click:
//! the connection must stay open as long, or desktops take the toast away (GNOME) and clicks are lost (dunst).

#[cfg(all(unix, not(target_os = "macos")))]
use notify_rust::Hint;
use notify_rust::{Notification, NotificationResponse, Timeout};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    thread,
};

use tokio::sync::oneshot;

use super::{Notifier, OnClick, Taken, Toast};

/// The most threads that wait for clicks. Beyond that the oldest toast is taken back: nobody clicks on the seventeenth.
const WAITING: usize = 16;

/// The notifications of this operating system.
#[derive(Clone, Debug)]
pub struct SystemNotifier {
    app: String,
    icon: String,
    open: Arc<Mutex<VecDeque<Open>>>,
}

/// One on screen: its key, and its number with the notification daemon.
#[derive(Clone, Debug)]
struct Open {
    key: String,
    id: u32,
}

impl SystemNotifier {
    /// The application's name as the desktop shows it, and its icon's name or path.
    #[must_use]
    pub fn new(app: &str, icon: &str) -> Self {
        Self { app: app.to_owned(), icon: icon.to_owned(), open: Arc::default() }
    }
    fn remember(&self, open: Open) -> Option<u32> {
        let mut all = self.open.lock().ok()?;
        all.push_back(open);
        if all.len() > WAITING { all.pop_front().map(|oldest| oldest.id) } else { None }
    }
    fn forget(&self, id: u32) {
        if let Ok(mut all) = self.open.lock() {
            all.retain(|open| open.id != id);
        }
    }
}

/// Makes a text safe for daemons that read markup in it: what a client wrote stays text.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Whether this daemon reads markup in a notification's text; titles are plain everywhere.
#[cfg(all(unix, not(target_os = "macos")))]
fn reads_markup() -> bool {
    notify_rust::get_capabilities().is_ok_and(|all| all.iter().any(|c| c == "body-markup"))
}
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn reads_markup() -> bool {
    false
}

impl Notifier for SystemNotifier {
    fn show(&self, toast: Toast, clicked: OnClick) -> Taken {
        let (this, (taken, answer)) = (self.clone(), oneshot::channel());
        let shown = thread::Builder::new().name("notification".to_owned()).spawn(move || this.show_and_wait(&toast, &clicked, taken));
        if let Err(error) = shown {
            tracing::warn!(%error, "a notification's thread cannot be started");
        }
        answer
    }
    fn withdraw(&self, key: &str) {
        let found: Vec<u32> = self.open.lock().map(|all| all.iter().filter(|o| o.key == key).map(|o| o.id).collect()).unwrap_or_default();
        for id in found {
            close(id);
        }
    }
}

impl SystemNotifier {
    fn show_and_wait(&self, toast: &Toast, clicked: &OnClick, taken: oneshot::Sender<()>) {
        let body = if reads_markup() { escaped(&toast.body) } else { toast.body.clone() };
        let mut notification = Notification::new();
        notification.appname(&self.app).summary(&toast.title).body(&body).icon(&self.icon).timeout(Timeout::Default);
        // A click on the text itself is reported only for an action of this name.
        notification.action("default", "");
        #[cfg(all(unix, not(target_os = "macos")))]
        {
            notification.hint(Hint::DesktopEntry("id.meja.desk".to_owned()));
            if !toast.sound {
                notification.hint(Hint::SuppressSound(true));
            }
        }
        let handle = match notification.show() {
            Ok(handle) => handle,
            Err(_) => {
                // Without the error's text, which may quote the notification.
                tracing::info!("the desktop shows no notifications");
                return;
            }
        };
        // Nobody need wait for it.
        let _ = taken.send(());
        #[cfg(all(unix, not(target_os = "macos")))]
        let id = handle.id();
        #[cfg(not(all(unix, not(target_os = "macos"))))]
        let id = 0;
        if let Some(oldest) = self.remember(Open { key: toast.key.clone(), id }) {
            close(oldest);
        }
        let waited = handle.wait_for_response(|response: &NotificationResponse| {
            if response.is_default_action() {
                clicked(&toast.key);
            }
        });
        self.forget(id);
        if waited.is_err() {
            tracing::info!("the notification daemon went away");
        }
    }
}

/// Takes one back by its number; one that is gone already is no error.
#[cfg(all(unix, not(target_os = "macos")))]
fn close(id: u32) {
    const NAME: &str = "org.freedesktop.Notifications";
    let closing = move || {
        let Ok(bus) = zbus::blocking::Connection::session() else { return };
        drop(bus.call_method(Some(NAME), "/org/freedesktop/Notifications", Some(NAME), "CloseNotification", &id));
    };
    drop(thread::Builder::new().name("notification".to_owned()).spawn(closing));
}
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn close(_: u32) {}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::{TEXTS, text_near};
    use proptest::prelude::*;

    /// What a daemon that reads markup makes of a text: the text itself, if there is no markup in it.
    fn as_read(markup: &str) -> String {
        assert!(!markup.contains(['<', '>']), "{markup}");
        markup.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    #[test]
    fn no_known_trick_is_markup() {
        TEXTS.iter().for_each(|text| assert_eq!(as_read(&escaped(text)), *text));
    }

    proptest! {
        #[test]
        fn whatever_a_client_wrote_is_read_as_they_wrote_it(text in text_near(&["<b>Rani</b> & <a href='x'>y</a>", "&lt;&amp;lt;&#60;img src=x&#62;"])) {
            prop_assert_eq!(as_read(&escaped(&text)), text);
        }
    }

    #[test]
    fn what_a_client_wrote_stays_text() {
        assert_eq!(escaped("<b>Rani</b> & <img src=x>"), "&lt;b&gt;Rani&lt;/b&gt; &amp; &lt;img src=x&gt;");
    }
}
