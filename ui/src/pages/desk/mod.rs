//! The desk itself, when somebody is at work: sidebar, the open screen, status bar, and what lies above them.

mod crash;
mod go;
mod link;
mod parts;
mod sheet;
mod side;
mod status;
mod welcome;

use bridge::Preferences;
use dioxus::prelude::*;

pub(crate) use link::LinkDialog;
pub(crate) use parts::{DrawerButton, Failed, Notes};

use super::{
    audit::{AuditPage, FilterDialog},
    clients::{ClientDialogs, ClientsPage},
    conversations::{ConversationsPage, ConversationsState},
    dialogs::ExportDialog,
    imports::{ImportDialogs, ImportsPage},
    inbox::{Dialogs, InboxPage},
    notices::{NoticesPage, NoticesState},
    orders::{Dialogs as OrderDialogs, DropNowhere, OrdersPage, OrdersState},
    outbox::{Again, DiscardDialog, OutboxPage, OutboxState, Tab},
    palette::Palette,
    paper::{PaperPage, PrintDialog},
    report::ReportPage,
    settings::{LogoutDialog, ReplyDialogs, SettingsPage, WipeDialog},
    staff::{StaffDialogs, StaffPage},
    views::{ViewDialogs, ViewsState},
};
use crate::{
    browser,
    components::separator::{Separator, Widths},
    shell::{Layer, Place, Shell},
    words::use_words,
};

/// The frame.
#[component]
pub(crate) fn Desk() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let place = (shell.place)();
    let (notices, outbox) = (use_context::<NoticesState>(), use_context::<OutboxState>());
    // The sidebar says how many are unread, whatever screen is open.
    use_hook(|| notices.read());
    // So are the orders that are open, and the conversations.
    let orders = use_context::<OrdersState>();
    use_hook(|| orders.count());
    let conversations = use_context::<ConversationsState>();
    use_hook(|| conversations.count());
    // And so are the saved views in it.
    let views = use_context::<ViewsState>();
    use_hook(|| views.read());
    let class = match place {
        Place::Settings => "work work-l",
        Place::Outbox if (outbox.tab)() == Tab::Sync => "work work-1",
        Place::Import | Place::Notices | Place::Report => "work work-1",
        Place::Inbox | Place::Orders | Place::Conversations | Place::Clients | Place::Outbox | Place::Audit | Place::Staff => "work work-2",
    };
    let columns = use_columns(place, class == "work work-2");
    rsx! {
        a {
            class: "btn skip",
            href: "#content",
            onclick: move |event| {
                event.prevent_default();
                browser::focus("content");
            },
            {t.text("skip")}
        }
        div { class: "app",
            side::Side {}
            main { class, id: "content", tabindex: "-1", grid_template_columns: columns.css(),
                match place {
                    Place::Inbox => rsx! {
                        InboxPage {}
                    },
                    Place::Orders => rsx! {
                        OrdersPage {}
                    },
                    Place::Conversations => rsx! {
                        ConversationsPage {}
                    },
                    Place::Clients => rsx! {
                        ClientsPage {}
                    },
                    Place::Import => rsx! {
                        ImportsPage {}
                    },
                    Place::Outbox => rsx! {
                        OutboxPage {}
                    },
                    Place::Notices => rsx! {
                        NoticesPage {}
                    },
                    Place::Report => rsx! {
                        ReportPage {}
                    },
                    Place::Audit => rsx! {
                        AuditPage {}
                    },
                    Place::Staff => rsx! {
                        StaffPage {}
                    },
                    Place::Settings => rsx! {
                        SettingsPage {}
                    },
                }
                ListEdge { columns }
                DropNowhere {}
            }
            status::StatusBar {}
        }
        Above {}
        PaperPage {}
    }
}

/// How wide lists can be.
const LIST: Widths = Widths { least: *Preferences::WIDE.start(), most: *Preferences::WIDE.end() };
/// How wide they are where nobody has said (`--w-list`): less where there is less room.
fn usual() -> u16 {
    if browser::prefers("(max-width: 1180px)") { 348 } else { 404 }
}

/// The width of a list, as CSS says it: what is open beside it keeps its room.
fn wide(width: u16) -> String {
    format!("max({}px, min({width}px, 100% - 440px))", LIST.least)
}

/// What makes the list wider.
#[component]
fn ListEdge(columns: Columns) -> Element {
    let t = use_words();
    rsx! {
        if columns.two {
            Separator {
                id: "pane-separator",
                pane: "pane-list",
                width: columns.width,
                widths: LIST,
                label: t.text("pane-separator"),
                at: columns.own.map(|width| format!("calc({} - 3px)", wide(width))),
                onmove: move |width| columns.moved(width),
                onrest: move |width| columns.rest(width),
            }
        }
    }
}

/// The list and what is open beside it.
#[derive(Clone, Copy, PartialEq)]
struct Columns {
    shell: Shell,
    place: Place,
    /// Whether there are two.
    two: bool,
    /// How wide the list is.
    width: u16,
    /// The same, where somebody has said it.
    own: Option<u16>,
    /// While it is dragged.
    dragged: Signal<Option<u16>>,
}

impl Columns {
    fn css(self) -> Option<String> {
        self.own.filter(|_| self.two).map(|width| format!("{} minmax(0, 1fr)", wide(width)))
    }
    fn moved(mut self, width: u16) {
        self.dragged.set(Some(width));
    }
    fn rest(mut self, width: Option<u16>) {
        self.shell.change_preferences(|p| {
            let screen = self.place.wire().to_owned();
            match width {
                Some(width) => drop(p.widths.insert(screen, width)),
                None => drop(p.widths.remove(&screen)),
            }
        });
        self.dragged.set(None);
    }
}

/// How wide the list of this screen is. Where there is room for one pane only, it has all of it.
fn use_columns(place: Place, two: bool) -> Columns {
    let shell = use_context::<Shell>();
    let dragged = use_signal(|| None);
    let two = two && !(shell.narrow)();
    let own = dragged().or_else(|| (shell.preferences)().widths.get(place.wire()).copied());
    Columns { shell, place, two, width: own.unwrap_or_else(usual), own, dragged }
}

/// What lies above the screen.
#[component]
fn Above() -> Element {
    let shell = use_context::<Shell>();
    match (shell.layer)() {
        None => rsx! {},
        Some(Layer::Sheet) => rsx! {
            sheet::Sheet {}
        },
        Some(Layer::Welcome) => rsx! {
            welcome::WelcomeDialog {}
        },
        Some(Layer::Palette) => rsx! {
            Palette {}
        },
        Some(Layer::Print) => rsx! {
            PrintDialog {}
        },
        Some(Layer::Export) => rsx! {
            ExportDialog {}
        },
        Some(Layer::AuditFilter) => rsx! {
            FilterDialog {}
        },
        Some(Layer::SaveView | Layer::ArrangeViews) => rsx! {
            ViewDialogs {}
        },
        Some(Layer::Invite | Layer::EditUser(_) | Layer::CloseUser(_) | Layer::ResetFactor(_)) => rsx! {
            StaffDialogs {}
        },
        Some(
            Layer::NewOrder
            | Layer::EditOrder(_)
            | Layer::AssignOrder(_)
            | Layer::OrderNote(_)
            | Layer::OrderReason(..)
            | Layer::PurgeDesign(_)
            | Layer::OrdersStatus
            | Layer::CancelOrders
            | Layer::AssignOrders
            | Layer::OrderFilter,
        ) => rsx! {
            OrderDialogs {}
        },
        Some(Layer::EditClient(_) | Layer::MergeClient(_) | Layer::EraseClient(_)) => rsx! {
            ClientDialogs {}
        },
        Some(Layer::StopImport(_) | Layer::UndoImport(_)) => rsx! {
            ImportDialogs {}
        },
        Some(Layer::EditReply(_) | Layer::DropReply(_)) => rsx! {
            ReplyDialogs {}
        },
        Some(Layer::Go) => rsx! {
            go::Go {}
        },
        Some(Layer::Drawer) => rsx! {
            side::Drawer {}
        },
        Some(Layer::Logout(unsent)) => rsx! {
            LogoutDialog { unsent }
        },
        Some(Layer::Wipe) => rsx! {
            WipeDialog {}
        },
        // These two lie above whatever is shown, the gate and the lock included.
        Some(Layer::Quit(_) | Layer::BadLink(_) | Layer::Afresh) => rsx! {},
        Some(Layer::Again(entry)) => rsx! {
            Again { key: "{entry.id}", entry: *entry }
        },
        Some(Layer::Discard(entry)) => rsx! {
            DiscardDialog { key: "{entry.id}", entry: *entry }
        },
        Some(_) => rsx! {
            Dialogs {}
        },
    }
}
