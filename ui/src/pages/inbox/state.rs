//! Antrean: what is listed, where the cursor is, what is open. Every change is a named method; the page only wires them.

use std::{ops::Range, rc::Rc};

use bridge::{DeskError, Detail, DetailReply, Inbox, InboxCounts, InboxFilter, InboxGroup, InboxReply, InboxRow, InboxView, MarkSeen};
use dioxus::prelude::*;
use domain::{
    id::ConsultationId,
    record::{Kind, RecordRef},
};

use super::{
    bulk::Outcome,
    chosen::Chosen,
    draft::{Draft, Drafts},
    window::{self, Loaded, Stands},
};
use crate::{
    browser,
    components::list::Layout,
    gateway::ask,
    shell::{Shell, task},
};

/// How long a request must lie open before it counts as looked at, in milliseconds.
const LOOKED: i32 = 700;

/// Whether something is here.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) enum Load {
    /// It is coming.
    #[default]
    Coming,
    /// It is here.
    Here,
    /// It could not be read.
    Failed(DeskError),
}

/// The list as it is loaded.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Listed {
    /// Whether it is here.
    pub(crate) load: Load,
    /// The rows that are here.
    pub(crate) rows: Loaded,
    /// How many rows each group has.
    pub(crate) groups: Vec<(InboxGroup, u32)>,
    /// How many there are of each kind.
    pub(crate) counts: InboxCounts,
    /// How many are left out because they came later.
    pub(crate) newer: u32,
    /// The version that the person let in.
    shown: Option<u64>,
    /// The newest version.
    version: u64,
}

impl Listed {
    /// How many rows the list has.
    pub(crate) fn total(&self) -> u32 {
        self.groups.iter().map(|(_, n)| n).sum()
    }
    /// Where its rows stand.
    pub(crate) fn layout(&self) -> Layout {
        Layout::new(self.groups.iter().map(|(_, n)| *n))
    }
}

/// Where the cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Cursor {
    /// The row.
    pub(crate) at: u32,
    /// The request in it.
    pub(crate) record: Option<RecordRef>,
    /// Whether the list still has it; one that is being written about stays open when it leaves.
    pub(crate) listed: bool,
}

/// The request that is open.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Opened {
    /// Which.
    pub(crate) record: Option<RecordRef>,
    /// What the list knew of it: shown until all of it is here.
    pub(crate) row: Option<Rc<InboxRow>>,
    /// All of it.
    pub(crate) reply: Option<Rc<DetailReply>>,
    /// Why it could not be read.
    pub(crate) error: Option<DeskError>,
}

/// Which pane is seen where there is room for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Pane {
    /// The list.
    #[default]
    List,
    /// The detail.
    Detail,
}

/// What is asked of the desk next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Wish {
    /// Everything that came meanwhile is let in.
    let_in: bool,
    /// Around this row of the list.
    around: Option<u32>,
    /// The row at the cursor gets the focus.
    focus: bool,
}

/// Antrean.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct InboxState {
    pub(crate) shell: Shell,
    /// Which list.
    pub(crate) filter: Signal<InboxFilter>,
    /// The list.
    pub(crate) list: Signal<Listed>,
    /// Where the cursor is.
    pub(crate) cursor: Signal<Cursor>,
    /// What is chosen for an act on many.
    pub(crate) chosen: Signal<Chosen>,
    /// What came of the last one, where not all of it went.
    pub(crate) outcome: Signal<Option<Outcome>>,
    /// Whether one is being done.
    pub(crate) giving_many: Signal<bool>,
    /// What is open.
    pub(crate) opened: Signal<Opened>,
    /// Which pane is seen.
    pub(crate) pane: Signal<Pane>,
    /// Whether the list is being searched.
    pub(crate) searching: Signal<bool>,
    /// Whether the row at the cursor shall have the focus as soon as it can.
    pub(crate) focus: Signal<bool>,
    /// Texts that were typed and not sent.
    pub(super) drafts: Signal<Drafts>,
    busy: Signal<bool>,
    wish: Signal<Option<Wish>>,
    asked: Signal<u64>,
    pub(super) last_verdict: Signal<Option<(f64, Option<RecordRef>)>>,
}

impl InboxState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell) -> Self {
        Self {
            shell,
            filter: Signal::default(),
            list: Signal::default(),
            cursor: Signal::default(),
            chosen: Signal::default(),
            outcome: Signal::new(None),
            giving_many: Signal::new(false),
            opened: Signal::default(),
            pane: Signal::default(),
            searching: Signal::new(false),
            focus: Signal::new(false),
            drafts: Signal::default(),
            busy: Signal::new(false),
            wish: Signal::new(None),
            asked: Signal::new(0),
            last_verdict: Signal::new(None),
        }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.filter.set(InboxFilter::default());
        self.list.set(Listed::default());
        self.cursor.set(Cursor::default());
        self.opened.set(Opened::default());
        self.chosen.set(Chosen::default());
        self.outcome.set(None);
        self.giving_many.set(false);
        self.pane.set(Pane::List);
        self.searching.set(false);
        self.asked.with_mut(|n| *n += 1);
        self.busy.set(false);
    }

    /// How often somebody has left: what was begun before is nobody's now.
    pub(super) fn turn(self) -> u64 {
        *self.asked.peek()
    }
    // ---- reading the list

    /// Reads the list anew and lets in what came.
    pub(crate) fn let_in(self, focus: bool) {
        self.want(Wish { let_in: true, focus, around: None });
    }
    /// Chooses a list.
    pub(crate) fn show(mut self, view: InboxView) {
        self.clear_chosen();
        self.filter.write().view = view;
        self.cursor.set(Cursor::default());
        self.opened.set(Opened::default());
        self.let_in(true);
    }
    /// Shows a list with its search, as somebody saved it.
    pub(crate) fn sift(mut self, filter: InboxFilter) {
        self.pane.set(Pane::List);
        self.searching.set(!filter.text.is_empty());
        self.filter.write().text = filter.text;
        self.show(filter.view);
    }
    /// Looks for a text.
    pub(crate) fn search(mut self, text: String) {
        self.clear_chosen();
        self.filter.write().text = text;
        self.cursor.set(Cursor::default());
        self.let_in(false);
    }
    /// Ends the search: the whole list is back, and the focus in it.
    pub(crate) fn end_search(mut self) {
        self.searching.set(false);
        if self.filter.peek().text.is_empty() {
            return self.take_focus();
        }
        self.filter.write().text.clear();
        self.let_in(true);
    }
    /// The rows of the list that are in sight: what is not here is read.
    pub(crate) fn see(self, drawn: Range<u32>) {
        let list = self.list.peek();
        let needed = list.load == Load::Here && window::wants(&list.rows, &drawn, list.total());
        drop(list);
        if needed {
            self.want(Wish { around: Some(drawn.start + (drawn.end - drawn.start) / 2), ..Wish::default() });
        }
    }
    /// The desk says that something changed.
    pub(crate) fn hear(self, records: &[RecordRef], version: u64) {
        if self.list.peek().load == Load::Coming && !*self.busy.peek() {
            return;
        }
        if version > self.list.peek().version {
            self.want(Wish::default());
        }
        let open = self.opened.peek().record;
        if open.is_some_and(|open| records.is_empty() || records.iter().any(|r| *r == open || r.kind == Kind::Note)) {
            self.read_detail();
        }
    }
    /// One question at a time; what is wished meanwhile is asked after it, once.
    fn want(mut self, wish: Wish) {
        let merged = match *self.wish.peek() {
            Some(waiting) => {
                Wish { let_in: waiting.let_in || wish.let_in, focus: waiting.focus || wish.focus, around: wish.around.or(waiting.around) }
            }
            None => wish,
        };
        self.wish.set(Some(merged));
        if !*self.busy.peek() {
            task(async move { self.read().await });
        }
    }
    async fn read(mut self) {
        self.busy.set(true);
        while let Some(wish) = self.wish.take() {
            let turn = *self.asked.peek();
            let query = self.query(wish);
            let (filter, sought) = (query.filter.clone(), query.around);
            let answer = ask(query).await;
            // Whoever sat here has left, or another list was chosen: the answer is nobody's.
            if turn == *self.asked.peek() && filter == *self.filter.peek() {
                match answer {
                    Ok(reply) => self.take(reply, wish, sought),
                    Err(error) => self.list.write().load = Load::Failed(error),
                }
            }
        }
        self.busy.set(false);
    }
    fn query(self, wish: Wish) -> Inbox {
        let (list, cursor) = (self.list.peek(), *self.cursor.peek());
        let centre = wish.around.unwrap_or(cursor.at);
        let around = if wish.around.is_some() { None } else { cursor.record.filter(|_| cursor.listed || wish.let_in) };
        Inbox {
            filter: self.filter.peek().clone(),
            offset: window::offset(centre, list.total()),
            limit: window::SIZE,
            around,
            shown: if wish.let_in { None } else { list.shown },
        }
    }
    fn take(mut self, reply: InboxReply, wish: Wish, sought: Option<RecordRef>) {
        let had_focus = browser::focus_is_within(super::LIST);
        {
            let mut list = self.list.write();
            let first = list.load != Load::Here;
            if wish.let_in || first {
                list.shown = Some(reply.version);
            }
            list.load = Load::Here;
            list.groups = reply.groups;
            list.counts = reply.counts;
            list.newer = reply.newer;
            list.version = reply.version;
            list.rows = Loaded::new(reply.offset, reply.rows);
        }
        if !self.chosen.peek().is_empty() {
            let list = self.list.peek();
            self.chosen.write().refresh(&list.rows, list.total());
        }
        let stands = window::stands(&self.list.peek().rows, *self.cursor.peek(), sought, reply.at);
        match stands {
            _ if wish.around.is_some() => self.refresh_row(),
            Stands::At(at) => self.settle_cursor(Some(at), had_focus || wish.focus),
            Stands::Nowhere => self.settle_cursor(None, had_focus || wish.focus),
            Stands::Unasked => self.want(Wish { focus: had_focus || wish.focus, ..Wish::default() }),
        }
        if wish.focus {
            self.take_focus();
        }
    }
    /// Puts the cursor where its request stands now; when that left, on the row that took its place.
    fn settle_cursor(mut self, at: Option<u32>, had_focus: bool) {
        let total = self.list.peek().total();
        let cursor = *self.cursor.peek();
        if let Some(at) = at {
            if cursor.at != at || !cursor.listed {
                self.cursor.set(Cursor { at, listed: true, ..cursor });
            }
            return self.refresh_row();
        }
        // What was opened from elsewhere stays open though this list lacks it; what somebody writes about stays too.
        let writing = self.shell.layer.peek().is_some() || browser::focus_is_within(super::DETAIL);
        if cursor.record.is_some() && (!cursor.listed || writing) {
            self.cursor.set(Cursor { listed: false, ..cursor });
        } else if total == 0 {
            self.cursor.set(Cursor::default());
            self.opened.set(Opened::default());
        } else {
            self.move_to(cursor.at.min(total - 1));
            if had_focus {
                self.take_focus();
            }
        }
    }
    /// What the list knows of the open request may be newer than what is open.
    fn refresh_row(mut self) {
        let cursor = *self.cursor.peek();
        let row = self.list.peek().rows.get(cursor.at);
        if let Some(row) = row.filter(|row| cursor.record == Some(record_of(row))) {
            if self.opened.peek().row.as_ref() != Some(&row) {
                self.opened.write().row = Some(row);
            }
        } else if cursor.record.is_none() && self.list.peek().total() > 0 {
            self.move_to(cursor.at);
        }
    }

    // ---- moving

    /// Moves the cursor to a row and opens what is in it.
    pub(crate) fn move_to(mut self, at: u32) {
        let row = self.list.peek().rows.get(at);
        let record = row.as_ref().map(|row| record_of(row));
        let before = *self.cursor.peek();
        self.cursor.set(Cursor { at, record, listed: true });
        if record.is_none() {
            // The row is not here yet: reading around it brings it, and opens it.
            self.want(Wish { around: Some(at), ..Wish::default() });
        } else if before.record != record {
            self.opened.set(Opened { record, row, reply: None, error: None });
            self.read_detail();
            self.count_as_looked();
        }
    }
    /// Moves by so many rows, and gives the row the focus.
    pub(crate) fn step(self, by: i64) {
        let (cursor, total) = (*self.cursor.peek(), i64::from(self.list.peek().total()));
        if total == 0 {
            return;
        }
        // A request that left the list stands between two rows: the next one is where it was.
        let from = i64::from(cursor.at) - i64::from(!cursor.listed && by > 0);
        let to = (from + by).clamp(0, total - 1);
        self.move_to(u32::try_from(to).unwrap_or(0));
        self.take_focus();
    }
    /// Gives the row at the cursor the focus. Where there is no row nothing is kept for later: by then somebody may be typing.
    pub(crate) fn take_focus(mut self) {
        if self.list.peek().total() > 0 {
            self.focus.set(true);
        }
    }
    /// Opens a request wherever it is: a notification was clicked.
    pub(crate) fn open(mut self, record: RecordRef) {
        let at = self.cursor.peek().at;
        self.cursor.set(Cursor { at, record: Some(record), listed: false });
        self.opened.set(Opened { record: Some(record), ..Opened::default() });
        self.pane.set(Pane::Detail);
        self.read_detail();
        self.count_as_looked();
        self.want(Wish { let_in: true, focus: true, around: None });
    }

    /// An act on a request was taken back: the request is open again, and what was typed is a draft.
    pub(crate) fn put_back(self, record: RecordRef, act: &str, reason: &str) {
        match act {
            "consultation.reject" => self.keep_draft(Draft::Reject(record.id), reason),
            "consultation.cancel" => self.keep_draft(Draft::Cancel(record.id), reason),
            _ => {}
        }
        if record.kind == Kind::Consultation && self.list.peek().load == Load::Here {
            self.open(record);
        }
    }

    // ---- the detail

    /// Reads the open request.
    pub(crate) fn read_detail(mut self) {
        let Some(record) = self.opened.peek().record else { return };
        task(async move {
            let answer = ask(Detail { record }).await;
            if self.opened.peek().record != Some(record) {
                return;
            }
            let mut opened = self.opened.write();
            match answer {
                Ok(reply) => {
                    opened.reply = Some(Rc::new(reply));
                    opened.error = None;
                }
                Err(error) => opened.error = Some(error),
            }
        });
    }
    /// A request that stays open for a moment was looked at.
    fn count_as_looked(self) {
        let opened = self.opened.peek();
        let unseen = opened.row.as_ref().is_none_or(|row| row.unseen);
        let Some(record) = opened.record.filter(|_| unseen) else { return };
        drop(opened);
        task(async move {
            browser::sleep(LOOKED).await;
            let seen = !*self.shell.narrow.peek() || *self.pane.peek() == Pane::Detail;
            if self.opened.peek().record == Some(record) && seen && browser::window_has_focus() {
                let _ = ask(MarkSeen { record }).await;
            }
        });
    }
}

/// The record of a row.
pub(crate) fn record_of(row: &InboxRow) -> RecordRef {
    reference(row.consultation.id)
}
/// A request, named.
pub(crate) fn reference(id: ConsultationId) -> RecordRef {
    RecordRef::new(Kind::Consultation, id)
}
