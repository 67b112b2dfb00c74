//! Who sits here: server, session, vault.

use domain::{
    id::UserId,
    role::Role,
    text::Label,
    time::{UtcMillis, Zone},
};
use serde::{Deserialize, Serialize};

/// Is there a Meja server at this address?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerCheck {
    /// What the person typed: `meja.ruangkarsa.id`, `127.0.0.1:8787`, a whole URL.
    pub address: String,
}

/// What was found there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInfo {
    /// The address in its full form, as it will be kept: `https://meja.ruangkarsa.id`.
    pub address: String,
    /// How people read it: without scheme and path.
    pub shown: String,
    /// The organisation's name, if the server says one.
    pub org_name: Option<String>,
    /// What is wrong; nothing when it can be used.
    pub problem: Option<ServerProblem>,
}

/// Why a server cannot be used, each with its own words and next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerProblem {
    /// The text is not an address.
    BadAddress,
    /// No such host, refused, or no answer in time.
    Unreachable,
    /// Plain HTTP to another machine: only loopback may.
    PlainHttp,
    /// Nobody trusted has signed the certificate.
    Tls,
    /// The certificate is over, or has not begun, by this computer's clock.
    TlsDate,
    /// The certificate is for another host.
    TlsName,
    /// A page of a network's login stands in the way.
    CaptivePortal,
    /// Something answers, but not a Meja server.
    NotMeja,
    /// The server is up and not ready (its database or files).
    NotReady,
}

/// Logs in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// The server, in its full form.
    pub address: String,
    /// The address of the account.
    pub email: String,
    /// Its password.
    pub password: String,
    /// Six digits, or a recovery code, after `code_required`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// «Ingat saya di komputer ini»: off keeps the refresh token in memory only.
    pub remember: bool,
}
impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Login { .. }")
    }
}

/// Logs out. What is still unsent stays in its file on this computer, and is sent after the next login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logout {
    /// Also if something is unsent.
    pub anyway: bool,
}

/// Whether it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutReply {
    /// How many commands are unsent; if any and not `anyway`, nothing was done.
    pub unsent: u32,
    /// Whether the person is logged out now.
    pub done: bool,
}

/// Locks the desk: names leave the window, and only the account's password brings them back. Nothing happens when nobody is at
/// work; the answer is who sits here then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {}

/// Gives up the files that a forgotten passphrase guards. They are set aside as they are, with what was never sent from here;
/// the answer is the login, or a new passphrase to choose where somebody has logged in already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartAfresh {}

/// Opens the files: by the account's password, or by the passphrase that stands in for a missing keyring. The first time
/// without a keyring it chooses the passphrase.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlock {
    /// What was typed.
    pub secret: String,
}
impl std::fmt::Debug for Unlock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unlock { .. }")
    }
}

/// Asks for a mail with a code for a new password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forgot {
    /// The server, in its full form.
    pub address: String,
    /// The address of the account.
    pub email: String,
}

/// Sets a new password with the code from the mail.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPassword {
    /// The server, in its full form.
    pub address: String,
    /// The code from the mail.
    pub token: String,
    /// The new password.
    pub password: String,
}
impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword { .. }")
    }
}

/// The operating system's keyring, as the desk finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VaultState {
    /// It answers.
    Ok,
    /// It is there and locked, or does not answer in time.
    Locked,
    /// There is none.
    Absent,
}

/// Who sits here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInfo {
    /// Their account.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// The address they log in with.
    pub email: String,
    /// What they are here for.
    pub roles: Vec<Role>,
    /// The organisation's name; empty until it is set.
    pub org_name: String,
    /// The organisation's zone: days and times of the window are in it.
    pub zone: Zone,
    /// The server's address as people read it.
    pub server: String,
    /// What the device is called.
    pub device: Option<Label>,
}

/// What the window shows first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SessionState {
    /// Nobody is logged in: «Masuk».
    LoggedOut {
        /// The server used last.
        server: Option<ServerInfo>,
        /// The address used last.
        email: Option<String>,
        /// Unsent commands of that account that wait in their file.
        unsent: u32,
    },
    /// The keyring is missing or locked: a passphrase, with an explanation.
    NeedsPassphrase {
        /// What is wrong with the keyring.
        vault: VaultState,
        /// Whether a passphrase is chosen now, or an earlier one asked for.
        choose: bool,
        /// Whose files they are.
        email: Option<String>,
    },
    /// The files are closed; the account's password opens them.
    Locked {
        /// Whose they are.
        session: SessionInfo,
        /// Since when.
        since: UtcMillis,
    },
    /// Somebody is at work.
    Open {
        /// Who.
        session: SessionInfo,
    },
    /// Somebody ended this device: the copy here is destroyed, unsent work waits.
    Revoked {
        /// The server used last.
        server: Option<ServerInfo>,
        /// The address of the account.
        email: String,
        /// Commands that were never sent.
        unsent: u32,
    },
}
