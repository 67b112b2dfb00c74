//! Quiet hours: what came in them is held back without anybody's name, and told of in one notification when they end. It stands
//! in the sealed file of the account, so that neither a lock nor a restart loses it.

use domain::{
    record::{Kind, RecordRef},
    time::{UtcMillis, Zone},
    words::Words,
};
use std::sync::Arc;

use super::toasts::INBOX;
use crate::{
    account::{Account, Held},
    desk::Inner,
    notify::Toast,
    session::Phase,
};

/// The account at an open or a locked desk, the server's clock there, and the organisation's zone.
pub(super) fn seat(phase: &Phase) -> Option<(&Arc<Account>, UtcMillis, Zone)> {
    match phase {
        Phase::Open(work) => Some((&work.account, work.now(), work.org_zone())),
        Phase::Locked(locked) => Some((&locked.account, locked.engine()?.now(), locked.org_zone())),
        _ => None,
    }
}

/// Keeps these until quiet hours end.
pub(super) fn hold_back(phase: &Phase, held: Vec<Held>) {
    if let Some((account, ..)) = seat(phase).filter(|_| !held.is_empty()) {
        // What is held already is not held twice: a client may say much in one night.
        account.change(|who| {
            for it in held {
                if !who.held.contains(&it) {
                    who.held.push(it);
                }
            }
        });
    }
}

/// Somebody has settled it meanwhile, or looked at it.
pub(super) fn forget_held(account: &Account, key: &str) {
    if account.who().held.iter().any(|it| it.key == key) {
        account.change(|who| who.held.retain(|it| it.key != key));
    }
}

/// «2 lewat tenggat, 5 baru»: what is nearest to harm first.
fn digest(words: &Words, held: &[Held], now: UtcMillis) -> String {
    let late = held.iter().filter(|it| it.due.is_some_and(|due| due <= now)).count();
    // Behind the lock the promise of an answer may not be known.
    let is_said = |it: &Held| it.key.parse().is_ok_and(|name: RecordRef| name.kind == Kind::Conversation);
    let new = held.iter().filter(|it| it.due.map_or_else(|| is_said(it), |due| due > now)).count();
    let parts = [("toast-quiet-late", late), ("toast-quiet-new", new), ("toast-quiet-assigned", held.len() - late - new)];
    let said = parts.into_iter().filter(|(_, n)| *n > 0);
    said.map(|(word, n)| words.count(word, i64::try_from(n).unwrap_or(i64::MAX))).collect::<Vec<_>>().join(", ")
}

impl Inner {
    /// Tells of what was held back, once it is no longer quiet.
    pub(super) async fn tell_held(&self) {
        let phase = self.phase.read().await;
        let Some((account, now, zone)) = seat(&phase) else { return };
        let (held, preferences) = (account.who().held, self.preferences());
        if held.is_empty() || preferences.quiet.is_quiet(now, self.zone(zone)) {
            return;
        }
        // First forgotten, then told: once is enough.
        account.change(|who| who.held.clear());
        let words = self.words();
        let title = words.with("toast-quiet", &[("list", digest(words, &held, now).into())]);
        let notify = preferences.notify;
        let sound = [notify.request, notify.order, notify.message, notify.assigned].iter().any(|ways| ways.sound);
        drop(self.show(Toast { key: INBOX.to_owned(), title, body: String::new(), sound }));
    }
    /// Shows a notification now; whether the system took it.
    pub(crate) async fn test_toast(&self) -> bool {
        let (words, notify) = (self.words(), self.preferences().notify);
        let kinds = [notify.request, notify.near, notify.order, notify.message, notify.assigned, notify.decision, notify.stuck];
        let sound = kinds.iter().any(|ways| ways.sound);
        let (title, body) = (words.text("toast-test-title"), words.text("toast-test-body"));
        self.show(Toast { key: INBOX.to_owned(), title, body, sound }).await.is_ok()
    }
    /// Somebody looks at this record: it need not be told of any more.
    pub(crate) async fn looked_at(&self, key: &str) {
        self.pace().forget(key);
        if let Ok(work) = self.work().await {
            forget_held(&work.account, key);
        }
    }
}
