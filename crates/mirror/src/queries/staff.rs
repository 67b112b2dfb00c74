//! Colleagues, and the organisation's settings.

use domain::{
    facts::{Held, Lookup},
    record::{AnyRecord, Kind},
    records::{Setting, Settings, User},
    status::CommandState,
    time::UtcMillis,
};
use sqlx::QueryBuilder;

use crate::{cabinet::Cabinet, error::Result};

/// Somebody of the staff, as they are shown here.
#[derive(Clone, Debug, PartialEq)]
pub struct Colleague {
    /// Their account.
    pub user: User,
    /// Whether something of it is only this desk's.
    pub ours: bool,
    /// The most urgent command about them that is not finished.
    pub mark: Option<CommandState>,
}

/// A dated value of a setting, as it is shown here.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingLine {
    /// The value.
    pub setting: Setting,
    /// The command that sets it, while it is not finished.
    pub mark: Option<CommandState>,
}

impl Cabinet {
    /// Colleagues to whom work can be given, by name.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn staff(&self, now: UtcMillis) -> Result<Vec<User>> {
        let people = self.people(now).await?;
        Ok(people.into_iter().map(|person| person.user).filter(User::can_work).collect())
    }
    /// Everybody of the staff, by name.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn people(&self, now: UtcMillis) -> Result<Vec<Colleague>> {
        let mut inner = self.lock(now).await?;
        let query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 1 AND open = 1");
        let (stored, marks) = (inner.mirror.fetch(Kind::User, query).await?, inner.marks());
        let mut people = Vec::with_capacity(stored.len());
        for stored in stored {
            if let AnyRecord::User(user) = stored.record()? {
                let mark = marks.get(&stored.name).map(|(state, _)| *state);
                people.push(Colleague { user, ours: stored.ours, mark });
            }
        }
        people.sort_by(|a, b| (&a.user.name, a.user.id).cmp(&(&b.user.name, b.user.id)));
        Ok(people)
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
    /// All dated values of all settings, as far as they are here.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn setting_lines(&self, now: UtcMillis) -> Result<Vec<SettingLine>> {
        let mut inner = self.lock(now).await?;
        let (found, marks) = (inner.mirror.find(&Lookup::Settings).await?.unwrap_or_default(), inner.marks());
        let line = |held: &Held| {
            let AnyRecord::Setting(setting) = &*held.record else { return None };
            let mark = marks.get(&held.record.reference()).map(|(state, _)| *state);
            Some(SettingLine { setting: setting.clone(), mark })
        };
        Ok(found.iter().filter_map(line).collect())
    }
}
