//! `meja-server client …`: what the law gives clients.

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use domain::{
    commands::client::Erase,
    facts::Lookup,
    id::ClientId,
    name::Email,
    record::{AnyRecord, Kind, Record, RecordRef},
    records::{Client, Consultation, Design, Message, Notification, Order},
    time::UtcMillis,
    wire::{ApiConsultation, ApiDesign, ApiMessage, ApiNotification, ApiOrderDetail},
    words::Lang,
};
use serde::Serialize;
use server::accounts::AccountChange;
use store::Snapshot;

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

/// Everything of a client that is theirs to read.
#[derive(Debug, Serialize)]
struct Export {
    exported_at: UtcMillis,
    client: Client,
    consultations: Vec<ApiConsultation>,
    /// Deleted ones too: what they say is kept, and is the client's.
    orders: Vec<ApiOrderDetail>,
    /// What was made for them, as far as the client was shown it.
    designs: Vec<ApiDesign>,
    /// What was said about their orders, oldest first, with what was attached.
    messages: Vec<ApiMessage>,
    notifications: Vec<ApiNotification>,
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
                let export = export(hand, find(hand, &who).await?).await?;
                say(&serde_json::to_string_pretty(&export)?)
            }
            Self::Erase { who, yes } => {
                let client = find(hand, &who).await?;
                if !yes {
                    bail!("{} ({}) would be erased for good: say --yes", client.name, client.id);
                }
                give(hand, Erase { id: client.id }.into(), client.user_id, AccountChange::Erase).await?;
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
    let found = snapshot.records(&[RecordRef::new(Kind::Client, id)]).await?;
    let client = found.first().and_then(|stored| Client::of(&stored.held.record).cloned());
    client.with_context(|| format!("there is no client {id}"))
}

async fn export(hand: &Hand, client: Client) -> Result<Export> {
    let mut snapshot = hand.store.read().await?;
    let consultations = of::<Consultation, _>(&mut *snapshot, Lookup::ConsultationsOf(client.id), |it| it.into()).await?;
    let orders: Vec<ApiOrderDetail> = of::<Order, _>(&mut *snapshot, Lookup::OrdersOf(client.id), |it| it.into()).await?;
    let (mut designs, mut messages) = (Vec::new(), Vec::new());
    for order in &orders {
        let mut said: Vec<ApiMessage> = of::<Message, _>(&mut *snapshot, Lookup::MessagesOf(order.order.id), |it| it.into()).await?;
        said.sort_by_key(|it| it.number);
        messages.extend(said);
        let made = of::<Design, _>(&mut *snapshot, Lookup::DesignsOf(order.order.id), Clone::clone).await?;
        designs.extend(made.iter().filter(|it| it.is_shown_to_client()).map(ApiDesign::from));
    }
    let words = hand.shell.words(Lang::Id);
    let notifications = match client.user_id {
        Some(user) => of::<Notification, _>(&mut *snapshot, Lookup::NotificationsOf(user), |it| ApiNotification::of(it, words)).await?,
        None => Vec::new(),
    };
    Ok(Export { exported_at: hand.shell.now(), client, consultations, orders, designs, messages, notifications })
}

async fn of<R: Record, T>(snapshot: &mut dyn Snapshot, lookup: Lookup, shown: impl Fn(&R) -> T) -> Result<Vec<T>> {
    let found = snapshot.lookup(&lookup).await?;
    Ok(found.iter().filter_map(|held| R::of(&held.record as &AnyRecord).map(&shown)).collect())
}
