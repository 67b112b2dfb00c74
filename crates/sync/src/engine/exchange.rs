//! Requests with an access token, renewed where the server says it has expired.

use bytes::Bytes;
use domain::{
    id::CommandId,
    wire::{KnownAnswer, Outcomes},
};

use super::core::Core;
use crate::{
    fault::Fault,
    transport::{Announce, Ask, Begun, Events, FileAsk, Pages},
};

/// Makes a request; once more with a new token if this one has expired.
macro_rules! with_access {
    ($core:expr, |$access:ident| $request:expr) => {{
        let first = $core.access().await?;
        let $access = first.as_str();
        match $request.await {
            Err(fault) if fault.is_expired() => {
                $core.link.tokens().expired(&first).await;
                let second = $core.access().await?;
                let $access = second.as_str();
                $request.await
            }
            other => other,
        }
    }};
}

pub(super) use with_access;

impl Core {
    pub(super) async fn feed(&self, ask: &Ask) -> Result<Pages, Fault> {
        let pages = with_access!(self, |access| self.transport.feed(access, ask))?;
        self.dated(pages.date);
        Ok(pages)
    }
    pub(super) async fn stream(&self, after: &str) -> Result<Events, Fault> {
        let events = with_access!(self, |access| self.transport.live(access, after))?;
        self.dated(events.date);
        Ok(events)
    }
    /// Asks who sits here, and takes in which rights they have now.
    pub(super) async fn ask_rights(&self) -> Result<(), Fault> {
        let asked = self.clock.utc();
        let me = with_access!(self, |access| self.transport.me(access))?;
        self.heard(&me.user, me.server_time, asked).await;
        Ok(())
    }
    pub(super) async fn ask_known(&self, ids: &[CommandId]) -> Result<KnownAnswer, Fault> {
        with_access!(self, |access| self.transport.known(access, ids))
    }
    pub(super) async fn post(&self, body: &str) -> Result<Outcomes, Fault> {
        with_access!(self, |access| self.transport.commands(access, body.to_owned()))
    }
    pub(super) async fn file(&self, ask: &FileAsk) -> Result<Vec<u8>, Fault> {
        with_access!(self, |access| self.transport.file(access, ask))
    }
    pub(super) async fn begin_upload(&self, file: &Announce) -> Result<Begun, Fault> {
        with_access!(self, |access| self.transport.begin_upload(access, file))
    }
    pub(super) async fn upload_offset(&self, upload: &str) -> Result<u64, Fault> {
        with_access!(self, |access| self.transport.upload_offset(access, upload))
    }
    pub(super) async fn send_bytes(&self, upload: &str, from: u64, bytes: &Bytes) -> Result<u64, Fault> {
        with_access!(self, |access| self.transport.send_bytes(access, upload, from, bytes.clone()))
    }
}
