//! A server that is nothing but the rulebook, a feed with commits, and cursors.

use domain::{
    audience::{may_see, scope_of},
    command::{Command, Given, decide},
    decision::{Code, Decision, Refusal},
    facts::{Facts, Held, Key},
    id::{CommandId, UserId},
    record::{AnyRecord, RecordRef},
    records::ConsultationStatus,
    role::Actor,
    time::UtcMillis,
    wire::{Envelope, Outcome, OutcomeStatus, Page, check_term, overtaken},
    words::{Lang, Words},
};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    sync::Arc,
};

use crate::records::{NOW, client_record, request, user};

#[derive(Clone, Debug)]
struct Row {
    held: Held,
    seq: i64,
}

/// The rulebook over a map, with numbers and commits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    rows: BTreeMap<RecordRef, Row>,
    gone: BTreeMap<RecordRef, i64>,
    pub(crate) outcomes: BTreeMap<CommandId, (UserId, Outcome)>,
    pub(crate) head: i64,
    /// The numbers at which a commit ended.
    ends: BTreeSet<i64>,
    /// Which database this is.
    pub(crate) epoch: u32,
    pub(crate) now: UtcMillis,
    /// How often each command took effect.
    pub(crate) effects: BTreeMap<CommandId, u32>,
}

/// A page as text.
pub(crate) struct Text {
    pub(crate) lines: Vec<String>,
}

impl Model {
    /// Some staff, and so many waiting requests, and so many that were answered long ago.
    pub(crate) fn with(waiting: u64, old: u64) -> Self {
        let mut model = Self { now: NOW, ..Self::default() };
        model.commit((1..=4).map(user));
        for n in 0..waiting + old {
            let status = if n < waiting { ConsultationStatus::Waiting } else { ConsultationStatus::Accepted };
            model.commit([client_record(n), request(n, status)]);
        }
        model
    }
    /// Puts records in one commit.
    pub(crate) fn commit(&mut self, records: impl IntoIterator<Item = AnyRecord>) {
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
    pub(crate) fn lose(&mut self, name: RecordRef) {
        if self.rows.remove(&name).is_some() {
            self.head += 1;
            self.gone.insert(name, self.head);
            self.ends.insert(self.head);
        }
    }
    pub(crate) fn held(&self, name: RecordRef) -> Option<&Held> {
        self.rows.get(&name).map(|r| &r.held)
    }
    /// Judges a command and does it; the same id has the first answer.
    pub(crate) fn give(&mut self, actor: &Actor, envelope: &Envelope) -> Outcome {
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
    fn sees(&self, actor: &Actor, record: &AnyRecord) -> bool {
        let scope = scope_of(record).and_then(|name| self.held(name)).map(|h| &*h.record);
        may_see(actor, record, scope)
    }
    /// Everything this person may see, by name.
    pub(crate) fn visible(&self, actor: &Actor) -> BTreeMap<RecordRef, Held> {
        let mine = self.rows.iter().filter(|(_, r)| self.sees(actor, &r.held.record));
        mine.map(|(name, r)| (*name, r.held.clone())).collect()
    }

    /// A cursor: database, rights, number.
    pub(crate) fn cursor(&self, actor: &Actor, seq: i64) -> String {
        let rights: String = actor.roles.iter().map(|r| r.wire()).collect();
        format!("{}.{rights}.{seq}", self.epoch)
    }
    /// The number of a cursor, if it is of this database and these rights.
    pub(crate) fn place(&self, actor: &Actor, cursor: &str) -> Option<i64> {
        let seq = cursor.rsplit('.').next()?.parse().ok()?;
        (self.cursor(actor, seq) == cursor && seq <= self.head).then_some(seq)
    }
    fn commit_end(&self, seq: i64) -> i64 {
        self.ends.range(seq..).next().copied().unwrap_or(self.head)
    }
    fn commit_before(&self, seq: i64) -> i64 {
        self.ends.range(..seq).next_back().copied().unwrap_or(0)
    }
    /// The lines above a number, in their order.
    pub(crate) fn above(&self, actor: &Actor, after: i64) -> Vec<(i64, String)> {
        let gone =
            |(name, seq): (&RecordRef, &i64)| (*seq, format!(r#"{{"gone":{{"kind":"{}","id":"{}","seq":{seq}}}}}"#, name.kind, name.id));
        let mine = self.outcomes.values().filter(|(author, _)| *author == actor.id());
        let outcomes = mine.filter_map(|(_, o)| Some((o.seq?, json!({ "outcome": o }).to_string())));
        let puts = self.rows.values().filter(|r| self.sees(actor, &r.held.record)).map(line);
        let mut all: Vec<(i64, String)> = puts.chain(self.gone.iter().map(gone)).chain(outcomes).filter(|(seq, _)| *seq > after).collect();
        all.sort();
        all
    }
    /// A page upwards.
    pub(crate) fn up(&self, actor: &Actor, after: i64, limit: usize, check: bool) -> Text {
        let all = self.above(actor, after);
        let ends = |at: usize| all.get(at + 1).is_none_or(|next| next.0 > self.commit_end(all[at].0));
        let cut = (0..all.len()).find(|at| at + 1 >= limit && ends(*at) && at + 1 < all.len());
        let (part, seq) = match cut {
            Some(at) => (&all[..=at], self.commit_end(all[at].0)),
            None => (&all[..], self.head),
        };
        let marks = |at: usize| ends(at).then(|| self.commit_end(part[at].0));
        self.text(actor, part, marks, seq, seq < self.head, check)
    }
    /// A page downwards.
    pub(crate) fn down(&self, actor: &Actor, before: i64, limit: usize) -> Text {
        let mut all: Vec<(i64, String)> = self.rows.values().filter(|r| self.sees(actor, &r.held.record)).map(line).collect();
        all.retain(|(seq, _)| *seq <= before);
        all.sort_by_key(|(seq, _)| std::cmp::Reverse(*seq));
        let ends = |at: usize| all.get(at + 1).is_none_or(|next| next.0 <= self.commit_before(all[at].0));
        let cut = (0..all.len()).find(|at| at + 1 >= limit && ends(*at) && at + 1 < all.len());
        let (part, seq) = match cut {
            Some(at) => (&all[..=at], self.commit_before(all[at].0)),
            None => (&all[..], 0),
        };
        let marks = |at: usize| ends(at).then(|| self.commit_before(part[at].0));
        self.text(actor, part, marks, seq, seq > 0, false)
    }
    /// Everything open, and what it names.
    pub(crate) fn work(&self, actor: &Actor) -> Text {
        let open: Vec<&Row> = self.rows.values().filter(|r| r.held.record.is_open() && self.sees(actor, &r.held.record)).collect();
        let mut names: BTreeSet<RecordRef> = open.iter().flat_map(|r| r.held.record.names()).collect();
        names.extend(open.iter().map(|r| r.held.record.reference()));
        let part: Vec<(i64, String)> = names.iter().filter_map(|n| self.rows.get(n)).map(line).collect();
        self.text(actor, &part, |_| None, self.head, false, false)
    }
    fn text(&self, actor: &Actor, part: &[(i64, String)], mark: impl Fn(usize) -> Option<i64>, seq: i64, more: bool, check: bool) -> Text {
        let mut lines = Vec::new();
        for (at, (_, line)) in part.iter().enumerate() {
            lines.push(line.clone());
            // The real one marks every hundred records; here often, so that cuts fall between.
            if let Some(seq) = mark(at).filter(|_| at % 3 == 2) {
                lines.push(json!({ "mark": { "cursor": self.cursor(actor, seq) } }).to_string());
            }
        }
        let (count, sum) = if check && !more { self.sum(actor) } else { (None, None) };
        let page = Page { cursor: self.cursor(actor, seq), seq, head: self.cursor(actor, self.head), more, count, sum };
        lines.push(json!({ "page": page }).to_string());
        Text { lines }
    }
    fn sum(&self, actor: &Actor) -> (Option<i64>, Option<String>) {
        let visible = self.visible(actor);
        let term = |(name, held): (&RecordRef, &Held)| check_term(name.kind.wire(), name.id, held.rev);
        let sum = visible.iter().map(term).fold(0_u64, u64::wrapping_add);
        (i64::try_from(visible.len()).ok(), Some(sum.to_string()))
    }
    /// The data of an event from this number to the head.
    pub(crate) fn event(&self, actor: &Actor, after: i64) -> Option<String> {
        let lines = self.above(actor, after);
        let mut data = format!("{{\"seq\":{},\"lines\":[", self.head);
        for (n, (_, line)) in lines.iter().enumerate() {
            let _ = write!(data, "{}{line}", if n > 0 { "," } else { "" });
        }
        (!lines.is_empty()).then(|| data + "]}")
    }
}

fn line(row: &Row) -> (i64, String) {
    let name = row.held.record.reference();
    let body = row.held.record.to_json().unwrap();
    let (rev, seq) = (row.held.rev, row.seq);
    (seq, format!(r#"{{"put":{{"kind":"{}","id":"{}","rev":{rev},"seq":{seq},"body":{body}}}}}"#, name.kind, name.id))
}
