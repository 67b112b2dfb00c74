//! A small desk inside the window, taken when there is no shell around it: for browsers, tests and pictures. It holds sample
//! records in memory, judges by the real rulebook, and plays a server that takes its time. It must never contain a rule, and
//! nothing of it is reached inside the shell; releases are built without it.
//!
//! How to add one more: an answer as an arm in [`answer`], a situation as a field of `Situation`.

mod account;
mod attachments;
mod audit;
mod clients;
mod commands;
mod conversations;
mod designs;
mod desk;
mod detail;
mod devices;
mod factor;
mod hostile;
mod import_rows;
mod imports;
mod kept;
mod list;
mod local;
mod orders;
mod organisation;
mod outbox;
mod report;
mod sample;
mod sample_conversations;
mod sample_designs;
mod sample_imports;
mod sample_orders;
mod situation;
#[cfg(test)]
mod tests;
mod uploads;
mod views;

use bridge::{DeskError, ErrorCode, Event, Query};
use serde_json::Value;
use std::cell::RefCell;

use crate::browser;
use desk::Desk;
pub(crate) use factor::picture;
use sample::BEGIN;
pub(crate) use sample::colleague;
use situation::{Situation, Trouble};

/// Somebody who hears what the desk says.
type Listener = Box<dyn Fn(Event)>;

thread_local! {
    static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
    static HEARD: RefCell<Vec<Listener>> = RefCell::default();
}

/// Does something with the desk at this moment of its morning, and then tells what came of it.
fn with<T>(act: impl FnOnce(&mut Desk) -> T) -> T {
    let (result, events) = DESK.with_borrow_mut(|desk| {
        let desk = desk.get_or_insert_with(|| Desk::new(Situation::read(browser::parameter)));
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page was opened")]
        let elapsed = browser::monotonic_ms() as i64;
        desk.pass_time(BEGIN.plus(elapsed));
        (act(desk), desk.take_events())
    });
    HEARD.with_borrow(|heard| events.iter().for_each(|event| heard.iter().for_each(|listener| listener(event.clone()))));
    result
}

/// Answers a query of the window; where the situation says so, lists never come.
///
/// # Errors
/// As the desk behind the shell.
pub(crate) async fn carry(name: &'static str, args: Value) -> Result<Value, DeskError> {
    let is_list = [
        bridge::Inbox::NAME,
        bridge::Detail::NAME,
        bridge::Orders::NAME,
        bridge::OrderDetail::NAME,
        bridge::Conversations::NAME,
        bridge::ClientList::NAME,
        bridge::ClientDetail::NAME,
        bridge::ClientTale::NAME,
        bridge::Talk::NAME,
        bridge::QuickReplies::NAME,
        bridge::OutboxList::NAME,
        bridge::Notifications::NAME,
        bridge::Audit::NAME,
        bridge::People::NAME,
        bridge::OrgSettings::NAME,
        bridge::Devices::NAME,
        bridge::Report::NAME,
        bridge::LocalState::NAME,
        bridge::KeptOrders::NAME,
        bridge::Imports::NAME,
    ]
    .contains(&name);
    let never = |desk: &mut Desk| {
        let versions = name == bridge::Designs::NAME && desk.situation.versions == Trouble::Loading;
        versions || (is_list && desk.situation.trouble == Trouble::Loading)
    };
    if with(never) {
        std::future::pending::<()>().await;
    }
    with(|desk| answer(desk, name, args))
}

/// Whether the address asks for the gallery of components in place of the desk (`page=gallery`). A shell's address asks for nothing.
pub(crate) fn shows_gallery() -> bool {
    Situation::read(browser::parameter).gallery
}

/// The morning's requests, for the gallery: waiting ones first.
pub(crate) fn requests() -> Vec<domain::records::Consultation> {
    use domain::record::AnyRecord;
    let all = sample::records(&Situation::default()).into_iter();
    all.filter_map(|record| if let AnyRecord::Consultation(it) = record { Some(it) } else { None }).collect()
}

/// The morning's orders, for the gallery: newest first.
pub(crate) fn orders() -> Vec<domain::records::Order> {
    use domain::record::AnyRecord;
    let all = sample::records(&Situation::default()).into_iter();
    all.filter_map(|record| if let AnyRecord::Order(it) = record { Some(it) } else { None }).collect()
}

/// The lively conversation of the morning, for the gallery: with one message that waits here, and one that was refused.
pub(crate) fn talk() -> Option<bridge::TalkReply> {
    let talk = bridge::Talk { order_id: sample_conversations::lively(), before: None, limit: 7 };
    let mut desk = Desk::new(Situation {
        stranded: true,
        roles: vec![domain::role::Role::Admin],
        line: situation::Line::Offline,
        ..Situation::default()
    });
    desk.say(talk.order_id, "Baik, kami tebalkan.");
    desk.talk(&talk).ok()
}

/// The quick replies of the morning, for the gallery.
pub(crate) fn quick_replies() -> Vec<bridge::QuickReplyView> {
    let query = bridge::QuickReplies { order_id: Some(sample_conversations::lively()) };
    Desk::new(Situation::default()).quick_replies(&query).unwrap_or_default()
}

/// The conversations of the morning, for the gallery.
pub(crate) fn conversations() -> Vec<bridge::ConversationRow> {
    let query = bridge::Conversations { filter: bridge::ConversationFilter::default(), offset: 0, limit: 50, around: None };
    let mut desk = Desk::new(Situation { roles: vec![domain::role::Role::Admin], ..Situation::default() });
    desk.conversations(&query).map(|reply| reply.rows).unwrap_or_default()
}

/// Readies the desk: its time passes, whether or not anybody asks.
#[cfg(target_arch = "wasm32")]
pub(crate) fn start() {
    wasm_bindgen_futures::spawn_local(async {
        loop {
            browser::sleep(80).await;
            with(Desk::look_at_address);
        }
    });
}

/// Hears what the desk says without being asked.
#[cfg(target_arch = "wasm32")]
pub(crate) fn listen(heard: impl Fn(Event) + 'static) {
    HEARD.with_borrow_mut(|all| all.push(Box::new(heard)));
}

/// Answers each query by the method that stands beside it.
macro_rules! answers {
    ($($query:ident => $method:ident),* $(,)?) => {
        fn answer(desk: &mut Desk, name: &str, args: Value) -> Result<Value, DeskError> {
            match name {
                $(<bridge::$query as Query>::NAME => {
                    let query: bridge::$query = serde_json::from_value(args).map_err(|e| bad(&e))?;
                    serde_json::to_value(desk.$method(&query)?).map_err(|e| bad(&e))
                })*
                other => Err(bad(&other)),
            }
        }
    };
}

answers! {
    Start => start,
    GetPreferences => preferences,
    SetPreferences => set_preferences,
    TestToast => test_toast,
    Present => present,
    Recovered => recovered,
    ServerCheck => server_check,
    Login => login,
    Logout => logout,
    Lock => lock_now,
    Unlock => unlock,
    StartAfresh => start_afresh,
    Forgot => forgot,
    NewPassword => new_password,
    ChangePassword => change_password,
    Devices => devices,
    EndDevice => end_device,
    SecondFactor => second_factor,
    Inbox => inbox,
    InboxExport => inbox_export,
    Detail => detail,
    Orders => orders,
    OrderDetail => order_detail,
    OrdersExport => orders_export,
    Conversations => conversations,
    Talk => talk,
    Designs => designs,
    PickDesigns => pick_designs,
    DropDesigns => drop_designs,
    PasteDesign => paste_design,
    PauseTransfer => pause_transfer,
    CancelTransfer => cancel_transfer,
    DesignImage => design_image,
    DesignContents => design_contents,
    SaveDesign => save_design,
    KeepOrder => keep_order,
    KeptOrders => kept_orders,
    PickFiles => pick_files,
    DropFiles => drop_files,
    PasteFile => paste_file,
    ForgetFiles => forget_files,
    SendMessage => send_message,
    FileImage => file_image,
    SaveFile => save_file,
    QuickReplies => quick_replies,
    ClientList => client_list,
    ClientDetail => client_detail,
    ClientTale => client_tale,
    ClientExport => client_export,
    ClientErase => client_erase,
    Clients => clients,
    PickImport => pick_import,
    DropImport => drop_import,
    ImportSheet => import_sheet,
    ImportCheck => import_check,
    ImportProblems => import_problems,
    ImportBegin => import_begin,
    Imports => imports,
    CancelImport => cancel_import,
    UndoImport => undo_import,
    ImportRefused => import_refused,
    ImportTemplate => import_template,
    Notes => notes,
    Staff => staff,
    People => people,
    OrgSettings => org_settings,
    Notifications => notifications,
    MarkSeen => mark_seen,
    Drafts => drafts,
    KeepDraft => keep_draft,
    SavedViews => saved_views,
    KeepViews => keep_views,
    NewIds => new_ids,
    OpenContact => open_contact,
    Submit => submit,
    Undo => undo,
    OutboxList => outbox_list,
    OutboxDetail => outbox_detail,
    Settle => settle,
    Evidence => evidence,
    Audit => audit,
    AuditCheck => audit_check,
    AuditExport => audit_export,
    Report => report,
    ReportExport => report_export,
    Status => status,
    SyncNow => sync_now,
    Pause => pause,
    LocalState => local_state,
    CheckLocal => check_local,
    OutboxExport => outbox_export,
    Wipe => wipe,
    Licences => licences,
    Diagnostics => diagnostics,
    Crash => crash,
    Quit => quit,
}

fn bad(error: &dyn std::fmt::Display) -> DeskError {
    DeskError { diagnosis: error.to_string(), ..DeskError::new(ErrorCode::BadCall) }
}
