//! A desk: its files, its engine, and whoever is told.

use async_trait::async_trait;
use domain::{
    id::CommandId,
    record::{AnyRecord, RecordRef},
    records::ConsultationStatus,
    status::CommandState,
};
use mirror::{Cabinet, Drawer, Given, Key, Keys, Submission};
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};
use sync::{Clock, Engine, Files, Handle, LineState, News, Pair, Parts, TokenKeeper, Tokens, Watcher};
use tempfile::TempDir;
use testkit::{
    Net, Op, Way,
    records::{admin, colleague, command, consultation, id},
};
use tokio::sync::watch;

/// Remembers what it is told.
#[derive(Default)]
pub(crate) struct Ear {
    heard: Mutex<Vec<News>>,
    rang: watch::Sender<u64>,
}

impl Watcher for Ear {
    fn told(&self, news: News) {
        self.heard.lock().unwrap().push(news);
        self.rang.send_modify(|n| *n += 1);
    }
}

/// Keeps refresh tokens in memory.
#[derive(Default)]
pub(crate) struct Keeper(pub(crate) Mutex<Vec<String>>);

#[async_trait]
impl TokenKeeper for Keeper {
    async fn keep(&self, pair: &Pair) {
        self.0.lock().unwrap().push(pair.refresh.clone());
    }
}

pub(crate) struct Desk {
    dir: TempDir,
    pub(crate) who: usize,
    pub(crate) net: Arc<Net>,
    pub(crate) cabinet: Cabinet,
    pub(crate) handle: Handle,
    pub(crate) ear: Arc<Ear>,
    pub(crate) keeper: Arc<Keeper>,
    next: u64,
}

async fn open(folder: &Path, net: &Net, who: usize) -> Cabinet {
    let keys = Keys { outbox: Key::new([1; 32]), mirror: Key::new([2; 32]) };
    let actor = net.actor(who);
    Cabinet::open(folder, keys, actor, net.clock.utc(), None).await.unwrap().0
}

fn start(net: &Arc<Net>, who: usize, files: Files, ear: &Arc<Ear>, keeper: &Arc<Keeper>) -> Handle {
    let pair = Pair::of(&net.session(who));
    let tokens = Tokens::resumed(pair, net.clock.utc(), Arc::clone(keeper) as Arc<dyn TokenKeeper>);
    Engine::start(Parts {
        files,
        transport: Arc::new(Way { net: Arc::clone(net), who }),
        clock: Arc::clone(&net.clock) as Arc<dyn Clock>,
        tokens,
        watcher: Arc::clone(ear) as Arc<dyn Watcher>,
        offset_ms: 0,
        as_of: None,
        paused: false,
    })
}

impl Desk {
    /// A new desk of an admin that has just started.
    pub(crate) async fn new(net: &Arc<Net>) -> Self {
        let n = net.add(admin(1));
        Self::of(net, n).await
    }
    /// A new desk of this session.
    pub(crate) async fn of(net: &Arc<Net>, who: usize) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let cabinet = open(dir.path(), net, who).await;
        let (ear, keeper) = (Arc::default(), Arc::default());
        let handle = start(net, who, Files::Both(cabinet.clone()), &ear, &keeper);
        Self { dir, who, net: Arc::clone(net), cabinet, handle, ear, keeper, next: u64::try_from(who).unwrap() * 100_000 }
    }
    /// A desk that has everything and listens.
    pub(crate) async fn whole(net: &Arc<Net>) -> Self {
        let desk = Self::new(net).await;
        desk.until("everything is here, and it listens", async |d| d.is_settled().await && d.listens()).await;
        desk
    }
    /// Whether nothing was asked since a stream was.
    pub(crate) fn listens(&self) -> bool {
        self.net.calls().last().is_some_and(|(op, _)| *op == Op::Live)
    }
    /// Ends the program and starts it again.
    pub(crate) async fn restart(self) -> Self {
        let Self { dir, who, net, cabinet, handle, next, .. } = self;
        handle.stop().await;
        cabinet.close().await.unwrap();
        let cabinet = open(dir.path(), &net, who).await;
        let (ear, keeper) = (Arc::default(), Arc::default());
        let handle = start(&net, who, Files::Both(cabinet.clone()), &ear, &keeper);
        Self { dir, who, net, cabinet, handle, ear, keeper, next }
    }

    /// Waits until this is so. It is looked at whenever the desk is told something or asks something.
    pub(crate) async fn until(&self, what: &str, so: impl AsyncFn(&Self) -> bool) {
        wait(&self.ear, &self.net, what, &self.handle, async || so(self).await).await;
    }
    /// Locks the desk, as its program does: holds go, both files are closed, and the outbox is opened alone.
    pub(crate) async fn lock(self) -> Locked {
        self.handle.release_holds().await;
        self.end().await
    }
    /// Ends the program, and starts it again where nobody can be asked for the mirror's key.
    pub(crate) async fn end(self) -> Locked {
        let Self { dir, who, net, cabinet, handle, ear, keeper, next } = self;
        handle.stop().await;
        cabinet.close().await.unwrap();
        Locked::open(Rest { dir, who, net, ear, keeper, next }).await
    }
    /// Waits until everything of the server is here and acknowledged.
    pub(crate) async fn settled(&self) {
        self.until("the mirror is whole and at the head", async |d| d.is_settled().await).await;
    }
    pub(crate) async fn is_settled(&self) -> bool {
        let stand = self.cabinet.stand().await.unwrap();
        let head = {
            let model = self.net.model();
            model.cursor(&self.net.actor(self.who), model.head)
        };
        stand.walked && stand.whole && stand.live.as_deref() == Some(head.as_str())
    }
    pub(crate) fn line(&self) -> LineState {
        self.handle.line().borrow().clone()
    }
    pub(crate) fn heard(&self, which: impl Fn(&News) -> bool) -> usize {
        self.ear.heard.lock().unwrap().iter().filter(|n| which(n)).count()
    }

    /// Acts, and must be taken.
    pub(crate) async fn act(&mut self, name: &str, args: Value) -> CommandId {
        self.act_held(name, args, None).await
    }
    pub(crate) async fn act_held(&mut self, name: &str, args: Value, hold: Option<i64>) -> CommandId {
        let (id, taken) = self.try_act(name, args, hold).await;
        assert!(taken, "{name} was refused here");
        id
    }
    pub(crate) async fn try_act(&mut self, name: &str, args: Value, hold: Option<i64>) -> (CommandId, bool) {
        self.next += 1;
        let (id, now) = (command(self.next), self.handle.now());
        let given = Given { id, name: name.into(), args, seen: Vec::new(), seen_at: now, held_until: hold };
        let taken = matches!(self.cabinet.submit(given, now).await.unwrap(), Submission::Taken(_));
        self.handle.given();
        (id, taken)
    }
    /// Accepts this request.
    pub(crate) async fn accept(&mut self, n: u64) -> CommandId {
        self.act("consultation.accept", json!({ "id": consultation(n).id })).await
    }
    pub(crate) async fn state(&self, id: CommandId) -> CommandState {
        let pending = self.cabinet.command(id, self.handle.now()).await.unwrap();
        pending.expect("the command is in the file").entry.state
    }
    pub(crate) async fn tries(&self, id: CommandId) -> u32 {
        self.cabinet.command(id, self.handle.now()).await.unwrap().unwrap().entry.tries
    }
    /// Waits until a command stands there.
    pub(crate) async fn becomes(&self, id: CommandId, state: CommandState) {
        self.until(&format!("{id} is {state:?}"), async |d| d.state(id).await == state).await;
    }
    pub(crate) async fn shown(&self, name: RecordRef) -> Option<AnyRecord> {
        self.cabinet.record(name, self.handle.now()).await.unwrap().map(|(record, _)| record)
    }
    pub(crate) async fn status(&self, n: u64) -> Option<ConsultationStatus> {
        match self.shown(consultation(n)).await {
            Some(AnyRecord::Consultation(it)) => Some(it.status),
            _ => None,
        }
    }
    /// Asserts that this desk shows exactly what the server has for its person.
    pub(crate) async fn is_the_server(&self) {
        let visible = self.net.model().visible(&self.net.actor(self.who));
        for (name, held) in &visible {
            assert_eq!(self.shown(*name).await.as_ref(), Some(&*held.record), "{name} as the server has it");
        }
        let mut tally = mirror::Tally::default();
        for (name, held) in &visible {
            tally.count += 1;
            tally.sum = tally.sum.wrapping_add(domain::wire::check_term(name.kind.wire(), name.id, held.rev));
        }
        let at = self.cabinet.stand().await.unwrap().live.unwrap();
        let right = self.cabinet.check(tally, &at, self.handle.now()).await.unwrap();
        assert_eq!(right, Some(true), "nothing is missing and nothing too much");
    }
}

/// What a desk is beside its files and its engine.
pub(crate) struct Rest {
    dir: TempDir,
    who: usize,
    net: Arc<Net>,
    ear: Arc<Ear>,
    keeper: Arc<Keeper>,
    next: u64,
}

/// A desk that is locked, or not unlocked yet.
pub(crate) struct Locked {
    rest: Rest,
    pub(crate) drawer: Drawer,
    pub(crate) handle: Handle,
}

impl Locked {
    async fn open(rest: Rest) -> Self {
        let drawer = Drawer::open(rest.dir.path(), &Key::new([1; 32]), rest.net.clock.utc(), None).await.unwrap().0;
        let handle = start(&rest.net, rest.who, Files::Outbox(drawer.clone()), &rest.ear, &rest.keeper);
        Self { rest, drawer, handle }
    }
    async fn close(self) -> Rest {
        self.handle.stop().await;
        self.drawer.close().await.unwrap();
        self.rest
    }
    /// Ends the program and starts it again, still locked.
    pub(crate) async fn restart(self) -> Self {
        Self::open(self.close().await).await
    }
    /// The mirror's key is here again.
    pub(crate) async fn unlock(self) -> Desk {
        let Rest { dir, who, net, ear, keeper, next } = self.close().await;
        let cabinet = open(dir.path(), &net, who).await;
        let handle = start(&net, who, Files::Both(cabinet.clone()), &ear, &keeper);
        Desk { dir, who, net, cabinet, handle, ear, keeper, next }
    }
    pub(crate) async fn until(&self, what: &str, so: impl AsyncFn(&Self) -> bool) {
        wait(&self.rest.ear, &self.rest.net, what, &self.handle, async || so(self).await).await;
    }
    pub(crate) async fn state(&self, id: CommandId) -> CommandState {
        self.drawer.command(id).await.unwrap().expect("the command is in the file").state
    }
    pub(crate) async fn becomes(&self, id: CommandId, state: CommandState) {
        self.until(&format!("{id} is {state:?}"), async |d| d.state(id).await == state).await;
    }
    /// Waits until it listens: what comes from now on is told.
    pub(crate) async fn listens(&self) {
        self.until("it knows where the head is", async |d| d.drawer.stand().await.unwrap().live.is_some()).await;
    }
    pub(crate) fn line(&self) -> LineState {
        self.handle.line().borrow().clone()
    }
    pub(crate) fn heard(&self, which: impl Fn(&News) -> bool) -> usize {
        self.rest.ear.heard.lock().unwrap().iter().filter(|n| which(n)).count()
    }
}

/// Waits until this is so. It is looked at whenever the desk is told something or asks something.
async fn wait(ear: &Ear, net: &Net, what: &str, handle: &Handle, so: impl AsyncFn() -> bool) {
    let (mut rang, mut called) = (ear.rang.subscribe(), net.called.subscribe());
    let watched = async {
        loop {
            rang.borrow_and_update();
            called.borrow_and_update();
            if so().await {
                return;
            }
            tokio::select! {
                _ = rang.changed() => {}
                _ = called.changed() => {}
            }
        }
    };
    let done = tokio::time::timeout(Duration::from_secs(20), watched).await;
    let line = handle.line().borrow().clone();
    assert!(done.is_ok(), "never: {what}; line {line:?}; calls {:#?}", net.calls().iter().rev().take(12).collect::<Vec<_>>());
}

/// A colleague accepts this request.
pub(crate) fn other_accepts(net: &Net, n: u64) {
    let outcome = net.serve(|model| model.act(&colleague(), n, "consultation.accept", json!({ "id": consultation(n).id })));
    assert_eq!(outcome.status, domain::wire::OutcomeStatus::Applied);
}
/// The id of a note.
pub(crate) fn note(n: u64) -> domain::id::NoteId {
    id(70_000_000 + n)
}
/// Commands that arrived at the server, body by body.
pub(crate) fn bodies(net: &Net) -> Vec<String> {
    net.calls().into_iter().filter(|(op, _)| *op == Op::Commands).map(|(_, body)| body).collect()
}
