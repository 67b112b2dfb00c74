//! `meja-server client …`: what the law gives clients.

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use domain::{
    commands::client::{Erase, Export},
    id::ClientId,
    name::Email,
    records::Client,
};
use server::{
    accounts::AccountChange,
    client_data::{export, lookup},
};

use crate::{hand::Hand, say, settings::Settings, user::give};

/// What can be done for a client.
#[derive(Debug, Subcommand)]
pub(crate) enum ClientData {
    /// Prints everything of a client that is theirs to read, as JSON.
    Export {
        #[command(flatten)]
        who: Who,
    },
    /// Erases everything that tells who a client is. Numbers, days and verdicts stay; the audit still verifies.
    Erase {
        #[command(flatten)]
        who: Who,
        /// Yes, it cannot be undone.
        #[arg(long)]
        yes: bool,
    },
}

/// Which client.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Who {
    /// By the address they log in with.
    #[arg(long)]
    email: Option<String>,
    /// By their id.
    #[arg(long)]
    id: Option<String>,
}

impl ClientData {
    pub(crate) async fn run(self, settings: Settings) -> Result<()> {
        let hand = Hand::open(&settings).await?;
        let done = self.with(&hand).await;
        hand.close().await?;
        done
    }

    async fn with(self, hand: &Hand) -> Result<()> {
        match self {
            Self::Export { who } => {
                let client = find(hand, &who).await?;
                if client.erased_at.is_none() {
                    give(hand, Export { id: client.id }.into(), None, AccountChange::Record).await?;
                }
                let export = export(&*hand.store, &hand.shell, client).await?;
                say(&serde_json::to_string_pretty(&export)?)
            }
            Self::Erase { who, yes } => {
                let client = find(hand, &who).await?;
                if !yes {
                    bail!("{} ({}) would be erased for good: say --yes", client.name, client.id);
                }
                give(hand, Erase { id: client.id }.into(), client.user_id, AccountChange::End).await?;
                say(&format!("{} is erased.", client.id))
            }
        }
    }
}

async fn find(hand: &Hand, who: &Who) -> Result<Client> {
    let mut snapshot = hand.store.read().await?;
    let id: ClientId = match (&who.email, &who.id) {
        (Some(email), _) => {
            let address = Email::new(email).map_err(|why| anyhow!("{email}: {why}"))?;
            let account = snapshot.account_by_email(&address).await?.with_context(|| format!("{email} has no account"))?;
            account.client.with_context(|| format!("{email} is no client"))?
        }
        (None, id) => id.as_deref().unwrap_or_default().parse().context("this is no id")?,
    };
    lookup(&mut *snapshot, id).await?.with_context(|| format!("there is no client {id}"))
}
