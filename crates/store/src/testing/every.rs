//! Every kind of record with everything it can say, in texts that break what is not careful.

use domain::{
    decision::{Code, Details},
    file::{FilePolicy, MediaType},
    money::Rupiah,
    record::{AnyRecord, Record as _},
    records::{
        Client, Consultation, ConsultationStatus, Conversation, Counter, Deletion, Design, DesignStatus, DesignType, File, Former, Formers,
        History, HistoryEntry, ImportMade, ImportPart, ImportUndone, Message, Note, Notification, Order, OrderStatus, Pin, Pins,
        ProductStatus, Purge, QuickReply, ReadMark, RefusedRow, RefusedRows, Setting, Source, User, Voice,
    },
    role::{Person, Role},
    time::{UtcMillis, Zone},
};
use serde_json::json;

use super::sample::{
    client, consultation, conversation, counter, design, file, import_part, message, name, note, notification, order, quick_reply,
    read_mark, setting, unchecked, user, user_id, with_files,
};

/// Texts that break what is not careful: quotes, escapes, line ends, other scripts, and what looks like SQL or JSON.
pub const HOSTILE: [&str; 8] = [
    "\"quoted\" and \\backslashed\\",
    "line\nfeed\ttab\r\u{8}\u{c}\u{1}\u{1f}\u{7f}",
    "'; DROP TABLE consultation; --",
    "{\"json\":[null,1]}",
    "💬 Nur’aini 日本語 עברית \u{202e}left",
    "",
    "\u{2028}\u{2029}\u{feff}</script>",
    "$1 %s {} ?1 :a @b",
];

/// A moment far from the others.
const fn at(n: i64) -> UtcMillis {
    UtcMillis::from_ms(n * 86_399_999_983)
}

/// An order with nothing missing.
fn full_order(text: &str, of: &Client, who: &Person, entry: HistoryEntry) -> Order {
    Order {
        number: text.to_owned(),
        client_name: name(text),
        source: Source::Unknown(text.to_owned()),
        design_type: DesignType::Unknown(text.to_owned()),
        description: unchecked(text),
        needs: Some(unchecked(text)),
        deadline: Some(at(5).day(Zone::Wit)),
        budget: Some(Rupiah(i64::MAX)),
        status: OrderStatus::Unknown(text.to_owned()),
        product_status: ProductStatus::Unknown(text.to_owned()),
        staff_note: Some(unchecked(text)),
        reason: Some(unchecked(text)),
        versions: i64::MIN,
        current_version: Some(i64::MAX),
        shown_version: Some(i64::MIN),
        due_at: at(-3),
        status_at: at(4),
        status_by: who.clone(),
        claim: Some(domain::records::Claim { by: who.clone(), until: at(7) }),
        snooze: Some(domain::records::Snooze { by: who.clone(), until: at(8) }),
        assignee: Some(who.clone()),
        deleted: Some(Deletion { by: who.clone(), at: at(6), reason: text.to_owned() }),
        history: History(vec![entry; 3]),
        ..order(1, of)
    }
}

/// What is said about an order, with nothing missing, and then with everything missing that may be; and texts for answering.
fn talk(text: &str, about: &Order, other: &Order, who: &Person) -> Vec<AnyRecord> {
    let head = Conversation {
        order_number: text.to_owned(),
        client_name: name(text),
        messages: i64::MAX,
        last_text: unchecked(text),
        last_files: Some(i64::MIN),
        last_at: at(11),
        last_from: Voice::Unknown(text.to_owned()),
        last_by: who.clone(),
        waiting_since: Some(at(-12)),
        answered: i64::MIN,
        client_read: i64::MIN,
        ..conversation(about, 1)
    };
    let said = Message {
        number: i64::MAX,
        from: Voice::Unknown(text.to_owned()),
        author: who.clone(),
        text: unchecked(text),
        ..with_files(message(1, about, 1), &[text, "logo.png"])
    };
    let kept = QuickReply { title: unchecked(text), text: unchecked(text), by: who.clone(), removed_at: Some(at(13)), ..quick_reply(1) };
    vec![
        head.any(),
        Conversation { waiting_since: None, due_at: None, ..conversation(other, 0) }.any(),
        said.any(),
        message(2, other, 1).any(),
        ReadMark { upto: i64::MAX, own: i64::MIN, ..read_mark(1, 1, about) }.any(),
        read_mark(2, 1, other).any(),
        kept.any(),
        quick_reply(2).any(),
    ]
}

/// Two versions, the same way.
fn made(text: &str, about: &Order, other: &Order, who: &Person) -> [AnyRecord; 2] {
    let full = Design {
        order_number: text.to_owned(),
        size: i64::MAX,
        media_type: MediaType::Unknown(text.to_owned()),
        name: unchecked(text),
        by: who.clone(),
        status: DesignStatus::Unknown(text.to_owned()),
        comment: Some(unchecked(text)),
        pins: Pins(vec![Pin { x: 0, y: u16::MAX, text: unchecked(text) }]),
        submitted_at: Some(at(14)),
        reviewed_at: Some(at(-15)),
        purged: Some(Purge { by: who.clone(), at: at(-16), reason: text.to_owned() }),
        ..design(1, about, i64::MAX, text)
    };
    [full.any(), design(2, other, 1, "").any()]
}

/// Two parts of imports, the same way.
fn imported(text: &str, about: &Order, who: &Person) -> [AnyRecord; 2] {
    let details = Details { field: Some(text.to_owned()), number: Some(text.to_owned()), ..Details::default() };
    let refused = RefusedRow { row: u32::MAX, code: Code::Unknown(text.to_owned()), details };
    let left = vec![about.clone().any().reference()];
    let full = ImportPart {
        part: i64::MAX,
        parts: i64::MIN,
        file: unchecked(text),
        by: who.clone(),
        rows: i64::MAX,
        matched: i64::MIN,
        made: ImportMade { clients: vec![about.client_id; 2], orders: vec![about.id; 2] },
        refused: RefusedRows(vec![refused; 2]),
        undone: Some(ImportUndone { by: who.clone(), at: at(16), clients: u32::MAX, orders: 0, left }),
        ..import_part(1)
    };
    [full.any(), import_part(2).any()]
}

fn full_client(text: &str) -> Client {
    let (id, phone, email) = (client(3, None).id, Some(unchecked(text)), Some(unchecked(text)));
    let former = Former { id, name: name(text), phone, email, created_at: at(-90), at: at(-80) };
    Client {
        name: name(text),
        phone: Some(unchecked(text)),
        email: Some(unchecked(text)),
        consent: Some(domain::records::Consent { version: text.to_owned(), at: at(20) }),
        erased_at: Some(at(-700)),
        removed_at: Some(at(-701)),
        merged_into: Some(client(2, None).id),
        formers: Formers(vec![former]),
        ..client(1, Some(1))
    }
}

/// Every kind of record with nothing missing, full of such a text, and with everything missing that may be.
#[must_use]
pub fn every_kind(text: &str) -> Vec<AnyRecord> {
    let who = Person { id: user_id(1), name: name(text) };
    let staff = User { name: name(text), roles: vec![Role::Admin, Role::Unknown(text.to_owned())], ..user(1, &[]) };
    let full = full_client(text);
    let entry = HistoryEntry { at: at(3), by: who.clone(), act: text.to_owned(), reason: Some(text.to_owned()), to: Some(text.to_owned()) };
    let decided = Consultation {
        client_name: name(text),
        source: Source::Unknown(text.to_owned()),
        topic: Some(unchecked(text)),
        note: Some(unchecked(text)),
        status: ConsultationStatus::Unknown(text.to_owned()),
        message: Some(unchecked(text)),
        reason: Some(unchecked(text)),
        decided_at: Some(at(0)),
        decided_by: Some(who.clone()),
        claim: Some(domain::records::Claim { by: who.clone(), until: at(7) }),
        snooze: Some(domain::records::Snooze { by: who.clone(), until: at(8) }),
        assignee: Some(who.clone()),
        history: History(vec![entry.clone(); 3]),
        ..consultation(1, &full)
    };
    let ordered = full_order(text, &full, &who, entry);
    let about = decided.clone().any().reference();
    let noted = Note { author: who.clone(), text: unchecked(text), ..note(1, about, 1, true) };
    let told = Notification {
        kind: domain::records::NotificationKind::Unknown(text.to_owned()),
        by: Some(who.clone()),
        detail: Some(text.to_owned()),
        read_at: Some(at(9)),
        ..notification(1, 1, about)
    };
    let value = json!({ text: [text, null, 1.5, -3, true, { "b": text, "a": [] }] });
    let set = Setting { key: domain::records::SettingKey::Unknown(text.to_owned()), value, ..setting(1) };
    let other = order(2, &client(2, None));
    let mut said = talk(text, &ordered, &other, &who);
    said.extend(made(text, &ordered, &other, &who));
    said.extend(imported(text, &ordered, &who));
    let mut all = vec![
        staff.any(),
        user(2, &[]).any(),
        full.any(),
        client(2, None).any(),
        decided.any(),
        consultation(2, &client(2, None)).any(),
        ordered.any(),
        order(2, &client(2, None)).any(),
        noted.any(),
        note(2, about, 1, false).any(),
        told.any(),
        notification(2, 1, about).any(),
        set.any(),
        Setting { value: serde_json::Value::Null, ..setting(2) }.any(),
        Counter { name: text.to_owned(), last: i64::MAX, ..counter(1) }.any(),
        counter(2).any(),
        File {
            media_type: MediaType::Unknown(text.to_owned()),
            name: unchecked(text),
            by: who,
            policy: FilePolicy::Unknown(text.to_owned()),
            ..file(1, 1, text)
        }
        .any(),
        file(2, 1, "").any(),
    ];
    all.extend(said);
    all
}
