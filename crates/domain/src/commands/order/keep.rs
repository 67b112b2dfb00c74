//! What the staff keeps with an order: a note, whose it is, and whether it is there at all.

use serde::{Deserialize, Serialize};

use super::{WORKED_BY, alive, named, open, stamp, tell};
use crate::{
    command::Act,
    commands::item,
    decision::{Changes, Code, Refusal, Stop},
    facts::Key,
    id::{OrderId, UserId},
    record::RecordRef,
    records::{Client, Deletion, NotificationKind, Order, User},
    role::Role,
    rule::{Cx, field, required_reason, writes},
    text::NoteText,
};

/// `order.set_note`: what the staff keeps in mind with an order (`catatan_admin`); blank takes it away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetNote {
    /// The order.
    pub id: OrderId,
    /// At most 2000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Act for SetNote {
    const NAME: &'static str = "order.set_note";
    const RULE: &'static str = "R-005, R-075";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let note = field("note", NoteText::optional(self.note.as_deref()))?;
        let mut read = alive(cx, self.id)?;
        read.record.staff_note = note;
        stamp(cx, &mut read.record, None, None);
        Ok(writes(vec![read.write()]))
    }
}

/// `order.assign`: «Teruskan» to a colleague who sees orders, who is told; nobody to take it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assign {
    /// The order.
    pub id: OrderId,
    /// To whom.
    #[serde(default)]
    pub to: Option<UserId>,
}

impl Act for Assign {
    const NAME: &'static str = "order.assign";
    const RULE: &'static str = "R-017";
    const ROLES: &'static [Role] = WORKED_BY;

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn keys(&self) -> Vec<Key> {
        item::hand_over_keys(named(self.id), self.to)
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let mut read = open(cx, self.id)?;
        let may = |user: &User| user.can_work() && user.roles.iter().any(|role| WORKED_BY.contains(role));
        let given = item::hand_over(cx, named(self.id), &read.record.client_name, self.to, may)?;
        read.record.assignee = given.to;
        stamp(cx, &mut read.record, None, None);
        Ok(writes([read.write()].into_iter().chain(given.told).collect()))
    }
}

/// `order.delete`: softly, by an admin, with a reason that its client is told (C-37). It leaves every list but the admins'.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Delete {
    /// The order.
    pub id: OrderId,
    /// Why, 3 to 500 characters.
    #[serde(default)]
    pub reason: String,
}

impl Act for Delete {
    const NAME: &'static str = "order.delete";
    const RULE: &'static str = "C-37";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let reason = required_reason(&self.reason, "C-37")?.to_string();
        let mut read = alive(cx, self.id)?;
        let it = &mut read.record;
        item::not_claimed_by_other(cx, it)?;
        item::let_go(it);
        it.deleted = Some(Deletion { by: cx.actor.person.clone(), at: cx.now, reason: reason.clone() });
        stamp(cx, it, Some(&reason), None);
        let told = tell(cx, it, NotificationKind::OrderDeleted, Some(reason.clone()));
        Ok(Changes { writes: [read.write()].into_iter().chain(told).collect(), reason: Some(reason), ..Changes::default() })
    }
}

/// `order.restore`: an admin brings a deleted order back, as it stood; and its client, where that was taken back with an import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Restore {
    /// The order.
    pub id: OrderId,
}

impl Act for Restore {
    const NAME: &'static str = "order.restore";
    const RULE: &'static str = "C-37";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let mut read = cx.read::<Order>(self.id)?;
        if read.record.deleted.take().is_none() {
            return Err(Refusal::new(Code::NotDeleted, "C-37").into());
        }
        stamp(cx, &mut read.record, None, None);
        // The client may have been taken back with the import that made both: an order has a client.
        let client = cx.lookup::<Client>(read.record.client_id)?.filter(|client| client.record.removed_at.is_some());
        let back = client.map(|mut client| {
            (client.record.removed_at, client.record.updated_at) = (None, cx.now);
            client.write()
        });
        Ok(writes([read.write()].into_iter().chain(back).collect()))
    }
}
