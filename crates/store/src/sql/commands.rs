//! Commands that were judged, and first answers under idempotency keys.

use domain::id::{CommandId, UserId};
use std::collections::HashMap;

use super::{
    engine::{Arg, Engine, Sql},
    reader::Reader,
    view::View,
};
use crate::{IdempotencyKey, KnownCommand, Remembered, Result};

macro_rules! commands {
    ($from:literal, $rest:literal) => {
        concat!("SELECT c.id, c.user_id, c.fingerprint, c.seq, c.applied, c.at, c.outcome FROM ", $from, $rest)
    };
}
const OF_USER: Sql = Sql::same(commands!("command AS c ", "WHERE c.user_id = $1 AND c.seq > $2 AND c.seq <= $3 ORDER BY c.seq"));
const OF_ALL: Sql = Sql::same(commands!("command AS c ", "WHERE c.seq > $1 AND c.seq <= $2 ORDER BY c.seq"));
const BY_ID: Sql = Sql::each(
    commands!("json_each($1) AS k CROSS JOIN command AS c ", "ON c.id = unhex(k.value)"),
    commands!("command AS c ", "WHERE c.id = ANY($1)"),
);
const REMEMBERED: Sql =
    Sql::same("SELECT fingerprint, status, body, at FROM remembered WHERE user_id = $1 AND method = $2 AND path = $3 AND \"key\" = $4");

fn known<E: Engine>(row: &E::Row) -> Result<KnownCommand> {
    let mut r = Reader::new(row, "command");
    Ok(KnownCommand {
        id: CommandId::from_uuid(r.id()?),
        user: UserId::from_uuid(r.id()?),
        fingerprint: r.array()?,
        seq: r.int()?,
        applied: r.flag()?,
        at: r.time()?,
        outcome: r.text()?.to_owned(),
    })
}

impl<E: Engine, W: Send> View<E, W> {
    pub(super) async fn outcomes(&mut self, user: UserId, after: i64, upto: i64) -> Result<Vec<KnownCommand>> {
        self.rows(OF_USER, vec![user.into(), after.into(), upto.into()], known::<E>).await
    }
    pub(super) async fn all_outcomes(&mut self, after: i64, upto: i64) -> Result<Vec<KnownCommand>> {
        self.rows(OF_ALL, vec![after.into(), upto.into()], known::<E>).await
    }
    pub(super) async fn known(&mut self, ids: &[CommandId]) -> Result<Vec<KnownCommand>> {
        let uuids = ids.iter().map(|id| id.uuid()).collect();
        let found = self.rows(BY_ID, vec![Arg::Ids(uuids)], known::<E>).await?;
        let mut found: HashMap<CommandId, KnownCommand> = found.into_iter().map(|command| (command.id, command)).collect();
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }
    pub(super) async fn remembered(&mut self, key: &IdempotencyKey) -> Result<Option<Remembered>> {
        let args = vec![key.user.into(), key.method.as_str().into(), key.path.as_str().into(), key.key.as_str().into()];
        let read = |row: &E::Row| {
            let mut r = Reader::new(row, "remembered");
            let (fingerprint, status) = (r.array()?, r.int()?);
            let status = r.parsed(u16::try_from(status).ok(), "not a status")?;
            Ok(Remembered { fingerprint, status, body: r.text()?.to_owned(), at: r.time()? })
        };
        self.row(REMEMBERED, args, read).await
    }
}
