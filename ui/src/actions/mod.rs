//! The acts of the window: one list, from which keys, buttons and the shortcut sheet are made (ui.md, principle 1; lessons,
//! idea 15). What an act does stands in the page that knows how; whether it may be done the rulebook says.
//!
//! How to add one more: a variant of [`Act`], a line in [`REGISTRY`], an arm where its page runs it, and its words in both
//! languages. The tests below find a key that two acts of one screen share.

mod keys;
mod own;
#[cfg(test)]
mod tests;

pub(crate) use keys::{Chord, aria, label};

use domain::{
    commands::client::KEEPERS,
    letters::Letters,
    record::Kind,
    role::Role,
    words::{Words, isolate},
};

use crate::{
    browser::{At, Press},
    shell::{Place, Shell},
};

/// Everything a person can do with a key or a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Act {
    /// Next row.
    Next,
    /// Previous row.
    Previous,
    /// First row.
    First,
    /// Last row.
    Last,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Choose this row for an act on many, or no longer.
    Select,
    /// Choose the next row too.
    ExtendDown,
    /// Choose the row before too.
    ExtendUp,
    /// Choose every row that is here.
    SelectAll,
    /// Into the detail.
    Enter,
    /// Look through what is open without leaving the list.
    Peek,
    /// Out of it again.
    Back,
    /// Search this list.
    Search,
    /// Choose the list.
    Filter,
    /// Let new rows in.
    LetIn,
    /// Save the list with its search under a name.
    SaveView,
    /// Rename, move and take away what was saved.
    ArrangeViews,
    /// Accept a request.
    Accept,
    /// Reject a request.
    Reject,
    /// Put it off.
    Snooze,
    /// Have it wait again before its time.
    Wake,
    /// Take it in hand, or let it go.
    Claim,
    /// Give it to a colleague.
    Assign,
    /// Call it off.
    Cancel,
    /// Write a note about it.
    Note,
    /// Answer the client in the conversation about an order.
    Reply,
    /// Choose a text for answering quickly.
    QuickReply,
    /// Send files with what is said.
    Attach,
    /// Write to the client by WhatsApp.
    Whatsapp,
    /// Write to the client by mail.
    Mail,
    /// Open the client whose record is open.
    OpenClient,
    /// Correct what is known of a client.
    EditClient,
    /// Say that two clients are one.
    MergeClient,
    /// Have a client's data written out.
    ExportClient,
    /// Have a client's data erased.
    EraseClient,
    /// Copy its number.
    Copy,
    /// Enter a request for a client.
    NewRequest,
    /// Enter an order for a client.
    NewOrder,
    /// Move an order along.
    OrderStatus,
    /// Move its product along.
    OrderProduct,
    /// Change what was ordered.
    OrderEdit,
    /// Give it to a colleague.
    OrderAssign,
    /// Change what the staff keeps in mind with it.
    OrderNote,
    /// Delete it.
    OrderDelete,
    /// Bring it back.
    OrderRestore,
    /// Add a version of its design.
    DesignUpload,
    /// Show a version to the client.
    DesignSubmit,
    /// Look at the next version.
    Versions,
    /// Go to another version.
    DesignCurrent,
    /// Write a version's original to the folder of downloads.
    DesignSave,
    /// Keep its files on this computer, or let go of them.
    KeepFiles,
    /// Take a version's file away for good.
    DesignPurge,
    /// Pause an upload, or let it go on.
    DesignPause,
    /// Call an upload off.
    DesignCancel,
    /// Edit a refused command and send it again.
    EditAgain,
    /// Send it again as it is.
    SendAgain,
    /// Mark it as handled.
    Handled,
    /// Throw it away.
    Discard,
    /// Take this command back.
    TakeBack,
    /// Pause sending, or go on.
    Pause,
    /// Have the audit's chain proved.
    CheckChain,
    /// Choose a file to bring in.
    ImportPick,
    /// Try its rows by the rules.
    ImportCheck,
    /// Bring those in that pass.
    ImportBegin,
    /// Have a table to fill in written.
    ImportTemplate,
    /// Write what is shown to a file.
    Export,
    /// Print the list, or the open record.
    Print,
    /// Show the same figures as a table, or as charts.
    Table,
    /// Invite a colleague.
    InviteUser,
    /// Change a colleague's name or roles.
    EditUser,
    /// Close a colleague's account, or open it again.
    UserStatus,
    /// Have a link for a password sent.
    SendLink,
    /// Take a colleague's second factor away.
    ResetFactor,
    /// Take the newest act back.
    Undo,
    /// Give again what was taken back.
    Redo,
    /// Send what waits and ask for what is new.
    SyncNow,
    /// Lock the desk.
    Lock,
    /// Go somewhere: the next key says where.
    Go,
    /// Antrean.
    GoInbox,
    /// Pesanan desain.
    GoOrders,
    /// Obrolan.
    GoConversations,
    /// Klien.
    GoClients,
    /// Impor.
    GoImport,
    /// Pemberitahuan.
    GoNotices,
    /// Antrean kirim.
    GoOutbox,
    /// Laporan.
    GoReport,
    /// Jejak audit.
    GoAudit,
    /// Staf.
    GoStaff,
    /// Pengaturan.
    GoSettings,
    /// A saved view, counted from 1.
    View(u8),
    /// The palette: every act and every record by a few letters.
    Palette,
    /// The shortcut sheet.
    Sheet,
    /// Next pane.
    NextPane,
    /// Previous pane.
    PreviousPane,
}

/// Where an act can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// On every screen.
    Everywhere,
    /// On every screen, after G.
    AfterGo,
    /// On these screens; and in Antrean, where the act is about a kind of record, while one of that kind is open ([`Act::kinds`]).
    On(&'static [Place]),
}

/// A screen, and of which kind the record is that is open there: in Antrean, where several kinds wait beside each other, a key means
/// what it means on the screen of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Screen {
    pub(crate) place: Place,
    pub(crate) open: Option<Kind>,
}

impl From<Place> for Screen {
    fn from(place: Place) -> Self {
        Self { place, open: None }
    }
}

/// What the list says of an act.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spec {
    /// The act.
    pub(crate) act: Act,
    /// The key of its name.
    pub(crate) word: &'static str,
    /// Its glyph; empty where it has no button.
    pub(crate) glyph: &'static str,
    /// Its keys as long as nobody changes them; [`Spec::keys`] says which hold.
    keys: &'static [&'static str],
    /// Where.
    pub(crate) scope: Scope,
    /// The command it gives, if it gives one: who may never give it does not see it.
    pub(crate) command: Option<&'static str>,
}

const LISTS: Scope = Scope::On(&[
    Place::Inbox,
    Place::Orders,
    Place::Conversations,
    Place::Clients,
    Place::Outbox,
    Place::Notices,
    Place::Audit,
    Place::Staff,
]);
/// Where something is open beside the list.
const PEEKED: Scope =
    Scope::On(&[Place::Inbox, Place::Orders, Place::Conversations, Place::Clients, Place::Outbox, Place::Audit, Place::Staff]);
const MOVING: Scope = Scope::On(&[Place::Inbox, Place::Orders, Place::Conversations, Place::Clients, Place::Audit]);
const SEARCHED: Scope = Scope::On(&[Place::Inbox, Place::Orders, Place::Conversations, Place::Clients]);
const TALKS: Scope = Scope::On(&[Place::Orders, Place::Conversations]);
const SIFTED: Scope = Scope::On(&[Place::Inbox, Place::Orders, Place::Audit]);
const PRINTED: Scope =
    Scope::On(&[Place::Inbox, Place::Orders, Place::Conversations, Place::Clients, Place::Outbox, Place::Report, Place::Audit]);
const EXPORTED: Scope = Scope::On(&[Place::Inbox, Place::Orders, Place::Import, Place::Report, Place::Audit]);
const INBOX: Scope = Scope::On(&[Place::Inbox]);
const NOTED: Scope = Scope::On(&[Place::Inbox, Place::Orders, Place::Clients]);
const RECORDS: Scope = Scope::On(&[Place::Inbox, Place::Orders]);
const OF_CLIENTS: Scope = Scope::On(&[Place::Inbox, Place::Orders, Place::Conversations]);
const WRITTEN_TO: Scope = Scope::On(&[Place::Inbox, Place::Orders, Place::Conversations, Place::Clients]);
const CLIENTS: Scope = Scope::On(&[Place::Clients]);
const ORDERS: Scope = Scope::On(&[Place::Orders]);
const OUTBOX: Scope = Scope::On(&[Place::Outbox]);
const IMPORT: Scope = Scope::On(&[Place::Import]);
const STAFF: Scope = Scope::On(&[Place::Staff]);

const fn spec(act: Act, word: &'static str, glyph: &'static str, keys: &'static [&'static str], scope: Scope) -> Spec {
    Spec { act, word, glyph, keys, scope, command: None }
}
const fn view(n: u8, word: &'static str, keys: &'static [&'static str]) -> Spec {
    spec(Act::View(n), word, "bookmark", keys, Scope::AfterGo)
}
const fn gives(spec: Spec, command: &'static str) -> Spec {
    Spec { command: Some(command), ..spec }
}

/// Every act, in the order of the shortcut sheet.
pub(crate) const REGISTRY: &[Spec] = &[
    spec(Act::Next, "do-next", "down", &["J", "ArrowDown", "]"], LISTS),
    spec(Act::Previous, "do-previous", "up", &["K", "ArrowUp", "["], LISTS),
    spec(Act::First, "do-first", "", &["Home"], LISTS),
    spec(Act::Last, "do-last", "", &["End"], LISTS),
    spec(Act::PageDown, "do-page-down", "", &["PageDown"], LISTS),
    spec(Act::PageUp, "do-page-up", "", &["PageUp"], LISTS),
    spec(Act::Select, "do-select", "check", &["X"], RECORDS),
    spec(Act::ExtendDown, "do-extend-down", "", &["Shift+J", "Shift+ArrowDown"], RECORDS),
    spec(Act::ExtendUp, "do-extend-up", "", &["Shift+K", "Shift+ArrowUp"], RECORDS),
    spec(Act::SelectAll, "do-select-all", "", &["Ctrl+A"], RECORDS),
    spec(Act::Enter, "do-enter", "", &["Enter"], LISTS),
    spec(Act::Peek, "do-peek", "", &["Space"], PEEKED),
    spec(Act::Back, "do-back", "left", &["Escape"], LISTS),
    spec(Act::Search, "do-search", "search", &["/"], SEARCHED),
    spec(Act::Filter, "do-filter", "filter", &["F"], SIFTED),
    spec(Act::LetIn, "do-let-in", "", &["."], MOVING),
    spec(Act::SaveView, "do-save-view", "bookmark", &["Shift+F"], RECORDS),
    gives(spec(Act::Accept, "do-accept", "check", &["A"], INBOX), "consultation.accept"),
    gives(spec(Act::Reject, "do-reject", "x", &["D"], INBOX), "consultation.reject"),
    // Whoever may snooze a request may snooze an order: of a request its own page asks again.
    gives(spec(Act::Snooze, "do-snooze", "clock", &["H"], RECORDS), "order.snooze"),
    gives(spec(Act::Wake, "do-wake", "clock", &[], RECORDS), "order.wake"),
    gives(spec(Act::Claim, "do-claim", "hand", &["C"], RECORDS), "order.claim"),
    gives(spec(Act::Assign, "do-assign", "right", &["T"], INBOX), "item.assign"),
    gives(spec(Act::Cancel, "do-cancel", "st-cancel", &["L"], INBOX), "consultation.cancel"),
    // What the team alone reads has one key everywhere, and never that of what a client reads.
    gives(spec(Act::Note, "do-note", "file", &["I"], NOTED), "note.add"),
    gives(spec(Act::Reply, "do-reply", "chat", &["B"], TALKS), "message.send"),
    gives(spec(Act::QuickReply, "do-quick-reply", "bolt", &["Ctrl+/"], TALKS), "message.send"),
    gives(spec(Act::Attach, "do-attach", "clip", &["Ctrl+U"], TALKS), "message.send"),
    gives(spec(Act::EditClient, "do-client-edit", "person", &["E"], CLIENTS), "client.edit"),
    gives(spec(Act::MergeClient, "do-client-merge", "check", &["M"], CLIENTS), "client.merge"),
    // What the law gives clients is done seldom, and never by one stroke: it stands in the menu and in the palette.
    spec(Act::ExportClient, "do-client-export", "download", &[], CLIENTS),
    spec(Act::EraseClient, "do-client-erase", "trash", &[], CLIENTS),
    gives(spec(Act::OpenClient, "open-client", "person", &["O"], OF_CLIENTS), "client.edit"),
    gives(spec(Act::Whatsapp, "do-whatsapp", "wa", &["W"], WRITTEN_TO), "client.contact"),
    gives(spec(Act::Mail, "do-mail", "mail", &["Shift+W"], WRITTEN_TO), "client.contact"),
    spec(
        Act::Copy,
        "do-copy",
        "copy",
        &["Y"],
        Scope::On(&[Place::Inbox, Place::Orders, Place::Conversations, Place::Clients, Place::Outbox, Place::Audit]),
    ),
    gives(spec(Act::NewRequest, "do-new-request", "plus", &["N"], INBOX), "consultation.request"),
    gives(spec(Act::NewOrder, "do-new-order", "plus", &["N"], ORDERS), "order.create"),
    gives(spec(Act::OrderStatus, "do-order-status", "updown", &["S"], ORDERS), "order.set_status"),
    gives(spec(Act::OrderProduct, "do-order-product", "updown", &["P"], ORDERS), "order.set_product_status"),
    gives(spec(Act::OrderEdit, "do-order-edit", "design", &["E"], ORDERS), "order.edit"),
    gives(spec(Act::OrderAssign, "do-order-assign", "right", &["T"], ORDERS), "order.assign"),
    gives(spec(Act::OrderNote, "do-order-note", "bookmark", &["M"], ORDERS), "order.set_note"),
    // What is deleted is not deleted by one stroke: it stands in the menu and in the palette.
    gives(spec(Act::OrderDelete, "do-order-delete", "trash", &[], ORDERS), "order.delete"),
    gives(spec(Act::OrderRestore, "do-order-restore", "undo", &["R"], ORDERS), "order.restore"),
    gives(spec(Act::DesignUpload, "do-design-upload", "sy-send", &["U"], ORDERS), "design.upload"),
    gives(spec(Act::DesignSubmit, "do-design-submit", "outbox", &["A"], ORDERS), "design.submit"),
    spec(Act::Versions, "do-versions", "design", &["V"], ORDERS),
    gives(spec(Act::DesignCurrent, "do-design-current", "check", &[], ORDERS), "design.set_current"),
    spec(Act::DesignSave, "do-design-save", "download", &[], ORDERS),
    spec(Act::KeepFiles, "do-keep-files", "pin", &["Ctrl+S"], ORDERS),
    // As with an order that is deleted.
    gives(spec(Act::DesignPurge, "do-design-purge", "trash", &[], ORDERS), "design.purge"),
    gives(spec(Act::DesignPause, "do-design-pause", "pause", &[], ORDERS), "design.upload"),
    gives(spec(Act::DesignCancel, "do-design-cancel", "x", &[], ORDERS), "design.upload"),
    spec(Act::EditAgain, "do-edit-again", "undo", &["1"], OUTBOX),
    spec(Act::SendAgain, "do-send-again", "redo", &["2"], OUTBOX),
    spec(Act::Handled, "do-handled", "check", &["3"], OUTBOX),
    spec(Act::Discard, "do-discard", "trash", &["4"], OUTBOX),
    spec(Act::TakeBack, "do-take-back", "undo", &["U"], OUTBOX),
    spec(Act::Pause, "do-pause", "pause", &["P"], OUTBOX),
    spec(Act::CheckChain, "do-audit-check", "audit", &["C"], Scope::On(&[Place::Audit])),
    spec(Act::Table, "do-table", "", &["V"], Scope::On(&[Place::Report])),
    gives(spec(Act::ImportPick, "do-import-pick", "file", &["U"], IMPORT), "import.rows"),
    gives(spec(Act::ImportCheck, "do-import-check", "check", &["C"], IMPORT), "import.rows"),
    gives(spec(Act::ImportBegin, "do-import-begin", "import", &["Ctrl+Enter"], IMPORT), "import.rows"),
    gives(spec(Act::ImportTemplate, "do-import-template", "download", &[], IMPORT), "import.rows"),
    spec(Act::Export, "do-export", "download", &["Ctrl+E"], EXPORTED),
    spec(Act::Print, "do-print", "print", &["Ctrl+P"], PRINTED),
    gives(spec(Act::InviteUser, "do-staff-invite", "plus", &["N"], STAFF), "user.invite"),
    gives(spec(Act::EditUser, "do-staff-edit", "person", &["E"], STAFF), "user.edit"),
    gives(spec(Act::SendLink, "do-staff-link", "mail", &["M"], STAFF), "user.send_link"),
    gives(spec(Act::ResetFactor, "do-staff-factor", "lock", &["U"], STAFF), "account.reset_factor"),
    gives(spec(Act::UserStatus, "do-staff-status", "st-cancel", &["D"], STAFF), "user.set_status"),
    spec(Act::Palette, "do-palette", "search", &["Ctrl+K"], Scope::Everywhere),
    spec(Act::Undo, "do-undo", "undo", &["Ctrl+Z"], Scope::Everywhere),
    spec(Act::Redo, "do-redo", "redo", &["Ctrl+Shift+Z"], Scope::Everywhere),
    spec(Act::SyncNow, "do-sync", "refresh", &["Ctrl+R"], Scope::Everywhere),
    spec(Act::Lock, "do-lock", "lock", &["Ctrl+L"], Scope::Everywhere),
    spec(Act::Go, "do-go", "", &["G"], Scope::Everywhere),
    spec(Act::GoInbox, "place-inbox", "inbox", &["A", "Ctrl+1"], Scope::AfterGo),
    gives(spec(Act::GoOrders, "place-orders", "design", &["O", "Ctrl+2"], Scope::AfterGo), "order.set_status"),
    gives(spec(Act::GoConversations, "place-conversations", "chat", &["C", "Ctrl+3"], Scope::AfterGo), "message.send"),
    spec(Act::GoNotices, "place-notices", "bell", &["M", "Ctrl+4"], Scope::AfterGo),
    gives(spec(Act::GoClients, "place-clients", "person", &["K", "Ctrl+5"], Scope::AfterGo), "client.edit"),
    gives(spec(Act::GoImport, "place-import", "import", &["I"], Scope::AfterGo), "import.rows"),
    spec(Act::GoReport, "place-report", "chart", &["R", "Ctrl+6"], Scope::AfterGo),
    spec(Act::GoAudit, "place-audit", "audit", &["J", "Ctrl+7"], Scope::AfterGo),
    gives(spec(Act::GoStaff, "place-staff", "expert", &["S", "Ctrl+8"], Scope::AfterGo), "user.invite"),
    spec(Act::GoOutbox, "place-outbox", "outbox", &["Q", "Ctrl+9"], Scope::AfterGo),
    spec(Act::GoSettings, "place-settings", "gear", &["Ctrl+,", ","], Scope::AfterGo),
    view(1, "saved-view-1", &["1"]),
    view(2, "saved-view-2", &["2"]),
    view(3, "saved-view-3", &["3"]),
    view(4, "saved-view-4", &["4"]),
    view(5, "saved-view-5", &["5"]),
    view(6, "saved-view-6", &["6"]),
    view(7, "saved-view-7", &["7"]),
    view(8, "saved-view-8", &["8"]),
    view(9, "saved-view-9", &["9"]),
    spec(Act::ArrangeViews, "do-arrange-views", "bookmark", &["Shift+V"], Scope::Everywhere),
    spec(Act::Sheet, "do-sheet", "keyboard", &["?"], Scope::Everywhere),
    spec(Act::NextPane, "do-next-pane", "", &["F6"], Scope::Everywhere),
    spec(Act::PreviousPane, "do-previous-pane", "", &["Shift+F6"], Scope::Everywhere),
];

impl Act {
    /// What the list says of it.
    pub(crate) fn spec(self) -> Spec {
        // The test below finds an act without a line; until then it is one that nothing leads to.
        REGISTRY.iter().find(|spec| spec.act == self).copied().unwrap_or(REGISTRY[0])
    }
    /// Whether it only moves about, or leads to the acts themselves: nobody looks for it by its name.
    pub(crate) const fn is_move(self) -> bool {
        matches!(
            self,
            Self::Next
                | Self::Previous
                | Self::First
                | Self::Last
                | Self::PageDown
                | Self::PageUp
                | Self::ExtendDown
                | Self::ExtendUp
                | Self::Enter
                | Self::Peek
                | Self::Back
                | Self::NextPane
                | Self::PreviousPane
                | Self::Go
                | Self::Palette
        )
    }
    /// Whether it can be done to everything that is chosen at once.
    pub(crate) const fn is_for_many(self) -> bool {
        matches!(self, Self::Accept | Self::Reject | Self::Snooze | Self::OrderStatus | Self::OrderAssign | Self::Export)
    }
    /// The kinds of records it is about, where it is about some kinds only.
    pub(crate) const fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Accept | Self::Reject | Self::Assign | Self::Cancel => &[Kind::Consultation],
            Self::Snooze | Self::Wake | Self::Claim | Self::Note => &[Kind::Consultation, Kind::Order],
            Self::OrderStatus
            | Self::OrderProduct
            | Self::OrderEdit
            | Self::OrderAssign
            | Self::OrderNote
            | Self::OrderDelete
            | Self::OrderRestore
            | Self::DesignUpload
            | Self::DesignSubmit
            | Self::Versions
            | Self::DesignCurrent
            | Self::DesignSave
            | Self::KeepFiles
            | Self::DesignPurge
            | Self::DesignPause
            | Self::DesignCancel => &[Kind::Order],
            Self::Reply | Self::QuickReply | Self::Attach => &[Kind::Order, Kind::Conversation],
            Self::Whatsapp | Self::Mail | Self::OpenClient => &[Kind::Consultation, Kind::Order, Kind::Conversation],
            _ => &[],
        }
    }
    /// Whether it is about records of this kind among others.
    pub(crate) fn is_about(self, kind: Kind) -> bool {
        self.kinds().contains(&kind)
    }
    /// Whether it decides about a request: a key that is held down does not repeat it, and the next row is not decided by the
    /// same stroke (ui.md, section 7).
    pub(crate) const fn is_verdict(self) -> bool {
        matches!(
            self,
            Self::Accept
                | Self::Reject
                | Self::Snooze
                | Self::Cancel
                | Self::Claim
                | Self::Discard
                | Self::Handled
                | Self::SendAgain
                | Self::UserStatus
                | Self::SendLink
                | Self::ResetFactor
                | Self::OrderRestore
                | Self::DesignUpload
                | Self::DesignSubmit
                | Self::ImportBegin
        )
    }
}

impl Spec {
    /// The key of its name for this person.
    pub(crate) fn word_for(&self, shell: Shell) -> &'static str {
        if self.act == Act::GoAudit { shell.place_word(Place::Audit) } else { self.word }
    }
    /// Its name for this person: a saved view has the one that they gave it.
    pub(crate) fn name_for(&self, shell: Shell, words: &Words) -> String {
        match self.act {
            Act::View(n) => shell.view(n).map_or_else(|| words.text(self.word), |view| isolate(&view.name)),
            _ => words.text(self.word_for(shell)),
        }
    }
    /// Whether the screen has it.
    pub(crate) fn is_on(&self, screen: impl Into<Screen>) -> bool {
        let Screen { place, open } = screen.into();
        match self.scope {
            Scope::Everywhere | Scope::AfterGo => true,
            Scope::On(_) if place == Place::Inbox && !self.act.kinds().is_empty() => self.act.is_about(open.unwrap_or(Kind::Consultation)),
            Scope::On(places) => places.contains(&place),
        }
    }
    /// Whether the person's roles may ever do it.
    pub(crate) fn is_for(&self, shell: Shell) -> bool {
        let enters = self.act != Act::NewRequest || shell.is_any(&[Role::Admin, Role::Cs]);
        let is_there = match self.act {
            Act::View(n) => shell.view(n).is_some(),
            Act::ExportClient | Act::EraseClient => shell.is_any(KEEPERS),
            _ => true,
        };
        enters && is_there && self.command.is_none_or(|command| shell.may(command))
    }
}

/// The act of a key as the person has them, for the screen that is open; `after_go` when the key before it was G.
pub(crate) fn act_of(press: &Press, screen: impl Into<Screen>, after_go: bool, letters: &Letters) -> Option<Act> {
    let screen = screen.into();
    if press.composing {
        return None;
    }
    let fits = |spec: &&Spec| {
        spec.is_on(screen)
            && spec.keys(letters).into_iter().any(|key| {
                let chord = Chord::parse(key);
                // Letters after G are for going; chords with Control go from anywhere.
                let in_turn = if spec.scope == Scope::AfterGo { after_go != chord.ctrl } else { !after_go || chord.ctrl };
                in_turn && chord.is(press) && is_heard(spec.act, &chord, press)
            })
    };
    let act = REGISTRY.iter().find(fits)?.act;
    (!(press.repeat && act.is_verdict())).then_some(act)
}

/// Whether a key is ours where the focus is: letters only in lists and details (WCAG 2.1.4), nothing of a field's own.
fn is_heard(act: Act, chord: &Chord, press: &Press) -> bool {
    match press.at {
        // Anywhere else this key chooses text.
        at if act == Act::SelectAll => at == At::List,
        // Whoever gets up and leaves does not tidy up first.
        At::Dialog => act == Act::Lock,
        At::Field => (chord.ctrl && !matches!(act, Act::Undo | Act::Redo)) || chord.is_function(),
        At::Control => chord.ctrl || chord.is_function(),
        At::Detail => chord.ctrl || chord.is_function() || chord.is_character() || act == Act::Back,
        At::List => true,
    }
}
