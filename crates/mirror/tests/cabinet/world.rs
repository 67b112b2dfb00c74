//! A desk that talks by hand with a server that is nothing but the rulebook and a feed.

use domain::{
    id::{CommandId, DeviceId},
    record::{AnyRecord, RecordRef},
    records::ConsultationStatus,
    role::Actor,
    wire::{Line, Outcome},
};
use mirror::{Cabinet, Chunk, Drawer, Given, Key, Keys, Opened, Place, Steps, Submission};
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;
use testkit::{
    Model,
    records::{NOW, command, consultation, uuid},
};

/// The person whose desk it is.
pub(crate) fn admin() -> Actor {
    let mut admin = testkit::records::admin(1);
    admin.device = Some(DeviceId::from_uuid(uuid(77)));
    admin
}

pub(crate) fn chunk<'a>(lines: impl IntoIterator<Item = &'a (i64, String)>) -> Chunk {
    let mut chunk = Chunk::default();
    for (_, line) in lines {
        chunk.take(serde_json::from_str::<Line<'_>>(line).unwrap());
    }
    chunk
}

pub(crate) fn keys() -> Keys {
    Keys { outbox: Key::new([1; 32]), mirror: Key::new([2; 32]) }
}

/// A desk, and how far it has read.
pub(crate) struct Desk {
    pub(crate) dir: TempDir,
    pub(crate) cabinet: Cabinet,
    pub(crate) live: i64,
    pub(crate) walk: Option<i64>,
    pub(crate) next: u64,
}

pub(crate) async fn open(folder: &Path, steps: Option<Steps>) -> (Cabinet, Opened) {
    Cabinet::open(folder, keys(), admin(), NOW, steps).await.unwrap()
}

/// The outbox of a locked desk.
pub(crate) async fn drawer(folder: &Path, steps: Option<Steps>) -> Drawer {
    Drawer::open(folder, &keys().outbox, NOW, steps).await.unwrap().0
}
/// Sends what waits at a locked desk; the answers, if they arrive.
pub(crate) async fn send_locked(drawer: &Drawer, server: &mut Model, answer_arrives: bool) -> Vec<CommandId> {
    let Some(batch) = drawer.next_batch(100, None, NOW).await.unwrap() else { return Vec::new() };
    let body: domain::wire::CommandBatch = serde_json::from_str(&batch.body).unwrap();
    let outcomes: Vec<Outcome> = body.commands.iter().map(|e| server.give(&admin(), e)).collect();
    if answer_arrives {
        drawer.answered(&outcomes, NOW).await.unwrap();
    }
    batch.ids
}

impl Desk {
    /// A desk with nothing in it.
    pub(crate) async fn new() -> Self {
        Self::with_steps(None).await
    }
    pub(crate) async fn with_steps(steps: Option<Steps>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (cabinet, _) = open(dir.path(), steps).await;
        Self { dir, cabinet, live: 0, walk: None, next: 0 }
    }
    /// A desk that has read everything.
    pub(crate) async fn whole(server: &Model) -> Self {
        let mut desk = Self::new().await;
        desk.work(server).await;
        desk.walk_on(server, usize::MAX).await;
        desk
    }
    pub(crate) async fn work(&mut self, server: &Model) {
        let place = Place::Work { cursor: server.head.to_string(), seq: server.head };
        self.cabinet.apply(chunk(&server.open(&admin())), place, server.now).await.unwrap();
        (self.live, self.walk) = (server.head, Some(server.head));
    }
    /// Begins with the head alone.
    pub(crate) async fn head(&mut self, server: &Model) {
        let place = Place::Head { cursor: server.head.to_string(), seq: server.head };
        self.cabinet.apply(chunk(&[]), place, server.now).await.unwrap();
        (self.live, self.walk) = (server.head, Some(server.head));
    }
    /// Reads so many lines of the walk.
    pub(crate) async fn walk_on(&mut self, server: &Model, lines: usize) {
        let Some(before) = self.walk else { return };
        let all = server.below(&admin(), before);
        let part = &all[..lines.min(all.len())];
        self.walk = if part.len() == all.len() { None } else { part.last().map(|(seq, _)| seq - 1) };
        let place = Place::Down { from: before.to_string(), cursor: self.walk.map(|n| n.to_string()) };
        assert!(!self.cabinet.apply(chunk(part), place, server.now).await.unwrap().passed_over);
    }
    /// Reads so many lines above what is here; with all of them it stands at the head.
    pub(crate) async fn read(&mut self, server: &Model, lines: usize) -> mirror::Applied {
        let all = server.above(&admin(), self.live);
        let part = &all[..lines.min(all.len())];
        let whole = part.len() == all.len();
        self.live = if whole { server.head } else { part.last().map_or(self.live, |(seq, _)| *seq) };
        let place = Place::Up { cursor: self.live.to_string(), whole: whole.then_some(server.head) };
        self.cabinet.apply(chunk(part), place, server.now).await.unwrap()
    }
    /// Acts, and must be taken.
    pub(crate) async fn act(&mut self, name: &str, args: Value, seen: &[RecordRef]) -> CommandId {
        match self.try_act(name, args, seen, None).await {
            (id, Submission::Taken(_)) => id,
            (_, Submission::Refused(refusal)) => panic!("{name} was refused: {refusal:?}"),
        }
    }
    pub(crate) async fn try_act(&mut self, name: &str, args: Value, seen: &[RecordRef], hold: Option<i64>) -> (CommandId, Submission) {
        self.next += 1;
        let id = command(self.next);
        let given = Given { id, name: name.into(), args, seen: seen.to_vec(), seen_at: NOW, held_until: hold };
        (id, self.cabinet.submit(given, NOW).await.unwrap())
    }
    /// Sends what waits; the server judges it. The answers, if they arrive.
    pub(crate) async fn send(&self, server: &mut Model, answer_arrives: bool) -> Vec<Outcome> {
        let Some(batch) = self.cabinet.next_batch(100, None, NOW).await.unwrap() else { return Vec::new() };
        let body: domain::wire::CommandBatch = serde_json::from_str(&batch.body).unwrap();
        let outcomes: Vec<Outcome> = body.commands.iter().map(|e| server.give(&admin(), e)).collect();
        if answer_arrives {
            self.cabinet.answered(&outcomes, NOW).await.unwrap();
        }
        outcomes
    }
    /// Ends the program, as a crash does; until the desk is unlocked only its outbox is open. What waits is sent, its answer
    /// arrives or is lost, and so many lines of the feed are heard from here on.
    pub(crate) async fn locked(&mut self, server: &mut Model, answer_arrives: bool, lines: usize) {
        let fresh = tempfile::tempdir().unwrap();
        copy(self.dir.path(), fresh.path());
        let drawer = drawer(fresh.path(), None).await;
        send_locked(&drawer, server, answer_arrives).await;
        let heard = server.above(&admin(), self.live);
        let place = Place::Up { cursor: server.head.to_string(), whole: Some(server.head) };
        drawer.apply(chunk(heard.iter().take(lines)), place, NOW).await.unwrap();
        drawer.close().await.unwrap();
        (self.cabinet, _) = open(fresh.path(), None).await;
        self.dir = fresh;
        self.find_walk().await;
    }
    pub(crate) async fn shown(&self, name: RecordRef) -> Option<AnyRecord> {
        self.cabinet.record(name, NOW).await.unwrap().map(|(record, _)| record)
    }
    pub(crate) async fn is_ours(&self, name: RecordRef) -> bool {
        self.cabinet.record(name, NOW).await.unwrap().is_some_and(|(_, ours)| ours)
    }
    pub(crate) async fn status(&self, n: u64) -> ConsultationStatus {
        match self.shown(consultation(n)).await {
            Some(AnyRecord::Consultation(it)) => it.status,
            other => panic!("consultation {n} is shown as {other:?}"),
        }
    }
    pub(crate) async fn state(&self, id: CommandId) -> domain::status::CommandState {
        self.cabinet.command(id, NOW).await.unwrap().expect("the command is in the file").entry.state
    }
    /// Ends the program, as a crash does, and starts it again.
    pub(crate) async fn restart(&mut self) -> Opened {
        let fresh = tempfile::tempdir().unwrap();
        copy(self.dir.path(), fresh.path());
        let (cabinet, opened) = open(fresh.path(), None).await;
        self.cabinet = cabinet;
        self.dir = fresh;
        self.find_walk().await;
        opened
    }
    /// The walk goes on from what reached the file.
    async fn find_walk(&mut self) {
        let stand = self.cabinet.stand().await.unwrap();
        self.walk = stand.walk.as_deref().map(|cursor| cursor.parse().unwrap());
    }
}

/// Copies a folder's files, as they are on the disk at this moment.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
