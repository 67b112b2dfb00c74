//! What every screen shares: who sits here, the person's settings, the line, the place that is open, the layer above it, and
//! the one voice that speaks to screen readers.

use std::rc::Rc;

use bridge::{
    Boot, Contrast, Crash, CrashHow, CrashReport, Density, DeskError, ErrorCode, LinkProblem, Motion, Preferences, Present, Recovered,
    RecoveredReply, SavedView, SessionInfo, SessionState, SetPreferences, SyncStatus, Theme,
};
use dioxus::prelude::*;
use domain::{
    id::{DesignId, ImportId, QuickReplyId, UserId},
    letters::Letters,
    record::{Kind, RecordRef},
    role::Role,
    status::Connection,
    time::{SECOND, UtcMillis, Zone},
    words::{Ago, Lang, Words},
};

use crate::{actions::Act, browser, clock::Clock, gateway::ask, pages::orders::Why, words};

/// How often the desk is told at most that somebody is here, in milliseconds.
const PRESENT: f64 = 5_000.0;

/// The screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Place {
    /// Antrean.
    #[default]
    Inbox,
    /// Pesanan desain.
    Orders,
    /// Obrolan.
    Conversations,
    /// Klien.
    Clients,
    /// Impor.
    Import,
    /// Antrean kirim.
    Outbox,
    /// Pemberitahuan.
    Notices,
    /// Laporan.
    Report,
    /// Jejak audit.
    Audit,
    /// Staf.
    Staff,
    /// Pengaturan.
    Settings,
}

impl Place {
    /// Every screen, in the order of the sidebar.
    pub(crate) const ALL: [Self; 11] = [
        Self::Inbox,
        Self::Orders,
        Self::Conversations,
        Self::Notices,
        Self::Clients,
        Self::Import,
        Self::Report,
        Self::Audit,
        Self::Staff,
        Self::Outbox,
        Self::Settings,
    ];

    /// The screen on which records of this kind are opened.
    pub(crate) const fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Consultation => Some(Self::Inbox),
            Kind::Order => Some(Self::Orders),
            Kind::Conversation => Some(Self::Conversations),
            Kind::Client => Some(Self::Clients),
            _ => None,
        }
    }
    /// The key of the words for opening a record there.
    pub(crate) const fn open_word(self) -> &'static str {
        match self {
            Self::Orders => "open-order",
            Self::Conversations => "open-conversation",
            Self::Clients => "open-client",
            _ => "open-request",
        }
    }

    /// The key of its name.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Inbox => "place-inbox",
            Self::Orders => "place-orders",
            Self::Conversations => "place-conversations",
            Self::Clients => "place-clients",
            Self::Import => "place-import",
            Self::Outbox => "place-outbox",
            Self::Notices => "place-notices",
            Self::Report => "place-report",
            Self::Audit => "place-audit",
            Self::Staff => "place-staff",
            Self::Settings => "place-settings",
        }
    }
    /// Its glyph.
    pub(crate) const fn glyph(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Orders => "design",
            Self::Conversations => "chat",
            Self::Clients => "person",
            Self::Import => "import",
            Self::Outbox => "outbox",
            Self::Notices => "bell",
            Self::Report => "chart",
            Self::Audit => "audit",
            Self::Staff => "expert",
            Self::Settings => "gear",
        }
    }
    /// Its name in events and addresses.
    pub(crate) const fn wire(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Orders => "orders",
            Self::Conversations => "conversations",
            Self::Clients => "clients",
            Self::Import => "import",
            Self::Outbox => "outbox",
            Self::Notices => "notices",
            Self::Report => "report",
            Self::Audit => "audit",
            Self::Staff => "staff",
            Self::Settings => "settings",
        }
    }
}

/// What lies above the screen: one thing at a time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Layer {
    /// «Tolak permintaan …», for a request; with the command that is given again, if it is one.
    Reject(RecordRef),
    /// «Batalkan permintaan …».
    Cancel(RecordRef),
    /// «Tunda permintaan …».
    Snooze(RecordRef),
    /// «Tolak 4 permintaan», those that are chosen.
    RejectChosen,
    /// «Tunda 4 permintaan».
    SnoozeChosen,
    /// «Teruskan permintaan …».
    Assign(RecordRef),
    /// «Permintaan baru».
    NewRequest,
    /// «Pesanan baru».
    NewOrder,
    /// «Ubah pesanan …».
    EditOrder(RecordRef),
    /// «Teruskan pesanan …».
    AssignOrder(RecordRef),
    /// «Catatan admin pada pesanan …».
    OrderNote(RecordRef),
    /// A reason for an act on an order.
    OrderReason(RecordRef, Why),
    /// «Hapus berkas V2 …», for good.
    PurgeDesign(DesignId),
    /// «Ubah status 4 pesanan», those that are chosen.
    OrdersStatus,
    /// «Batalkan 4 pesanan».
    CancelOrders,
    /// «Teruskan 4 pesanan».
    AssignOrders,
    /// «Saring pesanan».
    OrderFilter,
    /// «Ekspor», the list of the screen.
    Export,
    /// «Cetak».
    Print,
    /// «Ubah …», a client.
    EditClient(RecordRef),
    /// «Gabungkan …», a client with another.
    MergeClient(RecordRef),
    /// «Hapus data …», a client's.
    EraseClient(RecordRef),
    /// «Hentikan impor …», what of it has not been sent.
    StopImport(ImportId),
    /// «Urungkan impor …».
    UndoImport(ImportId),
    /// «Balasan cepat baru», or one that is changed.
    EditReply(Option<QuickReplyId>),
    /// «Hapus balasan cepat …».
    DropReply(QuickReplyId),
    /// «Simpan tampilan», the list as it is.
    SaveView,
    /// «Tampilan tersimpan», all of them.
    ArrangeViews,
    /// «Saring jejak».
    AuditFilter,
    /// «Undang staf».
    Invite,
    /// «Ubah …», somebody of the staff.
    EditUser(UserId),
    /// «Nonaktifkan …», somebody of the staff.
    CloseUser(UserId),
    /// «Setel ulang verifikasi dua langkah …», before it is.
    ResetFactor(UserId),
    /// The palette.
    Palette,
    /// «Pintasan».
    Sheet,
    /// The places that can be gone to, after G.
    Go,
    /// The sidebar, where there is no room for it.
    Drawer,
    /// «Keluar», with what is unsent.
    Logout(u32),
    /// «Keluar dari Meja», with what is unsent.
    Quit(u32),
    /// «Tautan tidak bisa dibuka», and why.
    BadLink(LinkProblem),
    /// «Kenali Meja».
    Welcome,
    /// «Hapus data lokal».
    Wipe,
    /// «Mulai dari awal», without the passphrase.
    Afresh,
    /// «Ubah dan kirim lagi», for a refused command.
    Again(Box<bridge::OutboxEntry>),
    /// «Buang …», a command that nobody wants any more.
    Discard(Box<bridge::OutboxEntry>),
}

/// What every screen shares.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Shell {
    words: Signal<Rc<Words>>,
    /// The person's own settings.
    pub(crate) preferences: Signal<Preferences>,
    /// Who sits here; nothing until the desk has answered.
    pub(crate) session: Signal<Option<SessionState>>,
    /// Why the desk did not answer.
    pub(crate) failure: Signal<Option<DeskError>>,
    /// What the desk did not take, until the next act.
    pub(crate) refused: Signal<Option<DeskError>>,
    /// What was found when the files were opened, until it was seen.
    pub(crate) recovered: Signal<RecoveredReply>,
    /// What is kept of the last program that broke off, until it was seen.
    pub(crate) crash: Signal<Option<CrashReport>>,
    /// Whoever locked themselves out asks for a new password: the login begins there.
    pub(crate) forgot: Signal<bool>,
    /// The line.
    pub(crate) status: Signal<Option<SyncStatus>>,
    /// The open screen.
    pub(crate) place: Signal<Place>,
    /// What lies above it.
    pub(crate) layer: Signal<Option<Layer>>,
    /// What was last said to screen readers, and how often anything was said: the same words twice are heard twice.
    pub(crate) said: Signal<(u32, String)>,
    /// What was said and is shown in the status bar for a while, because nothing else on the screen tells it.
    pub(crate) told: Signal<Option<(u32, String)>>,
    /// The views this person saved, in their order.
    pub(crate) views: Signal<Vec<SavedView>>,
    /// Whether there is room for one pane only.
    pub(crate) narrow: Signal<bool>,
    /// The program's version.
    pub(crate) version: Signal<String>,
    /// When the desk was last told that somebody is here, by the clock that nobody sets.
    present: Signal<Option<f64>>,
    /// The server's clock.
    pub(crate) clock: Clock,
}

/// The catalogue of a language; in a browser longer, where the address says so: `words=long` shows whether screens have room.
fn words_of(lang: Lang) -> Rc<Words> {
    let words = Words::new(lang);
    #[cfg(feature = "mock")]
    let words = if browser::parameter("words").as_deref() == Some("long") { words.lengthened() } else { words };
    Rc::new(words)
}

impl Shell {
    /// The shell before the desk has answered.
    pub(crate) fn new() -> Self {
        let preferences = Preferences::default();
        Self {
            words: Signal::new(words_of(preferences.lang)),
            preferences: Signal::new(preferences),
            session: Signal::new(None),
            failure: Signal::new(None),
            refused: Signal::new(None),
            recovered: Signal::default(),
            crash: Signal::new(None),
            forgot: Signal::new(false),
            status: Signal::new(None),
            place: Signal::new(Place::Inbox),
            layer: Signal::new(None),
            said: Signal::new((0, String::new())),
            told: Signal::new(None),
            views: Signal::default(),
            narrow: Signal::new(browser::is_narrow()),
            version: Signal::new(String::new()),
            present: Signal::new(None),
            clock: Clock::new(),
        }
    }
    /// The catalogue of the person's language.
    pub(crate) fn words(self) -> Rc<Words> {
        self.words.read().clone()
    }
    /// Who sits here, if somebody is at work.
    pub(crate) fn user(self) -> Option<SessionInfo> {
        match &*self.session.read() {
            Some(SessionState::Open { session } | SessionState::Locked { session, .. }) => Some(session.clone()),
            _ => None,
        }
    }
    /// The same by their id alone: who acts, and whether it is still the same person.
    pub(crate) fn me(self) -> Option<UserId> {
        self.user().map(|session| session.user)
    }
    /// The organisation's zone: its days and working hours are in it.
    pub(crate) fn org_zone(self) -> Zone {
        self.user().map(|user| user.zone).unwrap_or_default()
    }
    /// The zone in which this person reads times and has their days: the one they chose, else the organisation's.
    pub(crate) fn zone(self) -> Zone {
        self.preferences.read().zone.unwrap_or_else(|| self.org_zone())
    }
    /// How high the rows of lists are, in pixels.
    pub(crate) fn row_height(self) -> i32 {
        match self.preferences.read().density {
            Density::Roomy => 60,
            Density::Compact => 48,
        }
    }
    /// Whether one of these is a role of the person.
    pub(crate) fn is_any(self, roles: &[Role]) -> bool {
        self.user().is_some_and(|user| user.roles.iter().any(|role| roles.contains(role)))
    }
    /// Whether one of the person's roles may ever give this command.
    pub(crate) fn may(self, act: &str) -> bool {
        domain::command::REGISTRY.iter().find(|spec| spec.name == act).is_some_and(|spec| self.is_any(spec.roles))
    }

    /// Whether this person has a screen: what may not be opened is absent.
    pub(crate) fn has(self, place: Place) -> bool {
        match place {
            Place::Orders => Act::GoOrders.spec().is_for(self),
            Place::Conversations => Act::GoConversations.spec().is_for(self),
            Place::Clients => Act::GoClients.spec().is_for(self),
            Place::Import => Act::GoImport.spec().is_for(self),
            Place::Staff => Act::GoStaff.spec().is_for(self),
            _ => true,
        }
    }
    /// The key of a screen's name for this person: who reads only their own acts has a trail of their own.
    pub(crate) fn place_word(self, place: Place) -> &'static str {
        match place {
            Place::Audit if !self.is_any(&[Role::Admin, Role::Cs]) => "place-audit-own",
            place => place.word(),
        }
    }

    /// Takes over what the desk said first.
    pub(crate) fn take_boot(mut self, boot: Boot) {
        self.clock.set(boot.now);
        self.take_preferences(boot.preferences);
        self.version.set(boot.version);
        self.failure.set(None);
        self.enter(boot.session);
    }
    /// Takes over the person's settings: language, and what the root element says to the styles.
    pub(crate) fn take_preferences(mut self, preferences: Preferences) {
        // In a browser the address may ask for longer ones meanwhile.
        if cfg!(feature = "mock") || self.words.peek().lang() != preferences.lang {
            self.words.set(words_of(preferences.lang));
        }
        self.preferences.set(preferences);
        self.dress();
    }
    /// A saved view, counted from 1.
    pub(crate) fn view(self, n: u8) -> Option<SavedView> {
        self.views.read().get(usize::from(n).checked_sub(1)?).cloned()
    }
    /// The keys of one letter as the person has them.
    pub(crate) fn letters(self) -> Letters {
        self.preferences.read().letters.clone()
    }
    /// Says to the styles which theme, contrast, motion, density and size of texts hold: the person's, or else the system's.
    pub(crate) fn dress(self) {
        let preferences = self.preferences.peek();
        let dark = match preferences.theme {
            Theme::Dark => true,
            Theme::Light => false,
            Theme::System => browser::prefers("(prefers-color-scheme: dark)"),
        };
        let high = preferences.contrast == Contrast::High || browser::prefers("(prefers-contrast: more)");
        let still = preferences.motion == Motion::Reduced || browser::prefers("(prefers-reduced-motion: reduce)");
        browser::set_root("lang", Some(preferences.lang.tag()));
        browser::set_root("data-theme", Some(if dark { "dark" } else { "light" }));
        browser::set_root("data-contrast", high.then_some("high"));
        let text = preferences.text_percent.to_string();
        browser::set_root("data-text", (preferences.text_percent != 100).then_some(text.as_str()));
        browser::set_root("data-density", (preferences.density == Density::Compact).then_some("compact"));
        browser::set_root("data-motion", still.then_some("reduce"));
    }
    /// Whether nothing shall move.
    pub(crate) fn is_still(self) -> bool {
        self.preferences.read().motion == Motion::Reduced || browser::prefers("(prefers-reduced-motion: reduce)")
    }
    /// Changes the person's settings; what the desk answers holds.
    fn set_preferences(self, preferences: Preferences) {
        let before = self.preferences.peek().clone();
        self.take_preferences(preferences.clone());
        task(async move {
            match ask(SetPreferences { preferences }).await {
                Ok(kept) => self.take_preferences(kept),
                Err(error) => {
                    // What the desk did not take does not hold, and is not shown as if it did.
                    self.take_preferences(before);
                    self.say(&self.trouble(&error));
                }
            }
        });
    }

    /// Changes one of the person's settings and leaves the others.
    pub(crate) fn change_preferences(self, change: impl FnOnce(&mut Preferences)) {
        let mut preferences = self.preferences.peek().clone();
        change(&mut preferences);
        self.set_preferences(preferences);
    }

    /// A key was pressed, or the mouse moved: the desk does not lock itself. It is told so every few seconds at most, and not at
    /// all where it never locks.
    pub(crate) fn somebody_is_here(mut self) {
        let now = browser::monotonic_ms();
        let told = self.present.peek().is_some_and(|at| now - at < PRESENT);
        if !told && self.preferences.peek().lock_after > 0 {
            self.present.set(Some(now));
            task(async move { drop(ask(Present {}).await) });
        }
    }
    /// Somebody came in, or is asked for something.
    pub(crate) fn enter(mut self, session: SessionState) {
        if self.session.peek().as_ref() != Some(&session) {
            let opens = matches!(session, SessionState::Open { .. });
            if !opens {
                // What was said last may name somebody.
                self.say("");
                self.told.set(None);
            }
            self.session.set(Some(session));
            if opens {
                self.ask_recovered(false);
                self.ask_crash();
            }
        }
    }
    /// Asks whether the last program broke off.
    fn ask_crash(self) {
        task(async move {
            if let Ok(reply) = ask(Crash { how: CrashHow::Look }).await {
                put(self.crash, reply.report);
            }
        });
    }
    /// Asks what was found when the files were opened; `seen` when the person has read it.
    pub(crate) fn ask_recovered(self, seen: bool) {
        task(async move {
            // Whoever is locked out meanwhile hears of it after unlocking.
            if let Ok(recovered) = ask(Recovered { seen }).await {
                put(self.recovered, recovered);
            }
        });
    }
    /// Opens a screen.
    pub(crate) fn go(mut self, place: Place) {
        self.layer.set(None);
        if *self.place.peek() != place {
            self.place.set(place);
        }
    }
    /// Lays something above the screen.
    pub(crate) fn open(mut self, layer: Layer) {
        self.layer.set(Some(layer));
    }
    /// Takes it away again.
    pub(crate) fn close(mut self) {
        self.layer.set(None);
    }
    /// Whether nothing goes to the server now.
    pub(crate) fn is_offline(self) -> bool {
        let status = self.status.read();
        status.as_ref().is_some_and(|status| !matches!(status.connection, Connection::Online | Connection::CatchingUp))
    }
    /// What the desk could not do, in words.
    pub(crate) fn trouble(self, error: &DeskError) -> String {
        let words = self.words();
        match (&error.refusal, &error.details) {
            (Some(code), details) => {
                let details = details.as_deref().cloned().unwrap_or_default();
                words::refusal(&words, code, &details, self.clock.now(), self.zone())
            }
            _ => match (error.code, error.retry_after) {
                (ErrorCode::TooManyTries, Some(seconds)) => {
                    let wait = i64::try_from(seconds).unwrap_or(60).saturating_mul(SECOND);
                    words.with("error-too-many-wait", &[("wait", words.span(Ago(wait)).into())])
                }
                _ => words.text(error_word(error)),
            },
        }
    }
    /// As of when everything shown is true, where that is older than `age` milliseconds.
    pub(crate) fn older_than(self, age: i64) -> Option<UtcMillis> {
        let as_of = self.status.read().as_ref().and_then(|status| status.as_of)?;
        (self.clock.minute().since(as_of) > age).then_some(as_of)
    }
}

/// The key of the words for an error.
pub(crate) fn error_word(error: &DeskError) -> &'static str {
    match error.code {
        ErrorCode::InvalidCredentials => "error-credentials",
        ErrorCode::BadToken => "error-code",
        ErrorCode::CodeRequired => "error-code-required",
        ErrorCode::CodeWrong => "error-code-wrong",
        ErrorCode::FactorChanged => "error-factor-changed",
        ErrorCode::FactorUnavailable => "error-factor-unavailable",
        ErrorCode::NotStaff => "error-not-staff",
        ErrorCode::AccountDisabled => "error-disabled",
        ErrorCode::TooManyTries => "error-too-many",
        ErrorCode::Unreachable => "error-unreachable",
        ErrorCode::NotMeja => "error-not-meja",
        ErrorCode::VaultLocked => "error-vault",
        ErrorCode::WrongPassphrase => "error-passphrase",
        ErrorCode::NeedsPassphrase => "error-needs-passphrase",
        ErrorCode::NoSession => "error-no-session",
        ErrorCode::Refused => "refusal-unknown",
        ErrorCode::NotFound => "error-not-found",
        ErrorCode::TooLate => "error-too-late",
        ErrorCode::TooNew => "error-too-new",
        ErrorCode::Disk => "error-disk",
        ErrorCode::BadCall | ErrorCode::Internal => "error-internal",
    }
}

/// Sets a signal of a form that may be gone by now: an answer can come after the one who asked has left.
pub(crate) fn put<T: 'static>(mut signal: Signal<T>, value: T) {
    if let Ok(mut place) = signal.try_write() {
        *place = value;
    }
}

/// Gives something the focus that is drawn only after this.
pub(crate) fn focus_drawn(id: impl Into<String>) {
    let id = id.into();
    task(async move {
        browser::sleep(0).await;
        browser::focus(&id);
    });
}

/// Selects what stands between these two places of a field, or puts the caret there, once what was typed into it is drawn. Places are
/// counted in UTF-16, as browsers do.
pub(crate) fn select_drawn(id: &'static str, from: usize, to: usize) {
    task(async move {
        browser::sleep(0).await;
        browser::select_in(id, from, to);
    });
}

/// Lets something go on for as long as the window lives: what a screen asked for is not lost when another one is opened.
pub(crate) fn task(work: impl Future<Output = ()> + 'static) {
    dioxus::core::spawn_forever(work);
}
