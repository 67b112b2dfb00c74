//! A person's own list of notifications, newest first.

use domain::{
    record::{AnyRecord, Kind},
    records::Notification,
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row};

use crate::{cabinet::Cabinet, error::Result};

/// The newest notifications.
#[derive(Clone, Debug, Default)]
pub struct NotificationPage {
    /// Newest first.
    pub items: Vec<Notification>,
    /// How many were not read, in all.
    pub unread: u32,
}

impl Cabinet {
    /// The newest notifications of this person, at most `limit`.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn notifications(&self, limit: u32, now: UtcMillis) -> Result<NotificationPage> {
        let mut inner = self.lock(now).await?;
        let mut items = Vec::new();
        // Unread and read ones stand in two parts of the index, each in order.
        for open in [1, 0] {
            let mut query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 5 AND open = ");
            query.push_bind(open).push(" ORDER BY at DESC, id DESC LIMIT ").push_bind(limit);
            for stored in inner.mirror.fetch(Kind::Notification, query).await? {
                if let AnyRecord::Notification(item) = stored.record()? {
                    items.push(item);
                }
            }
        }
        items.sort_by_key(|i| std::cmp::Reverse((i.created_at, i.id)));
        items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let count = QueryBuilder::new("SELECT count(*) FROM record WHERE kind = 5 AND open = 1");
        let unread: i64 = inner.mirror.fetch_row(count).await?.try_get(0)?;
        Ok(NotificationPage { items, unread: u32::try_from(unread).unwrap_or(u32::MAX) })
    }
}
