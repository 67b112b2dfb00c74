//! What is right, to begin with.

use domain::record::Kind;
use serde_json::{Value, json};

pub(crate) const ID: &str = "019abf6b-9d3c-7c11-8a52-0123456789ab";
const AT: &str = "2026-11-26T07:00:00.000Z";

fn person() -> Value {
    json!({ "id": ID, "name": "Dewi Anggraini" })
}

/// A body of each kind, with everything in it that can be.
pub(crate) fn record(kind: Kind) -> Value {
    match kind {
        Kind::User => {
            json!({"id": ID, "name": "Dewi Anggraini", "email": "dewi@x.id", "roles": ["admin", "cs"], "status": "active", "created_at": AT, "updated_at": AT})
        }
        Kind::Client => json!({"id": ID, "user_id": ID, "name": "Rani Kusuma", "phone": "+6281234567890", "email": "rani@x.id",
            "zone": "Asia/Jakarta", "consent": {"version": "2026-11", "at": AT}, "merged_into": ID,
            "formers": [{"id": ID, "name": "Rani K.", "phone": "+6281311112222", "email": "rani@y.id", "created_at": AT, "at": AT}],
            "created_at": AT, "updated_at": AT}),
        Kind::Consultation => {
            json!({"id": ID, "number": "KG-20261125-ABC123", "client_id": ID, "client_user": ID, "client_name": "Rani Kusuma",
            "client_zone": "Asia/Makassar", "source": "app", "requested_date": "2026-12-01", "topic": "Tinjau CV", "note": "Pagi",
            "status": "accepted", "message": "Sampai jumpa", "reason": "Penuh", "due_at": AT, "decided_at": AT, "decided_by": person(),
            "claim": {"by": person(), "until": AT}, "snooze": {"by": person(), "until": AT}, "assignee": person(),
            "created_at": AT, "updated_at": AT, "history": [{"at": AT, "by": person(), "act": "consultation.accept", "reason": "x"}]})
        }
        Kind::Note => {
            json!({"id": ID, "record": {"kind": "consultation", "id": ID}, "author": person(), "text": "Catatan", "private": true, "created_at": AT})
        }
        Kind::Notification => json!({"id": ID, "user_id": ID, "kind": "item_assigned", "record": {"kind": "consultation", "id": ID},
            "by": person(), "detail": "Rani Kusuma", "created_at": AT, "read_at": AT}),
        Kind::Order => {
            json!({"id": ID, "number": "ORD-202611-0042", "client_id": ID, "client_user": ID, "client_name": "Rani Kusuma",
            "client_zone": "Asia/Makassar", "source": "app", "design_type": "logo", "description": "Logo kedai", "needs": "Vektor",
            "deadline": "2026-12-01", "budget": 1_500_000, "status": "review", "product_status": "proses", "staff_note": "Warna merek",
            "reason": "Revisi", "versions": 2, "due_at": AT, "status_at": AT, "status_by": person(),
            "claim": {"by": person(), "until": AT}, "snooze": {"by": person(), "until": AT}, "assignee": person(),
            "deleted": {"by": person(), "at": AT, "reason": "Ganda"}, "created_at": AT, "updated_at": AT,
            "history": [{"at": AT, "by": person(), "act": "order.set_status", "reason": "x", "to": "review"}]})
        }

        Kind::Conversation => json!({"id": ID, "order_number": "ORD-202611-0042", "client_id": ID, "client_name": "Rani Kusuma",
            "client_zone": "Asia/Makassar", "messages": 3, "last_text": "Baik, terima kasih", "last_files": 1, "last_at": AT, "last_from": "client",
            "last_by": person(), "waiting_since": AT, "due_at": AT, "answered": 2, "client_read": 2, "created_at": AT, "updated_at": AT}),
        Kind::Message => {
            let logo = json!({"sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "size": 3,
                "media_type": "image/png", "name": "logo.png"});
            json!({"id": ID, "order_id": ID, "number": 3, "from": "client", "author": person(), "text": "Baik", "attachments": [logo],
                "created_at": AT})
        }
        Kind::ReadMark => json!({"id": ID, "user_id": ID, "conversation_id": ID, "upto": 2, "own": 1, "updated_at": AT}),
        Kind::QuickReply => json!({"id": ID, "title": "Salam", "text": "Halo {klien}, {tenggat}", "by": person(), "removed_at": AT,
            "created_at": AT, "updated_at": AT}),
        Kind::Counter => json!({"id": ID, "name": "order/202611", "last": 42}),
        Kind::File => json!({"id": ID, "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "size": 3,
            "media_type": "image/png", "name": "logo.png", "by": person(), "policy": "design", "created_at": AT}),
        Kind::Design => json!({"id": ID, "order_id": ID, "order_number": "ORD-202611-0042", "version": 2,
            "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "size": 3, "media_type": "image/png",
            "name": "logo.png", "by": person(), "status": "revision_requested", "comment": "Gagangnya terlalu tebal", "pins": [{"x": 766, "y": 478, "text": "Terlalu tebal"}],
            "submitted_at": AT, "reviewed_at": AT, "purged": {"by": person(), "at": AT, "reason": "Masa simpan habis"}, "created_at": AT,
            "updated_at": AT}),
        Kind::ImportPart => json!({"id": ID, "import_id": ID, "part": 2, "parts": 3, "file": "klien.csv", "by": person(), "rows": 100,
            "matched": 7, "made": {"clients": [ID], "orders": [ID]},
            "refused": [{"row": 12, "code": "invalid_args", "details": {"field": "phone", "invalid": "malformed"}}],
            "undone": {"by": person(), "at": AT, "clients": 1, "orders": 0, "left": [{"kind": "order", "id": ID}]},
            "created_at": AT, "updated_at": AT}),
        Kind::Setting => {
            json!({"id": ID, "key": "org.zone", "value": "Asia/Jakarta", "effective_from": AT, "set_by": person(), "created_at": AT})
        }
    }
}

fn outcome() -> Value {
    json!({"id": ID, "seq": 7, "status": "refused", "code": "not_waiting", "message": "Sudah dijawab", "rule": "M-01",
        "details": {"field": "x", "invalid": "too_long", "bound": 3, "roles": ["admin"], "by": person(), "at": AT, "until": AT, "status": "accepted",
            "record": {"kind": "note", "id": ID}, "number": "KG-1", "setting": "design.uploaders"},
        "conflict": true, "current": [{"kind": "consultation", "id": ID, "rev": 3, "seq": 9, "body": {"b": 1}}], "repeated": true})
}

/// Lines of a page.
pub(crate) fn lines() -> Vec<Value> {
    let page = json!({"cursor": "v1~0~7", "seq": 9, "head": "v1~0~9", "more": true, "count": 3, "sum": "18446744073709551615"});
    vec![
        json!({"put": {"kind": "consultation", "id": ID, "rev": 2, "seq": 9, "body": record(Kind::Consultation)}}),
        json!({"gone": {"kind": "note", "id": ID, "seq": 9}}),
        json!({"outcome": outcome()}),
        json!({"mark": {"cursor": "v1~0~7"}}),
        json!({"page": page}),
    ]
}

/// Commands of a batch.
pub(crate) fn commands() -> Vec<Value> {
    let seen = json!([{"kind": "consultation", "id": ID, "rev": 3}]);
    let (reject, note) =
        (json!({"id": ID, "reason": "Jadwal penuh"}), json!({"id": ID, "record": {"kind": "client", "id": ID}, "text": "Catatan"}));
    vec![
        json!({"id": ID, "v": 1, "name": "consultation.reject", "args": reject, "made_at": AT, "after": [ID], "seen": seen}),
        json!({"id": ID, "name": "note.add", "args": note}),
    ]
}

/// One of everything else on the wire, by the name of its type.
pub(crate) fn wire(name: &str) -> Value {
    let user = json!({"id": ID, "name": "Dewi Anggraini", "email": "dewi@x.id", "role": "admin", "roles": ["admin"]});
    match name {
        "CommandBatch" => json!({ "commands": commands() }),
        "Outcomes" => json!({"outcomes": [outcome(), {"id": ID, "seq": 8, "status": "applied"}]}),
        "KnownRequest" => json!({"ids": [ID]}),
        "KnownAnswer" => json!({"outcomes": [outcome()], "unknown": [ID]}),
        "Problem" => json!({"type": "about:blank", "title": "x", "status": 422, "code": "invalid_args", "detail": "x",
            "errors": [{"field": "name", "code": "too_long", "message": "x"}], "request_id": "r"}),
        "Login" => json!({"email": "a@x.id", "password": "x", "device": {"name": "Laptop", "platform": "linux"}}),
        "Refresh" => json!({"refresh_token": "mjr_x"}),
        "PasswordChange" => json!({"current": "x", "new": "y"}),
        "Forgot" => json!({"email": "a@x.id"}),
        "PasswordReset" => json!({"token": "x", "new_password": "y"}),
        "Session" => {
            json!({"access_token": "mja_x", "expires_in": 900, "refresh_token": "mjr_x", "device_id": ID, "user": user, "server_time": AT})
        }
        "ApiSession" => json!({"access_token": "mja_x", "expires_in": 900, "user": user}),
        "DeviceInfo" => json!({"id": ID, "name": "x", "platform": "linux", "created_at": AT, "last_seen_at": AT, "current": true}),
        "DeviceList" => json!({ "items": [wire("DeviceInfo")] }),
        "RegisterRequest" => {
            json!({"email": "a@x.id", "password": "x", "name": "Rani", "phone": "0812", "zone": "WIB", "consent": "2026-11"})
        }
        "OrderRequest" | "OrderChange" => {
            json!({"design_type": "logo", "description": "x", "needs": "y", "deadline": "2026-12-01", "budget": 1_500_000})
        }
        "ClientChange" => json!({"name": "Rani", "phone": null, "email": "a@x.id", "zone": "WITA"}),
        "ConsultationRequest" => json!({"requested_date": "2026-12-01", "topic": "x", "note": "y"}),
        "Changes" => json!({"seq": 9, "lines": lines()}),
        "At" => json!({"seq": 9}),
        other => unreachable!("{other} has no sample"),
    }
}
