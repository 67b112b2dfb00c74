//! Logging in, staying logged in, and getting back in (protocol.md, Auth). Secrets are plain text here and nowhere else: no
//! `Debug` shows them.

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::{
    id::{DeviceId, UserId},
    name::{Email, PersonName},
    role::Role,
    time::UtcMillis,
};

/// What a desk calls itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeviceName {
    /// What people call the device.
    pub name: String,
    /// Its system: `linux`, `windows`, `macos`.
    pub platform: String,
}

macro_rules! secret {
    ($($(#[$doc:meta])* pub struct $name:ident { $($(#[$fdoc:meta])* pub $field:ident: $ty:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty,)* }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(concat!(stringify!($name), " { .. }")) }
        }
    )*};
}

secret! {
    /// `POST /v1/auth/login`; for clients, who have no device, `POST /api/auth/login`.
    pub struct Login {
        /// The address.
        pub email: String,
        /// The password.
        pub password: String,
        /// The device; only for `/v1`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub device: Option<DeviceName>,
        /// The code of the second factor, or a recovery code, where the account has a second factor.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub code: Option<String>,
    }
    /// `POST /v1/auth/second-factor`.
    pub struct SecondFactorBegin {
        /// The password that holds.
        pub password: String,
    }
    /// What an authenticator needs to know, told once.
    pub struct SecondFactorSecret {
        /// The secret in base32 (RFC 4648, without padding), for whoever types it.
        pub secret: String,
        /// The same as an `otpauth://` address, for a QR code.
        pub uri: String,
    }
    /// `POST /v1/auth/second-factor/confirm` and `POST /v1/auth/second-factor/recovery`.
    pub struct SecondFactorCode {
        /// Six digits from the authenticator; for new recovery codes also one of the old.
        pub code: String,
    }
    /// `POST /v1/auth/second-factor/off`.
    pub struct SecondFactorOff {
        /// The password that holds.
        pub password: String,
        /// Six digits from the authenticator, or a recovery code.
        pub code: String,
    }
    /// The codes that stand in for the authenticator, each once; told once.
    pub struct RecoveryCodes {
        /// Ten of the form `xxxx-xxxx-xxxx`.
        pub recovery_codes: Vec<String>,
    }
    /// `POST /v1/auth/refresh`.
    pub struct Refresh {
        /// The newest refresh token.
        pub refresh_token: String,
    }
    /// `POST …/auth/password`.
    pub struct PasswordChange {
        /// The password that holds.
        pub current: String,
        /// The one that shall.
        pub new: String,
    }
    /// `POST …/auth/forgot`.
    pub struct Forgot {
        /// The address.
        pub email: String,
    }
    /// `POST …/auth/reset`.
    pub struct PasswordReset {
        /// The token from the mail.
        pub token: String,
        /// The password that shall hold.
        pub new_password: String,
    }
    /// What a desk gets when somebody logs in or refreshes.
    pub struct Session {
        /// For every request; opaque.
        pub access_token: String,
        /// Seconds until it expires.
        pub expires_in: i64,
        /// For the next pair.
        pub refresh_token: String,
        /// This device.
        pub device_id: DeviceId,
        /// Who logged in.
        pub user: SessionUser,
        /// The server's clock.
        pub server_time: UtcMillis,
    }
    /// What a client gets when they register or log in.
    pub struct ApiSession {
        /// For every request; opaque; lives 12 hours.
        pub access_token: String,
        /// Seconds until it expires.
        pub expires_in: i64,
        /// Who logged in.
        pub user: SessionUser,
    }
}

/// Who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionUser {
    /// Their account.
    pub id: UserId,
    /// What they are called.
    pub name: PersonName,
    /// The address they log in with.
    pub email: Email,
    /// The first of their roles.
    pub role: Role,
    /// All of them.
    pub roles: Vec<Role>,
}

/// Who asks, on which device, and what time it is at the server: `GET /v1/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// The person.
    #[serde(flatten)]
    pub user: SessionUser,
    /// The device they sit at.
    pub device_id: Option<DeviceId>,
    /// The server's clock.
    pub server_time: UtcMillis,
}

/// Whether somebody of the staff has a second factor, for `GET /v1/auth/second-factor`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecondFactor {
    /// Whether it is asked for when they log in.
    pub on: bool,
    /// Since when; nothing while it is off.
    pub since: Option<UtcMillis>,
    /// How many recovery codes were not used.
    pub recovery_left: u32,
}

/// One device, for `GET /v1/devices` and `GET /v1/users/{id}/devices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeviceInfo {
    /// Its id.
    pub id: DeviceId,
    /// What people call it.
    pub name: String,
    /// Its system.
    pub platform: String,
    /// When somebody logged in on it.
    pub created_at: UtcMillis,
    /// When it was last heard of.
    pub last_seen_at: UtcMillis,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// The devices on which somebody is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeviceList {
    /// Newest first; those that were ended are left out.
    pub items: Vec<DeviceInfo>,
}
