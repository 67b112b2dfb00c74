//! Doing an act of the list, whatever leads to it: a key, the palette. And what can be done now, for whoever offers it.

use std::cell::Cell;

use dioxus::prelude::*;
use domain::record::{Kind, RecordRef};

use crate::{
    actions::{Act, Screen},
    browser,
    components::toast::Undoing,
    giving::Giving,
    pages::{
        audit::AuditState,
        clients::ClientsState,
        conversations::ConversationsState,
        gate::lock_now,
        imports::ImportsState,
        inbox::InboxState,
        notices::NoticesState,
        orders::OrdersState,
        outbox::{OutboxState, sync_now},
        palette::PaletteState,
        report::ReportState,
        settings::SettingsState,
        staff::StaffState,
        views::ViewsState,
    },
    shell::{Layer, Place, Shell, task},
};

/// How long G waits for its second key, in milliseconds.
const GO: i32 = 1_500;

/// Everything that acts need.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Acting {
    pub(crate) shell: Shell,
    pub(crate) inbox: InboxState,
    pub(crate) orders: OrdersState,
    pub(crate) conversations: ConversationsState,
    pub(crate) clients: ClientsState,
    pub(crate) imports: ImportsState,
    pub(crate) outbox: OutboxState,
    pub(crate) notices: NoticesState,
    pub(crate) palette: PaletteState,
    pub(crate) audit: AuditState,
    pub(crate) report: ReportState,
    pub(crate) settings: SettingsState,
    pub(crate) staff: StaffState,
    pub(crate) views: ViewsState,
    pub(crate) giving: Giving,
    pub(crate) undoing: Undoing,
}

/// An act that the screen offers at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// The key of its name here, which may say more than the act's own.
    pub(crate) word: String,
    /// Whether it is about the record that is open.
    pub(crate) about_record: bool,
    /// Why it cannot be done now.
    pub(crate) why_not: Option<String>,
}

impl Offer {
    /// Something about the screen, or about nothing in particular.
    pub(crate) fn plain(act: Act) -> Self {
        Self { word: act.spec().word.to_owned(), about_record: false, why_not: None }
    }
}

impl Acting {
    /// Does an act; whether the open screen has it.
    pub(crate) fn run(self, act: Act) -> bool {
        let shell = self.shell;
        match act {
            Act::Undo => self.undoing.undo_newest(),
            Act::Redo => self.undoing.redo(),
            Act::SyncNow => sync_now(shell),
            Act::Lock => lock_now(shell),
            Act::Palette => {
                self.palette.begin();
                shell.open(Layer::Palette);
            }
            Act::Sheet => shell.open(Layer::Sheet),
            Act::Go => go(shell),
            Act::GoInbox => enter(shell, Place::Inbox),
            Act::GoOrders => enter(shell, Place::Orders),
            Act::GoConversations => enter(shell, Place::Conversations),
            Act::GoClients => enter(shell, Place::Clients),
            Act::GoImport => enter(shell, Place::Import),
            Act::OpenClient => {
                if let Some(client) = self.whose() {
                    self.open(client);
                }
            }
            Act::GoNotices => enter(shell, Place::Notices),
            Act::GoOutbox => enter(shell, Place::Outbox),
            Act::GoReport => enter(shell, Place::Report),
            Act::GoAudit => enter(shell, Place::Audit),
            Act::GoStaff => enter(shell, Place::Staff),
            Act::GoSettings => self.settings.enter(),
            Act::View(n) => self.views.open(n),
            Act::SaveView => shell.open(Layer::SaveView),
            Act::ArrangeViews => shell.open(Layer::ArrangeViews),
            Act::Peek if !*shell.narrow.peek() => browser::page_through("pane-detail"),
            // Where one pane alone has room, it is looked into by going there.
            Act::Peek => return self.run(Act::Enter),
            Act::NextPane => next_pane(1),
            Act::PreviousPane => next_pane(-1),
            _ => {
                return match *shell.place.peek() {
                    Place::Inbox => self.inbox.run(act, self.giving),
                    Place::Orders => self.orders.run(act, self.giving),
                    Place::Conversations => self.conversations.run(act),
                    Place::Clients => self.clients.run(act),
                    Place::Import => self.imports.run(act),
                    Place::Outbox => self.outbox.run(act, self.undoing),
                    Place::Notices => self.notices.run(act),
                    Place::Audit => self.audit.run(act),
                    Place::Report => self.report.run(act),
                    Place::Staff => self.staff.run(act, self.giving),
                    Place::Settings => false,
                };
            }
        }
        true
    }
    /// The screen that is open, and what is open on it.
    pub(crate) fn screen(self) -> Screen {
        let place = (self.shell.place)();
        Screen { place, open: (place == Place::Inbox).then(|| self.inbox.kind()).flatten() }
    }
    /// Opens a record on the screen that has its kind; nothing happens where none has.
    pub(crate) fn open(self, record: RecordRef) {
        let Some(place) = Place::of(record.kind).filter(|place| self.shell.has(*place)) else { return };
        self.shell.go(place);
        match place {
            Place::Orders => self.orders.open(record),
            Place::Conversations => self.conversations.open(record),
            Place::Clients => self.clients.open(record),
            _ => self.inbox.open(record),
        }
    }
    /// How many records are chosen on the open screen.
    pub(crate) fn chosen(self) -> usize {
        match (self.shell.place)() {
            Place::Inbox => self.inbox.chosen.read().count(),
            Place::Orders => self.orders.chosen.read().count(),
            _ => 0,
        }
    }
    /// The screen whose detail is seen: in Antrean that of the kind that is open.
    pub(crate) fn detail(self) -> Place {
        let place = (self.shell.place)();
        let kind = (place == Place::Inbox).then(|| self.inbox.opened.read().record.map(|record| record.kind)).flatten();
        kind.and_then(Place::of).unwrap_or(place)
    }
    /// The client of the record that is open.
    fn whose(self) -> Option<RecordRef> {
        let client = match self.detail() {
            Place::Inbox => self.inbox.request().map(|it| it.client_id),
            Place::Orders => self.orders.order().map(|it| it.client_id),
            Place::Conversations => self.conversations.row().map(|row| row.conversation.client_id),
            _ => None,
        };
        client.map(|id| RecordRef::new(Kind::Client, id))
    }
    /// How an act stands on the open screen; nothing where the screen, the role or what is open has no such act. What may
    /// never be done is absent; what cannot be done now says why. Saved views are offered by their names, by whoever reads them.
    pub(crate) fn offer(self, act: Act) -> Option<Offer> {
        let spec = act.spec();
        let place = (self.shell.place)();
        if act.is_move() || matches!(act, Act::View(_)) || !spec.is_on(self.screen()) || !spec.is_for(self.shell) {
            return None;
        }
        match spec.scope {
            crate::actions::Scope::On(_) if act == Act::OpenClient => {
                self.whose().map(|_| Offer { about_record: true, ..Offer::plain(act) })
            }
            crate::actions::Scope::On(_) => match place {
                Place::Inbox => self.inbox.offer(act),
                Place::Orders => self.orders.offer(act),
                Place::Conversations => self.conversations.offer(act),
                Place::Clients => self.clients.offer(act),
                Place::Import => self.imports.offer(act),
                Place::Outbox => self.outbox.offer(act),
                Place::Audit => self.audit.offer(act),
                Place::Report => self.report.offer(act),
                Place::Staff => self.staff.offer(act),
                Place::Notices | Place::Settings => None,
            },
            _ => Some(Offer { word: spec.word_for(self.shell).to_owned(), ..Offer::plain(act) }),
        }
    }
}

/// Shows where one can go, and lapses when nothing comes. The end of one that led somewhere does not cut the next one short.
fn go(shell: Shell) {
    thread_local! {
        static TURN: Cell<u32> = const { Cell::new(0) };
    }
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    shell.open(Layer::Go);
    task(async move {
        browser::sleep(GO).await;
        if TURN.get() == turn && *shell.layer.peek() == Some(Layer::Go) {
            shell.close();
        }
    });
}

/// Opens a screen by key. A row takes the focus where there is one; else its first pane has it, so that the next key and the next
/// Tab begin there and not at the top of the window.
fn enter(shell: Shell, place: Place) {
    shell.go(place);
    task(async move {
        browser::sleep(0).await;
        if !browser::focus_is_within("content") {
            let _ = ["pane-list", "pane-detail"].into_iter().any(browser::focus);
        }
    });
}

/// The panes, in reading order.
const PANES: [&str; 4] = ["pane-side", "pane-list", "pane-detail", "pane-status"];

/// Moves the focus to the next pane that is there.
fn next_pane(by: i64) {
    let count = i64::try_from(PANES.len()).unwrap_or(1);
    let at = PANES.iter().position(|id| browser::focus_is_within(id)).and_then(|n| i64::try_from(n).ok()).unwrap_or(-by.max(0));
    for step in 1..=count {
        let to = usize::try_from((at + by * step).rem_euclid(count)).unwrap_or(0);
        if browser::focus_first_in(PANES[to]) {
            return;
        }
    }
}
