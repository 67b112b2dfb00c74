//! `mail.password_reset`: the mail with a token for a new password.

use async_trait::async_trait;
use domain::{
    facts::Lookup,
    name::Email,
    record::Record,
    records::{Setting, Settings, User, UserStatus},
    time::HOUR,
    words::Lang,
};
use serde::Deserialize;
use store::{AccountWrite, Job, Reset, Snapshot};

use super::{JobError, Letter, Mail, Runner};
use crate::{
    accounts::{Purpose, Token},
    writer::{Operation, Work},
};

/// The kind of the job.
pub const KIND: &str = "mail.password_reset";
/// How long the token counts, in milliseconds.
const COUNTS: i64 = HOUR;

#[derive(Debug, Deserialize)]
struct Payload {
    email: Email,
}

/// Makes a token, and sends it. Nothing is sent where there is no such account; nobody is told.
///
/// The token is made here and not where it was asked for: so it never lies in the database in plain text. A second run sends
/// another one, and both count.
pub(super) async fn run<M: Mail>(runner: &Runner<M>, job: &Job) -> Result<(), JobError> {
    let payload: Payload = serde_json::from_value(job.payload.clone()).map_err(|error| JobError::GiveUp(error.to_string()))?;
    let mut snapshot = runner.store.0.read().await?;
    let Some(account) = snapshot.account_by_email(&payload.email).await? else { return Ok(()) };
    if account.user.status != UserStatus::Active {
        return Ok(());
    }
    let org = organisation(&mut *snapshot, runner.shell.now()).await?;
    drop(snapshot);
    let token = Token::new(Purpose::Mail, &runner.shell);
    let reset = Reset { hash: token.hash(), user: account.user.id, until: runner.shell.now().plus(COUNTS), used_at: None };
    runner.writer.write(Write(reset)).await?;
    runner.mail.send(letter(runner, job, &account.user, &org, token)).await
}

/// What the organisation is called.
async fn organisation(snapshot: &mut dyn Snapshot, now: domain::time::UtcMillis) -> store::Result<String> {
    let found = snapshot.lookup(&Lookup::Settings).await?;
    let settings = Settings::at(now, found.iter().filter_map(|held| Setting::of(&held.record)));
    Ok(if settings.org_name.is_empty() { "Meja".to_owned() } else { settings.org_name })
}

fn letter<M>(runner: &Runner<M>, job: &Job, user: &User, org: &str, token: Token) -> Letter {
    let words = runner.shell.words(Lang::Id);
    let body = words.with("mail-reset-body", &[("org", org.into()), ("token", token.expose().into())]);
    Letter {
        id: job.id,
        to: user.email.clone(),
        name: user.name.to_string(),
        subject: words.with("mail-reset-subject", &[("org", org.into())]),
        body,
    }
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
