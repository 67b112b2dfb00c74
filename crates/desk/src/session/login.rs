//! Logging in.

use bridge::{DeskError, ErrorCode, Login, ServerCheck, ServerInfo, ServerProblem, SessionState, VaultState};
use domain::wire;
use std::sync::Arc;
use sync::{Distrust, Fault, Transport};
use zeroize::Zeroizing;

use super::{Passphrase, Phase, enter::blocking};
use crate::{
    account::{Entry, Secret, Typed},
    address,
    desk::{Desk, Inner},
    error::{fault, key_error, told},
    keys::{SECRET_BYTES, SecretSource},
    ports::random,
    vault::VaultError,
};

/// A login that the server accepted, on its way to its files.
pub(crate) struct LoggedIn {
    pub(super) server: ServerInfo,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) session: wire::Session,
    pub(super) typed: Typed,
    pub(super) remember: bool,
}

impl Desk {
    /// Whether a Meja server is at an address, and if not, why.
    ///
    /// # Errors
    /// None: what is wrong is in the answer.
    pub async fn server_check(&self, query: ServerCheck) -> Result<ServerInfo, DeskError> {
        let info = address::read(&query.address);
        if info.problem.is_some() {
            return Ok(info);
        }
        let problem = match self.inner.transport(&info) {
            Ok(transport) => match transport.check().await {
                Ok(found) => (!found.ready).then_some(ServerProblem::NotReady),
                Err(fault) => Some(problem_of(&fault)),
            },
            Err(_) => Some(ServerProblem::BadAddress),
        };
        Ok(ServerInfo { problem, ..info })
    }
    /// Logs in. Where the keyring is missing or locked the answer is that a passphrase is needed.
    ///
    /// # Errors
    /// What the server says of the login, `unreachable`, `not_meja`, `disk`; `bad_call` while somebody is at work.
    pub async fn login(&self, query: Login) -> Result<SessionState, DeskError> {
        let _gate = self.inner.gate.lock().await;
        if matches!(*self.inner.phase.read().await, Phase::Open(_) | Phase::Closed) {
            return Err(told(ErrorCode::BadCall, "somebody is at work"));
        }
        let server = address::usable(&query.address)?;
        let transport = self.inner.transport(&server)?;
        let options = &self.inner.parts.options;
        let device = wire::DeviceName { name: options.device_name.clone(), platform: options.platform.clone() };
        let password = Zeroizing::new(query.password);
        let email = query.email.trim().to_owned();
        let login = wire::Login { email, password: password.to_string(), device: Some(device), code: query.code };
        // The password is stretched while the server judges it.
        let ids = Arc::clone(&self.inner.parts.ids);
        let (session, typed) = tokio::join!(transport.login(&login), blocking(move || Typed::new(password, &*ids)));
        let (session, typed) = (session.map_err(|e| fault(&e))?, typed?.map_err(|e| key_error(&e))?);
        self.find_secret(LoggedIn { server, transport, session, typed, remember: query.remember }).await
    }
    /// Finds what the account's files are wrapped by; without a keyring it is a passphrase.
    async fn find_secret(&self, login: LoggedIn) -> Result<SessionState, DeskError> {
        let (keyring, passphrase) = (self.inner.entry(&login, SecretSource::Keyring), self.inner.entry(&login, SecretSource::Passphrase));
        let has_passphrase = passphrase.keys().is_some();
        let used_last = self.inner.folder.known().last.is_some_and(|last| last.folder == passphrase.name);
        let vault = match self.inner.secret(&keyring).await {
            // Files under a passphrase that were used last, or alone, stay in use when a keyring comes.
            Ok(_) if has_passphrase && (used_last || keyring.keys().is_none()) => VaultState::Ok,
            Ok(secret) => return self.enter(keyring, secret, login).await,
            Err(error) => vault_state(&error),
        };
        let waiting = Passphrase { vault, choose: !has_passphrase, entry: passphrase, login: Some(Box::new(login)) };
        Ok(self.inner.go(Phase::Passphrase(waiting)).await)
    }
}

impl Inner {
    /// The way to a server.
    pub(super) fn transport(&self, server: &ServerInfo) -> Result<Arc<dyn Transport>, DeskError> {
        (self.parts.connect)(&server.address).map_err(|why| told(ErrorCode::Internal, &why))
    }
    fn entry(&self, login: &LoggedIn, source: SecretSource) -> Entry {
        let install = self.folder.known().install;
        Entry::of(self.folder.path(), &install, &login.server.address, login.session.user.id, source)
    }
    /// The keyring's secret for this account; made where there is none.
    async fn secret(&self, entry: &Entry) -> Result<Secret, VaultError> {
        if let Some(secret) = self.parts.vault.read(&entry.name).await?
            && secret.len() == SECRET_BYTES
        {
            return Ok(secret);
        }
        let secret = Secret::new(random::<SECRET_BYTES>(&*self.parts.ids).to_vec());
        self.parts.vault.write(&entry.name, secret.clone()).await?;
        Ok(secret)
    }
}

/// What a keyring's error means for whoever sits here.
pub(super) fn vault_state(error: &VaultError) -> VaultState {
    match error {
        VaultError::Locked => VaultState::Locked,
        VaultError::Absent => VaultState::Absent,
        VaultError::Failed(why) => {
            tracing::warn!(%why, "the keyring failed and counts as none");
            VaultState::Absent
        }
    }
}

fn problem_of(fault: &Fault) -> ServerProblem {
    match fault {
        Fault::Unreachable | Fault::Cut | Fault::TooSlow => ServerProblem::Unreachable,
        Fault::Tls(Distrust::Issuer) => ServerProblem::Tls,
        Fault::Tls(Distrust::Date) => ServerProblem::TlsDate,
        Fault::Tls(Distrust::Name) => ServerProblem::TlsName,
        Fault::Captive => ServerProblem::CaptivePortal,
        Fault::NotMeja => ServerProblem::NotMeja,
        Fault::Problem { status, .. } if *status >= 500 => ServerProblem::NotReady,
        Fault::Problem { .. } => ServerProblem::NotMeja,
    }
}
