//! Ending holds when their time has come, or when all must go.

use super::core::Core;

impl Core {
    /// Lets held commands go for as long as the engine lives; also while it is paused: they are queued then.
    ///
    /// Invariant: a hold ends by sending. “Hiding, locking, quitting, crashing and restarting send what was held.”
    pub(super) async fn holds(&self) -> std::convert::Infallible {
        let mut released = 0;
        loop {
            let seen = self.wanted();
            let all = seen.release != released;
            if let Err(error) = self.release(all).await {
                tracing::error!(%error, "holds could not be ended; it is tried again");
                self.clock.sleep(1_000).await;
                continue;
            }
            if all {
                released = seen.release;
                self.link.done.send_modify(|done| done.released = released);
            }
            let next = self.files.next_hold(self.now()).await.unwrap_or_default();
            let due = async {
                match next {
                    Some(at) => self.clock.sleep((at - self.clock.mono()).max(0)).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = self.until(|w| w.given != seen.given || w.release != seen.release) => {}
                () = due => {}
            }
        }
    }
    async fn release(&self, all: bool) -> mirror::Result<()> {
        let mono = (!all).then(|| self.clock.mono());
        let applied = self.files.release_holds(mono, self.now()).await?;
        if !applied.commands.is_empty() {
            self.link.wish.send_modify(|wish| wish.given += 1);
        }
        self.tell(applied);
        Ok(())
    }
}
