//! `meja-server demo-data`: people, requests, orders, designs and decisions of the past weeks, as they could have been. Everything goes
//! through the rulebook and the writer, under the time at which it would have happened; nothing is written past them.

mod designs;
mod drawing;
mod names;
mod order_words;
mod orders;
mod pieces;
mod story;
mod talk;
mod talk_words;
mod words;

use anyhow::{Context, Result, ensure};
use clap::Args;
use domain::{commands::account::SetPassword, file::Sha256, wire::OutcomeStatus};
use serde::Serialize;
use server::{
    accounts::AccountChange,
    files::Shelf,
    shell::{Seeded, Shell},
    writer::{GiveCommands, Judged, Pending},
};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use crate::{
    hand::Hand,
    say,
    settings::Settings,
    user::{find, give, hashed},
};
use story::{Act, Story};

/// How many acts wait for the writer at once: enough for large commits, fewer than its queue takes.
const WAITING: usize = 2_048;

/// Fills the database with believable data, made through the rulebook.
#[derive(Clone, Debug, Args)]
pub(crate) struct DemoData {
    /// Requests for a consultation; for every six of them comes one design order.
    #[arg(long, default_value_t = 2_000)]
    requests: u32,
    /// Clients; a tenth of the requests if nothing is said, at least 20.
    #[arg(long)]
    clients: Option<u32>,
    /// Notes of the staff besides those that requests bring with them.
    #[arg(long, default_value_t = 0)]
    notes: u32,
    /// The same seed gives the same people and decisions.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The address of the first admin, who can then log in with the password that is read from standard input. Without it
    /// nobody can log in: `user reset-password` gives a password to one of the staff that `user list` shows.
    #[arg(long, value_name = "EMAIL")]
    admin: Option<String>,
}

/// What was made, as the one line that is printed (JSON).
#[derive(Debug, Serialize)]
struct Made {
    clients: u32,
    requests: u32,
    /// Commands that were given, and how many of them the rulebook refused.
    acts: u64,
    refused: u64,
    /// Records in the database, by kind; and all of them.
    records: BTreeMap<&'static str, i64>,
    records_in_all: i64,
    /// The last number that was given out.
    head: i64,
    /// Who can log in.
    #[serde(skip_serializing_if = "Option::is_none")]
    admin: Option<String>,
}

impl DemoData {
    pub(crate) async fn run(self, settings: Settings) -> Result<()> {
        let hand = Hand::open(&settings).await?;
        let done = self.tell(&hand, settings.shelf()?).await;
        hand.close().await?;
        done
    }

    async fn tell(&self, hand: &Hand, shelf: Shelf) -> Result<()> {
        let password = match self.admin {
            Some(_) => Some(hashed(hand).await?),
            None => None,
        };
        let clients = self.clients.unwrap_or(self.requests / 10).max(20);
        let chance = Arc::new(Seeded::new(self.seed));
        let shell = Shell::new(Arc::new(server::shell::SystemClock::default()), Arc::clone(&chance) as _);
        let mut story = Story::new(shell, chance, (self.requests, clients, self.notes), self.admin.clone());
        let mut teller = Teller::new(shelf);
        while let Some(act) = story.next() {
            teller.tell(hand, act).await?;
        }
        teller.finish().await?;
        if let (Some(email), Some(password)) = (&self.admin, password) {
            let id = find(hand, email).await?;
            give(hand, SetPassword { id }.into(), id, AccountChange::Password(password)).await?;
        }
        let mut snapshot = hand.store.read().await?;
        let records: BTreeMap<_, _> = snapshot.counts().await?.into_iter().map(|(kind, count)| (kind.wire(), count)).collect();
        let made = Made {
            clients,
            requests: self.requests,
            acts: teller.told,
            refused: teller.refused,
            records_in_all: records.values().sum(),
            records,
            head: snapshot.head().await?.seq,
            admin: self.admin.clone(),
        };
        say(&serde_json::to_string(&made)?)
    }
}

/// Has acts written in their order, many on their way at once.
struct Teller {
    shelf: Shelf,
    /// What lies there already.
    lies: BTreeSet<Sha256>,
    waiting: VecDeque<Pending<Vec<Judged>>>,
    told: u64,
    refused: u64,
}

impl Teller {
    const fn new(shelf: Shelf) -> Self {
        Self { shelf, lies: BTreeSet::new(), waiting: VecDeque::new(), told: 0, refused: 0 }
    }
    async fn tell(&mut self, hand: &Hand, act: Act) -> Result<()> {
        if let Some(file) = act.file.filter(|file| self.lies.insert(file.sha256)) {
            self.shelf.put(&file.sha256, file.bytes.clone()).await?;
        }
        while self.waiting.len() >= WAITING {
            self.hear().await?;
        }
        let pending = hand.begin(GiveCommands::new(act.actor, vec![act.item]).at(act.at))?;
        self.waiting.push_back(pending);
        Ok(())
    }
    async fn hear(&mut self) -> Result<()> {
        let Some(pending) = self.waiting.pop_front() else { return Ok(()) };
        for judged in pending.answer().await.context("the database could not be written")? {
            self.told += 1;
            self.refused += u64::from(judged.outcome.status != OutcomeStatus::Applied);
            let outcome = &judged.outcome;
            let ours = outcome.code.as_ref().is_some_and(|code| matches!(code.wire(), "invalid_args" | "unknown_command" | "internal"));
            ensure!(!ours, "the story does not fit the rulebook: {outcome:?}");
        }
        Ok(())
    }
    async fn finish(&mut self) -> Result<()> {
        while !self.waiting.is_empty() {
            self.hear().await?;
        }
        Ok(())
    }
}
