//! How files on their way stand, told to the window.

use bridge::{Event, Transfer, TransferState};
use domain::{
    command::Command,
    file::Sha256,
    id::{DesignId, MessageId},
    record::Kind,
    status::Connection,
};
use mirror::{Entry, queries::Bytes};

use super::Work;
use crate::desk::Inner;

impl Work {
    /// How the bytes of a version stand, as the window reads it.
    pub(crate) fn transfer(&self, bytes: &Bytes) -> Transfer {
        let it = &bytes.staged;
        let moving = self.engine.moving().filter(|moving| moving.sha256 == it.sha256);
        let is_away = || matches!(self.engine.line().borrow().connection, Connection::Offline | Connection::Reconnecting);
        let state = match moving {
            _ if bytes.act.needs_decision() => TransferState::Refused,
            _ if it.paused && !it.done => TransferState::Paused,
            Some(_) => TransferState::Sending,
            None if is_away() => TransferState::Offline,
            None => TransferState::Waiting,
        };
        let sent = moving.map_or(it.sent, |moving| moving.sent);
        let refused = bytes.refused.clone().filter(|_| state == TransferState::Refused);
        Transfer { state, sent, size: it.size, left: moving.and_then(|moving| moving.left), refused }
    }
}

impl Inner {
    /// Tells the window how these files stand, or all.
    pub(crate) async fn tell_transfers(&self, only: Option<&[Sha256]>) {
        let Ok(work) = self.work().await else { return };
        let Ok(all) = work.cabinet.staged(work.now()).await else { return };
        for (staged, waiting) in all.into_iter().filter(|(it, _)| only.is_none_or(|only| only.contains(&it.sha256))) {
            for entry in waiting {
                let transfer = work.transfer(&Bytes::of(staged.clone(), &entry));
                if let Some(subject) = entry.subject.filter(|name| name.kind == Kind::Design) {
                    self.tell(Event::Transfer { design: DesignId::from(subject.id), transfer: Some(transfer) });
                } else if let Some((message, place)) = file_of(&entry, &staged.sha256) {
                    self.tell(Event::FileMoved { message, place, transfer });
                }
            }
        }
    }
}

/// The message that carries this file, and where.
fn file_of(entry: &Entry, sha256: &Sha256) -> Option<(MessageId, u32)> {
    let Command::MessageSend(send) = entry.given().ok()?.command else { return None };
    let place = send.attachments.iter().position(|it| it.sha256 == *sha256)?;
    Some((send.id, u32::try_from(place).ok()?))
}
