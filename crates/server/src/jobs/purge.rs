//! Forgetting what need not be remembered any longer.

use async_trait::async_trait;
use tokio::sync::watch;

use super::an_hour_passes;
use crate::writer::{Operation, Work, Writer};

/// Forgets old refusals, idempotency keys, tokens and jobs; the answer is how many rows went.
#[derive(Debug, Default)]
pub struct Purge(u64);

#[async_trait]
impl Operation for Purge {
    type Answer = u64;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let now = work.now();
        self.0 = work.tx().purge(now).await?;
        Ok(())
    }
    fn answer(self) -> Option<u64> {
        Some(self.0)
    }
}

/// Forgets once an hour until the server drains.
pub async fn forget_regularly(writer: Writer, mut drain: watch::Receiver<bool>) {
    while an_hour_passes(&mut drain).await {
        match writer.write(Purge::default()).await {
            Ok(rows) => tracing::info!(rows, "forgot what was old"),
            Err(error) => tracing::warn!(%error, "nothing could be forgotten"),
        }
    }
}
