//! Rotating tokens (protocol.md, Auth). A pair is made from its parent; siblings have the same one.

use async_trait::async_trait;
use domain::{audit::Hash, records::UserStatus};
use store::{AccountWrite, Pair};

use super::{Opened, account, desk_pair};
use crate::{
    accounts::Session,
    writer::{AccountNews, Operation, Work},
};

/// What presenting a refresh token led to.
#[derive(Debug)]
pub enum Refreshed {
    /// A new pair.
    Opened(Box<Opened>),
    /// There is no such token.
    Unknown,
    /// Its device was ended before.
    DeviceEnded,
    /// It no longer counts: somebody else has presented it, or a younger one. The device is ended now.
    Reused,
    /// Its account is disabled.
    Disabled,
}

/// Presents a refresh token.
#[derive(Debug)]
pub struct Refresh {
    hash: Hash,
    refreshed: Refreshed,
}

impl Refresh {
    /// The token of this hash.
    #[must_use]
    pub const fn new(hash: Hash) -> Self {
        Self { hash, refreshed: Refreshed::Unknown }
    }

    async fn present(&self, work: &mut Work) -> store::Result<Refreshed> {
        let Some(pair) = work.stored().pair_by_refresh(&self.hash).await? else { return Ok(Refreshed::Unknown) };
        let Some(id) = pair.device else { return Ok(Refreshed::Unknown) };
        let Some(device) = work.stored().device(id).await? else { return Ok(Refreshed::Unknown) };
        if device.ended_at.is_some() {
            return Ok(Refreshed::DeviceEnded);
        }
        let now = work.now();
        if pair.void {
            tracing::warn!("a refresh token that counts no longer was presented; its device is ended");
            work.write_accounts(vec![AccountWrite::EndDevice { device: id, at: now }]).await?;
            work.tell(AccountNews::Device(id));
            return Ok(Refreshed::Reused);
        }
        let Some(account) = account(work, pair.user).await? else { return Ok(Refreshed::Unknown) };
        if account.user.status != UserStatus::Active {
            return Ok(Refreshed::Disabled);
        }
        let shell = work.shell().clone();
        let mut session = Session::new(shell.uuid_at(now), account, Some(id), now);
        let (child, access, refresh) = desk_pair(&session, Some(pair.id), id, now, &shell);
        session.until = child.access_until;
        let void = AccountWrite::Void(overtaken(work, &pair).await?);
        work.write_accounts(vec![void, AccountWrite::Pair(child), AccountWrite::Seen { device: id, at: now }]).await?;
        Ok(Refreshed::Opened(Box::new(Opened { session, access, refresh: Some(refresh) })))
    }
}

/// What counts no longer once this pair's refresh token is presented: its siblings, and the parent they were made from.
async fn overtaken(work: &mut Work, pair: &Pair) -> store::Result<Vec<uuid::Uuid>> {
    let Some(parent) = pair.parent else { return Ok(Vec::new()) };
    let siblings = work.stored().pairs_of(parent).await?;
    let others = siblings.into_iter().filter(|sibling| sibling.id != pair.id && !sibling.void).map(|sibling| sibling.id);
    Ok(others.chain([parent]).collect())
}

#[async_trait]
impl Operation for Refresh {
    type Answer = Refreshed;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        self.refreshed = self.present(work).await?;
        Ok(())
    }
    fn answer(self) -> Option<Self::Answer> {
        Some(self.refreshed)
    }
}
