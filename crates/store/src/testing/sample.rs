//! Records and commits for tests. Ids come from small numbers, so that a failing test reads well. What every kind of record can say,
//! with texts that break what is not careful, stands in [`super::every`].

use domain::{
    audience::{audience, scope_of},
    audit::{Diff, Entry, Hash, link_hash, value_hash},
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{
        ClientId, CommandId, ConsultationId, ConversationId, CounterId, DesignId, DeviceId, FileId, ImportId, ImportPartId, MessageId,
        NoteId, NotificationId, OrderId, QuickReplyId, ReadMarkId, RecordId, SettingId, UserId,
    },
    name::{Email, PersonName},
    record::{AnyRecord, RecordRef},
    records::{
        Attachment, Attachments, Client, Consultation, ConsultationStatus, Conversation, Counter, Deletion, Design, DesignStatus,
        DesignType, File, Formers, History, HistoryEntry, ImportMade, ImportPart, Message, Note, Notification, Order, OrderStatus, Pins,
        ProductStatus, Purge, QuickReply, ReadMark, RefusedRows, Setting, User, UserStatus, Voice,
    },
    role::{Person, Principal, Role},
    text::{Brief, NoteText},
    time::{UtcMillis, Zone},
};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

use crate::{
    AuditWrite, Batch, Device, FeedWrite, Head, KnownCommand, Link, OutcomeWrite, Pair, RecordWrite, Result, Store, Upload, ValueWrite,
};

/// The moment at which most samples happen.
pub const NOW: UtcMillis = UtcMillis::from_ms(1_764_140_400_000);

/// The `n`-th id: a version 7, in the order of `n`.
#[must_use]
pub const fn uuid(n: u64) -> Uuid {
    Uuid::from_u128((n as u128) << 80 | 0x7000_8000_0000_0000_0000 | (n as u128 * 0x9e37_79b9) & 0xffff_ffff)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident -> $ty:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(n: u64) -> $ty { $ty::from_uuid(uuid(n)) }
    )*};
}
ids! {
    /// The `n`-th person.
    user_id -> UserId;
    /// The `n`-th client.
    client_id -> ClientId;
    /// The `n`-th consultation.
    consultation_id -> ConsultationId;
    /// The `n`-th note.
    note_id -> NoteId;
    /// The `n`-th notification.
    notification_id -> NotificationId;
    /// The `n`-th setting.
    setting_id -> SettingId;
    /// The `n`-th order.
    order_id -> OrderId;
    /// The `n`-th counter.
    counter_id -> CounterId;
    /// The `n`-th file.
    file_id -> FileId;
    /// The `n`-th design version.
    design_id -> DesignId;
    /// The `n`-th message.
    message_id -> MessageId;
    /// The `n`-th read mark.
    read_mark_id -> ReadMarkId;
    /// The `n`-th quick reply.
    quick_reply_id -> QuickReplyId;
    /// The `n`-th part of an import.
    import_part_id -> ImportPartId;
    /// The `n`-th device.
    device_id -> DeviceId;
    /// The `n`-th command.
    command_id -> CommandId;
}

/// A hash that only `n` has.
#[must_use]
pub fn hash(n: u64) -> Hash {
    value_hash(&[7; 16], &n.to_string())
}

/// The `n`-th person, as records name them.
#[must_use]
pub fn person(n: u64) -> Person {
    Person { id: user_id(n), name: name("Dewi Lestari") }
}

/// A name that is not checked, as records decode them.
#[must_use]
pub fn name(text: &str) -> PersonName {
    unchecked(text)
}

/// A text of any checked type, without its check.
pub(super) fn unchecked<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(json!(text)).expect("texts decode without their rules")
}

/// An account with these roles.
#[must_use]
pub fn user(n: u64, roles: &[Role]) -> User {
    let email = Email::new(&format!("u{n}@meja.test")).expect("an address");
    User {
        id: user_id(n),
        name: person(n).name,
        email,
        roles: roles.to_vec(),
        status: UserStatus::Active,
        created_at: NOW.plus(i64::try_from(n).unwrap_or(0)),
        updated_at: NOW,
    }
}

/// A client, with or without an account.
#[must_use]
pub fn client(n: u64, user: Option<u64>) -> Client {
    Client {
        id: client_id(n),
        user_id: user.map(user_id),
        name: name("Rani Kusuma"),
        phone: None,
        email: None,
        zone: Zone::Wita,
        consent: None,
        erased_at: None,
        removed_at: None,
        merged_into: None,
        formers: Formers::default(),
        created_at: NOW,
        updated_at: NOW,
    }
}

/// A waiting request of a client.
#[must_use]
pub fn consultation(n: u64, client: &Client) -> Consultation {
    let entry = HistoryEntry { at: NOW, by: person(1), act: "consultation.request".into(), reason: None, to: None };
    Consultation {
        id: consultation_id(n),
        number: format!("KG-20261126-{n:06}"),
        client_id: client.id,
        client_user: client.user_id,
        client_name: client.name.clone(),
        client_zone: client.zone,
        source: domain::records::Source::App,
        requested_date: NOW.day(Zone::Wib),
        topic: None,
        note: None,
        status: ConsultationStatus::Waiting,
        message: None,
        reason: None,
        due_at: NOW.plus(10_800_000),
        decided_at: None,
        decided_by: None,
        claim: None,
        snooze: None,
        assignee: None,
        created_at: NOW.plus(i64::try_from(n).unwrap_or(0)),
        updated_at: NOW,
        history: History(vec![entry]),
    }
}

/// A new order of a client.
#[must_use]
pub fn order(n: u64, client: &Client) -> Order {
    let entry = HistoryEntry { at: NOW, by: person(1), act: "order.create".into(), reason: None, to: None };
    Order {
        id: order_id(n),
        number: format!("ORD-202611-{n:04}"),
        client_id: client.id,
        client_user: client.user_id,
        client_name: client.name.clone(),
        client_zone: client.zone,
        source: domain::records::Source::App,
        design_type: DesignType::Logo,
        description: Brief::new("Logo untuk kedai kopi keluarga").expect("a text"),
        needs: None,
        deadline: None,
        budget: None,
        status: OrderStatus::Pending,
        product_status: ProductStatus::Pending,
        staff_note: None,
        reason: None,
        versions: 0,
        current_version: None,
        shown_version: None,
        due_at: NOW.plus(10_800_000),
        status_at: NOW,
        status_by: person(1),
        claim: None,
        snooze: None,
        assignee: None,
        deleted: None,
        created_at: NOW.plus(i64::try_from(n).unwrap_or(0)),
        updated_at: NOW,
        history: History(vec![entry]),
    }
}

/// The same, deleted by an admin.
#[must_use]
pub fn deleted(order: Order) -> Order {
    Order { deleted: Some(Deletion { by: person(1), at: NOW, reason: "Pesanan ganda".into() }), ..order }
}

/// A counter.
#[must_use]
pub fn counter(n: u64) -> Counter {
    Counter { id: counter_id(n), name: format!("order/2026{n:02}"), last: i64::try_from(n).unwrap_or(0) }
}

/// A file that a person has put on the server; the hash is that of `bytes`.
#[must_use]
pub fn file(n: u64, of: u64, bytes: &str) -> File {
    File {
        id: file_id(n),
        sha256: Sha256::of(bytes.as_bytes()),
        size: i64::try_from(n).unwrap_or(0),
        media_type: MediaType::Png,
        name: FileName::new("logo.png").expect("a name"),
        by: person(of),
        policy: FilePolicy::Design,
        created_at: NOW,
    }
}

/// The version of this number of an order; the hash is that of `bytes`.
#[must_use]
pub fn design(n: u64, of: &Order, version: i64, bytes: &str) -> Design {
    Design {
        id: design_id(n),
        order_id: of.id,
        order_number: of.number.clone(),
        version,
        sha256: Sha256::of(bytes.as_bytes()),
        size: 10,
        media_type: MediaType::Png,
        name: FileName::new("logo.png").expect("a name"),
        by: person(1),
        status: DesignStatus::Uploaded,
        comment: None,
        pins: Pins::default(),
        submitted_at: None,
        reviewed_at: None,
        purged: None,
        created_at: NOW,
        updated_at: NOW,
    }
}

/// The same without its file.
#[must_use]
pub fn purged(it: Design) -> Design {
    Design { purged: Some(Purge { by: person(2), at: NOW, reason: "Masa simpan habis".into() }), ..it }
}

/// A file of ten bytes that a person has begun to send, and that expires so much after [`NOW`].
#[must_use]
pub fn upload(n: u64, of: u64, lives: i64) -> Upload {
    Upload {
        id: uuid(n),
        user: user_id(of),
        sha256: Sha256::of(&n.to_be_bytes()),
        size: 10,
        name: FileName::new("Logo café – 日本.png").expect("a name"),
        media_type: MediaType::Png,
        policy: FilePolicy::Design,
        metadata: "filename bG9nby5wbmc=".into(),
        received: 0,
        parts: Vec::new(),
        created_at: NOW,
        until: NOW.plus(lives),
        finished_at: None,
    }
}

/// The conversation about an order, with so many messages; its client waits for an answer.
#[must_use]
pub fn conversation(order: &Order, messages: i64) -> Conversation {
    Conversation {
        id: ConversationId::of(order.id),
        order_number: order.number.clone(),
        client_id: order.client_id,
        client_name: order.client_name.clone(),
        client_zone: order.client_zone,
        messages,
        last_text: unchecked("Apakah sudah bisa dilihat?"),
        last_files: None,
        last_at: NOW,
        last_from: Voice::Client,
        last_by: person(1),
        waiting_since: Some(NOW),
        due_at: Some(NOW.plus(10_800_000)),
        answered: 0,
        client_read: messages,
        created_at: NOW,
        updated_at: NOW,
    }
}

/// The message of this place in the conversation about an order.
#[must_use]
pub fn message(n: u64, order: &Order, number: i64) -> Message {
    let text = unchecked(&format!("Pesan {number}"));
    let (from, attachments, created_at) = (Voice::Client, Attachments::default(), NOW.plus(number));
    Message { id: message_id(n), order_id: order.id, number, from, author: person(1), text, attachments, created_at }
}

/// A message that carries files with these bytes, which are called so too.
#[must_use]
pub fn with_files(message: Message, all: &[&str]) -> Message {
    let (size, media_type) = (3, MediaType::Png);
    let file =
        |bytes: &&str| Attachment { sha256: Sha256::of(bytes.as_bytes()), size, media_type: media_type.clone(), name: unchecked(bytes) };
    Message { attachments: Attachments(all.iter().map(file).collect()), ..message }
}

/// How far a person has read the conversation about an order.
#[must_use]
pub fn read_mark(n: u64, of: u64, order: &Order) -> ReadMark {
    let conversation_id = ConversationId::of(order.id);
    ReadMark { id: read_mark_id(n), user_id: user_id(of), conversation_id, upto: 1, own: 0, updated_at: NOW }
}

/// A quick reply.
#[must_use]
pub fn quick_reply(n: u64) -> QuickReply {
    let (title, text) = (unchecked(&format!("Salam {n}")), unchecked("Halo {klien}"));
    QuickReply { id: quick_reply_id(n), title, text, by: person(1), removed_at: None, created_at: NOW, updated_at: NOW }
}

/// A part of an import that made nothing.
#[must_use]
pub fn import_part(n: u64) -> ImportPart {
    ImportPart {
        id: import_part_id(n),
        import_id: ImportId::from_uuid(uuid(n + 1)),
        part: 1,
        parts: 2,
        file: unchecked("klien.csv"),
        by: person(1),
        rows: 1,
        matched: 1,
        made: ImportMade::default(),
        refused: RefusedRows::default(),
        undone: None,
        created_at: NOW,
        updated_at: NOW,
    }
}

/// A note about a record.
#[must_use]
pub fn note(n: u64, about: RecordRef, author: u64, private: bool) -> Note {
    let text = NoteText::new(&format!("Catatan {n}")).expect("a text");
    Note { id: note_id(n), record: about, author: person(author), text, private, created_at: NOW }
}

/// An unread notification.
#[must_use]
pub fn notification(n: u64, of: u64, about: RecordRef) -> Notification {
    Notification {
        id: notification_id(n),
        user_id: user_id(of),
        kind: domain::records::NotificationKind::ConsultationAccepted,
        record: about,
        by: None,
        detail: None,
        created_at: NOW.plus(i64::try_from(n).unwrap_or(0)),
        read_at: None,
    }
}

/// A value of a setting.
#[must_use]
pub fn setting(n: u64) -> Setting {
    Setting {
        id: setting_id(n),
        key: domain::records::SettingKey::ConsultationAnswerMinutes,
        value: json!(60 + n),
        effective_from: NOW,
        set_by: person(1),
        created_at: NOW,
    }
}

/// A device of a person.
#[must_use]
pub fn device(n: u64, of: u64) -> Device {
    Device {
        id: device_id(n),
        user: user_id(of),
        name: format!("Meja {n}"),
        platform: "linux".into(),
        created_at: NOW.plus(i64::try_from(n).unwrap_or(0)),
        last_seen_at: NOW,
        ended_at: None,
    }
}

/// A pair of tokens of a person on a device; without one it is a client's.
#[must_use]
pub fn pair(n: u64, of: u64, device: Option<u64>, parent: Option<u64>) -> Pair {
    Pair {
        id: uuid(n),
        parent: parent.map(uuid),
        user: user_id(of),
        device: device.map(device_id),
        access_hash: hash(10_000 + n),
        access_until: NOW.plus(900_000),
        refresh_hash: device.map(|_| hash(20_000 + n)),
        created_at: NOW.plus(i64::try_from(n).unwrap_or(0)),
        void: false,
    }
}

/// A commit that is being drawn up: it gives out numbers as the writer does, and its link follows the head.
#[derive(Debug)]
pub struct Draft {
    /// What was drawn up so far.
    pub batch: Batch,
    head: Head,
    next: i64,
}

impl Draft {
    /// The commit after this head.
    #[must_use]
    pub fn after(head: Head) -> Self {
        Self { batch: Batch::default(), next: head.seq, head }
    }
    /// The next number.
    pub const fn number(&mut self) -> i64 {
        self.next += 1;
        self.next
    }
    /// Writes a record over its revision `base`, and files it for its audience; a note's is that of `scope`.
    pub fn put_in(&mut self, record: impl Into<Arc<AnyRecord>>, base: Option<i64>, scope: Option<&AnyRecord>) -> &mut Self {
        let record = record.into();
        let (seq, rev) = (self.number(), base.unwrap_or(0) + 1);
        for principal in audience(&record, scope.filter(|_| scope_of(&record).is_some())) {
            self.file(principal, record.reference(), seq, rev, record.is_open());
        }
        self.batch.records.push(RecordWrite { base, rev, seq, record });
        self
    }
    /// The same, for a record without a scope.
    pub fn put(&mut self, record: AnyRecord, base: Option<i64>) -> &mut Self {
        self.put_in(record, base, None)
    }
    /// Files a record for a principal.
    pub fn file(&mut self, principal: Principal, record: RecordRef, seq: i64, rev: i64, open: bool) -> &mut Self {
        self.batch.feed.push(FeedWrite { principal, record, seq, rev, open, gone: false });
        self
    }
    /// Takes a record out of a principal's feed.
    pub fn lose(&mut self, principal: Principal, record: RecordRef, rev: i64) -> &mut Self {
        let seq = self.number();
        self.batch.feed.push(FeedWrite { principal, record, seq, rev, open: false, gone: true });
        self
    }
    /// Stores the outcome of a command, and says its number.
    pub fn outcome(&mut self, command: u64, of: u64, applied: bool, at: UtcMillis) -> i64 {
        let (seq, id) = (self.number(), command_id(command));
        let outcome = format!("{{\"id\":\"{id}\",\"seq\":{seq}}}");
        let known = KnownCommand { id, user: user_id(of), fingerprint: hash(command), seq, applied, at, outcome };
        self.batch.outcomes.push(OutcomeWrite(known));
        seq
    }
    /// Writes an entry of the audit for what was drawn up of these records.
    pub fn entry(&mut self, command: u64, actor: u64, records: &[RecordRef]) -> &mut Self {
        let (mut values, mut texts) = (Vec::new(), Vec::new());
        for write in self.batch.records.iter().filter(|write| records.contains(&write.record.reference())) {
            let (salt, text) = ([3; 16], Diff::between("Dewi", None, &write.record, None).text());
            values.push((write.record.reference(), write.rev, value_hash(&salt, &text)));
            texts.push(ValueWrite { salt, text });
        }
        let device = command.is_multiple_of(2).then(|| device_id(command));
        let entry =
            Entry { command: command_id(command), at: NOW, actor: user_id(actor), device, act: "consultation.accept".into(), values };
        self.batch.audit.push(AuditWrite { entry, values: texts });
        self
    }
    /// Ends the commit with its link; one that gave out no number has none.
    #[must_use]
    pub fn finish(mut self) -> Batch {
        if self.next > self.head.seq {
            let entries: Vec<Hash> = self.batch.audit.iter().map(|write| write.entry.hash()).collect();
            let salt = [5; 16];
            let hash = link_hash(&self.head.chain, self.next, &salt, &entries);
            self.batch.link = Some(Link { n: self.head.links + 1, last: self.next, salt, hash, at: NOW });
        }
        self.batch
    }
}

/// Draws up and makes a commit, and says at which number it ended.
///
/// # Errors
/// What the store says.
pub async fn commit(store: &dyn Store, draw: impl FnOnce(&mut Draft)) -> Result<i64> {
    let mut tx = store.write().await?;
    let mut draft = Draft::after(tx.head().await?);
    draw(&mut draft);
    let batch = draft.finish();
    tx.flush(&batch).await?;
    let end = tx.head().await?.seq;
    tx.commit().await?;
    Ok(end)
}

/// The name of a record by its id.
#[must_use]
pub fn named(kind: domain::record::Kind, n: u64) -> RecordRef {
    RecordRef::new(kind, RecordId::from_uuid(uuid(n)))
}
