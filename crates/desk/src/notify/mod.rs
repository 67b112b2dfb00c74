//! Native notifications. The list in the window is the truth; toasts are haste.

mod system;

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};
use tokio::sync::oneshot;

pub use system::SystemNotifier;

/// What is shown. Texts are plain: whoever shows them makes them safe for what shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What it stands for; clicking it comes back with this.
    pub key: String,
    /// The title.
    pub title: String,
    /// The text.
    pub body: String,
    /// Whether it makes a sound.
    pub sound: bool,
}

/// Called with a toast's key when somebody clicks on it.
pub type OnClick = Arc<dyn Fn(&str) + Send + Sync>;

/// Whether the system took a notification, once that is known.
pub type Taken = oneshot::Receiver<()>;

/// Shows notifications.
pub trait Notifier: Send + Sync + 'static {
    /// Shows one. It never blocks, and a system without notifications is no error: the list in the window has it. Whether the
    /// system took it comes later, for whoever waits for it; nothing comes where it did not.
    fn show(&self, toast: Toast, clicked: OnClick) -> Taken;
    /// Takes back the ones of this key: somebody has settled it.
    fn withdraw(&self, key: &str);
}

/// Keeps what would have been shown, for tests.
#[derive(Clone, Default)]
pub struct MemoryNotifier {
    shown: Arc<Mutex<Vec<(Toast, OnClick)>>>,
    withdrawn: Arc<Mutex<Vec<String>>>,
    refuses: Arc<AtomicBool>,
}

impl std::fmt::Debug for MemoryNotifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("MemoryNotifier").field(&self.shown()).finish()
    }
}

impl MemoryNotifier {
    /// Everything that was shown.
    #[must_use]
    pub fn shown(&self) -> Vec<Toast> {
        self.shown.lock().map(|all| all.iter().map(|(toast, _)| toast.clone()).collect()).unwrap_or_default()
    }
    /// Everything that was taken back.
    #[must_use]
    pub fn withdrawn(&self) -> Vec<String> {
        self.withdrawn.lock().map(|all| all.clone()).unwrap_or_default()
    }
    /// From now on the system shows none.
    pub fn refuse(&self) {
        self.refuses.store(true, Ordering::SeqCst);
    }
    /// Clicks on the newest one of this key.
    pub fn click(&self, key: &str) {
        let found = self.shown.lock().ok().and_then(|all| all.iter().rev().find(|(t, _)| t.key == key).map(|(_, c)| Arc::clone(c)));
        if let Some(clicked) = found {
            clicked(key);
        }
    }
}

impl Notifier for MemoryNotifier {
    fn show(&self, toast: Toast, clicked: OnClick) -> Taken {
        let (taken, answer) = oneshot::channel();
        if let Ok(mut shown) = self.shown.lock()
            && !self.refuses.load(Ordering::SeqCst)
        {
            shown.push((toast, clicked));
            // Nobody need wait for it.
            let _ = taken.send(());
        }
        answer
    }
    fn withdraw(&self, key: &str) {
        if let Ok(mut withdrawn) = self.withdrawn.lock() {
            withdrawn.push(key.to_owned());
        }
    }
}
