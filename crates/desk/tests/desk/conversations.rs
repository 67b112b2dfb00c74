//! Conversations at a desk: the list, what is said and answered, texts for answering quickly, and what is told of.

use bridge::{
    ConversationFilter, ConversationPart, Conversations, ConversationsReply, Event, KeepDraft, NewIds, Preferences, QuickReplies,
    SetPreferences, Submit, Submitted, Talk, TalkReply, VerdictState,
};
use domain::{
    id::{MessageId, QuickReplyId},
    record::{AnyRecord, Kind, RecordRef},
    records::{OrderStatus, Placeholder},
    role::{Actor, Role},
    status::CommandState,
};
use serde_json::{Value, json};
use testkit::{
    Op,
    records::{client_actor, client_record, colleague, conversation, id, message, order, order_record, person, reachable},
};

use crate::{
    quiet::{a_turn, pass, titles},
    toasts::{MESSAGES, caught_up, told},
    world::{Seat, World},
};

/// A server with so many orders whose clients can be heard; nothing was said yet.
fn serving(orders: u64) -> World {
    let world = World::new(0, 0);
    world.net.serve(|model| (0..orders).for_each(|n| model.commit(reachable(n, OrderStatus::InProgress))));
    world
}
/// The n-th client says something: the k-th message there is.
fn asks(world: &World, k: u64, n: u64, text: &str) {
    world.net.serve(|model| model.say(&client_actor(n), k, n, text));
}
fn other(world: &World, n: u64, act: &str, args: Value) {
    let outcome = world.net.serve(|model| model.act(&colleague(), n, act, args.clone()));
    assert!(outcome.code.is_none(), "{act}: {outcome:?}");
}
async fn list(seat: &Seat, part: ConversationPart, text: &str) -> ConversationsReply {
    let filter = ConversationFilter { part, text: text.to_owned() };
    seat.desk.conversations(Conversations { filter, offset: 0, limit: 200, around: None }).await.unwrap()
}
fn names(reply: &ConversationsReply) -> Vec<RecordRef> {
    reply.rows.iter().map(|row| RecordRef::new(Kind::Order, row.conversation.id.order())).collect()
}
async fn talk(seat: &Seat, n: u64) -> TalkReply {
    seat.desk.talk(Talk { order_id: order(n).id.into(), before: None, limit: 50 }).await.unwrap()
}
fn texts(talk: &TalkReply) -> Vec<&str> {
    talk.messages.iter().map(|it| it.message.text.as_str()).collect()
}
async fn give(seat: &Seat, act: &str, args: Value) -> Submitted {
    seat.desk.submit(Submit { act: act.to_owned(), args, seen: Vec::new() }).await.unwrap()
}
/// Says something at this desk, as a window does.
async fn say(seat: &Seat, n: u64, text: &str) -> (MessageId, Submitted) {
    let new = seat.desk.new_ids(NewIds { count: 1 }).await.unwrap().ids[0];
    let read = talk(seat, n).await.messages.last().map(|it| it.message.number);
    let given = give(seat, "message.send", json!({ "id": new, "order_id": order(n).id, "text": text, "read": read })).await;
    (new.into(), given)
}
async fn read(seat: &Seat, n: u64, upto: i64) -> Submitted {
    give(seat, "conversation.read", json!({ "order_id": order(n).id, "upto": upto })).await
}
/// Waits until the notification about this conversation is taken back.
async fn taken_back(world: &World, seat: &Seat, n: u64) {
    let is_so = || world.notifier.withdrawn().contains(&conversation(n).to_string());
    for _ in 0..MESSAGES {
        if is_so() {
            break;
        }
        caught_up(world, seat).await;
    }
    assert!(is_so(), "{n} is never taken back: {:?}", world.notifier.withdrawn());
}

#[tokio::test]
async fn a_client_asks_and_is_answered_without_a_line() {
    let world = serving(2);
    asks(&world, 1, 0, "Apakah sudah mulai?");
    asks(&world, 2, 1, "Halo");
    let seat = world.whole().await;
    let all = list(&seat, ConversationPart::All, "").await;
    assert_eq!((all.all, all.unread, all.waiting, all.total, all.offset), (2, 2, 2, 2, 0));
    assert_eq!(seat.status().await.unread, 2, "it counts at the tray");
    assert_eq!(names(&list(&seat, ConversationPart::Waiting, "mulai").await), [order(0)]);
    world.offline(true);
    let (first, given) = say(&seat, 0, "Sudah,").await;
    assert_eq!(given.held_ms, None, "what is said is never held");
    let (second, _) = say(&seat, 0, "besok kami kirim").await;
    assert_eq!(read(&seat, 0, 3).await.held_ms, None);
    let it = talk(&seat, 0).await;
    assert_eq!(texts(&it), ["Apakah sudah mulai?", "Sudah,", "besok kami kirim"]);
    assert!(it.messages[1..].iter().all(|line| line.mine && line.state == Some(CommandState::Queued) && line.command.is_some()));
    assert_eq!((it.read, it.unread, it.more, it.verdict.clone()), (3, 0, false, VerdictState::Allowed));
    let row = list(&seat, ConversationPart::All, "").await.rows.pop().unwrap();
    assert_eq!((row.unread, row.ours, row.mark, row.status), (0, true, Some(CommandState::Queued), Some(OrderStatus::InProgress)));
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.becomes(given.id, CommandState::Applied).await;
    seat.until("the server has it", async |s| talk(s, 0).await.messages.iter().all(|line| line.state.is_none())).await;
    let ids: Vec<_> = talk(&seat, 0).await.messages.iter().map(|line| line.message.id).collect();
    assert_eq!(ids, [message(1).id.into(), first, second]);
    seat.until("it counts no more", async |s| s.status().await.unread == 1).await;
}

#[tokio::test]
async fn whether_a_client_can_be_heard_is_said_with_the_reason() {
    let world = serving(2);
    world.net.serve(|model| model.commit([client_record(7), AnyRecord::Order(order_record(7, OrderStatus::Pending))]));
    other(&world, 1, "order.delete", json!({ "id": order(1).id, "reason": "Salah catat" }));
    let seat = world.whole().await;
    let code = async |n: u64| match talk(&seat, n).await.verdict {
        VerdictState::Refused { code, .. } => code,
        other => format!("{other:?}"),
    };
    assert_eq!((code(0).await, code(7).await, code(1).await), ("Allowed".to_owned(), "no_account".to_owned(), "deleted".to_owned()));
    let expert = world.beside(Actor::person(person(3), vec![Role::Expert], None, None));
    let elsewhere = expert.whole().await;
    let it = talk(&elsewhere, 0).await;
    assert!(matches!(it.verdict, VerdictState::Refused { .. }) && it.messages.is_empty(), "{it:?}");
}

#[tokio::test]
async fn what_did_not_pass_keeps_its_text_and_is_sent_again_or_let_go() {
    let world = serving(1);
    let seat = world.whole().await;
    world.offline(true);
    let (lost, given) = say(&seat, 0, "Jangan hilang").await;
    other(&world, 1, "order.delete", json!({ "id": order(0).id, "reason": "Salah catat" }));
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.becomes(given.id, CommandState::Refused).await;
    let it = talk(&seat, 0).await;
    let stranded = it.stranded.first().unwrap();
    assert_eq!((stranded.id, stranded.text.as_str(), stranded.command), (lost, "Jangan hilang", given.id));
    assert_eq!((stranded.state, stranded.code.as_deref()), (CommandState::Refused, Some("deleted")));
    other(&world, 2, "order.restore", json!({ "id": order(0).id }));
    seat.until("it is back", async |s| talk(s, 0).await.verdict == VerdictState::Allowed).await;
    let args = json!({ "id": lost, "order_id": order(0).id, "text": "Jangan hilang" });
    let how = bridge::SettleHow::SendAgain { args };
    seat.desk.settle(bridge::Settle { id: given.id, how }).await.unwrap();
    seat.until("it has passed", async |s| texts(&talk(s, 0).await) == ["Jangan hilang"] && talk(s, 0).await.stranded.is_empty()).await;
}

#[tokio::test]
async fn a_text_that_was_begun_survives_the_program() {
    let world = serving(1);
    let seat = world.whole().await;
    let draft = KeepDraft { key: format!("message/{}", order(0)), text: "Halo Klien A,\n".to_owned() };
    seat.desk.keep_draft(draft.clone()).await.unwrap();
    seat.quit().await;
    let seat = world.open().await;
    assert!(seat.start().await.preferences.lock_after == 0);
    assert_eq!(seat.desk.drafts(bridge::Drafts {}).await.unwrap(), [draft]);
}

#[tokio::test]
async fn quick_replies_are_filled_in_without_a_line_and_say_what_is_not_known() {
    let world = serving(1);
    world.net.serve(|model| {
        let mut it = order_record(5, OrderStatus::Review);
        (it.deadline, it.budget) = (Some("2026-12-01".parse().unwrap()), Some(domain::money::Rupiah(1_500_000)));
        model.commit([client_record(5), AnyRecord::Order(it)]);
    });
    let seat = world.whole().await;
    world.offline(true);
    let text = "Halo {klien}, {pesanan} ({status}) per {hari_ini}: {tenggat}, {anggaran}. {saya}";
    let saved = give(&seat, "quick_reply.save", json!({ "id": id::<QuickReplyId>(1), "title": "Kabar", "text": text })).await;
    assert_eq!(saved.held_ms, None);
    let replies = async |order_id| seat.desk.quick_replies(QuickReplies { order_id }).await.unwrap().remove(0);
    let plain = replies(None).await;
    assert_eq!((plain.title.as_str(), plain.text.as_str(), plain.filled, plain.open, plain.ours), ("Kabar", text, None, Vec::new(), true));
    let filled = replies(Some(order(5).id.into())).await;
    assert_eq!(
        filled.filled.as_deref(),
        Some("Halo Klien Af, ORD-202611-0005 (Ditinjau) per Rabu, 25 Nov 2026: Selasa, 1 Des 2026, Rp\u{a0}1.500.000. Dewi Lestari")
    );
    let open = replies(Some(order(0).id.into())).await;
    assert_eq!(open.open, [Placeholder::Deadline, Placeholder::Budget]);
    // A number that only this desk gave is none to tell anybody.
    let ours = seat.desk.new_ids(NewIds { count: 1 }).await.unwrap().ids[0];
    let new = json!({ "id": ours, "client_id": testkit::records::client(0).id, "design_type": "logo", "description": "Logo" });
    give(&seat, "order.create", new).await;
    assert!(replies(Some(ours.into())).await.open.contains(&Placeholder::Order));
    let elsewhere = replies(Some(order(77).id.into())).await;
    assert!(elsewhere.filled.unwrap().ends_with("Dewi Lestari") && elsewhere.open.len() == 6);
    give(&seat, "quick_reply.remove", json!({ "id": id::<QuickReplyId>(1) })).await;
    assert_eq!(seat.desk.quick_replies(QuickReplies { order_id: None }).await.unwrap(), []);
}

#[tokio::test]
async fn a_clients_word_is_told_of_and_taken_back_when_it_was_read_or_answered() {
    let world = serving(2);
    asks(&world, 1, 0, "Dari kemarin");
    let seat = world.whole().await;
    assert!(world.notifier.shown().is_empty(), "what was there before is no news");
    let long = format!("Apakah logonya sudah jadi? {}", "Kami tunggu. ".repeat(20));
    asks(&world, 2, 1, &long);
    seat.until("it is told of", async |_| !world.notifier.shown().is_empty()).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!((toast.key.clone(), toast.title.as_str()), (conversation(1).to_string(), "\u{2068}Klien Ab\u{2069}"));
    assert_eq!(toast.body, format!("\u{2068}{}\u{2069}", long.chars().take(80).collect::<String>()));
    let mut events = seat.desk.events();
    world.notifier.click(&toast.key);
    while events.recv().await.unwrap() != (Event::Open { record: conversation(1) }) {}
    // More of the same takes its place, and says how much there is.
    asks(&world, 3, 1, "Halo?");
    asks(&world, 4, 1, "Ada orang?");
    caught_up(&world, &seat).await;
    a_turn(&world).await;
    told(&world, &seat, |shown| shown.len() == 2).await;
    let more = world.notifier.shown().remove(1);
    assert_eq!((more.key, more.title, more.body.as_str()), (toast.key, toast.title, "3 pesan"));
    // Read at another desk of this person.
    world.net.serve(|model| model.act(&testkit::records::admin(1), 1, "conversation.read", json!({ "order_id": order(1).id, "upto": 3 })));
    taken_back(&world, &seat, 1).await;
    a_turn(&world).await;
    asks(&world, 5, 0, "Halo lagi");
    told(&world, &seat, |shown| shown.len() == 3).await;
    world.net.serve(|model| model.say(&colleague(), 6, 0, "Sudah kami kirim"));
    taken_back(&world, &seat, 0).await;
    caught_up(&world, &seat).await;
    assert_eq!(world.notifier.shown().len(), 3, "what colleagues say is no news: {:?}", world.notifier.shown());
    world.net.serve(|model| model.epoch += 1);
    seat.until("a new history is here", async |s| s.status().await.complete).await;
    caught_up(&world, &seat).await;
    assert_eq!(world.notifier.shown().len(), 3, "{:?}", world.notifier.shown());
}

#[tokio::test]
async fn what_is_read_here_is_taken_back_at_once() {
    let world = serving(1);
    let seat = world.whole().await;
    asks(&world, 1, 0, "Halo");
    seat.until("it is told of", async |_| !world.notifier.shown().is_empty()).await;
    world.offline(true);
    read(&seat, 0, 1).await;
    assert_eq!(world.notifier.withdrawn(), [conversation(0).to_string()], "without a line too");
}

#[tokio::test]
async fn several_conversations_are_told_of_together_and_a_click_shows_their_list() {
    let world = serving(3);
    let seat = world.whole().await;
    world.net.serve(|model| {
        for (k, n) in [(1, 0), (2, 1), (3, 1), (4, 2)] {
            model.say(&client_actor(n), k, n, "Halo");
        }
    });
    told(&world, &seat, |shown| shown.iter().any(|toast| toast.title.starts_with("Pesan baru di "))).await;
    let toast = world.notifier.shown().into_iter().find(|toast| toast.title.starts_with("Pesan baru di ")).unwrap();
    assert_eq!(toast.key, "conversations");
    let mut events = seat.desk.events();
    world.notifier.click(&toast.key);
    while events.recv().await.unwrap() != (Event::Go { place: "conversations".to_owned() }) {}
}

#[tokio::test]
async fn it_is_told_of_as_the_person_wants_it() {
    let world = serving(2);
    let seat = world.whole().await;
    let mut preferences = Preferences::default();
    (preferences.notify.message.system, preferences.notify.message.count) = (false, false);
    seat.desk.set_preferences(SetPreferences { preferences: preferences.clone() }).await.unwrap();
    asks(&world, 1, 0, "Halo");
    caught_up(&world, &seat).await;
    assert!(world.notifier.shown().is_empty(), "{:?}", world.notifier.shown());
    assert_eq!(seat.status().await.unread, 0);
    (preferences.notify.message.system, preferences.notify.hide_names) = (true, true);
    seat.desk.set_preferences(SetPreferences { preferences }).await.unwrap();
    asks(&world, 2, 1, "Rahasia");
    told(&world, &seat, |shown| !shown.is_empty()).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!((toast.title.as_str(), toast.body.as_str()), ("Pesan baru", ""));
}

#[tokio::test]
async fn behind_the_lock_nobody_is_named() {
    let world = serving(2);
    let seat = world.whole().await;
    let before = world.net.count(Op::Live);
    seat.desk.lock().await;
    crate::locked::listens(&world, &seat, before).await;
    asks(&world, 1, 0, "Halo");
    seat.until("it is told of", async |_| !world.notifier.shown().is_empty()).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!((toast.title.as_str(), toast.body.as_str()), ("Pesan baru", ""));
}

#[tokio::test]
async fn in_quiet_hours_a_conversation_is_held_once_however_much_is_said() {
    let world = serving(2);
    let seat = world.whole().await;
    let preferences = Preferences { quiet: crate::quiet::QUIET, ..Preferences::default() };
    seat.desk.set_preferences(SetPreferences { preferences }).await.unwrap();
    let mut events = seat.desk.events();
    // The status is told last of what came: what was to be held is held by then.
    let mut counts =
        async |unread: u32| while !matches!(events.recv().await.unwrap(), Event::Status { status } if status.unread == unread) {};
    asks(&world, 1, 0, "Halo");
    counts(1).await;
    asks(&world, 2, 0, "Halo?");
    asks(&world, 3, 1, "Selamat pagi");
    counts(2).await;
    assert!(world.notifier.shown().is_empty(), "{:?}", titles(&world));
    pass(&world, 91).await;
    told(&world, &seat, |shown| !shown.is_empty()).await;
    assert_eq!(titles(&world), ["Selama jam tenang: 2 baru"]);
}
