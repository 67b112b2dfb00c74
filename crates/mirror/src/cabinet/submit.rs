//! A person acts: rulebook, outbox, overlay.

use domain::{
    command::{ARGS_VERSION, Command, Given as Order},
    decision::Refusal,
    facts::Key,
    id::{CommandId, RecordId},
    record::{AnyRecord, RecordRef},
    status::CommandState,
    text::Invalid,
    time::UtcMillis,
    wire::Seen,
};
use serde_json::{Value, value::RawValue};
use std::collections::{HashMap, HashSet};

use super::{
    Cabinet, Inner,
    laid::{Judge, Laid, Verdict},
};
use crate::{
    error::Result,
    mirror::{Loader, Shown, Stored},
    outbox::{Attachment, New, Saw},
};

/// An act as the window gives it.
#[derive(Clone, Debug)]
pub struct Given {
    /// The act's id.
    pub id: CommandId,
    /// `area.verb`.
    pub name: String,
    /// Its arguments.
    pub args: Value,
    /// What the person had before them.
    pub seen: Vec<RecordRef>,
    /// As of when they saw it: the last acknowledged sync.
    pub seen_at: UtcMillis,
    /// When it goes, by the monotonic clock, if it is held until then.
    pub held_until: Option<i64>,
}

/// What became of an act.
#[derive(Clone, Debug)]
pub enum Submission {
    /// It is in the outbox.
    Taken(Taken),
    /// The rulebook refuses it; nothing was done.
    Refused(Refusal),
}

/// An act that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Whether it is shown as done, or the server decides.
    pub verdict: Verdict,
    /// What looks otherwise now.
    pub changed: Vec<RecordRef>,
    /// The version of the lists.
    pub version: u64,
}

impl Cabinet {
    /// Ids that this desk gives out: a record of such an id is nowhere else yet.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn expect(&self, ids: &[RecordId], now: UtcMillis) -> Result<()> {
        self.lock(now).await?.fresh.extend(ids);
        Ok(())
    }
    /// Takes an act: the rulebook is asked, the command goes into the outbox, and what it does is shown.
    ///
    /// # Errors
    /// [`crate::Error`]; then nothing was done, and nothing is in the outbox.
    pub async fn submit(&self, given: Given, now: UtcMillis) -> Result<Submission> {
        self.take(given, Vec::new(), now).await
    }
    /// The same of an act that waits for files: all of it is in the outbox, or nothing is.
    ///
    /// # Errors
    /// As [`Self::submit`].
    pub async fn attach(&self, given: Given, files: Vec<Attachment>, now: UtcMillis) -> Result<Submission> {
        self.take(given, files, now).await
    }
    async fn take(&self, given: Given, files: Vec<Attachment>, now: UtcMillis) -> Result<Submission> {
        let mut inner = self.lock(now).await?;
        let command = match Command::parse(&given.name, &given.args) {
            Ok(command) => command,
            Err(bad) => return Ok(Submission::Refused(bad.refusal())),
        };
        let awaited = command.awaits();
        if files.iter().any(|file| !awaited.contains(&file.sha256)) {
            return Ok(Submission::Refused(Refusal::invalid("sha256", Invalid::Unknown)));
        }
        inner.submit(Order { id: given.id, command }, given, files).await
    }
    /// What the rulebook says of an act now, without doing anything.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn probe(&self, orders: &[Order], now: UtcMillis) -> Result<Vec<Verdict>> {
        self.lock(now).await?.probe(orders).await
    }
}

impl Inner {
    /// What the rulebook says of each of these by itself; what several of them need is read once.
    pub(crate) async fn probe(&mut self, orders: &[Order]) -> Result<Vec<Verdict>> {
        let mut judge = Judge::new(&mut self.mirror, &self.actor, self.now, &self.fresh);
        let mut all = Vec::with_capacity(orders.len());
        for order in orders {
            all.push(judge.probe(order).await?);
        }
        Ok(all)
    }
    async fn submit(&mut self, order: Order, given: Given, files: Vec<Attachment>) -> Result<Submission> {
        let held = given.held_until.is_some();
        let mut judge = Judge::new(&mut self.mirror, &self.actor, self.now, &self.fresh);
        let laid = judge.judge(&order, held).await?;
        let (shown, mut read) = judge.end();
        if let Verdict::Refused(refusal) = laid.verdict {
            return Ok(Submission::Refused(refusal));
        }
        let new = self.entry(&order, &given, &laid, held, shown.values().map(|s| &*s.record), &mut read).await?;
        self.outbox.attach(new, files).await?;
        // From here on the act is taken, whatever becomes of the mirror: what cannot be shown now is shown by the next rebase.
        self.stale = true;
        self.step("submit");
        self.holds.extend(given.held_until.map(|until| (order.id, until)));
        let frozen = self.laid.iter().filter(|l| self.holds.contains_key(&l.id) && l.id != order.id).flat_map(|l| &l.wrote);
        let keeps_place = frozen.into_iter().any(|name| laid.wrote.contains(name));
        let (verdict, changed) = (laid.verdict.clone(), laid.wrote.clone());
        let shown = if keeps_place { self.rebase().await.map(drop) } else { self.lay_on(laid, &shown, &mut read).await };
        match shown {
            Ok(()) => self.stale = false,
            Err(error) => tracing::error!(%error, "an act was taken and could not be shown yet"),
        }
        self.changed(&changed);
        Ok(Submission::Taken(Taken { verdict, changed, version: self.version }))
    }
    async fn lay_on(&mut self, laid: Laid, shown: &HashMap<RecordRef, Shown>, read: &mut Loader) -> Result<()> {
        self.mirror.lay_over_alone(shown, read).await?;
        self.step("laid");
        self.laid.push(laid);
        Ok(())
    }
    /// The command as the outbox keeps it.
    async fn entry(
        &mut self,
        order: &Order,
        given: &Given,
        laid: &Laid,
        held: bool,
        written: impl Iterator<Item = &AnyRecord> + Send,
        read: &mut Loader,
    ) -> Result<New> {
        let subject = order.command.subject();
        let written = subject.and_then(|name| written.into_iter().find(|r| r.reference() == name).and_then(title));
        let title = match (written, subject) {
            (Some(title), _) => title,
            (None, Some(name)) => {
                read.prefetch(&mut self.mirror, &[name]).await?;
                read.known(name).and_then(|record| title(&record)).or_else(|| new_title(&order.command)).unwrap_or_default()
            }
            (None, None) => String::new(),
        };
        let (seen, saw) = self.seen(&given.seen, given.seen_at, read).await?;
        let after = self.builds_on(laid, &given.seen).await?;
        Ok(New {
            id: order.id,
            author: self.actor.id(),
            v: ARGS_VERSION,
            name: given.name.clone(),
            args: given.args.clone(),
            subject,
            title,
            made_at: self.now,
            after,
            seen,
            saw,
            makes: laid.makes.clone(),
            held,
        })
    }
    /// The revisions the server had said of what the person saw, and how it looked.
    pub(super) async fn seen(&mut self, names: &[RecordRef], at: UtcMillis, read: &mut Loader) -> Result<(Vec<Seen>, Vec<Saw>)> {
        read.prefetch(&mut self.mirror, names).await?;
        let mut stored: Vec<Stored> = names.iter().filter_map(|name| read.stored(*name).cloned()).collect();
        stored.sort_by_key(|it| it.name);
        stored.dedup_by_key(|it| it.name);
        let ours: Vec<RecordRef> = stored.iter().filter(|s| s.ours).map(|s| s.name).collect();
        let copies = self.mirror.copies(Some(&ours)).await?;
        let (mut seen, mut saw) = (Vec::new(), Vec::new());
        for it in stored {
            let rev = if it.ours { copies.get(&it.name).and_then(Option::as_ref).map(|s| s.rev) } else { Some(it.rev) };
            let RecordRef { kind, id } = it.name;
            seen.extend(rev.map(|rev| Seen { kind, id, rev }));
            saw.extend(RawValue::from_string(it.body).ok().map(|body| Saw { kind, id, rev: rev.unwrap_or(0), at, body }));
        }
        Ok((seen, saw))
    }
    /// Every unanswered command of this outbox that may have changed a record which this one reads, writes or has seen.
    async fn builds_on(&mut self, laid: &Laid, seen: &[RecordRef]) -> Result<Vec<CommandId>> {
        let unanswered: HashSet<CommandId> = self.outbox.live().iter().filter(|e| e.outcome.is_none()).map(|e| e.id).collect();
        let earlier: Vec<&Laid> = self.laid.iter().filter(|l| unanswered.contains(&l.id)).collect();
        let mut named: HashSet<RecordRef> = laid.wrote.iter().chain(seen).copied().collect();
        let mut lookups = Vec::new();
        for key in &laid.keys {
            match key {
                Key::Record(name) => drop(named.insert(*name)),
                Key::Lookup(_) => lookups.push(key),
            }
        }
        if !lookups.is_empty() {
            let wrote: Vec<RecordRef> = earlier.iter().flat_map(|l| l.wrote.iter().copied()).collect();
            let before = self.mirror.server_states(&wrote).await?;
            for stored in self.mirror.records(&wrote).await? {
                let after = stored.record().ok();
                if lookups.iter().any(|key| key.meets(before.get(&stored.name), after.as_ref())) {
                    named.insert(stored.name);
                }
            }
        }
        Ok(earlier.iter().filter(|l| l.touched().any(|name| named.contains(&name))).map(|l| l.id).collect())
    }
    /// Whether this command can still be taken back: nothing of it has left this desk, and nothing builds on it.
    pub(super) fn can_undo(&self, id: CommandId) -> bool {
        let still = |state| matches!(state, CommandState::Held | CommandState::Queued);
        self.outbox.live_entry(id).is_some_and(|e| still(e.state))
            && !self.outbox.live().iter().any(|e| e.is_open() && e.after.contains(&id))
    }
}

/// Whom a command is about that makes a record which only the server can judge.
pub(super) fn new_title(command: &Command) -> Option<String> {
    match command {
        Command::UserInvite(invite) => Some(invite.name.trim().to_owned()),
        Command::ImportRows(it) => Some(format!("{} {}/{}", it.file.trim(), it.part, it.parts)),
        _ => None,
    }
}

/// Whom a record is about, in words.
pub(crate) fn title(record: &AnyRecord) -> Option<String> {
    match record {
        AnyRecord::Consultation(it) => Some(it.client_name.to_string()),
        AnyRecord::Order(it) => Some(it.client_name.to_string()),
        AnyRecord::Client(it) => Some(it.name.to_string()),
        AnyRecord::Conversation(it) => Some(it.client_name.to_string()),
        AnyRecord::User(it) => Some(it.name.to_string()),
        AnyRecord::QuickReply(it) => Some(it.title.to_string()),
        AnyRecord::Design(it) => Some(it.order_number.clone()),
        AnyRecord::ImportPart(it) => Some(format!("{} {}/{}", it.file, it.part, it.parts)),
        AnyRecord::Note(_)
        | AnyRecord::Notification(_)
        | AnyRecord::Setting(_)
        | AnyRecord::Counter(_)
        | AnyRecord::File(_)
        | AnyRecord::Message(_)
        | AnyRecord::ReadMark(_) => None,
    }
}
