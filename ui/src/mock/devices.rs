//! Where people are logged in, and a new password, as the server would say it.

use bridge::{ChangePassword, DeskError, Devices, DevicesReply, EndDevice, ErrorCode, PasswordChanged};
use domain::{
    decision::{Beside, Refusal},
    id::{DeviceId, UserId},
    password::Password,
    role::Role,
    time::{DAY, HOUR, MINUTE},
    wire::DeviceInfo,
};

use super::{
    account::{OFTEN, WRONG},
    desk::Desk,
    sample::{self, BEGIN},
    situation::Trouble,
};

/// Name, system, and how long ago it was last heard of; the first one is this one.
const MINE: [(&str, &str, i64); 3] =
    [("Laptop kantor", "linux", 0), ("Laptop rumah", "windows", 26 * HOUR), ("MacBook lama", "macos", 40 * DAY)];
/// The same of a colleague.
const THEIRS: [(&str, &str, i64); 2] = [("Laptop meja depan", "windows", 12 * MINUTE), ("Laptop cadangan", "linux", 9 * DAY)];

impl Desk {
    /// Whether the server can be asked.
    pub(super) fn asks(&self) -> Result<(), DeskError> {
        match self.situation.trouble {
            Trouble::Error => Err(DeskError::new(ErrorCode::Internal)),
            _ if self.online => Ok(()),
            _ => Err(DeskError::new(ErrorCode::Unreachable)),
        }
    }
    fn devices_of(&self, user: UserId) -> Vec<DeviceInfo> {
        let mine = user == self.me().id;
        let rows: &[(&str, &str, i64)] = if mine { &MINE } else { &THEIRS };
        let device = |(n, (name, platform, ago)): (usize, &(&str, &str, i64))| DeviceInfo {
            id: device_id(user, n),
            name: (*name).to_owned(),
            platform: (*platform).to_owned(),
            created_at: BEGIN.plus(-90 * DAY),
            last_seen_at: if *ago == 0 { self.now } else { BEGIN.plus(-ago) },
            current: mine && n == 0,
        };
        rows.iter().enumerate().map(device).filter(|device| !self.ended.contains(&device.id)).collect()
    }
    /// Somebody's devices.
    pub(super) fn devices(&mut self, query: &Devices) -> Result<DevicesReply, DeskError> {
        self.asks()?;
        let user = query.of.unwrap_or_else(|| self.me().id);
        if user != self.me().id && !self.situation.roles.contains(&Role::Admin) {
            return Err(DeskError { refusal: Some("not_allowed".to_owned()), ..DeskError::new(ErrorCode::Refused) });
        }
        Ok(DevicesReply { devices: self.devices_of(user), at: self.now })
    }
    /// What the server does beside the records. It sends no mail here, and no colleague has a second factor.
    pub(super) fn do_beside(&mut self, all: &[Beside]) {
        for beside in all {
            match *beside {
                Beside::EndSessions(user) => {
                    let theirs: Vec<DeviceId> = self.devices_of(user).iter().map(|device| device.id).collect();
                    self.ended.extend(theirs);
                }
                Beside::EndDevice(_, device) => _ = self.ended.insert(device),
                Beside::DropFactor(_) | Beside::MailToken(_) => {}
            }
        }
    }
    /// Ends one of one's own.
    pub(super) fn end_device(&mut self, query: &EndDevice) -> Result<(), DeskError> {
        self.asks()?;
        let known = self.devices_of(self.me().id).iter().any(|device| device.id == query.id);
        if !known {
            return Err(DeskError::new(ErrorCode::NotFound));
        }
        self.ended.insert(query.id);
        Ok(())
    }
    /// Another password: any but «salah» is the current one, «sering» was tried too often.
    pub(super) fn change_password(&mut self, query: &ChangePassword) -> Result<PasswordChanged, DeskError> {
        if let Err(why) = Password::new(&query.new) {
            let Refusal { code, details, .. } = Refusal::invalid("new", why);
            let refusal = Some(code.wire().to_owned());
            return Err(DeskError { refusal, details: Some(details), ..DeskError::new(ErrorCode::Refused) });
        }
        self.asks()?;
        match query.current.as_str() {
            WRONG => return Err(DeskError::new(ErrorCode::InvalidCredentials)),
            OFTEN => return Err(DeskError { retry_after: Some(30), ..DeskError::new(ErrorCode::TooManyTries) }),
            _ => self.password = Some(query.new.clone()),
        }
        let others: Vec<DeviceId> = self.devices_of(self.me().id).iter().filter(|device| !device.current).map(|device| device.id).collect();
        self.ended.extend(others);
        Ok(PasswordChanged { unlocks: true })
    }
}

/// The `n`-th device of a person.
fn device_id(user: UserId, n: usize) -> DeviceId {
    let person = u32::try_from(user.uuid().as_u128() % 1_000).unwrap_or(0);
    DeviceId::from_uuid(sample::id(8, person * 10 + u32::try_from(n).unwrap_or(0)).uuid())
}
