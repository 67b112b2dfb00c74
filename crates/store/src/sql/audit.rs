//! The chain of commits and the audit.

use domain::{
    audit::{Entry, Hash},
    id::{CommandId, DeviceId, RecordId, UserId},
    record::{Kind, RecordRef},
    time::UtcMillis,
};
use std::collections::BTreeMap;

use super::{
    engine::{Arg, Engine, Sql},
    reader::Reader,
    view::View,
};
use crate::{AuditFilter, AuditPage, AuditRow, LinkRow, Result};

const LINK_HASH: Sql = Sql::same("SELECT hash FROM link WHERE last = $1");
const COMMIT_END: Sql = Sql::same("SELECT last FROM link WHERE last >= $1 ORDER BY last LIMIT 1");
const COMMIT_BEFORE: Sql = Sql::same("SELECT last FROM link WHERE last < $1 ORDER BY last DESC LIMIT 1");
const WRITTEN_BY: Sql = Sql::same(
    "SELECT v.rev, a.command FROM audit_value AS v JOIN audit AS a ON a.n = v.entry \
     WHERE v.kind = $1 AND v.id = $2 AND v.rev BETWEEN $3 AND $4 ORDER BY v.rev, a.command",
);
/// Acts before a place, within a time, of one name or of all. Only record and person have an index: a rare name or an old day in a long
/// audit is found by walking it.
macro_rules! entries {
    ($rest:literal) => {
        Sql::same(concat!(
            "SELECT a.n, a.link, a.command, a.at, a.actor, a.device, a.act FROM audit AS a \
             WHERE a.n < $1 AND a.at >= $3 AND a.at < $4 AND ($5 = '' OR a.act = $5) ",
            $rest
        ))
    };
}
const NEWEST: Sql = entries!("ORDER BY a.n DESC LIMIT $2");
const OF_ACTOR: Sql = entries!("AND a.actor = $6 ORDER BY a.n DESC LIMIT $2");
const OF_RECORD: Sql =
    entries!("AND a.n IN (SELECT v.entry FROM audit_value AS v WHERE v.kind = $6 AND v.id = $7) ORDER BY a.n DESC LIMIT $2");
const OF_BOTH: Sql = entries!(
    "AND a.n IN (SELECT v.entry FROM audit_value AS v WHERE v.kind = $6 AND v.id = $7) AND a.actor = $8 ORDER BY a.n DESC LIMIT $2"
);
const OF_LINKS: Sql =
    Sql::same("SELECT a.n, a.link, a.command, a.at, a.actor, a.device, a.act FROM audit AS a WHERE a.link BETWEEN $1 AND $2 ORDER BY a.n");
const VALUES: Sql = Sql::each(
    "SELECT v.entry, v.kind, v.id, v.rev, v.hash, v.salt, v.text FROM json_each($1) AS k CROSS JOIN audit_value AS v \
     ON v.entry = k.value ORDER BY v.entry, v.place",
    "SELECT v.entry, v.kind, v.id, v.rev, v.hash, v.salt, v.text FROM audit_value AS v WHERE v.entry = ANY($1) \
     ORDER BY v.entry, v.place",
);
const LINKS: Sql = Sql::same("SELECT n, last, salt, hash FROM link WHERE n > $1 ORDER BY n LIMIT $2");

/// An entry without its values.
fn entry<E: Engine>(row: &E::Row) -> Result<AuditRow> {
    let mut r = Reader::new(row, "audit");
    let (n, link) = (r.int()?, r.int()?);
    let entry = Entry {
        command: CommandId::from_uuid(r.id()?),
        at: r.time()?,
        actor: UserId::from_uuid(r.id()?),
        device: r.opt_id()?.map(DeviceId::from_uuid),
        act: r.text()?.to_owned(),
        values: Vec::new(),
    };
    Ok(AuditRow { n, link, entry, values: Vec::new() })
}

type Valued = (i64, (RecordRef, i64, Hash), Option<([u8; 16], String)>);

fn value<E: Engine>(row: &E::Row) -> Result<Valued> {
    let mut r = Reader::new(row, "audit_value");
    let (entry, code) = (r.int()?, r.int()?);
    let kind = r.parsed(Kind::of_code(code), "unknown kind")?;
    let value = (RecordRef::new(kind, RecordId::from_uuid(r.id()?)), r.int()?, r.array()?);
    let (salt, text) = (r.opt_array()?, r.opt_text()?.map(str::to_owned));
    Ok((entry, value, salt.zip(text)))
}

impl<E: Engine, W: Send> View<E, W> {
    pub(super) async fn link_hash(&mut self, number: i64) -> Result<Option<Hash>> {
        if number == 0 {
            return Ok(Some([0; 32]));
        }
        self.row(LINK_HASH, vec![number.into()], |row| Reader::new(row, "link").array()).await
    }
    pub(super) async fn commit_end(&mut self, number: i64) -> Result<i64> {
        if number <= 0 {
            return Ok(number);
        }
        Ok(self.number(COMMIT_END, vec![number.into()]).await?.unwrap_or(number))
    }
    pub(super) async fn commit_before(&mut self, number: i64) -> Result<i64> {
        Ok(self.number(COMMIT_BEFORE, vec![number.into()]).await?.unwrap_or(0))
    }
    pub(super) async fn written_by(&mut self, record: RecordRef, from: i64, to: i64) -> Result<Vec<(i64, CommandId)>> {
        let read = |row: &E::Row| {
            let mut r = Reader::new(row, "audit_value");
            Ok((r.int()?, CommandId::from_uuid(r.id()?)))
        };
        self.rows(WRITTEN_BY, vec![record.kind.into(), record.id.into(), from.into(), to.into()], read).await
    }

    pub(super) async fn audit(&mut self, filter: &AuditFilter) -> Result<AuditPage> {
        // One more than asked for tells whether there are more.
        let (from, until) = (filter.from.map_or(i64::MIN, UtcMillis::ms), filter.until.map_or(i64::MAX, UtcMillis::ms));
        let mut args: Vec<Arg> = vec![filter.before.unwrap_or(i64::MAX).into(), (i64::from(filter.limit) + 1).into()];
        args.extend([from.into(), until.into(), filter.act.as_deref().unwrap_or_default().into()]);
        args.extend(filter.record.into_iter().flat_map(|record| [record.kind.into(), record.id.into()]));
        args.extend(filter.actor.map(Arg::from));
        let sql = match (filter.record, filter.actor) {
            (None, None) => NEWEST,
            (None, Some(_)) => OF_ACTOR,
            (Some(_), None) => OF_RECORD,
            (Some(_), Some(_)) => OF_BOTH,
        };
        let mut rows: Vec<AuditRow> = self.rows(sql, args, entry::<E>).await?;
        let limit = usize::try_from(filter.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        self.fill(rows.iter_mut()).await?;
        Ok(AuditPage { rows, more })
    }

    pub(super) async fn chain(&mut self, after: i64, limit: u32) -> Result<Vec<LinkRow>> {
        let read = |row: &E::Row| {
            let mut r = Reader::new(row, "link");
            Ok(LinkRow { n: r.int()?, last: r.int()?, salt: r.array()?, hash: r.array()?, entries: Vec::new() })
        };
        let mut links = self.rows(LINKS, vec![after.into(), i64::from(limit).into()], read).await?;
        let (Some(first), Some(last)) = (links.first().map(|link| link.n), links.last().map(|link| link.n)) else {
            return Ok(links);
        };
        for row in self.rows(OF_LINKS, vec![first.into(), last.into()], entry::<E>).await? {
            if let Ok(at) = links.binary_search_by_key(&row.link, |link| link.n) {
                links[at].entries.push(row);
            }
        }
        self.fill(links.iter_mut().flat_map(|link| link.entries.iter_mut())).await?;
        Ok(links)
    }

    /// Reads the values of these entries.
    async fn fill<'a>(&mut self, rows: impl Iterator<Item = &'a mut AuditRow> + Send) -> Result<()> {
        let mut rows: BTreeMap<i64, &mut AuditRow> = rows.map(|row| (row.n, row)).collect();
        for (entry, value, text) in self.rows(VALUES, vec![Arg::Ints(rows.keys().copied().collect())], value::<E>).await? {
            if let Some(row) = rows.get_mut(&entry) {
                row.entry.values.push(value);
                row.values.push(text);
            }
        }
        Ok(())
    }
}
