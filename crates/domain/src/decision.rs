//! What a rule answers: changes, a refusal, or what it must know first.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::{
    facts::Key,
    file::Sha256,
    id::{DeviceId, UserId},
    name::Email,
    record::{AnyRecord, RecordRef},
    records::SettingKey,
    role::{Person, Role},
    text::Invalid,
    time::UtcMillis,
    wire_enum::wire_enum,
};

/// The answer to a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// It is done by writing this.
    Apply(Changes),
    /// It is not done; nothing is written.
    Refuse(Refusal),
    /// These facts must be loaded; then ask again.
    Need(Vec<Key>),
    /// These facts cannot be had here: the server decides.
    Unknown(Vec<Key>),
}

/// A record as it shall stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// The revision that the rule read; `None` for a new record. Nothing is written when it is no longer that one.
    pub base: Option<i64>,
    /// The record.
    pub record: Arc<AnyRecord>,
}

impl Write {
    /// The revision the record gets.
    #[must_use]
    pub fn rev(&self) -> i64 {
        self.base.unwrap_or(0).saturating_add(1)
    }
}

/// Everything a command does.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Changes {
    /// The records it writes; none of them twice.
    pub writes: Vec<Write>,
    /// What shall be erased.
    pub erase: Option<Erasure>,
    /// The records an act is about though it writes nothing in them: the audit files it under them all the same (C-08). None of them is
    /// among the writes.
    pub mentions: Vec<RecordRef>,
    /// The reason that was given, for the audit.
    pub reason: Option<String>,
    /// What the server does beside the records, in the same transaction. A desk cannot, and does not wait for it.
    pub beside: Vec<Beside>,
}

/// What is erased of a client besides what their records say: all of it at the end of the same transaction, so that nothing that
/// was written in it stays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Erasure {
    /// The records whose values leave the audit.
    pub records: Vec<RecordRef>,
    /// Their account: password, devices, tokens and remembered answers go, and what they did themselves, in whichever record, leaves the
    /// audit.
    pub user: Option<UserId>,
    /// The addresses they were reached at: mails to them go.
    pub addresses: Vec<Email>,
    /// The files whose names go, also where they are on their way to the server.
    pub files: Vec<Sha256>,
}

/// Something that only a server can do: it is about what no record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// All devices and sessions of this person end.
    EndSessions(UserId),
    /// This device ends, if it is this person's; one that has ended stays so.
    EndDevice(UserId, DeviceId),
    /// This person has no second factor any more, and no recovery codes.
    DropFactor(UserId),
    /// This person gets a mail with a token for a password: an invitation where they have none yet.
    MailToken(UserId),
}

wire_enum! {
    /// Why a command was refused. Stable; words for each are in the catalogue (`refusal-…`).
    pub enum Code {
        /// No role of this person may ever do it.
        NotAllowed = "not_allowed",
        /// There is no such record, or none that this person may know of.
        NotFound = "not_found",
        /// A record of this id exists already.
        AlreadyExists = "already_exists",
        /// The request is no longer waiting: somebody answered it, or it was called off.
        NotWaiting = "not_waiting",
        /// The record is closed for good.
        NotOpen = "not_open",
        /// The order was taken up already: its client changes it no more.
        NotPending = "not_pending",
        /// It is not the next step: only an admin moves a record there, with a reason.
        NotNext = "not_next",
        /// There is no design yet that could be called done.
        DesignMissing = "design_missing",
        /// The file is not on the server, or was put there by somebody else.
        FileMissing = "file_missing",
        /// The order has a version with exactly these bytes.
        SameDesign = "same_design",
        /// The version was shown to its client already.
        NotUploaded = "not_uploaded",
        /// The version does not wait for its client's word.
        NotSubmitted = "not_submitted",
        /// The version is the current one.
        IsCurrent = "is_current",
        /// The file of the version was taken away.
        Purged = "purged",
        /// The order is neither done nor called off.
        StillOpen = "still_open",
        /// It is what was delivered: it is kept.
        Delivered = "delivered",
        /// The time for which it is kept in any case is not over.
        TooEarly = "too_early",
        /// The order was deleted.
        Deleted = "deleted",
        /// The order was not deleted.
        NotDeleted = "not_deleted",
        /// A reason of at least three characters is needed.
        ReasonRequired = "reason_required",
        /// The day or moment lies in the past.
        DateInPast = "date_in_past",
        /// The day or moment lies too far ahead.
        DateTooFar = "date_too_far",
        /// The client has a waiting request already.
        AlreadyWaiting = "already_waiting",
        /// Somebody else works on it.
        ClaimedByOther = "claimed_by_other",
        /// This person does not hold it.
        NotClaimed = "not_claimed",
        /// It was not put off.
        NotSnoozed = "not_snoozed",
        /// The person cannot be given work.
        CannotWork = "cannot_work",
        /// The client has no account, and would never read it.
        NoAccount = "no_account",
        /// The client's data were erased.
        Erased = "erased",
        /// The client has no mobile number, or no address, by which they could be reached so.
        NoContact = "no_contact",
        /// An account with this address exists already.
        EmailTaken = "email_taken",
        /// Nobody closes their own account, or takes away their own right to give rights: whoever does the one could not do the other
        /// back.
        OwnAccount = "own_account",
        /// The account is closed.
        AccountDisabled = "account_disabled",
        /// The person has not taken their invitation yet.
        NotJoined = "not_joined",
        /// An argument is missing, malformed or out of bounds.
        InvalidArgs = "invalid_args",
        /// No command of this name.
        UnknownCommand = "unknown_command",
        /// The id was used for another command, or by somebody else.
        CommandIdReused = "command_id_reused",
        /// The id is unknown and older than refusals are remembered.
        TooOld = "too_old",
        /// The server takes no command of this size.
        TooLarge = "too_large",
        /// The telephone number is one client's and the address another's.
        TwoClients = "two_clients",
        /// The client's record was merged into another one, which has everything of theirs.
        Merged = "merged",
        /// Both clients have an account: nobody but they can say which one stays.
        TwoAccounts = "two_accounts",
        /// More hangs on it than one commit may hold.
        TooMany = "too_many",
        /// The import was taken back already.
        Undone = "undone",
        /// The time in which the import could be taken back is over.
        UndoOver = "undo_over",
        /// What the person saw is no longer what stands (commands that move money, and a client's word on a design).
        Stale = "stale",
        /// The server could not do it; nothing was written.
        Internal = "internal",
    }
}

/// What a refusal says besides its code; each part only where the rule has it.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Details {
    /// The argument that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong with it (`required`, `too_long`, …).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invalid: Option<String>,
    /// The bound it passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<u64>,
    /// Who may do it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// The setting of the organisation that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<SettingKey>,
    /// Who stands in the way, or was first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Person>,
    /// When they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<UtcMillis>,
    /// From when on it will be possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<UtcMillis>,
    /// Where the record stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The record that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordRef>,
    /// What people call that record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

/// A command that is not done, and why: the rule, who may, and when it will be possible (lessons, idea 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// The requirement that the rule comes from (`M-01`, `R-017`, …).
    pub rule: &'static str,
    /// What else there is to say.
    pub details: Box<Details>,
}

impl Refusal {
    /// A refusal without details.
    #[must_use]
    pub fn new(code: Code, rule: &'static str) -> Self {
        Self { code, rule, details: Box::default() }
    }
    /// A refusal with details.
    #[must_use]
    pub fn with(code: Code, rule: &'static str, details: Details) -> Self {
        Self { code, rule, details: Box::new(details) }
    }
    /// An argument that cannot be accepted.
    #[must_use]
    pub fn invalid(field: &str, why: Invalid) -> Self {
        let bound = why.bound().and_then(|n| u64::try_from(n).ok());
        let details = Details { field: Some(field.to_owned()), invalid: Some(why.code().to_owned()), bound, ..Details::default() };
        Self::with(Code::InvalidArgs, "arguments", details)
    }
}

/// Why a rule stopped before it could say what to write.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// It is refused.
    Refused(Refusal),
    /// A fact must be loaded first.
    Needed(Vec<Key>),
    /// A fact cannot be had here.
    Unknown(Vec<Key>),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
