//! One command judged: known or new, blocked or free, applied or refused. Invariants: once; nothing is lost in silence.

use domain::{
    audit::{Diff, Entry, value_hash},
    command::{BadCommand, Given, decide},
    decision::{Changes, Code, Decision, Refusal},
    id::CommandId,
    record::{Kind, RecordRef},
    role::Actor,
    wire::Outcome,
    words::Lang,
};
use store::{AuditWrite, KnownCommand, ValueWrite, keep};

use super::{AccountNews, Item, work::Work};

/// How often a rule may ask for more facts before it is given up: far more than any rule needs.
const ROUNDS: u32 = 1_000;

/// How one command ended.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What its sender is told, and finds in their feed.
    pub outcome: Outcome,
    /// The seen records that have moved on, to be shown as they are now.
    pub overtaken: Vec<RecordRef>,
}

impl From<Outcome> for Judged {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, overtaken: Vec::new() }
    }
}

impl Work {
    /// Judges a command of this person, and takes in what it does. A repeated one gets its first outcome.
    ///
    /// # Errors
    /// [`store::StoreError`].
    pub async fn judge(&mut self, actor: &Actor, item: &Item) -> store::Result<Judged> {
        if let Some(known) = self.known(item.id).await?.cloned() {
            return self.repeat(actor, item, &known).await;
        }
        if item.id.made_at() < self.now.plus(-keep::REFUSAL) {
            return Ok(self.answer_only(item.id, Refusal::new(Code::TooOld, "protocol")));
        }
        if self.is_blocked(actor, item).await? {
            return Ok(Outcome::blocked(item.id).into());
        }
        let given = match &item.given {
            Ok(given) => given,
            Err(BadCommand::Unknown) => return Ok(self.answer_only(item.id, BadCommand::Unknown.refusal())),
            Err(bad) => return self.refuse(actor, item, bad.clone().refusal()).await,
        };
        match self.decide(actor, given).await? {
            Ok(changes) => {
                self.do_beside(&changes.beside).await?;
                Ok(self.apply(actor, item, given, changes).into())
            }
            Err(refusal) => self.refuse(actor, item, refusal).await,
        }
    }

    /// A refusal that is an answer only: not stored, without a number, not in the feed.
    fn answer_only(&self, id: CommandId, refusal: Refusal) -> Judged {
        Outcome::refused(id, None, refusal, self.shell.words(Lang::Id)).into()
    }

    /// The first outcome once more, to whoever gave the command, if it is the same command.
    async fn repeat(&mut self, actor: &Actor, item: &Item, known: &KnownCommand) -> store::Result<Judged> {
        if known.user != actor.id() || known.fingerprint != item.fingerprint {
            return Ok(self.answer_only(item.id, Refusal::new(Code::CommandIdReused, "protocol")));
        }
        let outcome = Outcome { repeated: true, ..Self::read_outcome(known)? };
        let overtaken = if outcome.conflict { self.overtaken(actor, item).await? } else { Vec::new() };
        Ok(Judged { outcome, overtaken })
    }

    /// Whether a command that this one builds on was not applied, or is none of this person's.
    async fn is_blocked(&mut self, actor: &Actor, item: &Item) -> store::Result<bool> {
        for id in &item.after {
            let known = self.known(*id).await?;
            if !known.is_some_and(|known| known.applied && known.user == actor.id()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Asks the rulebook, and loads what it needs, until it knows enough.
    async fn decide(&mut self, actor: &Actor, given: &Given) -> store::Result<Result<Changes, Refusal>> {
        for _ in 0..ROUNDS {
            match decide(&self.facts, actor, self.now, given) {
                Decision::Apply(changes) => return Ok(Ok(changes)),
                Decision::Refuse(refusal) => return Ok(Err(refusal)),
                Decision::Need(keys) => self.need(keys).await?,
                // On a server every fact can be had.
                Decision::Unknown(_) => break,
            }
        }
        tracing::error!(command = given.command.spec().name, "the rulebook never had enough facts");
        Ok(Err(Refusal::new(Code::Internal, "protocol")))
    }

    /// Takes in what a command does: records, audit entry, outcome, each under its number.
    fn apply(&mut self, actor: &Actor, item: &Item, given: &Given, changes: Changes) -> Outcome {
        let entry = Entry {
            command: item.id,
            at: self.now,
            actor: actor.id(),
            device: actor.device,
            act: given.command.spec().name.to_owned(),
            values: Vec::with_capacity(changes.writes.len()),
        };
        let mut audit = AuditWrite { entry, values: Vec::with_capacity(changes.writes.len()) };
        for write in &changes.writes {
            let r = write.record.reference();
            let before = self.facts.held(r).map(|held| &*held.record);
            let diff = Diff::between(actor.person.name.as_str(), before, &write.record, changes.reason.clone());
            self.note(&mut audit, (r, write.rev()), &diff);
            if r.kind == Kind::User {
                self.tell(AccountNews::User(r.id.into()));
            }
            self.write_record(item.id, write);
        }
        for mentioned in &changes.mentions {
            // No revision comes of it: 0, which no record ever has, so that nobody takes it for the writer of one.
            let diff = Diff::mention(actor.person.name.as_str(), changes.reason.clone());
            self.note(&mut audit, (*mentioned, 0), &diff);
        }
        self.batch.audit.push(audit);
        self.batch.erase.extend(changes.erase);
        self.facts.apply(&changes.writes);
        let outcome = Outcome::applied(item.id, self.number());
        self.remember_outcome(actor, item, &outcome, true);
        outcome
    }

    /// Notes in the audit what an act did to a record: the hash in the entry, and beside it what can be erased.
    fn note(&self, audit: &mut AuditWrite, (record, rev): (RecordRef, i64), diff: &Diff) {
        let (salt, text) = (self.shell.salt(), diff.text());
        audit.entry.values.push((record, rev, value_hash(&salt, &text)));
        audit.values.push(ValueWrite { salt, text });
    }

    /// Stores a refusal, and says whether it is a conflict with what the person saw.
    async fn refuse(&mut self, actor: &Actor, item: &Item, refusal: Refusal) -> store::Result<Judged> {
        let overtaken = self.overtaken(actor, item).await?;
        let seq = self.number();
        let refused = Outcome::refused(item.id, Some(seq), refusal, self.shell.words(Lang::Id));
        let outcome = Outcome { conflict: !overtaken.is_empty(), ..refused };
        self.remember_outcome(actor, item, &outcome, false);
        Ok(Judged { outcome, overtaken })
    }

    /// Stores that a command failed inside the server: nothing else of it was written.
    ///
    /// # Errors
    /// [`store::StoreError`].
    pub async fn refuse_internal(&mut self, actor: &Actor, item: &Item) -> store::Result<Judged> {
        match self.known(item.id).await?.cloned() {
            // The commit that seemed to fail had come through: its outcome counts.
            Some(known) => self.repeat(actor, item, &known).await,
            None => self.refuse(actor, item, Refusal::new(Code::Internal, "protocol")).await,
        }
    }

    fn remember_outcome(&mut self, actor: &Actor, item: &Item, outcome: &Outcome, applied: bool) {
        if domain::planted::planted("forget_outcome") {
            return;
        }
        let text = serde_json::to_string(outcome).unwrap_or_default();
        let seq = outcome.seq.unwrap_or_default();
        let (id, user, fingerprint, at) = (item.id, actor.id(), item.fingerprint, self.now);
        self.store_outcome(KnownCommand { id, user, fingerprint, seq, applied, at, outcome: text });
    }
}
