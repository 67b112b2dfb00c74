//! Sending mail: over SMTP, or into a folder of `.eml` files.

use async_trait::async_trait;
use domain::name::Email;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp,
};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use uuid::Uuid;

use super::JobError;

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The job that sends it, so that a mail sent twice is known to be one.
    pub id: Uuid,
    /// To whom.
    pub to: Email,
    /// What they are called.
    pub name: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub body: String,
}

/// A way of sending mail.
#[async_trait]
pub trait Mail: Send + Sync + 'static {
    /// Sends a mail.
    ///
    /// # Errors
    /// [`JobError`]: later, or never.
    async fn send(&self, letter: Letter) -> Result<(), JobError>;
}

#[async_trait]
impl Mail for Box<dyn Mail> {
    async fn send(&self, letter: Letter) -> Result<(), JobError> {
        (**self).send(letter).await
    }
}

/// Why mail cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The URL is none.
    #[error("not an SMTP URL: {0}")]
    Url(String),
    /// The sender's address is none.
    #[error("not an address to send mail from: {0}")]
    From(String),
    /// The folder cannot be made.
    #[error("the folder for mails cannot be made: {0}")]
    Folder(std::io::Error),
}

fn message(from: &Mailbox, letter: &Letter) -> Result<Message, JobError> {
    let give_up = |error: &dyn std::fmt::Display| JobError::GiveUp(error.to_string());
    let address: Address = letter.to.as_str().parse().map_err(|e| give_up(&e))?;
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(Some(letter.name.clone()), address))
        .subject(letter.subject.clone())
        .message_id(Some(format!("<{}@meja>", letter.id)))
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.clone())
        .map_err(|e| give_up(&e))
}

fn sender(from: &str) -> Result<Mailbox, MailError> {
    from.parse().map_err(|_| MailError::From(from.to_owned()))
}

/// Mail over SMTP.
#[derive(Debug)]
pub struct SmtpMail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpMail {
    /// To a server named by URL (`smtps://user:password@host:port`, `smtp://host:port?tls=required`).
    ///
    /// # Errors
    /// [`MailError`].
    pub fn new(url: &str, from: &str) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| MailError::Url(error.to_string()))?;
        Ok(Self { transport: transport.build(), from: sender(from)? })
    }
}

#[async_trait]
impl Mail for SmtpMail {
    async fn send(&self, letter: Letter) -> Result<(), JobError> {
        let sent = self.transport.send(message(&self.from, &letter)?).await;
        sent.map(drop).map_err(|error| if error.is_permanent() { JobError::GiveUp(said(&error)) } else { JobError::Retry(said(&error)) })
    }
}

/// What went wrong, without the other side's own text: that repeats addresses, and this is kept and logged.
fn said(error: &smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None if error.is_tls() => "no TLS with the mail server".to_owned(),
        None => "the mail server cannot be reached or not be understood".to_owned(),
    }
}

/// Mail into a folder: whoever runs the server reads it there, or a mail program fetches it.
#[derive(Clone, Debug)]
pub struct FolderMail {
    folder: PathBuf,
    from: Mailbox,
}

impl FolderMail {
    /// Into this folder, which is made.
    ///
    /// # Errors
    /// [`MailError`].
    pub fn new(folder: &Path, from: &str) -> Result<Self, MailError> {
        std::fs::create_dir_all(folder).map_err(MailError::Folder)?;
        Ok(Self { folder: folder.to_owned(), from: sender(from)? })
    }
}

#[async_trait]
impl Mail for FolderMail {
    async fn send(&self, letter: Letter) -> Result<(), JobError> {
        let bytes = message(&self.from, &letter)?.formatted();
        let (part, whole) = (self.folder.join(format!(".{}.part", letter.id)), self.folder.join(format!("{}.eml", letter.id)));
        // Whoever reads the folder never sees half a mail.
        let write = move || std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, &whole));
        let written = tokio::task::spawn_blocking(write).await.map_err(std::io::Error::other).flatten();
        written.map_err(|error| JobError::Retry(error.to_string()))
    }
}

/// Mail into memory, for tests.
#[derive(Clone, Debug, Default)]
pub struct MemoryMail {
    sent: Arc<Mutex<Vec<Letter>>>,
    broken: Arc<Mutex<u32>>,
}

impl MemoryMail {
    /// What was sent.
    #[must_use]
    pub fn sent(&self) -> Vec<Letter> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Fails so many times.
    pub fn break_for(&self, times: u32) {
        *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = times;
    }
}

#[async_trait]
impl Mail for MemoryMail {
    async fn send(&self, letter: Letter) -> Result<(), JobError> {
        let mut broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        if *broken > 0 {
            *broken -= 1;
            return Err(JobError::Retry("no connection".into()));
        }
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(letter);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::name::PersonName;
    use hostile::text_near;
    use proptest::prelude::*;

    fn letter() -> Letter {
        Letter {
            id: Uuid::from_u128(7),
            to: Email::new("rani@x.id").unwrap(),
            name: "Hj. Rani Kusuma, S.Pd.".into(),
            subject: "Atur ulang kata sandi «Ruang»".into(),
            body: "Kode: mjm_x\n\nBerlaku 1 jam.".into(),
        }
    }

    #[tokio::test]
    async fn a_mail_in_the_folder_is_a_whole_mail() {
        let folder = tempfile::tempdir().unwrap();
        let mail = FolderMail::new(&folder.path().join("mail"), "Meja <noreply@x.id>").unwrap();
        mail.send(letter()).await.unwrap();
        mail.send(letter()).await.unwrap();
        let files: Vec<_> = std::fs::read_dir(folder.path().join("mail")).unwrap().map(|f| f.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "sent twice is one mail");
        let text = std::fs::read_to_string(&files[0]).unwrap();
        for part in ["From: Meja <noreply@x.id>", "rani@x.id", "Kode: mjm_x", "Message-ID: <00000000-0000-0000-0000-000000000007@meja>"] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }

    #[test]
    fn urls_and_addresses_are_checked_at_once() {
        assert!(SmtpMail::new("smtps://user:secret@mail.x.id:465", "noreply@x.id").is_ok());
        assert!(matches!(SmtpMail::new("http://x.id", "noreply@x.id"), Err(MailError::Url(_))));
        assert!(matches!(SmtpMail::new("smtp://mail.x.id", "not an address"), Err(MailError::From(_))));
    }

    proptest! {
        /// Neither a name nor an address writes a header of its own. An address of signs that are no letters is given up instead of
        /// written to; a plain one never is.
        #[test]
        fn neither_a_name_nor_an_address_writes_a_header(
            to in text_near(&["rani.kusuma+meja@sub.x-y.co.id", "nur'aini@x.id", "r\u{e9}ni@x.id"]), name in text_near(&["Hj. Rani Kusuma, S.Pd."]),
        ) {
            let (Ok(to), Ok(name)) = (Email::new(&to), PersonName::new(&name)) else { return Ok(()) };
            let written = message(&sender("noreply@x.id").unwrap(), &Letter { to: to.clone(), name: name.to_string(), ..letter() });
            prop_assert!(written.is_ok() || !to.as_str().is_ascii(), "{to}");
            let Ok(written) = written else { return Ok(()) };
            let text = String::from_utf8_lossy(&written.formatted()).into_owned();
            let (head, _) = text.split_once("\r\n\r\n").unwrap();
            let names: Vec<&str> = head.lines().filter(|line| !line.starts_with([' ', '\t'])).filter_map(|line| line.split(':').next()).collect();
            let known = ["From", "To", "Subject", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "Date", "MIME-Version"];
            prop_assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
        }
    }
}
