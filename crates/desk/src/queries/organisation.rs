//! What holds for the whole organisation, as far as the window sets it.

use bridge::{DeskError, OrgSetting, OrgSettings, OrgSettingsReply};
use domain::{
    records::{Setting, SettingKey, Settings},
    time::{SECOND, UtcMillis},
};
use mirror::queries::SettingLine;

use crate::{desk::Desk, error::file_error};

/// By how much the server's clock may be ahead of what is thought of it here, in milliseconds: what it has just taken must not look unset.
const AHEAD: i64 = 5 * SECOND;

impl Desk {
    /// The settings of the organisation that the window shows and sets.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn org_settings(&self, _: OrgSettings) -> Result<OrgSettingsReply, DeskError> {
        let work = self.inner.work().await?;
        let lines = work.cabinet.setting_lines(work.now()).await.map_err(file_error)?;
        let now = work.now().plus(AHEAD);
        let held = Settings::at(now, lines.iter().map(|line| &line.setting));
        Ok(OrgSettingsReply {
            uploaders: shown(&lines, &SettingKey::DesignUploaders, now, held.uploaders),
            retention_days: shown(&lines, &SettingKey::DesignRetentionDays, now, held.retention_days),
        })
    }
}

fn shown<T>(lines: &[SettingLine], key: &SettingKey, now: UtcMillis, value: T) -> OrgSetting<T> {
    let set = Setting::in_force(key, now, lines.iter().map(|line| &line.setting));
    let mark = set.and_then(|set| lines.iter().find(|line| line.setting.id == set.id)?.mark);
    OrgSetting { value, set: set.map(|it| (it.set_by.clone(), it.effective_from)), mark }
}
