//! The root: starts, listens to the desk and to the keyboard, and shows the gate, the lock or the desk.

use std::rc::Rc;

use bridge::{Event, SessionState, Start, Status, Undone};
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::message,
    id::{OrderId, UserId},
    record::Kind,
    records::OrderStatus,
    status::{Connection, Tone},
};
use futures_util::StreamExt;

use crate::{
    acting::Acting,
    actions::{Act, act_of},
    browser::{self, At, Press},
    components::{
        button::{Button, Look},
        note::Note,
        toast::Undoing,
    },
    drafts::Drafts,
    gateway::{self, ask},
    giving::Giving,
    pages::{
        audit::AuditState,
        clients::ClientsState,
        conversations::ConversationsState,
        desk::{Desk, LinkDialog},
        gate::{Frame, GatePage, LockPage},
        imports::ImportsState,
        inbox::InboxState,
        notices::NoticesState,
        orders::{DesignsState, OrdersState},
        outbox::OutboxState,
        palette::PaletteState,
        paper::Printing,
        report::ReportState,
        rows::Pane,
        settings::{OrganisationState, QuitDialog, RepliesState, SettingsState},
        staff::StaffState,
        talk::TalkState,
        views::ViewsState,
    },
    pictures::Pictures,
    shell::{Layer, Place, Shell, task},
    words::use_words,
};

/// The name of the palette in events.
const PALETTE: &str = "palette";

/// Everything that lives as long as the window.
#[derive(Clone, Copy, PartialEq)]
struct Root {
    shell: Shell,
    drafts: Drafts,
    pictures: Pictures,
    inbox: InboxState,
    orders: OrdersState,
    conversations: ConversationsState,
    clients: ClientsState,
    imports: ImportsState,
    talk: TalkState,
    replies: RepliesState,
    organisation: OrganisationState,
    outbox: OutboxState,
    notices: NoticesState,
    palette: PaletteState,
    audit: AuditState,
    report: ReportState,
    settings: SettingsState,
    staff: StaffState,
    views: ViewsState,
    printing: Printing,
    undoing: Undoing,
    acting: Acting,
}

/// The window.
#[component]
pub(crate) fn App() -> Element {
    let root = use_root();
    let shell = root.shell;
    use_hook(move || root.begin());
    use_effect(move || root.title());
    use_effect(move || {
        if !shell.is_offline() {
            root.pictures.ask_again();
        }
    });
    use_effect(move || {
        if let Some(returned) = &*root.undoing.returned.read() {
            root.give_back(returned);
        }
    });
    let (_, said) = (shell.said)();
    let times = shell.said.read().0;
    let failure = (shell.failure)();
    let session = (shell.session)();
    rsx! {
        match (session, failure) {
            (None, Some(error)) => rsx! {
                NoDesk { text: shell.trouble(&error), code: error.diagnosis }
            },
            (None, None) => rsx! {
                div { class: "boot" }
            },
            (Some(SessionState::Open { .. }), _) => rsx! {
                AtWork {}
            },
            (Some(SessionState::Locked { session, since }), _) => rsx! {
                LockPage { session, since }
            },
            (Some(state), _) => rsx! {
                GatePage { key: "{state_name(&state)}", state }
            },
        }
        match (shell.layer)() {
            Some(Layer::Quit(unsent)) => rsx! {
                QuitDialog { unsent }
            },
            Some(Layer::BadLink(why)) => rsx! {
                LinkDialog { why }
            },
            _ => rsx! {},
        }
        // The one voice. The number makes the same words be read again.
        div { class: "sr", role: "status", "aria-live": "polite", "data-times": "{times}", {said} }
    }
}

/// The desk; in a browser that asks for it, the gallery of components.
#[component]
fn AtWork() -> Element {
    #[cfg(feature = "mock")]
    if crate::mock::shows_gallery() {
        return rsx! {
            crate::pages::gallery::Gallery {}
        };
    }
    rsx! {
        Desk {}
    }
}

/// Another state of the gate is another form: nothing typed into one stands in the next.
fn state_name(state: &SessionState) -> &'static str {
    match state {
        SessionState::LoggedOut { .. } => "logged-out",
        SessionState::NeedsPassphrase { .. } => "passphrase",
        SessionState::Locked { .. } => "locked",
        SessionState::Open { .. } => "open",
        SessionState::Revoked { .. } => "revoked",
    }
}

/// Whose desk it is, open or locked.
fn person(state: &SessionState) -> Option<UserId> {
    match state {
        SessionState::Open { session } | SessionState::Locked { session, .. } => Some(session.user),
        _ => None,
    }
}

fn use_root() -> Root {
    let shell = use_context_provider(Shell::new);
    let undoing = use_context_provider(|| Undoing::new(shell));
    let giving = use_context_provider(|| Giving { undoing });
    let drafts = use_context_provider(Drafts::new);
    let pictures = use_context_provider(Pictures::new);
    let talk = use_context_provider(|| TalkState::new(shell, drafts, giving));
    let designs = use_context_provider(|| DesignsState::new(shell, giving));
    let orders = use_context_provider(|| OrdersState::new(shell, drafts, talk, designs));
    let conversations = use_context_provider(|| ConversationsState::new(shell, drafts, talk));
    let inbox = use_context_provider(|| InboxState::new(shell, drafts, orders, conversations));
    let clients = use_context_provider(|| ClientsState::new(shell, drafts));
    let imports = use_context_provider(|| ImportsState::new(shell));
    let replies = use_context_provider(|| RepliesState::new(shell, giving));
    let organisation = use_context_provider(|| OrganisationState::new(shell, giving));
    let outbox = use_context_provider(|| OutboxState::new(shell));
    let notices = use_context_provider(|| NoticesState::new(shell));
    let palette = use_context_provider(|| PaletteState::new(shell));
    let audit = use_context_provider(|| AuditState::new(shell));
    let report = use_context_provider(|| ReportState::new(shell));
    let staff = use_context_provider(|| StaffState::new(shell));
    let views = use_context_provider(|| ViewsState { shell, inbox, orders });
    let printing = use_context_provider(|| Printing::new(shell));
    let settings = use_context_provider(|| SettingsState::new(shell));
    let acting = use_context_provider(|| Acting {
        shell,
        inbox,
        orders,
        conversations,
        clients,
        imports,
        outbox,
        notices,
        palette,
        audit,
        report,
        settings,
        staff,
        views,
        giving,
        undoing,
    });
    Root {
        shell,
        drafts,
        pictures,
        inbox,
        orders,
        conversations,
        clients,
        imports,
        talk,
        replies,
        organisation,
        outbox,
        notices,
        palette,
        audit,
        report,
        settings,
        staff,
        views,
        printing,
        undoing,
        acting,
    }
}

/// The desk did not answer at all.
#[component]
fn NoDesk(text: String, code: String) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        Frame {
            div { class: "gate-f",
                h1 { class: "h1", {t.text("no-desk-title")} }
                Note { tone: Tone::Cabai, icon: "sy-refuse",
                    span { {text} }
                }
                p { class: "t2", {t.text("no-desk-text")} }
                p { class: "mono s12 t3", {code} }
                Button { text: t.text("retry"), look: Look::Primary, class: "btn-lg btn-full", onpress: move |()| start(shell) }
            }
        }
    }
}

fn start(mut shell: Shell) {
    task(async move {
        match ask(Start {}).await {
            Ok(boot) => {
                shell.take_boot(boot);
                if let Ok(status) = ask(Status {}).await {
                    shell.clock.set(status.now);
                    shell.status.set(Some(status));
                }
            }
            Err(error) => shell.failure.set(Some(error)),
        }
    });
}

impl Root {
    fn begin(self) {
        let shell = self.shell;
        let (sender, mut events) = futures_channel::mpsc::unbounded();
        gateway::listen(move |event| drop(sender.unbounded_send(event)));
        task(async move {
            while let Some(event) = events.next().await {
                self.hear(event);
            }
        });
        task(shell.clock.run());
        start(shell);
        // Listeners are called by the browser: they carry the runtime that signals want.
        let runtime = dioxus::core::Runtime::current();
        let scope = dioxus::core::current_scope_id();
        let within = Rc::new(move |act: &mut dyn FnMut()| runtime.in_scope(scope, act));
        let run = within.clone();
        browser::on_key(move |press| {
            let mut taken = false;
            run(&mut || taken = self.press(&press));
            taken
        });
        let run = within.clone();
        browser::on_paste(move |file| {
            let (mut file, mut taken) = (Some(file), false);
            run(&mut || taken = file.take().is_some_and(|file| self.orders.hear_pasted(file)));
            taken
        });
        let run = within.clone();
        browser::on_preference_change(move |()| run(&mut || shell.dress()));
        let run = within.clone();
        browser::on_presence(move |()| {
            run(&mut || {
                shell.somebody_is_here();
                // Whoever comes back to the window has before them what was said meanwhile.
                self.talk.count_as_read();
            });
        });
        browser::on_resize(move |()| within(&mut || self.resized()));
    }
    /// The window's title: where one is, and how much waits there. Behind the lock, and before a login, it says neither.
    fn title(self) {
        let shell = self.shell;
        let words = shell.words();
        let place = |name: String| words.with("window-title-place", &[("place", name.into())]);
        let title = match &*shell.session.read() {
            Some(SessionState::Open { .. }) => {
                let name = words.text(shell.place_word((shell.place)()));
                let waiting = shell.status.read().as_ref().map_or(0, |status| status.waiting);
                if (shell.place)() == Place::Inbox && waiting > 0 {
                    words.with("window-title-count", &[("place", name.into()), ("n", words.whole(i64::from(waiting)).into())])
                } else {
                    place(name)
                }
            }
            Some(SessionState::Locked { .. }) => place(words.text(Connection::Locked.face().word)),
            _ => words.text("window-title"),
        };
        browser::set_title(&title);
    }
    fn resized(self) {
        let mut narrow = self.shell.narrow;
        let now = browser::is_narrow();
        if *narrow.peek() == now {
            return;
        }
        // What somebody is at stays in sight, in a window that was drawn small or is seen at twice its size.
        if now && let Some(mut pane) = self.pane() {
            let at = [("pane-detail", Pane::Detail), ("pane-list", Pane::List)];
            if let Some((_, seen)) = at.into_iter().find(|(name, _)| browser::focus_is_within(name)) {
                pane.set(seen);
            }
        }
        narrow.set(now);
    }
    /// Which pane of the screen that is open is seen where there is room for one; nothing where it has one only.
    fn pane(self) -> Option<Signal<Pane>> {
        match *self.shell.place.peek() {
            Place::Inbox => Some(self.inbox.pane),
            Place::Orders => Some(self.orders.pane),
            Place::Conversations => Some(self.conversations.pane),
            Place::Clients => Some(self.clients.pane),
            Place::Outbox => Some(self.outbox.pane),
            Place::Audit => Some(self.audit.pane),
            Place::Staff => Some(self.staff.pane),
            Place::Settings => Some(self.settings.pane),
            Place::Import | Place::Notices | Place::Report => None,
        }
    }

    /// The desk says that something happened.
    fn hear(self, event: Event) {
        let mut shell = self.shell;
        match event {
            Event::Changed { records, version } => {
                self.inbox.hear(&records, version);
                self.orders.hear_orders(&records, version);
                self.organisation.hear(&records);
                self.conversations.hear_conversations(&records, version);
                self.clients.hear_clients(&records, version);
                self.imports.hear(&records);
                self.talk.hear(&records);
                self.replies.hear(&records);
                self.notices.hear(&records);
                self.report.hear(&records);
                self.staff.hear(&records);
            }
            Event::Transfer { design, transfer } => self.orders.designs.hear_transfer(design, transfer),
            Event::Kept { order, kept } => self.orders.hear_kept(order, kept),
            Event::FileMoved { message, place, transfer } => self.talk.hear_moved(message, place, transfer),
            Event::Dropped { handle, files } if *shell.place.peek() == Place::Import => self.imports.hear_dropped(handle, files),
            Event::Dropped { handle, files } => self.orders.hear_dropped(handle, files),
            Event::Outbox { commands } => {
                self.outbox.hear(&commands);
                self.imports.hear(&[]);
            }
            Event::Status { status } => {
                shell.clock.set(status.now);
                shell.status.set(Some(status));
            }
            Event::Session { session } => self.enter(session),
            Event::Open { record } => self.acting.open(record),
            Event::Go { place } => {
                if place == PALETTE {
                    self.acting.run(Act::Palette);
                } else if let Some(place) = Place::ALL.into_iter().find(|p| p.wire() == place && shell.has(*p)) {
                    shell.go(place);
                }
            }
            Event::BadLink { why } => shell.open(Layer::BadLink(why)),
            Event::AskQuit { unsent } => shell.open(Layer::Quit(unsent)),
            Event::Preferences { preferences } => shell.take_preferences(preferences),
        }
    }
    /// What was taken back comes before the person again: the request is opened, and its text is a draft.
    fn give_back(self, returned: &Undone) {
        if let Some(record) = returned.record {
            let typed = |field: &str| returned.args.get(field).and_then(|value| value.as_str()).unwrap_or_default();
            let reason = typed("reason");
            match record.kind {
                Kind::Consultation => self.inbox.put_back(record, &returned.act, reason),
                Kind::Order if returned.act == message::Send::NAME => self.talk.give_back(OrderId::from(record.id), typed("text")),
                Kind::Order => {
                    let cancels = OrderStatus::of_wire(typed("to")) == OrderStatus::Cancelled;
                    self.orders.put_back(record, &returned.act, reason, cancels);
                    // Where it was done in Antrean, it comes back there.
                    if *self.shell.place.peek() == Place::Inbox {
                        self.inbox.open(record);
                    }
                }
                _ => {}
            }
        }
    }
    /// Somebody came or went: what belonged to one is nothing for the next.
    fn enter(self, session: SessionState) {
        let shell = self.shell;
        let before = shell.session.peek().clone();
        let same_person = before.as_ref().and_then(person).is_some_and(|before| person(&session) == Some(before));
        let is_open = |state: &SessionState| matches!(state, SessionState::Open { .. });
        if !same_person {
            self.drafts.forget();
            self.palette.forget();
        }
        if !same_person || !is_open(&session) || !before.as_ref().is_some_and(is_open) {
            shell.close();
            shell.go(Place::Inbox);
            self.drafts.leave();
            self.undoing.leave();
            self.inbox.leave();
            self.orders.leave();
            self.conversations.leave();
            self.clients.leave();
            self.imports.leave();
            self.talk.leave();
            self.pictures.forget();
            self.replies.leave();
            self.organisation.leave();
            self.outbox.leave();
            self.notices.leave();
            self.audit.leave();
            self.report.leave();
            self.staff.leave();
            self.views.leave();
            self.printing.leave();
            self.settings.leave();
        }
        shell.enter(session);
    }

    /// A key was pressed; whether it was ours.
    fn press(self, press: &Press) -> bool {
        let shell = self.shell;
        let open = matches!(&*shell.session.peek(), Some(SessionState::Open { .. }));
        let after_go = *shell.layer.peek() == Some(Layer::Go);
        if after_go && press.at != At::Dialog {
            shell.close();
        }
        let act = if open { act_of(press, self.acting.screen(), after_go, &shell.preferences.peek().letters) } else { None };
        match act {
            Some(act) if act.spec().is_for(shell) => self.acting.run(act),
            // Without a page behind it, reloading would only lose what is on screen.
            _ => after_go || (press.ctrl && press.key.eq_ignore_ascii_case("r")) || press.key == "F5",
        }
    }
}
