//! Laying this desk's own acts over what the server said, and taking them off again.
//!
//! Invariant: one undo copy. “What the server last said of a record that is laid over stands beside it once, from the first
//! command that touched it.”

use domain::record::{AnyRecord, RecordRef};
use serde_json::{Map, Value};
use sqlx::{QueryBuilder, Row};
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
        keep(&mut all, &over.kept, &over.copies)?;
        self.lay_together(&mut all, over.rows, over.new)?;
        self.file.commit_with(all).await
    }
    async fn write_over(&mut self, over: Over) -> Result<()> {
        for part in over.kept.chunks(200) {
            let mut all = Together::default();
            keep(&mut all, part, &over.copies)?;
            self.file.run_together(all).await?;
        }
        self.lay_again(over.rows).await?;
        self.lay(over.new).await
    }
    /// What is to be written to lay these over.
    async fn laying(&mut self, shown: &HashMap<RecordRef, Shown>, read: &mut Loader) -> Result<Over> {
        let names: Vec<RecordRef> = shown.keys().copied().collect();
        let (kept, copies) = self.copies_to_keep(&names, read).await?;
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
        Ok(Over { kept, copies, rows, new })
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
    /// The copies of all of these records, and which of them are still to be kept.
    async fn copies_to_keep(&mut self, names: &[RecordRef], read: &mut Loader) -> Result<(Vec<RecordRef>, Copies)> {
        read.prefetch(self, names).await?;
        // What has nothing of ours laid over it has no copy yet.
        let ours: Vec<RecordRef> = names.iter().filter(|name| read.stored(**name).is_some_and(|it| it.ours)).copied().collect();
        let mut copies = self.copies(Some(&ours)).await?;
        let new: Vec<RecordRef> = names.iter().filter(|n| !copies.contains_key(n)).copied().collect();
        let state = |it: &Stored| ServerState { rev: it.rev, seq: it.seq, body: it.body.clone() };
        copies.extend(new.iter().map(|name| (*name, read.stored(*name).map(state))));
        Ok((new, copies))
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
    /// What the server said of them.
    copies: Copies,
    /// Which of the copies are not kept yet.
    kept: Vec<RecordRef>,
    /// Rows that are here already.
    rows: Vec<Incoming>,
    /// Rows that are not.
    new: Vec<Incoming>,
}

/// So many rows go to the file's thread as one text: of texts there are not many then, and each is compiled once.
const FEW: usize = 4;

/// Keeps the copies of these records, together with other statements.
fn keep(all: &mut Together, names: &[RecordRef], copies: &Copies) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    all.push(&format!("INSERT INTO undo (kind, id, rev, seq, body) VALUES {}", vec!["(?, ?, ?, ?, ?)"; names.len()].join(", ")));
    for n in names {
        let ((kind, id), state) = (name(*n), copies.get(n).and_then(Option::as_ref));
        all.bind(kind)?;
        all.bind(id)?;
        all.bind(state.map(|s| s.rev))?;
        all.bind(state.map(|s| s.seq))?;
        all.bind(state.map(|s| s.body.clone()))?;
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
