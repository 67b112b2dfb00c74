//! Antrean kirim.

use bridge::{
    DeskError, ErrorCode, Event, OutboxDetail, OutboxDetailReply, OutboxEntry, OutboxList, OutboxReply, SeenRecord, SeenView, Settle,
    SettleHow,
};
use domain::{
    id::CommandId,
    record::{AnyRecord, Kind, RecordRef},
    status::CommandState,
    time::UtcMillis,
};
use mirror::{Entry, SentAgain, Settled, queries::Pending};

use super::{MOST, verdict};
use crate::{
    desk::{Desk, Inner},
    error::{file_error, refused},
    link::has_screen,
    work::Work,
};

impl Desk {
    /// What needs a decision, what is on its way, and what was finished today.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn outbox_list(&self, query: OutboxList) -> Result<OutboxReply, DeskError> {
        let work = self.inner.work().await?;
        let now = work.now();
        let lists = work.cabinet.outbox(query.finished.min(MOST), self.inner.zone(work.org_zone()), now).await.map_err(file_error)?;
        let pending = |all: Vec<Pending>| all.iter().map(|it| self.inner.line(it, now)).collect();
        Ok(OutboxReply {
            decide: pending(lists.decide),
            running: pending(lists.running),
            finished: lists.finished.iter().map(entry).collect(),
            finished_total: lists.finished_total,
        })
    }
    /// One command, whole.
    ///
    /// # Errors
    /// `not_found`; as [`Self::outbox_list`].
    pub async fn outbox_detail(&self, query: OutboxDetail) -> Result<OutboxDetailReply, DeskError> {
        let work = self.inner.work().await?;
        let now = work.now();
        let it = work.command(query.id).await?.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let outcome = it.entry.outcome.clone();
        let said = outcome.as_ref();
        let waits_for = work.cause(&it.entry).await?;
        Ok(OutboxDetailReply {
            code: said.and_then(|o| o.code.as_ref()).map(|code| code.wire().to_owned()),
            message: said.and_then(|o| o.message.clone()),
            rule: said.and_then(|o| o.rule.clone()),
            details: said.and_then(|o| o.details.clone()),
            seen: seen(&it.entry),
            current: work.current(&it.entry).await?,
            waits_for: waits_for.map(|cause| self.inner.line(&cause, now)),
            can_undo: it.can_undo,
            again: work.again(&it.entry).await?,
            entry: self.inner.line(&it, now),
        })
    }
    /// Settles a command that needs a decision.
    ///
    /// # Errors
    /// `not_found`; `too_late` when it needs none any more; `refused` when the rulebook refuses giving it again, and then it
    /// stays as it is; as [`Self::outbox_list`].
    pub async fn settle(&self, query: Settle) -> Result<(), DeskError> {
        let work = self.inner.work().await?;
        let now = work.now();
        let found = work.command(query.id).await?.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let how = match query.how {
            SettleHow::Handled => Settled::Handled,
            SettleHow::Discard => Settled::Discarded,
            SettleHow::SendAgain { args } => {
                let mut ids = || CommandId::from_uuid(self.inner.parts.ids.uuid(now));
                let applied = match work.cabinet.send_again(query.id, args, &mut ids, now).await.map_err(file_error)? {
                    SentAgain::Done(applied) => applied,
                    SentAgain::Refused(refusal) => return Err(refused(&refusal)),
                    SentAgain::NotFound => return Err(DeskError::new(ErrorCode::TooLate)),
                };
                work.engine.given();
                drop(work);
                self.inner.withdraw_decision(query.id);
                self.tell_applied(applied);
                return Ok(());
            }
        };
        if !work.cabinet.settle(query.id, how, now).await.map_err(file_error)? {
            return Err(DeskError::new(ErrorCode::TooLate));
        }
        let version = work.cabinet.version().await;
        drop(work);
        self.inner.withdraw_decision(query.id);
        // The mark of the record it was about is gone.
        self.inner.tell(Event::Changed { records: found.entry.subject.into_iter().collect(), version });
        self.inner.tell(Event::Outbox { commands: vec![query.id] });
        self.tell_status_soon();
        Ok(())
    }
}

impl Inner {
    fn line(&self, it: &Pending, now: UtcMillis) -> OutboxEntry {
        OutboxEntry { will_be_refused: it.will_be_refused, held_until: self.held_until(it, now), ..entry(&it.entry) }
    }
}

fn entry(it: &Entry) -> OutboxEntry {
    OutboxEntry {
        id: it.id,
        receipt: it.id.receipt(),
        act: it.name.clone(),
        args: it.args.clone(),
        record: it.subject,
        title: it.title.clone(),
        state: it.state,
        will_be_refused: false,
        made_at: it.made_at,
        sent_at: it.sent_at,
        finished_at: it.finished_at,
        tries: it.tries,
        held_until: None,
    }
}

/// The request or the order that a command is about.
fn compared(it: &Entry) -> Option<RecordRef> {
    let seen = || it.saw.iter().map(|s| RecordRef::new(s.kind, s.id)).find(|name| has_screen(name.kind));
    it.subject.filter(|name| has_screen(name.kind)).or_else(seen)
}

fn view(record: AnyRecord, rev: i64, at: UtcMillis) -> Option<SeenView> {
    let record = match record {
        AnyRecord::Consultation(it) => SeenRecord::Consultation(Box::new(it)),
        AnyRecord::Order(it) => SeenRecord::Order(Box::new(it)),
        _ => return None,
    };
    Some(SeenView { record, rev, at })
}

/// What a body says; one of another program's form cannot be compared.
fn read(kind: Kind, body: &str, rev: i64, at: UtcMillis) -> Option<SeenView> {
    view(AnyRecord::from_json(kind, body).ok()?, rev, at)
}

/// The record as the person saw it when they pressed.
fn seen(it: &Entry) -> Option<SeenView> {
    let name = compared(it)?;
    let saw = it.saw.iter().find(|s| (s.kind, s.id) == (name.kind, name.id))?;
    read(saw.kind, saw.body.get(), saw.rev, saw.at)
}

impl Work {
    async fn command(&self, id: CommandId) -> Result<Option<Pending>, DeskError> {
        self.cabinet.command(id, self.now()).await.map_err(file_error)
    }
    /// The record as the server has it: what its answer said, or what the feed has brought since.
    async fn current(&self, it: &Entry) -> Result<Option<SeenView>, DeskError> {
        let Some(name) = compared(it).filter(|_| it.state.needs_decision()) else { return Ok(None) };
        let told = it.outcome.iter().flat_map(|o| &o.current).find(|c| (c.kind, c.id) == (name.kind, name.id));
        let told = told.and_then(|c| read(c.kind, c.body.get(), c.rev, it.sent_at.unwrap_or(it.made_at)));
        let said = self.cabinet.said(name, self.now()).await.map_err(file_error)?;
        let here = said.and_then(|(record, rev)| view(record, rev, self.as_of().unwrap_or_else(|| self.now())));
        Ok(match (told, here) {
            (Some(told), Some(here)) if told.rev > here.rev => Some(told),
            (told, here) => here.or(told),
        })
    }
    /// For a blocked command: the one it waits for.
    async fn cause(&self, it: &Entry) -> Result<Option<Pending>, DeskError> {
        if it.state != CommandState::Blocked {
            return Ok(None);
        }
        for id in &it.after {
            if let Some(cause) = self.command(*id).await?.filter(|c| c.entry.state.needs_decision()) {
                return Ok(Some(cause));
            }
        }
        Ok(None)
    }
    /// What the rulebook says of giving it again now.
    async fn again(&self, it: &Entry) -> Result<Option<bridge::VerdictState>, DeskError> {
        if !it.state.needs_decision() {
            return Ok(None);
        }
        // A command of another program cannot be judged here.
        let Ok(given) = it.given() else { return Ok(Some(bridge::VerdictState::ServerDecides)) };
        let said = self.cabinet.probe(&[given], self.now()).await.map_err(file_error)?;
        Ok(said.into_iter().next().map(verdict))
    }
}
