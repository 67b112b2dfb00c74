//! `meja-server audit …`

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::{hand::Hand, say, settings::Settings};

/// What can be asked of the audit.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Proves that nothing of it was changed: walks over the chain from its beginning to its head.
    Verify,
}

impl Audit {
    pub(crate) async fn run(self, settings: Settings) -> Result<()> {
        let Self::Verify = self;
        let hand = Hand::open(&settings).await?;
        let proved = server::chain::verify(&*hand.store).await;
        hand.close().await?;
        let proved = proved.context("the audit does not hold")?;
        say(&format!(
            "The audit holds: {} commits, {} acts, {} values, {} erased.",
            proved.links, proved.entries, proved.values, proved.erased
        ))
    }
}
