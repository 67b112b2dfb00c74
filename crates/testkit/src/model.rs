//! A server that is nothing but the rulebook over a map.

use domain::{
    audience::{may_see, scope_of},
    command::{Command, Given, decide},
    decision::{Code, Decision, Refusal},
    facts::{Facts, Held, Key},
    id::{CommandId, UserId},
    record::{AnyRecord, RecordRef},
    records::{Consultation, ConsultationStatus},
    role::Actor,
    time::UtcMillis,
    wire::{Envelope, Outcome, OutcomeStatus, overtaken},
    words::{Lang, Words},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::records::{NOW, client_record, command, consultation, message, order, request, user};

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) held: Held,
    pub(crate) seq: i64,
}

/// The rulebook over a map, with numbers and commits.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub(crate) rows: BTreeMap<RecordRef, Row>,
    pub(crate) gone: BTreeMap<RecordRef, i64>,
    /// Who was answered what.
    pub outcomes: BTreeMap<CommandId, (UserId, Outcome)>,
    /// The last number.
    pub head: i64,
    /// The numbers at which a commit ended.
    pub(crate) ends: BTreeSet<i64>,
    /// Which database this is.
    pub epoch: u32,
    /// What time it is there.
    pub now: UtcMillis,
    /// How often each command took effect.
    pub effects: BTreeMap<CommandId, u32>,
}

impl Model {
    /// Some staff, and so many waiting requests, and so many that were answered long ago.
    pub fn with(waiting: u64, old: u64) -> Self {
        let mut model = Self { now: NOW, ..Self::default() };
        model.commit((1..=4).map(user));
        for n in 0..waiting + old {
            let status = if n < waiting { ConsultationStatus::Waiting } else { ConsultationStatus::Accepted };
            model.commit([client_record(n), request(n, status)]);
        }
        model
    }
    /// A client and their waiting request, who asks now.
    pub fn request(&mut self, n: u64) {
        let AnyRecord::Consultation(it) = request(n, ConsultationStatus::Waiting) else { unreachable!("a request") };
        let it = Consultation { created_at: self.now, updated_at: self.now, ..it };
        self.commit([client_record(n), AnyRecord::Consultation(it)]);
    }
    /// The n-th request.
    pub fn consultation(&self, n: u64) -> &Consultation {
        match &*self.held(consultation(n)).unwrap().record {
            AnyRecord::Consultation(it) => it,
            _ => unreachable!("a consultation's name"),
        }
    }
    /// Puts records in one commit.
    pub fn commit(&mut self, records: impl IntoIterator<Item = AnyRecord>) {
        for record in records {
            let rev = self.rows.get(&record.reference()).map_or(1, |r| r.held.rev + 1);
            self.write(rev, Arc::new(record));
        }
        self.ends.insert(self.head);
    }
    fn write(&mut self, rev: i64, record: Arc<AnyRecord>) {
        self.head += 1;
        self.gone.remove(&record.reference());
        self.rows.insert(record.reference(), Row { held: Held { rev, record }, seq: self.head });
    }
    /// Takes a record out of everybody's sight.
    pub fn lose(&mut self, name: RecordRef) {
        if self.rows.remove(&name).is_some() {
            self.head += 1;
            self.gone.insert(name, self.head);
            self.ends.insert(self.head);
        }
    }
    /// What is known of this name.
    pub fn held(&self, name: RecordRef) -> Option<&Held> {
        self.rows.get(&name).map(|r| &r.held)
    }
    /// What every command was answered.
    pub fn answers(&self) -> BTreeMap<CommandId, Outcome> {
        self.outcomes.iter().map(|(id, (_, outcome))| (*id, outcome.clone())).collect()
    }
    /// Judges a command and does it; the same id has the first answer.
    pub fn give(&mut self, actor: &Actor, envelope: &Envelope) -> Outcome {
        if let Some((_, first)) = self.outcomes.get(&envelope.id) {
            return Outcome { repeated: true, ..first.clone() };
        }
        let failed = |id: &CommandId| self.outcomes.get(id).is_none_or(|(_, o)| o.status != OutcomeStatus::Applied);
        if envelope.after.iter().any(failed) {
            return Outcome::blocked(envelope.id);
        }
        let outcome = match Command::parse(&envelope.name, &envelope.args) {
            Err(bad) => self.refuse(envelope, bad.refusal(), &Facts::default()),
            Ok(command) => self.judge(actor, envelope, &Given { id: envelope.id, command }),
        };
        self.ends.insert(self.head);
        self.outcomes.insert(envelope.id, (actor.id(), outcome.clone()));
        outcome
    }
    /// What somebody does here, and not at a desk.
    pub fn act(&mut self, actor: &Actor, n: u64, name: &str, args: Value) -> Outcome {
        let (id, v, made_at) = (command(5_000_000 + n), 1, Some(self.now));
        self.give(actor, &Envelope { id, v, name: name.into(), args, made_at, after: Vec::new(), seen: Vec::new() })
    }
    /// What somebody says about the n-th order, not at a desk: the k-th message there is.
    pub fn say(&mut self, actor: &Actor, k: u64, n: u64, text: &str) -> Outcome {
        let args = serde_json::json!({ "id": message(k).id, "order_id": order(n).id, "text": text });
        let outcome = self.act(actor, 500_000 + k, "message.send", args);
        assert!(outcome.code.is_none(), "{text}: {outcome:?}");
        outcome
    }
    fn judge(&mut self, actor: &Actor, envelope: &Envelope, given: &Given) -> Outcome {
        let mut facts = Facts::default();
        loop {
            match decide(&facts, actor, self.now, given) {
                Decision::Need(keys) => keys.into_iter().for_each(|key| self.load(&mut facts, key)),
                Decision::Unknown(keys) => unreachable!("a server knows everything, not so {keys:?}"),
                Decision::Refuse(refusal) => return self.refuse(envelope, refusal, &facts),
                Decision::Apply(changes) => {
                    for write in &changes.writes {
                        self.write(write.rev(), write.record.clone());
                    }
                    self.head += 1;
                    *self.effects.entry(envelope.id).or_default() += 1;
                    return Outcome::applied(envelope.id, self.head);
                }
            }
        }
    }
    fn load(&self, facts: &mut Facts, key: Key) {
        match key {
            Key::Record(name) => facts.learn(name, self.held(name).cloned()),
            Key::Lookup(l) => {
                let found = self.rows.values().map(|r| &r.held).filter(|h| l.matches(&h.record)).cloned().collect();
                facts.learn_lookup(l, found);
            }
        }
    }
    fn refuse(&mut self, envelope: &Envelope, refusal: Refusal, facts: &Facts) -> Outcome {
        self.head += 1;
        let mut outcome = Outcome::refused(envelope.id, Some(self.head), refusal, &Words::new(Lang::Id));
        outcome.conflict = !overtaken(&envelope.seen, facts, |_, _| false).is_empty();
        if outcome.code == Some(Code::UnknownCommand) {
            outcome.seq = None;
        }
        outcome
    }
    pub(crate) fn sees(&self, actor: &Actor, record: &AnyRecord) -> bool {
        let scope = scope_of(record).and_then(|name| self.held(name)).map(|h| &*h.record);
        may_see(actor, record, scope)
    }
    /// Everything this person may see, by name.
    pub fn visible(&self, actor: &Actor) -> BTreeMap<RecordRef, Held> {
        let mine = self.rows.iter().filter(|(_, r)| self.sees(actor, &r.held.record));
        mine.map(|(name, r)| (*name, r.held.clone())).collect()
    }
}
