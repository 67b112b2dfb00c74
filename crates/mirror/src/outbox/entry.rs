//! A command in the outbox.

use domain::{
    command::{BadCommand, Command, Given},
    id::{CommandId, RecordId, UserId},
    record::{Kind, RecordRef},
    status::CommandState,
    time::UtcMillis,
    wire::{Envelope, Outcome, Seen},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};
use sqlx::{Row, sqlite::SqliteRow};

use crate::error::{Error, Result};

/// A record as the person saw it when they pressed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Saw {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: RecordId,
    /// The revision it was shown with.
    pub rev: i64,
    /// As of when it was shown.
    pub at: UtcMillis,
    /// What it said.
    pub body: Box<RawValue>,
}

/// What a person decided about a command that needed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// «Tandai sudah ditangani».
    Handled,
    /// «Buang».
    Discarded,
    /// «Kirim sebagai perintah baru».
    SentAgain,
}

/// A command in the outbox, with everything that is known of it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the order of acts.
    pub n: i64,
    /// Its id.
    pub id: CommandId,
    /// Who gave it.
    pub author: UserId,
    /// The version of its arguments.
    pub v: u32,
    /// `area.verb`.
    pub name: String,
    /// Its arguments.
    pub args: Value,
    /// The record it is about.
    pub subject: Option<RecordRef>,
    /// Whom or what it is about, in words.
    pub title: String,
    /// When it was made.
    pub made_at: UtcMillis,
    /// The commands it builds on.
    pub after: Vec<CommandId>,
    /// Revisions of what the person had before them.
    pub seen: Vec<Seen>,
    /// How that looked.
    pub saw: Vec<Saw>,
    /// Records it makes.
    pub makes: Vec<RecordRef>,
    /// Where it stands.
    pub state: CommandState,
    /// Its bytes as they were first sent.
    pub frozen: Option<String>,
    /// How often it was tried.
    pub tries: u32,
    /// When it was last tried.
    pub sent_at: Option<UtcMillis>,
    /// The server's answer.
    pub outcome: Option<Outcome>,
    /// The number of that answer.
    pub seq: Option<i64>,
    /// The history in which that number counts.
    pub generation: Option<i64>,
    /// When it was finished.
    pub finished_at: Option<UtcMillis>,
    /// What a person decided.
    pub settled: Option<Settled>,
    /// The command that took its place.
    pub replaced_by: Option<CommandId>,
}

impl Entry {
    /// The columns of a row, in the order in which [`Self::read`] names them.
    pub(super) const COLUMNS: &'static str = "n, id, author, v, name, args, subject, title, made_at, after, seen, saw, makes, state, \
        frozen, tries, sent_at, outcome, seq, generation, finished_at, settled, replaced_by";

    /// The command for the rulebook, if this program knows it.
    ///
    /// # Errors
    /// [`BadCommand`] for one of another program.
    pub fn given(&self) -> std::result::Result<Given, BadCommand> {
        Command::parse(&self.name, &self.args).map(|command| Given { id: self.id, command })
    }
    /// Whether it was applied in this history, above what the mirror has as a whole.
    ///
    /// Invariant: another history is never laid on top. “Numbers carry their epoch; nothing of one epoch is compared with another's.”
    pub(crate) fn is_above(&self, generation: i64, whole: Option<i64>) -> bool {
        let this_history = self.generation == Some(generation) || domain::planted::planted("histories_mixed");
        this_history && self.seq.is_some_and(|seq| whole.is_none_or(|whole| seq > whole))
    }
    /// Whether it is not finished: somebody has yet to answer it, or to decide.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.state.is_waiting() || self.state.needs_decision()
    }
    /// Its form on the wire, made when it is first sent and then kept.
    pub(super) fn envelope(&self) -> Result<String> {
        let envelope = Envelope {
            id: self.id,
            v: self.v,
            name: self.name.clone(),
            args: self.args.clone(),
            made_at: Some(self.made_at),
            after: self.after.clone(),
            seen: self.seen.clone(),
        };
        serde_json::to_string(&envelope).map_err(|_| self.inconsistent("args"))
    }
    fn inconsistent(&self, column: &'static str) -> Error {
        Error::Inconsistent { table: "command", column, id: self.id.to_string() }
    }
    /// Reads a row. What does not decode is named and nothing is skipped.
    pub(super) fn read(row: &SqliteRow) -> Result<Self> {
        let id = CommandId::from_uuid(uuid(row, "id")?);
        let bad = |column| move || Error::Inconsistent { table: "command", column, id: id.to_string() };
        let moment = |column| sql(row.try_get::<Option<i64>, _>(column)).map(|ms| ms.map(UtcMillis::from_ms));
        Ok(Self {
            n: sql(row.try_get("n"))?,
            id,
            author: UserId::from_uuid(uuid(row, "author")?),
            v: sql(row.try_get("v"))?,
            name: sql(row.try_get("name"))?,
            args: json(row, "args")?.ok_or_else(bad("args"))?,
            subject: text(row, "subject")?.map(|t| t.parse()).transpose().map_err(|_| bad("subject")())?,
            title: sql(row.try_get("title"))?,
            made_at: UtcMillis::from_ms(sql(row.try_get("made_at"))?),
            after: json(row, "after")?.ok_or_else(bad("after"))?,
            seen: json(row, "seen")?.ok_or_else(bad("seen"))?,
            saw: json(row, "saw")?.ok_or_else(bad("saw"))?,
            makes: json(row, "makes")?.ok_or_else(bad("makes"))?,
            state: state_of(&sql(row.try_get::<String, _>("state"))?).ok_or_else(bad("state"))?,
            frozen: text(row, "frozen")?,
            tries: sql(row.try_get("tries"))?,
            sent_at: moment("sent_at")?,
            outcome: json(row, "outcome")?,
            seq: sql(row.try_get("seq"))?,
            generation: sql(row.try_get("generation"))?,
            finished_at: moment("finished_at")?,
            settled: text(row, "settled")?.and_then(|t| serde_json::from_value(Value::String(t)).ok()),
            replaced_by: sql(row.try_get::<Option<Vec<u8>>, _>("replaced_by"))?
                .and_then(|b| uuid::Uuid::from_slice(&b).ok())
                .map(CommandId::from_uuid),
        })
    }
}

fn sql<T>(value: sqlx::Result<T>) -> Result<T> {
    value.map_err(Error::from)
}

fn text(row: &SqliteRow, column: &'static str) -> Result<Option<String>> {
    sql(row.try_get(column))
}

fn json<T: DeserializeOwned>(row: &SqliteRow, column: &'static str) -> Result<Option<T>> {
    let Some(text) = text(row, column)? else { return Ok(None) };
    let bad = |_| Error::Inconsistent { table: "command", column, id: row.try_get::<i64, _>("n").unwrap_or_default().to_string() };
    serde_json::from_str(&text).map(Some).map_err(bad)
}

fn uuid(row: &SqliteRow, column: &'static str) -> Result<uuid::Uuid> {
    let bytes: &[u8] = sql(row.try_get(column))?;
    uuid::Uuid::from_slice(bytes).map_err(|_| Error::Inconsistent { table: "command", column, id: String::new() })
}

/// The name of a state in the file.
pub(super) fn state_name(state: CommandState) -> String {
    match serde_json::to_value(state) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

fn state_of(name: &str) -> Option<CommandState> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}

/// The name of a decision in the file.
pub(super) fn settled_name(settled: Settled) -> String {
    match serde_json::to_value(settled) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_name_that_the_file_understands() {
        for state in CommandState::ALL {
            assert_eq!(state_of(&state_name(*state)), Some(*state));
        }
        for settled in [Settled::Handled, Settled::Discarded, Settled::SentAgain] {
            assert!(!settled_name(settled).is_empty());
        }
    }
}
