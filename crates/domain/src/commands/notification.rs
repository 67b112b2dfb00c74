//! A person's own list of notifications.

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    decision::{Changes, Stop},
    facts::Key,
    id::NotificationId,
    record::{Kind, RecordRef},
    records::Notification,
    role::Role,
    rule::{Cx, key, writes},
    text::Invalid,
};

/// `notification.read`: these were read. Saying so again changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Read {
    /// Which, at most 500.
    pub ids: Vec<NotificationId>,
}

/// The most notifications in one command.
const MOST: usize = 500;

impl Act for Read {
    const NAME: &'static str = "notification.read";
    const RULE: &'static str = "R-113";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs, Role::Expert, Role::Client];

    fn subject(&self) -> Option<RecordRef> {
        self.ids.first().map(|id| RecordRef::new(Kind::Notification, *id))
    }
    fn keys(&self) -> Vec<Key> {
        self.ids.iter().take(MOST).map(|id| key(Kind::Notification, *id)).collect()
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        if self.ids.len() > MOST {
            return crate::rule::field("ids", Err(Invalid::TooLong(MOST)));
        }
        let mut ids = self.ids.clone();
        ids.sort();
        ids.dedup();
        let mut all = Vec::new();
        for id in ids {
            let mut read = cx.read::<Notification>(id)?;
            if read.record.read_at.is_none() {
                read.record.read_at = Some(cx.now);
                all.push(read.write());
            }
        }
        Ok(writes(all))
    }
}
