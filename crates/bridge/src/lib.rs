//! # The words between window and desk
//!
//! Queries, replies and events as plain data, safe for WASM. A query is a struct that names its IPC command and its reply; the
//! window's `gateway.rs` sends it, the desk answers it, the shell passes it through in one line. There is no logic here: what
//! a record means is in `domain`, what a query answers is in `desk`.
//!
//! How to add one more: a struct with [`Query`] in the module of its area, its name in [`COMMANDS`], a method on the desk, a
//! one-line command in `src-tauri`, and an answer in the window's mock gateway. A test holds the names together.

mod account;
mod attachments;
mod audit;
mod clients;
mod conversations;
mod crash;
mod designs;
mod devices;
mod error;
mod event;
mod factor;
mod import;
mod inbox;
mod kept;
mod local;
mod orders;
mod organisation;
mod outbox;
mod people;
mod preferences;
mod report;
mod sync;
mod views;

pub use account::{
    Forgot, Lock, Login, Logout, LogoutReply, NewPassword, ServerCheck, ServerInfo, ServerProblem, SessionInfo, SessionState, StartAfresh,
    Unlock, VaultState,
};
pub use attachments::{DropFiles, FileImage, FileView, ForgetFiles, PasteFile, PickFiles, PickedFile, SaveFile, SendMessage, SentFile};
pub use audit::{Audit, AuditCheck, AuditExport, AuditFilter, AuditReply, AuditRow, Exported};
pub use clients::{
    ClientCounts, ClientDetail, ClientDetailReply, ClientErase, ClientExport, ClientFilter, ClientList, ClientListReply, ClientRow,
    ClientSort, ClientTale, ClientTaleReply, OpenContact, TaleLine, TalePart, Told,
};
pub use conversations::{
    ConversationFilter, ConversationPart, ConversationRow, Conversations, ConversationsReply, MessageView, QuickReplies, QuickReplyView,
    Stranded, Talk, TalkReply,
};
pub use crash::{Crash, CrashHow, CrashReply, CrashReport};
pub use designs::{
    ArchiveEntry, Attached, CancelTransfer, DesignContents, DesignImage, DesignImageReply, DesignView, Designs, DesignsReply, DropDesigns,
    ImageSize, NoImage, PasteDesign, PauseTransfer, PickDesigns, SaveDesign, Saved, Transfer, TransferState, percent,
};
pub use devices::{ChangePassword, Devices, DevicesReply, EndDevice, PasswordChanged};
pub use error::{DeskError, ErrorCode};
pub use event::{EVENT, Event, LinkProblem};
pub use factor::{FactorSecret, QrCode, SecondFactor, SecondFactorReply};
pub use import::{
    CancelImport, DropImport, ImportBegin, ImportBegun, ImportCheck, ImportChecked, ImportColumn, ImportDouble, ImportField, ImportFile,
    ImportLeft, ImportPlan, ImportProblem, ImportProblems, ImportRefused, ImportSheet, ImportTaken, ImportTemplate, ImportTwin, ImportView,
    Imports, PickImport, UndoImport,
};
pub use inbox::{
    ClientHit, Clients, Detail, DetailReply, Drafts, Inbox, InboxCounts, InboxExport, InboxFilter, InboxGroup, InboxReply, InboxRow,
    InboxView, KeepDraft, MarkSeen, NewIds, NewIdsReply, NoteHit, NoteView, Notes, Notifications, NotificationsReply, PendingAct,
    Prediction, Staff, StaffReply, Submit, Submitted, Undo, Undone, Verdict, VerdictState, WaitingRequest,
};
pub use kept::{KeepOrder, KeepOrderReply, KeptFiles, KeptOrder, KeptOrders, KeptOrdersReply};
pub use local::{
    CheckLocal, Checked, Diagnostics, Licence, Licences, LocalFileKind, LocalFiles, LocalKind, LocalState, LocalStateReply, OutboxExport,
    Wipe, WipeReply,
};
pub use orders::{OrderCounts, OrderDetail, OrderDetailReply, OrderFilter, OrderRow, Orders, OrdersExport, OrdersReply, SheetFormat, Step};
pub use organisation::{OrgSetting, OrgSettings, OrgSettingsReply};
pub use outbox::{
    Evidence, OutboxDetail, OutboxDetailReply, OutboxEntry, OutboxList, OutboxReply, SeenRecord, SeenView, Settle, SettleHow,
};
pub use people::{People, PeopleReply, PersonRow};
pub use preferences::{
    Boot, Contrast, Density, GetPreferences, Motion, Notify, Preferences, Present, Recovered, RecoveredReply, Salvaged, SetPreferences,
    Start, TestToast, TestToastReply, Theme, Ways,
};
pub use report::{Report, ReportExport, ReportReply};
pub use sync::{Pause, Quit, Status, SyncNow, SyncStatus};
pub use views::{KeepViews, SavedView, SavedViews, ViewFilter};

use serde::{Serialize, de::DeserializeOwned};

/// The one argument of every IPC command: the query itself. A rejection is a [`DeskError`].
pub const ARGUMENT: &str = "query";

/// A question of the window, or something it wants done.
pub trait Query: Serialize + DeserializeOwned {
    /// The IPC command.
    const NAME: &'static str;
    /// The answer.
    type Reply: Serialize + DeserializeOwned;
}

macro_rules! queries {
    ($($query:ty => $name:literal -> $reply:ty;)*) => {
        $(impl Query for $query { const NAME: &'static str = $name; type Reply = $reply; })*
        /// Every IPC command: the shell's permissions are made from this list.
        pub const COMMANDS: &[&str] = &[$($name),*];
    };
}

queries! {
    Start => "start" -> Boot;
    GetPreferences => "get_preferences" -> Preferences;
    SetPreferences => "set_preferences" -> Preferences;
    TestToast => "test_toast" -> TestToastReply;
    Present => "present" -> ();
    Recovered => "recovered" -> RecoveredReply;
    ServerCheck => "server_check" -> ServerInfo;
    Login => "login" -> SessionState;
    Logout => "logout" -> LogoutReply;
    Lock => "lock_now" -> SessionState;
    Unlock => "unlock" -> SessionState;
    StartAfresh => "start_afresh" -> SessionState;
    Forgot => "forgot" -> ();
    NewPassword => "new_password" -> ();
    ChangePassword => "change_password" -> PasswordChanged;
    Devices => "devices" -> DevicesReply;
    EndDevice => "end_device" -> ();
    SecondFactor => "second_factor" -> SecondFactorReply;
    Inbox => "inbox" -> InboxReply;
    InboxExport => "inbox_export" -> Exported;
    Detail => "detail" -> DetailReply;
    Orders => "orders" -> OrdersReply;
    OrderDetail => "order_detail" -> OrderDetailReply;
    OrdersExport => "orders_export" -> Exported;
    Designs => "designs" -> DesignsReply;
    PickDesigns => "pick_designs" -> Vec<Attached>;
    DropDesigns => "drop_designs" -> Vec<Attached>;
    PasteDesign => "paste_design" -> Attached;
    PauseTransfer => "pause_transfer" -> ();
    CancelTransfer => "cancel_transfer" -> ();
    DesignImage => "design_image" -> DesignImageReply;
    DesignContents => "design_contents" -> Vec<ArchiveEntry>;
    SaveDesign => "save_design" -> Saved;
    KeepOrder => "keep_order" -> KeepOrderReply;
    KeptOrders => "kept_orders" -> KeptOrdersReply;
    PickImport => "pick_import" -> Option<ImportTaken>;
    DropImport => "drop_import" -> ImportTaken;
    ImportSheet => "import_sheet" -> ImportTaken;
    ImportCheck => "import_check" -> ImportChecked;
    ImportProblems => "import_problems" -> Exported;
    ImportBegin => "import_begin" -> ImportBegun;
    Imports => "imports" -> Vec<ImportView>;
    CancelImport => "cancel_import" -> ();
    UndoImport => "undo_import" -> ();
    ImportRefused => "import_refused" -> Exported;
    ImportTemplate => "import_template" -> Saved;
    Conversations => "conversations" -> ConversationsReply;
    Talk => "talk" -> TalkReply;
    PickFiles => "pick_files" -> Vec<PickedFile>;
    DropFiles => "drop_files" -> Vec<PickedFile>;
    PasteFile => "paste_file" -> PickedFile;
    ForgetFiles => "forget_files" -> ();
    SendMessage => "send_message" -> Submitted;
    FileImage => "file_image" -> DesignImageReply;
    SaveFile => "save_file" -> Saved;
    QuickReplies => "quick_replies" -> Vec<QuickReplyView>;
    ClientList => "client_list" -> ClientListReply;
    ClientDetail => "client_detail" -> ClientDetailReply;
    ClientTale => "client_tale" -> ClientTaleReply;
    ClientExport => "client_export" -> Exported;
    ClientErase => "client_erase" -> ();
    Clients => "clients" -> Vec<ClientHit>;
    Notes => "notes" -> Vec<NoteHit>;
    Staff => "staff" -> StaffReply;
    People => "people" -> PeopleReply;
    OrgSettings => "org_settings" -> OrgSettingsReply;
    Notifications => "notifications" -> NotificationsReply;
    MarkSeen => "mark_seen" -> ();
    Drafts => "drafts" -> Vec<KeepDraft>;
    KeepDraft => "keep_draft" -> ();
    SavedViews => "saved_views" -> Vec<SavedView>;
    KeepViews => "keep_views" -> Vec<SavedView>;
    NewIds => "new_ids" -> NewIdsReply;
    OpenContact => "open_contact" -> ();
    Submit => "submit" -> Submitted;
    Undo => "undo" -> Undone;
    OutboxList => "outbox_list" -> OutboxReply;
    OutboxDetail => "outbox_detail" -> OutboxDetailReply;
    Settle => "settle" -> ();
    Evidence => "evidence" -> Exported;
    Audit => "audit" -> AuditReply;
    AuditCheck => "audit_check" -> domain::wire::AuditProof;
    AuditExport => "audit_export" -> Exported;
    Report => "report" -> ReportReply;
    ReportExport => "report_export" -> Exported;
    Status => "status" -> SyncStatus;
    SyncNow => "sync_now" -> ();
    Pause => "pause" -> ();
    LocalState => "local_state" -> LocalStateReply;
    CheckLocal => "check_local" -> Checked;
    OutboxExport => "outbox_export" -> Exported;
    Wipe => "wipe" -> WipeReply;
    Licences => "licences" -> Vec<Licence>;
    Diagnostics => "diagnostics" -> Exported;
    Crash => "crash" -> CrashReply;
    Quit => "quit" -> ();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_distinct_and_fit_for_permissions() {
        let names: BTreeSet<&str> = COMMANDS.iter().copied().collect();
        assert_eq!(names.len(), COMMANDS.len());
        assert!(names.iter().all(|n| n.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')));
    }
}
