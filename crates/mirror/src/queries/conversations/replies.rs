//! Texts for answering quickly.

use domain::{record::Kind, records::QuickReply, search::fold, time::UtcMillis};
use sqlx::QueryBuilder;

use crate::{cabinet::Cabinet, error::Result, queries::part::of};

/// A text for answering quickly, and whether the server has it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyLine {
    /// The text.
    pub reply: QuickReply,
    /// Whether something of it is ours alone.
    pub ours: bool,
}

impl Cabinet {
    /// The texts that are offered, by their titles. There are a few dozen of them.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn quick_replies(&self, now: UtcMillis) -> Result<Vec<ReplyLine>> {
        let mut inner = self.lock(now).await?;
        let query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 13 AND open = 1");
        let stored = inner.mirror.fetch(Kind::QuickReply, query).await?;
        let lines = stored.iter().map(|it| Ok(ReplyLine { reply: of(it)?, ours: it.ours }));
        let mut lines = lines.collect::<Result<Vec<_>>>()?;
        lines.retain(|line| line.reply.removed_at.is_none());
        lines.sort_by_cached_key(|line| (fold(line.reply.title.as_str()), line.reply.id));
        Ok(lines)
    }
}
