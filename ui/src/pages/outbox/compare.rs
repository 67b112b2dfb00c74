//! «Yang Anda lihat dan yang dilihat server»: the request or the order as it was when the person pressed, beside what the server has.

use bridge::{OutboxDetailReply, OutboxEntry, SeenRecord, SeenView};
use dioxus::prelude::*;
use domain::{
    records::{Consultation, ConsultationStatus, Order, OrderStatus},
    status::{CONSULTATION, Face},
    time::{UtcMillis, Zone},
    words::Words,
};

use crate::{
    components::{badge::Badge, icon::Icon},
    shell::Shell,
    words::use_words,
};

/// One line of the comparison, in words.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    word: &'static str,
    seen: String,
    server: String,
}

/// What is said of a record, by the keys of the words for it.
type Said = Vec<(&'static str, String)>;

/// The lines: whatever differs beside where it stands.
fn lines(seen: Said, server: Said) -> Vec<Line> {
    let pairs = seen.into_iter().zip(server);
    pairs.filter(|((_, a), (_, b))| a != b).map(|((word, seen), (_, server))| Line { word, seen, server }).collect()
}

fn said(words: &Words, record: &SeenRecord, now: UtcMillis, zone: Zone) -> Said {
    match record {
        SeenRecord::Consultation(it) => said_of_request(words, it, now, zone),
        SeenRecord::Order(it) => said_of_order(words, it, now, zone),
    }
}

fn said_of_request(words: &Words, it: &Consultation, now: UtcMillis, zone: Zone) -> Said {
    let none = || "-".to_owned();
    vec![
        ("compare-by", it.decided_by.as_ref().map_or_else(none, |p| p.name.to_string())),
        ("compare-at", it.decided_at.map_or_else(none, |at| words.near(at, now, zone))),
        ("compare-claim", it.claimed_at(now).map_or_else(none, |c| c.by.name.to_string())),
        ("compare-snooze", it.snoozed_at(now).map_or_else(none, |s| words.near(s.until, now, zone))),
        ("compare-assignee", it.assignee.as_ref().map_or_else(none, |p| p.name.to_string())),
    ]
}

fn said_of_order(words: &Words, it: &Order, now: UtcMillis, zone: Zone) -> Said {
    let none = || "-".to_owned();
    vec![
        ("compare-by", it.status_by.name.to_string()),
        ("compare-at", words.near(it.status_at, now, zone)),
        ("compare-claim", it.claimed_at(now).map_or_else(none, |c| c.by.name.to_string())),
        ("compare-snooze", it.snoozed_at(now).map_or_else(none, |s| words.near(s.until, now, zone))),
        ("compare-assignee", it.assignee.as_ref().map_or_else(none, |p| p.name.to_string())),
    ]
}

/// How it looks where it stands.
fn face(record: &SeenRecord) -> Face {
    match record {
        SeenRecord::Consultation(it) => it.status.face(),
        SeenRecord::Order(it) => it.status.face(),
    }
}

/// Where the command would have moved it.
fn expected(entry: &OutboxEntry, seen: &SeenRecord) -> Option<Face> {
    match seen {
        SeenRecord::Consultation(it) => expected_of_request(&entry.act, &it.status).map(|to| to.face()),
        SeenRecord::Order(_) => {
            let to = entry.args.get("to").filter(|_| entry.act == "order.set_status")?;
            serde_json::from_value::<OrderStatus>(to.clone()).ok().map(|to| to.face())
        }
    }
}

/// What the desk expected of the command: where the table would have moved the request.
fn expected_of_request(act: &str, from: &ConsultationStatus) -> Option<ConsultationStatus> {
    CONSULTATION.iter().find(|t| t.act == act && t.from == *from).map(|t| t.to.clone())
}

/// The comparison.
#[component]
pub(super) fn Compare(reply: std::rc::Rc<OutboxDetailReply>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (Some(seen), Some(server)) = (&reply.seen, &reply.current) else { return rsx! {} };
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let rows = lines(said(&t, &seen.record, now, zone), said(&t, &server.record, now, zone));
    let expected = expected(&reply.entry, &seen.record);
    rsx! {
        section { class: "sec", "aria-labelledby": "compare-title",
            h2 { class: "sec-h", id: "compare-title", {t.text("compare")} }
            div { class: "diff",
                div {
                    h3 {
                        Icon { name: "monitor", size: 14 }
                        {t.with("compare-seen", &[("at", t.clock_seconds(seen.at, zone).into())])}
                    }
                    Status { view: seen.clone() }
                    for line in rows.iter() {
                        div { key: "{line.word}", class: "sum-row",
                            span { class: "t2", {t.text(line.word)} }
                            bdi { "{line.seen}" }
                        }
                    }
                    if let Some(expected) = expected {
                        div { class: "sum-row",
                            span { class: "t2", {t.text("compare-expected")} }
                            Badge { face: expected, ours: true }
                        }
                    }
                    p { class: "s12 t3 num", {t.with("compare-rev", &[("rev", seen.rev.to_string().into())])} }
                }
                div {
                    h3 {
                        Icon { name: "globe", size: 14 }
                        {t.with("compare-server", &[("at", t.clock_seconds(server.at, zone).into())])}
                    }
                    Status { view: server.clone() }
                    for line in rows.iter() {
                        div { key: "{line.word}", class: "sum-row",
                            span { class: "t2", {t.text(line.word)} }
                            b {
                                bdi { "{line.server}" }
                            }
                        }
                    }
                    div { class: "sum-row",
                        span { class: "t2", {t.text("compare-result")} }
                        span { class: "fg-cabai med", {t.text("compare-refused")} }
                    }
                    p { class: "s12 t3 num", {t.with("compare-rev", &[("rev", server.rev.to_string().into())])} }
                }
            }
        }
    }
}

#[component]
fn Status(view: SeenView) -> Element {
    let t = use_words();
    rsx! {
        div { class: "sum-row",
            span { class: "t2", {t.text("compare-status")} }
            Badge { face: face(&view.record) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    fn request(change: serde_json::Value) -> Consultation {
        let mut it = serde_json::json!({
            "id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "number": "KG-1", "client_id": "019abf6b-9d3c-7c11-8a52-0123456789ab",
            "client_name": "Rani", "client_zone": "Asia/Jakarta", "source": "app", "requested_date": "2026-11-26", "status": "waiting",
            "due_at": "2026-11-24T04:54:00.000Z", "created_at": "2026-11-24T01:54:00.000Z", "updated_at": "2026-11-24T01:54:00.000Z",
            "history": []
        });
        it.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        serde_json::from_value(it).unwrap()
    }

    #[test]
    fn only_what_differs_is_compared() {
        let by = serde_json::json!({"id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "name": "Hendra Wijaya"});
        let seen = request(serde_json::json!({}));
        let server = request(serde_json::json!({"status": "accepted", "decided_by": by, "decided_at": "2026-11-24T03:30:58.000Z"}));
        let now = "2026-11-24T03:42:00Z".parse().unwrap();
        let words = Words::new(Lang::Id);
        let said = |it: &Consultation| said_of_request(&words, it, now, Zone::Wib);
        let found = lines(said(&seen), said(&server));
        assert_eq!(found.iter().map(|l| l.word).collect::<Vec<_>>(), ["compare-by", "compare-at"]);
        assert_eq!((found[0].seen.as_str(), found[0].server.as_str()), ("-", "Hendra Wijaya"));
        assert_eq!(lines(said(&seen), said(&seen)), []);
    }

    #[test]
    fn what_was_expected_is_the_tables_answer() {
        assert_eq!(expected_of_request("consultation.reject", &ConsultationStatus::Waiting), Some(ConsultationStatus::Rejected));
        assert_eq!(expected_of_request("item.claim", &ConsultationStatus::Waiting), None);
    }
}
