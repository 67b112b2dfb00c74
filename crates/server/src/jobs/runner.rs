//! Runs what is due.

use domain::time::{HOUR, SECOND};
use std::{sync::Arc, time::Duration};
use store::{Job, JobWrite, Store};
use tokio::sync::watch;

use super::{
    JobError, Mail, PASSWORD_RESET, TOKEN,
    claim::{Claim, Finish},
    mail_token,
};
use crate::{
    app::App,
    public_url::PublicUrl,
    shell::Shell,
    writer::{Bells, WriteError, Writer},
};

/// How often it looks, in case nobody rang: another process may have written a job.
const LOOK: Duration = Duration::from_secs(5);
/// How many jobs are claimed at once.
const AT_ONCE: u32 = 8;
/// How often a job is tried before it is laid aside.
const TRIES: i64 = 8;
/// The first pause, in milliseconds; each next one is twice as long.
const PAUSE: i64 = 10 * SECOND;

/// What runs jobs. It holds a hand on the writer, so it must end before the writer can.
#[derive(Debug)]
pub struct Runner<M> {
    pub(super) store: StoreRef,
    pub(super) shell: Shell,
    pub(super) writer: Writer,
    pub(super) mail: M,
    pub(super) public_url: Option<PublicUrl>,
    bells: Arc<Bells>,
    drain: watch::Receiver<bool>,
}

/// A store that has a `Debug` form.
#[derive(Clone)]
pub(super) struct StoreRef(pub(super) Arc<dyn Store>);

impl std::fmt::Debug for StoreRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store { .. }")
    }
}

impl<M: Mail> Runner<M> {
    /// Runs the jobs of this server, with this way of sending mail.
    #[must_use]
    pub fn new(app: &App, mail: M) -> Self {
        Self {
            store: StoreRef(Arc::clone(&app.store)),
            shell: app.shell.clone(),
            writer: app.writer.clone(),
            mail,
            public_url: app.options.public_url.clone(),
            bells: Arc::clone(&app.bells),
            drain: app.draining(),
        }
    }
    /// Runs what comes due until the server drains.
    pub async fn run(mut self) {
        while !*self.drain.borrow_and_update() {
            match self.run_due().await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(%error, "jobs could not be claimed"),
            }
            let bells = Arc::clone(&self.bells);
            tokio::select! {
                () = bells.job() => {}
                () = tokio::time::sleep(LOOK) => {}
                changed = self.drain.changed() => if changed.is_err() { return },
            }
        }
    }
    /// Runs what is due now; how many jobs that were.
    ///
    /// # Errors
    /// [`WriteError`] when jobs cannot be claimed.
    pub async fn run_due(&self) -> Result<usize, WriteError> {
        let claimed = self.writer.write(Claim::most(AT_ONCE)).await?;
        let count = claimed.len();
        for job in claimed {
            self.run_one(job).await?;
        }
        Ok(count)
    }

    async fn run_one(&self, job: Job) -> Result<(), WriteError> {
        let done = match job.kind.as_str() {
            PASSWORD_RESET => mail_token::forgotten(self, &job).await,
            TOKEN => mail_token::sent(self, &job).await,
            other => Err(JobError::GiveUp(format!("no such kind of job: {other}"))),
        };
        let (outcome, write) = self.ending(&job, done);
        metrics::counter!("meja_jobs_total", "outcome" => outcome).increment(1);
        self.writer.write(Finish(write)).await
    }

    fn ending(&self, job: &Job, done: Result<(), JobError>) -> (&'static str, JobWrite) {
        let (id, at) = (job.id, self.shell.now());
        match done {
            Ok(()) => ("done", JobWrite::Done { id, at }),
            Err(JobError::Retry(error)) if job.tries < TRIES => {
                tracing::warn!(job = %id, kind = job.kind, tries = job.tries, error, "a job is tried again later");
                ("retried", JobWrite::Retry { id, run_at: at.plus(self.pause(job.tries)), error })
            }
            Err(error) => {
                tracing::error!(job = %id, kind = job.kind, tries = job.tries, %error, "a job was given up");
                ("dead", JobWrite::Dead { id, at, error: error.to_string() })
            }
        }
    }

    /// Twice as long after every try, at most an hour, and a half of it by chance, so that what failed together does not come
    /// back together.
    fn pause(&self, tries: i64) -> i64 {
        let doubled = PAUSE.saturating_mul(1_i64 << tries.clamp(1, 20).saturating_sub(1)).min(HOUR);
        let half = doubled / 2;
        half + i64::try_from(self.shell.below(u64::try_from(half).unwrap_or(0))).unwrap_or(0)
    }
}
