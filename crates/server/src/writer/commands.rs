//! A batch of commands of one person.

use async_trait::async_trait;
use domain::{command::account_of, decision::Code, facts::Key, role::Actor, time::UtcMillis, wire::OutcomeStatus};

use super::{Item, Judged, Operation, Wants, Work};

/// Judges the commands of a batch in their order, each on its own. Each is a part: when the commit of all fails, each is
/// written alone.
#[derive(Debug)]
pub struct GiveCommands {
    actor: Actor,
    items: Vec<Item>,
    at: Option<UtcMillis>,
    judged: Vec<Option<Judged>>,
}

impl GiveCommands {
    /// These commands, given by this person.
    #[must_use]
    pub fn new(actor: Actor, items: Vec<Item>) -> Self {
        let judged = items.iter().map(|_| None).collect();
        Self { actor, items, at: None, judged }
    }
    /// The same, judged as if it were another time: for history that is made up.
    #[must_use]
    pub const fn at(mut self, at: UtcMillis) -> Self {
        self.at = Some(at);
        self
    }
    fn keep(&mut self, part: usize, judged: Judged) {
        if let Some(place) = self.judged.get_mut(part) {
            *place = Some(judged);
        }
    }
}

#[async_trait]
impl Operation for GiveCommands {
    type Answer = Vec<Judged>;

    fn wants(&self, wants: &mut Wants) {
        wants.keys.extend(account_of(&self.actor).map(Key::Record));
        for item in &self.items {
            wants.commands.push(item.id);
            wants.commands.extend(&item.after);
            wants.keys.extend(item.keys());
        }
    }
    fn parts(&self) -> usize {
        self.items.len()
    }
    fn at(&self) -> Option<UtcMillis> {
        self.at
    }
    async fn run(&mut self, part: usize, work: &mut Work) -> store::Result<()> {
        if let Some(item) = self.items.get(part) {
            let judged = work.judge(&self.actor, item).await?;
            self.keep(part, judged);
        }
        Ok(())
    }
    async fn give_up(&mut self, part: usize, work: &mut Work) -> store::Result<bool> {
        if let Some(item) = self.items.get(part) {
            let judged = work.refuse_internal(&self.actor, item).await?;
            self.keep(part, judged);
        }
        Ok(true)
    }
    fn answer(self) -> Option<Self::Answer> {
        let judged: Vec<Judged> = self.judged.into_iter().collect::<Option<_>>()?;
        for (item, judged) in self.items.iter().zip(&judged) {
            count(item, judged);
        }
        Some(judged)
    }
}

/// Counts how a command ended.
pub(crate) fn count(item: &Item, judged: &Judged) {
    let outcome = &judged.outcome;
    let result = match &outcome.code {
        _ if outcome.repeated => "repeated",
        Some(Code::Internal) => "internal",
        _ if outcome.conflict => "conflict",
        _ => status(&outcome.status),
    };
    metrics::counter!("meja_commands_total", "name" => item.counted_as(), "outcome" => result).increment(1);
}

const fn status(status: &OutcomeStatus) -> &'static str {
    match status {
        OutcomeStatus::Applied => "applied",
        OutcomeStatus::Refused => "refused",
        OutcomeStatus::Blocked => "blocked",
        OutcomeStatus::Unknown(_) => "unknown",
    }
}
