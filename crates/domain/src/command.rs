//! Commands: everything that anybody does (architecture.md, sentence 2). The registry at the end is the one list of them;
//! screens, `GET /v1/commands`, the table test and the simulation are made from it.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::fmt;

use crate::{
    commands::{
        account, client, consultation, design, factor, file, import, item, message, note, notification, order, quick_reply, setting, staff,
    },
    decision::{Changes, Code, Decision, Details, Refusal, Stop},
    facts::{Facts, Key},
    file::Sha256,
    id::CommandId,
    record::{Kind, Record, RecordRef},
    records::User,
    role::{Actor, Role},
    rule::Cx,
    text::Invalid,
    time::UtcMillis,
};

/// The version of the arguments that this program writes and understands.
pub const ARGS_VERSION: u32 = 1;

/// One kind of act: its arguments and its rule.
pub trait Act: Serialize + DeserializeOwned + Clone + fmt::Debug + PartialEq {
    /// `area.verb` on the wire.
    const NAME: &'static str;
    /// The requirements it serves.
    const RULE: &'static str;
    /// Who may ever give it; nobody but the system where this is empty.
    const ROLES: &'static [Role];
    /// The record it is about: what a screen shows beside it, and what the audit files it under.
    fn subject(&self) -> Option<RecordRef>;
    /// The facts it surely needs, so that they can be loaded at once: most need their subject alone. A rule may ask for more.
    fn keys(&self) -> Vec<Key> {
        self.subject().map(Key::Record).into_iter().collect()
    }
    /// The files that must be on the server before it can be done: a desk sends it no sooner.
    fn awaits(&self) -> Vec<Sha256> {
        Vec::new()
    }
    /// What it does, for somebody whose role may do it.
    ///
    /// # Errors
    /// [`Stop`] when it is refused or when facts are missing.
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop>;
}

/// A command as it is given: what, and under which id.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The act's id, made where the person pressed.
    pub id: CommandId,
    /// What to do.
    pub command: Command,
}

/// What the registry says of a command.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// `area.verb`.
    pub name: &'static str,
    /// The requirements it serves.
    pub rule: &'static str,
    /// Who may ever give it.
    pub roles: &'static [Role],
}

impl Spec {
    /// Whether this person may ever give it.
    #[must_use]
    pub fn allows(&self, actor: &Actor) -> bool {
        if self.roles.is_empty() { actor.is_system() } else { actor.is_system() || actor.is_any(self.roles) }
    }
}

/// Why a name and arguments are not a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadCommand {
    /// There is no command of this name.
    Unknown,
    /// The arguments are not what it takes.
    Args(Refusal),
}

impl BadCommand {
    /// The refusal that the sender gets.
    #[must_use]
    pub fn refusal(self) -> Refusal {
        match self {
            Self::Unknown => Refusal::new(Code::UnknownCommand, "protocol"),
            Self::Args(refusal) => refusal,
        }
    }
}

macro_rules! registry {
    ($($(#[$doc:meta])* $variant:ident($act:ty),)*) => {
        /// Any command.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Command { $($(#[$doc])* $variant($act),)* }

        /// Every command there is.
        pub const REGISTRY: &[Spec] = &[$(Spec { name: <$act>::NAME, rule: <$act>::RULE, roles: <$act>::ROLES },)*];

        impl Command {
            /// What the registry says of it.
            #[must_use]
            pub const fn spec(&self) -> Spec { match self { $(Self::$variant(_) => Spec { name: <$act>::NAME, rule: <$act>::RULE, roles: <$act>::ROLES },)* } }
            /// Reads a command from its name and arguments.
            ///
            /// # Errors
            /// [`BadCommand`], which names the argument that is wrong.
            pub fn parse(name: &str, args: &Value) -> Result<Self, BadCommand> {
                match name { $(<$act>::NAME => arguments(args).map(Self::$variant),)* _ => Err(BadCommand::Unknown) }
            }
            /// Its arguments on the wire.
            #[must_use]
            pub fn args(&self) -> Value { match self { $(Self::$variant(act) => serde_json::to_value(act).unwrap_or_default(),)* } }
            /// The record it is about.
            #[must_use]
            pub fn subject(&self) -> Option<RecordRef> { match self { $(Self::$variant(act) => act.subject(),)* } }
            /// The facts it surely needs.
            #[must_use]
            pub fn keys(&self) -> Vec<Key> { match self { $(Self::$variant(act) => act.keys(),)* } }
            /// The files that must be on the server before it can be done.
            #[must_use]
            pub fn awaits(&self) -> Vec<Sha256> { match self { $(Self::$variant(act) => act.awaits(),)* } }
            fn run(&self, cx: &Cx<'_>) -> Result<Changes, Stop> { match self { $(Self::$variant(act) => act.decide(cx),)* } }
            /// The JSON Schema of the arguments of the command of this name.
            #[cfg(feature = "schema")]
            #[must_use]
            pub fn schema(name: &str) -> Option<schemars::Schema> {
                let mut generator = schemars::generate::SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true).into_generator();
                match name { $(<$act>::NAME => Some(generator.root_schema_for::<$act>()),)* _ => None }
            }
        }
        $(impl From<$act> for Command { fn from(act: $act) -> Self { Self::$variant(act) } })*
    };
}

registry! {
    /// A client asks for a consultation, or the staff enters it for them.
    ConsultationRequest(consultation::Request),
    /// An admin accepts a request.
    ConsultationAccept(consultation::Accept),
    /// An admin rejects a request.
    ConsultationReject(consultation::Reject),
    /// A client or an admin calls a request off.
    ConsultationCancel(consultation::Cancel),
    /// Somebody of the staff takes an item in hand.
    ItemClaim(item::ClaimItem),
    /// They let go of it.
    ItemRelease(item::Release),
    /// An admin puts an item off for everybody.
    ItemSnooze(item::SnoozeItem),
    /// An admin has an item wait again that was put off.
    ItemWake(item::Wake),
    /// An admin gives an item to a colleague.
    ItemAssign(item::Assign),
    /// A client orders a design, or the staff enters it for them.
    OrderCreate(order::Create),
    /// Its client, or the staff, changes what is wanted.
    OrderEdit(order::Edit),
    /// The staff moves an order on.
    OrderSetStatus(order::SetStatus),
    /// The staff says how far the product is.
    OrderSetProductStatus(order::SetProductStatus),
    /// The staff keeps something in mind with an order.
    OrderSetNote(order::SetNote),
    /// The staff gives an order to a colleague.
    OrderAssign(order::Assign),
    /// Somebody who works on orders takes one in hand.
    OrderClaim(order::ClaimOrder),
    /// They let go of it.
    OrderRelease(order::ReleaseOrder),
    /// The staff puts an order off for everybody.
    OrderSnooze(order::SnoozeOrder),
    /// The staff has an order wait again that was put off.
    OrderWake(order::WakeOrder),
    /// An admin deletes an order, softly.
    OrderDelete(order::Delete),
    /// An admin brings a deleted order back.
    OrderRestore(order::Restore),
    /// The staff adds a version to an order.
    DesignUpload(design::Upload),
    /// The staff shows a version to its client.
    DesignSubmit(design::Submit),
    /// The staff goes to another version.
    DesignSetCurrent(design::SetCurrent),
    /// An admin takes the file of a version away for good.
    DesignPurge(design::Purge),
    /// Its client wants exactly this version.
    DesignApprove(design::Approve),
    /// Its client wants something changed.
    DesignRequestRevision(design::RequestRevision),
    /// Its client, or the staff, says something about an order.
    MessageSend(message::Send),
    /// A person has read a conversation up to a message.
    ConversationRead(message::MarkRead),
    /// The staff keeps a text for answering quickly.
    QuickReplySave(quick_reply::Save),
    /// It is offered no more.
    QuickReplyRemove(quick_reply::Remove),
    /// Somebody of the staff writes a note.
    NoteAdd(note::Add),
    /// The staff enters a client.
    ClientCreate(client::Create),
    /// The staff corrects a client.
    ClientEdit(client::Edit),
    /// The staff begins to write to a client outside of Meja.
    ClientContact(client::Contact),
    /// The staff says that two clients are one.
    ClientMerge(client::Merge),
    /// The staff brings clients and orders in from a file.
    ImportRows(import::Rows),
    /// They take that back.
    ImportUndo(import::Undo),
    /// A person has read some of their notifications.
    NotificationRead(notification::Read),
    /// An admin sets a setting.
    SettingSet(setting::Set),
    /// The system opens an account for a client who registered.
    AccountRegister(account::Register),
    /// The system opens an account for somebody of the staff.
    UserAdd(account::AddUser),
    /// An admin invites a colleague.
    UserInvite(staff::Invite),
    /// An admin changes somebody's name or roles.
    UserEdit(account::EditUser),
    /// An admin closes an account or opens it again.
    UserSetStatus(account::SetStatus),
    /// An admin has a link for a new password sent.
    UserSendLink(staff::SendLink),
    /// An admin ends a device of a colleague.
    DeviceRevoke(staff::RevokeDevice),
    /// The system notes that a password was set.
    UserSetPassword(account::SetPassword),
    /// The system notes that somebody turned their second factor on.
    AccountFactorOn(factor::FactorOn),
    /// The system notes that somebody turned it off.
    AccountFactorOff(factor::FactorOff),
    /// The system notes that somebody made new recovery codes.
    AccountFactorCodes(factor::FactorCodes),
    /// An admin takes the second factor of a colleague away.
    AccountResetFactor(factor::ResetFactor),
    /// The system notes that somebody put a file on the server.
    FilePut(file::Put),
    /// The system notes that everything of a client was written out.
    ClientExport(client::Export),
    /// The system erases the data of a client at their wish.
    ClientErase(client::Erase),
}

fn arguments<A: Act>(args: &Value) -> Result<A, BadCommand> {
    serde_path_to_error::deserialize(args).map_err(|error| {
        let path = error.path().to_string();
        let text = error.inner().to_string();
        let (field, why) = match text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
            Some(missing) => (join(&path, missing), Invalid::Required),
            None => (path, Invalid::Malformed),
        };
        BadCommand::Args(Refusal::invalid(&field, why))
    })
}

fn join(path: &str, field: &str) -> String {
    if path == "." { field.to_owned() } else { format!("{path}.{field}") }
}

/// The rulebook. Pure: the same facts, actor, time and command always give the same answer, on a desk and on a server.
#[must_use]
pub fn decide(facts: &Facts, actor: &Actor, now: UtcMillis, given: &Given) -> Decision {
    let spec = given.command.spec();
    if !spec.allows(actor) {
        let details = Details { roles: spec.roles.to_vec(), ..Details::default() };
        return Decision::Refuse(Refusal::with(Code::NotAllowed, "R-017", details));
    }
    let cx = Cx::new(facts, actor, now, given);
    match is_erased(&cx).and_then(|gone| if gone { Err(Refusal::new(Code::Erased, "R-019").into()) } else { given.command.run(&cx) }) {
        Ok(changes) => Decision::Apply(changes),
        Err(Stop::Refused(refusal)) => Decision::Refuse(refusal),
        Err(Stop::Needed(keys)) => Decision::Need(keys),
        Err(Stop::Unknown(keys)) => Decision::Unknown(keys),
    }
}

/// The account that must not have been erased meanwhile: what somebody asked with may be older than the facts, and a client whose data went
/// while they were asking would write their name anew.
#[must_use]
pub fn account_of(actor: &Actor) -> Option<RecordRef> {
    let for_somebody = actor.is_system() && actor.id() != Actor::system().id();
    (actor.client.is_some() || for_somebody).then(|| RecordRef::new(Kind::User, actor.id()))
}

fn is_erased(cx: &Cx<'_>) -> Result<bool, Stop> {
    let Some(account) = account_of(cx.actor) else { return Ok(false) };
    Ok(cx.any(account)?.and_then(|held| User::of(&held.record)).is_some_and(User::is_erased))
}
