//! An order for tests.

use domain::records::Order;
use serde_json::{Value, json};

/// Who did what is done.
pub(super) fn by() -> Value {
    json!({ "id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "name": "Sari Puspita" })
}

/// An order that nobody has taken up yet, with these fields besides or instead.
pub(super) fn order(fields: Value) -> Order {
    let mut it = json!({
        "id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "number": "ORD-202611-0042", "client_id": "019abf6b-9d3c-7c11-8a52-0123456789ab",
        "client_name": "Rani", "client_zone": "Asia/Jakarta", "source": "app", "design_type": "logo", "description": "Logo",
        "status": "pending", "product_status": "pending", "versions": 0, "due_at": "2026-11-24T04:54:00Z",
        "status_at": "2026-11-24T01:54:00Z", "status_by": by(), "created_at": "2026-11-24T01:54:00Z", "updated_at": "2026-11-24T01:54:00Z",
        "history": []
    });
    it.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(it).unwrap()
}
