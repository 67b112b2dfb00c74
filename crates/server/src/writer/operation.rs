//! What can be asked of the writer.

use async_trait::async_trait;
use domain::{facts::Key, id::CommandId, time::UtcMillis};
use store::StoreError;
use tokio::sync::oneshot;

use super::work::Work;
use crate::origin::Origin;

/// Why something was not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The database is busy, full or gone, or too much waits already: nothing was written, try again (503).
    #[error("nothing was written, try again later: {0}")]
    Unavailable(String),
    /// It cannot be written, now or later: a fault of ours, logged where it happened.
    #[error("it could not be written")]
    Internal,
}

/// What an operation surely needs, so that the facts of all that wait are loaded together.
#[derive(Clone, Debug, Default)]
pub struct Wants {
    /// Facts for rules.
    pub keys: Vec<Key>,
    /// Commands that may be known already.
    pub commands: Vec<CommandId>,
}

/// Something that reads and writes in one transaction, together with whatever else waits. It may be run again from the
/// beginning when the transaction fails, so it keeps nothing between runs but its answer.
#[async_trait]
pub trait Operation: Send + 'static {
    /// What whoever asked is told.
    type Answer: Send + 'static;

    /// What it surely needs.
    fn wants(&self, _wants: &mut Wants) {}
    /// Into how many parts it falls, each of which may be committed on its own.
    fn parts(&self) -> usize {
        1
    }
    /// The moment it is judged by, where that is not the writer's now: history that is made up (demo data).
    fn at(&self) -> Option<UtcMillis> {
        None
    }
    /// Runs one part.
    async fn run(&mut self, part: usize, work: &mut Work) -> store::Result<()>;
    /// Writes, in a transaction of its own, that this part failed for good; `false` when there is nothing to write, and then
    /// the whole operation has failed.
    async fn give_up(&mut self, _part: usize, _work: &mut Work) -> store::Result<bool> {
        Ok(false)
    }
    /// The answer, after the commit.
    fn answer(self) -> Option<Self::Answer>;
}

/// An operation and whoever waits for it, without its type.
#[async_trait]
pub(super) trait Waiting: Send {
    fn wants(&self, wants: &mut Wants);
    fn parts(&self) -> usize;
    fn at(&self) -> Option<UtcMillis>;
    fn origin(&self) -> Option<Origin>;
    async fn run(&mut self, part: usize, work: &mut Work) -> store::Result<()>;
    async fn give_up(&mut self, part: usize, work: &mut Work) -> store::Result<bool>;
    fn finish(self: Box<Self>, done: Result<(), WriteError>);
}

pub(super) struct Asked<O: Operation> {
    pub(super) operation: O,
    pub(super) origin: Option<Origin>,
    pub(super) reply: oneshot::Sender<Result<O::Answer, WriteError>>,
}

#[async_trait]
impl<O: Operation> Waiting for Asked<O> {
    fn wants(&self, wants: &mut Wants) {
        self.operation.wants(wants);
    }
    fn parts(&self) -> usize {
        self.operation.parts()
    }
    fn at(&self) -> Option<UtcMillis> {
        self.operation.at()
    }
    fn origin(&self) -> Option<Origin> {
        self.origin
    }
    async fn run(&mut self, part: usize, work: &mut Work) -> store::Result<()> {
        self.operation.run(part, work).await
    }
    async fn give_up(&mut self, part: usize, work: &mut Work) -> store::Result<bool> {
        self.operation.give_up(part, work).await
    }
    fn finish(self: Box<Self>, done: Result<(), WriteError>) {
        let Self { operation, reply, .. } = *self;
        // Whoever asked may have gone away; what was written stays written.
        let _ = reply.send(done.and_then(|()| operation.answer().ok_or(WriteError::Internal)));
    }
}

/// What a failure of the store is to whoever waits.
pub(super) fn failure(error: &StoreError) -> WriteError {
    if error.is_temporary() || matches!(error, StoreError::TooNew(_)) {
        WriteError::Unavailable(error.to_string())
    } else {
        WriteError::Internal
    }
}
