//! What stands between a desk and its server.

use async_trait::async_trait;
use bytes::Bytes;
use domain::{
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{ClientId, CommandId, DeviceId, UserId},
    record::RecordRef,
    time::UtcMillis,
    wire::{
        AuditPage, AuditProof, DeviceList, EraseClient, KnownAnswer, Login, Me, Outcomes, PasswordChange, RecoveryCodes, SecondFactor,
        SecondFactorBegin, SecondFactorCode, SecondFactorOff, SecondFactorSecret, Session,
    },
};
use futures_util::stream::BoxStream;
use serde_json::Value;
use std::time::Duration;

use crate::fault::Fault;

/// What answers at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whether its database and files can be used; not so while it starts or drains.
    pub ready: bool,
}

/// Which part of the feed is asked for (protocol.md, Feed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Everything open, at one head.
    Work,
    /// Where the head is, and nothing else.
    Head,
    /// Upwards.
    Up {
        /// Numbers above this cursor's.
        after: String,
        /// About how many records.
        limit: u32,
        /// How long the answer is held while there is nothing, in seconds; at most 25.
        wait: u32,
        /// Whether count and sum are wanted at the head.
        check: bool,
    },
    /// Downwards: the walk.
    Down {
        /// Numbers up to this cursor's.
        before: String,
        /// About how many records.
        limit: u32,
    },
}

/// Which part of the audit is asked for (protocol.md, Commands): newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditAsk {
    /// Only what was done with this record.
    pub record: Option<RecordRef>,
    /// Only what this person did.
    pub actor: Option<UserId>,
    /// Only acts of this name, `area.verb`.
    pub act: Option<String>,
    /// Only what was done at this moment or later.
    pub from: Option<UtcMillis>,
    /// Only what was done before this moment.
    pub until: Option<UtcMillis>,
    /// Where the page before this one ended.
    pub after: Option<String>,
    /// How many at most.
    pub limit: u32,
}

/// What is asked about one's own second factor (protocol.md, Auth).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorAsk {
    /// How it stands.
    State,
    /// A secret for an authenticator; it counts once a code confirms it.
    Begin(SecondFactorBegin),
    /// It is on from here.
    Confirm(SecondFactorCode),
    /// Other recovery codes.
    Renew(SecondFactorCode),
    /// It is off from here.
    Off(SecondFactorOff),
}

/// What is asked of a file (protocol.md, Files).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileAsk {
    /// All of its bytes.
    Whole(Sha256),
    /// Those from the first place up to, not including, the second.
    Part(Sha256, u64, u64),
    /// A small picture of it, at most so large: `thumb` or `full`.
    Preview(Sha256, &'static str),
}

impl FileAsk {
    /// Where it is asked.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Whole(sha256) | Self::Part(sha256, ..) => format!("/v1/files/{sha256}"),
            Self::Preview(sha256, size) => format!("/v1/files/{sha256}/preview/{size}"),
        }
    }
    /// The `Range` of a part, which is answered 206 and not 200.
    #[must_use]
    pub fn range(&self) -> Option<String> {
        match self {
            Self::Part(_, from, upto) => Some(format!("bytes={from}-{}", upto.saturating_sub(1))),
            Self::Whole(_) | Self::Preview(..) => None,
        }
    }
}

/// The answer to a [`FactorAsk`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorTold {
    /// To [`FactorAsk::State`].
    State(SecondFactor),
    /// To [`FactorAsk::Begin`].
    Secret(SecondFactorSecret),
    /// To [`FactorAsk::Confirm`] and [`FactorAsk::Renew`].
    Codes(RecoveryCodes),
    /// To [`FactorAsk::Off`].
    Off,
}

/// What is said of a file before its bytes are sent (protocol.md, Files).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announce {
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// What it is uploaded for.
    pub policy: FilePolicy,
    /// What it is called.
    pub name: FileName,
    /// What it is.
    pub media_type: MediaType,
    /// How many bytes it has.
    pub size: u64,
}

/// An upload that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The server's name of it.
    pub upload: String,
    /// How many bytes the server has: all of them where this person has the file there already.
    pub offset: u64,
}

/// A page on its way: lines of NDJSON, cut anywhere.
pub struct Pages {
    /// The server's clock when it answered, to the second, if it said.
    pub date: Option<UtcMillis>,
    /// The bytes. A fault ends them; so does their end before the page's last line, and then the page was cut off.
    pub chunks: BoxStream<'static, Result<Bytes, Fault>>,
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages").field("date", &self.date).finish_non_exhaustive()
    }
}

/// An event of the live stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Something changed; it runs to the head of its snapshot.
    Changes {
        /// Where to go on.
        cursor: String,
        /// `{"seq", "lines"}`, not read yet.
        data: Bytes,
    },
    /// Nothing changed up to here.
    At {
        /// Where to go on.
        cursor: String,
        /// Its number.
        seq: i64,
    },
    /// Too much changed for a stream: ask the page.
    Behind,
    /// The server ends the stream.
    Bye {
        /// When to come back, if it said.
        retry: Option<Duration>,
    },
    /// Another database, another history or other rights.
    Reset,
    /// A sign of life, or an event of a newer server.
    Other,
}

/// An open live stream.
pub struct Events {
    /// The server's clock when it answered, to the second, if it said.
    pub date: Option<UtcMillis>,
    /// The events. Their end without a [`Event::Bye`] is a cut.
    pub events: BoxStream<'static, Result<Event, Fault>>,
}

impl std::fmt::Debug for Events {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Events").field("date", &self.date).finish_non_exhaustive()
    }
}

/// What stands between a desk and its server: one implementation over HTTP ([`crate::Http`]), scripted ones in tests. Every
/// future may be dropped at any time; then it is not known whether the request arrived.
#[async_trait]
pub trait Transport: Send + Sync + 'static {
    /// Asks whether a Meja server answers.
    async fn check(&self) -> Result<Found, Fault>;
    /// Logs in.
    async fn login(&self, login: &Login) -> Result<Session, Fault>;
    /// Changes a refresh token into a new pair.
    async fn refresh(&self, refresh_token: &str) -> Result<Session, Fault>;
    /// Who asks, as the server knows them at this moment.
    async fn me(&self, access: &str) -> Result<Me, Fault>;
    /// Ends this device.
    async fn logout(&self, access: &str) -> Result<(), Fault>;
    /// Asks for a mail with a code for a new password; the answer is the same whether the address is known.
    async fn forgot(&self, email: &str) -> Result<(), Fault>;
    /// Sets a new password with the code from the mail.
    async fn reset_password(&self, token: &str, new_password: &str) -> Result<(), Fault>;
    /// Gives commands. `body` is the whole body: the bytes of commands are frozen at their first sending.
    async fn commands(&self, access: &str, body: String) -> Result<Outcomes, Fault>;
    /// Asks which of these commands the server knows.
    async fn known(&self, access: &str, ids: &[CommandId]) -> Result<KnownAnswer, Fault>;
    /// Asks for a part of the feed.
    async fn feed(&self, access: &str, ask: &Ask) -> Result<Pages, Fault>;
    /// Opens the live stream above a cursor.
    async fn live(&self, access: &str, after: &str) -> Result<Events, Fault>;
    /// Begins an upload (tus 1.0.0).
    async fn begin_upload(&self, access: &str, file: &Announce) -> Result<Begun, Fault>;
    /// Asks how many bytes of an upload the server has. The answer to `HEAD` has no body: a problem has its status alone, and the code
    /// that goes with it.
    async fn upload_offset(&self, access: &str, upload: &str) -> Result<u64, Fault>;
    /// Sends bytes of an upload, from this one on. Returns how many the server has then. They count together or not at all.
    async fn send_bytes(&self, access: &str, upload: &str, from: u64, bytes: Bytes) -> Result<u64, Fault>;
    /// Gives an upload up.
    async fn end_upload(&self, access: &str, upload: &str) -> Result<(), Fault>;
    /// Asks for a page of the audit.
    async fn audit(&self, access: &str, ask: &AuditAsk) -> Result<AuditPage, Fault>;
    /// Has the audit's chain proved.
    async fn audit_proof(&self, access: &str) -> Result<AuditProof, Fault>;
    /// Asks for everything of a client that is theirs to read.
    async fn client_data(&self, access: &str, client: ClientId) -> Result<Value, Fault>;
    /// Has everything erased that tells who a client is.
    async fn erase_client(&self, access: &str, client: ClientId, asked: &EraseClient) -> Result<(), Fault>;
    /// Asks for a file, or a small picture of one. What is longer than any file that is taken is none of ours.
    async fn file(&self, access: &str, ask: &FileAsk) -> Result<Vec<u8>, Fault>;
    /// Asks where somebody is logged in: whoever asks, or for an admin this person of the staff.
    async fn devices(&self, access: &str, of: Option<UserId>) -> Result<DeviceList, Fault>;
    /// Ends one of one's own devices.
    async fn end_device(&self, access: &str, device: DeviceId) -> Result<(), Fault>;
    /// Changes one's own password, which ends one's other devices.
    async fn change_password(&self, access: &str, change: &PasswordChange) -> Result<(), Fault>;
    /// Asks about one's own second factor, or changes it.
    async fn second_factor(&self, access: &str, ask: &FactorAsk) -> Result<FactorTold, Fault>;
}
