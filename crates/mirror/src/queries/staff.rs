//! Colleagues, and the organisation's settings.

use domain::{
    facts::Lookup,
    record::{AnyRecord, Kind},
    records::{Setting, Settings, User},
    time::UtcMillis,
};
use sqlx::QueryBuilder;

use crate::{cabinet::Cabinet, error::Result};

impl Cabinet {
    /// Colleagues to whom work can be given, by name.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn staff(&self, now: UtcMillis) -> Result<Vec<User>> {
        let mut inner = self.lock(now).await?;
        let query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 1 AND open = 1");
        let mut staff = Vec::new();
        for stored in inner.mirror.fetch(Kind::User, query).await? {
            if let AnyRecord::User(user) = stored.record()?
                && user.can_work()
            {
                staff.push(user);
            }
        }
        staff.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Ok(staff)
    }
    /// The settings that hold now, as far as they are here.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn settings(&self, now: UtcMillis) -> Result<Settings> {
        let mut inner = self.lock(now).await?;
        let found = inner.mirror.find(&Lookup::Settings).await?.unwrap_or_default();
        let all: Vec<&Setting> = found.iter().filter_map(|h| if let AnyRecord::Setting(s) = &*h.record { Some(s) } else { None }).collect();
        Ok(Settings::at(now, all))
    }
}
