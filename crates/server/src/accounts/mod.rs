//! # Accounts
//!
//! Passwords, tokens, sessions, devices, and the limits on failures (protocol.md, Auth). What stands in the database is changed
//! by the operations here, through the one writer.

mod limit;
mod operations;
mod password;
mod recovery;
mod seal;
mod session;
mod token;
mod totp;

pub(crate) use limit::network;
pub use limit::{Counted, Failures, Limit};
pub use operations::{
    AccountChange, AskForMail, BeginFactor, ChangeAccount, ChangeFactor, ChangePassword, EndDevice, EndSession, FactorChange, FactorError,
    Heard, Open, Opened, Refresh, Refreshed, Register, Registered, ResetPassword, mail_job,
};
pub use password::{Busy, Cost, Passwords};
pub use seal::{KeyFile, Seal, SealError};
pub use session::{ACCESS, CLIENT, NoSession, Session, Sessions, session_user};
pub use token::{Purpose, Token, hash_of};
#[cfg(test)]
pub(crate) use totp::code_at;
