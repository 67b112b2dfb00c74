//! The window as attacker: every question of the bridge's registry, with arguments that no screen of ours makes. The desk answers
//! or refuses, keeps its files and its queue, and opens nothing but a chat (issue 3; docs/security.md, the window).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bridge::{DeskError, ErrorCode, Query, SessionState, Status};
use domain::{
    record::{AnyRecord, Kind, RecordRef},
    records::OrderStatus,
    status::CommandState,
};
use hostile::{TEXTS, near};
use proptest::{strategy::Strategy, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};
use testkit::records::{client, client_actor, consultation, order, reachable};

use crate::{
    quiet::a_turn,
    toasts::told,
    world::{ADDRESS, EMAIL, PASSWORD, Seat, World, rani},
};

macro_rules! asked {
    ($($query:ident => $method:ident;)*) => {
        /// Everything that the shell passes on to the desk.
        const ASKED: &[&str] = &[$(<bridge::$query as Query>::NAME),*];

        /// Asks as the shell does: arguments that are none never reach the desk.
        async fn ask(seat: &Seat, name: &str, args: &Value) -> Option<Result<Value, DeskError>> {
            $(if name == <bridge::$query as Query>::NAME {
                let query: bridge::$query = serde_json::from_str(&args.to_string()).ok()?;
                return Some(seat.desk.$method(query).await.map(|reply| serde_json::to_value(reply).unwrap()));
            })*
            unreachable!("{name} is asked of nobody")
        }
    };
}
asked! {
    Start => start; GetPreferences => get_preferences; SetPreferences => set_preferences; TestToast => test_toast;
    Present => present; Recovered => recovered;
    ServerCheck => server_check; Login => login; Logout => logout; Lock => lock_now; Unlock => unlock; StartAfresh => start_afresh;
    Forgot => forgot; NewPassword => new_password; Inbox => inbox; InboxExport => inbox_export; Detail => detail; Orders => orders; OrderDetail => order_detail; OrdersExport => orders_export;
    Designs => designs; PickDesigns => pick_designs; DropDesigns => drop_designs; PasteDesign => paste_design;
    KeepOrder => keep_order; KeptOrders => kept_orders;
    PauseTransfer => pause_transfer; CancelTransfer => cancel_transfer; DesignImage => design_image; DesignContents => design_contents;
    PickFiles => pick_files; DropFiles => drop_files; PasteFile => paste_file; ForgetFiles => forget_files; SendMessage => send_message;
    FileImage => file_image; SaveFile => save_file; SaveDesign => save_design;
    PickImport => pick_import; DropImport => drop_import; ImportSheet => import_sheet;
    ImportCheck => import_check; ImportProblems => import_problems; ImportBegin => import_begin; Imports => imports;
    CancelImport => cancel_import; UndoImport => undo_import; ImportRefused => import_refused; ImportTemplate => import_template;
    Conversations => conversations; Talk => talk; QuickReplies => quick_replies;
    ClientList => client_list; ClientDetail => client_detail; ClientTale => client_tale; ClientExport => client_export; ClientErase => client_erase; Clients => clients; Notes => notes; Staff => staff;
    Notifications => notifications; MarkSeen => mark_seen; NewIds => new_ids; OpenContact => open_contact; Submit => submit; Undo => undo;
    OutboxList => outbox_list; OutboxDetail => outbox_detail; Settle => settle; Evidence => evidence; Audit => audit; AuditCheck => audit_check;
    AuditExport => audit_export; Report => report; ReportExport => report_export; Status => status; SyncNow => sync_now; Pause => pause;
    ChangePassword => change_password; Devices => devices; EndDevice => end_device; SecondFactor => second_factor; People => people; OrgSettings => org_settings; Drafts => drafts;
    KeepDraft => keep_draft; SavedViews => saved_views; KeepViews => keep_views;
    LocalState => local_state; CheckLocal => check_local; OutboxExport => outbox_export; Wipe => wipe; Licences => licences;
    Diagnostics => diagnostics; Crash => crash;
}

/// Those that change who sits here: each costs a stretched password.
const GATE: &[&str] = &["login", "logout", "lock_now", "unlock", "start_afresh", "forgot", "new_password", "change_password", "wipe"];

/// Arguments as a screen of ours would make them.
fn right(name: &str) -> Vec<Value> {
    let (record, id) = (json!(consultation(1)), json!(testkit::records::command(3)));
    match name {
        "set_preferences" => {
            vec![
                json!({"preferences": {"lang": "id", "theme": "dark", "contrast": "high", "motion": "reduced", "hold_seconds": 8}}),
                json!({"preferences": {"letters": {"on": true, "own": {"accept": "E"}}, "notify": {"request": {"system": false, "sound": true}, "near": false, "hide_names": true},
                    "density": "compact", "zone": "Asia/Makassar", "quiet": {"on": true, "from": 1260, "to": 420, "days": [true, true, true, true, true, false, false]}}}),
            ]
        }
        "recovered" => vec![json!({"seen": true})],
        "server_check" => vec![json!({"address": "meja.ruangkarsa.id"})],
        "login" => vec![json!({"address": ADDRESS, "email": EMAIL, "password": "x", "remember": true})],
        "audit" | "audit_export" => {
            let filter = json!({"record": record, "actor": id, "act": "note.add", "from": "2026-11-23", "until": "2026-11-24"});
            vec![json!({"filter": filter.clone(), "after": "48"}), json!({"filter": filter})]
        }
        "report" | "report_export" => vec![json!({"period": "year"})],
        "logout" => vec![json!({"anyway": false})],
        "unlock" => vec![json!({"secret": "x"})],
        "forgot" => vec![json!({"address": ADDRESS, "email": EMAIL})],
        "new_password" => vec![json!({"address": ADDRESS, "token": "1", "password": PASSWORD})],
        "change_password" => vec![json!({"current": "x", "new": "empat kata yang panjang"})],
        "second_factor" => vec![
            json!({"act": "state"}),
            json!({"act": "begin", "password": PASSWORD}),
            json!({"act": "confirm", "code": "1"}),
            json!({"act": "off", "password": "x", "code": "1"}),
        ],
        "devices" => vec![json!({}), json!({"of": id})],
        "end_device" => vec![json!({"id": id})],
        "keep_draft" => vec![json!({"key": "reject/1", "text": "Maaf, "})],
        "keep_views" => {
            vec![json!({"views": [{"name": "Rani", "filter": {"view": "mine", "text": "rani"}}, {"name": "Semua", "filter": {}}]})]
        }
        "inbox" => vec![json!({"filter": {"view": "waiting", "text": "rani"}, "offset": 0, "limit": 50, "around": record, "shown": 3})],
        "orders" => {
            let filter = json!({"status": "pending", "design_type": "logo", "mine": true, "deleted": false, "text": "rani"});
            vec![
                json!({"filter": filter, "offset": 0, "limit": 50, "around": order(40), "shown": 3}),
                json!({"filter": {}, "offset": 0, "limit": 50}),
            ]
        }
        "inbox_export" => vec![
            json!({"filter": {"view": "waiting", "text": "rani"}, "only": [record, order(40)], "format": "xlsx"}),
            json!({"filter": {}, "format": "csv"}),
        ],
        "orders_export" => vec![
            json!({"filter": {"status": "pending", "text": "rani"}, "format": "xlsx"}),
            json!({"filter": {}, "only": [order(40).id], "format": "csv"}),
        ],
        "order_detail" => vec![json!({"record": order(40)}), json!({"record": record})],
        "keep_order" => vec![json!({"order": order(40).id, "keep": true}), json!({"order": id, "keep": false})],
        "drop_import" | "import_sheet" => vec![json!({"handle": 1, "sheet": "Klien"})],
        "import_check" | "import_problems" | "import_begin" => vec![json!({"plan": {"columns": ["name", null, "phone"], "separate": [2]}})],
        "cancel_import" | "undo_import" | "import_refused" => vec![json!({ "import": id })],
        "import_template" => vec![json!({"form": "xlsx"}), json!({"form": "csv"})],
        "conversations" => vec![
            json!({"filter": {"part": "waiting", "text": "rani"}, "offset": 0, "limit": 50, "around": order(40).id}),
            json!({"filter": {"part": "unread"}, "offset": 0, "limit": 50}),
        ],
        "talk" => vec![json!({"order_id": order(40).id, "before": 3, "limit": 50}), json!({"order_id": order(40).id, "limit": 50})],
        "quick_replies" => vec![json!({"order_id": order(40).id}), json!({})],
        "detail" | "mark_seen" => vec![json!({"record": record}), json!({"record": client(1)})],
        "clients" | "notes" => vec![json!({"text": "rani"})],
        "notifications" => vec![json!({"limit": 50})],
        "new_ids" => vec![json!({"count": 2})],
        "submit" => acts(&record),
        "undo" | "outbox_detail" | "evidence" => vec![json!({ "id": id })],
        "outbox_list" => vec![json!({"finished": 20})],
        "settle" => {
            vec![json!({"id": id, "how": {"how": "send_again", "args": {"id": record}}}), json!({"id": id, "how": {"how": "discard"}})]
        }
        "pause" => vec![json!({"paused": false}), json!({"paused": true, "rest": "hour"})],
        "wipe" => vec![json!({"told": 0})],
        "crash" => vec![json!({"how": "look"}), json!({"how": "discard"})],
        _ => of_files(name),
    }
}

/// The same about files.
fn of_files(name: &str) -> Vec<Value> {
    let id = json!(testkit::records::command(3));
    match name {
        "designs" | "pick_designs" => vec![json!({"order": order(40).id}), json!({"order": id})],
        "drop_designs" => vec![json!({"order": order(40).id, "handle": 1})],
        "paste_design" => vec![
            json!({"order": order(40).id, "name": "tempel.png", "data": STANDARD.encode(inspect::testing::png(600))}),
            json!({"order": id, "name": "../../x.png", "data": "AAAA"}),
        ],
        "pause_transfer" => vec![json!({"design": id, "paused": true})],
        "cancel_transfer" | "design_contents" | "save_design" => vec![json!({"design": id})],
        "design_image" => vec![json!({"design": id, "size": "thumb"})],
        "drop_files" => vec![json!({"handle": 1})],
        "paste_file" => vec![
            json!({"name": "tempel.png", "data": STANDARD.encode(inspect::testing::png(600))}),
            json!({"name": "../../x.png", "data": "AAAA"}),
        ],
        "forget_files" => vec![json!({"files": [2]})],
        "send_message" => vec![
            json!({"order_id": order(40).id, "text": "Ini", "read": 1, "files": [{"picked": 1}, {"version": id}]}),
            json!({"order_id": order(40).id, "text": "", "read": null, "files": [{"picked": 1}]}),
        ],
        "file_image" => vec![json!({"message": testkit::records::message(9).id, "place": 0, "size": "full"})],
        "save_file" => vec![json!({"message": testkit::records::message(9).id, "place": 0})],
        _ => of_clients(name),
    }
}

/// The same about clients; what is asked of nothing has no arguments.
fn of_clients(name: &str) -> Vec<Value> {
    let (record, id) = (json!(consultation(1)), json!(testkit::records::command(3)));
    match name {
        "client_list" => vec![
            json!({"filter": {"sort": "last", "text": "rani"}, "offset": 0, "limit": 50, "around": client(40).id}),
            json!({"filter": {}, "offset": 0, "limit": 50}),
        ],
        "client_detail" => vec![json!({"record": client(40)}), json!({"record": record})],
        "client_tale" => vec![
            json!({"client": client(40).id, "part": "all", "offset": 0, "limit": 50}),
            json!({"client": id, "part": "files", "offset": 3, "limit": 9}),
        ],
        "client_export" => vec![json!({"client": client(40).id}), json!({"client": id})],
        "client_erase" => vec![json!({"client": client(40).id, "name": "Orang lain"}), json!({"client": id, "name": ""})],
        "open_contact" => vec![
            json!({"client": client(40).id, "channel": "whatsapp", "text": "Halo"}),
            json!({"client": client(40).id, "channel": "email", "text": "Halo & cc=x"}),
        ],
        _ => vec![json!({})],
    }
}

/// Acts of every kind of argument, by somebody who has this record before them.
fn acts(record: &Value) -> Vec<Value> {
    let submit = |act: &str, args: Value| json!({"act": act, "args": args, "seen": [record]});
    vec![
        submit("consultation.accept", json!({"id": consultation(1).id, "message": "Sampai jumpa"})),
        submit("consultation.reject", json!({"id": consultation(2).id, "reason": "Jadwal penuh"})),
        submit("note.add", json!({"id": testkit::records::id::<domain::id::NoteId>(7), "record": record, "text": "Catatan"})),
        submit("client.create", json!({"id": testkit::records::id::<domain::id::ClientId>(8), "name": "Made Ayu", "phone": "08123456789"})),
        submit("client.contact", json!({"id": client(40).id, "channel": "whatsapp", "about": order(40)})),
        submit("setting.set", json!({"key": "org.name", "value": "Ruang Karsa"})),
        submit(
            "order.create",
            json!({"id": order(41).id, "client_id": client(1).id, "design_type": "logo", "description": "Logo", "deadline": "2026-12-01", "budget": 750_000}),
        ),
        submit("order.set_status", json!({"id": order(40).id, "to": "cancelled", "reason": "Batal"})),
        submit("message.send", json!({"id": testkit::records::message(9).id, "order_id": order(40).id, "text": "Halo", "read": 1})),
        submit("conversation.read", json!({"order_id": order(40).id, "upto": 1})),
        submit(
            "quick_reply.save",
            json!({"id": testkit::records::id::<domain::id::QuickReplyId>(9), "title": "Sapa", "text": "Halo {klien}, {hari_ini}"}),
        ),
    ]
}

/// What the desk may say to anything: never that it broke, and nothing of this computer.
fn is_an_answer(world: &World, name: &str, args: &Value, said: &Result<Value, DeskError>) {
    let Err(error) = said else { return };
    let cut: String = args.to_string().chars().take(200).collect();
    assert!(!matches!(error.code, ErrorCode::Internal | ErrorCode::Disk), "{name} {cut}: {error}");
    assert!(!error.diagnosis.contains(&*world.data().to_string_lossy()) && error.diagnosis.len() < 300, "{name} {cut}: {error}");
}

/// So many inputs, the same at every run.
fn inputs(name: &str, n: usize) -> Vec<Value> {
    let (strategy, mut runner) = (near(right(name)).boxed(), TestRunner::deterministic());
    (0..n).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn every_question_of_the_bridge_is_asked() {
    let mut asked = ASKED.to_vec();
    // Whether the program may end is the shell's own: it takes a yes or a no.
    asked.push(<bridge::Quit as Query>::NAME);
    asked.sort_unstable();
    let mut all = bridge::COMMANDS.to_vec();
    all.sort_unstable();
    assert_eq!(asked, all);
}

#[tokio::test]
async fn no_argument_breaks_an_open_desk() {
    let world = World::new(4, 2);
    world.net.serve(|model| model.commit(rani(40)));
    world.net.serve(|model| {
        model.commit(reachable(40, OrderStatus::Pending));
        model.say(&client_actor(40), 1, 40, "Halo");
        model.commit(rani(40));
    });
    let seat = world.whole().await;
    let mut reached = 0;
    for name in ASKED.iter().filter(|name| !GATE.contains(name)) {
        for args in right(name).into_iter().chain(inputs(name, 150)) {
            if let Some(said) = ask(&seat, name, &args).await {
                reached += 1;
                is_an_answer(&world, name, &args, &said);
            }
        }
        assert!(matches!(seat.session().await, SessionState::Open { .. }), "{name} ended the session");
    }
    assert!(reached > 300, "only {reached} reached the desk");
    let opened = world.opened.0.lock().unwrap().clone();
    assert!(!opened.is_empty(), "a chat with a client was opened");
    for address in opened {
        let chat = address.strip_prefix("https://wa.me/").and_then(|rest| rest.split_once("?text="));
        let mail = address.strip_prefix("mailto:").and_then(|rest| rest.split_once("?body="));
        let plain = |text: &str, more: &[u8]| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b) || more.contains(&b));
        assert!(chat.is_some_and(|(number, _)| number.bytes().all(|b| b.is_ascii_digit())) || mail.is_some_and(|(to, _)| plain(to, b"@")));
        assert!(chat.or(mail).is_some_and(|(_, text)| plain(text, b"")), "{address}");
    }
    everything_goes(&world, &seat).await;
}

/// What a hostile window queued does not stand in the way of what a person queues afterwards.
async fn everything_goes(world: &World, seat: &Seat) {
    seat.desk.pause(bridge::Pause { paused: false, rest: None }).await.unwrap();
    seat.hold(0).await;
    let mine = seat.accept(3).await;
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    world.net.clock.advance(60_000);
    seat.until("nothing is on its way any more", async |seat| seat.outbox().await.running.is_empty()).await;
    assert_eq!(seat.command(mine).await.entry.state, CommandState::Applied);
    assert!(seat.desk.status(Status {}).await.unwrap().complete);
}

/// More records than anybody can have before them are not looked up one by one: the desk refuses, and nothing is queued.
#[tokio::test]
async fn nobody_has_seen_forty_thousand_records() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    let seen: Vec<RecordRef> = (0..40_000).map(consultation).collect();
    let args = json!({"id": consultation(1).id});
    let said = seat.desk.submit(bridge::Submit { act: "consultation.accept".into(), args, seen }).await;
    assert_eq!(said.unwrap_err().code, ErrorCode::BadCall);
    assert!(seat.outbox().await.running.is_empty());
}

/// A record decodes without the constructors, so that any text can stand where a name should: in a notification it is one name,
/// and turns nothing around it.
#[tokio::test]
async fn a_strange_name_is_one_name_in_a_notification() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    for (n, text) in (50..).zip(TEXTS.iter().filter(|text| !text.contains(['\r', '\0']))) {
        let mut body = rani(n)[1].to_value().unwrap();
        for field in ["client_name", "topic", "note", "number"] {
            body[field] = json!(text);
        }
        world.net.serve(|model| model.commit([AnyRecord::from_value(Kind::Consultation, body).unwrap()]));
        let key = consultation(n).to_string();
        told(&world, &seat, |shown| shown.iter().any(|toast| toast.key == key)).await;
        let toast = world.notifier.shown().into_iter().find(|toast| toast.key == key).unwrap();
        assert_eq!(toast.title, "Permintaan konsultasi baru");
        let (name, rest) = toast.body.strip_prefix('\u{2068}').and_then(|body| body.split_once('\u{2069}')).unwrap();
        assert!(!name.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')), "{name:?}");
        assert!(rest.starts_with(", Kam, 26 Nov. Tenggat ") && rest.ends_with(" WIB."), "{text:?} changes nothing behind it: {rest:?}");
        a_turn(&world).await;
    }
}

#[tokio::test]
async fn no_argument_opens_a_gate() {
    let world = World::new(1, 0);
    let seat = world.log_in().await;
    seat.desk.lock_now(bridge::Lock {}).await.unwrap();
    for name in ASKED.iter().filter(|name| !matches!(**name, "login" | "unlock" | "start_afresh" | "logout")) {
        for args in right(name).into_iter().chain(inputs(name, 4)) {
            let Some(said) = ask(&seat, name, &args).await else { continue };
            is_an_answer(&world, name, &args, &said);
            let told = said.map(|reply| reply.to_string()).unwrap_or_default();
            assert!(!told.contains("Klien") && !told.contains("KG-"), "{name} tells of what is locked: {told}");
        }
    }
    for secret in TEXTS.iter().take(4) {
        let said = ask(&seat, "unlock", &json!({ "secret": secret })).await.unwrap();
        assert!(said.is_err(), "{secret:?} unlocks");
    }
    assert!(matches!(seat.session().await, SessionState::Locked { .. }));
}
