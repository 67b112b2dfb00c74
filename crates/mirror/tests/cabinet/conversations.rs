//! Conversations about orders: the order of their list, what is unread, and what was said here until the server has it.

use domain::{
    command::{Command, Given as Act},
    id::{ConversationId, MessageId, OrderId, QuickReplyId, ReadMarkId},
    record::{AnyRecord, Kind, RecordRef},
    records::{NotificationKind, OrderStatus, ReadMark, Voice},
    role::{Actor, Role},
    status::CommandState,
    time::{MINUTE, Zone},
};
use mirror::{
    Cabinet, TakenBack, Verdict,
    queries::{ConversationAsk, ConversationCounts, ConversationPage, ConversationPart, TalkAsk, TalkPage},
};
use serde_json::{Value, json};
use testkit::{
    Model,
    records::{NOW, client_actor, client_record, colleague, command, conversation, id, message, order, order_record, person, reachable},
};

use crate::world::{Desk, admin, keys};

/// A server with so many orders whose clients can be heard.
fn serving(orders: u64) -> Model {
    let mut server = Model::with(0, 0);
    (0..orders).for_each(|n| server.commit(reachable(n, OrderStatus::InProgress)));
    server
}

/// Each of these says something about their order, so many minutes later than the one before: the client, or a colleague.
fn said(server: &mut Model, all: &[(u64, bool)]) {
    for (n, by_client) in all {
        let k = server.effects.len() as u64;
        let (who, now) = (if *by_client { client_actor(*n) } else { colleague() }, server.now);
        server.now = now.plus(MINUTE);
        server.say(&who, k, *n, &format!("Pesan ke-{k}"));
    }
}

fn ask() -> ConversationAsk {
    ConversationAsk { limit: 50, ..ConversationAsk::default() }
}
async fn page(desk: &Desk, ask: &ConversationAsk) -> ConversationPage {
    desk.cabinet.conversations(ask, NOW).await.unwrap()
}
/// The orders of the rows, and how much is unread.
fn rows(page: &ConversationPage) -> Vec<(RecordRef, i64)> {
    page.rows.iter().map(|row| (RecordRef::new(Kind::Order, row.conversation.id.order()), row.unread)).collect()
}
fn counts(page: &ConversationPage) -> [u32; 3] {
    let ConversationCounts { all, unread, waiting } = page.counts;
    [all, unread, waiting]
}
async fn talk(desk: &Desk, n: u64) -> TalkPage {
    talk_before(desk, n, None, 50).await
}
async fn talk_before(desk: &Desk, n: u64, before: Option<i64>, limit: u32) -> TalkPage {
    desk.cabinet.talk(&TalkAsk { order_id: order(n).id.into(), before, limit }, &[], NOW).await.unwrap()
}
fn texts(talk: &TalkPage) -> Vec<(i64, &str)> {
    talk.messages.iter().map(|it| (it.message.number, it.message.text.as_str())).collect()
}
fn send(k: u64, n: u64, text: &str) -> Value {
    json!({ "id": message(k).id, "order_id": order(n).id, "text": text })
}
/// Says something at this desk, as a window does: the id was given out before.
async fn say(desk: &mut Desk, k: u64, n: u64, text: &str) -> domain::id::CommandId {
    desk.cabinet.expect(&[message(k).id], NOW).await.unwrap();
    desk.act("message.send", send(k, n, text), &[]).await
}
async fn read(desk: &mut Desk, n: u64, upto: i64) {
    desk.act("conversation.read", json!({ "order_id": order(n).id, "upto": upto }), &[]).await;
}

#[tokio::test]
async fn what_is_unread_comes_first_by_its_promise_and_the_rest_by_its_last_message() {
    let mut server = serving(6);
    // 0 and 1 wait, the second since later; of 2 a colleague has said the last word since this person looked in; 3 has been read; of 5
    // nothing was said.
    said(&mut server, &[(3, true), (0, true), (2, true), (1, true)]);
    assert!(server.act(&admin(), 90, "conversation.read", json!({ "order_id": order(2).id, "upto": 1 })).code.is_none());
    said(&mut server, &[(2, false), (4, true)]);
    let mut desk = Desk::whole(&server).await;
    for n in [3, 4] {
        read(&mut desk, n, 1).await;
    }
    let all = page(&desk, &ask()).await;
    assert_eq!(rows(&all), [(order(0), 1), (order(1), 1), (order(2), 1), (order(4), 0), (order(3), 0)]);
    assert_eq!((counts(&all), all.total, all.offset, all.at), ([5, 3, 4], 5, 0, None));
    assert!(all.rows.iter().all(|row| row.status == Some(OrderStatus::InProgress) && !row.ours && row.mark.is_none()));
    let part = |part| ConversationAsk { part, ..ask() };
    let unread = page(&desk, &part(ConversationPart::Unread)).await;
    assert_eq!((rows(&unread), unread.total), (vec![(order(0), 1), (order(1), 1), (order(2), 1)], 3));
    let waiting = page(&desk, &part(ConversationPart::Waiting)).await;
    assert_eq!((rows(&waiting), waiting.total), (vec![(order(0), 1), (order(1), 1), (order(4), 0), (order(3), 0)], 4));
    let around = ConversationAsk { around: Some(order(4).id.into()), limit: 2, ..ask() };
    let around = page(&desk, &around).await;
    assert_eq!((rows(&around), around.at, around.offset), (vec![(order(2), 1), (order(4), 0)], Some(3), 2));
    let elsewhere = ConversationAsk { part: ConversationPart::Unread, around: Some(order(4).id.into()), ..ask() };
    assert_eq!(page(&desk, &elsewhere).await.at, None, "what has been read is not in this list");
    // A new word puts its conversation back among the unread ones, at the end of the promises.
    said(&mut server, &[(3, true)]);
    desk.read(&server, usize::MAX).await;
    let now = page(&desk, &ask()).await;
    assert_eq!(rows(&now)[0], (order(3), 1), "the promise of the first word holds");
    assert_eq!(counts(&now), [5, 4, 4]);
}

#[tokio::test]
async fn own_messages_are_never_unread_and_what_came_while_one_wrote_is() {
    let mut server = serving(1);
    said(&mut server, &[(0, true)]);
    let mut desk = Desk::whole(&server).await;
    // Written without having read: the client's word stays unread, one's own is not.
    say(&mut desk, 100, 0, "Halo").await;
    let it = talk(&desk, 0).await;
    assert_eq!((it.read, it.unread, it.messages.len()), (0, 1, 2));
    assert!(it.messages[1].mine && it.messages[1].command.is_some_and(|(_, state)| state == CommandState::Queued));
    let row = page(&desk, &ask()).await.rows.remove(0);
    assert_eq!((row.unread, row.ours, row.mark), (1, true, Some(CommandState::Queued)));
    assert_eq!(row.conversation.waiting_since, None, "whoever was answered waits no more");
    read(&mut desk, 0, 2).await;
    assert_eq!(counts(&page(&desk, &ask()).await), [1, 0, 0]);
    // Without a line: a colleague and the client were there before.
    say(&mut desk, 101, 0, "Besok kami kirim").await;
    said(&mut server, &[(0, false), (0, true)]);
    assert_eq!(desk.send(&mut server, true).await.len(), 3);
    desk.read(&server, usize::MAX).await;
    let it = talk(&desk, 0).await;
    assert_eq!(texts(&it), [(1, "Pesan ke-0"), (2, "Pesan ke-1"), (3, "Pesan ke-2"), (4, "Halo"), (5, "Besok kami kirim")]);
    assert_eq!((it.unread, counts(&page(&desk, &ask()).await)), (server_unread(&server, 0), [1, 1, 0]));
    assert_eq!(it.unread, 2, "what came before one's own was not read: {it:?}");
    assert!(it.messages.iter().all(|line| line.command.is_none()));
}

/// What is unread there by what the server has.
fn server_unread(server: &Model, n: u64) -> i64 {
    let AnyRecord::Conversation(it) = &*server.held(conversation(n)).unwrap().record else { unreachable!("a conversation") };
    let mark = server.held(RecordRef::new(Kind::ReadMark, ReadMarkId::of(admin().id(), it.id)));
    it.unread(mark.map(|held| if let AnyRecord::ReadMark(mark) = &*held.record { mark } else { unreachable!("a mark") }), &Voice::Staff)
}

#[tokio::test]
async fn the_newest_act_that_is_taken_back_is_never_that_something_was_read() {
    let mut server = serving(2);
    said(&mut server, &[(0, true), (1, true)]);
    let mut desk = Desk::whole(&server).await;
    let given = say(&mut desk, 100, 1, "Kami lihat dulu").await;
    read(&mut desk, 0, 1).await;
    let TakenBack::Done(entry, _) = desk.cabinet.take_back(None, NOW).await.unwrap() else { panic!("the message can be taken back") };
    assert_eq!(entry.id, given);
    assert!(matches!(desk.cabinet.take_back(None, NOW).await.unwrap(), TakenBack::NotFound));
}

#[tokio::test]
async fn what_was_said_without_a_line_is_numbered_anew_and_keeps_its_order() {
    let mut server = serving(1);
    let mut desk = Desk::whole(&server).await;
    let first = say(&mut desk, 100, 0, "Satu").await;
    let second = say(&mut desk, 101, 0, "Dua").await;
    assert_eq!(texts(&talk(&desk, 0).await), [(1, "Satu"), (2, "Dua")]);
    let head = talk(&desk, 0).await.conversation.unwrap();
    assert_eq!((head.messages, head.last_text.as_str(), head.order_number.as_str()), (2, "Dua", "ORD-202611-0000"));
    said(&mut server, &[(0, true)]);
    desk.read(&server, usize::MAX).await;
    assert_eq!(texts(&talk(&desk, 0).await), [(1, "Pesan ke-0"), (2, "Satu"), (3, "Dua")]);
    desk.restart().await;
    assert_eq!(texts(&talk(&desk, 0).await), [(1, "Pesan ke-0"), (2, "Satu"), (3, "Dua")]);
    let outcomes = desk.send(&mut server, false).await;
    assert!(outcomes.iter().all(|outcome| outcome.code.is_none()), "{outcomes:?}");
    said(&mut server, &[(0, false)]);
    desk.read(&server, usize::MAX).await;
    let it = talk(&desk, 0).await;
    assert_eq!(texts(&it), [(1, "Pesan ke-0"), (2, "Satu"), (3, "Dua"), (4, "Pesan ke-3")]);
    assert_eq!((desk.state(first).await, desk.state(second).await), (CommandState::Applied, CommandState::Applied));
}

#[tokio::test]
async fn the_newest_messages_are_read_and_then_those_before() {
    let mut server = serving(2);
    said(&mut server, &[(0, true), (1, true), (0, false), (0, true), (0, true), (0, false)]);
    let desk = Desk::whole(&server).await;
    let newest = talk_before(&desk, 0, None, 2).await;
    assert_eq!((texts(&newest), newest.more), (vec![(4, "Pesan ke-4"), (5, "Pesan ke-5")], true));
    let before = talk_before(&desk, 0, Some(4), 2).await;
    assert_eq!((texts(&before), before.more), (vec![(2, "Pesan ke-2"), (3, "Pesan ke-3")], true));
    let first = talk_before(&desk, 0, Some(2), 2).await;
    assert_eq!((texts(&first), first.more), (vec![(1, "Pesan ke-0")], false));
    let none = talk(&desk, 77).await;
    assert!(none.conversation.is_none() && none.messages.is_empty() && !none.more && none.unread == 0);
}

#[tokio::test]
async fn a_message_that_does_not_pass_stays_before_its_author() {
    let mut server = serving(2);
    said(&mut server, &[(0, true)]);
    let mut desk = Desk::whole(&server).await;
    let refused = say(&mut desk, 100, 0, "Tidak akan sampai").await;
    let blocked = say(&mut desk, 101, 0, "Begitu juga ini").await;
    say(&mut desk, 102, 1, "Yang lain sampai").await;
    assert!(server.act(&colleague(), 9, "order.delete", json!({ "id": order(0).id, "reason": "Salah catat" })).code.is_none());
    desk.read(&server, usize::MAX).await;
    // The rulebook here says already that it will be refused: nothing is laid, and nothing is lost.
    let waits = talk(&desk, 0).await;
    assert_eq!(texts(&waits), [(1, "Pesan ke-0"), (2, "Tidak akan sampai"), (3, "Begitu juga ini")]);
    assert!(waits.messages[1..].iter().all(|line| line.mine && line.command.is_some()) && waits.stranded.is_empty());
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    let it = talk(&desk, 0).await;
    assert_eq!(texts(&it), [(1, "Pesan ke-0")]);
    let stranded: Vec<_> =
        it.stranded.iter().map(|it| (it.id, it.text.as_str(), it.command, it.state, it.code.as_deref())).collect::<Vec<_>>();
    let (one, two) = (MessageId::from(message(100).id), MessageId::from(message(101).id));
    assert_eq!(
        stranded,
        [
            (one, "Tidak akan sampai", refused, CommandState::Refused, Some("deleted")),
            (two, "Begitu juga ini", blocked, CommandState::Blocked, None)
        ]
    );
    assert_eq!(texts(&talk(&desk, 1).await), [(1, "Yang lain sampai")]);
    assert!(desk.cabinet.settle(refused, mirror::Settled::Discarded, NOW).await.unwrap());
    assert!(!talk(&desk, 0).await.stranded.iter().any(|it| it.command == refused));
}

#[tokio::test]
async fn the_conversation_of_a_deleted_order_is_in_no_list_and_can_be_opened() {
    let mut server = serving(2);
    said(&mut server, &[(0, true), (1, true)]);
    let mut desk = Desk::whole(&server).await;
    desk.act("order.delete", json!({ "id": order(0).id, "reason": "Salah catat" }), &[]).await;
    let left = page(&desk, &ask()).await;
    assert_eq!((rows(&left), counts(&left)), (vec![(order(1), 1)], [1, 1, 1]));
    let found = page(&desk, &ConversationAsk { text: "pesan".to_owned(), ..ask() }).await;
    assert_eq!(rows(&found), [(order(1), 1)]);
    assert_eq!(texts(&talk(&desk, 0).await), [(1, "Pesan ke-0")]);
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    assert_eq!(counts(&page(&desk, &ask()).await), [1, 1, 1]);
    // Whoever comes later finds it so, whichever of the two is read first.
    let fresh = Desk::whole(&server).await;
    assert_eq!(counts(&page(&fresh, &ask()).await), [1, 1, 1]);
    assert!(server.act(&colleague(), 9, "order.restore", json!({ "id": order(0).id })).code.is_none());
    desk.read(&server, usize::MAX).await;
    assert_eq!(counts(&page(&desk, &ask()).await), [2, 2, 2]);
    // CS are told that it is gone, each record by itself.
    for name in [order(0), conversation(0), message(0)] {
        server.lose(name);
    }
    desk.read(&server, usize::MAX).await;
    assert_eq!(counts(&page(&desk, &ask()).await), [1, 1, 1]);
    let gone = talk(&desk, 0).await;
    assert!(gone.conversation.is_none() && gone.messages.is_empty());
}

#[tokio::test]
async fn a_text_finds_numbers_names_and_the_last_word() {
    let mut server = serving(3);
    said(&mut server, &[(0, true), (1, true), (2, true)]);
    server.say(&client_actor(1), 100, 1, "Apakah warnanya bisa hijau?");
    let mut desk = Desk::whole(&server).await;
    read(&mut desk, 0, 1).await;
    let find = |text: &str| ConversationAsk { text: text.to_owned(), ..ask() };
    for (text, found) in [("ORD-202611-0001", vec![1]), ("klien ac", vec![2]), ("HIJAU", vec![1]), ("hijua", vec![1]), ("biru", vec![])] {
        let page = page(&desk, &find(text)).await;
        assert_eq!(
            rows(&page).iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            found.into_iter().map(order).collect::<Vec<_>>(),
            "{text}"
        );
    }
    let all = page(&desk, &find("klien")).await;
    assert_eq!((rows(&all), all.total), (vec![(order(1), 2), (order(2), 1), (order(0), 0)], 3), "in the order of the list");
    let unread = page(&desk, &ConversationAsk { part: ConversationPart::Unread, limit: 1, offset: 1, ..find("klien") }).await;
    assert_eq!((rows(&unread), unread.total, counts(&unread)), (vec![(order(2), 1)], 2, [3, 2, 3]));
    let around = page(&desk, &ConversationAsk { around: Some(order(0).id.into()), limit: 1, ..find("klien") }).await;
    assert_eq!((rows(&around), around.at), (vec![(order(0), 0)], Some(2)));
    // The same text after something was read, here and elsewhere: what was remembered of its order counts no more.
    assert_eq!(rows(&page(&desk, &find("klien")).await), rows(&all));
    read(&mut desk, 1, 2).await;
    let moved = page(&desk, &find("klien")).await;
    assert_eq!(rows(&moved), [(order(2), 1), (order(1), 0), (order(0), 0)]);
    assert_eq!(rows(&moved), rows(&page(&desk, &ask()).await), "as the list itself");
    say(&mut desk, 101, 2, "Kami usahakan").await;
    assert_eq!(rows(&page(&desk, &find("usahakan")).await), [(order(2), 1)], "as it is shown");
}

#[tokio::test]
async fn who_has_no_mark_yet_has_not_read_what_waits_also_while_the_first_sync_runs() {
    let mut server = serving(3);
    said(&mut server, &[(0, true), (1, true), (1, false), (2, true), (2, false)]);
    // Of the second this person has read all; into the third they never looked, and somebody has answered.
    assert!(server.act(&admin(), 9, "conversation.read", json!({ "order_id": order(1).id, "upto": 2 })).code.is_none());
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    let first = page(&desk, &ask()).await;
    assert_eq!((rows(&first), counts(&first)), (vec![(order(0), 1)], [1, 1, 1]), "what waits came with the open records");
    desk.walk_on(&server, 4).await;
    let some = page(&desk, &ask()).await;
    assert_eq!(counts(&some)[1..], [1, 1], "{some:?}");
    desk.walk_on(&server, usize::MAX).await;
    let all = page(&desk, &ask()).await;
    assert_eq!((rows(&all), counts(&all)), (vec![(order(0), 1), (order(2), 0), (order(1), 0)], [3, 1, 1]));
    assert_eq!(desk.cabinet.counts(Zone::Wib, NOW).await.unwrap().unread, 1);
}

#[tokio::test]
async fn a_message_is_shown_at_once_also_while_the_first_sync_runs() {
    let mut server = serving(2);
    said(&mut server, &[(0, true), (1, true), (1, false)]);
    let mut desk = Desk::new().await;
    // The order waits for nobody and comes with the walk, its conversation too; that of the first waits.
    desk.work(&server).await;
    let waiting = talk(&desk, 0).await;
    assert_eq!((waiting.messages.len(), waiting.more, waiting.unread, waiting.read), (0, true, 1, 0));
    let given = say(&mut desk, 100, 1, "Kami lihat dulu").await;
    let it = talk(&desk, 1).await;
    assert_eq!(it.messages.iter().map(|line| line.message.text.as_str()).collect::<Vec<_>>(), ["Kami lihat dulu"]);
    assert!(it.messages[0].mine && it.messages[0].command == Some((given, CommandState::Queued)));
    desk.send(&mut server, true).await;
    assert_eq!(talk(&desk, 1).await.messages[0].command, None, "the server has it");
    desk.read(&server, usize::MAX).await;
    assert_eq!(texts(&talk(&desk, 1).await), [(3, "Kami lihat dulu")]);
    desk.walk_on(&server, usize::MAX).await;
    let it = talk(&desk, 1).await;
    assert_eq!(texts(&it), [(1, "Pesan ke-1"), (2, "Pesan ke-2"), (3, "Kami lihat dulu")]);
    assert_eq!(it.messages[2].message.id, message(100).id.into());
}

/// What tells the client of an answer is theirs: no desk shows it, counts it, or asks whether there is one.
#[tokio::test]
async fn what_the_client_is_told_stands_at_no_desk_of_the_staff() {
    let mut server = serving(1);
    said(&mut server, &[(0, true)]);
    let mut desk = Desk::whole(&server).await;
    desk.act("message.send", send(100, 0, "Halo"), &[]).await;
    assert_eq!(talk(&desk, 0).await.messages.len(), 2, "it is shown all the same");
    let own = desk.cabinet.notifications(50, NOW).await.unwrap();
    assert_eq!((own.items.len(), own.unread, desk.cabinet.counts(Zone::Wib, NOW).await.unwrap().notifications), (0, 0, 0));
    desk.send(&mut server, true).await;
    let told = server.visible(&client_actor(0));
    let lines = told.values().filter_map(|held| if let AnyRecord::Notification(it) = &*held.record { Some(it) } else { None });
    assert_eq!(lines.map(|it| it.kind.clone()).collect::<Vec<_>>(), [NotificationKind::MessageReceived]);
}

#[tokio::test]
async fn whether_somebody_can_be_answered_is_said_before() {
    let mut server = serving(1);
    server.commit([client_record(7), AnyRecord::Order(order_record(7, OrderStatus::Pending))]);
    let desk = Desk::whole(&server).await;
    let verdict = async |n: u64| {
        desk.cabinet.expect(&[message(900).id], NOW).await.unwrap();
        let act = Act { id: command(900), command: Command::parse("message.send", &send(900, n, "…")).unwrap() };
        let page = desk.cabinet.talk(&TalkAsk { order_id: order(n).id.into(), before: None, limit: 1 }, &[act], NOW).await.unwrap();
        page.verdicts.into_iter().next().unwrap()
    };
    assert_eq!(verdict(0).await, Verdict::Applied);
    assert!(matches!(verdict(7).await, Verdict::Refused(refusal) if refusal.code.wire() == "no_account"));
    assert!(matches!(verdict(77).await, Verdict::Refused(refusal) if refusal.code.wire() == "not_found"));
}

#[tokio::test]
async fn quick_replies_stand_by_their_titles_without_those_that_were_removed() {
    let mut server = serving(0);
    let save = |n: u64, title: &str| json!({ "id": id::<QuickReplyId>(n), "title": title, "text": "Halo {klien}" });
    for (n, title) in [(1, "sapa"), (2, "Jadwal"), (3, "Lama")] {
        assert!(server.act(&colleague(), n, "quick_reply.save", save(n, title)).code.is_none());
    }
    assert!(server.act(&colleague(), 4, "quick_reply.remove", json!({ "id": id::<QuickReplyId>(3) })).code.is_none());
    let mut desk = Desk::whole(&server).await;
    desk.act("quick_reply.save", save(4, "Éja ulang"), &[]).await;
    let all = desk.cabinet.quick_replies(NOW).await.unwrap();
    let titles: Vec<_> = all.iter().map(|line| (line.reply.title.as_str(), line.ours)).collect();
    assert_eq!(titles, [("Éja ulang", true), ("Jadwal", false), ("sapa", false)]);
    desk.act("quick_reply.remove", json!({ "id": id::<QuickReplyId>(1) }), &[]).await;
    assert_eq!(desk.cabinet.quick_replies(NOW).await.unwrap().len(), 2);
}

/// A desk of CS loses what is said about an order with the order, whatever this desk still had to say about it.
#[tokio::test]
async fn cs_lose_the_conversation_with_the_order() {
    let mut server = serving(2);
    said(&mut server, &[(0, true)]);
    let cs = Actor::person(person(1), vec![Role::Cs], admin().device, None);
    let dir = tempfile::tempdir().unwrap();
    let (cabinet, _) = Cabinet::open(dir.path(), keys(), cs, NOW, None).await.unwrap();
    let mut desk = Desk { dir, cabinet, live: 0, walk: None, next: 0 };
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    let said_here = say(&mut desk, 100, 0, "Halo").await;
    for name in [order(0), conversation(0), message(0)] {
        server.lose(name);
    }
    desk.read(&server, usize::MAX).await;
    assert_eq!(counts(&page(&desk, &ask()).await), [0, 0, 0]);
    let it = talk(&desk, 0).await;
    assert!(it.conversation.is_none() && it.messages.iter().all(|line| line.mine), "{it:?}");
    assert_eq!(it.messages[0].command.map(|(id, _)| id), Some(said_here), "what was typed is not lost");
}

/// The places in the table of conversations are those that the rulebook says, whatever came in which order.
#[tokio::test]
async fn the_table_says_what_the_rulebook_says() {
    let mut server = serving(12);
    let mut desk = Desk::whole(&server).await;
    for step in 0..120_u64 {
        let n = step.wrapping_mul(7) % 12;
        match step % 5 {
            0 | 1 => said(&mut server, &[(n, true)]),
            2 => said(&mut server, &[(n, false)]),
            3 if desk.shown(conversation(n)).await.is_some() => read(&mut desk, n, 1 + i64::try_from(step % 3).unwrap()).await,
            _ => drop(say(&mut desk, 1_000 + step, n, "Baik").await),
        }
        if step % 4 == 0 {
            desk.send(&mut server, step % 8 == 0).await;
        }
        if step % 3 == 0 {
            desk.read(&server, if step % 2 == 0 { 3 } else { usize::MAX }).await;
        }
        agrees(&desk).await;
    }
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    agrees(&desk).await;
    for n in 0..12 {
        if server.held(conversation(n)).is_some() {
            assert_eq!(talk(&desk, n).await.unread, server_unread(&server, n), "{n}");
        }
    }
}

async fn agrees(desk: &Desk) {
    let listed = page(desk, &ask()).await;
    let unread = listed.rows.iter().filter(|row| row.unread > 0).count();
    let waiting = listed.rows.iter().filter(|row| row.conversation.waiting_since.is_some()).count();
    assert_eq!(counts(&listed).map(|n| n as usize), [listed.rows.len(), unread, waiting]);
    let keys: Vec<_> = listed
        .rows
        .iter()
        .map(|row| {
            let (due, last) = (row.conversation.due_at.map(|at| at.ms()), -row.conversation.last_at.ms());
            match (row.unread > 0, due) {
                (true, Some(due)) => (0, due),
                (true, None) => (1, last),
                (false, _) => (2, last),
            }
        })
        .collect();
    assert!(keys.is_sorted(), "{keys:?}");
    for (at, row) in (0..).zip(&listed.rows) {
        let around = ConversationAsk { around: Some(row.conversation.id.order()), ..ask() };
        assert_eq!(page(desk, &around).await.at, Some(at));
    }
}

#[test]
fn a_mark_covers_what_the_rulebook_counts_as_read() {
    let conversation_id = ConversationId::of(OrderId::from(order(0).id));
    let mark = ReadMark {
        id: ReadMarkId::of(admin().id(), conversation_id),
        user_id: admin().id(),
        conversation_id,
        upto: 3,
        own: 2,
        updated_at: NOW,
    };
    assert_eq!(mark.covered(), 5);
}
