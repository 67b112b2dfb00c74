//! Jejak audit, as the desk asks for it and writes it out.

use bridge::{Audit, AuditCheck, AuditExport, AuditFilter, ErrorCode};
use domain::{
    record::RecordRef,
    time::UtcMillis,
    wire::{AuditActor, AuditChange, AuditEntry, AuditProof},
};
use serde_json::{Value, json};
use std::fs;
use sync::Fault;
use testkit::{
    Mishap, Op, problem,
    records::{NOW, client, command, person, user},
};

use crate::world::{Seat, World, rani};

/// An act of somebody on a client, with the values it changed.
fn entry(number: i64, actor: u64, act: &str, after: &Value) -> AuditEntry {
    let change = AuditChange {
        record: client(1),
        rev: number,
        before: None,
        after: after.as_object().cloned(),
        reason: Some("=HYPERLINK(\"http://x\")".into()),
        erased: false,
    };
    AuditEntry {
        number,
        command: command(u64::try_from(number).unwrap()),
        at: NOW.plus(number * 1_000),
        actor: AuditActor { id: person(actor).id, name: (actor == 1).then(|| "Admin A".to_owned()) },
        device: None,
        act: act.into(),
        changes: vec![change],
        link: number,
        hash: "ab".repeat(32),
    }
}
fn proof() -> AuditProof {
    AuditProof { at: UtcMillis::from_ms(0), holds: true, until: 5, links: 5, values: 5, erased: 0, broken: None }
}
/// A desk at a server with five acts, newest first.
async fn seat(world: &World) -> Seat {
    world.net.serve(|model| model.commit(rani(1).into_iter().chain([user(4)])));
    let act = |n: i64| entry(n, if n % 2 == 0 { 4 } else { 1 }, "client.edit", &json!({ "name": "Rani" }));
    world.net.set_audit((1..=5).rev().map(act).collect(), proof());
    world.whole().await
}
fn page(after: Option<&str>) -> Audit {
    Audit { filter: AuditFilter::default(), after: after.map(str::to_owned) }
}

#[tokio::test]
async fn acts_come_page_by_page_with_the_names_that_are_known_here() {
    let world = World::new(0, 0);
    let seat = seat(&world).await;
    let first = seat.desk.audit(page(None)).await.unwrap();
    assert_eq!(first.rows.iter().map(|row| row.entry.number).collect::<Vec<_>>(), [5, 4, 3]);
    assert_eq!(first.rows[0].actor.as_deref(), Some("Admin A"), "the name they had then");
    assert_eq!(first.rows[1].actor.as_deref(), Some(person(4).name.as_str()), "else the one they have here");
    assert_eq!(first.rows[0].about, ["Rani Kusumawardani"], "whom it was about, by what this desk knows");
    let second = seat.desk.audit(page(first.next.as_deref())).await.unwrap();
    assert_eq!((second.rows.len(), second.next), (2, None));
}

#[tokio::test]
async fn what_is_looked_for_is_asked_of_the_server_in_whole_days() {
    let world = World::new(0, 0);
    let seat = seat(&world).await;
    let record = Some(RecordRef::new(domain::record::Kind::Client, client(1).id));
    let filter = AuditFilter {
        record,
        actor: Some(person(4).id),
        act: Some("client.edit".into()),
        from: "2026-11-24".parse().ok(),
        until: "2026-11-24".parse().ok(),
    };
    seat.desk.audit(Audit { filter, after: None }).await.unwrap();
    let asked = world.net.last(Op::Audit);
    for part in
        ["2026-11-23T17:00:00.000Z", "2026-11-24T17:00:00.000Z", "client.edit", &person(4).id.to_string(), &client(1).id.to_string()]
    {
        assert!(asked.contains(part), "{part} in {asked}");
    }
}

#[tokio::test]
async fn an_expired_token_is_renewed_and_the_answer_comes() {
    let world = World::new(0, 0);
    let seat = seat(&world).await;
    world.net.expire(world.door.session());
    assert_eq!(seat.desk.audit(page(None)).await.unwrap().rows.len(), 3);
}

#[tokio::test]
async fn without_a_line_it_says_so_and_a_refusal_says_why() {
    let world = World::new(0, 0);
    let seat = seat(&world).await;
    world.net.fails(Op::Audit, Fault::Unreachable);
    assert_eq!(seat.desk.audit(page(None)).await.unwrap_err().code, ErrorCode::Unreachable);
    world.net.fails(Op::Proof, problem(403, "not_allowed", None));
    let refused = seat.desk.audit_check(AuditCheck {}).await.unwrap_err();
    assert_eq!((refused.code, refused.refusal.as_deref()), (ErrorCode::Refused, Some("not_allowed")));
    assert_eq!(seat.desk.audit_check(AuditCheck {}).await.unwrap(), proof());
}

#[tokio::test]
async fn an_answer_that_is_awaited_stops_nobody_from_locking() {
    let world = World::new(0, 0);
    let seat = seat(&world).await;
    world.net.mishap(Op::Audit, Mishap::Stuck);
    let desk = seat.desk.clone();
    let asked = tokio::spawn(async move { desk.audit(page(None)).await });
    seat.until("it is asked", async |_| world.net.count(Op::Audit) == 1).await;
    assert!(matches!(seat.desk.lock_now(bridge::Lock {}).await.unwrap(), bridge::SessionState::Locked { .. }));
    asked.abort();
}

#[tokio::test]
async fn everything_that_is_found_is_written_out_and_nothing_of_it_is_calculated() {
    let world = World::new(0, 0);
    let seat = seat(&world).await;
    let written = seat.desk.audit_export(AuditExport { filter: AuditFilter::default() }).await.unwrap();
    assert_eq!((written.rows, written.more), (5, false));
    assert!(written.path.starts_with(world.downloads.path().to_str().unwrap()), "{}", written.path);
    let text = fs::read_to_string(&written.path).unwrap();
    assert!(text.starts_with("\u{feff}\"No.\",\"Waktu\""), "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && text.contains("Rani Kusumawardani"), "{text}");
    world.net.fails(Op::Audit, Fault::Cut);
    let filter = AuditFilter::default();
    assert_eq!(seat.desk.audit_export(AuditExport { filter }).await.unwrap_err().code, ErrorCode::Unreachable);
    assert_eq!(fs::read_dir(world.downloads.path()).unwrap().count(), 1, "half of it is no file");
}
