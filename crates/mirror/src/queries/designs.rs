//! The versions of an order.

use domain::{
    command::Command,
    commands::design::Upload,
    file::{FileName, Sha256},
    id::{CommandId, DesignId, OrderId},
    record::{Kind, RecordRef},
    records::{Design, Order},
    status::CommandState,
    time::UtcMillis,
};
use sqlx::QueryBuilder;
use std::collections::{HashMap, HashSet};

use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
    mirror::Kept,
    outbox::{Entry, Staged},
    queries::part::of,
};

/// The bytes of a version that this desk has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bytes {
    /// How they stand.
    pub staged: Staged,
    /// How the act stands that waits for them.
    pub act: CommandState,
    /// The code of its answer, where it was refused.
    pub refused: Option<String>,
}

impl Bytes {
    /// Those of a file that this command waits for.
    #[must_use]
    pub fn of(staged: Staged, entry: &Entry) -> Self {
        let refused = entry.outcome.as_ref().and_then(|said| said.code.as_ref()).map(|code| code.wire().to_owned());
        Self { staged, act: entry.state, refused }
    }
}

/// One version.
#[derive(Clone, Debug, PartialEq)]
pub struct DesignLine {
    /// The version as it is shown.
    pub design: Design,
    /// Whether the state it is shown in is ours alone.
    pub ours: bool,
    /// The most urgent command about it that is not finished.
    pub mark: Option<(CommandState, CommandId)>,
    /// Its bytes, while this desk sends them.
    pub bytes: Option<Bytes>,
    /// Whether it can be seen, or saved, without a line: its bytes wait to be sent, or it is kept.
    pub here: bool,
    /// Whether its file is here and stays, because a person keeps its order.
    pub kept: bool,
    /// Whether its upload was not done: it waits for a person, and stands in no record.
    pub undone: bool,
}

/// The versions of an order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DesignPage {
    /// Newest first. Uploads that were not done and wait for a person stand before all others: they have no number yet, and are shown
    /// with the next ones.
    pub versions: Vec<DesignLine>,
    /// The number of the one that counts.
    pub current: Option<i64>,
}

impl Cabinet {
    /// The versions of an order; none of one that is not here.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn designs(&self, order: OrderId, now: UtcMillis) -> Result<DesignPage> {
        self.lock(now).await?.designs(order).await
    }
}

impl Inner {
    async fn designs(&mut self, order: OrderId) -> Result<DesignPage> {
        let Some(stored) = self.mirror.lookup(RecordRef::new(Kind::Order, order)).await? else { return Ok(DesignPage::default()) };
        let order: Order = of(&stored)?;
        let mut query =
            QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record INDEXED BY record_design WHERE kind = 14 AND about = ");
        query.push_bind(order.id.uuid().as_bytes().to_vec()).push(" ORDER BY number DESC, id");
        let rows = self.mirror.fetch(Kind::Design, query).await?;
        let said = self.said_of::<Design>(rows.iter()).await?;
        let files = self.mirror.all_kept(Kept::File).await?;
        let keeps = self.mirror.keeps(order.id);
        let mut kept = self.mirror.all_kept(Kept::Full).await?;
        kept.extend(files.iter().copied());
        let (marks, mut uploads) = (self.marks(), self.uploads_of(order.id));
        let mut versions = Vec::with_capacity(rows.len());
        for row in &rows {
            let design: Design = of(row)?;
            let ours =
                row.ours && said.get(&row.name.id).is_none_or(|said| (&said.status, &said.purged) != (&design.status, &design.purged));
            let bytes = uploads.remove(&row.name).and_then(|(entry, _)| self.bytes_of(&entry));
            let here = self.is_here(&design, &kept);
            let stays = keeps && self.is_here(&design, &files);
            versions.push(DesignLine { design, ours, mark: marks.get(&row.name).copied(), bytes, here, kept: stays, undone: false });
        }
        let mut undone = self.undone(&order, uploads, &marks, &kept);
        undone.append(&mut versions);
        Ok(DesignPage { versions: undone, current: order.current_version })
    }
    /// The uploads of an order that are not finished, by the versions they make.
    fn uploads_of(&self, order: OrderId) -> HashMap<RecordRef, (Entry, Upload)> {
        let open = self.outbox.live().iter().filter(|e| e.is_open());
        let upload = |entry: &Entry| match entry.given().ok()?.command {
            Command::DesignUpload(it) if it.order_id == order => Some((RecordRef::new(Kind::Design, it.id), (entry.clone(), it))),
            _ => None,
        };
        open.filter_map(upload).collect()
    }
    pub(crate) fn is_staged(&self, sha256: &Sha256) -> bool {
        self.outbox.staged_file(sha256).is_some()
    }
    fn is_here(&self, design: &Design, kept: &HashSet<DesignId>) -> bool {
        design.purged.is_none() && (self.is_staged(&design.sha256) || kept.contains(&design.id))
    }
    fn bytes_of(&self, entry: &Entry) -> Option<Bytes> {
        entry.awaits().iter().find_map(|sha256| self.sent_bytes(sha256, entry))
    }
    /// How the bytes of a file stand that a command waits for, while this desk sends them.
    pub(super) fn sent_bytes(&self, sha256: &Sha256, entry: &Entry) -> Option<Bytes> {
        Some(Bytes::of(self.outbox.staged_file(sha256)?.clone(), entry))
    }
    /// Uploads that wait for a person: nothing of them is laid, and they are shown as they were given, newest first.
    fn undone(
        &self,
        order: &Order,
        uploads: HashMap<RecordRef, (Entry, Upload)>,
        marks: &HashMap<RecordRef, (CommandState, CommandId)>,
        kept: &HashSet<DesignId>,
    ) -> Vec<DesignLine> {
        let mut uploads: Vec<_> = uploads.into_iter().filter(|(_, (entry, _))| entry.state.needs_decision()).collect();
        uploads.sort_by_key(|(_, (entry, _))| entry.n);
        let numbered = (order.versions.saturating_add(1)..).zip(uploads);
        let line = |(version, (record, (entry, upload))): (i64, (RecordRef, (Entry, Upload)))| {
            let bytes = self.bytes_of(&entry);
            let (name, size) = (FileName::new(&upload.name).ok()?, i64::try_from(upload.size).ok()?);
            let by = self.actor().person.clone();
            let first = upload.as_version(order, name, (size, upload.media_type.clone()), by, entry.made_at);
            let design = Design { version, ..first };
            let here = self.is_here(&design, kept);
            Some(DesignLine { design, ours: true, mark: marks.get(&record).copied(), bytes, here, kept: false, undone: true })
        };
        let mut lines: Vec<DesignLine> = numbered.filter_map(line).collect();
        lines.reverse();
        lines
    }
}
