//! A client opens an account.

use async_trait::async_trait;
use domain::{
    commands::account,
    id::{ClientId, CommandId, UserId},
    role::Actor,
    time::Zone,
    wire::{OutcomeStatus, RegisterRequest},
};
use store::{Account, AccountWrite};

use super::{Opened, client_pair};
use crate::{
    accounts::Session,
    writer::{Item, Judged, Operation, Wants, Work},
};

/// What became of it.
#[derive(Debug)]
pub enum Registered {
    /// An account and a session.
    Opened(Box<Opened>),
    /// The rulebook says no.
    Refused(Box<Judged>),
}

/// Opens an account for a client, with their password, and logs them in.
#[derive(Debug)]
pub struct Register {
    item: Item,
    user: UserId,
    client: ClientId,
    password: String,
    registered: Option<Registered>,
}

impl Register {
    /// For this request, in this zone; `password` is the hash of theirs, `ids` are new.
    #[must_use]
    pub fn new(
        request: &RegisterRequest,
        zone: Option<Zone>,
        password: String,
        (command, user, client): (CommandId, UserId, ClientId),
    ) -> Self {
        let act = account::Register {
            id: user,
            client_id: client,
            name: request.name.clone(),
            email: request.email.clone(),
            phone: request.phone.clone(),
            zone,
            consent: request.consent.as_ref().and_then(domain::wire::ConsentGiven::version),
        };
        Self { item: Item::of(command, act), user, client, password, registered: None }
    }
}

#[async_trait]
impl Operation for Register {
    type Answer = Registered;

    fn wants(&self, wants: &mut Wants) {
        wants.commands.push(self.item.id);
        wants.keys.extend(self.item.keys());
    }
    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let judged = work.judge(&Actor::system(), &self.item).await?;
        let user = work.user(self.user).await?;
        let registered = match user.filter(|_| judged.outcome.status == OutcomeStatus::Applied) {
            None => Registered::Refused(Box::new(judged)),
            Some(user) => {
                let (now, shell) = (work.now(), work.shell().clone());
                let account = Account { user, client: Some(self.client), password_hash: None };
                let mut session = Session::new(shell.uuid_at(now), account, None, now);
                let (pair, access) = client_pair(&session, now, &shell);
                session.until = pair.access_until;
                work.write_with_records(AccountWrite::Password { user: self.user, hash: self.password.clone() });
                work.write_with_records(AccountWrite::Pair(pair));
                Registered::Opened(Box::new(Opened { session, access, refresh: None }))
            }
        };
        self.registered = Some(registered);
        Ok(())
    }
    fn answer(self) -> Option<Registered> {
        self.registered
    }
}
