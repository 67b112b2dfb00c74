//! Settings of the organisation.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    command::Act,
    decision::{Changes, Stop},
    id::SettingId,
    record::RecordRef,
    records::{Setting, SettingKey, Settings},
    role::Role,
    rule::{Cx, create, field, writes},
    time::UtcMillis,
};

/// `setting.set`: a value that holds from a moment on. A moment that has passed when the command arrives becomes that
/// arrival: a setting never changes what was promised before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Set {
    /// What to set.
    pub key: SettingKey,
    /// To what; each key has its own form.
    pub value: Value,
    /// From when on; at once when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<UtcMillis>,
}

impl Act for Set {
    const NAME: &'static str = "setting.set";
    const RULE: &'static str = "R-018";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        None
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        if matches!(self.key, SettingKey::Unknown(_)) {
            return field("key", Err(crate::text::Invalid::Unknown));
        }
        field("value", Settings::default().set(&self.key, &self.value))?;
        Ok(writes(vec![create(Setting {
            id: SettingId::from(cx.derived(0)),
            key: self.key.clone(),
            value: self.value.clone(),
            effective_from: self.effective_from.unwrap_or(cx.now).max(cx.now),
            set_by: cx.actor.person.clone(),
            created_at: cx.now,
        })]))
    }
}
