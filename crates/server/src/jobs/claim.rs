//! Claiming jobs, and writing down how they went.

use async_trait::async_trait;
use domain::time::MINUTE;
use store::{Job, JobWrite};

use crate::writer::{Operation, Work};

/// How long a claimed job is left to whoever claimed it, in milliseconds.
const LEASE: i64 = 5 * MINUTE;

/// Claims jobs that are due.
#[derive(Debug)]
pub(super) struct Claim {
    limit: u32,
    claimed: Vec<Job>,
}

impl Claim {
    pub(super) const fn most(limit: u32) -> Self {
        Self { limit, claimed: Vec::new() }
    }
}

#[async_trait]
impl Operation for Claim {
    type Answer = Vec<Job>;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let (now, limit) = (work.now(), self.limit);
        self.claimed = work.tx().claim_jobs(now, now.plus(LEASE), limit).await?;
        Ok(())
    }
    fn answer(self) -> Option<Vec<Job>> {
        Some(self.claimed)
    }
}

/// Writes down how a job went.
#[derive(Debug)]
pub(super) struct Finish(pub(super) JobWrite);

#[async_trait]
impl Operation for Finish {
    type Answer = ();

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        work.write_job(self.0.clone());
        Ok(())
    }
    fn answer(self) -> Option<()> {
        Some(())
    }
}
