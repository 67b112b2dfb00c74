//! The organisation's settings, of the desk inside the window.

use bridge::{DeskError, OrgSetting, OrgSettings, OrgSettingsReply};
use domain::{
    id::SettingId,
    record::{AnyRecord, Kind, Record as _, RecordRef},
    records::{Setting, SettingKey, Settings},
    time::DAY,
};
use serde_json::Value;

use super::{
    desk::{Desk, Layer},
    sample::{BEGIN, colleague, id},
    situation::Situation,
};

/// What a colleague has set.
pub(super) fn records(situation: &Situation) -> Vec<AnyRecord> {
    let at = BEGIN.plus(-9 * DAY);
    let set = |n, key, value: Value| {
        Setting { id: SettingId::from(id(14, n)), key, value, effective_from: at, set_by: colleague(1), created_at: at }.any()
    };
    let uploaders = situation.uploaders.iter().map(|value| set(0, SettingKey::DesignUploaders, value.as_str().into()));
    let retention = situation.retention.map(|days| set(1, SettingKey::DesignRetentionDays, days.into()));
    uploaders.chain(retention).collect()
}

impl Desk {
    /// What holds now.
    pub(super) fn org_settings(&mut self, _: &OrgSettings) -> Result<OrgSettingsReply, DeskError> {
        self.trouble()?;
        let held = Settings::at(self.now, self.all::<Setting>(Layer::Shown));
        Ok(OrgSettingsReply {
            uploaders: self.org_setting(&SettingKey::DesignUploaders, held.uploaders),
            retention_days: self.org_setting(&SettingKey::DesignRetentionDays, held.retention_days),
        })
    }
    fn org_setting<T>(&self, key: &SettingKey, value: T) -> OrgSetting<T> {
        let set = Setting::in_force(key, self.now, self.all::<Setting>(Layer::Shown));
        let mark = set.and_then(|it| self.urgent(RecordRef::new(Kind::Setting, it.id))).map(|command| command.state);
        OrgSetting { value, set: set.map(|it| (it.set_by.clone(), it.effective_from)), mark }
    }
}
