//! The mails with a token for a password: `mail.password_reset` for whoever has forgotten theirs, `mail.token` for whom an admin
//! sends one.

use async_trait::async_trait;
use domain::{
    facts::Lookup,
    id::UserId,
    name::Email,
    record::Record,
    records::{Setting, Settings, User, UserStatus},
    time::HOUR,
    words::Lang,
};
use serde::{Deserialize, de::DeserializeOwned};
use store::{AccountWrite, Job, Reset, Snapshot};

use super::{JobError, Letter, Mail, Runner};
use crate::{
    accounts::{Purpose, Token},
    writer::{Operation, Work},
};

/// The kind of the job for whoever has forgotten their password, by the address they gave.
pub const PASSWORD_RESET: &str = "mail.password_reset";
/// The kind of the job for somebody whom an admin sends a token: an invitation, or a token for a new password.
pub const TOKEN: &str = "mail.token";

/// A mail with a token: its words, and how long the token counts, in milliseconds.
struct Occasion {
    subject: &'static str,
    /// What it says where nobody knows under which address the server is reached.
    body: &'static str,
    /// What it says where that is known, with a link.
    linked: &'static str,
    counts: i64,
}

const RESET: Occasion = Occasion { subject: "mail-reset-subject", body: "mail-reset-body", linked: "mail-reset-body-link", counts: HOUR };
const INVITATION: Occasion =
    Occasion { subject: "mail-invite-subject", body: "mail-invite-body", linked: "mail-invite-body-link", counts: 72 * HOUR };

#[derive(Debug, Deserialize)]
struct Forgotten {
    email: Email,
}

#[derive(Debug, Deserialize)]
struct Sent {
    user: UserId,
}

fn read<T: DeserializeOwned>(job: &Job) -> Result<T, JobError> {
    serde_json::from_value(job.payload.clone()).map_err(|error| JobError::GiveUp(error.to_string()))
}

/// Somebody has forgotten their password. Nothing is sent where there is no such account; nobody is told. Who has not taken their
/// invitation has no password to forget: only an admin sends it again.
pub(super) async fn forgotten<M: Mail>(runner: &Runner<M>, job: &Job) -> Result<(), JobError> {
    let Forgotten { email } = read(job)?;
    let account = runner.store.0.read().await?.account_by_email(&email).await?;
    match account.filter(|account| account.user.status == UserStatus::Active) {
        Some(account) => send(runner, job, account.user, &RESET).await,
        None => Ok(()),
    }
}

/// An admin sends somebody a token. What it is for is what they need when it is sent: an account may have been closed by then.
pub(super) async fn sent<M: Mail>(runner: &Runner<M>, job: &Job) -> Result<(), JobError> {
    let Sent { user } = read(job)?;
    let Some(account) = runner.store.0.read().await?.account(user).await? else { return Ok(()) };
    match account.user.status {
        UserStatus::Active => send(runner, job, account.user, &RESET).await,
        UserStatus::Invited => send(runner, job, account.user, &INVITATION).await,
        UserStatus::Disabled | UserStatus::Unknown(_) => Ok(()),
    }
}

/// Makes a token, and sends it.
///
/// The token is made here and not where it was asked for: so it never lies in the database in plain text. A second run sends
/// another one, and both count.
async fn send<M: Mail>(runner: &Runner<M>, job: &Job, user: User, occasion: &Occasion) -> Result<(), JobError> {
    let org = organisation(&mut *runner.store.0.read().await?, runner.shell.now()).await?;
    let token = Token::new(Purpose::Mail, &runner.shell);
    let reset = Reset { hash: token.hash(), user: user.id, until: runner.shell.now().plus(occasion.counts), used_at: None };
    runner.writer.write(Write(reset)).await?;
    let words = runner.shell.words(Lang::Id);
    let code = token.expose();
    let mut args = vec![("org", org.as_str().into()), ("token", code.as_str().into())];
    let link = runner.public_url.as_ref().map(|url| (url.as_str(), url.password_link(&code)));
    if let Some((server, link)) = &link {
        args.extend([("server", (*server).into()), ("link", link.as_str().into())]);
    }
    runner
        .mail
        .send(Letter {
            id: job.id,
            to: user.email.clone(),
            name: user.name.to_string(),
            subject: words.with(occasion.subject, &[("org", org.as_str().into())]),
            body: words.with(if link.is_some() { occasion.linked } else { occasion.body }, &args),
        })
        .await
}

/// What the organisation is called.
async fn organisation(snapshot: &mut dyn Snapshot, now: domain::time::UtcMillis) -> store::Result<String> {
    let found = snapshot.lookup(&Lookup::Settings).await?;
    let settings = Settings::at(now, found.iter().filter_map(|held| Setting::of(&held.record)));
    Ok(if settings.org_name.is_empty() { "Meja".to_owned() } else { settings.org_name })
}

#[derive(Debug)]
struct Write(Reset);

#[async_trait]
impl Operation for Write {
    type Answer = ();

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        work.write_accounts(vec![AccountWrite::Reset(self.0.clone())]).await
    }
    fn answer(self) -> Option<()> {
        Some(())
    }
}
