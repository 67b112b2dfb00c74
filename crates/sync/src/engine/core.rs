//! What all loops of an engine use.

use domain::{
    record::{Kind, RecordRef},
    role::Role,
    time::UtcMillis,
    wire::SessionUser,
};
use mirror::{Applied, Cabinet, Chunk, Place};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::sync::watch;

use super::{Files, News, Watcher, link::Link, link::Wish, recover::Trouble};
use crate::{clock::Clock, fault::Fault, transport::Transport};

/// The date of an answer is to the second: our estimate is only moved when it lies outside, in milliseconds.
const DATE_IS_COARSE: i64 = 2_000;

/// An engine, as its loops see it.
pub(super) struct Core {
    pub(super) files: Files,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) watcher: Arc<dyn Watcher>,
    pub(super) link: Arc<Link>,
    /// Whether this person's roles were found to be others, and the mirror was not begun anew since.
    pub(super) rights_changed: AtomicBool,
    /// Whether commands are being sent.
    pub(super) sending: watch::Sender<bool>,
    /// From when on a check is made that nobody wished for, on the monotonic clock.
    pub(super) settled: i64,
}

impl Core {
    pub(super) fn now(&self) -> UtcMillis {
        self.link.now()
    }
    pub(super) fn wanted(&self) -> Wish {
        self.link.wanted()
    }
    /// Waits until more is wanted than was, as `changed` compares.
    pub(super) async fn until(&self, changed: impl Fn(&Wish) -> bool + Send) {
        // The sender lives in the link, which lives as long as this does.
        let _ = self.link.wish.subscribe().wait_for(|wish| changed(wish)).await;
    }
    /// Waits after a failure. It is cut short by a person, and, where only a network was missing, by another exchange that
    /// succeeds. `seen` was taken before the failed try.
    pub(super) async fn wait(&self, ms: i64, seen: Wish, for_network: bool) {
        tokio::select! {
            biased;
            () = self.until(|w| w.hurry != seen.hurry || (for_network && w.met != seen.met)) => {}
            () = self.clock.sleep(ms) => {}
        }
    }

    /// Tells the desk what changed in the files.
    pub(super) fn tell(&self, applied: Applied) {
        if applied.any || !applied.commands.is_empty() || !applied.fresh.is_empty() || !applied.moved.is_empty() {
            self.watcher.told(News::Applied(applied));
        }
    }
    /// Shows the state of the line, if it is another one.
    pub(super) fn show(&self) {
        let state = self.link.line().state(self.clock.mono());
        let changed = self.link.shown.send_if_modified(|shown| {
            let changed = *shown != state;
            *shown = state;
            changed
        });
        if changed {
            self.watcher.told(News::Line);
        }
    }
    /// The server answered: whoever waits for a network need not wait longer.
    pub(super) fn met(&self) {
        if std::mem::take(&mut self.link.line().no_network) {
            self.link.wish.send_modify(|wish| wish.met += 1);
        }
    }
    /// What is shown was true just now; or, of a locked desk, the server was heard just now.
    fn acknowledge(&self) {
        self.link.line().acknowledge(self.now(), self.clock.mono());
        self.show();
    }
    /// Lays a part of the feed into the files.
    pub(super) async fn apply(&self, chunk: Chunk, place: Place) -> Result<(), Trouble> {
        let ends = matches!(place, Place::Down { cursor: None, .. });
        let whole = matches!(place, Place::Work { .. } | Place::Up { whole: Some(_), .. });
        let applied = self.files.apply(chunk, place, self.now()).await?;
        self.met();
        if applied.passed_over {
            return Err(Trouble::Moved);
        }
        self.look_for_files(&applied, ends);
        self.tell(applied);
        if whole {
            self.acknowledge();
        }
        Ok(())
    }

    /// Something may be missing of a kept order: a version came, a file was taken back, or the first copy is whole.
    fn look_for_files(&self, applied: &Applied, ends: bool) {
        let about = |name: &RecordRef| matches!(name.kind, Kind::Design | Kind::Order);
        if ends || (applied.any && (applied.changed.is_empty() || applied.changed.iter().any(about))) {
            self.link.wish.send_modify(|wish| wish.came += 1);
        }
    }

    /// An access token that holds.
    pub(super) async fn access(&self) -> Result<String, Fault> {
        let asked = self.clock.utc();
        let (token, session) = self.link.tokens().access(&*self.transport, &*self.clock).await?;
        if let Some(session) = session {
            self.met();
            self.heard(&session.user, session.server_time, asked).await;
        }
        if let (Files::Both(cabinet), Some(roles)) = (&self.files, self.link.take_roles()) {
            self.take_roles(cabinet, &roles).await;
        }
        Ok(token)
    }
    /// Takes in what the server says of itself and this person: its clock, and their roles.
    pub(super) async fn heard(&self, user: &SessionUser, server_time: UtcMillis, asked: UtcMillis) {
        let answered = self.clock.utc();
        // The server wrote its time somewhere between question and answer.
        let between = asked.plus(answered.since(asked) / 2);
        self.link.set_offset(server_time.since(between));
        // A locked desk hears of other roles when it is unlocked: they are the mirror's affair.
        if let Files::Both(cabinet) = &self.files {
            self.take_roles(cabinet, &user.roles).await;
        }
        self.show();
    }
    async fn take_roles(&self, cabinet: &Cabinet, roles: &[Role]) {
        let mut actor = cabinet.actor().await;
        if actor.roles != roles {
            actor.roles = roles.to_vec();
            self.rights_changed.store(true, Ordering::Relaxed);
            if let Err(error) = cabinet.set_actor(actor, self.now()).await {
                tracing::error!(%error, "the mirror could not take in other roles yet");
            }
            self.watcher.told(News::Roles(roles.to_vec()));
        }
    }
    /// Takes in the date of an answer. It corrects an estimate that is plainly wrong: this computer's clock was set.
    pub(super) fn dated(&self, date: Option<UtcMillis>) {
        let Some(date) = date else { return };
        let off = date.plus(500).since(self.now());
        if off.abs() > DATE_IS_COARSE {
            self.link.set_offset(self.link.offset_ms().saturating_add(off));
            self.show();
        }
    }
}
