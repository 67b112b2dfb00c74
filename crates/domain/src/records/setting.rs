//! Settings of the organisation: dated values, typed readers, safe defaults.

use serde_json::Value;
use std::ops::RangeInclusive;

use crate::{
    calendar::{Calendar, Holiday, WorkingHours},
    id::SettingId,
    record::{column_types, record},
    role::{Person, Role},
    text::Invalid,
    time::{UtcMillis, Zone},
    wire_enum::wire_enum,
};

wire_enum! {
    /// What can be set.
    pub enum SettingKey {
        /// The organisation's name: text of 1 to 120 characters.
        OrgName = "org.name",
        /// Its domain: text of 1 to 253 characters.
        OrgDomain = "org.domain",
        /// Its zone: an IANA name.
        OrgZone = "org.zone",
        /// When it answers: `{"days":[1,…],"from":480,"to":1020}`, minutes after midnight.
        OrgWorkingHours = "org.working_hours",
        /// When it is closed: a list of `{"date","kind","name"}`; replaces the whole table.
        OrgHolidays = "org.holidays",
        /// The promise of an answer, in minutes of working time: 1 to 14,400.
        ConsultationAnswerMinutes = "consultation.answer_minutes",
        /// Who uploads designs: `staff` (admin and CS) or `admin`.
        DesignUploaders = "design.uploaders",
        /// For how many days after an order has ended its files are kept in any case: 30 to 3,650.
        DesignRetentionDays = "design.retention_days",
    }
}
column_types! { Text: SettingKey; }

wire_enum! {
    /// Who uploads designs (C-13: the newer source says CS, the older one admins, so it can be set).
    pub enum Uploaders {
        /// Admins and CS.
        Staff = "staff",
        /// Admins alone.
        Admin = "admin",
    }
}

impl Uploaders {
    /// The roles that may.
    #[must_use]
    pub const fn roles(&self) -> &'static [Role] {
        match self {
            Self::Admin => &[Role::Admin],
            Self::Staff | Self::Unknown(_) => &[Role::Admin, Role::Cs],
        }
    }
}

record! {
    /// One dated value of a setting. Earlier values stay: what was promised yesterday was promised by yesterday's value.
    pub struct Setting(Setting) {
        /// Its id.
        pub id: SettingId,
        /// What is set.
        pub key: SettingKey,
        /// To what.
        pub value: Value,
        /// From when on.
        pub effective_from: UtcMillis,
        /// Who set it.
        pub set_by: Person,
        /// When they did.
        pub created_at: UtcMillis,
    }
}

impl Setting {
    /// The value of this key that holds at `now`, with who set it and when; nothing where the default does.
    #[must_use]
    pub fn in_force<'a>(key: &SettingKey, now: UtcMillis, all: impl IntoIterator<Item = &'a Self>) -> Option<&'a Self> {
        let holds = |it: &&Self| it.key == *key && it.effective_from <= now && Settings::default().set(key, &it.value).is_ok();
        all.into_iter().filter(holds).max_by_key(|it| it.rank())
    }
    /// By what of two values the later one is known.
    const fn rank(&self) -> (UtcMillis, UtcMillis, SettingId) {
        (self.effective_from, self.created_at, self.id)
    }
}

/// The settings that hold at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What the organisation is called; empty until somebody says so.
    pub org_name: String,
    /// Its domain; empty until somebody says so.
    pub org_domain: String,
    /// Its zone.
    pub zone: Zone,
    /// When it answers.
    pub hours: WorkingHours,
    /// When it is closed.
    pub holidays: Vec<Holiday>,
    /// The promise of an answer, in minutes of working time (ui.md: 3 hours).
    pub answer_minutes: u32,
    /// Who uploads designs.
    pub uploaders: Uploaders,
    /// For how many days after an order has ended its files are kept in any case.
    pub retention_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            org_name: String::new(),
            org_domain: String::new(),
            zone: Zone::Wib,
            hours: WorkingHours::default(),
            holidays: Holiday::bundled(),
            answer_minutes: 180,
            uploaders: Uploaders::Staff,
            retention_days: 365,
        }
    }
}

impl Settings {
    /// For how many days after an order has ended its files can be kept in any case.
    pub const RETENTION_DAYS: RangeInclusive<u32> = 30..=3_650;

    /// What holds at `now`, from all dated values. Of two values for the same moment the later written one holds.
    /// A value that a newer program wrote in a form we do not know leaves the default in place.
    #[must_use]
    pub fn at<'a>(now: UtcMillis, all: impl IntoIterator<Item = &'a Setting>) -> Self {
        let mut dated: Vec<&Setting> = all.into_iter().filter(|s| s.effective_from <= now).collect();
        dated.sort_by_key(|s| s.rank());
        let mut settings = Self::default();
        for setting in dated {
            let _ = settings.set(&setting.key, &setting.value);
        }
        settings
    }
    /// Takes over one value.
    ///
    /// # Errors
    /// [`Invalid`] when the key is unknown or the value is not one this key can have; nothing is changed then.
    pub fn set(&mut self, key: &SettingKey, value: &Value) -> Result<(), Invalid> {
        match key {
            SettingKey::OrgName => self.org_name = line(value, 120)?,
            SettingKey::OrgDomain => self.org_domain = line(value, 253)?,
            SettingKey::OrgZone => self.zone = value.as_str().ok_or(Invalid::Malformed)?.parse()?,
            SettingKey::OrgWorkingHours => {
                let hours: WorkingHours = serde_json::from_value(value.clone()).map_err(|_| Invalid::Malformed)?;
                if !hours.is_valid() {
                    return Err(Invalid::OutOfRange);
                }
                self.hours = hours;
            }
            SettingKey::OrgHolidays => self.holidays = holidays(value)?,
            SettingKey::ConsultationAnswerMinutes => {
                self.answer_minutes = whole(value, 1..=14_400)?;
            }
            SettingKey::DesignUploaders => match Uploaders::of_wire(value.as_str().ok_or(Invalid::Malformed)?) {
                Uploaders::Unknown(_) => return Err(Invalid::Unknown),
                known => self.uploaders = known,
            },
            SettingKey::DesignRetentionDays => self.retention_days = whole(value, Self::RETENTION_DAYS)?,
            SettingKey::Unknown(_) => return Err(Invalid::Unknown),
        }
        Ok(())
    }
    /// When the business works.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        Calendar::new(self.zone, self.hours.clone(), &self.holidays)
    }
}

fn line(value: &Value, most: usize) -> Result<String, Invalid> {
    let text = crate::text::clean_line(value.as_str().ok_or(Invalid::Malformed)?);
    match text.chars().count() {
        0 => Err(Invalid::Required),
        n if n > most => Err(Invalid::TooLong(most)),
        _ => Ok(text),
    }
}

/// A whole number within these bounds.
fn whole(value: &Value, bounds: RangeInclusive<u32>) -> Result<u32, Invalid> {
    let number = value.as_u64().ok_or(Invalid::Malformed)?;
    u32::try_from(number).ok().filter(|n| bounds.contains(n)).ok_or(Invalid::OutOfRange)
}

/// A table of holidays: at most 1,000 rows with names of at most 120 characters.
fn holidays(value: &Value) -> Result<Vec<Holiday>, Invalid> {
    let rows: Vec<Holiday> = serde_json::from_value(value.clone()).map_err(|_| Invalid::Malformed)?;
    if rows.len() > 1_000 || rows.iter().any(|h| h.name.chars().count() > 120) { Err(Invalid::TooLong(1_000)) } else { Ok(rows) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::Actor;
    use rstest::rstest;
    use serde_json::json;

    fn dated(key: SettingKey, value: Value, from: i64, written: i64) -> Setting {
        let id = SettingId::from_uuid(uuid::Uuid::from_u128(0x7000_8000_0000_0000_0000 | u128::try_from(written).unwrap()));
        let (effective_from, created_at) = (UtcMillis::from_ms(from), UtcMillis::from_ms(written));
        Setting { id, key, value, effective_from, set_by: Actor::system().person, created_at }
    }

    #[test]
    fn the_value_of_the_moment_holds() {
        let key = SettingKey::ConsultationAnswerMinutes;
        let all = [dated(key.clone(), json!(60), 100, 1), dated(key.clone(), json!(120), 200, 2), dated(key, json!(90), 200, 3)];
        let minutes = |now| Settings::at(UtcMillis::from_ms(now), &all).answer_minutes;
        assert_eq!([minutes(99), minutes(100), minutes(199), minutes(200)], [180, 60, 60, 90]);
    }

    #[test]
    fn the_value_in_force_is_the_one_that_holds() {
        let key = SettingKey::DesignUploaders;
        let all = [
            dated(key.clone(), json!("admin"), 100, 1),
            dated(key.clone(), json!("nobody"), 200, 2),
            dated(SettingKey::OrgName, json!("Ruang Karsa"), 200, 3),
            dated(key.clone(), json!("staff"), 300, 4),
        ];
        let at = |now| Setting::in_force(&key, UtcMillis::from_ms(now), &all).map(|it| it.value.clone());
        assert_eq!([at(99), at(100), at(250), at(300)], [None, Some(json!("admin")), Some(json!("admin")), Some(json!("staff"))]);
        for now in [99, 100, 250, 300] {
            let holds = Settings::at(UtcMillis::from_ms(now), &all).uploaders;
            assert_eq!(at(now).map_or(Uploaders::Staff, |value| Uploaders::of_wire(value.as_str().unwrap())), holds, "at {now}");
        }
    }

    #[rstest]
    #[case("org.zone", json!("Asia/Makassar"), Ok(()))]
    #[case("org.zone", json!("Europe/Berlin"), Err(Invalid::Unknown))]
    #[case("org.zone", json!(7), Err(Invalid::Malformed))]
    #[case("org.working_hours", json!({"days":[1,2],"from":480,"to":480}), Err(Invalid::OutOfRange))]
    #[case("org.working_hours", json!({"days":[8],"from":480,"to":500}), Err(Invalid::OutOfRange))]
    #[case("org.working_hours", json!([]), Err(Invalid::Malformed))]
    #[case("org.holidays", json!([{"date":"2028-01-01","kind":"public","name":"x"}]), Ok(()))]
    #[case("org.holidays", json!([{"date":"2028-01-41","kind":"public","name":"x"}]), Err(Invalid::Malformed))]
    #[case("consultation.answer_minutes", json!(0), Err(Invalid::OutOfRange))]
    #[case("consultation.answer_minutes", json!(-1), Err(Invalid::Malformed))]
    #[case("design.uploaders", json!("admin"), Ok(()))]
    #[case("design.uploaders", json!("cs"), Err(Invalid::Unknown))]
    #[case("design.uploaders", json!(["admin"]), Err(Invalid::Malformed))]
    #[case("design.retention_days", json!(30), Ok(()))]
    #[case("design.retention_days", json!(3_650), Ok(()))]
    #[case("design.retention_days", json!(29), Err(Invalid::OutOfRange))]
    #[case("design.retention_days", json!(3_651), Err(Invalid::OutOfRange))]
    #[case("design.retention_days", json!("365"), Err(Invalid::Malformed))]
    #[case("org.name", json!("  "), Err(Invalid::Required))]
    #[case("org.colour", json!("red"), Err(Invalid::Unknown))]
    fn values(#[case] key: &str, #[case] value: Value, #[case] expected: Result<(), Invalid>) {
        let mut settings = Settings::default();
        assert_eq!(settings.set(&SettingKey::of_wire(key), &value), expected);
        if expected.is_err() {
            assert_eq!(settings, Settings::default(), "a refused value changes nothing");
        }
    }
}
