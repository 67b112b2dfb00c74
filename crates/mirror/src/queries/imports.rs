//! Imports: their parts as the server has them, and the commands of this desk that are not answered.

use domain::{
    command::Act as _,
    commands::import::{Rows, Undo},
    facts::{Held, Lookup},
    id::{CommandId, ImportId, RecordId},
    record::{Kind, RecordRef},
    records::ImportPart,
    status::CommandState,
    time::UtcMillis,
};
use serde_json::Value;
use sqlx::QueryBuilder;

use crate::{cabinet::Cabinet, error::Result, outbox::Entry, queries::part::of};

/// A command about an import that stands in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportCommand {
    /// Which.
    pub id: CommandId,
    /// The part it is about.
    pub part: RecordId,
    /// Whether it takes the part back.
    pub undo: bool,
    /// The import, where the command says so: one that takes back names the part alone.
    pub import: Option<ImportId>,
    /// How many parts that was to have.
    pub parts: u32,
    /// What the file is called.
    pub file: String,
    /// How many rows it brings.
    pub rows: u32,
    /// Where it stands.
    pub state: CommandState,
    /// When it was given.
    pub made_at: UtcMillis,
}

/// What is known of imports.
#[derive(Clone, Debug, Default)]
pub struct ImportPage {
    /// The parts that the server has, newest first.
    pub parts: Vec<ImportPart>,
    /// What this desk has given and the mirror has not received, in its order.
    pub commands: Vec<ImportCommand>,
}

/// What an import is judged by before it begins.
#[derive(Clone, Debug, Default)]
pub struct ImportFacts {
    /// Every dated value of every setting.
    pub settings: Vec<Held>,
    /// Every client that is here.
    pub clients: Vec<Held>,
}

/// How many clients are read at once: whoever acts comes between.
const PART: i64 = 2_000;

impl Cabinet {
    /// The parts that came since this moment, and what waits.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn imports(&self, since: UtcMillis, now: UtcMillis) -> Result<ImportPage> {
        let mut inner = self.lock(now).await?;
        let mut query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 18 AND open = 0 AND at >= ");
        query.push_bind(since.ms()).push(" ORDER BY at DESC, id DESC");
        let parts = inner.mirror.fetch(Kind::ImportPart, query).await?.iter().map(of).collect::<Result<_>>()?;
        Ok(ImportPage { parts, commands: inner.outbox.live().iter().filter_map(command).collect() })
    }
    /// The parts of an import that are here, in their order.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn import_parts(&self, import: ImportId, now: UtcMillis) -> Result<Vec<ImportPart>> {
        let mut inner = self.lock(now).await?;
        let mut query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 18 AND about = ");
        query.push_bind(import.uuid().as_bytes().to_vec()).push(" ORDER BY number");
        inner.mirror.fetch(Kind::ImportPart, query).await?.iter().map(of).collect()
    }
    /// What rows are judged by: everybody who could be meant, and what holds.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn import_facts(&self, now: UtcMillis) -> Result<ImportFacts> {
        let settings = self.lock(now).await?.mirror.find(&Lookup::Settings).await?.unwrap_or_default();
        let (mut clients, mut after): (Vec<Held>, Vec<u8>) = (Vec::new(), Vec::new());
        loop {
            let mut inner = self.lock(now).await?;
            let mut query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 2 AND id > ");
            query.push_bind(after.clone()).push(" ORDER BY id LIMIT ").push_bind(PART);
            let stored = inner.mirror.fetch(Kind::Client, query).await?;
            let Some(last) = stored.last() else { return Ok(ImportFacts { settings, clients }) };
            after = last.name.id.uuid().as_bytes().to_vec();
            // A body that cannot be read is nothing a rule can judge by.
            clients.extend(stored.iter().filter_map(|it| it.held().ok()));
        }
    }
}

/// What stands in the outbox, without reading its rows: there may be fifty thousand.
fn command(entry: &Entry) -> Option<ImportCommand> {
    let undo = entry.name == Undo::NAME;
    if !undo && entry.name != Rows::NAME {
        return None;
    }
    let RecordRef { id: part, .. } = entry.subject?;
    let number = |key: &str| entry.args.get(key).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    let text = |key: &str| entry.args.get(key).and_then(Value::as_str);
    Some(ImportCommand {
        id: entry.id,
        part,
        undo,
        import: text("import").and_then(|id| id.parse().ok()),
        parts: number("parts"),
        file: text("file").unwrap_or_default().to_owned(),
        rows: entry.args.get("rows").and_then(Value::as_array).and_then(|rows| u32::try_from(rows.len()).ok()).unwrap_or(0),
        state: entry.state,
        made_at: entry.made_at,
    })
}
