//! Many acts at once, none of which this desk can foresee: a file that is imported is hundreds of commands. All of them are in the
//! outbox, or none is: an import of which a crash left half would look like a whole one.

use domain::{
    command::{ARGS_VERSION, Given as Order},
    id::CommandId,
    record::RecordRef,
    status::CommandState,
    time::UtcMillis,
};
use std::collections::HashSet;

use super::{
    Applied, Cabinet, Inner,
    laid::{Judge, Laid, Verdict},
    submit::{Submission, Taken, new_title, title},
};
use crate::{error::Result, outbox::New};

impl Cabinet {
    /// Takes these acts, or none of them: where the rulebook refuses one, nothing is done. They build on nothing, and none of them is
    /// held.
    ///
    /// # Errors
    /// [`crate::Error`]; then nothing was done, and nothing is in the outbox.
    pub async fn submit_all(&self, orders: &[Order], now: UtcMillis) -> Result<Submission> {
        self.lock(now).await?.submit_all(orders).await
    }
    /// Takes back those of these acts of which nothing has left this desk. They must be such as were taken together
    /// ([`Self::submit_all`]): nothing builds on them. What it says names those that are gone.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn call_off_all(&self, ids: &[CommandId], now: UtcMillis) -> Result<Applied> {
        let mut inner = self.lock(now).await?;
        let wanted: HashSet<CommandId> = ids.iter().copied().collect();
        let still = inner.outbox.live().iter().filter(|e| e.state == CommandState::Queued && wanted.contains(&e.id));
        let gone: Vec<CommandId> = still.map(|e| e.id).collect();
        inner.outbox.take_out(&gone).await?;
        inner.stale = true;
        inner.step("called off");
        let touched = inner.rebase().await?;
        inner.stale = false;
        Ok(inner.report(Applied { commands: gone, ..Applied::default() }, touched))
    }
}

impl Inner {
    async fn submit_all(&mut self, orders: &[Order]) -> Result<Submission> {
        let mut judge = Judge::new(&mut self.mirror, &self.actor, self.now, &self.fresh);
        let mut laid = Vec::with_capacity(orders.len());
        for order in orders {
            let one = judge.judge(order, false).await?;
            if let Verdict::Refused(refusal) = one.verdict {
                return Ok(Submission::Refused(refusal));
            }
            laid.push(one);
        }
        drop(judge);
        let mut all = Vec::with_capacity(orders.len());
        for (order, laid) in orders.iter().zip(laid) {
            all.push(self.plain(order, laid).await?);
        }
        self.outbox.add_all(all).await?;
        // From here on the acts are taken, whatever becomes of the mirror.
        self.stale = true;
        self.step("submit");
        let shown = self.rebase().await;
        match &shown {
            Ok(_) => self.stale = false,
            Err(error) => tracing::error!(%error, "acts were taken and could not be shown yet"),
        }
        let changed: Vec<RecordRef> = orders.iter().filter_map(|order| order.command.subject()).collect();
        self.changed(&changed);
        Ok(Submission::Taken(Taken { verdict: Verdict::ServerDecides, changed, version: self.version }))
    }
    /// A command as the outbox keeps it, which nobody saw anything before.
    async fn plain(&mut self, order: &Order, laid: Laid) -> Result<New> {
        let subject = order.command.subject();
        let known = match subject {
            Some(name) => self.mirror.lookup(name).await?.and_then(|stored| stored.record().ok()).and_then(|record| title(&record)),
            None => None,
        };
        Ok(New {
            id: order.id,
            author: self.actor.id(),
            v: ARGS_VERSION,
            name: order.command.spec().name.to_owned(),
            args: order.command.args(),
            subject,
            title: known.or_else(|| new_title(&order.command)).unwrap_or_default(),
            made_at: self.now,
            after: Vec::new(),
            seen: Vec::new(),
            saw: Vec::new(),
            makes: laid.makes,
            held: false,
        })
    }
}
