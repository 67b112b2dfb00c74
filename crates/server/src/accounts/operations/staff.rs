//! What whoever runs the server does with accounts: `meja-server user …`, `meja-server client erase`; and what the server does with one for
//! an admin.

use async_trait::async_trait;
use domain::{
    command::Command,
    id::{CommandId, UserId},
    role::Actor,
    wire::OutcomeStatus,
};
use store::AccountWrite;

use crate::writer::{AccountNews, Item, Judged, Operation, Wants, Work};

/// What is done beside the record.
#[derive(Clone, Debug)]
pub enum AccountChange {
    /// Nothing: a name, or roles.
    Record,
    /// This hash becomes the password, and all sessions end.
    Password(String),
    /// A new account gets this hash as its password.
    FirstPassword(String),
    /// All sessions end. What else goes with somebody who is erased the rulebook says.
    End,
}

/// Gives a command of the system about an account, and changes in the same transaction what stands beside the record.
#[derive(Debug)]
pub struct ChangeAccount {
    actor: Actor,
    item: Item,
    user: Option<UserId>,
    change: AccountChange,
    judged: Option<Judged>,
}

impl ChangeAccount {
    /// This command, about this account; or about a client who has none.
    #[must_use]
    pub fn new(id: CommandId, command: impl Into<Command>, user: impl Into<Option<UserId>>, change: AccountChange) -> Self {
        Self { actor: Actor::system(), item: Item::of(id, command), user: user.into(), change, judged: None }
    }
    /// The same on behalf of somebody, under whose name it stands in the audit.
    #[must_use]
    pub fn by(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }
}

#[async_trait]
impl Operation for ChangeAccount {
    type Answer = Judged;

    fn wants(&self, wants: &mut Wants) {
        wants.commands.push(self.item.id);
        wants.keys.extend(self.item.keys());
    }
    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let judged = work.judge(&self.actor, &self.item).await?;
        let applied = judged.outcome.status == OutcomeStatus::Applied;
        self.judged = Some(judged);
        if !applied {
            return Ok(());
        }
        let Some(user) = self.user else { return Ok(()) };
        let at = work.now();
        let end = AccountWrite::EndAll { user, except: None, except_pair: None, at };
        let writes = match self.change.clone() {
            AccountChange::Record => vec![],
            AccountChange::FirstPassword(hash) => vec![AccountWrite::Password { user, hash }],
            AccountChange::Password(hash) => vec![AccountWrite::Password { user, hash }, end],
            AccountChange::End => vec![end],
        };
        writes.into_iter().for_each(|write| work.write_with_records(write));
        work.tell(AccountNews::User(user));
        Ok(())
    }
    fn answer(self) -> Option<Self::Answer> {
        self.judged
    }
}
