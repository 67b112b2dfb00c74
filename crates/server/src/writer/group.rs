//! Everything that waits, in one commit; and what happens when that fails. Invariants: one writer; commit, then answer.

use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use store::StoreError;

use super::{
    WriterTask,
    operation::{Waiting, Wants, WriteError, failure},
    work::{Committed, Work},
};

/// The most parts in one commit: more would only make everybody wait longer for the first answer.
pub(super) const MOST_PARTS: usize = 512;

type Group = Vec<Box<dyn Waiting>>;

impl WriterTask {
    /// Writes all of them in one commit. If that fails for good, each is run alone, so that one that cannot be written does
    /// not take its neighbours with it.
    ///
    /// # Errors
    /// Why nothing could be written; whoever waited has been told.
    pub(super) async fn write_group(&self, mut group: Group) -> store::Result<()> {
        metrics::histogram!("meja_commit_operations").record(group.len() as f64);
        let started = self.shell.monotonic();
        let done = guard(self.together(&mut group)).await;
        metrics::histogram!("meja_commit_seconds").record((self.shell.monotonic() - started).as_secs_f64());
        match done {
            Ok(committed) => {
                self.ring(committed);
                group.into_iter().for_each(|one| one.finish(Ok(())));
                Ok(())
            }
            Err(error) if error.is_temporary() || matches!(error, StoreError::TooNew(_)) => {
                let why = failure(&error);
                let told = if domain::planted::planted("answer_before_commit") { Ok(()) } else { Err(why) };
                group.into_iter().for_each(|one| one.finish(told.clone()));
                Err(error)
            }
            Err(error) => {
                tracing::error!(%error, operations = group.len(), "a commit failed, everything in it is tried alone");
                metrics::counter!("meja_commits_split_total").increment(1);
                for one in group {
                    self.write_alone(one).await;
                }
                Ok(())
            }
        }
    }

    async fn together(&self, group: &mut Group) -> store::Result<Committed> {
        let mut work = Work::begin(&*self.store, &self.shell).await?;
        let mut wants = Wants::default();
        group.iter().for_each(|one| one.wants(&mut wants));
        work.prefetch(wants).await?;
        let now = work.now;
        for one in group {
            work.now = one.at().unwrap_or(now);
            work.origin = one.origin();
            for part in 0..one.parts() {
                one.run(part, &mut work).await?;
            }
        }
        work.commit().await
    }

    /// Writes one operation, each of its parts in a commit of its own.
    async fn write_alone(&self, mut one: Box<dyn Waiting>) {
        for part in 0..one.parts() {
            let error = match guard(self.part(&mut *one, part, false)).await {
                Ok(committed) => {
                    self.ring(committed);
                    continue;
                }
                Err(error) => error,
            };
            if error.is_temporary() {
                return one.finish(Err(failure(&error)));
            }
            tracing::error!(%error, part, "it cannot be written, not even alone");
            match guard(self.part(&mut *one, part, true)).await {
                Ok(committed) => self.ring(committed),
                Err(error) => {
                    tracing::error!(%error, part, "nor can be written that it failed");
                    return one.finish(Err(failure(&error)));
                }
            }
        }
        one.finish(Ok(()));
    }

    async fn part(&self, one: &mut dyn Waiting, part: usize, give_up: bool) -> store::Result<Committed> {
        let mut work = Work::begin(&*self.store, &self.shell).await?;
        work.now = one.at().unwrap_or(work.now);
        work.origin = one.origin();
        if !give_up {
            one.run(part, &mut work).await?;
        } else if !one.give_up(part, &mut work).await? {
            return Err(StoreError::Driver("the operation cannot be written and has no way to say so".into()));
        }
        work.commit().await
    }

    fn ring(&self, committed: Committed) {
        metrics::counter!("meja_records_written_total").increment(u64::try_from(committed.records).unwrap_or(u64::MAX));
        super::moves::report(&committed.moves);
        for news in committed.news {
            self.bells.ring_accounts(news);
        }
        if let Some(head) = committed.head {
            self.bells.ring_head(head, committed.brought);
        }
        if committed.jobs {
            self.bells.ring_jobs();
        }
    }
}

/// Turns a panic into an error that is not temporary: whatever panicked is tried alone, and then given up.
async fn guard<T>(work: impl Future<Output = store::Result<T>>) -> store::Result<T> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_| Err(StoreError::Driver("a panic while deciding".into())))
}

impl From<WriteError> for StoreError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Unavailable(why) => Self::Unavailable(why),
            WriteError::Internal => Self::Driver("it could not be written".into()),
        }
    }
}
