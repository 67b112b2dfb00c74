//! The window's questions, each passed to the desk in one line. One is the shell's own: whether the program may end.

use bridge::{DeskError, Query};
use desk::Desk;
use tauri::{AppHandle, State, ipc::Invoke};

use crate::shell;

#[tauri::command]
async fn quit(app: AppHandle, query: bridge::Quit) -> Result<<bridge::Quit as Query>::Reply, DeskError> {
    shell::answered(&app, &query);
    Ok(())
}

macro_rules! commands {
    ($($name:ident: $query:ty;)*) => {
        $(
            #[tauri::command]
            async fn $name(desk: State<'_, Desk>, query: $query) -> Result<<$query as Query>::Reply, DeskError> {
                desk.$name(query).await
            }
        )*
        /// Answers every command of the bridge.
        pub(crate) fn answer() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![quit, $($name),*]
        }
        #[cfg(test)]
        const ANSWERED: &[(&str, &str)] =
            &[("quit", <bridge::Quit as Query>::NAME), $((stringify!($name), <$query as Query>::NAME)),*];
    };
}

commands! {
    start: bridge::Start;
    get_preferences: bridge::GetPreferences;
    set_preferences: bridge::SetPreferences;
    test_toast: bridge::TestToast;
    present: bridge::Present;
    recovered: bridge::Recovered;
    server_check: bridge::ServerCheck;
    login: bridge::Login;
    logout: bridge::Logout;
    lock_now: bridge::Lock;
    unlock: bridge::Unlock;
    start_afresh: bridge::StartAfresh;
    forgot: bridge::Forgot;
    new_password: bridge::NewPassword;
    change_password: bridge::ChangePassword;
    devices: bridge::Devices;
    end_device: bridge::EndDevice;
    second_factor: bridge::SecondFactor;
    inbox: bridge::Inbox;
    inbox_export: bridge::InboxExport;
    detail: bridge::Detail;
    orders: bridge::Orders;
    order_detail: bridge::OrderDetail;
    orders_export: bridge::OrdersExport;
    designs: bridge::Designs;
    pick_designs: bridge::PickDesigns;
    drop_designs: bridge::DropDesigns;
    paste_design: bridge::PasteDesign;
    pause_transfer: bridge::PauseTransfer;
    cancel_transfer: bridge::CancelTransfer;
    design_image: bridge::DesignImage;
    design_contents: bridge::DesignContents;
    save_design: bridge::SaveDesign;
    keep_order: bridge::KeepOrder;
    kept_orders: bridge::KeptOrders;
    pick_import: bridge::PickImport;
    drop_import: bridge::DropImport;
    import_sheet: bridge::ImportSheet;
    import_check: bridge::ImportCheck;
    import_problems: bridge::ImportProblems;
    import_begin: bridge::ImportBegin;
    imports: bridge::Imports;
    cancel_import: bridge::CancelImport;
    undo_import: bridge::UndoImport;
    import_refused: bridge::ImportRefused;
    import_template: bridge::ImportTemplate;
    conversations: bridge::Conversations;
    talk: bridge::Talk;
    pick_files: bridge::PickFiles;
    drop_files: bridge::DropFiles;
    paste_file: bridge::PasteFile;
    forget_files: bridge::ForgetFiles;
    send_message: bridge::SendMessage;
    file_image: bridge::FileImage;
    save_file: bridge::SaveFile;
    quick_replies: bridge::QuickReplies;
    client_list: bridge::ClientList;
    client_detail: bridge::ClientDetail;
    client_tale: bridge::ClientTale;
    client_export: bridge::ClientExport;
    client_erase: bridge::ClientErase;
    clients: bridge::Clients;
    notes: bridge::Notes;
    staff: bridge::Staff;
    people: bridge::People;
    org_settings: bridge::OrgSettings;
    notifications: bridge::Notifications;
    mark_seen: bridge::MarkSeen;
    drafts: bridge::Drafts;
    keep_draft: bridge::KeepDraft;
    saved_views: bridge::SavedViews;
    keep_views: bridge::KeepViews;
    new_ids: bridge::NewIds;
    open_contact: bridge::OpenContact;
    submit: bridge::Submit;
    undo: bridge::Undo;
    outbox_list: bridge::OutboxList;
    outbox_detail: bridge::OutboxDetail;
    settle: bridge::Settle;
    evidence: bridge::Evidence;
    audit: bridge::Audit;
    audit_check: bridge::AuditCheck;
    audit_export: bridge::AuditExport;
    report: bridge::Report;
    report_export: bridge::ReportExport;
    status: bridge::Status;
    sync_now: bridge::SyncNow;
    pause: bridge::Pause;
    local_state: bridge::LocalState;
    check_local: bridge::CheckLocal;
    outbox_export: bridge::OutboxExport;
    wipe: bridge::Wipe;
    licences: bridge::Licences;
    diagnostics: bridge::Diagnostics;
    crash: bridge::Crash;
}

#[cfg(test)]
mod tests {
    use super::ANSWERED;
    use std::collections::BTreeSet;

    #[test]
    fn every_command_of_the_bridge_is_answered_under_its_own_name() {
        assert!(ANSWERED.iter().all(|(name, query)| name == query), "{ANSWERED:?}");
        let answered: BTreeSet<&str> = ANSWERED.iter().map(|(name, _)| *name).collect();
        assert_eq!(answered, bridge::COMMANDS.iter().copied().collect());
    }

    #[test]
    fn the_window_may_ask_exactly_these_and_hear_events() {
        let file: serde_json::Value = serde_json::from_str(include_str!("../capabilities/main.json")).expect("JSON");
        let given: BTreeSet<String> =
            file["permissions"].as_array().expect("a list").iter().filter_map(|p| p.as_str()).map(str::to_owned).collect();
        let mut wanted: BTreeSet<String> = bridge::COMMANDS.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
        wanted.extend(["core:event:allow-listen".to_owned(), "core:event:allow-unlisten".to_owned()]);
        assert_eq!(given, wanted);
        assert_eq!(file["windows"], serde_json::json!([crate::window::LABEL]));
    }

    #[test]
    fn the_policy_lets_nothing_in_from_outside() {
        let conf: serde_json::Value = serde_json::from_str(include_str!("../tauri.conf.json")).expect("JSON");
        let policy = conf["app"]["security"]["csp"].to_string();
        assert_eq!(conf["app"]["security"]["csp"]["default-src"], "'none'");
        for forbidden in ["unsafe-inline", "'unsafe-eval'", "https:", "*"] {
            assert!(!policy.contains(forbidden), "{forbidden} is in {policy}");
        }
        assert!(conf["build"].get("devUrl").is_none(), "the window is what is built in, never what a server says");
    }

    /// What stands in the way of a script that got into the window: no capability but the one, none for any page from elsewhere, no
    /// part of Tauri within reach of the page, and each directive of the policy as it is here.
    #[test]
    fn the_window_has_no_other_power() {
        let files = std::fs::read_dir("capabilities").expect("the folder: a test runs in that of its package");
        let names: Vec<String> = files.flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        assert_eq!(names, ["main.json"]);
        let file: serde_json::Value = serde_json::from_str(include_str!("../capabilities/main.json")).expect("JSON");
        assert!(["remote", "webviews", "platforms"].iter().all(|key| file.get(key).is_none()), "{file}");
        let conf: serde_json::Value = serde_json::from_str(include_str!("../tauri.conf.json")).expect("JSON");
        let (app, security) = (&conf["app"], &conf["app"]["security"]);
        assert_eq!((&app["withGlobalTauri"], &security["freezePrototype"]), (&false.into(), &true.into()));
        assert_eq!(security["capabilities"], serde_json::json!(["main"]));
        assert!(security.get("assetProtocol").is_none() && conf.get("plugins").is_none(), "no file of this computer is an address");
        let closed = ["default-src", "base-uri", "form-action", "frame-ancestors", "object-src"];
        assert!(closed.iter().all(|directive| security["csp"][directive] == "'none'"), "{security}");
        assert_eq!(security["csp"]["script-src"], "'self' 'wasm-unsafe-eval'");
        assert_eq!(security["csp"]["connect-src"], "'self' ipc: http://ipc.localhost", "nothing leaves the window but to the desk");
    }
}
