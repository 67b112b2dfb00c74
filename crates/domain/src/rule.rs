//! What rules are written with: typed access to facts, and the few moves that every rule makes.

use serde::{Deserialize, Deserializer};
use std::sync::Arc;

use crate::{
    audience::{may_see, scope_of},
    command::Given,
    decision::{Changes, Code, Details, Refusal, Stop, Write},
    facts::{Fact, Facts, Held, Key, Lookup},
    id::{ClientId, NotificationId, RecordId, UserId},
    record::{Kind, Record, RecordRef},
    records::{Client, Consultation, HistoryEntry, Notification, NotificationKind, Setting, Settings, Source},
    role::{Actor, Person, Role},
    text::{Invalid, Reason},
    time::UtcMillis,
};

/// How often one who was merged is followed to another: no further than a chain that a server could have written.
const MOST_HOPS: usize = 8;

/// What a rule is asked about: facts, actor, time and command.
pub struct Cx<'a> {
    facts: &'a Facts,
    /// Who gives the command.
    pub actor: &'a Actor,
    /// The time by which the rule judges: the server's.
    pub now: UtcMillis,
    given: &'a Given,
}

/// A record as a rule read it, or made it, to be changed and written.
#[derive(Clone, Debug)]
pub struct Read<R> {
    /// The revision that was read; nothing for one that is new.
    base: Option<i64>,
    /// The record.
    pub record: R,
}

impl<R: Record> Read<R> {
    /// One that is new.
    #[must_use]
    pub const fn new(record: R) -> Self {
        Self { base: None, record }
    }
    /// One that was read, if it is of this kind.
    fn of(held: &Held) -> Option<Self> {
        R::of(&held.record).map(|record| Self { base: Some(held.rev), record: record.clone() })
    }
    /// Whether it stands as it was made: nobody has written it since.
    #[must_use]
    pub const fn is_first(&self) -> bool {
        matches!(self.base, Some(1))
    }
    /// Writes it as it is now.
    #[must_use]
    pub fn write(self) -> Write {
        Write { base: self.base, record: Arc::new(self.record.any()) }
    }
}

/// Writes a new record.
#[must_use]
pub fn create<R: Record>(record: R) -> Write {
    Read::new(record).write()
}

/// What is at hand: a desk that is not told, or not yet, does without, and the server writes it.
///
/// # Errors
/// [`Stop`] where it is refused, or must be loaded first.
pub fn at_hand<T>(found: Result<T, Stop>) -> Result<Option<T>, Stop> {
    match found {
        Err(Stop::Unknown(_)) => Ok(None),
        found => found.map(Some),
    }
}

/// Checks one argument.
///
/// # Errors
/// [`Stop::Refused`] with the argument's name.
pub fn field<T>(name: &str, value: Result<T, Invalid>) -> Result<T, Stop> {
    value.map_err(|why| Refusal::invalid(name, why).into())
}

/// A reason of 3 to 500 characters; blank and too short are the same mistake. `rule` is the requirement that wants one.
///
/// # Errors
/// `reason_required`, or `invalid_args` where it is too long.
pub fn required_reason(text: &str, rule: &'static str) -> Result<Reason, Stop> {
    required_as("reason", text, rule)
}

/// The same where the argument is called otherwise.
///
/// # Errors
/// As [`required_reason`].
pub fn required_as(name: &str, text: &str, rule: &'static str) -> Result<Reason, Stop> {
    Reason::new(text).map_err(|why| match why {
        Invalid::Required | Invalid::TooShort(_) => {
            let details = Details { field: Some(name.to_owned()), bound: Some(3), ..Details::default() };
            Refusal::with(Code::ReasonRequired, rule, details).into()
        }
        other => Refusal::invalid(name, other).into(),
    })
}

/// How something reached us: `app` for a client's own act, for the staff what they say.
///
/// # Errors
/// `invalid_args` for a way nobody knows.
pub fn source_for(cx: &Cx<'_>, said: Option<&Source>) -> Result<Source, Stop> {
    match (said, cx.is_by_office()) {
        (_, false) => Ok(Source::App),
        (Some(Source::Unknown(_)), true) => Err(Refusal::invalid("source", Invalid::Unknown).into()),
        (source, true) => Ok(source.cloned().unwrap_or(Source::Other)),
    }
}

/// An argument that is left out (keep), `null` (clear) or a value (set).
///
/// # Errors
/// Those of the form it is read from.
pub fn patch<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(d).map(Some)
}

impl<'a> Cx<'a> {
    /// The situation of one command.
    #[must_use]
    pub const fn new(facts: &'a Facts, actor: &'a Actor, now: UtcMillis, given: &'a Given) -> Self {
        Self { facts, actor, now, given }
    }
    /// The `n`-th id for something this command makes.
    #[must_use]
    pub fn derived(&self, n: u32) -> RecordId {
        self.given.id.derived(n)
    }
    /// Asks for many facts at once, for a rule that would else ask for them one after another.
    ///
    /// # Errors
    /// [`Stop::Needed`] with those that nobody has looked at yet.
    pub fn load(&self, keys: impl IntoIterator<Item = Key>) -> Result<(), Stop> {
        let missing: Vec<Key> = keys.into_iter().filter(|key| !self.facts.has(key)).collect();
        if missing.is_empty() { Ok(()) } else { Err(Stop::Needed(missing)) }
    }
    /// The record of this name, whoever may see it.
    ///
    /// # Errors
    /// [`Stop`] when it must be loaded first, or cannot be had here.
    pub fn any(&self, r: RecordRef) -> Result<Option<&'a Held>, Stop> {
        known(self.facts.record(r), Key::Record(r))
    }
    /// The record of this name, if the actor may know of it.
    ///
    /// # Errors
    /// A refusal `not_found` in both other cases, so that nobody learns what exists.
    pub fn visible(&self, r: RecordRef) -> Result<&'a Held, Stop> {
        let not_found = || Stop::Refused(Refusal::with(Code::NotFound, "R-002", Details { record: Some(r), ..Details::default() }));
        let held = self.any(r)?.ok_or_else(not_found)?;
        let scope = match scope_of(&held.record) {
            Some(scope) => self.any(scope)?.map(|s| &*s.record),
            None => None,
        };
        if may_see(self.actor, &held.record, scope) { Ok(held) } else { Err(not_found()) }
    }
    /// The record of this kind and id, if the actor may know of it, ready to be changed.
    ///
    /// # Errors
    /// As [`Self::visible`].
    pub fn read<R: Record>(&self, id: impl Into<RecordId>) -> Result<Read<R>, Stop> {
        let r = RecordRef::new(R::KIND, id);
        let held = self.visible(r)?;
        Read::of(held).ok_or_else(|| Refusal::new(Code::NotFound, "R-002").into())
    }
    /// The record of this kind and id, whoever may see it, ready to be changed, if there is one.
    ///
    /// # Errors
    /// As [`Self::any`].
    pub fn lookup<R: Record>(&self, id: impl Into<RecordId>) -> Result<Option<Read<R>>, Stop> {
        Ok(self.any(RecordRef::new(R::KIND, id))?.and_then(Read::of))
    }
    /// The record of this kind and id, whoever may see it, ready to be changed; for what a rule carries along.
    ///
    /// # Errors
    /// As [`Self::any`]; `not_found` when there is none.
    pub fn read_any<R: Record>(&self, id: impl Into<RecordId>) -> Result<Read<R>, Stop> {
        self.lookup(id)?.ok_or_else(|| Refusal::new(Code::NotFound, "R-002").into())
    }
    /// The client of this id, or whom they were merged into, if the actor may know of them, ready to be changed: whoever adds something
    /// for a client means the person, by whatever id they knew them.
    ///
    /// # Errors
    /// As [`Self::visible`].
    pub fn client(&self, id: ClientId) -> Result<Read<Client>, Stop> {
        self.read::<Client>(self.staying(id)?)
    }
    /// The id of whoever has everything of this client.
    ///
    /// # Errors
    /// As [`Self::any`].
    pub fn staying(&self, mut id: ClientId) -> Result<ClientId, Stop> {
        // Whoever was merged names whoever stays. Only a desk that is just catching up can have one name another on the way.
        for _ in 0..MOST_HOPS {
            match self.lookup::<Client>(id)?.and_then(|it| it.record.merged_into) {
                Some(into) => id = into,
                None => break,
            }
        }
        Ok(id)
    }
    /// Everything a lookup finds, ready to be changed.
    ///
    /// # Errors
    /// [`Stop`] when it must be loaded first, or cannot be had here.
    pub fn find<R: Record>(&self, lookup: Lookup) -> Result<Vec<Read<R>>, Stop> {
        let found = known(self.facts.lookup(&lookup), Key::Lookup(lookup))?;
        Ok(found.into_iter().filter_map(Read::of).collect())
    }
    /// Refuses an id that is in use.
    ///
    /// # Errors
    /// `already_exists`, or as [`Self::any`].
    pub fn must_be_free(&self, r: RecordRef) -> Result<(), Stop> {
        match self.any(r)? {
            None => Ok(()),
            Some(_) => Err(Refusal::new(Code::AlreadyExists, "protocol").into()),
        }
    }
    /// The settings that hold now.
    ///
    /// # Errors
    /// [`Stop`] when they must be loaded first, or cannot be had here.
    pub fn settings(&self) -> Result<Settings, Stop> {
        let all = self.find::<Setting>(Lookup::Settings)?;
        Ok(Settings::at(self.now, all.iter().map(|s| &s.record)))
    }
    /// Whether whoever acts enters things for clients: an admin, CS, or the system itself.
    #[must_use]
    pub fn is_by_office(&self) -> bool {
        self.actor.is_office()
    }
    /// The line that this command adds to somebody's list of notifications: at most one, so that its id can be derived.
    #[must_use]
    pub fn tell(&self, user_id: UserId, kind: NotificationKind, record: RecordRef, by: Option<Person>, detail: Option<String>) -> Write {
        let id = NotificationId::from(self.derived(0));
        create(Notification { id, user_id, kind, record, by, detail, created_at: self.now, read_at: None })
    }
    /// A person of the staff, as somebody else may read of them: a client is not told names of the staff.
    #[must_use]
    pub fn reveal(&self, person: &Person) -> Option<Person> {
        let staff = self.actor.is_system() || self.actor.roles.iter().any(Role::is_staff);
        (staff || person.id == self.actor.id()).then(|| person.clone())
    }
    /// A line for a record's history.
    #[must_use]
    pub fn history(&self, reason: Option<&str>) -> HistoryEntry {
        let act = self.given.command.spec().name.to_owned();
        HistoryEntry { at: self.now, by: self.actor.person.clone(), act, reason: reason.map(str::to_owned), to: None }
    }
    /// Stamps a consultation that the actor acts on: time, history, and a claim of theirs is renewed.
    pub fn stamp(&self, it: &mut Consultation, reason: Option<&str>) {
        it.updated_at = self.now;
        it.history.push(self.history(reason));
        crate::commands::item::renew(it, self.actor, self.now);
    }
}

fn known<T>(fact: Fact<T>, key: Key) -> Result<T, Stop> {
    match fact {
        Fact::Known(it) => Ok(it),
        Fact::Needed => Err(Stop::Needed(vec![key])),
        Fact::Unknown => Err(Stop::Unknown(vec![key])),
    }
}

/// Changes that only write.
#[must_use]
pub fn writes(writes: Vec<Write>) -> Changes {
    Changes { writes, ..Changes::default() }
}

/// The reference of a record of a kind, as a key.
#[must_use]
pub fn key(kind: Kind, id: impl Into<RecordId>) -> Key {
    Key::Record(RecordRef::new(kind, id))
}
