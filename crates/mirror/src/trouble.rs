//! What simulations do to the files: any statement can fail or be the last one of a program, and everything in a file can be
//! read. Only with the feature `testing`; the hook belongs to the thread that polls the work.

use domain::{id::CommandId, status::CommandState, time::UtcMillis};
use sqlx::Row as _;
use std::{
    cell::{Cell, RefCell},
    path::Path,
    rc::Rc,
    task::Poll,
};

use crate::{
    cabinet::Cabinet,
    error::{Error, Result},
};

/// What becomes of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It runs.
    Runs,
    /// It fails as on a full or broken disk, before it did anything.
    Fails,
    /// The program ends here: whoever waits for it waits for ever.
    Dies,
}

/// Asked before each statement, with its file.
pub type Hook = Rc<dyn Fn(&Path) -> Fate>;

thread_local! {
    static HOOK: RefCell<Option<Hook>> = const { RefCell::new(None) };
    static BUSY: Cell<usize> = const { Cell::new(0) };
}

/// Has statements of this thread's files asked about from now on.
pub fn set(hook: Option<Hook>) {
    HOOK.with(|it| *it.borrow_mut() = hook);
}

/// Whether a file of this thread is at work: its connection has a thread of its own.
#[must_use]
pub fn busy() -> bool {
    BUSY.with(Cell::get) > 0
}

/// Says that a file is at work for as long as it lives.
pub(crate) struct Working;

impl Working {
    pub(crate) fn begin() -> Self {
        BUSY.with(|n| n.set(n.get() + 1));
        Self
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        BUSY.with(|n| n.set(n.get().saturating_sub(1)));
    }
}

/// Lets the hook decide about the next statement on this file.
pub(crate) async fn fate(path: &Path) -> Result<()> {
    let hook = HOOK.with(|it| it.borrow().clone());
    match hook.map_or(Fate::Runs, |hook| hook(path)) {
        Fate::Runs => Ok(()),
        Fate::Fails => Err(Error::Disk),
        Fate::Dies => std::future::pending().await,
    }
}

/// Lets everybody else have a turn: whether a connection's thread answers before it is first asked must make no difference.
pub(crate) async fn turn() {
    let mut waited = false;
    std::future::poll_fn(|cx| {
        if waited {
            return Poll::Ready(());
        }
        waited = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// A row of the mirror as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The number of its kind.
    pub kind: i64,
    /// Its id.
    pub id: uuid::Uuid,
    /// Its revision.
    pub rev: i64,
    /// The number of the server's last word about it.
    pub seq: i64,
    /// Whether something of this desk is laid over it.
    pub ours: bool,
    /// What it says.
    pub body: String,
}

/// What the server last said of a record that is laid over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoCopy {
    /// The number of its kind.
    pub kind: i64,
    /// Its id.
    pub id: uuid::Uuid,
    /// Its revision and what it says; nothing where the server has no such record.
    pub said: Option<(i64, String)>,
}

/// Everything in a mirror.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The cursor of the moment of the server that it is, if it is whole.
    pub moment: Option<String>,
    /// The rows, by kind and id.
    pub rows: Vec<Row>,
    /// The undo copies.
    pub copies: Vec<UndoCopy>,
    /// How many losses are kept for the walk.
    pub gones: i64,
}

/// What a desk believes of its own commands, and how far its mirror has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beliefs {
    /// Which history its mirror copies.
    pub generation: i64,
    /// The number up to which everything is surely there.
    pub whole: Option<i64>,
    /// The cursor it goes on from.
    pub live: Option<String>,
    /// The commands that are laid on top, in their order.
    pub laid: Vec<CommandId>,
    /// The commands it thinks of, in their order: state, number of the answer, and the history in which that counts.
    pub commands: Vec<(CommandId, CommandState, Option<i64>, Option<i64>)>,
}

impl Cabinet {
    /// What the desk believes, when it rests.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn beliefs(&self, now: UtcMillis) -> Result<Beliefs> {
        let inner = self.lock(now).await?;
        let (generation, whole) = inner.history();
        let live = inner.mirror.position().live.clone();
        let commands = inner.outbox.live().iter().map(|e| (e.id, e.state, e.seq, e.generation)).collect();
        Ok(Beliefs { generation, whole, live, laid: inner.laid_ids(), commands })
    }
    /// Everything in the mirror that is shown.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn contents(&self, now: UtcMillis) -> Result<Contents> {
        let mut inner = self.lock(now).await?;
        inner.mirror.contents().await
    }
}

impl crate::mirror::Mirror {
    async fn contents(&mut self) -> Result<Contents> {
        let query = sqlx::QueryBuilder::new("SELECT kind, id, rev, seq, ours, body FROM record ORDER BY kind, id");
        let mut rows = Vec::new();
        for row in self.fetch_rows(query).await? {
            let id = uuid::Uuid::from_slice(row.try_get("id")?).map_err(|_| Error::Disk)?;
            let (kind, rev, seq) = (row.try_get("kind")?, row.try_get("rev")?, row.try_get("seq")?);
            rows.push(Row { kind, id, rev, seq, ours: row.try_get("ours")?, body: row.try_get("body")? });
        }
        let mut copies = Vec::new();
        for row in self.fetch_rows(sqlx::QueryBuilder::new("SELECT kind, id, rev, body FROM undo ORDER BY kind, id")).await? {
            let id = uuid::Uuid::from_slice(row.try_get("id")?).map_err(|_| Error::Disk)?;
            let body: Option<String> = row.try_get("body")?;
            let said = body.map(|body| Ok::<_, Error>((row.try_get("rev")?, body))).transpose()?;
            copies.push(UndoCopy { kind: row.try_get("kind")?, id, said });
        }
        let gones = self.fetch_row(sqlx::QueryBuilder::new("SELECT count(*) FROM gone")).await?.try_get(0)?;
        let moment = self.position().is_whole().then(|| self.position().live.clone()).flatten();
        Ok(Contents { moment, rows, copies, gones })
    }
}
