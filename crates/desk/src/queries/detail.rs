//! One request, whole.

use bridge::{DeskError, Detail, DetailReply, ErrorCode, NoteView, PendingAct};
use domain::{
    command::{Command, Given},
    commands::{consultation, item, note},
    id::ConsultationId,
    record::RecordRef,
    time::{HOUR, UtcMillis},
};
use mirror::queries::Pending;

use super::{possible, said_of, verdict};
use crate::{
    desk::{Desk, Inner},
    error::file_error,
    work::Work,
};

impl Desk {
    /// Everything about one request.
    ///
    /// # Errors
    /// `no_session`, `not_found`, or when the files cannot be read.
    pub async fn detail(&self, query: Detail) -> Result<DetailReply, DeskError> {
        let work = self.inner.work().await?;
        let acts = acts(&work, query.record);
        let found = work.cabinet.detail(query.record, &acts, work.now()).await.map_err(file_error)?;
        let it = found.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        Ok(DetailReply {
            rev: it.rev,
            ours: it.ours,
            server: it.server.filter(|said| **said != it.consultation),
            client: it.client,
            client_requests: it.client_requests,
            notes: it.notes.into_iter().map(|line| NoteView { note: line.note, ours: line.ours }).collect(),
            verdicts: said_of(&acts, it.verdicts.into_iter().map(verdict)),
            pending: it.pending.iter().map(|act| self.inner.pending_act(act, work.now())).collect(),
            consultation: it.consultation,
        })
    }
}

/// Every act on a request that this person's roles may ever do, with arguments that are right.
fn acts(work: &Work, record: RecordRef) -> Vec<Given> {
    let id = ConsultationId::from(record.id);
    let reason = "Alasan".to_owned();
    let acts: [Command; 9] = [
        consultation::Accept { id, message: None }.into(),
        consultation::Reject { id, reason: reason.clone() }.into(),
        consultation::Cancel { id, reason: Some(reason.clone()) }.into(),
        item::ClaimItem { record }.into(),
        item::Release { record }.into(),
        item::SnoozeItem { record, until: work.now().plus(HOUR) }.into(),
        item::Wake { record }.into(),
        item::Assign { record, to: None }.into(),
        note::Add { id: work.would_be.1, record, text: reason, private: false }.into(),
    ];
    possible(work, acts)
}

impl Inner {
    /// A command about a record that is not finished.
    pub(super) fn pending_act(&self, act: &Pending, now: UtcMillis) -> PendingAct {
        PendingAct {
            id: act.entry.id,
            act: act.entry.name.clone(),
            state: act.entry.state,
            made_at: act.entry.made_at,
            held_until: self.held_until(act, now),
        }
    }
    /// When a hold ends, by the server's clock: holds themselves run on the monotonic one.
    pub(super) fn held_until(&self, act: &Pending, now: UtcMillis) -> Option<UtcMillis> {
        act.held_until.map(|until| now.plus(until - self.parts.clock.mono()))
    }
}
