//! One request, whole, and WhatsApp beside it.

use bridge::{DeskError, Detail, DetailReply, ErrorCode, NoteView, OpenWhatsapp, PendingAct};
use domain::{
    command::{Command, Given},
    commands::{consultation, item, note},
    id::ConsultationId,
    record::{AnyRecord, Kind, RecordRef},
    time::{HOUR, UtcMillis},
};
use mirror::queries::Pending;

use super::{possible, said_of, verdict};
use crate::{
    desk::{Desk, Inner},
    error::{file_error, told},
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
    /// Opens WhatsApp outside the window, with a text begun for this client. Nothing is sent and no state changes (C-08).
    ///
    /// # Errors
    /// `no_session`; `not_found` for a client that is not here, or has no mobile number; `internal` when nothing
    /// there opens addresses.
    pub async fn open_whatsapp(&self, query: OpenWhatsapp) -> Result<(), DeskError> {
        let address = {
            let work = self.inner.work().await?;
            let name = RecordRef::new(Kind::Client, query.client);
            let found = work.cabinet.record(name, work.now()).await.map_err(file_error)?;
            let phone = match found {
                Some((AnyRecord::Client(client), _)) => client.phone.filter(|phone| phone.is_mobile()),
                _ => None,
            };
            let phone = phone.ok_or_else(|| told(ErrorCode::NotFound, "no mobile number"))?;
            format!("https://wa.me/{}?text={}", phone.as_str().trim_start_matches('+'), encoded(&query.text))
        };
        self.inner.parts.opener.open(&address).map_err(|e| told(ErrorCode::Internal, &e.kind().to_string()))
    }
}

/// Every act on a request that this person's roles may ever do, with arguments that are right.
fn acts(work: &Work, record: RecordRef) -> Vec<Given> {
    let id = ConsultationId::from(record.id);
    let reason = "Alasan".to_owned();
    let acts: [Command; 8] = [
        consultation::Accept { id, message: None }.into(),
        consultation::Reject { id, reason: reason.clone() }.into(),
        consultation::Cancel { id, reason: Some(reason.clone()) }.into(),
        item::ClaimItem { record }.into(),
        item::Release { record }.into(),
        item::SnoozeItem { record, until: work.now().plus(HOUR) }.into(),
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

/// A text in a query of an address: everything but what may stand there as it is (RFC 3986, unreserved).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_leave_its_place_in_the_address() {
        assert_eq!(encoded("Halo Hj. Nur'aini & 100%?\nyā"), "Halo%20Hj.%20Nur%27aini%20%26%20100%25%3F%0Ay%C4%81");
    }
}
