//! What is written about accounts.

mod change;
mod end;
mod factor;
mod mail;
mod open;
mod refresh;
mod register;
mod staff;

pub use change::{ChangePassword, ResetPassword};
pub use end::{EndDevice, EndSession, Heard};
pub use factor::{BeginFactor, ChangeFactor, FactorChange, FactorError};
pub use mail::{AskForMail, mail_job};
pub use open::{Open, Opened};
pub use refresh::{Refresh, Refreshed};
pub use register::{Register, Registered};
pub use staff::{AccountChange, ChangeAccount};

use domain::{id::DeviceId, time::UtcMillis};
use store::Pair;
use uuid::Uuid;

use super::{
    session::{ACCESS, CLIENT, Session},
    token::{Purpose, Token},
};
use crate::{shell::Shell, writer::Work};

/// A new pair for a desk, with its tokens in plain text.
fn desk_pair(session: &Session, parent: Option<Uuid>, device: DeviceId, now: UtcMillis, shell: &Shell) -> (Pair, Token, Token) {
    let (access, refresh) = (Token::new(Purpose::Access, shell), Token::new(Purpose::Refresh, shell));
    let pair = Pair {
        id: session.pair,
        parent,
        user: session.user.id,
        device: Some(device),
        access_hash: access.hash(),
        access_until: now.plus(ACCESS),
        refresh_hash: Some(refresh.hash()),
        created_at: now,
        void: false,
    };
    (pair, access, refresh)
}

/// A new token for a client: a pair without the second half.
fn client_pair(session: &Session, now: UtcMillis, shell: &Shell) -> (Pair, Token) {
    let access = Token::new(Purpose::Access, shell);
    let pair = Pair {
        id: session.pair,
        parent: None,
        user: session.user.id,
        device: None,
        access_hash: access.hash(),
        access_until: now.plus(CLIENT),
        refresh_hash: None,
        created_at: now,
        void: false,
    };
    (pair, access)
}

/// The account of a person, with what this transaction makes of it.
async fn account(work: &mut Work, user: domain::id::UserId) -> store::Result<Option<store::Account>> {
    let Some(mut account) = work.stored().account(user).await? else { return Ok(None) };
    if let Some(user) = work.user(user).await? {
        account.user = user;
    }
    Ok(Some(account))
}
