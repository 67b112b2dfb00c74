//! What a hostile client, or a server that lets everything through, would fill every field with: records decode without the
//! constructors, so that such rows can exist.

use domain::{
    id::{NoteId, NotificationId, UserId},
    record::{AnyRecord, Kind, Record, RecordRef},
    records::ConsultationStatus,
    time::{HOUR, MINUTE, Zone},
};
use serde_json::{Value, json};

use super::sample::{BEGIN, colleague, id, line, request};

/// The same catalogue that the decoders are tested with.
#[expect(unreachable_pub, reason = "the file is a module of the crate `hostile`, where it is public")]
#[path = "../../../crates/hostile/src/texts.rs"]
mod texts;

/// For each text a client, a request that waits, one that was cancelled, a note, a notification, a colleague, an order, what is said about it and a version of its design, made of it.
pub(super) fn records() -> Vec<AnyRecord> {
    (0..).zip(texts::TEXTS).filter_map(|(n, text)| made_of(n, text)).flatten().collect()
}

fn made_of(n: u32, text: &str) -> Option<[AnyRecord; 10]> {
    let (client, waiting) = request(n, &line("Seseorang", "081200000000", Zone::Wib, (-30, 60 + i64::from(n), 2), ("x", "x")));
    let (_, mut cancelled) = request(500 + n, &line("Seseorang", "081200000000", Zone::Wib, (-300, -100, 2), ("x", "x")));
    let (at, by) = (BEGIN.plus(-MINUTE * i64::from(n + 1)), json!({ "id": id(8, n), "name": text }));
    (cancelled.status, cancelled.client_id, cancelled.decided_at) = (ConsultationStatus::Cancelled, client.id, Some(at));
    let about = RecordRef::new(Kind::Consultation, id(4, n));
    let mut asked = with(&waiting, &["client_name", "topic", "note", "number"], text);
    asked["history"][0]["by"] = by.clone();
    asked["assignee"] = by.clone();
    // Every other one is held by somebody: it says whom, and cannot be answered; the others can.
    if n.is_multiple_of(2) {
        asked["claim"] = json!({ "by": by, "until": BEGIN.plus(HOUR) });
    }
    let mut ended = with(&cancelled, &["client_name", "topic", "note", "number", "reason", "message"], text);
    ended["decided_by"] = by.clone();
    let act = json!({ "at": at, "by": by, "act": "consultation.cancel", "reason": text });
    ended["history"].as_array_mut()?.push(act);
    let note = json!({ "id": NoteId::from(id(5, n)), "record": about, "text": text, "author": by, "private": false, "created_at": at });
    let told = json!({
        "id": NotificationId::from(id(6, n)), "user_id": colleague(0).id, "kind": "item_assigned", "record": about, "by": by,
        "detail": text, "created_at": at, "read_at": null,
    });
    let user = json!({
        "id": UserId::from(id(8, n)), "name": text, "email": text, "roles": ["expert"], "status": "active", "created_at": at, "updated_at": at,
    });
    let stands = if n.is_multiple_of(2) { "in_progress" } else { "cancelled" };
    let order = json!({
        "id": id(10, n), "number": text, "client_id": client.id, "client_user": client.user_id, "client_name": text,
        "client_zone": "Asia/Jakarta", "source": "app", "design_type": "logo", "description": text, "needs": text, "deadline": "2026-12-02",
        "budget": 2_500_000, "status": stands, "product_status": "proses", "staff_note": text, "reason": text, "versions": 1, "current_version": 1, "due_at": at,
        "status_at": at, "status_by": by, "assignee": by, "created_at": at, "updated_at": at,
        "history": [{ "at": at, "by": by, "act": "order.set_status", "reason": text, "to": text }],
    });
    let head = json!({
        "id": id(10, n), "order_number": text, "client_id": client.id, "client_name": text, "client_zone": "Asia/Jayapura", "messages": 1,
        "last_text": text, "last_at": at, "last_from": "client", "last_by": by, "waiting_since": at, "due_at": at, "answered": 0, "client_read": 0,
        "created_at": at, "updated_at": at,
    });
    let said = json!({
        "id": id(11, n), "order_id": id(10, n), "number": 1, "from": "client", "author": by, "text": text, "created_at": at,
    });
    let version = json!({
        "id": id(13, n), "order_id": id(10, n), "order_number": text, "version": 1, "sha256": "0".repeat(64), "size": 5_900_000,
        "media_type": if n.is_multiple_of(3) { "application/pdf" } else { "image/png" }, "name": text, "by": by,
        "status": "revision_requested", "comment": text, "pins": [{ "x": 0, "y": 1000, "text": text }], "submitted_at": at, "reviewed_at": at, "created_at": at, "updated_at": at,
    });
    Some([
        read(Kind::Client, with(&client, &["name", "phone", "email"], text))?,
        read(Kind::Consultation, asked)?,
        read(Kind::Consultation, ended)?,
        read(Kind::Note, note)?,
        read(Kind::Notification, told)?,
        read(Kind::User, user)?,
        read(Kind::Order, order)?,
        read(Kind::Conversation, head)?,
        read(Kind::Message, said)?,
        read(Kind::Design, version)?,
    ])
}

fn read(kind: Kind, body: Value) -> Option<AnyRecord> {
    AnyRecord::from_value(kind, body).ok()
}

/// The record, with this text in these fields.
fn with(record: &impl Record, fields: &[&str], text: &str) -> Value {
    let mut body = serde_json::to_value(record).unwrap_or_default();
    for field in fields {
        body[*field] = json!(text);
    }
    body
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_text_makes_its_records() {
        assert_eq!(super::records().len(), 10 * super::texts::TEXTS.len(), "a field of another name makes none");
    }
}
