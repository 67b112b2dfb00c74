//! One request, whole, as the desk inside the window knows it.

use bridge::{DeskError, Detail, DetailReply, ErrorCode, NoteView, PendingAct, Verdict, VerdictState};
use domain::{
    command::Command,
    commands::{consultation, item, note},
    decision::{Decision, Refusal},
    id::{ConsultationId, NoteId},
    record::RecordRef,
    records::{Client, Consultation, Note},
    time::HOUR,
};

use super::{
    commands::Entry,
    desk::{Desk, Layer},
};

/// What the rulebook decided, as the window reads it.
pub(super) fn verdict_of(decision: Decision) -> VerdictState {
    match decision {
        Decision::Apply(_) => VerdictState::Allowed,
        Decision::Need(_) | Decision::Unknown(_) => VerdictState::ServerDecides,
        Decision::Refuse(Refusal { code, rule, details }) => {
            VerdictState::Refused { code: code.wire().to_owned(), rule: rule.to_owned(), details }
        }
    }
}

impl Desk {
    /// Everything about one request.
    pub(super) fn detail(&mut self, query: &Detail) -> Result<DetailReply, DeskError> {
        self.trouble()?;
        let r = query.record;
        let missing = || DeskError::new(ErrorCode::NotFound);
        let shown: Consultation = self.record::<Consultation>(Layer::Shown, r.id).cloned().ok_or_else(missing)?;
        let server: Option<Consultation> = self.record(Layer::Server, r.id).cloned();
        let client: Option<Client> = self.record(Layer::Shown, shown.client_id).cloned();
        let theirs = self.consultations(Layer::Shown).filter(|it| it.client_id == shown.client_id).count();
        Ok(DetailReply {
            rev: self.held(Layer::Server, r).map_or(0, |held| held.rev),
            ours: server.as_ref().is_none_or(|s| s.status != shown.status),
            server: server.filter(|s| *s != shown).map(Box::new),
            client,
            client_requests: u32::try_from(theirs).unwrap_or(u32::MAX),
            notes: self.notes_of(r),
            verdicts: self.verdicts(r),
            pending: self.commands.iter().filter(|c| c.touched.contains(&r) && !c.is_finished()).map(pending).collect(),
            consultation: shown,
        })
    }
    pub(super) fn notes_of(&self, r: RecordRef) -> Vec<NoteView> {
        let mut notes: Vec<NoteView> = self
            .all::<Note>(Layer::Shown)
            .filter(|note| note.record == r)
            .map(|note| NoteView { note: note.clone(), ours: self.record::<Note>(Layer::Server, note.id).is_none() })
            .collect();
        notes.sort_by_key(|view| (view.note.created_at, view.note.id));
        notes
    }
    /// Every act on a request that this person's roles may ever do, tried with arguments that are right.
    fn verdicts(&mut self, r: RecordRef) -> Vec<Verdict> {
        let id = ConsultationId::from(r.id);
        let reason = "Alasan".to_owned();
        let note_id = NoteId::from(self.next_id());
        let acts: [Command; 9] = [
            consultation::Accept { id, message: None }.into(),
            consultation::Reject { id, reason: reason.clone() }.into(),
            consultation::Cancel { id, reason: Some(reason.clone()) }.into(),
            item::ClaimItem { record: r }.into(),
            item::Release { record: r }.into(),
            item::SnoozeItem { record: r, until: self.now.plus(HOUR) }.into(),
            item::Wake { record: r }.into(),
            item::Assign { record: r, to: None }.into(),
            note::Add { id: note_id, record: r, text: reason, private: false }.into(),
        ];
        self.verdicts_of(acts)
    }
    /// What the rulebook says of those acts that this person's roles may ever do.
    pub(super) fn verdicts_of<const N: usize>(&mut self, acts: [Command; N]) -> Vec<Verdict> {
        let actor = self.actor();
        let may = acts.into_iter().filter(|act| act.spec().allows(&actor));
        may.map(|act| Verdict { act: act.spec().name.to_owned(), verdict: verdict_of(self.ask(act)) }).collect()
    }
}

/// What was done and is not finished, as the window reads it.
pub(super) fn pending(entry: &Entry) -> PendingAct {
    PendingAct {
        id: entry.id,
        act: entry.given.command.spec().name.to_owned(),
        state: entry.state,
        made_at: entry.made_at,
        held_until: entry.held_until,
    }
}
