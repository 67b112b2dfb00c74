//! The desk inside the window: what the server last said, what this desk laid on top, and what time does to both.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    commands::Entry,
    designs::Upload,
    imports::AtHand,
    kept::Keeping,
    list::Index,
    sample::{self, BEGIN},
    situation::{Line, Situation, Trouble, Who},
};
use bridge::{DeskError, ErrorCode, Event, Exported, InboxCounts, SavedView, SessionState, SheetFormat, SyncStatus};
use domain::{
    command::{Command, Given, decide},
    decision::{Decision, Write},
    facts::{Facts, Held, Key, Lookup},
    id::{CommandId, ConsultationId, DesignId, DeviceId, RecordId},
    record::{AnyRecord, Kind, Record, RecordRef},
    records::Consultation,
    role::{Actor, Person},
    status::{CommandState, Connection},
    time::{MINUTE, UtcMillis, Zone},
};

/// Which of the two states of a record is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// What the server last said.
    Server,
    /// The same with this desk's unfinished commands on top.
    Shown,
}

/// The desk.
pub(crate) struct Desk {
    pub(super) situation: Situation,
    pub(super) now: UtcMillis,
    pub(super) session: SessionState,
    pub(super) server: BTreeMap<RecordRef, Held>,
    /// What lies on top of the server's records.
    pub(super) overlay: BTreeMap<RecordRef, Held>,
    /// Every command of this outbox, oldest first.
    pub(super) commands: Vec<Entry>,
    pub(super) seen: BTreeSet<RecordId>,
    /// Texts that were begun.
    pub(super) drafts: BTreeMap<String, String>,
    /// The views that were saved.
    pub(super) views: Vec<SavedView>,
    pub(super) version: u64,
    /// The version at which a record came into the lists, for those that came while the window was open.
    pub(super) came: BTreeMap<RecordId, u64>,
    pub(super) index: Option<Index>,
    /// The counts, for one version at one minute.
    pub(super) counted: Cell<Option<(u64, i64, InboxCounts)>>,
    pub(super) paused: bool,
    /// Until when, if that was said.
    pub(super) paused_until: Option<UtcMillis>,
    pub(super) online: bool,
    /// How often the audit was asked for.
    pub(super) audits: u32,
    /// The devices that were ended.
    pub(super) ended: BTreeSet<DeviceId>,
    /// The password that was set since the window was opened.
    pub(super) password: Option<String>,
    /// Since when a login asks for a code.
    pub(super) factor: Option<UtcMillis>,
    /// What came of the last reading of everything.
    pub(super) checked: Option<bridge::Checked>,
    arrived: u32,
    made: u32,
    /// The file at hand for an import.
    pub(super) import: AtHand,
    /// Files on their way.
    pub(super) uploads: BTreeMap<DesignId, Upload>,
    /// Orders whose files are kept.
    pub(super) keeping: Keeping,
    /// The files that were chosen for messages.
    pub(super) picked: Vec<domain::records::Attachment>,
    /// Whether files were held above the window.
    pub(super) held: bool,
    /// When they are let fall.
    pub(super) falls_at: Option<UtcMillis>,
    /// What the fragment of the address was when it was last looked at.
    #[cfg(target_arch = "wasm32")]
    pub(super) fragment: Option<String>,
    events: Vec<Event>,
    told: Option<SyncStatus>,
}

/// How many, as replies say it.
pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A list that was written out, as far as it is one here.
pub(super) fn exported(what: &str, format: SheetFormat, rows: u32) -> Exported {
    Exported { path: format!("/home/dewi/Unduhan/meja-{what}-2026-11-24-1042.{}", format.ending()), rows, more: false }
}

/// Where the part of a list that is asked for begins, and how many rows it has at most: around this row where there is one, and never
/// beyond the end.
pub(super) fn cut(len: usize, at: Option<usize>, offset: u32, limit: u32) -> (usize, usize) {
    let limit = usize::try_from(limit.min(200)).unwrap_or(0);
    let first = at.map_or(usize::try_from(offset).unwrap_or(0), |at| at.saturating_sub(limit / 2));
    (first.min(len.saturating_sub(limit.min(len))), limit)
}

impl Desk {
    /// A desk in this situation, at the beginning of its morning.
    pub(crate) fn new(situation: Situation) -> Self {
        let mut server = BTreeMap::new();
        for record in sample::records(&situation) {
            server.insert(record.reference(), Held { rev: 1, record: Arc::new(record) });
        }
        let mut desk = Self {
            now: BEGIN,
            session: SessionState::LoggedOut { server: None, email: None, unsent: 0 },
            server,
            overlay: BTreeMap::new(),
            commands: Vec::new(),
            seen: BTreeSet::new(),
            drafts: BTreeMap::new(),
            views: super::views::saved(situation.views),
            version: 1,
            came: BTreeMap::new(),
            index: None,
            counted: Cell::new(None),
            paused: situation.line == Line::Paused,
            paused_until: None,
            online: situation.line == Line::Online,
            audits: 0,
            ended: BTreeSet::new(),
            password: None,
            factor: situation.factor.then_some(BEGIN),
            checked: None,
            arrived: 0,
            made: 0,
            import: AtHand::default(),
            uploads: BTreeMap::new(),
            keeping: Keeping::default(),
            picked: Vec::new(),
            held: false,
            falls_at: None,
            #[cfg(target_arch = "wasm32")]
            fragment: None,
            events: situation.bad_link.map(|why| Event::BadLink { why }).into_iter().collect(),
            told: None,
            situation,
        };
        // All but the newest few were looked at on the days before.
        let looked = desk.consultations(Layer::Server).filter(|c| c.created_at < BEGIN.plus(-120 * MINUTE) || c.claim.is_some());
        desk.seen = looked.map(|c| RecordId::from(c.id)).chain(super::sample_orders::looked_at()).collect();
        if let Some(text) = &desk.situation.draft {
            let begun = desk.consultations(Layer::Server).map(|c| (format!("reject/{}", c.id), text.clone()));
            desk.drafts = begun.collect();
        }
        desk.session = desk.session_of(desk.situation.who);
        if desk.situation.mixed {
            desk.fill_outbox();
        }
        if matches!(desk.situation.who, Who::Open) && desk.situation.line == Line::Offline && !desk.situation.mixed {
            desk.queue_offline();
        }
        if desk.situation.stranded {
            desk.strand_message();
        }
        if desk.situation.ordered {
            desk.enter_order();
        }
        desk.begin_upload();
        desk.begin_kept();
        desk
    }

    /// Who sits here.
    pub(super) fn actor(&self) -> Actor {
        Actor::person(sample::colleague(0), self.situation.roles.clone(), None, None)
    }
    pub(super) fn me(&self) -> Person {
        sample::colleague(0)
    }
    /// The next id that this desk makes: of version 7, in order.
    pub(super) fn next_id(&mut self) -> RecordId {
        self.made += 1;
        let mut bytes = *sample::id(9, self.made).uuid().as_bytes();
        bytes[..6].copy_from_slice(&self.now.ms().to_be_bytes()[2..]);
        // The end of a command's id is its receipt: it must not look like a counter.
        let spread = u64::from(self.made).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes();
        bytes[9..].copy_from_slice(&spread[..7]);
        RecordId::from_uuid(uuid::Uuid::from_bytes(bytes))
    }

    // ---- records

    /// A record in one of its two states.
    pub(super) fn held(&self, layer: Layer, r: RecordRef) -> Option<&Held> {
        let laid = if layer == Layer::Shown { self.overlay.get(&r) } else { None };
        laid.or_else(|| self.server.get(&r))
    }
    /// A record of a kind in one of its two states.
    pub(super) fn record<R: Record>(&self, layer: Layer, id: impl Into<RecordId>) -> Option<&R> {
        self.held(layer, RecordRef::new(R::KIND, id)).and_then(|held| R::of(&held.record))
    }
    /// Every record of a kind, in one of its two states.
    pub(super) fn all<R: Record>(&self, layer: Layer) -> impl Iterator<Item = &R> {
        let fresh = self.overlay.values().filter(move |h| layer == Layer::Shown && !self.server.contains_key(&h.record.reference()));
        // Where nothing of the kind is laid over, none of fifty thousand is looked up there.
        let laid = layer == Layer::Shown && self.overlay.range(Self::of_kind(R::KIND)).next().is_some();
        let known = self.server.range(Self::of_kind(R::KIND));
        let known = known.map(move |(r, held)| if laid { self.overlay.get(r).unwrap_or(held) } else { held });
        known.chain(fresh).filter_map(|held| R::of(&held.record))
    }
    /// Every consultation, in one of its two states.
    pub(super) fn consultations(&self, layer: Layer) -> impl Iterator<Item = &Consultation> {
        self.all(layer)
    }
    fn of_kind(kind: Kind) -> std::ops::RangeInclusive<RecordRef> {
        let edge = |bits| RecordRef::new(kind, RecordId::from_uuid(uuid::Uuid::from_u128(bits)));
        edge(0)..=edge(u128::MAX)
    }

    // ---- the rulebook

    /// What the rulebook says of a command over one of the two states.
    pub(super) fn decide(&self, layer: Layer, actor: &Actor, now: UtcMillis, given: &Given) -> Decision {
        let mut facts = Facts::default();
        loop {
            match decide(&facts, actor, now, given) {
                Decision::Need(keys) => keys.into_iter().for_each(|key| self.learn(&mut facts, layer, key)),
                decision => return decision,
            }
        }
    }
    pub(super) fn learn(&self, facts: &mut Facts, layer: Layer, key: Key) {
        match key {
            // No desk has what stays on the server.
            Key::Record(r) if r.kind.stays_on_the_server() && layer == Layer::Shown => facts.cannot_know(Key::Record(r)),
            // Who a row is about is the server's to say: it has every client.
            Key::Lookup(Lookup::ClientsBy(_)) if layer == Layer::Shown => facts.cannot_know(key),
            Key::Record(r) => facts.learn(r, self.held(layer, r).cloned()),
            Key::Lookup(lookup) if self.situation.incomplete && layer == Layer::Shown && !matches!(lookup, Lookup::Settings) => {
                facts.cannot_know(Key::Lookup(lookup));
            }
            Key::Lookup(lookup) => {
                let known = self.server.range(Self::of_kind(lookup.kind())).map(|(r, _)| r);
                let fresh = self.overlay.keys().filter(|r| !self.server.contains_key(r));
                let held = known.chain(fresh).filter_map(|r| self.held(layer, *r));
                let found: Vec<Held> = held.filter(|h| lookup.matches(&h.record)).cloned().collect();
                facts.learn_lookup(lookup, found);
            }
        }
    }
    /// What the rulebook says of an act of whoever sits here, now.
    pub(super) fn ask(&mut self, command: Command) -> Decision {
        let given = Given { id: CommandId::from_uuid(self.next_id().uuid()), command };
        self.decide(Layer::Shown, &self.actor(), self.now, &given)
    }
    /// Writes what the server decided.
    pub(super) fn commit(&mut self, writes: &[Write]) {
        for write in writes {
            self.server.insert(write.record.reference(), Held { rev: write.rev(), record: Arc::clone(&write.record) });
        }
    }
    /// A colleague does something at the server.
    pub(super) fn elsewhere(&mut self, by: u32, command: Command) {
        let actor = Actor::person(sample::colleague(by), vec![domain::role::Role::Admin], None, None);
        self.elsewhere_by(&actor, command);
    }
    /// Somebody else does something at the server; what was written by it.
    pub(super) fn elsewhere_by(&mut self, actor: &Actor, command: Command) -> Vec<RecordRef> {
        let given = Given { id: CommandId::from_uuid(self.next_id().uuid()), command };
        let Decision::Apply(changes) = self.decide(Layer::Server, actor, self.now, &given) else { return Vec::new() };
        self.commit(&changes.writes);
        changes.writes.iter().map(|write| write.record.reference()).collect()
    }

    // ---- what is told

    /// The lists, or these records, are shown otherwise now.
    pub(super) fn changed(&mut self, records: Vec<RecordRef>) {
        self.index = None;
        self.looks_otherwise(records);
    }
    /// The same where everything stands where it stood.
    pub(super) fn looks_otherwise(&mut self, records: Vec<RecordRef>) {
        self.version += 1;
        self.events.push(Event::Changed { records, version: self.version });
    }
    pub(super) fn tell(&mut self, event: Event) {
        self.events.push(event);
    }
    /// What is to be told; the line's state last, and only when it changed.
    pub(super) fn take_events(&mut self) -> Vec<Event> {
        let mut events = std::mem::take(&mut self.events);
        let status = self.line();
        let steady = |s: &SyncStatus| SyncStatus { now: BEGIN, as_of: s.as_of.filter(|_| !self.online), ..s.clone() };
        if self.told.as_ref().map(steady) != Some(steady(&status)) || self.tells_the_time(&status) {
            self.told = Some(status.clone());
            events.push(Event::Status { status });
        }
        events
    }
    /// Every ten seconds the desk says how fresh everything is.
    fn tells_the_time(&self, status: &SyncStatus) -> bool {
        self.told.as_ref().is_some_and(|told| status.now.since(told.now) >= 10_000)
    }

    // ---- time

    /// Lets the time come to this moment: holds end, the server answers, clients ask.
    pub(crate) fn pass_time(&mut self, now: UtcMillis) {
        let before = self.now;
        self.now = before.max(now);
        self.run_uploads(before);
        self.run_kept(before);
        self.run_drops();
        self.run_commands();
        if let Some(after) = self.situation.arrivals
            && self.arrived == 0
            && self.now.since(BEGIN) >= after
        {
            self.arrive(3);
        }
        if self.situation.says.is_some_and(|after| self.now.since(BEGIN) >= after) {
            self.situation.says = None;
            self.client_says(super::sample_conversations::lively(), "Satu lagi: bisa ditambah nomor telepon?");
        }
    }
    fn arrive(&mut self, count: u32) {
        let mut records = Vec::new();
        for n in self.arrived..self.arrived + count {
            let order = (n == 0).then(|| super::sample_orders::arrival(self.now)).flatten();
            for record in sample::arrival(n, self.now).into_iter().chain(order.into_iter().flatten()) {
                if matches!(record, AnyRecord::Consultation(_) | AnyRecord::Order(_)) {
                    self.came.insert(record.id(), self.version + 1);
                    records.push(record.reference());
                }
                self.server.insert(record.reference(), Held { rev: 1, record: Arc::new(record) });
            }
        }
        self.arrived += count;
        self.changed(records);
    }
    /// What the line looks like.
    pub(super) fn line(&self) -> SyncStatus {
        let down = BEGIN.plus(-30 * MINUTE - 7_000);
        let (connection, as_of, offline_since) = match (self.paused, self.situation.line, self.online) {
            (true, _, _) => (Connection::Paused, BEGIN.plus(-4 * MINUTE), None),
            (_, _, true) => (Connection::Online, self.now, None),
            (_, Line::Behind, _) => (Connection::CatchingUp, BEGIN.plus(-95_000), None),
            (_, Line::Reconnecting, _) => (Connection::Reconnecting, BEGIN.plus(-40_000), Some(BEGIN.plus(-40_000))),
            _ => (Connection::Offline, down, Some(down)),
        };
        let count = |wanted: fn(CommandState) -> bool| u32::try_from(self.commands.iter().filter(|c| wanted(c.state)).count()).unwrap_or(0);
        let lists = self.counts();
        SyncStatus {
            connection,
            as_of: Some(as_of),
            offline_since,
            now: self.now,
            complete: self.situation.line != Line::Behind && !self.situation.incomplete,
            records: u64::try_from(self.server.len()).unwrap_or(0),
            queued: count(CommandState::is_waiting),
            uploading: self.uploads.values().find_map(|upload| upload.percent(self.online)),
            refused: count(|s| matches!(s, CommandState::Refused | CommandState::Blocked | CommandState::Unknown)),
            conflicts: count(|s| s == CommandState::Conflict),
            waiting: lists.waiting,
            late: lists.late,
            unread: lists.unseen,
            paused_until: self.paused_until.filter(|_| self.paused),
            quiet: self.situation.preferences.quiet.is_quiet(self.now, Zone::Wib),
            quiet_until: self.situation.preferences.quiet.until(self.now, Zone::Wib),
            stuck: self.situation.stuck.clone(),
        }
    }

    /// What cannot be done here.
    pub(super) fn trouble(&self) -> Result<(), DeskError> {
        match self.situation.trouble {
            Trouble::Error => {
                Err(DeskError { diagnosis: "mirror.db: SQLITE_IOERR_READ (266)".to_owned(), ..DeskError::new(ErrorCode::Disk) })
            }
            Trouble::None | Trouble::Loading => Ok(()),
        }
    }
    /// The kind of a record that lists are made of.
    pub(super) fn consultation_ref(id: ConsultationId) -> RecordRef {
        RecordRef::new(Kind::Consultation, id)
    }
}
