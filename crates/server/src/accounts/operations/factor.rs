//! The second factor: begun, confirmed, asked for, renewed and turned off. A code is checked and used up in the transaction of what
//! it allows: of two who come with the same one, one is let in.

use async_trait::async_trait;
use domain::{
    audit::Hash,
    command::Command,
    commands::factor::{FactorCodes, FactorOff, FactorOn},
    id::{CommandId, UserId},
};
use std::sync::Arc;
use store::{AccountWrite, SecondFactor};

use super::{account, change::note};
use crate::{
    accounts::{
        Seal, SealError, Session,
        recovery::{new_codes, typed},
        totp::{SECRET, base32, six_digits, step_of},
    },
    shell::Shell,
    writer::{AccountNews, Operation, Work},
};

/// Why a second factor lets nobody in, or stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactorError {
    /// What was checked before no longer holds: the password, or the account.
    #[error("the account changed meanwhile")]
    Stale,
    /// There is a second factor, and no code came.
    #[error("a code is needed")]
    CodeRequired,
    /// The code is wrong, was used, or has lapsed.
    #[error("the code is wrong")]
    CodeWrong,
    /// It is on already.
    #[error("the second factor is on")]
    On,
    /// It is not on, or was not begun.
    #[error("the second factor is off")]
    Off,
    /// The key is missing or another one.
    #[error("the key for second factors cannot be used")]
    NoKey,
}

impl From<SealError> for FactorError {
    fn from(error: SealError) -> Self {
        tracing::error!(%error, "second factors cannot be checked");
        Self::NoKey
    }
}

/// Takes a code of a person's factor and uses it up; a recovery code only where one may stand in.
async fn take(work: &mut Work, seal: &Seal, factor: SecondFactor, code: &str, recovery: bool) -> store::Result<Result<(), FactorError>> {
    let (user, at) = (factor.user, work.now());
    let secret = match seal.open(user, &factor.sealed) {
        Ok(secret) => secret,
        Err(error) => return Ok(Err(error.into())),
    };
    if let Some(given) = six_digits(code) {
        let Some(last_step) = step_of(&secret, given, at, factor.last_step) else { return Ok(Err(FactorError::CodeWrong)) };
        work.write_accounts(vec![AccountWrite::SecondFactor(SecondFactor { last_step, ..factor })]).await?;
        return Ok(Ok(()));
    }
    let Some(code) = typed(code).filter(|_| recovery) else { return Ok(Err(FactorError::CodeWrong)) };
    let hash = match seal.hash(user, &code) {
        Ok(hash) => hash,
        Err(error) => return Ok(Err(error.into())),
    };
    if !work.stored().recovery_codes(user).await?.contains(&hash) {
        return Ok(Err(FactorError::CodeWrong));
    }
    work.write_accounts(vec![AccountWrite::UseRecoveryCode { user, hash, at }]).await?;
    Ok(Ok(()))
}

/// Whether a person may log in with this code, which is used up; without a factor there is nothing to ask for.
pub(super) async fn let_in(work: &mut Work, seal: &Seal, user: UserId, code: Option<&str>) -> store::Result<Result<(), FactorError>> {
    let factor = work.stored().second_factor(user).await?.filter(|factor| factor.confirmed_at.is_some());
    match (factor, code) {
        (None, _) => Ok(Ok(())),
        (Some(_), None) => Ok(Err(FactorError::CodeRequired)),
        (Some(factor), Some(code)) => take(work, seal, factor, code, true).await,
    }
}

/// Makes a new secret for a person who has no second factor yet; one that was not confirmed is replaced.
#[derive(Debug)]
pub struct BeginFactor {
    user: UserId,
    checked: Option<String>,
    sealed: Vec<u8>,
    done: Result<(), FactorError>,
}

impl BeginFactor {
    /// For this person, whose password was checked against `checked`. Also gives the secret in base32.
    ///
    /// # Errors
    /// [`FactorError::NoKey`].
    pub fn new(user: UserId, checked: Option<String>, seal: &Seal, shell: &Shell) -> Result<(Self, String), FactorError> {
        let secret = shell.random::<SECRET>();
        let sealed = seal.seal(user, &secret)?;
        Ok((Self { user, checked, sealed, done: Err(FactorError::Stale) }, base32(&secret)))
    }
}

#[async_trait]
impl Operation for BeginFactor {
    type Answer = Result<(), FactorError>;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let (user, made_at) = (self.user, work.now());
        self.done = Err(FactorError::Stale);
        if account(work, user).await?.is_none_or(|account| account.password_hash != self.checked) {
            return Ok(());
        }
        if work.stored().second_factor(user).await?.is_some_and(|factor| factor.confirmed_at.is_some()) {
            self.done = Err(FactorError::On);
            return Ok(());
        }
        let factor = SecondFactor { user, sealed: self.sealed.clone(), made_at, confirmed_at: None, last_step: 0 };
        work.write_accounts(vec![AccountWrite::SecondFactor(factor)]).await?;
        self.done = Ok(());
        Ok(())
    }
    fn answer(self) -> Option<Self::Answer> {
        Some(self.done)
    }
}

/// What is done with a factor by whoever has a code of it.
#[derive(Clone, Debug)]
pub enum FactorChange {
    /// It counts from now on.
    Confirm,
    /// New recovery codes.
    Renew,
    /// It is turned off, by whoever also knows the password that was checked against this hash.
    Off(Option<String>),
}

/// Changes the second factor of whoever asks, with a code, and puts it into the audit under their name.
#[derive(Debug)]
pub struct ChangeFactor {
    id: CommandId,
    session: Session,
    change: FactorChange,
    code: String,
    /// Of the recovery codes; without a key there are none.
    hashes: Result<Vec<Hash>, FactorError>,
    seal: Arc<Seal>,
    done: Result<(), FactorError>,
}

impl ChangeFactor {
    /// In this session, with this code; `id` is a new one, for the audit. Also gives the recovery codes that will hold.
    #[must_use]
    pub fn new(
        id: CommandId,
        session: Session,
        change: FactorChange,
        code: String,
        (seal, shell): (&Arc<Seal>, &Shell),
    ) -> (Self, Vec<String>) {
        let codes = if matches!(change, FactorChange::Off(_)) { Vec::new() } else { new_codes(shell) };
        let hashed = codes.iter().filter_map(|code| typed(code)).map(|code| seal.hash(session.id(), &code));
        let hashes = hashed.collect::<Result<_, SealError>>().map_err(|_| FactorError::NoKey);
        (Self { id, session, change, code, hashes, seal: Arc::clone(seal), done: Err(FactorError::Stale) }, codes)
    }

    async fn change(&self, work: &mut Work) -> store::Result<Result<(), FactorError>> {
        let user = self.session.id();
        let factor = work.stored().second_factor(user).await?;
        let confirms = matches!(self.change, FactorChange::Confirm);
        let factor = match factor {
            Some(factor) if confirms && factor.confirmed_at.is_some() => return Ok(Err(FactorError::On)),
            Some(factor) if confirms => SecondFactor { confirmed_at: Some(work.now()), ..factor },
            Some(factor) if factor.confirmed_at.is_some() => factor,
            _ => return Ok(Err(FactorError::Off)),
        };
        let hashes = match &self.hashes {
            Ok(hashes) => hashes.clone(),
            Err(error) => return Ok(Err(*error)),
        };
        let Some(account) = account(work, user).await? else { return Ok(Err(FactorError::Stale)) };
        let (command, write): (Command, _) = match &self.change {
            FactorChange::Confirm => (FactorOn { id: user }.into(), AccountWrite::RecoveryCodes { user, hashes }),
            FactorChange::Renew => (FactorCodes { id: user }.into(), AccountWrite::RecoveryCodes { user, hashes }),
            FactorChange::Off(checked) if account.password_hash != *checked => return Ok(Err(FactorError::Stale)),
            FactorChange::Off(_) => (FactorOff { id: user }.into(), AccountWrite::DropFactor { user }),
        };
        // A confirmation takes its code into the row that counts from then on.
        if let Err(error) = take(work, &self.seal, factor, &self.code, !confirms).await? {
            return Ok(Err(error));
        }
        if !note(work, account.user, self.session.device, self.id, command).await? {
            return Ok(Err(FactorError::Stale));
        }
        work.write_accounts(vec![write]).await?;
        work.tell(AccountNews::User(user));
        Ok(Ok(()))
    }
}

#[async_trait]
impl Operation for ChangeFactor {
    type Answer = Result<(), FactorError>;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        self.done = self.change(work).await?;
        Ok(())
    }
    fn answer(self) -> Option<Self::Answer> {
        Some(self.done)
    }
}
