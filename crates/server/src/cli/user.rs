//! `meja-server user …`

use anyhow::{Context, Result, anyhow, bail};
use clap::Subcommand;
use domain::{
    command::Command,
    commands::{
        account::{AddUser, EditUser, SetPassword, SetStatus},
        factor::ResetFactor,
    },
    id::{CommandId, UserId},
    name::Email,
    password::Password,
    records::UserStatus,
    role::Role,
    text::Invalid,
    wire::{Outcome, OutcomeStatus},
    words::{Lang, Words},
};
use server::accounts::{AccountChange, ChangeAccount, Cost, Passwords};
use std::io::{BufRead, IsTerminal, Write};

use crate::{hand::Hand, say, settings::Settings};

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Makes an account for somebody of the staff; the password is read from standard input.
    Add {
        /// The address they log in with.
        #[arg(long)]
        email: String,
        /// What they are called.
        #[arg(long)]
        name: String,
        /// What they are here for (`admin`, `cs`, `expert`); the first one is what a screen shows.
        #[arg(long = "role", required = true)]
        roles: Vec<String>,
    },
    /// Lists the accounts of the staff.
    List,
    /// Closes an account, and ends its devices.
    Disable {
        /// Whose.
        #[arg(long)]
        email: String,
    },
    /// Opens an account again.
    Enable {
        /// Whose.
        #[arg(long)]
        email: String,
    },
    /// Sets a new password, read from standard input, and ends all devices.
    ResetPassword {
        /// Whose.
        #[arg(long)]
        email: String,
    },
    /// Takes the second factor and the recovery codes away, and ends all devices: for the last admin, whom no other can help.
    ResetSecondFactor {
        /// Whose.
        #[arg(long)]
        email: String,
    },
    /// Gives another name, or other roles.
    Edit {
        /// Whose.
        #[arg(long)]
        email: String,
        /// What they are called.
        #[arg(long)]
        name: Option<String>,
        /// What they are here for.
        #[arg(long = "role")]
        roles: Vec<String>,
    },
}

impl User {
    pub(crate) async fn run(self, settings: Settings) -> Result<()> {
        let hand = Hand::open(&settings).await?;
        let done = self.with(&hand).await;
        hand.close().await?;
        done
    }

    async fn with(self, hand: &Hand) -> Result<()> {
        match self {
            Self::Add { email, name, roles } => {
                let id = UserId::from_uuid(hand.shell.uuid());
                let hash = hashed(hand).await?;
                let act = AddUser { id, name, email: email.clone(), roles: self::roles(&roles) };
                give(hand, act.into(), id, AccountChange::FirstPassword(hash)).await?;
                say(&format!("{email} can log in."))
            }
            Self::List => list(hand).await,
            Self::Disable { email } => {
                let id = find(hand, &email).await?;
                give(hand, SetStatus { id, status: UserStatus::Disabled }.into(), id, AccountChange::Record).await?;
                say(&format!("{email} is disabled, and all devices are ended."))
            }
            Self::Enable { email } => {
                let id = find(hand, &email).await?;
                give(hand, SetStatus { id, status: UserStatus::Active }.into(), id, AccountChange::Record).await?;
                say(&format!("{email} can log in again."))
            }
            Self::ResetPassword { email } => {
                let id = find(hand, &email).await?;
                let hash = hashed(hand).await?;
                give(hand, SetPassword { id }.into(), id, AccountChange::Password(hash)).await?;
                say(&format!("{email} has a new password, and all devices are ended."))
            }
            Self::ResetSecondFactor { email } => {
                let id = find(hand, &email).await?;
                give(hand, ResetFactor { id }.into(), id, AccountChange::Record).await?;
                say(&format!("{email} has no second factor, and all devices are ended."))
            }
            Self::Edit { email, name, roles } => {
                let id = find(hand, &email).await?;
                let roles = Some(self::roles(&roles)).filter(|roles| !roles.is_empty());
                if name.is_none() && roles.is_none() {
                    bail!("nothing to change: give --name or --role");
                }
                give(hand, EditUser { id, name, roles }.into(), id, AccountChange::Record).await?;
                say(&format!("{email} is changed."))
            }
        }
    }
}

fn roles(given: &[String]) -> Vec<Role> {
    given.iter().map(|role| Role::of_wire(role)).collect()
}

async fn list(hand: &Hand) -> Result<()> {
    for account in hand.store.read().await?.staff().await? {
        let user = account.user;
        let roles: Vec<&str> = user.roles.iter().map(Role::wire).collect();
        say(&format!("{}\t{}\t{}\t{}", user.email, user.name, roles.join(","), user.status))?;
    }
    Ok(())
}

/// The account of an address.
pub(crate) async fn find(hand: &Hand, email: &str) -> Result<UserId> {
    let address = Email::new(email).map_err(|why| anyhow!("{email}: {why}"))?;
    let account = hand.store.read().await?.account_by_email(&address).await?;
    Ok(account.with_context(|| format!("{email} has no account"))?.user.id)
}

/// Gives a command of the system about an account.
pub(crate) async fn give(hand: &Hand, command: Command, user: impl Into<Option<UserId>>, change: AccountChange) -> Result<()> {
    let id = CommandId::from_uuid(hand.shell.uuid());
    let outcome = hand.write(ChangeAccount::new(id, command, user, change)).await?.outcome;
    if outcome.status != OutcomeStatus::Applied {
        bail!("{}", refusal(&outcome));
    }
    Ok(())
}

/// Why a command was refused, for whoever sits at the terminal.
fn refusal(outcome: &Outcome) -> String {
    let words = Words::new(Lang::En);
    let code = outcome.code.as_ref().map_or_else(|| "refusal-unknown".to_owned(), domain::decision::Code::word);
    let field =
        outcome.details.as_ref().and_then(|d| d.field.clone().map(|f| format!(" ({f}: {})", d.invalid.clone().unwrap_or_default())));
    format!("{}{}", words.text(&code), field.unwrap_or_default())
}

/// Reads a password from standard input, and hashes it.
pub(crate) async fn hashed(hand: &Hand) -> Result<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        write!(std::io::stderr(), "Password: ")?;
        std::io::stderr().flush()?;
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line).context("no password could be read from standard input")?;
    let password =
        Password::new(line.trim_end_matches(['\r', '\n'])).map_err(|why| anyhow!("the password cannot be set: {}", said(why)))?;
    let passwords = Passwords::new(Cost::REAL, 1, hand.shell.clone()).map_err(|error| anyhow!("{error}"))?;
    Ok(passwords.hash(password).await?)
}

fn said(why: Invalid) -> String {
    let words = Words::new(Lang::En);
    let key = format!("invalid-{}", why.code().replace('_', "-"));
    match why.bound() {
        Some(bound) => words.with(&key, &[("bound", bound.to_string().into())]),
        None => words.text(&key),
    }
}
