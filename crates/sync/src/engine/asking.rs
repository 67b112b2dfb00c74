//! What a person asks the server beside the engine's own work. It is answered or fails at once: nothing is tried again, nothing waits.

use domain::{
    id::{ClientId, DeviceId, UserId},
    wire::{AuditPage, AuditProof, DeviceList, EraseClient, PasswordChange},
};
use serde_json::Value;
use std::sync::Arc;

use super::{exchange::with_access, handle::Handle, link::Link};
use crate::{
    fault::Fault,
    transport::{AuditAsk, FactorAsk, FactorTold, FileAsk, Transport},
};

/// The way to ask the server with this session's tokens. It holds no files: a desk can be closed while an answer is awaited.
#[derive(Clone)]
pub struct Asking {
    link: Arc<Link>,
    transport: Arc<dyn Transport>,
}

impl std::fmt::Debug for Asking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asking { .. }")
    }
}

impl Handle {
    /// The way to ask with this session's tokens.
    #[must_use]
    pub fn asking(&self, transport: Arc<dyn Transport>) -> Asking {
        Asking { link: Arc::clone(self.link()), transport }
    }
}

impl Asking {
    /// A page of the audit.
    ///
    /// # Errors
    /// [`Fault`]; a session that is over is the engine's to end.
    pub async fn audit(&self, ask: &AuditAsk) -> Result<AuditPage, Fault> {
        with_access!(self, |access| self.transport.audit(access, ask))
    }
    /// A proof of the audit.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub async fn audit_proof(&self) -> Result<AuditProof, Fault> {
        with_access!(self, |access| self.transport.audit_proof(access))
    }
    /// Everything of a client that is theirs to read.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub async fn client_data(&self, client: ClientId) -> Result<Value, Fault> {
        with_access!(self, |access| self.transport.client_data(access, client))
    }
    /// Has everything erased that tells who a client is.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub async fn erase_client(&self, client: ClientId, asked: &EraseClient) -> Result<(), Fault> {
        with_access!(self, |access| self.transport.erase_client(access, client, asked))
    }
    /// A file, or a small picture of one.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub async fn file(&self, ask: &FileAsk) -> Result<Vec<u8>, Fault> {
        with_access!(self, |access| self.transport.file(access, ask))
    }
    /// Where somebody is logged in: whoever asks, or for an admin this person of the staff.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub async fn devices(&self, of: Option<UserId>) -> Result<DeviceList, Fault> {
        with_access!(self, |access| self.transport.devices(access, of))
    }
    /// Ends one of one's own devices.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub async fn end_device(&self, device: DeviceId) -> Result<(), Fault> {
        with_access!(self, |access| self.transport.end_device(access, device))
    }
    /// Changes one's own password, which ends one's other devices.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub async fn change_password(&self, change: &PasswordChange) -> Result<(), Fault> {
        with_access!(self, |access| self.transport.change_password(access, change))
    }
    /// Asks about one's own second factor, or changes it.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub async fn second_factor(&self, ask: &FactorAsk) -> Result<FactorTold, Fault> {
        with_access!(self, |access| self.transport.second_factor(access, ask))
    }
    /// Gives an upload up of which nothing is wanted any more.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub async fn end_upload(&self, upload: &str) -> Result<(), Fault> {
        with_access!(self, |access| self.transport.end_upload(access, upload))
    }
    async fn access(&self) -> Result<String, Fault> {
        let (token, renewed) = self.link.tokens().access(&*self.transport, &*self.link.clock).await?;
        if let Some(session) = renewed {
            // The mirror is the engine's affair: it takes these roles in with its next request.
            self.link.set_roles(session.user.roles);
        }
        Ok(token)
    }
}
