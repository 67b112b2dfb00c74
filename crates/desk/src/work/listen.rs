//! What the engine tells, on its way to the window.

use bridge::Event;
use domain::{
    file::Sha256,
    id::{CommandId, OrderId},
    record::{AnyRecord, Kind, RecordRef},
    role::Role,
};
use mirror::Applied;
use std::sync::Arc;
use sync::{Ended, News, Watcher};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
};

use super::chat::Came;
use crate::desk::{Desk, Inner};

/// Takes what the engine tells without holding it up.
pub(crate) struct Relay(UnboundedSender<News>);

impl Relay {
    /// A relay, and where its news come out.
    pub(crate) fn new() -> (Self, UnboundedReceiver<News>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }
}

impl Watcher for Relay {
    fn told(&self, news: News) {
        // Nobody listens once the session is closed.
        let _ = self.0.send(news);
    }
}

/// How a session ends without anybody here having wished it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    SessionLost,
    Ended(Ended),
}

/// What was told since the window last heard.
#[derive(Default)]
struct Heard {
    changed: Vec<RecordRef>,
    /// So much changed that it is not named.
    all: bool,
    any: bool,
    commands: Vec<CommandId>,
    fresh: Vec<Arc<AnyRecord>>,
    moved: Vec<Arc<AnyRecord>>,
    version: u64,
    roles: Option<Vec<Role>>,
    /// Files whose bytes moved, or stopped moving.
    transfers: Vec<Sha256>,
    /// Orders of whose files something came.
    kept: Vec<OrderId>,
    /// Whether the line is another one.
    line: bool,
    over: Option<Over>,
}

impl Heard {
    fn take(&mut self, news: News) {
        match news {
            News::Applied(applied) => self.applied(applied),
            News::Line => self.line = true,
            News::Transfer(sha256) => self.transfers.push(sha256),
            News::Kept(order) => self.kept.push(order),
            News::Roles(roles) => self.roles = Some(roles),
            News::SessionLost => self.over = Some(Over::SessionLost),
            News::Ended(ended) => self.over = Some(Over::Ended(ended)),
        }
    }
    fn applied(&mut self, applied: Applied) {
        self.any |= applied.any;
        self.all |= applied.any && applied.changed.is_empty();
        self.changed.extend(applied.changed);
        self.commands.extend(applied.commands);
        self.fresh.extend(applied.fresh);
        self.moved.extend(applied.moved);
        self.version = self.version.max(applied.version);
    }
    fn concerns(&self, kind: Kind) -> bool {
        self.all || self.changed.iter().any(|name| name.kind == kind)
    }
}

/// Listens until the session is closed.
pub(crate) fn listen(inner: &Arc<Inner>, mut news: UnboundedReceiver<News>) -> JoinHandle<()> {
    let desk = Arc::downgrade(inner);
    tokio::spawn(async move {
        while let Some(first) = news.recv().await {
            let Some(inner) = desk.upgrade() else { return };
            let mut heard = Heard::default();
            heard.take(first);
            // What was told meanwhile is told on at once: a first sync is many pages, and the window reads after each event.
            while let Ok(more) = news.try_recv() {
                heard.take(more);
            }
            let over = heard.over;
            inner.hear(heard).await;
            if let Some(over) = over {
                // It ends this very task, so it goes on in one of its own.
                tokio::spawn(end(Desk { inner }, over));
                return;
            }
        }
    })
}

async fn end(desk: Desk, over: Over) {
    match over {
        Over::SessionLost => desk.session_lost().await,
        Over::Ended(Ended::DeviceEnded) => desk.device_ended().await,
        Over::Ended(Ended::Damaged) => desk.reopen().await,
    }
}

impl Inner {
    async fn hear(&self, mut heard: Heard) {
        let mut look_again = false;
        if let Ok(work) = self.work().await {
            if let Some(roles) = heard.roles.take() {
                work.account.change(|who| who.roles = roles);
                look_again = true;
            }
            if heard.concerns(Kind::Setting) {
                look_again |= work.read_settings().await.unwrap_or_default();
            }
        }
        if look_again {
            self.tell_session().await;
        }
        heard.changed.sort();
        heard.changed.dedup();
        if heard.any {
            let records = if heard.all || heard.changed.len() > Applied::NAMED { Vec::new() } else { heard.changed.clone() };
            self.tell(Event::Changed { records, version: heard.version });
        }
        if heard.line {
            // Whether a file waits for its turn or for the line is said of each.
            self.tell_transfers(None).await;
        } else if !heard.transfers.is_empty() {
            self.tell_transfers(Some(&heard.transfers)).await;
        }
        self.tell_kept(heard.kept).await;
        self.withdraw_toasts(&heard.changed).await;
        self.follow_deadlines(heard.fresh.iter().chain(&heard.moved)).await;
        self.toast(&Came { fresh: &heard.fresh, moved: &heard.moved }, &heard.commands).await;
        // A locked window asks nothing of the outbox; how many there are it hears with the status.
        if !heard.commands.is_empty() && self.work().await.is_ok() {
            self.tell(Event::Outbox { commands: heard.commands });
        }
        self.show_clicked().await;
        self.tell_status().await;
    }
}
