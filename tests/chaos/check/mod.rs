//! The checker. Everything is ended; it reads the databases of server and desks and the logs of what was promised, and nothing else.

mod acts;
mod audit;
mod files;
mod mirrors;
mod promises;
mod readers;

use domain::{
    id::{CommandId, RecordId},
    record::{AnyRecord, Kind, RecordRef},
};
use e2e::server::Database;
use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{KnownCommand, LinkRow, Snapshot, Store};

use crate::{Done, said};

/// Where what was left behind lies.
pub(crate) struct Evidence {
    pub(crate) database: Database,
    /// The folder of the server on SQLite.
    pub(crate) server: PathBuf,
    /// Where the server's files lie.
    pub(crate) files: PathBuf,
    pub(crate) desks: Vec<PathBuf>,
    pub(crate) clients: Vec<PathBuf>,
    /// The log of whoever uploads by hand.
    pub(crate) carrier: PathBuf,
    pub(crate) witnesses: Vec<PathBuf>,
}

/// What the server's database holds.
struct Truth {
    records: BTreeMap<RecordRef, Held>,
    commands: HashMap<CommandId, KnownCommand>,
    links: Vec<LinkRow>,
    head: i64,
}

struct Held {
    rev: i64,
    seq: i64,
    record: Arc<AnyRecord>,
}

/// What was looked at, to be told.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) records: usize,
    pub(crate) numbers: i64,
    pub(crate) commands: usize,
    pub(crate) applied: usize,
    pub(crate) given: usize,
    pub(crate) promised: usize,
    pub(crate) refused: usize,
    pub(crate) heard: usize,
    pub(crate) files: usize,
    pub(crate) versions: usize,
    pub(crate) sent: usize,
}

/// Looks at everything; everything that does not hold.
pub(crate) async fn everything(evidence: &Evidence) -> Done<(Count, Vec<String>)> {
    let truth = Truth::read(evidence).await?;
    let mut wrong = Vec::new();
    let mut count = Count {
        records: truth.records.len(),
        numbers: truth.head,
        commands: truth.commands.len(),
        applied: truth.commands.values().filter(|known| known.applied).count(),
        ..Count::default()
    };
    audit::look(&truth, &mut wrong);
    let all = truth.records.values().map(|held| &*held.record);
    wrong.extend(testkit::laws::ALL.iter().filter_map(|law| law(&mut all.clone()).err()));
    let mut given = BTreeMap::new();
    for (n, folder) in evidence.desks.iter().enumerate() {
        mirrors::look(&truth, n, folder, &mut wrong).await?;
        acts::look(&truth, n, folder, &mut given, &mut wrong).await?;
    }
    acts::nobody_elses(&truth, &evidence.desks, &given, &mut wrong)?;
    count.given = given.len();
    promises::look(&truth, &evidence.clients, &mut count, &mut wrong)?;
    files::look(&truth, evidence, &mut count, &mut wrong)?;
    readers::look(&truth, &evidence.witnesses, &mut count, &mut wrong)?;
    Ok((count, wrong))
}

impl Truth {
    async fn read(evidence: &Evidence) -> Done<Self> {
        let store: Box<dyn Store> = match &evidence.database {
            Database::Sqlite => {
                let options = store::sqlite::Options::new(evidence.server.join("meja.db"), uuid::Uuid::nil());
                Box::new(store::sqlite::Sqlite::open(options).await.map_err(said)?)
            }
            Database::Postgres(url) => {
                let options = store::postgres::Options::new(url.clone(), uuid::Uuid::nil());
                Box::new(store::postgres::Postgres::open(options).await.map_err(said)?)
            }
        };
        let mut snapshot = store.read().await.map_err(said)?;
        let truth = Self::of(&mut *snapshot).await.map_err(said)?;
        drop(snapshot);
        store.close().await;
        Ok(truth)
    }
    async fn of(snapshot: &mut dyn Snapshot) -> store::Result<Self> {
        let head = snapshot.head().await?.seq;
        let mut records = BTreeMap::new();
        for kind in Kind::ALL.iter().copied() {
            let mut after: Option<RecordId> = None;
            loop {
                let some = snapshot.records_of(kind, after, 500).await?;
                let Some(last) = some.last() else { break };
                after = Some(last.held.record.id());
                records.extend(some.into_iter().map(|it| {
                    let (rev, record) = (it.held.rev, it.held.record);
                    (record.reference(), Held { rev, seq: it.seq, record })
                }));
            }
        }
        let commands = snapshot.all_outcomes(0, head).await?.into_iter().map(|known| (known.id, known)).collect();
        let mut links = Vec::new();
        loop {
            let some = snapshot.chain(links.last().map_or(0, |link: &LinkRow| link.n), 1_000).await?;
            if some.is_empty() {
                break;
            }
            links.extend(some);
        }
        Ok(Self { records, commands, links, head })
    }
}

/// A copy of a desk's files: what opens them may change them.
fn copied(folder: &Path) -> Done<e2e::folder::TempFolder> {
    let copy = e2e::folder::TempFolder::new("chaos-copy");
    for entry in std::fs::read_dir(folder.join("files")).map_err(said)? {
        let entry = entry.map_err(said)?;
        if entry.file_type().map_err(said)?.is_file() {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).map_err(said)?;
        }
    }
    Ok(copy)
}
