//! Clients: entered, corrected, written to, erased (C-08, R-005, R-019, R-027, R-070).

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use crate::{
    command::Act,
    decision::{Changes, Code, Refusal, Stop, Write},
    facts::{Key, Lookup},
    file::{FileName, Sha256},
    id::{ClientId, ConversationId, OrderId, UserId},
    name::{Email, PersonName},
    phone::Phone,
    record::{AnyRecord, Kind, RecordRef, column_types},
    records::{
        Client, Consultation, Conversation, Design, File, History, HistoryEntry, Message, Note, Notification, Order, User, UserStatus,
    },
    role::{Person, Role},
    rule::{Cx, Read, create, field, key, patch, writes},
    text::{Brief, ChatText, Invalid, NoteText, Reason},
    time::Zone,
    wire_enum::wire_enum,
};

pub(super) fn email(text: Option<&str>) -> Result<Option<Email>, Invalid> {
    text.filter(|t| !t.trim().is_empty()).map(Email::new).transpose()
}

/// `client.create`: the staff enters a client who has no account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Create {
    /// The id of the new client.
    pub id: ClientId,
    /// What they are called.
    pub name: String,
    /// Their telephone number, in any writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Their address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The zone they live in; the organisation's when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
}

impl Act for Create {
    const NAME: &'static str = "client.create";
    const RULE: &'static str = "R-005, R-070";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::Client, self.id))
    }
    fn keys(&self) -> Vec<Key> {
        vec![key(Kind::Client, self.id), Key::Lookup(Lookup::Settings)]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        Ok(writes(vec![create(self.client(cx)?)]))
    }
}

impl Create {
    /// The client as it stands at first.
    pub(super) fn client(&self, cx: &Cx<'_>) -> Result<Client, Stop> {
        let name = field("name", PersonName::new(&self.name))?;
        let phone = field("phone", Phone::optional(self.phone.as_deref()))?;
        let email = field("email", email(self.email.as_deref()))?;
        cx.must_be_free(RecordRef::new(Kind::Client, self.id))?;
        let zone = match self.zone {
            Some(zone) => zone,
            None => cx.settings()?.zone,
        };
        Ok(Client {
            id: self.id,
            user_id: None,
            name,
            phone,
            email,
            zone,
            consent: None,
            erased_at: None,
            removed_at: None,
            created_at: cx.now,
            updated_at: cx.now,
        })
    }
}

/// `client.edit`: what is left out stays, `null` clears. Consultations and orders that carry the client's name and zone are rewritten.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edit {
    /// The client.
    pub id: ClientId,
    /// What they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their telephone number.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub phone: Option<Option<String>>,
    /// Their address; not the one they log in with.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub email: Option<Option<String>>,
    /// The zone they live in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
}

impl Act for Edit {
    const NAME: &'static str = "client.edit";
    const RULE: &'static str = "R-017, R-064";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::Client, self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let name = field("name", self.name.as_deref().map(PersonName::new).transpose())?;
        let phone = field("phone", self.phone.as_ref().map(|p| Phone::optional(p.as_deref())).transpose())?;
        let address = field("email", self.email.as_ref().map(|e| email(e.as_deref())).transpose())?;
        let mut read = cx.read::<Client>(self.id)?;
        if read.record.erased_at.is_some() {
            return Err(Refusal::new(Code::Erased, "R-019").into());
        }
        let before = read.record.clone();
        let client = &mut read.record;
        client.name = name.unwrap_or_else(|| client.name.clone());
        client.phone = phone.unwrap_or_else(|| client.phone.clone());
        client.email = address.unwrap_or_else(|| client.email.clone());
        client.zone = self.zone.unwrap_or(client.zone);
        client.updated_at = cx.now;
        let carried = if client.name != before.name || client.zone != before.zone { carry(cx, client)? } else { Vec::new() };
        Ok(writes([read.write()].into_iter().chain(carried).collect()))
    }
}

/// Rewrites what consultations and orders carry of their client.
fn carry(cx: &Cx<'_>, client: &Client) -> Result<Vec<Write>, Stop> {
    let mut all = Vec::new();
    for mut read in cx.find::<Consultation>(Lookup::ConsultationsOf(client.id))? {
        read.record.client_name = client.name.clone();
        read.record.client_zone = client.zone;
        read.record.updated_at = cx.now;
        all.push(read.write());
    }
    for mut read in cx.find::<Order>(Lookup::OrdersOf(client.id))? {
        read.record.client_name = client.name.clone();
        read.record.client_zone = client.zone;
        read.record.updated_at = cx.now;
        if let Some(mut head) = cx.lookup::<Conversation>(ConversationId::of(read.record.id))? {
            head.record.client_name = client.name.clone();
            head.record.client_zone = client.zone;
            head.record.updated_at = cx.now;
            all.push(head.write());
        }
        all.push(read.write());
    }
    Ok(all)
}

wire_enum! {
    /// A way to write to a client outside of Meja.
    pub enum Channel {
        /// WhatsApp, which takes a mobile number.
        Whatsapp = "whatsapp",
        /// Electronic mail.
        Email = "email",
    }
}
column_types! { Text: Channel; }

/// `client.contact`: somebody of the staff began to write to a client outside of Meja. It changes nothing, and stands in the audit
/// under the client, and under what it was about (C-08, R-027). That anything was sent nobody knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// The client.
    pub id: ClientId,
    /// In which way.
    pub channel: Channel,
    /// About what: a request or an order of theirs, or its conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<RecordRef>,
}

impl Act for Contact {
    const NAME: &'static str = "client.contact";
    const RULE: &'static str = "C-08, R-027";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::Client, self.id))
    }
    fn keys(&self) -> Vec<Key> {
        [key(Kind::Client, self.id)].into_iter().chain(self.about.map(Key::Record)).collect()
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let client = cx.read::<Client>(self.id)?.record;
        if client.erased_at.is_some() {
            return Err(Refusal::new(Code::Erased, "R-019").into());
        }
        let reached = match &self.channel {
            Channel::Whatsapp => client.phone.is_some_and(|phone| phone.is_mobile()),
            Channel::Email => client.email.is_some(),
            Channel::Unknown(_) => return Err(Refusal::invalid("channel", Invalid::Unknown).into()),
        };
        if !reached {
            return Err(Refusal::new(Code::NoContact, "R-027").into());
        }
        if let Some(about) = self.about {
            let whose = match &*cx.visible(about)?.record {
                AnyRecord::Consultation(it) => Some(it.client_id),
                AnyRecord::Order(it) => Some(it.client_id),
                AnyRecord::Conversation(it) => Some(it.client_id),
                _ => None,
            };
            if whose != Some(self.id) {
                return Err(Refusal::invalid("about", Invalid::Unknown).into());
            }
        }
        let mentions = [RecordRef::new(Kind::Client, self.id)].into_iter().chain(self.about).collect();
        Ok(Changes { mentions, reason: Some(self.channel.wire().to_owned()), ..Changes::default() })
    }
}

/// Who may have a client's data written out, and erased. Both are asked of the server and are no commands of a desk: what lies
/// beside the records no desk has, and an erasure cannot wait in an outbox.
pub const KEEPERS: &[Role] = &[Role::Admin];

/// `client.erase`, by the system alone, or by the server for one of [`KEEPERS`]: everything that tells who a client is goes, from the records and from the values
/// beside the audit chain; numbers, days and verdicts stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Erase {
    /// The client.
    pub id: ClientId,
}

/// What stands where something was said, or a name was.
const GONE: &str = "(dihapus)";

/// What stands where a name was.
fn nobody() -> PersonName {
    PersonName::of_program(GONE)
}

impl Act for Erase {
    const NAME: &'static str = "client.erase";
    const RULE: &'static str = "R-019";
    const ROLES: &'static [Role] = &[];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::Client, self.id))
    }
    fn keys(&self) -> Vec<Key> {
        vec![key(Kind::Client, self.id), Key::Lookup(Lookup::ConsultationsOf(self.id)), Key::Lookup(Lookup::OrdersOf(self.id))]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let mut read = cx.read::<Client>(self.id)?;
        if read.record.erased_at.is_some() {
            return Err(Refusal::new(Code::Erased, "R-019").into());
        }
        let user = read.record.user_id;
        let (mut all, mut made) = (Vec::new(), BTreeSet::new());
        for consultation in cx.find::<Consultation>(Lookup::ConsultationsOf(self.id))? {
            all.extend(blank_notes(cx, RecordRef::new(Kind::Consultation, consultation.record.id))?);
            all.push(blank_consultation(cx, consultation, user));
        }
        for order in cx.find::<Order>(Lookup::OrdersOf(self.id))? {
            all.extend(blank_notes(cx, RecordRef::new(Kind::Order, order.record.id))?);
            all.extend(blank_conversation(cx, order.record.id, user, &mut made)?);
            for design in cx.find::<Design>(Lookup::DesignsOf(order.record.id))? {
                made.insert(design.record.sha256);
                all.push(blank_design(cx, design));
            }
            all.push(blank_order(cx, order, user));
        }
        // Two records may have the same file; whoever put it there has one.
        for sha256 in made {
            all.extend(blank_files(cx, sha256)?);
        }
        all.extend(blank_notes(cx, RecordRef::new(Kind::Client, self.id))?);
        if let Some(user) = user {
            all.extend(blank_account(cx, user)?);
        }
        let client = &mut read.record;
        client.name = nobody();
        (client.phone, client.email) = (None, None);
        client.erased_at = Some(cx.now);
        client.updated_at = cx.now;
        all.push(read.write());
        let erase = all.iter().map(|w| w.record.reference()).collect();
        Ok(Changes { writes: all, erase, ..Changes::default() })
    }
}

fn blank_notes(cx: &Cx<'_>, about: RecordRef) -> Result<Vec<Write>, Stop> {
    let notes = cx.find::<Note>(Lookup::NotesOf(about))?;
    Ok(notes.into_iter().map(blank_note).collect())
}

fn blank_note(mut note: Read<Note>) -> Write {
    note.record.text = NoteText::new(GONE).unwrap_or(note.record.text);
    note.write()
}

/// Takes the client's name from where the person is named, if it is they.
fn blank_person(person: &mut Person, user: Option<UserId>) {
    if Some(person.id) == user {
        person.name = nobody();
    }
}

fn blank_history(history: &mut History, user: Option<UserId>) {
    for HistoryEntry { by, reason, .. } in &mut history.0 {
        blank_person(by, user);
        *reason = None;
    }
}

fn blank_consultation(cx: &Cx<'_>, mut read: Read<Consultation>, user: Option<UserId>) -> Write {
    let it = &mut read.record;
    it.client_name = nobody();
    (it.topic, it.note, it.message, it.reason) = (None, None, None, None);
    it.decided_by.iter_mut().for_each(|by| blank_person(by, user));
    blank_history(&mut it.history, user);
    it.updated_at = cx.now;
    read.write()
}

/// Number, days, kind, states and budget stay: they tell of the business, not of a person.
fn blank_order(cx: &Cx<'_>, mut read: Read<Order>, user: Option<UserId>) -> Write {
    let it = &mut read.record;
    it.client_name = nobody();
    it.description = Brief::new(GONE).unwrap_or_else(|_| it.description.clone());
    (it.needs, it.staff_note, it.reason) = (None, None, None);
    it.deleted.iter_mut().for_each(|deletion| GONE.clone_into(&mut deletion.reason));
    blank_person(&mut it.status_by, user);
    blank_history(&mut it.history, user);
    it.updated_at = cx.now;
    read.write()
}

/// That something was said stays, with its number and its moment; what was said goes, whoever said it, and what the files are called
/// that were attached. `files` takes in which ones those were.
fn blank_conversation(cx: &Cx<'_>, order: OrderId, user: Option<UserId>, files: &mut BTreeSet<Sha256>) -> Result<Vec<Write>, Stop> {
    let Some(mut head) = cx.lookup::<Conversation>(ConversationId::of(order))? else { return Ok(Vec::new()) };
    let nothing = |was: &ChatText| ChatText::new(GONE).unwrap_or_else(|_| was.clone());
    let mut all = Vec::new();
    for mut message in cx.find::<Message>(Lookup::MessagesOf(order))? {
        message.record.text = nothing(&message.record.text);
        for attachment in &mut message.record.attachments.0 {
            attachment.name = nameless(&attachment.name);
            files.insert(attachment.sha256);
        }
        blank_person(&mut message.record.author, user);
        all.push(message.write());
    }
    let it = &mut head.record;
    (it.client_name, it.last_text) = (nobody(), nothing(&it.last_text));
    (it.waiting_since, it.due_at, it.updated_at) = (None, None, cx.now);
    blank_person(&mut it.last_by, user);
    all.push(head.write());
    Ok(all)
}

/// What stands where a file's name was; its ending says what it is, not whose.
fn nameless(was: &FileName) -> FileName {
    let ending = was.ending().map(|ending| format!(".{ending}")).unwrap_or_default();
    FileName::new(&format!("{GONE}{ending}")).unwrap_or_else(|_| was.clone())
}

/// The version stays, by number, hash and size; what the client said of it goes, and the name of its file, which often is theirs.
fn blank_design(cx: &Cx<'_>, mut read: Read<Design>) -> Write {
    let it = &mut read.record;
    it.name = nameless(&it.name);
    it.comment = it.comment.as_ref().and_then(|_| Reason::new(GONE).ok());
    it.updated_at = cx.now;
    read.write()
}

/// The same name stands where the file was put on the server.
fn blank_files(cx: &Cx<'_>, sha256: Sha256) -> Result<Vec<Write>, Stop> {
    let blank = |mut read: Read<File>| {
        read.record.name = nameless(&read.record.name);
        read.write()
    };
    Ok(cx.find::<File>(Lookup::FilesWith(sha256))?.into_iter().map(blank).collect())
}

fn blank_account(cx: &Cx<'_>, id: UserId) -> Result<Vec<Write>, Stop> {
    let mut all = Vec::new();
    let mut user = cx.read_any::<User>(id)?;
    user.record.name = nobody();
    user.record.email = Email::of_program(format!("erased-{id}@invalid"));
    user.record.status = UserStatus::Disabled;
    user.record.updated_at = cx.now;
    all.push(user.write());
    for mut line in cx.find::<Notification>(Lookup::NotificationsOf(id))? {
        line.record.detail = None;
        all.push(line.write());
    }
    Ok(all)
}
