//! «Antrean kirim» of the desk inside the window.

use super::{
    commands::Entry,
    desk::Desk,
    detail::verdict_of,
    sample::{self, BEGIN},
};
use bridge::{
    DeskError, ErrorCode, OutboxDetail, OutboxDetailReply, OutboxEntry, OutboxList, OutboxReply, Settle, SettleHow, Status, Submit,
    SyncStatus,
};
use domain::{
    command::Command,
    commands::{consultation, item},
    id::{CommandId, ConsultationId},
    record::{Kind, RecordRef},
    status::CommandState,
    time::MINUTE,
};

fn line(entry: &Entry) -> OutboxEntry {
    OutboxEntry {
        id: entry.id,
        receipt: entry.id.receipt(),
        act: entry.given.command.spec().name.to_owned(),
        args: entry.args.clone(),
        record: entry.given.command.subject(),
        title: entry.title.clone(),
        state: entry.state,
        will_be_refused: entry.will_be_refused,
        made_at: entry.made_at,
        sent_at: entry.sent_at,
        finished_at: entry.finished_at,
        tries: entry.tries,
        held_until: entry.held_until,
    }
}

impl Desk {
    /// How the line stands.
    pub(super) fn status(&mut self, _: &Status) -> Result<SyncStatus, DeskError> {
        Ok(self.line())
    }
    /// The list.
    pub(super) fn outbox_list(&mut self, query: &OutboxList) -> Result<OutboxReply, DeskError> {
        self.trouble()?;
        let of = |wanted: fn(CommandState) -> bool| self.commands.iter().filter(move |c| wanted(c.state)).map(line);
        let done = |s| matches!(s, CommandState::Applied | CommandState::Settled);
        let mut finished: Vec<OutboxEntry> = of(done).collect();
        finished.sort_by_key(|e| std::cmp::Reverse(e.finished_at));
        let finished_total = u32::try_from(finished.len()).unwrap_or(u32::MAX);
        finished.truncate(usize::try_from(query.finished).unwrap_or(0));
        let mut running: Vec<OutboxEntry> = of(CommandState::is_waiting).collect();
        running.sort_by_key(|e| std::cmp::Reverse(e.made_at));
        Ok(OutboxReply { decide: of(CommandState::needs_decision).collect(), running, finished, finished_total })
    }
    fn command(&self, id: CommandId) -> Result<&Entry, DeskError> {
        self.commands.iter().find(|c| c.id == id).ok_or_else(|| DeskError::new(ErrorCode::NotFound))
    }
    /// One command, whole.
    pub(super) fn outbox_detail(&mut self, query: &OutboxDetail) -> Result<OutboxDetailReply, DeskError> {
        let entry = self.command(query.id)?.clone();
        let again = entry.state.needs_decision().then(|| verdict_of(self.ask(entry.given.command.clone())));
        let cause = self.commands.iter().find(|c| entry.after.contains(&c.id) && c.state.needs_decision());
        let refusal = entry.refusal.as_ref();
        Ok(OutboxDetailReply {
            code: refusal.map(|r| r.code.wire().to_owned()),
            message: None,
            rule: refusal.map(|r| r.rule.to_owned()),
            details: refusal.map(|r| r.details.clone()),
            seen: entry.before.clone(),
            current: entry.current.clone(),
            waits_for: cause.filter(|_| entry.state == CommandState::Blocked).map(line),
            can_undo: matches!(entry.state, CommandState::Held | CommandState::Queued),
            again,
            entry: line(&entry),
        })
    }
    /// Settles a command that needs a decision.
    pub(super) fn settle(&mut self, query: &Settle) -> Result<(), DeskError> {
        let entry = self.command(query.id)?.clone();
        if !entry.state.needs_decision() {
            return Err(DeskError::new(ErrorCode::TooLate));
        }
        match &query.how {
            SettleHow::Handled => {
                let now = self.now;
                if let Some(entry) = self.commands.iter_mut().find(|c| c.id == query.id) {
                    entry.state = CommandState::Settled;
                    entry.finished_at = Some(now);
                }
            }
            SettleHow::Discard => self.commands.retain(|c| c.id != query.id),
            SettleHow::SendAgain { args } => {
                let seen = entry.seen.iter().map(|s| s.reference()).collect();
                let act = entry.given.command.spec().name.to_owned();
                self.submit(&Submit { act, args: args.clone(), seen })?;
                self.commands.retain(|c| c.id != query.id);
                self.free(query.id);
            }
        }
        self.lay();
        self.changed(entry.touched);
        self.tell(bridge::Event::Outbox { commands: vec![query.id] });
        Ok(())
    }
    /// What waited for this command goes on.
    fn free(&mut self, cause: CommandId) {
        for entry in self.commands.iter_mut().filter(|c| c.state == CommandState::Blocked && c.after.contains(&cause)) {
            entry.after.retain(|id| *id != cause);
            entry.state = CommandState::Queued;
            entry.finished_at = None;
        }
    }

    /// Commands in every state, each by the way it really comes there.
    pub(super) fn fill_outbox(&mut self) {
        let (hold, online) = (self.situation.preferences.hold_seconds, self.online);
        let id = |n| ConsultationId::from(sample::id(4, n));
        self.situation.preferences.hold_seconds = 0;
        self.online = true;
        // Acknowledged a while ago.
        self.now = BEGIN.plus(-20 * MINUTE);
        self.give(item::ClaimItem { record: Self::consultation_ref(id(8)) }.into());
        self.give(item::Release { record: Self::consultation_ref(id(8)) }.into());
        // A colleague was quicker.
        self.now = BEGIN.plus(-11 * MINUTE);
        let reason = "Konsultasi gratis berlaku sekali sebulan. Sesi berikutnya bisa diajukan mulai 1 Desember 2026, ya.";
        self.send(consultation::Reject { id: id(0), reason: reason.to_owned() }.into());
        self.elsewhere(1, consultation::Accept { id: id(0), message: None }.into());
        self.now = self.now.plus(6_000);
        self.run_commands();
        // Refused without anybody having been quicker, and what built on it.
        self.now = BEGIN.plus(-9 * MINUTE);
        self.refuse_assignment(id(11));
        // On their way.
        self.online = false;
        self.now = BEGIN.plus(-4 * MINUTE);
        self.send(item::SnoozeItem { record: Self::consultation_ref(id(9)), until: BEGIN.plus(21 * 60 * MINUTE) }.into());
        self.now = BEGIN.plus(-MINUTE);
        self.send(consultation::Accept { id: id(4), message: None }.into());
        self.situation.preferences.hold_seconds = hold;
        self.now = BEGIN;
        self.online = online;
        self.lay();
    }
    /// An assignment to somebody whose account was closed meanwhile, and a note-like act that waits for it.
    fn refuse_assignment(&mut self, id: ConsultationId) {
        let record = Self::consultation_ref(id);
        let to = sample::colleague(4).id;
        self.send(item::Assign { record, to: Some(to) }.into());
        self.send(item::ClaimItem { record }.into());
        let user = RecordRef::new(Kind::User, to);
        let open = self.server.get(&user).cloned();
        self.elsewhere_closes(user);
        self.now = self.now.plus(2_000);
        self.run_commands();
        if let Some(open) = open {
            self.server.insert(user, open);
        }
    }
    fn elsewhere_closes(&mut self, user: RecordRef) {
        use domain::{facts::Held, record::AnyRecord, records::UserStatus};
        if let Some(AnyRecord::User(account)) = self.server.get(&user).map(|held| (*held.record).clone()) {
            let closed = AnyRecord::User(domain::records::User { status: UserStatus::Disabled, ..account });
            self.server.insert(user, Held { rev: 2, record: closed.into() });
        }
    }
    /// Half a morning without a network: three decisions wait.
    pub(super) fn queue_offline(&mut self) {
        let hold = std::mem::replace(&mut self.situation.preferences.hold_seconds, 0);
        self.now = BEGIN.plus(-8 * MINUTE);
        for n in [4, 5] {
            self.send(consultation::Accept { id: ConsultationId::from(sample::id(4, n)), message: None }.into());
        }
        let late = ConsultationId::from(sample::id(4, 1));
        self.send(consultation::Reject { id: late, reason: "Tanggalnya penuh untuk semua ahli.".to_owned() }.into());
        self.now = BEGIN;
        self.situation.preferences.hold_seconds = hold;
    }
    /// An order that was entered and has not been sent.
    pub(super) fn enter_order(&mut self) {
        let hold = std::mem::replace(&mut self.situation.preferences.hold_seconds, 0);
        self.now = BEGIN.plus(-2 * MINUTE);
        let id = self.next_id().into();
        self.send(super::sample_orders::entered(id).into());
        self.now = BEGIN;
        self.situation.preferences.hold_seconds = hold;
    }
    /// Gives a command and lets the server answer it.
    fn give(&mut self, command: Command) {
        self.send(command);
        for _ in 0..2 {
            self.now = self.now.plus(1_000);
            self.run_commands();
        }
    }
    /// Gives a command; where the line stands it is sent.
    pub(super) fn send(&mut self, command: Command) {
        let seen = command.subject().into_iter().collect();
        let (act, args) = (command.spec().name.to_owned(), command.args());
        // A command that this morning's records do not allow is simply not given.
        let _ = self.submit(&Submit { act, args, seen });
        self.run_commands();
    }
}
