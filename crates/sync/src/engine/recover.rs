//! What a failure means for the loop it happened in.

use domain::time::UtcMillis;
use mirror::Applied;
use std::sync::atomic::Ordering;

use super::{Ended, core::Core, link::Wish};
use crate::{backoff::Backoff, fault::Fault};

/// What went wrong in a loop.
#[derive(Debug)]
pub(super) enum Trouble {
    /// An exchange failed.
    Fault(Fault),
    /// The files refused.
    Files(mirror::Error),
    /// The server says that our position is of another database, another history or other rights.
    Reset,
    /// The mirror was found to be wrong.
    Wrong,
    /// The walk does not stand any more where what was read goes on.
    Moved,
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        let reset = fault.status() == Some(410) && fault.code() == Some("cursor_reset");
        if reset { Self::Reset } else { Self::Fault(fault) }
    }
}
impl From<mirror::Error> for Trouble {
    fn from(error: mirror::Error) -> Self {
        Self::Files(error)
    }
}

/// What ends more than one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// The mirror is to be begun anew.
    Anew,
    /// Somebody must log in again.
    Session,
    /// The engine ends.
    Ended(Ended),
}

/// What a fault ends. The three meanings of 401 (protocol.md, Auth): an expired token was renewed before it came so far.
pub(super) fn ends(fault: &Fault) -> Option<Break> {
    match (fault.status()?, fault.code()?) {
        (401, "device_ended" | "token_reused") => Some(Break::Ended(Ended::DeviceEnded)),
        (401, "token_unknown") | (403, "account_disabled" | "not_staff") => Some(Break::Session),
        _ => None,
    }
}

impl Core {
    /// Waits after a failed try, or says what it ends. `seen` was taken before the try.
    pub(super) async fn recover(&self, trouble: Trouble, seen: Wish, backoff: &mut Backoff) -> Result<(), Break> {
        let (fault, stuck) = match trouble {
            Trouble::Reset | Trouble::Wrong => return Err(Break::Anew),
            Trouble::Moved => return Ok(()),
            Trouble::Files(error) if error.is_damage() => {
                tracing::error!(%error, "a file of the desk is damaged");
                return Err(Break::Ended(Ended::Damaged));
            }
            Trouble::Files(error) => {
                tracing::error!(%error, "a file of the desk cannot be used; it is tried again");
                (None, Some("disk"))
            }
            Trouble::Fault(fault) => {
                if let Some(end) = ends(&fault) {
                    return Err(end);
                }
                let stuck = fault.stuck();
                (Some(fault), stuck)
            }
        };
        let for_network = fault.as_ref().is_some_and(|f| !matches!(f, Fault::Problem { .. }));
        let (now, mono): (UtcMillis, i64) = (self.now(), self.clock.mono());
        self.link.line().fail(stuck, for_network, now, mono);
        self.show();
        let ms = backoff.next(fault.as_ref(), self.clock.jitter());
        tracing::debug!(?fault, ms, "a try failed");
        // What succeeded before this failure is no reason to hurry.
        self.wait(ms, Wish { met: self.wanted().met, ..seen }, for_network).await;
        Ok(())
    }
    /// Begins a new mirror: beside the one that is shown, or in its place if this person's rights are others. The server is
    /// asked first which they are.
    pub(super) async fn begin_anew(&self) -> Result<(), Break> {
        let mut backoff = Backoff::default();
        loop {
            let seen = self.wanted();
            match self.try_anew().await {
                Ok(applied) => {
                    self.rights_changed.store(false, Ordering::Relaxed);
                    self.tell(applied);
                    return Ok(());
                }
                Err(trouble) => self.recover(trouble, seen, &mut backoff).await?,
            }
        }
    }
    async fn try_anew(&self) -> Result<Applied, Trouble> {
        self.ask_rights().await?;
        let drop_old = self.rights_changed.load(Ordering::Relaxed);
        tracing::info!(drop_old, "the mirror begins anew");
        Ok(self.files.begin_anew(drop_old, self.now()).await?)
    }
}
