//! Jobs, and forgetting what is over.

use domain::time::UtcMillis;
use uuid::Uuid;

use super::{
    engine::{Arg, Engine, Sql},
    reader::Reader,
    view::{View, Writing},
};
use crate::{Job, JobWrite, Result, keep};

const DEAD: Sql = Sql::same(
    "SELECT id, kind, payload, run_at, tries, last_error FROM job WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id DESC LIMIT $1",
);
const DUE: Sql = Sql::same(
    "SELECT id, kind, payload, run_at, tries, last_error FROM job WHERE done_at IS NULL AND dead_at IS NULL \
     AND run_at <= $1 AND (lease_until IS NULL OR lease_until <= $1) ORDER BY run_at, id LIMIT $2",
);
const LEASE: Sql = Sql::each(
    "UPDATE job SET lease_until = $2, tries = tries + 1 WHERE id IN (SELECT unhex(value) FROM json_each($1))",
    "UPDATE job SET lease_until = $2, tries = tries + 1 WHERE id = ANY($1)",
);
const ADD: Sql =
    Sql::same("INSERT INTO job (id, kind, payload, run_at, tries, last_error) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING");
/// What is done is kept so that it is not done twice. To whom a mail went nobody needs to know any more.
const DONE: Sql = Sql::same("UPDATE job SET done_at = $2, payload = '{}', last_error = NULL WHERE id = $1");
const RETRY: Sql = Sql::same("UPDATE job SET run_at = $2, last_error = $3, lease_until = NULL WHERE id = $1");
const GIVE_UP: Sql = Sql::same("UPDATE job SET dead_at = $2, last_error = $3 WHERE id = $1");
/// What [`keep`] says, each with the moment before which it goes.
const PURGE: [(Sql, i64); 6] = [
    (Sql::same("DELETE FROM command WHERE NOT applied AND at < $1"), keep::REFUSAL),
    (Sql::same("DELETE FROM remembered WHERE at < $1"), keep::ANSWER),
    (Sql::same("DELETE FROM token_pair WHERE refresh_hash IS NULL AND access_until < $1"), 0),
    (Sql::same("DELETE FROM token_pair WHERE void AND created_at < $1"), keep::VOID_PAIR),
    (Sql::same("DELETE FROM reset_token WHERE until < $1"), 0),
    (Sql::same("DELETE FROM job WHERE done_at < $1"), keep::DONE_JOB),
];

fn job<E: Engine>(row: &E::Row) -> Result<Job> {
    let mut r = Reader::new(row, "job");
    let (id, kind, payload) = (r.id()?, r.text()?.to_owned(), r.text()?);
    let payload = r.parsed(serde_json::from_str(payload).ok(), "not JSON")?;
    Ok(Job { id, kind, payload, run_at: r.time()?, tries: r.int()?, last_error: r.opt_text()?.map(str::to_owned) })
}

impl<E: Engine, W: Send> View<E, W> {
    pub(super) async fn dead_jobs(&mut self, limit: u32) -> Result<Vec<Job>> {
        self.rows(DEAD, vec![i64::from(limit).into()], job::<E>).await
    }
}

impl<E: Engine> View<E, Writing> {
    pub(super) async fn claim(&mut self, now: UtcMillis, lease_until: UtcMillis, limit: u32) -> Result<Vec<Job>> {
        let mut due = self.rows(DUE, vec![now.into(), i64::from(limit).into()], job::<E>).await?;
        if due.is_empty() {
            return Ok(due);
        }
        let ids: Vec<Uuid> = due.iter().map(|job| job.id).collect();
        self.execute(LEASE, vec![Arg::Ids(ids), lease_until.into()]).await?;
        due.iter_mut().for_each(|job| job.tries += 1);
        Ok(due)
    }
    pub(super) async fn write_jobs(&mut self, writes: &[JobWrite]) -> Result<()> {
        for write in writes {
            let (sql, args): (Sql, Vec<Arg>) = match write {
                JobWrite::Add(job) => (
                    ADD,
                    vec![
                        job.id.into(),
                        job.kind.as_str().into(),
                        job.payload.to_string().into(),
                        job.run_at.into(),
                        job.tries.into(),
                        job.last_error.clone().into(),
                    ],
                ),
                JobWrite::Done { id, at } => (DONE, vec![(*id).into(), (*at).into()]),
                JobWrite::Retry { id, run_at, error } => (RETRY, vec![(*id).into(), (*run_at).into(), error.as_str().into()]),
                JobWrite::Dead { id, at, error } => (GIVE_UP, vec![(*id).into(), (*at).into(), error.as_str().into()]),
            };
            self.execute(sql, args).await?;
        }
        Ok(())
    }
    pub(super) async fn forget(&mut self, now: UtcMillis) -> Result<u64> {
        let mut gone = 0;
        for (sql, kept) in PURGE {
            gone += self.execute(sql, vec![now.plus(-kept).into()]).await?;
        }
        Ok(gone)
    }
}
