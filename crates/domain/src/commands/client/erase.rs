//! `client.erase`: everything that tells who a client is goes.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::{named, own_record};
use crate::{
    command::Act,
    decision::{Changes, Code, Erasure, Stop, Write},
    facts::{Key, Lookup},
    file::{FileName, Sha256},
    id::{ClientId, ConversationId, OrderId, UserId},
    name::{Email, PersonName},
    record::{Kind, RecordRef},
    records::{
        Client, Consultation, Conversation, Design, File, History, HistoryEntry, ImportPart, Message, Note, Notification, Order, Pins,
        Purge, User, UserStatus,
    },
    role::{Person, Role},
    rule::{Cx, Read, key},
    text::{Brief, ChatText, Label, NoteText, Reason},
};

/// Who may have a client's data written out, and erased. Both are asked of the server and are no commands of a desk: what lies
/// beside the records no desk has, and an erasure cannot wait in an outbox.
pub const KEEPERS: &[Role] = &[Role::Admin];

/// `client.erase`, by the system alone, or by the server for one of [`KEEPERS`]: everything that tells who a client is goes, from the
/// records (also from those of others that quote them), from the values beside the audit chain, and from what the server keeps beside its
/// records; numbers, days and verdicts stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Erase {
    /// The client.
    pub id: ClientId,
}

/// What stands where something was said, or a name was.
const GONE: &str = "(dihapus)";

impl Act for Erase {
    const NAME: &'static str = "client.erase";
    const RULE: &'static str = "R-019";
    const ROLES: &'static [Role] = &[];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn keys(&self) -> Vec<Key> {
        vec![key(Kind::Client, self.id), Key::Lookup(Lookup::ConsultationsOf(self.id)), Key::Lookup(Lookup::OrdersOf(self.id))]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let client = own_record(cx, cx.read::<Client>(self.id)?)?;
        let mut erasing = Erasing::new(&client.record);
        for consultation in cx.find::<Consultation>(Lookup::ConsultationsOf(self.id))? {
            erasing.consultation(cx, consultation)?;
        }
        for order in cx.find::<Order>(Lookup::OrdersOf(self.id))? {
            erasing.order(cx, order)?;
        }
        erasing.notes(cx, named(self.id))?;
        erasing.account(cx)?;
        erasing.notifications(cx)?;
        erasing.files(cx)?;
        erasing.imports(cx, &client.record)?;
        erasing.end(cx, client)
    }
}

/// What is erased, as far as it was gone through.
struct Erasing {
    /// The client's account.
    user: Option<UserId>,
    /// Where they were reached.
    addresses: BTreeSet<Email>,
    /// The client, and what is tied to them: what others may have been told of.
    about: BTreeSet<RecordRef>,
    /// The files of their orders and conversations.
    files: BTreeSet<Sha256>,
    writes: Vec<Write>,
}

impl Erasing {
    fn new(client: &Client) -> Self {
        let formers = &client.formers.0;
        Self {
            user: client.user_id,
            addresses: client.email.iter().chain(formers.iter().filter_map(|former| former.email.as_ref())).cloned().collect(),
            about: [client.id].into_iter().chain(formers.iter().map(|former| former.id)).map(named).collect(),
            files: BTreeSet::new(),
            writes: Vec::new(),
        }
    }

    /// Takes the client's name from where the person is named, if it is they.
    fn person(&self, person: &mut Person) {
        if Some(person.id) == self.user {
            person.name = nobody();
        }
    }

    fn history(&self, history: &mut History) {
        for HistoryEntry { by, reason, .. } in &mut history.0 {
            self.person(by);
            *reason = None;
        }
    }

    fn notes(&mut self, cx: &Cx<'_>, about: RecordRef) -> Result<(), Stop> {
        for mut note in cx.find::<Note>(Lookup::NotesOf(about))? {
            note.record.text = NoteText::new(GONE).unwrap_or(note.record.text);
            self.writes.push(note.write());
        }
        Ok(())
    }

    fn consultation(&mut self, cx: &Cx<'_>, mut read: Read<Consultation>) -> Result<(), Stop> {
        let name = RecordRef::new(Kind::Consultation, read.record.id);
        self.about.insert(name);
        self.notes(cx, name)?;
        let it = &mut read.record;
        it.client_name = nobody();
        (it.topic, it.note, it.message, it.reason) = (None, None, None, None);
        it.decided_by.iter_mut().for_each(|by| self.person(by));
        self.history(&mut it.history);
        it.updated_at = cx.now;
        self.writes.push(read.write());
        Ok(())
    }

    /// Number, days, kind, states and budget stay: they tell of the business, not of a person.
    fn order(&mut self, cx: &Cx<'_>, mut read: Read<Order>) -> Result<(), Stop> {
        let name = RecordRef::new(Kind::Order, read.record.id);
        self.about.insert(name);
        self.notes(cx, name)?;
        self.conversation(cx, read.record.id)?;
        for design in cx.find::<Design>(Lookup::DesignsOf(read.record.id))? {
            self.design(cx, design);
        }
        let it = &mut read.record;
        it.client_name = nobody();
        it.description = Brief::new(GONE).unwrap_or_else(|_| it.description.clone());
        (it.needs, it.staff_note, it.reason) = (None, None, None);
        it.deleted.iter_mut().for_each(|deletion| GONE.clone_into(&mut deletion.reason));
        self.person(&mut it.status_by);
        self.history(&mut it.history);
        it.updated_at = cx.now;
        self.writes.push(read.write());
        Ok(())
    }

    /// That something was said stays, with its number and its moment; what was said goes, whoever said it, and the files that were
    /// attached: no record holds them any more, and the server lets go of their bytes.
    fn conversation(&mut self, cx: &Cx<'_>, order: OrderId) -> Result<(), Stop> {
        let Some(mut head) = cx.lookup::<Conversation>(ConversationId::of(order))? else { return Ok(()) };
        let nothing = |was: &ChatText| ChatText::new(GONE).unwrap_or_else(|_| was.clone());
        for mut message in cx.find::<Message>(Lookup::MessagesOf(order))? {
            message.record.text = nothing(&message.record.text);
            let attached = std::mem::take(&mut message.record.attachments.0);
            self.files.extend(attached.iter().map(|attachment| attachment.sha256));
            self.person(&mut message.record.author);
            self.writes.push(message.write());
        }
        let it = &mut head.record;
        self.about.insert(RecordRef::new(Kind::Conversation, it.id));
        (it.client_name, it.last_text) = (nobody(), nothing(&it.last_text));
        (it.last_files, it.waiting_since, it.due_at, it.updated_at) = (None, None, None, cx.now);
        self.person(&mut it.last_by);
        self.writes.push(head.write());
        Ok(())
    }

    /// The version stays, by number, hash and size; what the client said of it goes, and its file with its name: what was made for somebody
    /// tells of them.
    fn design(&mut self, cx: &Cx<'_>, mut read: Read<Design>) {
        let it = &mut read.record;
        self.about.insert(RecordRef::new(Kind::Design, it.id));
        self.files.insert(it.sha256);
        it.name = nameless(&it.name);
        it.comment = it.comment.as_ref().and_then(|_| Reason::new(GONE).ok());
        it.pins = Pins::default();
        let purge = it.purged.get_or_insert_with(|| Purge { by: cx.actor.person.clone(), at: cx.now, reason: String::new() });
        GONE.clone_into(&mut purge.reason);
        it.updated_at = cx.now;
        self.writes.push(read.write());
    }

    fn account(&mut self, cx: &Cx<'_>) -> Result<(), Stop> {
        let Some(id) = self.user else { return Ok(()) };
        let mut user = cx.read_any::<User>(id)?;
        self.addresses.insert(user.record.email);
        user.record.name = nobody();
        user.record.email = Email::of_erased(id);
        user.record.status = UserStatus::Disabled;
        user.record.updated_at = cx.now;
        self.writes.push(user.write());
        Ok(())
    }

    /// What the client was told, and what others were told of them: whoever got work with a client is told whose it is.
    fn notifications(&mut self, cx: &Cx<'_>) -> Result<(), Stop> {
        let own = self.user.map(|user| cx.find::<Notification>(Lookup::NotificationsOf(user))).transpose()?;
        let about = cx.find::<Notification>(Lookup::NotificationsAbout(self.about.clone()))?;
        let mut met = BTreeSet::new();
        for mut line in own.into_iter().flatten().chain(about).filter(|line| met.insert(line.record.id)) {
            line.record.detail = None;
            line.record.by.iter_mut().for_each(|by| self.person(by));
            self.writes.push(line.write());
        }
        Ok(())
    }

    /// What was put on the server: for the client, by whomever, and by the client, for whatever. Two records may have the same file;
    /// whoever put it there has one.
    fn files(&mut self, cx: &Cx<'_>) -> Result<(), Stop> {
        let lookups = self.files.iter().copied().map(Lookup::FilesWith).chain(self.user.map(Lookup::FilesBy)).collect::<Vec<_>>();
        cx.load(lookups.iter().cloned().map(Key::Lookup))?;
        let mut met = BTreeSet::new();
        for lookup in lookups {
            for mut file in cx.find::<File>(lookup)?.into_iter().filter(|file| met.insert(file.record.id)) {
                file.record.name = nameless(&file.record.name);
                self.person(&mut file.record.by);
                self.files.insert(file.record.sha256);
                self.writes.push(file.write());
            }
        }
        Ok(())
    }

    /// Parts of imports tell the name of a client whom a row might have meant; and a list of one is often called as whom it is about.
    fn imports(&mut self, cx: &Cx<'_>, client: &Client) -> Result<(), Stop> {
        let formers = client.formers.0.iter().map(|former| (former.id, &former.name));
        let called: Vec<(ClientId, &PersonName)> = [(client.id, &client.name)].into_iter().chain(formers).collect();
        cx.load(called.iter().map(|(id, _)| Key::Lookup(Lookup::ImportsOf(*id))))?;
        let mut met = BTreeSet::new();
        for (id, _) in &called {
            for mut part in cx.find::<ImportPart>(Lookup::ImportsOf(*id))?.into_iter().filter(|part| met.insert(part.record.id)) {
                if blank_import(&mut part.record, &called) {
                    part.record.updated_at = cx.now;
                    self.writes.push(part.write());
                }
            }
        }
        Ok(())
    }

    /// The client's own record, and those that were merged into it: they say who the client is as well, and so does what is kept of them.
    fn end(mut self, cx: &Cx<'_>, mut read: Read<Client>) -> Result<Changes, Stop> {
        cx.load(read.record.formers.0.iter().map(|former| Key::Record(named(former.id))))?;
        for former in &mut read.record.formers.0 {
            (former.name, former.phone, former.email) = (nobody(), None, None);
            if let Some(mut merged) = cx.lookup::<Client>(former.id)? {
                blank_client(cx, &mut merged.record);
                self.writes.push(merged.write());
            }
        }
        blank_client(cx, &mut read.record);
        self.writes.push(read.write());
        let records = self.writes.iter().map(|write| write.record.reference()).collect();
        let erase =
            Erasure { records, user: self.user, addresses: self.addresses.into_iter().collect(), files: self.files.into_iter().collect() };
        Ok(Changes { writes: self.writes, erase: Some(erase), ..Changes::default() })
    }
}

fn blank_client(cx: &Cx<'_>, it: &mut Client) {
    (it.name, it.phone, it.email) = (nobody(), None, None);
    (it.erased_at, it.updated_at) = (Some(cx.now), cx.now);
}

/// Takes these names from a part of an import; whether one stood there.
fn blank_import(it: &mut ImportPart, called: &[(ClientId, &PersonName)]) -> bool {
    let mut quoted = false;
    let named = |text: &str| called.iter().any(|(_, name)| name.as_str() == text);
    for row in it.refused.0.iter_mut().filter(|row| row.code == Code::TwoClients && row.details.number.as_deref().is_some_and(named)) {
        row.details.number = Some(GONE.to_owned());
        quoted = true;
    }
    let file = it.file.as_str().to_lowercase();
    if called.iter().any(|(_, name)| file.contains(&name.as_str().to_lowercase())) {
        it.file = Label::new(GONE).unwrap_or_else(|_| it.file.clone());
        quoted = true;
    }
    quoted
}

/// Whether the client of this order was erased: then nothing of it tells who they were, and no desk keeps more of it than that.
#[must_use]
pub fn is_erased(order: &Order) -> bool {
    order.client_name == nobody() && order.description.as_str() == GONE
}

/// What stands where a name was.
fn nobody() -> PersonName {
    PersonName::of_program(GONE)
}

/// What stands where a file's name was; its ending says what it is, not whose.
fn nameless(was: &FileName) -> FileName {
    let ending = was.ending().map(|ending| format!(".{ending}")).unwrap_or_default();
    FileName::new(&format!("{GONE}{ending}")).unwrap_or_else(|_| was.clone())
}

/// Takes the name of somebody who was erased from what refusals said to others ([`crate::wire::Outcome`]); whether it stood there.
pub(crate) fn forget(by: &mut Option<Person>, user: UserId) -> bool {
    let theirs = by.as_mut().filter(|by| by.id == user && by.name != nobody());
    theirs.map(|by| by.name = nobody()).is_some()
}
