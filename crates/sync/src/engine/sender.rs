//! Sending what waits: one batch in flight, the next as soon as it is answered.
//!
//! Invariant: nothing is lost in silence. “A command leaves the outbox's lists only by an applied outcome or by a person's decision.”

use domain::{
    decision::Code,
    id::CommandId,
    wire::{CommandBatch, Outcome, OutcomeStatus},
};
use mirror::Batch;
use std::collections::HashSet;

use super::{
    core::Core,
    recover::{Break, Trouble},
};
use crate::{backoff::Backoff, fault::Fault};

impl Core {
    /// Sends whatever waits, whenever something does.
    pub(super) async fn sender(&self) -> Break {
        let mut backoff = Backoff::default();
        loop {
            let seen = self.wanted();
            let drained = self.drain(&mut backoff).await;
            self.sending.send_replace(false);
            match drained {
                Ok(()) => {
                    self.tried(seen.given, true);
                    self.until(|w| w.given != seen.given).await;
                }
                Err(trouble) => {
                    self.tried(seen.given, false);
                    if let Err(end) = self.recover(trouble, seen, &mut backoff).await {
                        return end;
                    }
                }
            }
        }
    }
    fn tried(&self, given: u64, nothing_waits: bool) {
        self.link.done.send_modify(|done| (done.tried, done.nothing_waits) = (given, nothing_waits));
    }
    async fn drain(&self, backoff: &mut Backoff) -> Result<(), Trouble> {
        while self.files.has_to_send(self.now()).await? {
            // The token first: a batch that was taken counts as tried.
            self.access().await?;
            self.sending.send_replace(true);
            let Some(batch) = self.files.next_batch(CommandBatch::MOST, None, self.now()).await? else { break };
            self.send(batch).await?;
            backoff.reset();
        }
        Ok(())
    }
    async fn send(&self, batch: Batch) -> Result<(), Trouble> {
        match self.post(&batch.body).await {
            Ok(answer) => {
                let answered: HashSet<CommandId> = answer.outcomes.iter().map(|o| o.id).collect();
                self.take_in(&answer.outcomes).await?;
                let all = batch.ids.iter().all(|id| answered.contains(id));
                if all { Ok(()) } else { Err(Fault::NotMeja.into()) }
            }
            Err(fault) if spoils_the_body(&fault) => Box::pin(self.split(&batch, &fault)).await,
            Err(fault) => {
                if took_nothing(&fault) {
                    self.files.unsent(&batch.first, self.now()).await?;
                }
                Err(Trouble::Fault(fault))
            }
        }
    }
    pub(super) async fn take_in(&self, outcomes: &[Outcome]) -> Result<(), Trouble> {
        self.met();
        let applied = self.files.answered(outcomes, self.now()).await?;
        self.tell(applied);
        Ok(())
    }
    /// A body was refused as a whole: its halves are sent, down to one command, and that one goes to a person.
    async fn split(&self, batch: &Batch, fault: &Fault) -> Result<(), Trouble> {
        if let [id] = batch.ids.as_slice() {
            tracing::warn!(%id, %fault, "a command cannot be sent; a person decides");
            return self.take_in(&[refused(*id, fault)]).await;
        }
        let (first, second) = batch.ids.split_at(batch.ids.len() / 2);
        for half in [first, second] {
            if let Some(batch) = self.files.next_batch(half.len(), Some(half), self.now()).await? {
                self.send(batch).await?;
            }
        }
        Ok(())
    }
}

/// Whether the server says that the body cannot be read or is too large: sending the same again never helps.
fn spoils_the_body(fault: &Fault) -> bool {
    matches!((fault.status(), fault.code()), (Some(413), _) | (Some(400), Some(_)))
}

/// Whether the server surely took nothing: the request did not leave, or was turned away before it was read.
fn took_nothing(fault: &Fault) -> bool {
    fault.did_not_leave() || matches!(fault.status(), Some(401 | 403 | 429))
}

/// What is noted for a command that the server would not even read.
fn refused(id: CommandId, fault: &Fault) -> Outcome {
    let (code, detail) = match fault {
        Fault::Problem { status: 413, detail, .. } => (Code::TooLarge, detail.clone()),
        Fault::Problem { detail, .. } => (Code::InvalidArgs, detail.clone()),
        _ => (Code::InvalidArgs, String::new()),
    };
    let message = Some(detail).filter(|text| !text.is_empty());
    Outcome { status: OutcomeStatus::Refused, code: Some(code), message, ..Outcome::blocked(id) }
}
