//! How commands come into the outbox, and how they move from state to state (M-12).

use domain::{
    id::{CommandId, UserId},
    record::RecordRef,
    status::CommandState,
    time::{DAY, UtcMillis},
    wire::{Outcome, OutcomeStatus, Seen},
};
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::{Sqlite, query::Query, sqlite::SqliteArguments};
use std::collections::HashSet;

use super::{
    Entry, Outbox, Saw, Settled, blob,
    entry::{settled_name, state_name},
};
use crate::error::{Error, Result};

/// How long answers are kept, in milliseconds.
const KEPT: i64 = 30 * DAY;
/// How long it is kept what was looked at and what was told, in milliseconds.
const MARKS_KEPT: i64 = 180 * DAY;

/// A command that was just given.
#[derive(Clone, Debug)]
pub(crate) struct New {
    pub(crate) id: CommandId,
    pub(crate) author: UserId,
    pub(crate) v: u32,
    pub(crate) name: String,
    pub(crate) args: Value,
    pub(crate) subject: Option<RecordRef>,
    pub(crate) title: String,
    pub(crate) made_at: UtcMillis,
    pub(crate) after: Vec<CommandId>,
    pub(crate) seen: Vec<Seen>,
    pub(crate) saw: Vec<Saw>,
    pub(crate) makes: Vec<RecordRef>,
    pub(crate) held: bool,
}

impl New {
    const fn state(&self) -> CommandState {
        if self.held { CommandState::Held } else { CommandState::Queued }
    }
    fn insertion(&self) -> Result<Query<'static, Sqlite, SqliteArguments>> {
        let sql = "INSERT INTO command (id, author, v, name, args, subject, title, made_at, after, seen, saw, makes, state) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        Ok(sqlx::query(sql)
            .bind(blob(self.id))
            .bind(self.author.uuid().as_bytes().to_vec())
            .bind(self.v)
            .bind(self.name.clone())
            .bind(text(&self.args)?)
            .bind(self.subject.map(|s| s.to_string()))
            .bind(self.title.clone())
            .bind(self.made_at.ms())
            .bind(text(&self.after)?)
            .bind(text(&self.seen)?)
            .bind(text(&self.saw)?)
            .bind(text(&self.makes)?)
            .bind(state_name(self.state())))
    }
    fn entry(self, n: i64) -> Entry {
        let state = self.state();
        let Self { id, author, v, name, args, subject, title, made_at, after, seen, saw, makes, .. } = self;
        Entry {
            n,
            id,
            author,
            v,
            name,
            args,
            subject,
            title,
            made_at,
            after,
            seen,
            saw,
            makes,
            state,
            frozen: None,
            tries: 0,
            sent_at: None,
            outcome: None,
            seq: None,
            generation: None,
            finished_at: None,
            settled: None,
            replaced_by: None,
        }
    }
}

fn text<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| Error::Inconsistent { table: "command", column: "json", id: String::new() })
}

/// Where a command stands after this answer.
fn ended(outcome: &Outcome) -> CommandState {
    match outcome.status {
        OutcomeStatus::Applied => CommandState::Applied,
        OutcomeStatus::Blocked => CommandState::Blocked,
        OutcomeStatus::Refused if domain::planted::planted("refusal_swallowed") => CommandState::Applied,
        // An answer of a newer server that is not «applied» is for a person to read.
        OutcomeStatus::Refused | OutcomeStatus::Unknown(_) if outcome.conflict => CommandState::Conflict,
        OutcomeStatus::Refused | OutcomeStatus::Unknown(_) => CommandState::Refused,
    }
}

impl Outbox {
    /// Takes in many commands in one transaction: all of them are on the disk when this returns, or none is.
    pub(crate) async fn add_all(&mut self, all: Vec<New>) -> Result<()> {
        self.file.begin().await?;
        let mut entries = Vec::with_capacity(all.len());
        for new in all {
            entries.push(self.insert(new).await?);
        }
        self.commit().await?;
        self.live.extend(entries);
        Ok(())
    }
    /// Puts commands in the places of others, in one transaction: those are settled.
    pub(crate) async fn replace(&mut self, again: Vec<(CommandId, New)>, at: UtcMillis) -> Result<()> {
        self.file.begin().await?;
        let mut entries = Vec::with_capacity(again.len());
        for (old, new) in again {
            self.write_settled(old, Settled::SentAgain, Some(new.id), at).await?;
            entries.push((old, self.insert(new).await?));
        }
        self.file.commit().await?;
        for (old, entry) in entries {
            self.live.retain(|e| e.id != old);
            self.live.push(entry);
        }
        self.let_files_go().await
    }
    /// Runs a statement on commands, in a transaction of its own.
    ///
    /// Invariant: what is remembered is what is written. “Work on the outbox that is abandoned half-way is noticed by the next that
    /// comes, which reads the file again.” A statement outside of a transaction is done by the file's thread although nobody waits for
    /// it any more, and nobody would notice. Returns the number of the row that was put in last.
    pub(super) async fn write(&mut self, query: Query<'_, Sqlite, SqliteArguments>) -> Result<i64> {
        if domain::planted::planted("send_before_commit") {
            self.file.begin().await?;
            let done = self.file.run(query).await?;
            self.commit().await?;
            return Ok(done.last_insert_rowid());
        }
        self.file.write(query).await
    }
    pub(super) async fn commit(&mut self) -> Result<()> {
        if domain::planted::planted("send_before_commit") { self.file.commit_later(0).await } else { self.file.commit().await }
    }
    /// Takes in a command, in a transaction that is open.
    pub(super) async fn insert(&mut self, new: New) -> Result<Entry> {
        let done = self.file.run(new.insertion()?).await?;
        Ok(new.entry(done.last_insert_rowid()))
    }
    /// Takes in a command, in a transaction of its own.
    pub(super) async fn insert_alone(&mut self, new: New) -> Result<Entry> {
        let n = self.write(new.insertion()?).await?;
        Ok(new.entry(n))
    }
    /// Takes out commands of which nothing has left this desk, in one transaction.
    pub(crate) async fn take_out(&mut self, ids: &[CommandId]) -> Result<()> {
        self.file.begin().await?;
        for id in ids {
            let sql = "DELETE FROM command WHERE id = ? AND state IN ('held', 'queued')";
            self.file.run(sqlx::query(sql).bind(blob(*id))).await?;
        }
        self.commit().await?;
        let gone: HashSet<&CommandId> = ids.iter().collect();
        self.live.retain(|e| !gone.contains(&e.id));
        self.let_files_go().await
    }
    /// Takes out a command of which nothing has left this desk, and blocks these, which build on it.
    pub(crate) async fn call_off(&mut self, id: CommandId, followers: &[CommandId]) -> Result<()> {
        self.file.begin().await?;
        for (id, sql) in std::iter::once((&id, "DELETE FROM command WHERE id = ? AND state IN ('held', 'queued')"))
            .chain(followers.iter().map(|id| (id, "UPDATE command SET state = 'blocked' WHERE id = ?")))
        {
            self.file.run(sqlx::query(sql).bind(blob(*id))).await?;
        }
        self.file.commit().await?;
        self.live.retain(|e| e.id != id);
        self.live.iter_mut().filter(|e| followers.contains(&e.id)).for_each(|e| e.state = CommandState::Blocked);
        self.let_files_go().await
    }
    /// Lets held commands go. One that was blocked meanwhile, because what it builds on was not done, stays so.
    pub(crate) async fn release(&mut self, ids: &[CommandId]) -> Result<()> {
        let is_held = |id: &&CommandId| self.live_entry(**id).is_some_and(|entry| entry.state == CommandState::Held);
        let held: Vec<CommandId> = ids.iter().filter(is_held).copied().collect();
        self.set_states(&held, CommandState::Queued).await
    }
    /// Puts commands back that surely did not leave this desk. That they were tried stays. What the feed has said of one meanwhile counts
    /// more than what the line says of the request.
    pub(crate) async fn unsent(&mut self, ids: &[CommandId]) -> Result<()> {
        let on_its_way = |id: &&CommandId| self.live_entry(**id).is_some_and(|entry| entry.state == CommandState::Sent);
        let ids: Vec<CommandId> = ids.iter().filter(on_its_way).copied().collect();
        self.set_states(&ids, CommandState::Queued).await
    }
    /// Notes that these commands cannot be done because one they build on was not.
    pub(crate) async fn block(&mut self, ids: &[CommandId]) -> Result<()> {
        self.set_states(ids, CommandState::Blocked).await
    }
    /// Notes that the server does not know these commands any more.
    pub(crate) async fn forgotten(&mut self, ids: &[CommandId], generation: i64, whole: Option<i64>) -> Result<()> {
        self.set_states(ids, CommandState::Unknown).await?;
        if domain::planted::planted("replay_after_restore") {
            self.file.execute("UPDATE command SET state = 'queued', outcome = NULL WHERE state = 'unknown'").await?;
        }
        self.reload(generation, whole).await
    }
    async fn set_states(&mut self, ids: &[CommandId], state: CommandState) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        self.file.begin().await?;
        for id in ids {
            let query = sqlx::query("UPDATE command SET state = ? WHERE id = ?").bind(state_name(state)).bind(blob(*id));
            self.file.run(query).await?;
        }
        self.file.commit().await?;
        self.live.iter_mut().filter(|e| ids.contains(&e.id)).for_each(|e| e.state = state);
        Ok(())
    }
    /// The bytes of these commands: those of their first sending, or new ones.
    pub(crate) fn bytes(&self, ids: &[CommandId]) -> Result<Vec<String>> {
        let missing = |id: &CommandId| Error::Inconsistent { table: "command", column: "id", id: id.to_string() };
        let entries = ids.iter().map(|id| self.live_entry(*id).ok_or_else(|| missing(id)));
        entries.map(|entry| entry.and_then(|e| e.frozen.clone().map_or_else(|| e.envelope(), Ok))).collect()
    }
    /// Notes a try with these bytes, before it is made.
    ///
    /// Invariant: the try counter rises before the try. “A command that kills the program is known to have been tried.”
    pub(crate) async fn sending(&mut self, ids: &[CommandId], frozen: &[String], at: UtcMillis) -> Result<()> {
        let rows: Vec<Value> = ids.iter().zip(frozen).map(|(id, bytes)| json!({ "id": id.uuid().simple(), "frozen": bytes })).collect();
        let sql = "UPDATE command SET state = 'sent', tries = tries + 1, sent_at = ?, frozen = coalesce(frozen, each.value ->> 'frozen') \
                   FROM json_each(?) AS each WHERE command.id = unhex(each.value ->> 'id')";
        self.write(sqlx::query(sql).bind(at.ms()).bind(Value::from(rows).to_string())).await?;
        for entry in self.live.iter_mut() {
            if let Some(place) = ids.iter().position(|id| *id == entry.id) {
                entry.state = CommandState::Sent;
                entry.tries += 1;
                entry.sent_at = Some(at);
                entry.frozen = entry.frozen.take().or_else(|| frozen.get(place).cloned());
            }
        }
        Ok(())
    }
    /// Notes answers of the server. The first one counts; the same answer again only adds what was missing. Returns the
    /// commands whose state or number changed. Answers to commands of other desks are passed over.
    pub(crate) async fn end(&mut self, outcomes: &[Outcome], generation: i64, at: UtcMillis) -> Result<Vec<CommandId>> {
        let mut ends = Vec::new();
        for outcome in outcomes {
            if let Some(entry) = self.lookup(outcome.id).await?
                && let Some(end) = End::of(&entry, outcome, generation, at)
            {
                ends.push((entry, end));
            }
        }
        if ends.is_empty() {
            return Ok(Vec::new());
        }
        let row = |(entry, end): &(Entry, End)| {
            let (state, at) = (state_name(end.state), end.finished_at.map(UtcMillis::ms));
            Ok(json!({ "id": entry.id.uuid().simple(), "state": state, "outcome": text(&end.outcome)?, "seq": end.outcome.seq, "at": at }))
        };
        let rows = ends.iter().map(row).collect::<Result<Vec<Value>>>()?;
        let sql = "UPDATE command SET state = each.value ->> 'state', outcome = each.value ->> 'outcome', seq = each.value ->> 'seq', \
                   generation = ?, finished_at = each.value ->> 'at' \
                   FROM json_each(?) AS each WHERE command.id = unhex(each.value ->> 'id')";
        self.write(sqlx::query(sql).bind(generation).bind(Value::from(rows).to_string())).await?;
        let ids = ends.iter().map(|(entry, _)| entry.id).collect();
        for (mut entry, end) in ends {
            entry.state = end.state;
            entry.seq = end.outcome.seq;
            entry.outcome = Some(end.outcome);
            entry.generation = Some(generation);
            entry.finished_at = end.finished_at;
            self.remember(entry);
        }
        Ok(ids)
    }
    /// Notes what a person decided.
    pub(crate) async fn settle(&mut self, id: CommandId, how: Settled, by: Option<CommandId>, at: UtcMillis) -> Result<()> {
        self.file.begin().await?;
        self.write_settled(id, how, by, at).await?;
        self.file.commit().await?;
        self.live.retain(|e| e.id != id);
        self.let_files_go().await
    }
    async fn write_settled(&mut self, id: CommandId, how: Settled, by: Option<CommandId>, at: UtcMillis) -> Result<()> {
        let sql = "UPDATE command SET state = 'settled', settled = ?, replaced_by = ?, finished_at = ? WHERE id = ?";
        let query = sqlx::query(sql).bind(settled_name(how)).bind(by.map(blob)).bind(at.ms()).bind(blob(id));
        self.file.run(query).await.map(drop)
    }
    /// Forgets what need not be remembered any longer. What waits for the server or for a person is never forgotten.
    pub(crate) async fn purge(&mut self, now: UtcMillis) -> Result<()> {
        let answers = "DELETE FROM command WHERE finished_at < ? AND state IN ('applied', 'settled')";
        let marks = ["DELETE FROM toast WHERE at < ?", "DELETE FROM looked WHERE at < ?", "DELETE FROM draft WHERE at < ?"];
        for (sql, kept) in std::iter::once((answers, KEPT)).chain(marks.map(|sql| (sql, MARKS_KEPT))) {
            self.file.run(sqlx::query(sql).bind(now.plus(-kept).ms())).await?;
        }
        Ok(())
    }
    fn remember(&mut self, entry: Entry) {
        match self.live.iter_mut().find(|e| e.id == entry.id) {
            Some(held) => *held = entry,
            None => {
                self.live.push(entry);
                self.live.sort_by_key(|e| e.n);
            }
        }
    }
}

/// What an answer changes.
struct End {
    state: CommandState,
    outcome: Outcome,
    finished_at: Option<UtcMillis>,
}

impl End {
    /// `None` when the answer says nothing new.
    fn of(entry: &Entry, outcome: &Outcome, generation: i64, at: UtcMillis) -> Option<Self> {
        let mut outcome = outcome.clone();
        let earlier = entry.outcome.as_ref().filter(|e| e.status == outcome.status);
        if let Some(earlier) = earlier {
            outcome.seq = outcome.seq.or(earlier.seq);
            // What stands now is told only with the answer itself, never by the feed.
            if outcome.current.is_empty() {
                outcome.current.clone_from(&earlier.current);
            }
            outcome.conflict |= earlier.conflict;
        }
        outcome.repeated = false;
        let state = if entry.state == CommandState::Settled { CommandState::Settled } else { ended(&outcome) };
        let same =
            earlier.is_some_and(|e| e.seq == outcome.seq && e.conflict == outcome.conflict && e.current.len() == outcome.current.len());
        if same && state == entry.state && entry.generation == Some(generation) {
            return None;
        }
        let finished = matches!(state, CommandState::Applied | CommandState::Settled);
        Some(Self { state, finished_at: finished.then(|| entry.finished_at.unwrap_or(at)), outcome })
    }
}
