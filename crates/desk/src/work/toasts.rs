//! Native notifications: a new waiting request, a new order, a version that a client decided on, a client's message, a deadline that is
//! near, work that was handed over, a command that was refused or came too late, commands that are not sent. The list in the window is
//! the truth.
//!
//! Invariant: once is enough. “A toast is marked as shown before it is shown, and only for live changes above the first head of
//! this mirror.” So everything is told of at most once on a desk, whatever is restarted, connected again, locked or reset; and
//! only what came above the first head, never what was merely not read before.

use bridge::Preferences;
use domain::{
    id::CommandId,
    record::RecordRef,
    role::Actor,
    status::CommandState,
    time::{UtcMillis, Zone},
};
use mirror::Entry;
use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};
use sync::Files;

use super::{
    chat::{Came, still_waits, told_under},
    held::forget_held,
    tidings::{Tidings, What},
};
use crate::{
    desk::Inner,
    notify::{OnClick, Taken, Toast},
    session::Phase,
};

/// More commands at once are told of in one notification.
const APART: usize = 3;
/// The key of a notification that stands for several: a click shows the list.
pub(super) const INBOX: &str = "inbox";
/// The same for orders alone.
pub(super) const ORDERS: &str = "orders";
/// The same for conversations alone.
pub(super) const CONVERSATIONS: &str = "conversations";
/// The same for commands, and before the id of a single one.
pub(super) const OUTBOX: &str = "outbox";
/// Before the record in the key of what a client called off: the request waits for nobody any more, and the notification stays.
pub(super) const CALLED_OFF: &str = "called-off";

/// The key of the notification about a command.
pub(super) fn key_of(id: CommandId) -> String {
    format!("{OUTBOX}/{id}")
}

/// Where somebody is told: what remembers it, whose desk it is, and what can be said.
pub(super) struct Listener {
    pub(super) files: Files,
    pub(super) actor: Actor,
    pub(super) now: UtcMillis,
    /// The zone in which the person reads times.
    zone: Zone,
    /// Whether names may be said: not at a locked desk, and not where the person does not want it.
    names: bool,
}

impl Listener {
    pub(super) fn at(phase: &Phase, preferences: &Preferences) -> Option<Self> {
        let (notify, own) = (preferences.notify, preferences.zone);
        match phase {
            Phase::Open(work) => {
                let files = Files::Both(work.cabinet.clone());
                Some(Self {
                    files,
                    actor: work.actor(),
                    now: work.now(),
                    zone: own.unwrap_or_else(|| work.org_zone()),
                    names: !notify.hide_names,
                })
            }
            Phase::Locked(locked) => {
                let (files, now) = (Files::Outbox(locked.drawer()?), locked.engine()?.now());
                Some(Self { files, actor: locked.account.who().actor(), now, zone: own.unwrap_or(locked.org_zone()), names: false })
            }
            _ => None,
        }
    }
    /// What of this is worth telling, and was never told.
    async fn news(&self, came: &Came<'_>, commands: &[CommandId]) -> Vec<Tidings> {
        let mut all = Vec::new();
        for it in came.told_of().filter_map(|record| Tidings::of(record, &self.actor)) {
            all.extend(self.known(it, came).await);
        }
        for id in commands {
            all.extend(self.entry(*id).await.and_then(Tidings::decision));
        }
        let new = self.first_times(all).await;
        for it in &new {
            // Whoever hears of a request that will soon be late needs not hear so again.
            if let Tidings::Request(it) = it
                && let Some(near) = Tidings::near(it, &self.actor, self.now)
            {
                self.is_first_time(&near.mark()).await;
            }
        }
        new
    }
    /// Those of these that were never told of.
    pub(super) async fn first_times(&self, all: Vec<Tidings>) -> Vec<Tidings> {
        let mut new = Vec::new();
        for it in all {
            if self.is_first_time(&it.mark()).await {
                new.push(it);
            }
        }
        new
    }
    async fn entry(&self, id: CommandId) -> Option<Entry> {
        let found = match &self.files {
            Files::Both(cabinet) => cabinet.command(id, self.now).await.map(|found| found.map(|it| it.entry)),
            Files::Outbox(drawer) => drawer.command(id).await,
        };
        found.unwrap_or_default()
    }
    /// Marks something as told of. Whether it had not been.
    async fn is_first_time(&self, mark: &str) -> bool {
        let marked = match &self.files {
            Files::Both(cabinet) => cabinet.mark_told(mark, self.now).await,
            Files::Outbox(drawer) => drawer.mark_told(mark, self.now).await,
        };
        marked.unwrap_or_else(|error| {
            tracing::error!(%error, "a notification is not shown, because it cannot be marked as shown");
            false
        })
    }
}

impl Inner {
    /// Tells of records that just came, and of commands that just ended.
    pub(super) async fn toast(&self, came: &Came<'_>, commands: &[CommandId]) {
        let phase = self.phase.read().await;
        let preferences = self.preferences();
        let Some(listener) = Listener::at(&phase, &preferences) else { return };
        let news = listener.news(came, commands).await;
        if let Phase::Locked(locked) = &*phase {
            locked.wake(u32::try_from(news.iter().filter(|it| it.what() != What::Decision).count()).unwrap_or(u32::MAX));
        }
        drop(phase);
        self.tell_all(news, &listener, &preferences).await;
    }
    /// Tells of these: of some at once, of the others when it is their turn.
    pub(super) async fn tell_all(&self, news: Vec<Tidings>, listener: &Listener, preferences: &Preferences) {
        let mut at_once: BTreeMap<What, Vec<Tidings>> = BTreeMap::new();
        for it in news.into_iter().filter(|it| it.what().ways(preferences.notify).system) {
            if it.what().is_at_once() {
                at_once.entry(it.what()).or_default().push(it);
            } else {
                let waiting = it.waiting(listener.names, self.words(), listener.now, listener.zone);
                self.pace().add(waiting);
            }
        }
        for (what, all) in at_once {
            self.tell_at_once(what, &all, listener, what.ways(preferences.notify).sound);
        }
        self.tell_waiting().await;
    }
    fn tell_at_once(&self, what: What, all: &[Tidings], listener: &Listener, sound: bool) {
        let words = self.words();
        match (listener.names, all) {
            (false, [one]) => drop(self.show(Toast { key: one.key(), title: words.text(what.locked()), body: String::new(), sound })),
            (true, few) if few.len() <= APART => {
                for it in few {
                    let (title, body) = it.text(words, listener.now, listener.zone);
                    drop(self.show(Toast { key: it.key(), title, body, sound }));
                }
            }
            (names, many) => {
                let word = if names { what.several() } else { what.locked_several() };
                let title = words.count(word, i64::try_from(many.len()).unwrap_or(i64::MAX));
                drop(self.show(Toast { key: OUTBOX.to_owned(), title, body: String::new(), sound }));
            }
        }
    }
    pub(super) fn show(&self, toast: Toast) -> Taken {
        let clicks = Arc::clone(&self.clicks);
        let on_click: OnClick = Arc::new(move |key: &str| clicks.click(key));
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).insert(toast.key.clone());
        self.parts.notifier.show(toast, on_click)
    }
    /// Takes back what somebody has settled meanwhile.
    pub(crate) async fn withdraw_toasts(&self, changed: &[RecordRef]) {
        let Ok(work) = self.work().await else { return };
        let (held, me) = (work.account.who().held, work.actor());
        if held.is_empty() && self.pace().is_empty() && self.shown.lock().unwrap_or_else(PoisonError::into_inner).is_empty() {
            return;
        }
        for name in changed {
            let Some(name) = told_under(&work, *name).await else { continue };
            let key = name.to_string();
            if (self.is_on_screen(&key) || self.pace().has(&key) || held.iter().any(|it| it.key == key))
                && !still_waits(&work, name, &me).await
            {
                self.withdraw(name);
                self.pace().forget(&key);
                forget_held(&work.account, &key);
            }
        }
    }
    /// Takes back the notification about this record, if one was shown since the program started.
    pub(crate) fn withdraw(&self, name: RecordRef) {
        self.withdraw_key(&name.to_string());
    }
    /// Takes back the notification about this command.
    pub(crate) fn withdraw_decision(&self, id: CommandId) {
        self.withdraw_key(&key_of(id));
    }
    /// Takes back everything that was shown: names leave the screen with whoever locks the desk.
    pub(crate) fn withdraw_all(&self) {
        let shown = std::mem::take(&mut *self.shown.lock().unwrap_or_else(PoisonError::into_inner));
        shown.iter().for_each(|key| self.parts.notifier.withdraw(key));
    }
    fn withdraw_key(&self, key: &str) {
        if self.shown.lock().unwrap_or_else(PoisonError::into_inner).remove(key) {
            self.parts.notifier.withdraw(key);
        }
    }
    fn is_on_screen(&self, key: &str) -> bool {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).contains(key)
    }
}

/// Whether this command waits for a decision because of the server's own answer to it.
pub(super) const fn is_decision(state: CommandState) -> bool {
    matches!(state, CommandState::Refused | CommandState::Conflict)
}
