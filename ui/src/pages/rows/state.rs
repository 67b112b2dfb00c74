//! The state of a list beside its open record: what is listed, where the cursor is, what is open. Every change is a named method;
//! the pages only wire them.

use std::{ops::Range, rc::Rc};

use bridge::MarkSeen;
use dioxus::prelude::*;
use domain::record::{Kind, RecordRef};

use super::{
    bulk::Outcome,
    chosen::Chosen,
    listing::{Answer, Cursor, Listed, Listing, Load, Opened, Pane, Question, Recorded as _},
    window::{self, Loaded, Stands},
};
use crate::{
    browser,
    components::export::Export,
    gateway::ask,
    shell::{Shell, focus_drawn, task},
};

/// How long a record must lie open before it counts as looked at, in milliseconds.
const LOOKED: i32 = 700;

/// What is asked of the desk next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Wish {
    /// Everything that came meanwhile is let in.
    let_in: bool,
    /// Around this row of the list.
    around: Option<u32>,
    /// The row at the cursor gets the focus, unless the person has done something since: what they had done until then.
    focus: Option<u64>,
}

impl Wish {
    /// Whether the focus is still wished for. Whoever pressed a key or went elsewhere meanwhile has the focus where they want it; where
    /// it is nowhere, or in the list already, nobody loses it.
    fn still_wants_focus(self, list: &str) -> bool {
        let nowhere = || browser::focus_is_idle("pane-list") || browser::focus_is_within(list);
        self.focus.is_some_and(|deeds| deeds == browser::deeds() || nowhere())
    }
}

/// A list and what of it is open.
pub(crate) struct ListState<L: Listing> {
    pub(crate) shell: Shell,
    /// Which kind of list.
    pub(crate) of: L,
    /// Which list.
    pub(crate) filter: Signal<L::Filter>,
    /// The list.
    pub(crate) list: Signal<Listed<L>>,
    /// Where the cursor is.
    pub(crate) cursor: Signal<Cursor>,
    /// What is open.
    pub(crate) opened: Signal<Opened<L>>,
    /// Which pane is seen.
    pub(crate) pane: Signal<Pane>,
    /// Whether the list is being searched.
    pub(crate) searching: Signal<bool>,
    /// What was open when the search began: it is open again where nothing was found.
    before: Signal<Option<RecordRef>>,
    /// Whether the row at the cursor shall have the focus as soon as it can.
    pub(crate) focus: Signal<bool>,
    /// What is chosen for an act on many.
    pub(crate) chosen: Signal<Chosen<L::Row>>,
    /// What came of the last one, where not all of it went.
    pub(crate) outcome: Signal<Option<Outcome>>,
    /// Whether one is being done.
    pub(crate) giving_many: Signal<bool>,
    /// What became of a file that was to be written of it.
    pub(crate) export: Signal<Export>,
    busy: Signal<bool>,
    wish: Signal<Option<Wish>>,
    asked: Signal<u64>,
}

// Signals are copied whatever is in them, which derived implementations would not believe.
impl<L: Listing> Clone for ListState<L> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<L: Listing> Copy for ListState<L> {}
impl<L: Listing> PartialEq for ListState<L> {
    fn eq(&self, other: &Self) -> bool {
        // All signals of a list are made together.
        self.list == other.list
    }
}

impl<L: Listing> ListState<L> {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell, of: L) -> Self {
        Self {
            shell,
            of,
            filter: Signal::default(),
            list: Signal::default(),
            cursor: Signal::default(),
            opened: Signal::default(),
            pane: Signal::default(),
            searching: Signal::new(false),
            before: Signal::new(None),
            focus: Signal::new(false),
            chosen: Signal::default(),
            outcome: Signal::new(None),
            giving_many: Signal::new(false),
            export: Signal::default(),
            busy: Signal::new(false),
            wish: Signal::new(None),
            asked: Signal::new(0),
        }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.filter.set(L::Filter::default());
        self.list.set(Listed::default());
        self.forget_place();
        self.pane.set(Pane::List);
        self.searching.set(false);
        self.before.set(None);
        self.chosen.set(Chosen::default());
        self.outcome.set(None);
        self.giving_many.set(false);
        self.export.set(Export::None);
        self.asked.with_mut(|n| *n += 1);
        self.busy.set(false);
    }
    /// Nothing is open, and the cursor is at the first row.
    fn forget_place(mut self) {
        self.cursor.set(Cursor::default());
        self.opened.set(Opened::default());
    }
    /// How often somebody has left: what was begun before is nobody's now.
    pub(crate) fn turn(self) -> u64 {
        *self.asked.peek()
    }

    // ---- reading the list

    /// Reads the list anew and lets in what came.
    pub(crate) fn let_in(self, focus: bool) {
        self.want(Wish { let_in: true, focus: focus.then(browser::deeds), around: None });
    }
    /// Shows another list: `change` says which.
    pub(crate) fn show_other(mut self, change: impl FnOnce(&mut L::Filter)) {
        self.clear_chosen();
        change(&mut self.filter.write());
        self.forget_place();
        self.let_in(true);
    }
    /// Looks for a text.
    pub(crate) fn search(mut self, text: String) {
        self.clear_chosen();
        L::set_text(&mut self.filter.write(), text);
        self.cursor.set(Cursor::default());
        self.let_in(false);
    }
    /// Ends the search: the whole list is back, and the focus in it.
    pub(crate) fn end_search(mut self) {
        self.searching.set(false);
        if L::text(&self.filter.peek()).is_empty() {
            return self.take_focus();
        }
        L::set_text(&mut self.filter.write(), String::new());
        let found = self.cursor.peek().record.is_some();
        if let Some(record) = self.before.take().filter(|_| !found) {
            self.cursor.set(Cursor { record: Some(record), ..Cursor::default() });
            self.lay_open(record, None);
        }
        self.let_in(true);
    }
    /// Opens the search, where the list is seen.
    pub(crate) fn begin_search(mut self) {
        self.clear_chosen();
        if !*self.searching.peek() {
            self.before.set(self.cursor.peek().record);
        }
        self.pane.set(Pane::List);
        self.searching.set(true);
    }
    /// Opens the search, or ends it: a list is not sifted by what nobody sees.
    pub(crate) fn toggle_search(self) {
        if *self.searching.peek() { self.end_search() } else { self.begin_search() }
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
        let unasked = self.list.peek().load == Load::Coming && !*self.busy.peek();
        if !unasked && version > self.list.peek().version {
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
                Wish { let_in: waiting.let_in || wish.let_in, focus: wish.focus.or(waiting.focus), around: wish.around.or(waiting.around) }
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
            let question = self.question(wish);
            let (filter, sought) = (question.filter.clone(), question.around);
            let answer = L::read(question).await;
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
    fn question(self, wish: Wish) -> Question<L::Filter> {
        let (list, cursor) = (self.list.peek(), *self.cursor.peek());
        let centre = wish.around.unwrap_or(cursor.at);
        let around = if wish.around.is_some() { None } else { cursor.record.filter(|_| cursor.listed || wish.let_in) };
        Question {
            filter: self.filter.peek().clone(),
            offset: window::offset(centre, list.total()),
            limit: window::SIZE,
            around,
            shown: if wish.let_in { None } else { list.shown },
        }
    }
    fn take(mut self, reply: Answer<L>, wish: Wish, sought: Option<RecordRef>) {
        let had_focus = browser::focus_is_within(L::LIST);
        let wants_focus = wish.still_wants_focus(L::LIST);
        let still = !wish.let_in && wish.around.is_none() && self.list.peek().load == Load::Here;
        let reply = if still { L::beside(&self.list.peek().rows.records(), reply) } else { reply };
        {
            let mut list = self.list.write();
            let first = list.load != Load::Here;
            if wish.let_in || first {
                list.shown = Some(reply.version);
            }
            list.load = Load::Here;
            list.summary = reply.summary;
            list.total = reply.total;
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
            Stands::At(at) => self.settle_cursor(Some(at), had_focus || wants_focus),
            Stands::Nowhere => self.settle_cursor(None, had_focus || wants_focus),
            Stands::Unasked => self.want(Wish { focus: (had_focus || wants_focus).then(browser::deeds), ..Wish::default() }),
        }
        if wants_focus {
            self.take_focus();
        }
    }
    /// Puts the cursor where its record stands now; when that left, on the row that took its place.
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
        let writing = self.shell.layer.peek().is_some() || L::is_in_detail();
        if cursor.record.is_some() && (!cursor.listed || writing || L::STAYS_OPEN) {
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
    /// What the list knows of the open record may be newer than what is open.
    fn refresh_row(mut self) {
        let cursor = *self.cursor.peek();
        let row = self.list.peek().rows.get(cursor.at);
        if let Some(row) = row.filter(|row| cursor.record == Some(row.record())) {
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
        let record = row.as_ref().map(|row| row.record());
        let before = *self.cursor.peek();
        self.cursor.set(Cursor { at, record, listed: true });
        if record.is_none() {
            // The row is not here yet: reading around it brings it, and opens it.
            self.want(Wish { around: Some(at), ..Wish::default() });
        } else if before.record != record {
            if let Some(record) = record {
                self.of.was_opened(record, row.as_deref());
            }
            self.opened.set(Opened { record, row, reply: None, error: None });
            self.read_detail();
            self.count_as_looked();
        }
    }
    /// A row was pressed: it opens, and where there is one pane its detail is seen.
    pub(crate) fn press_row(mut self, at: u32) {
        self.move_to(at);
        if *self.shell.narrow.peek() {
            self.pane.set(Pane::Detail);
        }
    }
    /// Moves by so many rows, and gives the row the focus.
    pub(crate) fn step(self, by: i64) {
        let (cursor, total) = (*self.cursor.peek(), i64::from(self.list.peek().total()));
        if total == 0 {
            return;
        }
        // A record that left the list stands between two rows: the next one is where it was.
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
    /// Opens a record wherever it is: a notification was clicked.
    pub(crate) fn open(mut self, record: RecordRef) {
        let at = self.cursor.peek().at;
        self.cursor.set(Cursor { at, record: Some(record), listed: false });
        self.of.was_opened(record, None);
        self.opened.set(Opened { record: Some(record), ..Opened::default() });
        self.pane.set(Pane::Detail);
        self.read_detail();
        self.count_as_looked();
        self.let_in(true);
    }

    /// Opens a record beside the list of another screen: this list is not read, and nothing takes the focus.
    pub(crate) fn lay_open(mut self, record: RecordRef, row: Option<Rc<L::Row>>) {
        if self.opened.peek().record != Some(record) {
            let at = self.cursor.peek().at;
            self.cursor.set(Cursor { at, record: Some(record), listed: false });
            self.opened.set(Opened { record: Some(record), row, ..Opened::default() });
            self.read_detail();
        }
    }

    // ---- between list and detail

    /// Into the detail: where there is one pane it takes the place of the list.
    pub(crate) fn enter(mut self) {
        if self.opened.peek().record.is_none() {
            return;
        }
        self.pane.set(Pane::Detail);
        focus_drawn(L::DETAIL);
    }
    /// Out of it again, onto the same row. Escape leaves one thing at a time: the detail, what the page has beside it (`aside` says
    /// whether it had something), the search.
    pub(crate) fn back(mut self, aside: impl FnOnce() -> bool) {
        if *self.pane.peek() == Pane::Detail && *self.shell.narrow.peek() {
            self.pane.set(Pane::List);
        } else if !browser::focus_is_within("pane-detail") && !aside() && *self.searching.peek() {
            self.end_search();
        }
        self.take_focus();
    }

    // ---- the detail

    /// Reads the open record.
    pub(crate) fn read_detail(mut self) {
        let Some(record) = self.opened.peek().record.filter(|record| L::reads(*record)) else { return };
        task(async move {
            let answer = L::detail(record).await;
            if self.opened.peek().record != Some(record) {
                return;
            }
            if let Some(other) = answer.as_ref().ok().and_then(L::stands_in).filter(|other| *other != record) {
                return self.open(other);
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
    /// A record that stays open for a moment was looked at.
    fn count_as_looked(self) {
        let opened = self.opened.peek();
        let unseen = opened.row.as_ref().is_none_or(|row| row.is_unseen());
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
