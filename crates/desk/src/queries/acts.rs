//! Giving commands, and taking them back.

use bridge::{DeskError, ErrorCode, Event, NewIds, NewIdsReply, Prediction, Submit, Submitted, Undo, Undone};
use domain::{
    command::Command,
    id::{CommandId, RecordId},
    record::Kind,
    time::SECOND,
    wire::Envelope,
};
use mirror::{Applied, Attachment, Given, Submission, TakenBack, Verdict};

use crate::{
    desk::Desk,
    error::{file_error, refused, told},
};

/// The most ids that are given out at once.
const IDS: u8 = 16;

impl Desk {
    /// Ids for things the window is about to make.
    ///
    /// # Errors
    /// `no_session`; `bad_call` for too many.
    pub async fn new_ids(&self, query: NewIds) -> Result<NewIdsReply, DeskError> {
        if query.count > IDS {
            return Err(told(ErrorCode::BadCall, "count"));
        }
        let work = self.inner.work().await?;
        let now = work.now();
        let ids: Vec<_> = (0..query.count).map(|_| RecordId::from_uuid(self.inner.parts.ids.uuid(now))).collect();
        work.cabinet.expect(&ids, now).await.map_err(file_error)?;
        Ok(NewIdsReply { ids })
    }
    /// One for something that the desk itself is about to make.
    pub(super) async fn new_id(&self) -> Result<RecordId, DeskError> {
        self.new_ids(NewIds { count: 1 }).await?.ids.pop().ok_or_else(|| told(ErrorCode::Internal, "ids"))
    }
    /// Gives a command: the rulebook is asked, it goes into the outbox, and what it does is shown.
    ///
    /// # Errors
    /// `refused` with the rulebook's reason, and then nothing was done; `bad_call` for more seen records than a command names;
    /// `no_session`; `disk`.
    pub async fn submit(&self, query: Submit) -> Result<Submitted, DeskError> {
        self.give(query, Vec::new()).await
    }
    /// The same of an act that waits for files.
    pub(super) async fn give(&self, query: Submit, files: Vec<Attachment>) -> Result<Submitted, DeskError> {
        let command = Command::parse(&query.act, &query.args).map_err(|bad| refused(&bad.refusal()))?;
        // The server takes no more of them either.
        if query.seen.len() > Envelope::LINKS {
            return Err(told(ErrorCode::BadCall, "seen"));
        }
        let hold = if holds(&command) { i64::from(self.inner.preferences().hold_seconds) * SECOND } else { 0 };
        let work = self.inner.work().await?;
        let now = work.now();
        let given = Given {
            id: CommandId::from_uuid(self.inner.parts.ids.uuid(now)),
            name: query.act,
            args: query.args,
            seen: query.seen,
            seen_at: work.as_of().unwrap_or(now),
            held_until: (hold > 0).then(|| self.inner.parts.clock.mono() + hold),
        };
        let id = given.id;
        let taken = match work.cabinet.attach(given, files, now).await.map_err(file_error)? {
            Submission::Taken(taken) => taken,
            Submission::Refused(refusal) => return Err(refused(&refusal)),
        };
        work.engine.given();
        drop(work);
        // What was read or answered here need not be told of any more.
        let said: Vec<_> = taken.changed.iter().filter(|name| matches!(name.kind, Kind::Conversation | Kind::ReadMark)).copied().collect();
        if !said.is_empty() {
            self.inner.withdraw_toasts(&said).await;
        }
        self.inner.tell(Event::Changed { records: taken.changed, version: taken.version });
        self.inner.tell(Event::Outbox { commands: vec![id] });
        self.tell_status_soon();
        let prediction = if taken.verdict == Verdict::Applied { Prediction::Applied } else { Prediction::ServerDecides };
        let held_ms = u32::try_from(hold).ok().filter(|ms| *ms > 0);
        Ok(Submitted { id, receipt: id.receipt(), prediction, held_ms })
    }
    /// Takes a held or queued command back: this one, or the newest that can be.
    ///
    /// # Errors
    /// `too_late` when it has left, or something builds on it; `not_found`; `no_session`.
    pub async fn undo(&self, query: Undo) -> Result<Undone, DeskError> {
        let work = self.inner.work().await?;
        let (entry, applied) = match work.cabinet.take_back(query.id, work.now()).await.map_err(file_error)? {
            TakenBack::Done(entry, applied) => (entry, applied),
            TakenBack::TooLate => return Err(DeskError::new(ErrorCode::TooLate)),
            TakenBack::NotFound => return Err(not_waiting(&work, query.id).await),
        };
        work.engine.given();
        drop(work);
        self.tell_applied(applied);
        let seen = entry.seen.iter().map(|it| it.reference()).collect();
        Ok(Undone { id: entry.id, act: entry.name, record: entry.subject, args: entry.args, seen })
    }
}

/// A command that is finished was there, and it is too late for it.
async fn not_waiting(work: &crate::work::Work, id: Option<CommandId>) -> DeskError {
    let known = match id {
        Some(id) => work.cabinet.command(id, work.now()).await.is_ok_and(|found| found.is_some()),
        None => false,
    };
    DeskError::new(if known { ErrorCode::TooLate } else { ErrorCode::NotFound })
}

impl Desk {
    /// Tells the window what came of something that was done here.
    pub(super) fn tell_applied(&self, applied: Applied) {
        if applied.any {
            self.inner.tell(Event::Changed { records: applied.changed, version: applied.version });
        }
        if !applied.commands.is_empty() {
            self.inner.tell(Event::Outbox { commands: applied.commands });
        }
        self.tell_status_soon();
    }
}

/// Decisions wait a few seconds to be undone (ui.md, principle 6). What is written, said, read or entered does not: it hurts nobody,
/// and what follows builds on it.
const fn holds(command: &Command) -> bool {
    !matches!(
        command,
        Command::NoteAdd(_)
            | Command::OrderSetNote(_)
            | Command::NotificationRead(_)
            | Command::ClientCreate(_)
            | Command::ClientContact(_)
            | Command::MessageSend(_)
            | Command::ConversationRead(_)
            | Command::QuickReplySave(_)
            | Command::QuickReplyRemove(_)
    )
}
