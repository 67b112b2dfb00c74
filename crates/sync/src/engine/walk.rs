//! The walk downwards from the first head: history, beside the live feed.

use super::{
    core::Core,
    recover::{Break, Trouble},
};
use crate::{backoff::Backoff, transport::Ask};

impl Core {
    /// Walks until the beginning is reached, then rests.
    pub(super) async fn walk(&self) -> Break {
        let mut backoff = Backoff::default();
        loop {
            let seen = self.wanted();
            match self.try_walk(&mut backoff).await {
                Ok(()) => return std::future::pending().await,
                Err(trouble) => {
                    if let Err(end) = self.recover(trouble, seen, &mut backoff).await {
                        return end;
                    }
                }
            }
        }
    }
    async fn try_walk(&self, backoff: &mut Backoff) -> Result<(), Trouble> {
        let stand = self.files.stand().await?;
        if let Some(before) = stand.walk.filter(|_| !stand.walked) {
            self.read(Ask::down(before), backoff).await?;
        }
        self.link.line().complete = true;
        self.show();
        Ok(())
    }
}
