//! The versions of an order.

use domain::{
    command::Command,
    commands::design::Upload,
    id::{CommandId, OrderId},
    record::{Kind, RecordRef},
    records::{Design, DesignStatus, Order},
    status::CommandState,
    time::UtcMillis,
};
use sqlx::QueryBuilder;
use std::collections::HashMap;

use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
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

/// One version.
#[derive(Clone, Debug, PartialEq)]
pub struct DesignLine {
    /// The version as it is shown.
    pub design: Design,
    /// Whether the state it is shown in is ours alone.
    pub ours: bool,
    /// The most urgent command about it that is not finished.
    pub mark: Option<(CommandState, CommandId)>,
    /// Its bytes, while they are here.
    pub bytes: Option<Bytes>,
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
        let (marks, mut uploads) = (self.marks(), self.uploads_of(order.id));
        let mut versions = Vec::with_capacity(rows.len());
        for row in &rows {
            let design: Design = of(row)?;
            let ours = row.ours && said.get(&row.name.id).is_none_or(|said| said.status != design.status);
            let bytes = uploads.remove(&row.name).and_then(|(entry, _)| self.bytes_of(&entry));
            versions.push(DesignLine { design, ours, mark: marks.get(&row.name).copied(), bytes, undone: false });
        }
        let mut undone = self.undone(&order, uploads, &marks);
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
    fn bytes_of(&self, entry: &Entry) -> Option<Bytes> {
        let staged = self.outbox.staged_file(&entry.awaits()?)?.clone();
        let refused = entry.outcome.as_ref().and_then(|said| said.code.as_ref()).map(|code| code.wire().to_owned());
        Some(Bytes { staged, act: entry.state, refused })
    }
    /// Uploads that wait for a person: nothing of them is laid, and they are shown as they were given, newest first.
    fn undone(
        &self,
        order: &Order,
        uploads: HashMap<RecordRef, (Entry, Upload)>,
        marks: &HashMap<RecordRef, (CommandState, CommandId)>,
    ) -> Vec<DesignLine> {
        let mut uploads: Vec<_> = uploads.into_iter().filter(|(_, (entry, _))| entry.state.needs_decision()).collect();
        uploads.sort_by_key(|(_, (entry, _))| entry.n);
        let numbered = (order.versions.saturating_add(1)..).zip(uploads);
        let line = |(version, (name, (entry, upload))): (i64, (RecordRef, (Entry, Upload)))| {
            let bytes = self.bytes_of(&entry);
            let design = self.as_given(order, version, &entry, upload)?;
            Some(DesignLine { design, ours: true, mark: marks.get(&name).copied(), bytes, undone: true })
        };
        let mut lines: Vec<DesignLine> = numbered.filter_map(line).collect();
        lines.reverse();
        lines
    }
    fn as_given(&self, order: &Order, version: i64, entry: &Entry, upload: Upload) -> Option<Design> {
        Some(Design {
            id: upload.id,
            order_id: order.id,
            order_number: order.number.clone(),
            version,
            sha256: upload.sha256,
            size: i64::try_from(upload.size).ok()?,
            media_type: upload.media_type,
            name: domain::file::FileName::new(&upload.name).ok()?,
            by: self.actor().person.clone(),
            status: DesignStatus::Uploaded,
            comment: None,
            submitted_at: None,
            reviewed_at: None,
            created_at: entry.made_at,
            updated_at: entry.made_at,
        })
    }
}
