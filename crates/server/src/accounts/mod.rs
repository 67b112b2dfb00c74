//! # Accounts
//!
//! Passwords, tokens, sessions, devices, and the limits on failures (protocol.md, Auth). What stands in the database is changed
//! by the operations here, through the one writer.

mod limit;
mod operations;
mod password;
mod session;
mod token;

pub(crate) use limit::network;
pub use limit::{Counted, Failures, Limit};
pub use operations::{
    AccountChange, AskForMail, ChangeAccount, ChangePassword, EndDevice, EndSession, Heard, Open, Opened, Refresh, Refreshed, Register,
    Registered, ResetPassword, mail_job,
};
pub use password::{Busy, Cost, Passwords};
pub use session::{ACCESS, CLIENT, NoSession, Session, Sessions, session_user};
pub use token::{Purpose, Token, hash_of};
