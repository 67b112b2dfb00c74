//! Every screen in every state that it can be in, at both sizes and in both clothes. Each is judged by the accessibility rules, must
//! not reach beyond its window, and is kept as a picture for looking at beside the design where that is asked for (`MEJA_PICTURES=1`).

use e2e::{browser::Chrome, webdriver::Answer};
use serde_json::Value;

use crate::dress::{Dress, EVERY, HARDER};

/// One state of one screen.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    /// Its name, and its picture's.
    name: &'static str,
    /// The situation in which the window opens.
    situation: &'static str,
    /// The keys that lead to it from there; `~` and a selector waits until that is there, `^` and a selector clicks it.
    keys: &'static [&'static str],
    /// What is there once it is reached.
    there: &'static str,
    /// Whether it passes by itself: then it is reached anew for every size and dress.
    passes: bool,
}

pub(crate) const fn look(name: &'static str, situation: &'static str, keys: &'static [&'static str], there: &'static str) -> Look {
    Look { name, situation, keys, there, passes: false }
}

/// The same of a state that passes.
pub(crate) const fn passing(name: &'static str, situation: &'static str, keys: &'static [&'static str], there: &'static str) -> Look {
    Look { passes: true, ..look(name, situation, keys, there) }
}

/// Where nobody is at work.
const GATE: &[Look] = &[
    look("gate-first-start", "session=fresh", &[], "#server"),
    look("gate-server-wrong", "session=fresh", &["h", "o", "t", "e", "l", "Enter"], ".err"),
    look("gate-login", "session=login", &[], "#password"),
    look("gate-login-wrong", "session=login", &["s", "a", "l", "a", "h", "Enter"], ".note, .err"),
    look("gate-code", "session=login&factor=on", CODE_ASKED, "#login-code:focus"),
    look("gate-code-wrong", "session=login&factor=on", CODE_WRONG, "#login-wrong"),
    look("gate-unsent", "session=unsent", &[], ".note"),
    look("gate-revoked", "session=revoked", &[], ".note"),
    look("gate-passphrase-choose", "session=choose", &[], "form"),
    look("gate-passphrase", "session=passphrase", &[], "form"),
    look("gate-afresh", "session=passphrase", &["Tab", "Tab", "Tab", "Enter"], "dialog[open]"),
    look("gate-locked", "session=locked", &[], ".lock"),
    look("gate-locked-wrong", "session=locked", &["s", "a", "l", "a", "h", "Enter"], ".err, .note"),
];
const CODE_ASKED: &[&str] = &["r", "Enter", "~#login-code:focus"];
const CODE_WRONG: &[&str] = &["r", "Enter", "~#login-code:focus", "1", "Enter"];
/// Antrean.
const INBOX: &[Look] = &[
    look("inbox", "", &["j", "j"], ".facts"),
    look("inbox-many", "rows=5000", &["j", "End"], ".facts"),
    look("inbox-chosen", "", &["j", "j", "x", "Shift+j", "Shift+j"], "#batch"),
    look("inbox-outcome", "", &["j", "Ctrl+a", "~#batch", "a"], "#outcome"),
    passing("inbox-undo", "", &["j", "a"], "#undo-bar.toast"),
    look("inbox-offline", "line=offline", &["j", "j", "a"], ".badge.is-ours"),
    look("inbox-offline-empty", "line=offline&data=empty", &[], ".empty"),
    look("inbox-empty", "data=empty", &[], ".empty"),
    look("inbox-loading", "trouble=loading", &[], ".row-coming, .sk"),
    look("inbox-error", "trouble=error", &[], ".empty"),
    look("inbox-hostile", "data=hostile", &["j", "j", "j", "j"], ".facts"),
    look("inbox-cs", "role=cs", &["j"], ".facts"),
    look("inbox-behind", "line=behind", &[], ".row"),
    look("inbox-stuck", "line=offline&stuck=tls", &[], ".row"),
    look("inbox-recovered", "found=part", &["j"], "#recovered"),
    look("inbox-paused", "line=paused", &[], ".row"),
    look("inbox-search", "", &["/", "z", "z"], ".empty"),
    look("inbox-views", "", &["f"], "[role=menu]"),
    look("inbox-note", "", &["j", "i"], "textarea:focus"),
    look("inbox-refused", "line=offline&outbox=mixed", &["j"], ".mark"),
];
/// What lies above Antrean.
const DIALOGS: &[Look] = &[
    look("dialog-reject", "", &["j", "j", "d"], "dialog[open]"),
    look(
        "dialog-cancel",
        "",
        &[
            "f",
            "~[role=menu]",
            "ArrowDown",
            "ArrowDown",
            "ArrowDown",
            "ArrowDown",
            "ArrowDown",
            "ArrowDown",
            "ArrowDown",
            "Enter",
            "~.row .tone-daun",
            "l",
        ],
        "dialog[open]",
    ),
    look("dialog-snooze", "", &["j", "j", "h"], "dialog[open]"),
    look("dialog-reject-many", "", &["j", "Ctrl+a", "~#batch", "d"], "dialog[open]"),
    look("dialog-snooze-many", "", &["j", "j", "x", "Shift+j", "~#batch", "h"], "dialog[open]"),
    look("dialog-assign", "", &["j", "j", "t"], "dialog[open]"),
    look("dialog-new-request", "", &["n"], "dialog[open]"),
    look("dialog-new-client", "", &["n", "B", "u", "d", "i", "ArrowDown", "Enter"], "dialog[open]"),
    look("dialog-sheet", "", &["?"], "dialog[open]"),
    look("dialog-sheet-letter", "", &["?", "Tab", "Enter", "~#sheet-key-search-letter", "a"], ".err"),
    look("palette", "", &["j", "j", "~.act-why-i", "Ctrl+k"], ".pal-o"),
    look("palette-typed", "", &["j", "j", "~.act-why-i", "Ctrl+k", "t", "e", "r"], "[role=group]:nth-child(3)"),
    look("palette-none", "", &["Ctrl+k", "q", "q", "q"], ".pal-none:not(:has(.skeleton))"),
    look("palette-error", "trouble=error", &["Ctrl+k", "a"], ".pal-s"),
    look("dialog-link", "link=not-here", &[], "#bad-link[open]"),
    passing("dialog-go", "", &["g"], ".go"),
];
/// Saved views.
const VIEWS: &[Look] = &[
    look("inbox-saved-views", "views=20", &["j", "~.side-views .nav"], ".facts"),
    look("dialog-save-view", "views=2", &["j", "~.side-views .nav", "Shift+f"], "dialog[open]"),
    look("dialog-arrange-views", "views=12", &["j", "~.side-views .nav", "Shift+v"], "dialog[open]"),
    look("dialog-arrange-views-none", "", &["j", "Shift+v"], "dialog[open] .empty"),
];
/// The way to the tab Sinkronisasi.
const SYNC: &[&str] = &["Ctrl+9", "~#tab-sync", "^#tab-sync"];
/// The other screens.
const REST: &[Look] = &[
    look("outbox", "outbox=mixed", &["Ctrl+9"], ".row"),
    look("outbox-conflict", "outbox=mixed", &["Ctrl+9", "j"], ".row"),
    look("outbox-third", "outbox=mixed", &["Ctrl+9", "j", "j"], ".row"),
    look("outbox-again", "outbox=mixed", &["Ctrl+9", "1"], "dialog[open]"),
    look("outbox-discard", "outbox=mixed", &["Ctrl+9", "4"], "dialog[open]"),
    look("outbox-empty", "", &["Ctrl+9"], ".empty"),
    look("outbox-offline", "outbox=mixed&line=offline", &["Ctrl+9"], ".row"),
    look("outbox-loading", "trouble=loading", &["Ctrl+9"], ".sk"),
    look("outbox-error", "trouble=error", &["Ctrl+9"], ".empty"),
    look("sync", "", SYNC, "#sync-kinds"),
    look("sync-mixed", "outbox=mixed", SYNC, "#sync-kinds"),
    look("sync-offline", "line=offline&stuck=tls", SYNC, "#sync-kinds"),
    look("sync-behind", "line=behind", SYNC, "#sync-kinds"),
    look("sync-loading", "trouble=loading", SYNC, "#outbox-panel .sk"),
    look("sync-error", "trouble=error", SYNC, "#outbox-panel .empty"),
    look("notices", "", &["Ctrl+4"], ".row"),
    look("notices-empty", "data=empty", &["Ctrl+4"], ".empty"),
    look("notices-error", "trouble=error", &["Ctrl+4"], ".empty"),
];
/// From the start to something in Perangkat & kunci.
macro_rules! devices {
    ($($key:literal),*) => { &["Ctrl+,", FIRST, "ArrowDown", "ArrowDown", $($key),*] };
}
/// To something that stands behind the password of the second factor.
macro_rules! scan {
    ($($key:literal),*) => { devices!["~#factor-begin", "^#factor-begin", "~#factor-password:focus", "r", "Enter" $(, $key)*] };
}
/// To what lies above Balasan cepat.
macro_rules! replies {
    ($($key:literal),*) => { &["Ctrl+,", FIRST, "End", "ArrowUp", "ArrowUp", "ArrowUp", "~.replies", $($key),*] };
}
/// Pengaturan: each section, reached by arrows from the first one.
const SETTINGS: &[Look] = &[
    look("settings", "", &["Ctrl+,"], "#set-try"),
    look("settings-quiet", "quiet=now", SECTIONS[1], ".set-days"),
    look("settings-guard", "", SECTIONS[2], "#set-lock-after"),
    look("settings-devices", "", SECTIONS[2], "#set-password"),
    look("settings-devices-offline", "line=offline", SECTIONS[2], ".set-devices .note"),
    look("settings-device-end", "", devices!["~.set-devices .devices button", "^.set-devices .devices button"], "dialog[open]"),
    look("settings-factor", "", devices!["~#factor-begin", "^#factor-begin"], "#factor-password:focus"),
    look("settings-factor-scan", "", scan![], "#factor-code:focus"),
    look("settings-factor-wrong", "", scan!["~#factor-code:focus", "1", "Enter"], "#factor-code-hint.err"),
    look("settings-factor-codes", "", scan!["~#factor-code:focus", "2", "8", "7", "0", "8", "2", "Enter"], ".factor-codes"),
    look("settings-factor-on", "factor=on", SECTIONS[2], "#factor-renew"),
    look("settings-factor-off", "factor=on", devices!["~#factor-off", "^#factor-off"], "#factor-password:focus"),
    look("settings-tongue", "", SECTIONS[3], "#set-zone"),
    look("settings-looks", "density=compact", SECTIONS[4], "#set-density"),
    look("settings-keys", "", SECTIONS[5], ".set-keys"),
    look("settings-no-letters", "letters=off", SECTIONS[5], "#set-letters"),
    look("settings-replies", "", SECTIONS[6], ".replies"),
    look("settings-replies-empty", "data=empty", SECTIONS[6], ".set .empty"),
    look("settings-replies-loading", "trouble=loading", SECTIONS[6], ".set .sk"),
    look("settings-replies-error", "trouble=error", SECTIONS[6], ".set .empty"),
    look(
        "settings-reply-new",
        "",
        replies!["^#set-reply-new", "~dialog[open]", "H", "a", "l", "o", "Tab", "{", "x", "}"],
        "dialog[open] .err",
    ),
    look("settings-reply-edit", "", replies!["^[id^=reply-edit]"], "dialog[open] .quote"),
    look("settings-reply-drop", "", replies!["^[id^=reply-drop]"], "dialog[open]"),
    look("settings-organisation", "", &["Ctrl+,", FIRST, "End", "ArrowUp", "ArrowUp"], "#set-uploaders"),
    look("settings-organisation-loading", "trouble=loading", &["Ctrl+,", FIRST, "End", "ArrowUp", "ArrowUp"], ".set .sk"),
    look("settings-organisation-error", "trouble=error", &["Ctrl+,", FIRST, "End", "ArrowUp", "ArrowUp"], ".set .empty"),
    look("settings-data", "", SECTIONS[7], "#local-files"),
    look("settings-kept", "kept=some&line=offline", SECTIONS[7], "#kept-orders"),
    look("settings-data-loading", "trouble=loading", SECTIONS[7], ".set .sk"),
    look("settings-data-error", "trouble=error", SECTIONS[7], ".set .empty"),
    look("settings-about", "", SECTIONS[8], "#set-licences"),
];
const FIRST: &str = "~.setnav a:focus";
/// The keys to each section.
const SECTIONS: [&[&str]; 9] = [
    &["Ctrl+,"],
    &["Ctrl+,", FIRST, "ArrowDown"],
    &["Ctrl+,", FIRST, "ArrowDown", "ArrowDown"],
    &["Ctrl+,", FIRST, "End", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp"],
    &["Ctrl+,", FIRST, "End", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp"],
    &["Ctrl+,", FIRST, "End", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp"],
    &["Ctrl+,", FIRST, "End", "ArrowUp", "ArrowUp", "ArrowUp"],
    &["Ctrl+,", FIRST, "End", "ArrowUp"],
    &["Ctrl+,", FIRST, "End"],
];
/// Jejak audit and Laporan.
const RECORDS: &[Look] = &[
    look("audit", "", &["Ctrl+7"], "#audit-detail table"),
    look("audit-filter", "", &["Ctrl+7", "~#audit-list-0:focus", "f"], "dialog[open] #audit-actor"),
    look("audit-broken", "audit=broken", &["Ctrl+7"], "#audit-broken"),
    look("audit-own", "role=expert", &["Ctrl+7"], ".row, .empty"),
    look("audit-offline", "line=offline", &["Ctrl+7"], ".empty"),
    look("audit-refused", "audit=refused", &["Ctrl+7"], ".empty"),
    look("audit-loading", "trouble=loading", &["Ctrl+7"], ".sk"),
    look("audit-error", "trouble=error", &["Ctrl+7"], ".empty"),
    look("staff", "", &["Ctrl+8", "~#staff-list-0:focus", "j"], "#staff-detail .devices"),
    look("staff-invited", "", &["Ctrl+8", "~#staff-list-0:focus", "End", "k"], "#staff-detail .devices"),
    look("staff-own", "", &["Ctrl+8", "~#staff-list-0:focus", "j"], "#staff-detail .facts"),
    look("staff-invite", "", &["Ctrl+8", "~#staff-list-0:focus", "n"], "dialog[open]"),
    look("staff-edit", "", &["Ctrl+8", "~#staff-list-0:focus", "e"], "dialog[open]"),
    look("staff-factor", "", &["Ctrl+8", "~#staff-list-0:focus", "u"], "dialog[open]"),
    look("staff-close", "", &["Ctrl+8", "~#staff-list-0:focus", "d"], "dialog[open]"),
    look("staff-offline", "line=offline", &["Ctrl+8", "~#staff-list-0:focus"], "#staff-detail .note"),
    look("staff-loading", "trouble=loading", &["Ctrl+8"], ".sk"),
    look("staff-error", "trouble=error", &["Ctrl+8"], ".empty"),
    look("report", "", &["Ctrl+6"], "#chart-line"),
    look("report-partial", "complete=0", &["Ctrl+6"], "#chart-line"),
    look("report-empty", "data=empty", &["Ctrl+6"], ".empty"),
    look("report-loading", "trouble=loading", &["Ctrl+6"], ".sk"),
    look("report-error", "trouble=error", &["Ctrl+6"], ".empty"),
];

/// The way to Pesanan desain, to the second row and what is open there, `in` it with the focus: whatever opens before that closes again.
macro_rules! orders {
    (in $($key:literal),*) => { &["Ctrl+2", "~#orders-list-0:focus", "j", "Enter", "~#pane-detail:focus-within", "~.act-why-i" $(, $key)*] };
    ($($key:literal),*) => { &["Ctrl+2", "~#orders-list-0:focus", "j", "~#detail-name ~ .push", "~.act-why-i" $(, $key)*] };
}
/// Pesanan desain, and what lies above it.
const ORDERS: &[Look] = &[
    look("orders", "", orders![], ".facts"),
    look("orders-trail", "", orders!["^#order-tab-trail"], ".tl-i"),
    look("orders-status", "", orders!["s"], "#order-steps"),
    look("orders-status-cs", "role=cs", orders!["s"], "#order-steps"),
    look("orders-product", "", orders!["p"], "#order-steps"),
    look("orders-more", "", orders!["^#order-more"], "#order-menu"),
    passing("orders-undo", "", orders!["s", "ArrowDown", "ArrowDown", "Enter"], "#undo-bar.toast"),
    look("orders-provisional", "line=offline&order=entered", &["Ctrl+2", "~#orders-list-0:focus"], ".facts"),
    look("orders-offline", "line=offline&hold=0", orders!["s", "ArrowDown", "ArrowDown", "Enter", "~.row .mark"], ".step.is-ours"),
    look("orders-cancelled", "", &["Ctrl+2", "~#orders-list-0:focus", "End", "k", "k"], ".facts"),
    look("orders-deleted", "", DELETED, "#order-deleted"),
    look("orders-search", "", &["Ctrl+2", "~#orders-list-0:focus", "/", "z", "z"], ".empty"),
    look("orders-empty", "data=empty", &["Ctrl+2"], "#pane-list .empty"),
    look("orders-loading", "trouble=loading", &["Ctrl+2"], "#pane-list .sk"),
    look("orders-error", "trouble=error", &["Ctrl+2"], "#pane-list .empty"),
    look("orders-filter", "", orders!["f"], "dialog[open]"),
    look("orders-new", "", orders!["n"], "dialog[open]"),
    look("orders-new-client", "", orders!["n", "B", "u", "d", "i", "ArrowDown", "Enter"], "#client-name"),
    look("orders-edit", "", orders!["e"], "dialog[open]"),
    look("orders-note", "", orders!["m"], "dialog[open]"),
    look("orders-assign", "", orders!["t"], "dialog[open] .opt"),
    look("orders-claimed", "hold=0", orders!["c"], ".row .av-lease"),
    look("orders-snooze", "", orders!["h"], "dialog[open]"),
    look("orders-print", "", orders!["Ctrl+p"], "dialog[open] .opts"),
    look("orders-reason", "", orders!["s", "End", "Enter", "~dialog[open]", "1"], "dialog[open]"),
    look("orders-palette", "", orders!["Ctrl+k", "k", "o", "p", "i"], ".pal-o mark"),
];
const DELETED: &[&str] =
    &["Ctrl+2", "~#orders-list-0:focus", "f", "~dialog[open]", "Tab", "Tab", "Tab", " ", "Ctrl+Enter", "~#order-deleted"];

/// The way to somebody who was entered twice.
macro_rules! twice {
    ($($key:literal),*) => { &["g", "k", "~#clients-list-0:focus", "/", "L", "a", "r", "a", "s", "~#client-tale .tl-i", "Enter", "~#clients-list-0:focus" $(, $key)*] };
}

/// The way to Klien, to a client with a request, notes and a number.
macro_rules! clients {
    ($($key:literal),*) => { &["g", "k", "~#clients-list-0:focus", "/", "R", "a", "n", "i", "~#client-tale .tl-i", "Enter", "~#clients-list-0:focus" $(, $key)*] };
}
/// Klien, and the one that is open.
const CLIENTS: &[Look] = &[
    look("clients", "", clients![], "#client-tale .badge"),
    look("clients-last", "", &["g", "k", "~#clients-list-0:focus", "^#clients-tab-last"], "#client-tale"),
    look("clients-cs", "role=cs", clients![], "#client-tale"),
    look("clients-edit", "", clients!["e"], "dialog[open]"),
    look("clients-alike", "", twice![], "#clients-detail .note"),
    look("clients-merge", "", twice!["m"], "dialog[open] .merge td"),
    look("clients-merged", "", twice!["m", "~#client-merge-told", "Ctrl+Enter", "~#undo-bar.toast"], "#clients-detail .facts"),
    look("clients-note", "", clients!["i", "~#note-text:focus", "H", "a", "l", "o"], "#note-text"),
    look("clients-search", "", &["g", "k", "~#clients-list-0:focus", "/", "z", "z", "z"], "#pane-list .empty"),
    look("clients-empty", "data=empty", &["g", "k"], "#pane-list .empty"),
    look("clients-loading", "trouble=loading", &["g", "k"], "#pane-list .sk"),
    look("clients-error", "trouble=error", &["g", "k"], "#pane-list .empty"),
    look("clients-hostile", "data=hostile", &["g", "k", "~#clients-list-0:focus", "End"], "#client-tale"),
    look("clients-offline", "line=offline", clients![], "#client-tale"),
];

/// The way to Impor, and to its file.
macro_rules! import {
    ($($key:literal),*) => { &["g", "i", "~#import-past", "u", "~#import-columns:focus" $(, $key)*] };
}
/// Impor: nothing at hand, a file, its rows tried, one on its way, and what came of others.
const IMPORTS: &[Look] = &[
    look("imports", "", &["g", "i"], "#import-past ~ .empty"),
    look("imports-past", "imports=past", &["g", "i", "~.imp-left summary", "^.imp-left summary"], ".imp-left[open]"),
    look("imports-past-cs", "imports=past&role=cs", &["g", "i"], ".imp-i"),
    look("imports-loading", "trouble=loading", &["g", "i"], ".imp-past .sk"),
    look("imports-error", "trouble=error", &["g", "i"], ".imp-past .empty"),
    look("imports-refused", "pick=surat.xlsx", &["g", "i", "~#import-past", "u"], "#import-refused"),
    look("imports-trouble", "trouble=error", &["g", "i", "~#import-past", "u"], "#import-trouble"),
    look("imports-over", "drops=held", &["g", "i"], "#drop-over"),
    look("imports-columns", "", import![], ".imp-cols"),
    look("imports-missing", "pick=asing.csv", import![], "#import-missing"),
    look("imports-result", "", import!["c", "~#import-result:focus"], ".imp-stats"),
    look("imports-twins", "", import!["c", "~#import-result:focus", "^#import-tab-twins"], "#import-twins"),
    look("imports-good", "pick=rapi.csv", import!["c", "~#import-result:focus"], "#import-all-good"),
    look("imports-none-good", "pick=gagal.csv&complete=0", import!["c", "~#import-result:focus"], "#import-incomplete"),
    look("imports-offline", "line=offline&pick=rapi.csv", import!["c", "~#import-result:focus"], "#import-offline"),
    look("imports-waits", "line=offline", import!["c", "~#import-result:focus", "Ctrl+Enter"], ".imp-i progress"),
    look("imports-done", "", import!["c", "~#import-result:focus", "Ctrl+Enter", "~.imp-i .tone-daun"], "#import-left-out"),
    look(
        "imports-stop",
        "line=offline",
        import!["c", "~#import-result:focus", "Ctrl+Enter", "~[id^=import-stop]", "^[id^=import-stop]"],
        "dialog[open]",
    ),
    look("imports-undo", "imports=past", &["g", "i", "~[id^=import-undo-]", "^[id^=import-undo-]"], "dialog[open]"),
    look("imports-hostile", "data=hostile", import!["c", "~#import-result:focus"], ".imp-stats"),
];

/// The way to Obrolan, to the second row and what is open there: Putri Handayani.
macro_rules! talk {
    ($($key:literal),*) => { &["Ctrl+3", "~#conversations-list-0:focus", "j", "~#talk-unread" $(, $key)*] };
}
/// Obrolan, and the conversation in Pesanan desain.
const TALKS: &[Look] = &[
    look("talk", "", talk![], ".msg-own"),
    look("talk-zone", "", talk!["j", "j", "~.msg-read"], ".msg-read"),
    look(
        "talk-unread",
        "",
        &["Ctrl+3", "~#conversations-list-0:focus", "^#conversations-tab-waiting", "~[role=option]:nth-child(3)"],
        ".msg",
    ),
    look("talk-typed", "", talk!["b", "~#talk-text:focus", "H", "a", "l", "o", "Shift+Enter", "Shift+Enter", "s"], "#talk-send"),
    look("talk-pick", "", talk!["b", "~#talk-text:focus", "/", "~.pick-p", "t"], ".pick-p"),
    look("talk-picked", "", talk!["b", "~#talk-text:focus", "/", "~.pick-p", "t", "a", "n", "y", "a", "Enter"], "#talk-text-hint"),
    look("talk-pick-none", "", talk!["b", "~#talk-text:focus", "/", "~.pick-p", "z", "q"], ".pick-none"),
    look("talk-offline", "line=offline", talk!["b", "~#talk-text:focus", "H", "a", "l", "o", "Enter"], ".msg-b.is-ours"),
    look("talk-stranded", "message=stranded", talk![], ".is-stranded"),
    look("talk-long", "", &["Ctrl+3", "~#conversations-list-0:focus", "End", "~.log-older"], ".msg-read"),
    look("talk-search", "", talk!["/", "z", "z", "z"], "#pane-list .empty"),
    look("talk-cs", "role=cs", talk![], ".msg-own"),
    look("talk-empty", "data=empty", &["Ctrl+3"], "#pane-list .empty"),
    look("talk-none-unread", "data=empty", &["Ctrl+3", "~#pane-list .empty", "^#conversations-tab-unread"], "#pane-list .empty"),
    look("talk-loading", "trouble=loading", &["Ctrl+3"], "#pane-list .sk"),
    look("talk-error", "trouble=error", &["Ctrl+3"], "#pane-list .empty"),
    look("talk-hostile", "data=hostile", &["Ctrl+3", "~#conversations-list-0:focus"], ".msg-b"),
    look("orders-talk", "", orders!["j", "~#detail-name", "b"], "#talk-text:focus"),
    look("orders-talk-refused", "", orders!["b"], "#talk-why"),
    look("talk-palette", "", talk!["Ctrl+k", "b", "a", "l"], ".pal-o mark"),
];

/// The versions of an order. From the first row: Toko Batik Larasati has none.
const DESIGNS: &[Look] = &[
    look("designs", "upload=sending&pick=kopi-senja.psd", orders!["v", "~.canvas-i", "u", "~.ver-not"], ".thumb img"),
    look("designs-empty", "", &["Ctrl+2", "~#orders-list-0:focus", "v"], "#orders-detail .empty"),
    look("designs-paused", "upload=paused", orders!["v", "~.canvas-i"], "progress"),
    look("designs-refused", "upload=refused", orders!["v", "~.canvas-i"], ".ver .err"),
    look("designs-offline", "upload=sending&line=offline", orders!["v", "~#versions", "End", "^#version-1"], ".file"),
    look("designs-kept", "kept=some&line=offline", orders!["v", "~.canvas-i"], ".ver-k"),
    look("designs-keeping", "speed=60000", orders!["v", "~.canvas-i", "Ctrl+s"], "#kept-files progress"),
    look("designs-keep-full", "kept=full", orders!["v", "~.canvas-i", "Ctrl+s"], "#kept-files .note"),
    look("designs-zoomed-in", "", orders!["v", "~.canvas-i", "^.canvas-b .btn:last-child"], ".canvas-z"),
    look("designs-side", "", orders!["v", "~.canvas-i", "^#design-mode-side"], ".canvas-f:nth-child(2) .canvas-i"),
    look("designs-swipe", "", orders!["v", "~.canvas-i", "^#design-mode-swipe"], ".canvas-y:nth-child(2) .canvas-i"),
    look("designs-overlay", "", orders!["v", "~.canvas-i", "^#design-mode-overlay"], ".swipe-o"),
    look("designs-zip", "", orders!["j", "j", "j", "j", "~.act-why-i", "v"], ".zip-i"),
    look("designs-approved", "role=cs", orders!["j", "j", "j", "j", "j", "j", "~.act-why-i", "v"], ".canvas-i"),
    look("designs-saved", "", orders!["v", "~.canvas-i", "^#do-design-save"], "#design-saved.tone-daun"),
    look("designs-over", "drops=held", orders!["v"], "#drop-over"),
    look("designs-nowhere", "drops=100", &[], "#drop-nowhere"),
    look("designs-loading", "versions=loading", orders!["v"], "#orders-detail .sk"),
    look("designs-error", "versions=error", orders!["v"], "#orders-detail .empty"),
    look(
        "designs-hostile",
        "data=hostile",
        &["Ctrl+2", "~#orders-list-0:focus", "j", "j", "j", "j", "~.act-why-i", "v"],
        ".canvas-i, .file",
    ),
];

/// One screen of each kind.
const KINDS: &[Look] = &[
    look("gate-login", "session=login", &[], "#password"),
    look("gate-locked", "session=locked", &[], ".lock"),
    passing("inbox", "", &["j", "j", "a"], "#undo-bar.toast"),
    look("inbox-detail", "", &["j", "j", "Enter"], ".facts"),
    look("inbox-chosen", "", &["j", "j", "x", "Shift+j", "Shift+j"], "#batch"),
    look("inbox-offline", "line=offline", &["j"], ".note"),
    look("dialog-reject", "", &["j", "d", "~dialog[open]", "1"], ".msg-prev"),
    look("dialog-snooze", "", &["j", "h"], "dialog[open]"),
    look("dialog-new-client", "", &["n", "B", "u", "d", "i", "ArrowDown", "Enter"], "dialog[open]"),
    look("outbox", "outbox=mixed", &["Ctrl+9", "~.row", "Enter"], ".diff"),
    look("settings", "", &["Ctrl+,"], ".setnav"),
    look("inbox-compact", "density=compact", &["j", "j"], ".row"),
    look("audit", "", &["Ctrl+7"], ".row"),
    look("staff", "", &["Ctrl+8", "~#staff-list-0:focus"], "#staff-detail, #staff-list"),
    look("imports", "imports=past", import!["c", "~#import-result:focus"], ".imp-stats"),
    look("imports-kind-past", "imports=past", &["g", "i", "~.imp-left summary", "^.imp-left summary"], ".imp-left[open]"),
    look("talk-kind", "", &["Ctrl+3", "~#conversations-list-0:focus", "j"], ".row"),
    look("talk-kind-detail", "", &["Ctrl+3", "~#conversations-list-0:focus", "j", "Enter", "~#talk-log:focus"], "#talk-unread"),
    look("talk-kind-pick", "", &["Ctrl+3", "~#conversations-list-0:focus", "j", "b", "~#talk-text:focus", "/"], ".pick-p"),
    look("orders-kind-talk", "", &["Ctrl+2", "~#orders-list-0:focus", "j", "j", "b"], "#talk-text:focus"),
    look("orders-kind", "", &["Ctrl+2", "~#orders-list-0:focus", "j"], ".row"),
    look("orders-kind-detail", "", orders![in], ".facts"),
    look("orders-kind-design", "upload=sending", orders![in "v"], ".canvas-i"),
    look("orders-kind-status", "", orders![in "s"], "#order-steps"),
    look("orders-kind-new", "", &["Ctrl+2", "~#orders-list-0:focus", "n"], "dialog[open]"),
    look("report", "", &["Ctrl+6"], "#chart-line"),
    look("palette", "", &["j", "j", "Ctrl+k", "t", "e", "r"], ".pal-o mark"),
];

/// The longest name of all: Hj. Nur'aini Al-Farizi Kusumaningrum, S.Psi., M.Si.
const LONG_NAME: &[Look] = &[
    look("name-detail", "", &["j", "j", "j", "j", "j", "j", "j", "j", "~.facts"], ".facts"),
    look("name-reject", "", &["j", "j", "j", "j", "j", "j", "j", "j", "~.act-why-i", "d"], "dialog[open]"),
    look("name-snooze", "", &["j", "j", "j", "j", "j", "j", "j", "j", "~.act-why-i", "h"], "dialog[open]"),
    look("name-assign", "", &["j", "j", "j", "j", "j", "j", "j", "j", "~.act-why-i", "t"], "dialog[open]"),
    passing("name-undo", "", &["j", "j", "j", "j", "j", "j", "j", "j", "~.act-why-i", "a"], "#undo-bar.toast"),
    look("name-outbox", "", &["j", "j", "j", "j", "j", "j", "j", "j", "~.act-why-i", "a", "Ctrl+9", "~.row", "j"], ".row"),
    look("name-palette", "", &["Ctrl+k", "n", "u", "r", "a", "i", "n", "i"], ".pal-o mark"),
];
/// What reaches beyond its pane (a row of lists to choose from, `.sub`, may: it scrolls), and what is cut off.
const FITS: &str = concat!(
    "return [...(() => {
    const out = [], root = document.documentElement;
    if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight) out.push('the page scrolls');
    for (const e of document.querySelectorAll('button, a, input, textarea, select, h1, h2')) {
        const box = e.getBoundingClientRect();
        const around = (e.closest('.menu, dialog, .pane') || root).getBoundingClientRect();
        if (box.width && !e.closest('.sr, .skip, .sub') && (box.left < around.left - 1 || box.right > around.right + 1))
            out.push('beyond its pane: ' + (e.getAttribute('aria-label') || e.innerText || e.tagName));
    }
    return out;
    })(), ...(() => {",
    include_str!("clipped.js"),
    "})()];"
);

/// Opens it in this dress and at this size, and follows the keys to what is to be judged.
fn reach(chrome: &Chrome, look: &Look, dress: &Dress, (width, height): (u32, u32)) -> Answer<()> {
    chrome.resize(width, height)?;
    // Its name makes the address another one, so that the page comes anew.
    chrome.visit(&format!("{}&motion=reduced&look={}-{}-{width}#{}", look.situation, look.name, dress.name, dress.situation))?;
    chrome.follow(look.keys, look.there)
}

/// Judges what is seen in a dress. Where the window has it not on yet, it is put on; `anew` says that it is opened in it.
fn judge(chrome: &Chrome, look: &Look, dress: &Dress, anew: bool) -> Answer<Vec<String>> {
    let mut found = Vec::new();
    for (nth, size @ (width, height)) in dress.sizes.iter().enumerate() {
        let reached = look.passes || (anew && nth == 0);
        if reached {
            reach(chrome, look, dress, *size)?;
        } else {
            chrome.resize(*width, *height)?;
        }
        let wear = (nth == 0 && !reached).then_some(dress.situation);
        let mut here = texts(&chrome.seen(wear, look.there, FITS)?);
        chrome.picture(&format!("{}-{}-{width}", look.name, dress.name))?;
        if dress.judged && nth == 0 {
            here.extend(chrome.axe()?);
        }
        found.extend(here.into_iter().map(|what| format!("{} {} {width}: {what}", look.name, dress.name)));
    }
    found.extend(chrome.complaints()?.into_iter().map(|what| format!("{} {}: {what}", look.name, dress.name)));
    Ok(found)
}

fn texts(all: &Value) -> Vec<String> {
    all.as_array().into_iter().flatten().map(ToString::to_string).collect()
}

pub(crate) fn judge_all(looks: &[Look], dresses: &[Dress]) -> Answer<()> {
    let chrome = Chrome::open("")?;
    let mut found = Vec::new();
    for look in looks {
        for (nth, dress) in dresses.iter().enumerate() {
            match judge(&chrome, look, dress, nth == 0 || dress.anew) {
                Ok(more) => found.extend(more),
                Err(failure) => found.push(format!("{} {}: {failure}", look.name, dress.name)),
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[test]
fn the_rules_find_what_has_no_name() -> Answer<()> {
    let chrome = Chrome::open("")?;
    chrome.script("document.querySelector('main').append(document.createElement('button'))", &[])?;
    let found = chrome.axe()?;
    assert!(found.iter().any(|line| line.starts_with("button-name")), "{found:?}");
    Ok(())
}

#[test]
fn the_gate_in_every_state() -> Answer<()> {
    judge_all(GATE, EVERY)
}

#[test]
fn antrean_in_every_state() -> Answer<()> {
    judge_all(INBOX, EVERY)
}

#[test]
fn what_lies_above_antrean() -> Answer<()> {
    judge_all(DIALOGS, EVERY)
}

#[test]
fn saved_views_in_every_state() -> Answer<()> {
    judge_all(VIEWS, EVERY)
}

#[test]
fn the_other_screens_in_every_state() -> Answer<()> {
    judge_all(REST, EVERY)
}

#[test]
fn each_section_of_the_settings() -> Answer<()> {
    judge_all(SETTINGS, EVERY)
}

#[test]
fn the_trail_and_the_report_in_every_state() -> Answer<()> {
    judge_all(RECORDS, EVERY)
}

#[test]
fn design_orders_in_every_state() -> Answer<()> {
    judge_all(ORDERS, EVERY)
}

#[test]
fn design_versions_in_every_state() -> Answer<()> {
    judge_all(DESIGNS, EVERY)
}

#[test]
fn conversations_in_every_state() -> Answer<()> {
    judge_all(TALKS, EVERY)
}

#[test]
fn clients_in_every_state() -> Answer<()> {
    judge_all(CLIENTS, EVERY)
}

#[test]
fn imports_in_every_state() -> Answer<()> {
    judge_all(IMPORTS, EVERY)
}

#[test]
fn one_screen_of_each_kind_where_it_is_harder() -> Answer<()> {
    judge_all(KINDS, HARDER)
}

#[test]
fn the_longest_name_has_room() -> Answer<()> {
    judge_all(LONG_NAME, EVERY)
}
