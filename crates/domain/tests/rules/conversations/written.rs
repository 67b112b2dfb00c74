//! What exactly is written when somebody speaks, reads, or keeps a text.

use domain::{
    audience::{audience, inherited, may_see, scope_of},
    command::Command,
    commands::{client, message, quick_reply},
    decision::Code,
    record::{AnyRecord, Kind, RecordRef},
    records::{NotificationKind, Voice},
    time::{HOUR, MINUTE},
};
use serde_json::json;

use super::{client_of, example, head, id, line, mark, messages, order, reply, reply_world, said, send, unread, world};
use crate::world::{NOW, Who};

#[test]
fn a_first_message_begins_the_conversation_and_the_client_waits() {
    let world = world("spoken");
    let (head, first) = (head(&world), said(&world, 0));
    assert_eq!((first.number, &first.from, first.author.id, first.created_at), (1, &Voice::Client, Who::Owner.user(), NOW.plus(-MINUTE)));
    assert_eq!((head.messages, &head.last_from, head.last_text.as_str()), (1, &Voice::Client, "Apakah sudah bisa dilihat?"));
    assert_eq!((head.order_number.as_str(), head.client_id), ("ORD-202611-0001", client_of(&world)));
    assert_eq!(head.waiting_since, Some(NOW.plus(-MINUTE)));
    assert_eq!(head.due_at.map(|due| due > NOW), Some(true), "an answer is promised as for a request");
    assert_eq!((unread(&world, Who::Owner), unread(&world, Who::Cs)), (0, 1), "what one wrote oneself one has read");
    assert_eq!(line(&world), None, "nobody is told of what they wrote");
}

#[test]
fn the_promise_counts_from_the_first_word_that_nobody_has_answered() {
    let mut world = world("spoken");
    let (since, due) = (head(&world).waiting_since, head(&world).due_at);
    world.run(Who::Owner, NOW, send(1, "Halo?")).unwrap();
    assert_eq!((head(&world).waiting_since, head(&world).due_at), (since, due), "asking again does not move it");
    world.run(Who::Cs, NOW.plus(MINUTE), send(2, "Besok pagi.")).unwrap();
    assert_eq!((head(&world).waiting_since, head(&world).due_at), (None, None), "an answer ends it");
    world.run(Who::Admin, NOW.plus(2 * MINUTE), send(3, "Ada tambahan?")).unwrap();
    assert_eq!(head(&world).waiting_since, None, "the staff never waits");
    world.run(Who::Owner, NOW.plus(HOUR), send(4, "Tidak.")).unwrap();
    assert_eq!(head(&world).waiting_since, Some(NOW.plus(HOUR)));
}

#[test]
fn an_answer_tells_the_client_in_one_line_for_all_until_they_have_read() {
    let mut world = world("spoken");
    let long = "ñ".repeat(200);
    world.run(Who::Cs, NOW, send(1, &long)).unwrap();
    let told = line(&world).unwrap();
    assert_eq!(
        (&told.kind, told.record, told.by.as_ref()),
        (&NotificationKind::MessageReceived, RecordRef::new(Kind::Order, order()), None)
    );
    assert_eq!(told.detail.as_deref().map(|text| text.chars().count()), Some(80), "the first words");
    world.run(Who::Admin, NOW.plus(MINUTE), send(2, "Singkatnya: ya.")).unwrap();
    let told = line(&world).unwrap();
    assert_eq!(
        (told.detail.as_deref(), told.created_at),
        (Some("Singkatnya: ya."), NOW.plus(MINUTE)),
        "the same line, with the last words"
    );
    let lines = world.rows.keys().filter(|r| r.kind == Kind::Notification).count();
    world.run(Who::Owner, NOW.plus(HOUR), message::MarkRead { order_id: order(), upto: 2 }).unwrap();
    assert_eq!(line(&world).unwrap().read_at, None, "one is still unread");
    world.run(Who::Owner, NOW.plus(HOUR), message::MarkRead { order_id: order(), upto: 3 }).unwrap();
    assert_eq!(line(&world).unwrap().read_at, Some(NOW.plus(HOUR)), "read anywhere is read");
    world.run(Who::Cs, NOW.plus(2 * HOUR), send(3, "Lagi.")).unwrap();
    assert_eq!(line(&world).unwrap().read_at, None, "and a new message is new");
    assert_eq!(world.rows.keys().filter(|r| r.kind == Kind::Notification).count(), lines, "still one line");
}

#[test]
fn a_mark_moves_forward_only_and_no_further_than_there_are_messages() {
    let mut world = world("spoken");
    world.run(Who::Owner, NOW, send(1, "Dan warnanya?")).unwrap();
    let read = |upto| message::MarkRead { order_id: order(), upto };
    world.run(Who::Cs, NOW, read(900)).unwrap();
    assert_eq!(mark(&world, Who::Cs).map(|it| it.upto), Some(2));
    for upto in [1, 0, -5, 2] {
        let changes = world.run(Who::Cs, NOW.plus(MINUTE), read(upto)).unwrap();
        assert_eq!((changes.writes.len(), unread(&world, Who::Cs)), (0, 0), "{upto} changes nothing");
    }
    assert_eq!(head(&world).client_read, 2, "the client has written the last one, and so read all");
    world.run(Who::Cs, NOW, send(2, "Biru.")).unwrap();
    assert_eq!(head(&world).client_read, 2);
    world.run(Who::Owner, NOW, read(3)).unwrap();
    assert_eq!(head(&world).client_read, 3, "the staff sees that it was read");
    assert_eq!(mark(&world, Who::Admin), None, "one's own alone");
}

#[test]
fn what_came_while_somebody_was_writing_stays_unread() {
    let mut world = world("spoken");
    world.run(Who::Cs, NOW, message::MarkRead { order_id: order(), upto: 1 }).unwrap();
    // Without a line, CS answers what it has read; meanwhile the client asks for something else.
    world.run(Who::Owner, NOW, send(1, "Tolong batalkan saja!")).unwrap();
    world.run(Who::Cs, NOW, message::Send { read: Some(1), ..send(2, "Siap dikerjakan.") }).unwrap();
    assert_eq!((head(&world).messages, unread(&world, Who::Cs)), (3, 1), "their own is not among them");
    world.run(Who::Cs, NOW, message::Send { read: Some(1), ..send(3, "Mulai besok.") }).unwrap();
    assert_eq!((head(&world).messages, unread(&world, Who::Cs)), (4, 1));
    world.run(Who::Cs, NOW, message::Send { read: Some(4), ..send(4, "Oh, baik.") }).unwrap();
    assert_eq!(unread(&world, Who::Cs), 0, "whoever had all before them has read all");
}

#[test]
fn who_has_never_looked_in_has_not_read_what_nobody_has_answered() {
    let mut world = world("spoken");
    world.run(Who::Cs, NOW, send(1, "Bisa.")).unwrap();
    assert_eq!((unread(&world, Who::Admin), head(&world).answered), (0, 2), "a colleague has dealt with it");
    world.run(Who::Owner, NOW, send(2, "Kapan?")).unwrap();
    world.run(Who::Owner, NOW, send(3, "Besok?")).unwrap();
    assert_eq!((unread(&world, Who::Admin), head(&world).read_by(None, &Voice::Staff)), (2, 2));
    assert_eq!(head(&world).unread(None, &Voice::Client), 4, "a client has nobody who reads for them");
}

#[test]
fn whoever_sees_the_order_sees_what_is_said_about_it() {
    let seen = |state: &str| {
        let world = world(state);
        let scope = world.rows[&RecordRef::new(Kind::Order, order())].record.clone();
        let all = [Who::Admin, Who::Cs, Who::Expert, Who::Owner, Who::OtherClient];
        let see = |record: &AnyRecord| all.into_iter().filter(|who| may_see(&who.actor(), record, Some(&scope))).collect::<Vec<_>>();
        let (first, head) = (AnyRecord::Message(said(&world, 0).clone()), AnyRecord::Conversation(head(&world).clone()));
        assert_eq!((scope_of(&first), scope_of(&head)), (Some(scope.reference()), Some(scope.reference())));
        assert_eq!(see(&first), see(&head));
        assert!(!may_see(&Who::Cs.actor(), &first, None), "without the order nobody is sure");
        assert_eq!(audience(&first, Some(&scope)), inherited(&scope));
        see(&first)
    };
    assert_eq!(seen("spoken"), [Who::Admin, Who::Cs, Who::Owner]);
    assert_eq!(seen("deleted"), [Who::Admin]);
    let world = world("spoken");
    let own = AnyRecord::ReadMark(mark(&world, Who::Owner).unwrap().clone());
    assert!(may_see(&Who::Owner.actor(), &own, None) && !may_see(&Who::Admin.actor(), &own, None), "a mark is its person's");
}

#[test]
fn a_client_has_another_name_in_the_conversation_too_and_an_erased_one_none() {
    let mut world = world("spoken");
    world.run(Who::Cs, NOW, send(1, "Baik, Rani.")).unwrap();
    let edit = client::Edit { id: Who::Owner.client(), name: Some("Rani Kusuma".into()), phone: None, email: None, zone: None };
    world.run(Who::Cs, NOW, edit).unwrap();
    assert_eq!(head(&world).client_name.as_str(), "Rani Kusuma");
    let changes = world.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    for kind in [Kind::Message, Kind::Conversation] {
        let erased = changes.erase.as_ref().unwrap().records.iter().filter(|r| r.kind == kind).count();
        assert_eq!(erased, if kind == Kind::Message { 2 } else { 1 }, "nor do the values stay beside the audit");
    }
    let kept: Vec<&str> = messages(&world).iter().map(|it| it.text.as_str()).collect();
    assert_eq!(kept, ["(dihapus)", "(dihapus)"]);
    assert_eq!((messages(&world)[0].author.name.as_str(), messages(&world)[1].author.name.as_str()), ("(dihapus)", "Cs Orang"));
    let head = head(&world);
    assert_eq!((head.client_name.as_str(), head.last_text.as_str(), head.waiting_since), ("(dihapus)", "(dihapus)", None));
}

#[test]
fn a_text_that_cannot_be_said_is_refused_by_name_and_an_id_is_used_once() {
    let mut world = world("spoken");
    for text in ["", " \n ", &"x".repeat(4_001)] {
        let refusal = world.judge(Who::Owner, NOW, send(1, text), 1).unwrap_err();
        assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some("text")));
    }
    assert_eq!(world.run(Who::Cs, NOW, send(0, "Sekali lagi.")).unwrap_err().code, Code::AlreadyExists);
    let args = json!({ "id": send(1, "x").id, "order_id": order(), "text": "x".repeat(4_000), "read": null });
    world.run(Who::Owner, NOW, Command::parse("message.send", &args).unwrap()).unwrap();
}

#[test]
fn a_quick_reply_is_kept_with_its_gaps_changed_and_taken_away() {
    let mut world = reply_world("offered");
    assert_eq!(reply(&world).map(|it| (it.title.to_string(), it.by.id)), Some(("Salam".into(), Who::Cs.user())));
    let save = |title: &str, text: &str| quick_reply::Save { id: id(super::REPLY), title: title.into(), text: text.into() };
    world.run(Who::Admin, NOW.plus(HOUR), save("Salam pagi", "Pagi {klien}")).unwrap();
    let it = reply(&world).unwrap();
    assert_eq!((it.text.as_str(), it.by.id, it.created_at, it.updated_at), ("Pagi {klien}", Who::Admin.user(), NOW, NOW.plus(HOUR)));
    for (title, text, field) in [("", "x", "title"), ("Salam", "{kliem}", "text"), ("Salam", " ", "text"), (&"x".repeat(61), "x", "title")]
    {
        let refusal = world.judge(Who::Admin, NOW, save(title, text), 1).unwrap_err();
        assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some(field)));
    }
    world.run(Who::Cs, NOW.plus(HOUR), example("quick_reply.remove")).unwrap();
    assert_eq!(reply(&world).unwrap().removed_at, Some(NOW.plus(HOUR)));
    let staff = AnyRecord::QuickReply(reply(&world).unwrap().clone());
    let seen = [Who::Admin, Who::Cs, Who::Expert, Who::Owner].map(|who| may_see(&who.actor(), &staff, None));
    assert_eq!(seen, [true, true, true, false], "the staff's");
}
