//! Commands of the desk inside the window: given, held, queued, sent, and answered by a server that takes its time.

use bridge::{
    DeskError, ErrorCode, Event, NewIds, NewIdsReply, Pause, Prediction, SeenRecord, SeenView, Submit, Submitted, SyncNow, Undo, Undone,
};
use domain::{
    command::{Command, Given},
    commands::consultation,
    decision::{Code, Decision, Refusal},
    facts::Facts,
    id::{CommandId, ConsultationId},
    record::{Kind, RecordRef},
    records::{Client, Consultation, Conversation, Design, Order, QuickReply},
    status::CommandState,
    time::{SECOND, UtcMillis, Zone},
    wire::{Seen, overtaken},
};
use serde_json::Value;

use super::{
    designs::waits,
    desk::{Desk, Layer},
    imports::in_turn,
    situation::Line,
};

/// How long the server takes, in milliseconds.
const ANSWER: i64 = 350;

/// A command of this outbox.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) id: CommandId,
    pub(super) given: Given,
    pub(super) args: Value,
    pub(super) title: String,
    pub(super) state: CommandState,
    pub(super) will_be_refused: bool,
    pub(super) made_at: UtcMillis,
    pub(super) sent_at: Option<UtcMillis>,
    pub(super) finished_at: Option<UtcMillis>,
    pub(super) held_until: Option<UtcMillis>,
    pub(super) tries: u32,
    /// The records it writes.
    pub(super) touched: Vec<RecordRef>,
    pub(super) after: Vec<CommandId>,
    pub(super) seen: Vec<Seen>,
    pub(super) before: Option<SeenView>,
    pub(super) refusal: Option<Refusal>,
    pub(super) current: Option<SeenView>,
}

impl Entry {
    /// Whether nothing more happens to it.
    pub(super) fn is_finished(&self) -> bool {
        matches!(self.state, CommandState::Applied | CommandState::Settled)
    }
    /// Refused, conflict, blocked, sent, queued, held: the most urgent is the largest.
    fn urgency(&self) -> u8 {
        match self.state {
            CommandState::Refused => 6,
            CommandState::Conflict => 5,
            CommandState::Blocked | CommandState::Unknown => 4,
            CommandState::Sent => 3,
            CommandState::Queued => 2,
            CommandState::Held => 1,
            CommandState::Applied | CommandState::Settled => 0,
        }
    }
}

fn error_of(refusal: &Refusal) -> DeskError {
    DeskError {
        refusal: Some(refusal.code.wire().to_owned()),
        details: Some(refusal.details.clone()),
        ..DeskError::new(ErrorCode::Refused)
    }
}

/// The one that says most of how things stand; nothing where all are finished.
pub(super) fn most_urgent<'a>(commands: impl Iterator<Item = &'a Entry>) -> Option<&'a Entry> {
    commands.filter(|c| !c.is_finished()).max_by_key(|c| c.urgency())
}

impl Desk {
    /// The most urgent command about a record.
    pub(super) fn urgent(&self, about: RecordRef) -> Option<&Entry> {
        most_urgent(self.commands.iter().filter(|c| c.touched.contains(&about)))
    }
    /// Ids for things the window is about to make.
    pub(super) fn new_ids(&mut self, query: &NewIds) -> Result<NewIdsReply, DeskError> {
        Ok(NewIdsReply { ids: (0..query.count.min(16)).map(|_| self.next_id()).collect() })
    }

    /// Takes a command, or says why not.
    pub(super) fn submit(&mut self, query: &Submit) -> Result<Submitted, DeskError> {
        let command = Command::parse(&query.act, &query.args).map_err(|bad| error_of(&bad.refusal()))?;
        let id = CommandId::from_uuid(self.next_id().uuid());
        let given = Given { id, command };
        let decision = self.decide(Layer::Shown, &self.actor(), self.now, &given);
        let (touched, prediction) = match decision {
            Decision::Apply(changes) => (changes.writes.iter().map(|w| w.record.reference()).collect(), Prediction::Applied),
            Decision::Refuse(refusal) => return Err(error_of(&refusal)),
            Decision::Need(_) | Decision::Unknown(_) => (given.command.subject().into_iter().collect(), Prediction::ServerDecides),
        };
        let held = self.holds(&given.command).then_some(i64::from(self.situation.preferences.hold_seconds) * SECOND);
        let entry = self.entry(given, query, touched, held);
        self.commands.push(entry);
        self.lay();
        self.tell_of(id);
        let held_ms = held.and_then(|ms| u32::try_from(ms).ok());
        Ok(Submitted { id, receipt: id.receipt(), prediction, held_ms })
    }
    /// Decisions about a request wait to be undone; what is written or read does not.
    fn holds(&self, command: &Command) -> bool {
        let quiet = matches!(
            command,
            Command::NoteAdd(_)
                | Command::NotificationRead(_)
                | Command::ClientCreate(_)
                | Command::MessageSend(_)
                | Command::ConversationRead(_)
                | Command::DesignUpload(_)
                | Command::QuickReplySave(_)
                | Command::QuickReplyRemove(_)
                | Command::ImportRows(_)
                | Command::ImportUndo(_)
        );
        !quiet && self.situation.preferences.hold_seconds > 0
    }
    fn entry(&self, given: Given, query: &Submit, touched: Vec<RecordRef>, held: Option<i64>) -> Entry {
        let seen = |r: &RecordRef| self.held(Layer::Server, *r).map(|held| Seen { kind: r.kind, id: r.id, rev: held.rev });
        let reads = |c: &&Entry| !c.is_finished() && !c.state.needs_decision() && c.touched.iter().any(|r| touched.contains(r));
        Entry {
            id: given.id,
            args: query.args.clone(),
            title: self.title_of(&given.command),
            state: if held.is_some() { CommandState::Held } else { CommandState::Queued },
            will_be_refused: false,
            made_at: self.now,
            sent_at: None,
            finished_at: None,
            held_until: held.map(|ms| self.now.plus(ms)),
            tries: 0,
            after: self.commands.iter().filter(reads).map(|c| c.id).collect(),
            seen: query.seen.iter().filter_map(seen).collect(),
            before: query.seen.first().and_then(|r| self.view(Layer::Shown, *r)),
            refusal: None,
            current: None,
            touched,
            given,
        }
    }
    /// A request as it stands, for comparing.
    pub(super) fn view(&self, layer: Layer, r: RecordRef) -> Option<SeenView> {
        let consultation: &Consultation = self.record(layer, r.id)?;
        let rev = self.held(Layer::Server, r).map_or(0, |held| held.rev);
        Some(SeenView { record: SeenRecord::Consultation(Box::new(consultation.clone())), rev, at: self.now })
    }
    fn title_of(&self, command: &Command) -> String {
        let client = |id| self.record::<Client>(Layer::Shown, id).map(|c| c.name.to_string());
        let named = match command {
            Command::ConsultationRequest(request) => client(request.client_id),
            Command::OrderCreate(create) => client(create.client_id),
            Command::DesignUpload(upload) => self.record::<Order>(Layer::Shown, upload.order_id).map(|it| it.number.clone()),
            Command::ClientCreate(create) => Some(create.name.clone()),
            other => other.subject().and_then(|r| match r.kind {
                Kind::Consultation => self.record::<Consultation>(Layer::Shown, r.id).map(|c| c.client_name.to_string()),
                Kind::Order => self.record::<Order>(Layer::Shown, r.id).map(|it| it.client_name.to_string()),
                Kind::Conversation => self.record::<Conversation>(Layer::Shown, r.id).map(|it| it.client_name.to_string()),
                Kind::Design => self.record::<Design>(Layer::Shown, r.id).map(|it| it.order_number.clone()),
                Kind::QuickReply => self.record::<QuickReply>(Layer::Shown, r.id).map(|it| it.title.to_string()),
                _ => None,
            }),
        };
        named.unwrap_or_default()
    }

    /// Lays every waiting command on top of what the server said, in order.
    pub(super) fn lay(&mut self) {
        self.overlay.clear();
        for n in 0..self.commands.len() {
            let Some(entry) = self.commands.get(n).filter(|c| c.state.is_waiting()) else { continue };
            let decision = self.decide(Layer::Shown, &self.actor(), entry.made_at, &entry.given);
            let passes = if let Decision::Apply(changes) = decision {
                for write in &changes.writes {
                    let held = domain::facts::Held { rev: write.rev(), record: write.record.clone() };
                    self.overlay.insert(write.record.reference(), held);
                }
                true
            } else {
                matches!(decision, Decision::Unknown(_) | Decision::Need(_))
            };
            if let Some(entry) = self.commands.get_mut(n) {
                entry.will_be_refused = !passes;
            }
        }
    }
    fn tell_of(&mut self, id: CommandId) {
        let records = self.commands.iter().find(|c| c.id == id).map(|c| c.touched.clone()).unwrap_or_default();
        self.changed(records);
        self.tell(Event::Outbox { commands: vec![id] });
    }

    /// Takes a held or queued command back.
    pub(super) fn undo(&mut self, query: &Undo) -> Result<Undone, DeskError> {
        let can = |c: &&Entry| matches!(c.state, CommandState::Held | CommandState::Queued);
        let chosen = match query.id {
            Some(id) => self.commands.iter().find(|c| c.id == id).ok_or_else(|| DeskError::new(ErrorCode::NotFound))?,
            None => self.commands.iter().rev().find(can).ok_or_else(|| DeskError::new(ErrorCode::NotFound))?,
        };
        if !can(&chosen) {
            return Err(DeskError::new(ErrorCode::TooLate));
        }
        let undone = Undone {
            id: chosen.id,
            act: chosen.given.command.spec().name.to_owned(),
            record: chosen.given.command.subject(),
            args: chosen.args.clone(),
            seen: chosen.seen.iter().map(Seen::reference).collect(),
        };
        let touched = chosen.touched.clone();
        self.commands.retain(|c| c.id != undone.id);
        self.lay();
        self.changed(touched);
        self.tell(Event::Outbox { commands: vec![undone.id] });
        Ok(undone)
    }
    /// Held commands too are sent at once.
    pub(super) fn sync_now(&mut self, _: &SyncNow) -> Result<(), DeskError> {
        for entry in self.commands.iter_mut().filter(|c| c.state == CommandState::Held) {
            entry.held_until = Some(self.now);
        }
        self.run_commands();
        Ok(())
    }
    /// Stops sending, or goes on.
    pub(super) fn pause(&mut self, query: &Pause) -> Result<(), DeskError> {
        self.paused = query.paused;
        self.paused_until = query.rest.map(|rest| rest.until(self.now, Zone::Wib));
        self.online = !query.paused && matches!(self.situation.line, Line::Online | Line::Paused);
        Ok(())
    }

    /// Lets commands go on: holds end, what waits is sent, what was sent is answered.
    pub(super) fn run_commands(&mut self) {
        let now = self.now;
        let (mut moved, mut answered) = (Vec::new(), Vec::new());
        // A part of an import takes a quarter of the time that a file does.
        let part = i64::try_from(self.situation.upload_ms / 4).unwrap_or(ANSWER);
        let mut turn = !self.commands.iter().any(|entry| entry.state == CommandState::Sent && in_turn(&entry.given.command));
        for entry in &mut self.commands {
            match entry.state {
                CommandState::Held if entry.held_until.is_some_and(|until| until <= now) => entry.state = CommandState::Queued,
                CommandState::Queued if in_turn(&entry.given.command) && !std::mem::take(&mut turn) => continue,
                CommandState::Queued if self.online && !waits(entry, &self.uploads) => {
                    entry.state = CommandState::Sent;
                    entry.sent_at = Some(now);
                    entry.tries += 1;
                }
                CommandState::Sent
                    if self.online
                        && entry.sent_at.is_some_and(|at| now.since(at) >= if in_turn(&entry.given.command) { part } else { ANSWER }) =>
                {
                    answered.push(entry.id);
                    continue;
                }
                _ => continue,
            }
            moved.push(entry.id);
        }
        for id in answered {
            self.answer(id);
            moved.push(id);
        }
        if !moved.is_empty() {
            self.lay();
            moved.into_iter().for_each(|id| self.tell_of(id));
        }
    }

    /// The server's answer to a command.
    fn answer(&mut self, id: CommandId) {
        let Some(entry) = self.commands.iter().find(|c| c.id == id).cloned() else { return };
        let caused = |c: &Entry| entry.after.contains(&c.id) && c.state.needs_decision();
        if self.commands.iter().any(caused) {
            self.finish(id, CommandState::Blocked, None);
            return;
        }
        if let Some(consultation) = self.situation.race.then(|| decided_request(&entry.given.command)).flatten() {
            // A colleague was quicker, and decided the same way everything is decided on this day.
            self.elsewhere(1, Command::from(consultation::Accept { id: consultation, message: None }));
        }
        match self.decide(Layer::Server, &self.actor(), self.now, &entry.given) {
            Decision::Apply(changes) => {
                self.commit(&changes.writes);
                if in_turn(&entry.given.command) {
                    // What an import made stands in lists that know nothing of the command.
                    self.changed(changes.writes.iter().map(|write| write.record.reference()).collect());
                }
                self.do_beside(&changes.beside);
                self.finish(id, CommandState::Applied, None);
            }
            Decision::Refuse(refusal) => self.refuse(&entry, refusal),
            Decision::Need(_) | Decision::Unknown(_) => self.refuse(&entry, Refusal::new(Code::Internal, "protocol")),
        }
    }
    fn refuse(&mut self, entry: &Entry, refusal: Refusal) {
        let mut facts = Facts::default();
        for seen in &entry.seen {
            facts.learn(seen.reference(), self.held(Layer::Server, seen.reference()).cloned());
        }
        let conflict = !overtaken(&entry.seen, &facts, |_, _| false).is_empty();
        let current = entry.seen.first().and_then(|s| self.view(Layer::Server, s.reference()));
        let state = if conflict { CommandState::Conflict } else { CommandState::Refused };
        self.finish(entry.id, state, Some((refusal, current)));
    }
    fn finish(&mut self, id: CommandId, state: CommandState, why: Option<(Refusal, Option<SeenView>)>) {
        let now = self.now;
        if let Some(entry) = self.commands.iter_mut().find(|c| c.id == id) {
            entry.state = state;
            entry.finished_at = Some(now);
            if let Some((refusal, current)) = why {
                entry.refusal = Some(refusal);
                entry.current = current;
            }
        }
    }
}

/// The request that a command decides, if it decides one.
fn decided_request(command: &Command) -> Option<ConsultationId> {
    match command {
        Command::ConsultationAccept(act) => Some(act.id),
        Command::ConsultationReject(act) => Some(act.id),
        Command::ConsultationCancel(act) => Some(act.id),
        _ => None,
    }
}
