//! Writing a batch: a few statements a table, however many rows it has.

mod accounts;
mod erase;
mod records;

use std::sync::LazyLock;

use super::{
    bulk::Bulk,
    engine::{
        Arg, Engine, Sql,
        Type::{Bytes, Flag, Id, Int, Text},
    },
    view::{View, Writing},
};
use crate::{AuditWrite, Batch, FeedWrite, IdempotencyKey, Link, OutcomeWrite, Remembered, Result, StoreError};

static FEED: LazyLock<Bulk> = LazyLock::new(|| {
    let columns = [("principal", Int), ("kind", Int), ("id", Id), ("seq", Int), ("rev", Int), ("open", Flag), ("gone", Flag)];
    let over = " ON CONFLICT (kind, id, principal) DO UPDATE SET seq = excluded.seq, rev = excluded.rev, open = excluded.open, \
                gone = excluded.gone";
    Bulk::insert("feed", &columns, over)
});
static COMMANDS: LazyLock<Bulk> = LazyLock::new(|| {
    let columns = [("id", Id), ("user_id", Id), ("fingerprint", Bytes), ("seq", Int), ("applied", Flag), ("at", Int), ("outcome", Text)];
    Bulk::insert("command", &columns, "")
});
static ENTRIES: LazyLock<Bulk> = LazyLock::new(|| {
    let columns = [("n", Int), ("link", Int), ("command", Id), ("at", Int), ("actor", Id), ("device", Id), ("act", Text)];
    Bulk::insert("audit", &columns, "")
});
static VALUES: LazyLock<Bulk> = LazyLock::new(|| {
    let key = [("entry", Int), ("place", Int)];
    let value = [("kind", Int), ("id", Id), ("rev", Int), ("hash", Bytes), ("salt", Bytes), ("text", Text)];
    Bulk::insert("audit_value", &[&key[..], &value[..]].concat(), "")
});
static ANSWERS: LazyLock<Bulk> = LazyLock::new(|| {
    let key = [("user_id", Id), ("method", Text), ("path", Text), ("key", Text)];
    let answer = [("fingerprint", Bytes), ("status", Int), ("body", Text), ("at", Int)];
    Bulk::insert("remembered", &[&key[..], &answer[..]].concat(), "")
});
const LAST_ENTRY: Sql = Sql::same("SELECT MAX(n) FROM audit");
const LINK: Sql = Sql::same("INSERT INTO link (n, last, salt, hash, at) VALUES ($1, $2, $3, $4, $5)");
const NUMBER: Sql = Sql::same("UPDATE number SET links = $1, seq = $2, chain = $3 WHERE links = $1 - 1 AND seq < $2");
const AUDIENCE: Sql = Sql::same("UPDATE number SET audience_version = $1");

impl<E: Engine> View<E, Writing> {
    pub(super) async fn write(&mut self, batch: &Batch) -> Result<()> {
        self.write_records(&batch.records).await?;
        self.write_feed(&batch.feed).await?;
        self.write_outcomes(&batch.outcomes).await?;
        self.write_audit(&batch.audit).await?;
        self.write_accounts(&batch.accounts).await?;
        self.remember(&batch.remember).await?;
        self.write_jobs(&batch.jobs).await?;
        self.write_uploads(&batch.uploads).await?;
        self.erase(&batch.erase).await?;
        if let Some(version) = batch.audience_version {
            self.execute(AUDIENCE, vec![version.into()]).await?;
            self.head.audience_version = version;
        }
        if let Some(link) = &batch.link {
            self.write_link(link).await?;
        }
        Ok(())
    }

    async fn bulk(&mut self, bulk: &'static Bulk, rows: Vec<Arg>) -> Result<u64> {
        if rows.is_empty() { Ok(0) } else { E::bulk(&mut self.tx, bulk, rows).await }
    }

    async fn write_feed(&mut self, rows: &[FeedWrite]) -> Result<()> {
        let mut principals: Vec<_> = rows.iter().map(|row| row.principal.clone()).collect();
        principals.sort_unstable();
        principals.dedup();
        let numbers = self.numbered(&principals).await?;
        let mut cells: Vec<Arg> = Vec::with_capacity(rows.len() * 7);
        for row in rows {
            let number = numbers.get(&row.principal).ok_or_else(|| StoreError::Driver("a principal has no number".into()))?;
            cells.extend([(*number).into(), row.record.kind.into(), row.record.id.into()]);
            cells.extend([Arg::from(row.seq), row.rev.into(), row.open.into(), row.gone.into()]);
        }
        self.bulk(&FEED, cells).await.map(drop)
    }

    async fn write_outcomes(&mut self, outcomes: &[OutcomeWrite]) -> Result<()> {
        let mut cells: Vec<Arg> = Vec::with_capacity(outcomes.len() * 7);
        for OutcomeWrite(command) in outcomes {
            cells.extend([Arg::from(command.id), command.user.into(), command.fingerprint.into()]);
            cells.extend([Arg::from(command.seq), command.applied.into(), command.at.into(), command.outcome.as_str().into()]);
        }
        self.bulk(&COMMANDS, cells).await.map(drop)
    }

    async fn write_audit(&mut self, writes: &[AuditWrite]) -> Result<()> {
        if writes.is_empty() {
            return Ok(());
        }
        let last = match self.extra.last_entry {
            Some(last) => last,
            None => self.number(LAST_ENTRY, Vec::new()).await?.unwrap_or(0),
        };
        let link = self.head.links + 1;
        let (mut entries, mut values): (Vec<Arg>, Vec<Arg>) = (Vec::new(), Vec::new());
        for (n, AuditWrite { entry, values: texts }) in (last + 1..).zip(writes) {
            if entry.values.len() != texts.len() {
                return Err(StoreError::Constraint("audit_values".into()));
            }
            entries.extend([Arg::from(n), link.into(), entry.command.into(), entry.at.into(), entry.actor.into()]);
            entries.extend([Arg::from(entry.device), entry.act.as_str().into()]);
            for (place, ((record, rev, hash), text)) in (0_i64..).zip(entry.values.iter().zip(texts)) {
                values.extend([Arg::from(n), place.into(), record.kind.into(), record.id.into(), (*rev).into()]);
                values.extend([Arg::from(*hash), text.salt.into(), text.text.as_str().into()]);
            }
            self.extra.last_entry = Some(n);
        }
        self.bulk(&ENTRIES, entries).await?;
        self.bulk(&VALUES, values).await.map(drop)
    }

    async fn remember(&mut self, answers: &[(IdempotencyKey, Remembered)]) -> Result<()> {
        let mut cells: Vec<Arg> = Vec::new();
        for (key, answer) in answers {
            cells.extend([Arg::from(key.user), key.method.as_str().into(), key.path.as_str().into(), key.key.as_str().into()]);
            cells.extend([Arg::from(answer.fingerprint), i64::from(answer.status).into()]);
            cells.extend([Arg::from(answer.body.as_str()), answer.at.into()]);
        }
        self.bulk(&ANSWERS, cells).await.map(drop)
    }

    /// Invariant: chained. The link must follow the one that stands in the number row, and give out higher numbers.
    async fn write_link(&mut self, link: &Link) -> Result<()> {
        let moved = self.execute(NUMBER, vec![link.n.into(), link.last.into(), link.hash.into()]).await?;
        if link.n != self.head.links + 1 {
            return Err(StoreError::Overtaken { record: "number".into(), rev: link.n - 1 });
        }
        if moved != 1 {
            return Err(StoreError::Constraint("link_last".into()));
        }
        let args = vec![link.n.into(), link.last.into(), link.salt.into(), link.hash.into(), link.at.into()];
        self.execute(LINK, args).await?;
        (self.head.links, self.head.seq, self.head.chain) = (link.n, link.last, link.hash);
        self.extra.wake = true;
        Ok(())
    }
}
