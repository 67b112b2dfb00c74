//! Files on their way.

use domain::{
    file::{FileName, FilePolicy, MediaType},
    id::UserId,
    time::UtcMillis,
};
use uuid::Uuid;

use super::{
    engine::{Arg, Engine, Sql},
    reader::Reader,
    view::{View, Writing},
};
use crate::{Part, Result, StoreError, Upload, UploadWrite};

macro_rules! uploads {
    ($rest:literal) => {
        Sql::same(concat!(
            "SELECT id, user_id, sha256, size, name, media_type, policy, metadata, received, parts, created_at, until, finished_at FROM upload ",
            $rest
        ))
    };
}
const BY_ID: Sql = uploads!("WHERE id = $1");
const EXPIRED: Sql = uploads!("WHERE until <= $1 ORDER BY until, id LIMIT $2");
const UNDER_WAY: Sql = Sql::same("SELECT COUNT(*) FROM upload WHERE user_id = $1 AND finished_at IS NULL AND until > $2");
const IDLE: Sql = Sql::same(
    "SELECT id FROM upload WHERE user_id = $1 AND finished_at IS NULL AND until > $2 AND received = 0 AND created_at <= $3 \
     ORDER BY created_at, id LIMIT 1",
);
const ADD: Sql = Sql::same(
    "INSERT INTO upload (id, user_id, sha256, size, name, media_type, policy, metadata, received, parts, created_at, until, finished_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
);
const MOVE: Sql = Sql::same("UPDATE upload SET received = $3, parts = $4 WHERE id = $1 AND received = $2 AND finished_at IS NULL");
const FINISH: Sql = Sql::same("UPDATE upload SET finished_at = $2 WHERE id = $1 AND finished_at IS NULL");
const DROP: Sql = Sql::same("DELETE FROM upload WHERE id = $1");

fn upload<E: Engine>(row: &E::Row) -> Result<Upload> {
    let mut r = Reader::new(row, "upload");
    let (id, user, sha256, size) = (r.id()?, UserId::from_uuid(r.id()?), r.text()?, r.int()?);
    let sha256 = r.parsed(sha256.parse().ok(), "no hash")?;
    let name = r.text()?;
    let name = r.parsed(FileName::new(name).ok(), "no name of a file")?;
    let (media_type, policy) = (MediaType::of_wire(r.text()?), FilePolicy::of_wire(r.text()?));
    let (metadata, received, parts) = (r.text()?.to_owned(), r.int()?, r.text()?);
    let parts = r.parsed(serde_json::from_str(parts).ok(), "no list of parts")?;
    let (created_at, until, finished_at) = (r.time()?, r.time()?, r.opt_time()?);
    Ok(Upload { id, user, sha256, size, name, media_type, policy, metadata, received, parts, created_at, until, finished_at })
}

fn list(parts: &[Part]) -> Result<Arg> {
    serde_json::to_string(parts).map(Arg::from).map_err(|error| StoreError::Driver(error.to_string()))
}

fn cells(it: &Upload) -> Result<Vec<Arg>> {
    let what = [Arg::from(it.id), it.user.into(), it.sha256.to_string().into(), it.size.into(), it.name.as_str().into()];
    let how = [Arg::from(it.media_type.wire()), it.policy.wire().into(), it.metadata.as_str().into(), it.received.into(), list(&it.parts)?];
    let when = [Arg::from(it.created_at), it.until.into(), it.finished_at.into()];
    Ok(what.into_iter().chain(how).chain(when).collect())
}

impl<E: Engine, W: Send> View<E, W> {
    pub(super) async fn upload(&mut self, id: Uuid) -> Result<Option<Upload>> {
        self.row(BY_ID, vec![id.into()], upload::<E>).await
    }
    pub(super) async fn uploads_under_way(&mut self, user: UserId, now: UtcMillis) -> Result<i64> {
        let count = self.row(UNDER_WAY, vec![user.into(), now.into()], |row| Reader::new(row, "upload").int()).await?;
        Ok(count.unwrap_or(0))
    }
    pub(super) async fn idle_upload(&mut self, user: UserId, now: UtcMillis, begun: UtcMillis) -> Result<Option<Uuid>> {
        self.row(IDLE, vec![user.into(), now.into(), begun.into()], |row| Reader::new(row, "upload").id()).await
    }
    pub(super) async fn expired_uploads(&mut self, now: UtcMillis, limit: u32) -> Result<Vec<Upload>> {
        self.rows(EXPIRED, vec![now.into(), i64::from(limit).into()], upload::<E>).await
    }
}

impl<E: Engine> View<E, Writing> {
    pub(super) async fn write_uploads(&mut self, writes: &[UploadWrite]) -> Result<()> {
        for write in writes {
            match write {
                UploadWrite::Add(it) => drop(self.execute(ADD, cells(it)?).await?),
                UploadWrite::Move { id, from, to, parts } => {
                    let args = vec![(*id).into(), (*from).into(), (*to).into(), list(parts)?];
                    if self.execute(MOVE, args).await? != 1 {
                        return Err(StoreError::Overtaken { record: format!("upload/{id}"), rev: *from });
                    }
                }
                UploadWrite::Finish { id, at } => drop(self.execute(FINISH, vec![(*id).into(), (*at).into()]).await?),
                UploadWrite::Drop(id) => drop(self.execute(DROP, vec![(*id).into()]).await?),
            }
        }
        Ok(())
    }
}
