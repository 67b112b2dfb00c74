//! # The one writer
//!
//! One task takes everything that waits (commands of many requests, accounts, jobs, the client side), opens one transaction,
//! loads the facts of all of them with few statements, decides one after another over the growing facts, writes one batch,
//! commits, and then answers everybody (docs/sync.md, “One writer”, “Commit, then answer”). It knows nothing of HTTP and needs
//! only a store, a clock and chance, so that a simulation can run it on simulated time.
//!
//! How to add something that is written: an [`Operation`] beside whatever asks for it.

mod bells;
mod beside;
mod commands;
mod filing;
mod group;
mod item;
mod judge;
mod moves;
mod operation;
mod refile;
mod seen;
#[cfg(test)]
mod tests;
mod work;

pub(crate) use bells::Brought;
pub use bells::{AccountNews, Bells};
pub use commands::GiveCommands;
pub use item::Item;
pub use judge::Judged;
pub use operation::{Operation, Wants, WriteError};
pub use work::Work;

use std::sync::Arc;
use store::Store;
use tokio::sync::{mpsc, oneshot};

use crate::{origin::Origin, shell::Shell};
use operation::{Asked, Waiting};

/// The most operations that wait: whoever comes after them is told to try again.
const QUEUE: usize = 4_096;

/// A hand on the writer: cheap to clone, closed when all of them are gone.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Box<dyn Waiting>>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer { .. }")
    }
}

/// The writer's work, to be spawned once. It ends when every [`Writer`] is gone and everything that waited is written, or with
/// an error when the database belongs to a newer program.
pub struct WriterTask {
    store: Arc<dyn Store>,
    shell: Shell,
    bells: Arc<Bells>,
    queue: mpsc::Receiver<Box<dyn Waiting>>,
}

impl Writer {
    /// A writer on this store. Nothing is written until its task runs.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, shell: Shell, bells: Arc<Bells>) -> (Self, WriterTask) {
        let (sender, queue) = mpsc::channel(QUEUE);
        (Self { queue: sender }, WriterTask { store, shell, bells, queue })
    }
    /// Has something written, and waits until it is durable.
    ///
    /// # Errors
    /// [`WriteError`].
    pub async fn write<O: Operation>(&self, operation: O) -> Result<O::Answer, WriteError> {
        self.begin(operation)?.answer().await
    }
    /// Has something written, behind everything that was asked before, without waiting for it yet.
    ///
    /// # Errors
    /// [`WriteError::Unavailable`] when too much waits already.
    pub fn begin<O: Operation>(&self, operation: O) -> Result<Pending<O::Answer>, WriteError> {
        let (reply, answer) = oneshot::channel();
        let full = |_| WriteError::Unavailable("too much waits to be written".into());
        self.queue.try_send(Box::new(Asked { operation, origin: Origin::current(), reply })).map_err(full)?;
        Ok(Pending(answer))
    }
}

/// An answer that is on its way.
#[derive(Debug)]
pub struct Pending<A>(oneshot::Receiver<Result<A, WriteError>>);

impl<A> Pending<A> {
    /// Waits until what was asked is durable.
    ///
    /// # Errors
    /// [`WriteError`].
    pub async fn answer(self) -> Result<A, WriteError> {
        self.0.await.map_err(|_| WriteError::Unavailable("the writer has stopped".into()))?
    }
}

impl std::fmt::Debug for WriterTask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WriterTask { .. }")
    }
}

impl WriterTask {
    /// Writes until nobody can ask any more.
    ///
    /// # Errors
    /// [`store::StoreError::TooNew`] when a newer program has taken over the database; whatever waits is told to try elsewhere.
    pub async fn run(mut self) -> store::Result<()> {
        let mut refiled = false;
        while let Some(first) = self.queue.recv().await {
            let mut group = vec![first];
            let mut parts = group[0].parts();
            while parts < group::MOST_PARTS
                && let Ok(next) = self.queue.try_recv()
            {
                parts += next.parts();
                group.push(next);
            }
            if !refiled {
                match self.refile().await {
                    Ok(()) => refiled = true,
                    Err(error) => {
                        let why = operation::failure(&error);
                        group.into_iter().for_each(|one| one.finish(Err(why.clone())));
                        self.stop_if_too_new(error)?;
                        continue;
                    }
                }
            }
            if let Err(error) = self.write_group(group).await {
                self.stop_if_too_new(error)?;
            }
        }
        Ok(())
    }

    fn stop_if_too_new(&self, error: store::StoreError) -> store::Result<()> {
        match error {
            store::StoreError::TooNew(_) => Err(error),
            other => {
                tracing::error!(error = %other, "nothing could be written");
                Ok(())
            }
        }
    }
}
