//! Commands and their outcomes (protocol.md, Commands).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use crate::{
    command::ARGS_VERSION,
    decision::{Code, Details, Refusal},
    facts::Facts,
    id::{CommandId, RecordId, UserId},
    record::{Kind, RecordRef},
    text::Invalid,
    time::UtcMillis,
    wire_enum::wire_enum,
    words::Words,
};

/// What a person had before them when they pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seen {
    /// The record's kind.
    pub kind: Kind,
    /// The record's id.
    pub id: RecordId,
    /// Its revision as the server had said it.
    pub rev: i64,
}

impl Seen {
    /// The record.
    #[must_use]
    pub const fn reference(&self) -> RecordRef {
        RecordRef { kind: self.kind, id: self.id }
    }
}

/// A command on its way to the server. Its bytes are frozen at the first sending.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Envelope {
    /// Its id, and its idempotency key.
    pub id: CommandId,
    /// The version of its arguments.
    #[serde(default = "current_version")]
    pub v: u32,
    /// `area.verb`.
    pub name: String,
    /// Its arguments.
    #[serde(default)]
    pub args: Value,
    /// When the person pressed, by their own clock; for display.
    #[serde(default)]
    pub made_at: Option<UtcMillis>,
    /// The commands it builds on: if one of them is not applied, this one is blocked.
    #[serde(default, deserialize_with = "null_is_none", skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<CommandId>,
    /// What the person saw. A record of a kind that is not known here is none that could have been overtaken.
    #[serde(default, deserialize_with = "of_known_kinds", skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Seen>,
}

/// Clients in many languages send `null` where there is nothing.
fn null_is_none<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

fn of_known_kinds<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Seen>, D::Error> {
    #[derive(Deserialize)]
    struct OfAnyKind {
        kind: String,
        id: RecordId,
        rev: i64,
    }
    let seen: Vec<OfAnyKind> = null_is_none(deserializer)?;
    Ok(seen.into_iter().filter_map(|it| Some(Seen { kind: it.kind.parse().ok()?, id: it.id, rev: it.rev })).collect())
}

const fn current_version() -> u32 {
    ARGS_VERSION
}

impl Envelope {
    /// What makes two commands the same: name, version and arguments, in canonical form. The same id with another
    /// fingerprint is refused `command_id_reused`.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        fingerprint(&self.name, &self.v, &self.args)
    }
    /// The fingerprint of a command that may not be well-formed: for a well-formed one the same as [`Self::fingerprint`], so
    /// that a refusal for a malformed part is the answer to the same command once more.
    #[must_use]
    pub fn fingerprint_of(value: &Value) -> [u8; 32] {
        let name = value.get("name").and_then(Value::as_str).unwrap_or_default();
        let (v, args) = (value.get("v").cloned().unwrap_or_else(|| ARGS_VERSION.into()), value.get("args").unwrap_or(&Value::Null));
        fingerprint(name, &v, args)
    }
}

fn fingerprint(name: &str, v: &dyn std::fmt::Display, args: &Value) -> [u8; 32] {
    // serde_json sorts the keys of its objects, so equal arguments have equal text.
    Sha256::digest(format!("{name}\n{v}\n{args}").as_bytes()).into()
}

/// Why something in a batch is not a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadEnvelope {
    /// It has no well-formed id or name: nobody could be answered, so the whole body is malformed.
    Body(&'static str),
    /// Something else in it is wrong: this command alone is refused.
    Args(CommandId, Refusal),
}

impl Envelope {
    /// One command of a batch as a value, where JSON allows more than a value can hold: numbers without end, halves of characters,
    /// any depth. Such a part stands there as its text, so that the command is refused for it, and no other; an id or a name is then
    /// missing. Nothing where it is no object at all.
    #[must_use]
    pub fn value_of(text: &RawValue) -> Value {
        serde_json::from_str(text.get()).unwrap_or_else(|_| {
            let parts: BTreeMap<String, &RawValue> = serde_json::from_str(text.get()).unwrap_or_default();
            let held = |(name, part): (String, &RawValue)| match serde_json::from_str(part.get()) {
                Ok(value) => Some((name, value)),
                Err(_) if matches!(name.as_str(), "id" | "name") => None,
                Err(_) => Some((name, Value::from(part.get()))),
            };
            Value::Object(parts.into_iter().filter_map(held).collect())
        })
    }
    /// Reads one command of a batch, part by part, so that one mistake does not spoil its neighbours.
    ///
    /// # Errors
    /// [`BadEnvelope`].
    pub fn read(value: &Value) -> Result<Self, BadEnvelope> {
        let id: CommandId = value.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok()).ok_or(BadEnvelope::Body("id"))?;
        let named = |name: &&str| !name.is_empty() && name.len() <= 100;
        value.get("name").and_then(Value::as_str).filter(named).ok_or(BadEnvelope::Body("name"))?;
        let invalid = |field: &str, why| BadEnvelope::Args(id, Refusal::invalid(field, why));
        let envelope: Self = serde_path_to_error::deserialize(value).map_err(|e| invalid(&e.path().to_string(), Invalid::Malformed))?;
        if envelope.v == 0 || envelope.v > ARGS_VERSION {
            return Err(invalid("v", Invalid::Unknown));
        }
        let lengths = [("after", envelope.after.len()), ("seen", envelope.seen.len())];
        match lengths.into_iter().find(|(_, length)| *length > Self::LINKS) {
            Some((field, _)) => Err(invalid(field, Invalid::TooLong(Self::LINKS))),
            None => Ok(envelope),
        }
    }
    /// The most commands it may build on, and the most records it may have seen.
    pub const LINKS: usize = 1_000;
}

/// A batch of commands, at most 100, judged in order, each on its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommandBatch {
    /// The commands.
    pub commands: Vec<Envelope>,
}

impl CommandBatch {
    /// The most commands in one batch.
    pub const MOST: usize = 100;
}

wire_enum! {
    /// How a command ended.
    pub enum OutcomeStatus {
        /// It was done.
        Applied = "applied",
        /// It was not done.
        Refused = "refused",
        /// It was not judged, because one it builds on was not applied.
        Blocked = "blocked",
    }
}

/// The newest state of a record that a refusal was about, as the asker may see it now.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Current {
    /// The record's kind.
    pub kind: Kind,
    /// The record's id.
    pub id: RecordId,
    /// Its revision.
    pub rev: i64,
    /// The number of its last write.
    pub seq: i64,
    /// What it says.
    #[cfg_attr(feature = "schema", schemars(with = "Value"))]
    pub body: Box<RawValue>,
}

/// How a command ended, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// The command.
    pub id: CommandId,
    /// Its number in the feed; answers that are not stored have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
    /// How it ended.
    pub status: OutcomeStatus,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The same for people, in Indonesian.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The requirement that the rule comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What else there is to say: who, when, which argument.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Box<Details>>,
    /// Whether somebody changed what the person had seen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub conflict: bool,
    /// What stands now; made when answered, never stored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub current: Vec<Current>,
    /// Whether this is the first answer once more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeated: bool,
}

impl Outcome {
    /// It was done, under this number.
    #[must_use]
    pub const fn applied(id: CommandId, seq: i64) -> Self {
        Self::plain(id, Some(seq), OutcomeStatus::Applied)
    }
    /// It was not judged.
    #[must_use]
    pub const fn blocked(id: CommandId) -> Self {
        Self::plain(id, None, OutcomeStatus::Blocked)
    }
    /// It was not done. `seq` is `None` for answers that are not stored.
    #[must_use]
    pub fn refused(id: CommandId, seq: Option<i64>, refusal: Refusal, words: &Words) -> Self {
        let message = Some(words.text(&refusal.code.word()));
        let details = (*refusal.details != Details::default()).then_some(refusal.details);
        let rule = Some(refusal.rule.to_owned());
        Self { code: Some(refusal.code), message, rule, details, ..Self::plain(id, seq, OutcomeStatus::Refused) }
    }
    /// Takes out the name of somebody who was erased; whether it stood there.
    pub fn forget(&mut self, user: UserId) -> bool {
        self.details.as_mut().is_some_and(|details| crate::commands::client::forget(&mut details.by, user))
    }
    const fn plain(id: CommandId, seq: Option<i64>, status: OutcomeStatus) -> Self {
        Self {
            id,
            seq,
            status,
            code: None,
            message: None,
            rule: None,
            details: None,
            conflict: false,
            current: Vec::new(),
            repeated: false,
        }
    }
}

impl Code {
    /// The key of its words.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Unknown(_) => "refusal-unknown".to_owned(),
            known => format!("refusal-{}", known.wire().replace('_', "-")),
        }
    }
}

/// The answer to a batch, in the order of the batch.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcomes {
    /// One for each command.
    pub outcomes: Vec<Outcome>,
}

/// Which of these commands does the server know?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KnownRequest {
    /// The commands asked for.
    pub ids: Vec<CommandId>,
}

/// The answer: outcomes of those it knows, and the rest.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KnownAnswer {
    /// Those it knows.
    pub outcomes: Vec<Outcome>,
    /// Those it does not.
    pub unknown: Vec<CommandId>,
}

/// A command that a person may give, for `GET /v1/commands`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommandInfo {
    /// `area.verb`.
    pub name: String,
    /// The newest version of its arguments.
    pub v: u32,
    /// The JSON Schema of its arguments.
    pub args: Value,
}

/// Which of the seen records have moved on since: the first one makes a refusal a conflict. `own` are the revisions that
/// commands named in `after` wrote: somebody who builds on their own act has not been overtaken by it.
#[must_use]
pub fn overtaken(seen: &[Seen], facts: &Facts, own: impl Fn(RecordRef, i64) -> bool) -> Vec<RecordRef> {
    let moved =
        |s: &&Seen| facts.held(s.reference()).is_some_and(|now| (s.rev.saturating_add(1)..=now.rev).any(|rev| !own(s.reference(), rev)));
    seen.iter().filter(moved).map(Seen::reference).collect()
}
