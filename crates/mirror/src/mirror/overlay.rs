//! Laying this desk's own acts over what the server said, and taking them off again.
//!
//! Invariant: one undo copy. “What the server last said of a record that is laid over stands beside it once, from the first
//! command that touched it.”

use domain::record::{AnyRecord, RecordRef};
use serde_json::{Map, Value};
use sqlx::{Arguments as _, QueryBuilder, Row, Sqlite, error::BoxDynError};
use std::{collections::HashMap, sync::Arc};

use super::{
    Incoming, Loader, Mirror, Stored, gone,
    read::{by_name, decode, kind_of},
    rows::name,
};
use crate::{
    columns::{Columns, found_by},
    error::{Error, Result},
    file::Together,
};

/// A record as this desk's acts leave it.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The revision it is shown with.
    pub(crate) rev: i64,
    /// What it says.
    pub(crate) record: Arc<AnyRecord>,
    /// What lists go by: while an act is held its record keeps its place (ui.md, principle 10).
    pub(crate) listed: Arc<AnyRecord>,
}

/// What the server last said of a record that is laid over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerState {
    /// Its revision.
    pub(crate) rev: i64,
    /// Its number.
    pub(crate) seq: i64,
    /// What it says.
    pub(crate) body: String,
}

/// The undo copies by record; nothing inside where the server has no such record.
pub(crate) type Copies = HashMap<RecordRef, Option<ServerState>>;

impl Mirror {
    /// The undo copies of these records, as far as they are laid over; of all records when `names` is `None`.
    pub(crate) async fn copies(&mut self, names: Option<&[RecordRef]>) -> Result<Copies> {
        const COLUMNS: &str = "SELECT kind, id, rev, seq, body FROM undo";
        let queries = names.map_or_else(|| vec![QueryBuilder::new(COLUMNS)], |names| by_name(COLUMNS, names));
        let mut all = Copies::new();
        for mut query in queries {
            for row in self.file.all(query.build()).await? {
                let (name, state) = copy(&row)?;
                all.insert(name, state);
            }
        }
        Ok(all)
    }
    /// Puts everything back as the server said it. Returns what was laid over.
    pub(crate) async fn restore_all(&mut self) -> Result<Vec<RecordRef>> {
        let copies = self.copies(None).await?;
        let mut rows = Vec::new();
        for (name, state) in &copies {
            match state {
                Some(state) => rows.push(self.server_row(*name, state)),
                None => self.delete(i64::from(name.kind.code()), name.id, i64::MAX).await?,
            }
        }
        self.lay_again(rows).await?;
        if !copies.is_empty() {
            self.file.execute("DELETE FROM undo").await?;
        }
        Ok(copies.into_keys().collect())
    }
    /// Lays records over what the server said, and keeps that, unless it is kept already. `read` is what was read of this state of the
    /// mirror, and is not read again.
    pub(crate) async fn lay_over(&mut self, shown: &HashMap<RecordRef, Shown>, read: &mut Loader) -> Result<()> {
        let over = self.laying(shown, read).await?;
        self.write_over(over).await
    }
    /// The same in a transaction of its own. What an act leaves, mostly, is a few records of which nothing else follows in the file:
    /// they are one way to its thread and back.
    pub(crate) async fn lay_over_alone(&mut self, shown: &HashMap<RecordRef, Shown>, read: &mut Loader) -> Result<()> {
        self.begin().await?;
        let over = self.laying(shown, read).await?;
        if over.rows.len() + over.new.len() > FEW || !over.new.iter().all(Incoming::brings_nothing) {
            self.write_over(over).await?;
            return self.commit().await;
        }
        let mut all = Together::default();
        keep(&mut all, &over.kept).map_err(sqlx::Error::Encode)?;
        self.lay_together(&mut all, over.rows, over.new).map_err(sqlx::Error::Encode)?;
        self.file.commit_with(all).await
    }
    async fn write_over(&mut self, over: Over) -> Result<()> {
        for part in over.kept.chunks(200) {
            let mut query = QueryBuilder::<Sqlite>::new(KEEP);
            query.push_values(part, |mut row, (n, state)| {
                let (kind, id) = name(*n);
                row.push_bind(kind).push_bind(id);
                row.push_bind(state.as_ref().map(|s| s.rev)).push_bind(state.as_ref().map(|s| s.seq));
                row.push_bind(state.as_ref().map(|s| s.body.clone()));
            });
            self.file.run_uncounted(query.build()).await?;
        }
        self.lay_again(over.rows).await?;
        self.lay(over.new).await
    }
    /// What is to be written to lay these over.
    async fn laying(&mut self, shown: &HashMap<RecordRef, Shown>, read: &mut Loader) -> Result<Over> {
        let names: Vec<RecordRef> = shown.keys().copied().collect();
        let (kept, mut copies) = self.copies_to_keep(&names, read).await?;
        copies.extend(kept.iter().cloned());
        let (mut rows, mut new) = (Vec::with_capacity(shown.len()), Vec::new());
        for (name, it) in shown {
            let server = copies.get(name).and_then(Option::as_ref);
            let stands = read.stored(*name).is_some();
            let body = merged(server.map(|s| s.body.as_str()), *name, &it.record)?;
            let row = Incoming {
                kind: i64::from(name.kind.code()),
                id: name.id,
                rev: it.rev,
                seq: server.map_or(0, |s| s.seq),
                ours: true,
                looked: true,
                columns: Columns::of(&it.listed, self.me),
                found_by: found_by(&it.listed),
                body,
            };
            if stands { rows.push(row) } else { new.push(row) }
        }
        let kept = if domain::planted::planted("skip_undo_copy") { Vec::new() } else { kept };
        Ok(Over { kept, rows, new })
    }
    /// Lets these records stand in the lists by what they say: the hold that kept them in their places is over.
    pub(crate) async fn list_as_shown(&mut self, names: &[RecordRef]) -> Result<()> {
        let mut rows = Vec::new();
        for stored in self.records(names).await?.into_iter().filter(|s| s.ours) {
            let record = stored.record()?;
            let (columns, found_by) = (Columns::of(&record, self.me), found_by(&record));
            let (kind, id) = (i64::from(stored.name.kind.code()), stored.name.id);
            let (rev, seq, body) = (stored.rev, stored.seq, stored.body);
            rows.push(Incoming { kind, id, rev, seq, ours: true, looked: true, columns, found_by, body });
        }
        self.lay_again(rows).await
    }
    /// Of these records, the copies that are to be kept, and those that are.
    async fn copies_to_keep(&mut self, names: &[RecordRef], read: &mut Loader) -> Result<(Vec<(RecordRef, Option<ServerState>)>, Copies)> {
        read.prefetch(self, names).await?;
        // What has nothing of ours laid over it has no copy yet.
        let ours: Vec<RecordRef> = names.iter().filter(|name| read.stored(**name).is_some_and(|it| it.ours)).copied().collect();
        let copies = self.copies(Some(&ours)).await?;
        let state = |it: &Stored| ServerState { rev: it.rev, seq: it.seq, body: it.body.clone() };
        let new = names.iter().filter(|n| !copies.contains_key(n));
        Ok((new.map(|name| (*name, read.stored(*name).map(state))).collect(), copies))
    }
    fn server_row(&self, name: RecordRef, state: &ServerState) -> Incoming {
        let record = decode(name, &state.body).ok();
        let columns = record.as_ref().map(|record| Columns::of(record, self.me)).unwrap_or_default();
        let (found_by, rev, seq, body) = (record.as_ref().and_then(found_by), state.rev, state.seq, state.body.clone());
        Incoming { kind: i64::from(name.kind.code()), id: name.id, rev, seq, ours: false, looked: true, columns, found_by, body }
    }
}

/// What is to be written to lay something over.
struct Over {
    /// The copies of what the server said; nothing inside where it has no such record.
    kept: Vec<(RecordRef, Option<ServerState>)>,
    /// Rows that are here already.
    rows: Vec<Incoming>,
    /// Rows that are not.
    new: Vec<Incoming>,
}

/// So many rows go to the file's thread as one text: of texts there are not many then, and each is compiled once.
const FEW: usize = 4;
const KEEP: &str = "INSERT INTO undo (kind, id, rev, seq, body) ";

/// Keeps these copies, together with other statements.
fn keep(all: &mut Together, kept: &[(RecordRef, Option<ServerState>)]) -> std::result::Result<(), BoxDynError> {
    if kept.is_empty() {
        return Ok(());
    }
    all.push(&format!("{KEEP}VALUES {}", vec!["(?, ?, ?, ?, ?)"; kept.len()].join(", ")));
    for (n, state) in kept {
        let (kind, id) = name(*n);
        all.args.add(kind)?;
        all.args.add(id)?;
        all.args.add(state.as_ref().map(|s| s.rev))?;
        all.args.add(state.as_ref().map(|s| s.seq))?;
        all.args.add(state.as_ref().map(|s| s.body.clone()))?;
    }
    Ok(())
}

fn copy(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<(RecordRef, Option<ServerState>)> {
    let name = RecordRef { kind: kind_of(row)?, id: gone::id(row.try_get("id")?)? };
    let body: Option<String> = row.try_get("body")?;
    let state = match body {
        Some(body) => Some(ServerState { rev: row.try_get("rev")?, seq: row.try_get("seq")?, body }),
        None => None,
    };
    Ok((name, state))
}

/// A record's body with the fields of a newer server, which this program does not know, kept as they were.
fn merged(server: Option<&str>, name: RecordRef, record: &AnyRecord) -> Result<String> {
    let bad = |_| Error::Inconsistent { table: "record", column: "body", id: name.to_string() };
    let Some(server) = server else { return record.to_json().map_err(bad) };
    let mut body: Map<String, Value> = serde_json::from_str(server).map_err(bad)?;
    for column in name.kind.columns() {
        body.remove(column.name);
    }
    if let Value::Object(fields) = record.to_value().map_err(bad)? {
        body.extend(fields);
    }
    serde_json::to_string(&body).map_err(bad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{record::Kind, records::Client};

    #[test]
    fn fields_of_a_newer_server_stay_in_what_is_laid_over() {
        let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
        let body = format!(
            r#"{{"id":"{id}","name":"Rani Kusuma","phone":"+6281234567890","zone":"Asia/Jakarta","created_at":"2026-11-25T01:00:00.000Z","updated_at":"2026-11-25T01:00:00.000Z","loyalty":{{"tier":"gold"}}}}"#
        );
        let mut client: Client = serde_json::from_str(&body).unwrap();
        client.phone = None;
        let name = RecordRef::new(Kind::Client, client.id);
        let text = merged(Some(&body), name, &AnyRecord::Client(client)).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["loyalty"]["tier"], "gold", "what we do not know is kept");
        assert!(value.get("phone").is_none(), "what the act cleared is gone");
        assert_eq!(value["name"], "Rani Kusuma");
    }
}
