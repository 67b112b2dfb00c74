//! What the window reads, and what it is told without asking.

use bridge::{
    Clients, Detail, Drafts, ErrorCode, Event, GetPreferences, Inbox, InboxExport, InboxFilter, InboxGroup, InboxView, KeepDraft, MarkSeen,
    Notifications, Preferences, SetPreferences, SheetFormat, Staff, Status, VerdictState,
};
use domain::{
    id::RecordId,
    record::{AnyRecord, Kind, RecordRef},
    records::OrderStatus,
    role::{Actor, Role},
};
use serde_json::json;
use testkit::{
    Op,
    records::{client_record, consultation, id, order, order_record, person},
};

use crate::world::{World, other_accepts, rani};

#[tokio::test]
async fn every_query_of_the_window_has_its_method() {
    let world = World::new(0, 0);
    let desk = world.open().await.desk;
    // Written out, so that it does not compile when one is missing or answers otherwise.
    macro_rules! answered {
        ($($query:ident => $method:ident),* $(,)?) => {{
            $(let _ = |query: bridge::$query| {
                let desk = desk.clone();
                async move {
                    let reply: Result<<bridge::$query as bridge::Query>::Reply, bridge::DeskError> = desk.$method(query).await;
                    reply
                }
            };)*
            vec![$((<bridge::$query as bridge::Query>::NAME, stringify!($method))),*]
        }};
    }
    let all = answered! {
        Start => start, GetPreferences => get_preferences, SetPreferences => set_preferences, TestToast => test_toast,
        Present => present, Recovered => recovered,
        ServerCheck => server_check, Login => login, Logout => logout, Lock => lock_now, Unlock => unlock,
        StartAfresh => start_afresh, Forgot => forgot, NewPassword => new_password, ChangePassword => change_password,
        Devices => devices, EndDevice => end_device, SecondFactor => second_factor, Inbox => inbox, InboxExport => inbox_export,
        Detail => detail, Orders => orders, OrderDetail => order_detail, OrdersExport => orders_export, Designs => designs, PickDesigns => pick_designs,
        DropDesigns => drop_designs, PasteDesign => paste_design, PauseTransfer => pause_transfer, CancelTransfer => cancel_transfer,
        DesignImage => design_image, DesignContents => design_contents, SaveDesign => save_design,
        KeepOrder => keep_order, KeptOrders => kept_orders,
        PickImport => pick_import, DropImport => drop_import, ImportSheet => import_sheet, ImportCheck => import_check,
        ImportProblems => import_problems, ImportBegin => import_begin, Imports => imports, CancelImport => cancel_import,
        UndoImport => undo_import, ImportRefused => import_refused, ImportTemplate => import_template,
        Conversations => conversations, Talk => talk, PickFiles => pick_files, DropFiles => drop_files, PasteFile => paste_file,
        ForgetFiles => forget_files, SendMessage => send_message, FileImage => file_image, SaveFile => save_file, QuickReplies => quick_replies,
        ClientList => client_list, ClientDetail => client_detail, ClientTale => client_tale, ClientExport => client_export, ClientErase => client_erase, Clients => clients, Notes => notes, Staff => staff, People => people, OrgSettings => org_settings, Notifications => notifications, MarkSeen => mark_seen,
        Drafts => drafts, KeepDraft => keep_draft, SavedViews => saved_views, KeepViews => keep_views,
        NewIds => new_ids, OpenContact => open_contact, Submit => submit, Undo => undo, OutboxList => outbox_list,
        OutboxDetail => outbox_detail, Settle => settle, Evidence => evidence, Audit => audit, AuditCheck => audit_check, AuditExport => audit_export,
        Report => report, ReportExport => report_export, Status => status, SyncNow => sync_now, Pause => pause,
        LocalState => local_state, CheckLocal => check_local, OutboxExport => outbox_export, Wipe => wipe, Licences => licences,
        Diagnostics => diagnostics, Crash => crash,
    };
    assert!(all.iter().all(|(name, method)| name == method));
    // Whether the program ends is the shell's affair.
    let asked = bridge::COMMANDS.iter().copied().filter(|name| *name != <bridge::Quit as bridge::Query>::NAME);
    assert_eq!(all.iter().map(|(name, _)| *name).collect::<Vec<_>>(), asked.collect::<Vec<_>>());
}

#[tokio::test]
async fn a_list_has_its_groups_and_what_came_later_is_counted_until_it_is_let_in() {
    let world = World::new(3, 2);
    let seat = world.whole().await;
    let first = seat.waiting().await;
    assert_eq!((first.total, first.groups.as_slice(), first.newer), (3, [(InboxGroup::Today, 3)].as_slice(), 0));
    assert_eq!((first.counts.waiting, first.counts.unseen), (3, 3));
    assert_eq!(seat.list(InboxView::Answered).await.groups, [(InboxGroup::Done, 2)]);
    world.net.serve(|model| model.commit(rani(40)));
    let ask = |shown| Inbox { filter: InboxFilter::default(), offset: 0, limit: 200, around: None, shown };
    seat.until("a new one came", async |s| s.desk.inbox(ask(Some(first.version))).await.unwrap().newer == 1).await;
    let kept = seat.desk.inbox(ask(Some(first.version))).await.unwrap();
    assert_eq!((kept.total, kept.rows), (3, first.rows));
    let all = seat.desk.inbox(ask(None)).await.unwrap();
    assert_eq!((all.total, all.newer), (4, 0));
    let around = Inbox { around: Some(consultation(40)), limit: 1, ..ask(None) };
    let one = seat.desk.inbox(around).await.unwrap();
    assert_eq!((one.at, one.rows.len()), (Some(one.offset), 1));
    assert_eq!(one.rows[0].item.record(), consultation(40));
    // Deadlines pass while nobody does anything.
    world.net.clock.advance(61 * 60_000);
    assert_eq!(seat.waiting().await.groups, [(InboxGroup::Late, 4)]);
}

#[tokio::test]
async fn requests_and_orders_wait_in_one_list_and_everything_that_counts_it_says_the_same() {
    let world = World::new(2, 0);
    world.net.serve(|model| model.commit([client_record(7), AnyRecord::Order(order_record(7, OrderStatus::Pending))]));
    let seat = world.whole().await;
    let all = seat.waiting().await;
    assert_eq!((all.total, all.counts.waiting, all.counts.requests, all.counts.orders), (3, 3, 2, 1));
    assert_eq!(all.rows.iter().filter(|row| row.item.order().is_some()).count(), 1);
    assert!(all.rows.iter().all(|row| row.waits.is_some()), "each says why it stands there");
    let status = seat.desk.status(Status {}).await.unwrap();
    assert_eq!((status.waiting, status.unread), (3, 3), "the title and the tray say what the list has");
    assert_eq!(seat.list(InboxView::Orders).await.total, 1);
    let around = Inbox { filter: InboxFilter::default(), offset: 0, limit: 1, around: Some(order(7)), shown: None };
    let one = seat.desk.inbox(around).await.unwrap();
    assert_eq!((one.at, one.rows[0].item.record()), (Some(one.offset), order(7)));
}

#[tokio::test]
async fn what_waits_is_written_out_whole_or_what_is_chosen_of_it() {
    // More than one part of a list has, and two kinds beside each other.
    let world = World::new(210, 1);
    world.net.serve(|model| model.commit([client_record(7), AnyRecord::Order(order_record(7, OrderStatus::Pending))]));
    let seat = world.whole().await;
    let export = async |view, only: Vec<RecordRef>, format| {
        let filter = InboxFilter { view, text: String::new() };
        seat.desk.inbox_export(InboxExport { filter, only, format }).await
    };
    let all = export(InboxView::Waiting, Vec::new(), SheetFormat::Csv).await.unwrap();
    assert_eq!((all.rows, all.more), (211, false));
    let text = std::fs::read_to_string(&all.path).unwrap();
    assert!(text.starts_with("\u{feff}\"Jenis\",\"Nomor\",\"Klien\","), "{}", &text[..200]);
    let ids: std::collections::BTreeSet<&str> = text.lines().skip(1).filter_map(|line| line.rsplit(',').next()).collect();
    assert_eq!(ids.len(), 211, "each of them once");
    // What is chosen, of every kind.
    let few = export(InboxView::Waiting, vec![order(7), consultation(3)], SheetFormat::Csv).await.unwrap();
    let text = std::fs::read_to_string(&few.path).unwrap();
    let has = |part: &str| text.contains(part);
    assert!(few.rows == 2 && has("\"Pesanan\"") && has("\"Konsultasi\"") && has(&order(7).id.to_string()), "{text}");
    // What is answered waits no more, and still says by when it was to be.
    let answered = export(InboxView::Answered, Vec::new(), SheetFormat::Xlsx).await.unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&answered.path).unwrap();
    let range = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    let column = |name: &str| (0..14).find(|n| range.get((0, *n)).unwrap().to_string().starts_with(name)).unwrap();
    let cell = |name: &str| range.get((1, column(name))).unwrap().clone();
    assert!(matches!(cell("Tenggat"), calamine::Data::DateTime(_)) && cell("Menunggu sejak") == calamine::Data::Empty);
    seat.desk.lock_now(bridge::Lock {}).await.unwrap();
    let locked = export(InboxView::Waiting, Vec::new(), SheetFormat::Csv).await;
    assert_eq!(locked.unwrap_err().code, ErrorCode::NoSession, "a locked desk writes nothing out");
}

#[tokio::test]
async fn what_was_looked_at_is_new_no_more_also_after_a_restart() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    let mut events = seat.desk.events();
    seat.desk.mark_seen(MarkSeen { record: consultation(0) }).await.unwrap();
    let mut changed = 0;
    loop {
        match events.recv().await.unwrap() {
            Event::Changed { records, .. } => changed += usize::from(records == [consultation(0)]),
            Event::Status { status } if status.unread == 1 => break,
            _ => {}
        }
    }
    seat.desk.mark_seen(MarkSeen { record: consultation(0) }).await.unwrap();
    changed += std::iter::from_fn(|| events.try_recv().ok()).filter(|e| matches!(e, Event::Changed { .. })).count();
    assert_eq!(changed, 1, "looking again is no news");
    seat.quit().await;
    let seat = world.open().await;
    seat.start().await;
    assert_eq!(seat.waiting().await.counts.unseen, 1);
}

#[tokio::test]
async fn the_detail_says_what_each_act_would_bring() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    let acts = |detail: &bridge::DetailReply| detail.verdicts.iter().map(|v| v.act.clone()).collect::<Vec<_>>();
    let open = seat.detail(0).await;
    let all = [
        "consultation.accept",
        "consultation.reject",
        "consultation.cancel",
        "item.claim",
        "item.release",
        "item.snooze",
        "item.wake",
        "item.assign",
        "note.add",
    ];
    assert_eq!(acts(&open), all);
    let verdict = |detail: &bridge::DetailReply, act: &str| detail.verdicts.iter().find(|v| v.act == act).unwrap().verdict.clone();
    assert_eq!(verdict(&open, "consultation.accept"), VerdictState::Allowed);
    assert_eq!(verdict(&open, "note.add"), VerdictState::Allowed);
    assert!(matches!(verdict(&open, "item.release"), VerdictState::Refused { code, .. } if code == "not_claimed"));
    assert_eq!((open.ours, open.server, open.client_requests, open.rev), (false, None, 1, 1));
    other_accepts(&world.net, 0);
    seat.until("it was answered", async |s| s.shown(0).await == domain::records::ConsultationStatus::Accepted).await;
    let VerdictState::Refused { code, rule, details } = verdict(&seat.detail(0).await, "consultation.accept") else {
        panic!("it cannot be accepted twice")
    };
    assert_eq!((code.as_str(), rule.as_str()), ("not_waiting", "M-01"));
    assert_eq!(details.by, Some(person(4)), "who was first");
    seat.accept(1).await;
    let ours = seat.detail(1).await;
    assert!(ours.ours && ours.server.is_some() && ours.pending.len() == 1);
    let missing = Detail { record: RecordRef::new(Kind::Consultation, id::<domain::id::ConsultationId>(9_999_999)) };
    assert_eq!(seat.desk.detail(missing).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn acts_that_a_role_may_never_do_are_left_out() {
    let world = World::new(1, 0);
    *world.door.person.lock().unwrap() = Actor::person(person(1), vec![Role::Cs], None, None);
    let seat = world.whole().await;
    let acts: Vec<String> = seat.detail(0).await.verdicts.into_iter().map(|v| v.act).collect();
    assert_eq!(acts, ["item.claim", "item.release", "note.add"]);
}

#[tokio::test]
async fn people_are_found() {
    let world = World::new(1, 0);
    world.net.serve(|model| model.commit(rani(40)));
    let seat = world.whole().await;
    for text in ["kusuma", "0812-3456"] {
        let hits = seat.desk.clients(Clients { text: text.into() }).await.unwrap();
        assert_eq!((hits.len(), hits[0].client.name.as_str()), (1, "Rani Kusumawardani"));
        assert_eq!(
            hits[0].waiting.as_ref().map(|it| (RecordId::from(it.id), it.number.as_str())),
            Some((consultation(40).id, "KG-20261125-000040"))
        );
    }
    let staff = seat.desk.staff(Staff {}).await.unwrap().people;
    assert_eq!(staff.len(), 4);
    assert!(staff.windows(2).all(|two| two[0].1 <= two[1].1), "by name");
}

#[tokio::test]
async fn notifications_come_and_are_read() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    assert_eq!(seat.desk.notifications(Notifications { limit: 10 }).await.unwrap().unread, 0);
    world.net.serve(|model| {
        let args = json!({ "record": consultation(0), "to": person(1).id });
        let (id, made_at) = (testkit::records::command(5_500_000), Some(model.now));
        let envelope = domain::wire::Envelope { id, v: 1, name: "item.assign".into(), args, made_at, after: vec![], seen: vec![] };
        model.give(&testkit::records::colleague(), &envelope)
    });
    let unread = async |s: &crate::world::Seat| s.desk.notifications(Notifications { limit: 10 }).await.unwrap();
    seat.until("it came", async |s| unread(s).await.unread == 1).await;
    let item = unread(&seat).await.items.remove(0);
    assert_eq!(item.record, consultation(0));
    let read = bridge::Submit { act: "notification.read".into(), args: json!({ "ids": [item.id] }), seen: Vec::new() };
    assert_eq!(seat.desk.submit(read).await.unwrap().held_ms, None);
    assert_eq!(unread(&seat).await.unread, 0);
}

#[tokio::test]
async fn the_status_is_told_when_it_changed_and_a_pause_holds_everything() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    seat.desk.pause(bridge::Pause { paused: true, rest: None }).await.unwrap();
    seat.until("it is paused", async |s| s.status().await.connection == domain::status::Connection::Paused).await;
    let (mut events, sent) = (seat.desk.events(), world.net.count(Op::Commands));
    seat.accept(0).await;
    let mut told = None;
    while told.is_none() {
        // That it is paused may be told after it was asked for.
        if let Event::Status { status } = events.recv().await.unwrap() {
            told = (status.queued > 0).then_some(status.queued);
        }
    }
    assert_eq!((told, world.net.count(Op::Commands)), (Some(1), sent));
    seat.desk.pause(bridge::Pause { paused: false, rest: None }).await.unwrap();
    seat.until("it was sent", async |s| s.status().await.queued == 0).await;
}

#[tokio::test]
async fn preferences_are_kept_and_told() {
    let world = World::new(0, 0);
    let seat = world.open().await;
    let mut events = seat.desk.events();
    let preferences = Preferences { hold_seconds: 30, theme: bridge::Theme::Dark, ..Preferences::default() };
    seat.desk.set_preferences(SetPreferences { preferences: preferences.clone() }).await.unwrap();
    let told = async {
        loop {
            if let Event::Preferences { preferences } = events.recv().await.unwrap() {
                return preferences;
            }
        }
    };
    assert_eq!(told.await, preferences);
    let odd = Preferences { hold_seconds: 200, ..preferences.clone() };
    assert_eq!(seat.desk.set_preferences(SetPreferences { preferences: odd }).await.unwrap_err().code, ErrorCode::BadCall);
    seat.quit().await;
    let seat = world.open().await;
    assert_eq!(seat.desk.get_preferences(GetPreferences {}).await.unwrap(), preferences);
}

#[tokio::test]
async fn the_organisation_is_named_as_soon_as_it_is_known() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    world.net.serve(|model| {
        let args = json!({ "key": "org.zone", "value": "Asia/Makassar", "effective_from": model.now });
        let (id, made_at) = (testkit::records::command(5_600_000), Some(model.now));
        let envelope = domain::wire::Envelope { id, v: 1, name: "setting.set".into(), args, made_at, after: vec![], seen: vec![] };
        model.give(&testkit::records::colleague(), &envelope)
    });
    let zone = async |s: &crate::world::Seat| match s.session().await {
        bridge::SessionState::Open { session } => Some(session.zone),
        _ => None,
    };
    seat.until("the zone is known", async |s| zone(s).await == Some(domain::time::Zone::Wita)).await;
}

#[tokio::test]
async fn a_text_that_was_begun_outlives_the_program_and_goes_with_its_person() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    let keep = |key: &str, text: &str| KeepDraft { key: key.to_owned(), text: text.to_owned() };
    seat.desk.keep_draft(keep("note/1", "Sudah ditelepon, ")).await.unwrap();
    seat.desk.keep_draft(keep("reject/1", "Maaf, ")).await.unwrap();
    seat.desk.keep_draft(keep("reject/1", "")).await.unwrap();
    for wrong in [keep("", "x"), keep(&"k".repeat(101), "x"), keep("note/2", &"x".repeat(20_001))] {
        assert_eq!(seat.desk.keep_draft(wrong).await.unwrap_err().code, ErrorCode::BadCall);
    }
    seat.quit().await;
    let seat = world.open().await;
    seat.start().await;
    assert_eq!(seat.desk.drafts(Drafts {}).await.unwrap(), [keep("note/1", "Sudah ditelepon, ")]);
    seat.desk.lock_now(bridge::Lock {}).await.unwrap();
    assert_eq!(seat.desk.drafts(Drafts {}).await.unwrap_err().code, ErrorCode::NoSession, "nothing is told behind the lock");
}
