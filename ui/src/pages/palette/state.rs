//! The palette: what is typed, where the cursor is, what the desk found, what was chosen before.

use std::rc::Rc;

use bridge::{Clients, DeskError, Inbox, InboxFilter, InboxRow, InboxView, Notes, OrderFilter, Orders};
use dioxus::prelude::*;
use domain::{
    records::Consultation,
    words::{Lang, Words},
};
use futures_util::future;

use super::{
    entries::{self, Entry, Goal},
    ranking::{Group, Scope, Typed, rank},
};
use crate::{
    acting::Acting,
    actions::Act,
    browser,
    components::dialog::close,
    gateway::ask,
    shell::{Place, Shell, task},
};

/// How long typing must rest before the desk is asked, in milliseconds.
const REST: i32 = 60;
/// How many requests of each list, and how many clients, are shown at most.
const MOST: u32 = 6;
/// The lists that together hold every request.
const EVERYWHERE: [InboxView; 3] = [InboxView::Requests, InboxView::Snoozed, InboxView::Answered];
/// How many acts that were chosen are remembered.
const REMEMBERED: usize = 8;

/// What the desk found.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Records {
    /// For what it was asked last.
    asked: Option<Typed>,
    /// Whether that is answered.
    answered: bool,
    /// What it found; while it is asked anew, what it found before.
    found: Vec<Entry>,
    /// Why it found nothing.
    pub(super) error: Option<DeskError>,
}

/// The palette.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct PaletteState {
    shell: Shell,
    /// What is typed.
    pub(super) text: Signal<String>,
    /// The entry at the cursor, once somebody moved it; the first one until then.
    at: Signal<Option<String>>,
    /// What the desk found.
    pub(super) records: Signal<Records>,
    /// Enter was pressed before the desk had answered, and nothing was meant yet.
    pub(super) hurried: Signal<bool>,
    recent: Signal<Vec<Act>>,
    turn: Signal<u64>,
    /// The catalogue of the language that is not on screen: read when it is first needed, because a start must not wait for it.
    other: CopyValue<Option<Rc<Words>>>,
}

impl PaletteState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell) -> Self {
        Self {
            shell,
            text: Signal::default(),
            at: Signal::new(None),
            records: Signal::default(),
            hurried: Signal::new(false),
            recent: Signal::default(),
            turn: Signal::new(0),
            other: CopyValue::new(None),
        }
    }
    /// Readies it for being opened.
    pub(crate) fn begin(self) {
        self.write(String::new());
    }
    /// Forgets what was chosen: somebody else sits here now.
    pub(crate) fn forget(mut self) {
        self.recent.set(Vec::new());
        self.records.set(Records::default());
    }

    // ---- what is found

    /// Takes in what is typed. Acts are found at once; the desk is asked when the typing rests.
    pub(super) fn write(mut self, text: String) {
        let typed = Typed::new(&text);
        self.text.set(text);
        self.at.set(None);
        self.hurried.set(false);
        self.look(typed, REST);
    }
    /// Asks the desk for records, after a rest; an answer to what was asked before is dropped.
    fn look(mut self, typed: Typed, rest: i32) {
        self.turn.with_mut(|turn| *turn += 1);
        let turn = *self.turn.peek();
        if !typed.asks_records() {
            return self.records.set(Records::default());
        }
        self.records.with_mut(|records| {
            records.found.retain(|_| records.asked.as_ref().is_some_and(|asked| typed.narrows(asked)));
            records.asked = Some(typed.clone());
            records.answered = false;
            records.error = None;
        });
        task(async move {
            browser::sleep(rest).await;
            if turn != *self.turn.peek() {
                return;
            }
            let answer = find(self.shell, &typed).await;
            if turn == *self.turn.peek() {
                let (found, error) = answer.map_or_else(|error| (Vec::new(), Some(error)), |found| (found, None));
                self.records.set(Records { asked: Some(typed), answered: true, found, error });
            }
        });
    }
    /// Asks once more.
    pub(super) fn retry(self) {
        self.look(Typed::new(&self.text.peek()), 0);
    }
    /// Whether the desk has not answered yet.
    pub(super) fn is_waiting(self) -> bool {
        let records = self.records.read();
        records.asked.is_some() && !records.answered
    }
    /// What can be done, in both languages.
    pub(super) fn acts(self, acting: Acting) -> Vec<Entry> {
        let words = self.shell.words();
        entries::acts(acting, &words, &self.words_beside(&words))
    }
    /// The catalogue of the other language, whichever is on screen now.
    fn words_beside(mut self, words: &Words) -> Rc<Words> {
        let kept = self.other.peek().clone().filter(|other| other.lang() != words.lang());
        kept.unwrap_or_else(|| {
            let other = Rc::new(Words::new(if words.lang() == Lang::Id { Lang::En } else { Lang::Id }));
            self.other.set(Some(Rc::clone(&other)));
            other
        })
    }
    /// What stands in the list.
    pub(super) fn groups(self, acts: &[Entry]) -> Vec<Group> {
        rank(acts, &self.records.read().found, &Typed::new(&self.text.read()), &self.recent.read())
    }

    // ---- moving and choosing

    /// Which entry is at the cursor.
    pub(super) fn reached(self, groups: &[Group]) -> Option<usize> {
        let at = self.at.read();
        let mut all = groups.iter().flat_map(|group| &group.hits);
        let kept = at.as_ref().and_then(|id| all.position(|hit| hit.entry.id == *id));
        kept.or_else(|| groups.first().map(|_| 0))
    }
    /// Moves the cursor to an entry.
    pub(super) fn move_to(mut self, entry: &Entry) {
        self.hurried.set(false);
        self.at.set(Some(entry.id.clone()));
    }
    /// Whether somebody moved the cursor.
    pub(super) fn is_moved(self) -> bool {
        self.at.peek().is_some()
    }
    /// Does what an entry leads to. One that cannot be done now says why, and the palette stays.
    pub(super) fn choose(mut self, entry: &Entry, acting: Acting) {
        let shell = self.shell;
        if let Some(why) = &entry.why_not {
            return shell.say(why);
        }
        self.leave();
        match entry.goal.clone() {
            Goal::Act(act) => {
                self.recent.with_mut(|recent| {
                    recent.retain(|other| *other != act);
                    recent.insert(0, act);
                    recent.truncate(REMEMBERED);
                });
                acting.run(act);
            }
            Goal::View(n) => acting.views.open(n),
            Goal::Setting(id) => acting.settings.open(id),
            Goal::Record(record) => acting.open(record),
        }
    }
    /// Closes it: the focus is where it was, and what is still on its way is nobody's.
    pub(super) fn leave(mut self) {
        self.turn.with_mut(|turn| *turn += 1);
        close(super::DIALOG);
        self.shell.close();
    }
}

/// The requests that a text finds, whatever list they stand in: waiting ones first.
async fn requests(text: &str, most: u32) -> Result<Vec<InboxRow>, DeskError> {
    let asked = EVERYWHERE.map(|view| {
        let filter = InboxFilter { view, text: text.to_owned() };
        ask(Inbox { filter, offset: 0, limit: most, around: None, shown: None })
    });
    let mut rows = Vec::new();
    for answer in future::join_all(asked).await {
        rows.extend(answer?.rows);
    }
    Ok(rows)
}

async fn find(shell: Shell, typed: &Typed) -> Result<Vec<Entry>, DeskError> {
    let words = shell.words();
    let by_number = typed.scope == Scope::Numbers;
    let mut found = Vec::new();
    if typed.scope != Scope::Clients {
        let rows = requests(&typed.text, MOST).await?;
        let fits = |it: &&Consultation| !by_number || typed.is_in(&it.number);
        found.extend(rows.iter().filter_map(|row| row.item.consultation()).filter(fits).map(|it| entries::request(it, by_number, &words)));
        if shell.has(Place::Orders) {
            let filter = OrderFilter { text: typed.text.clone(), ..OrderFilter::default() };
            let reply = ask(Orders { filter, offset: 0, limit: MOST, around: None, shown: None }).await?;
            let fits = |row: &&bridge::OrderRow| !by_number || typed.is_in(&row.order.number);
            found.extend(reply.rows.iter().filter(fits).map(|row| entries::order(row, by_number, &words)));
        }
    }
    if !by_number {
        let hits = ask(Clients { text: typed.text.clone() }).await?;
        let most = if typed.scope == Scope::Clients { hits.len() } else { usize::try_from(MOST).unwrap_or(0) };
        found.extend(hits.iter().take(most).map(|hit| entries::client(hit, &words)));
    }
    if typed.scope == Scope::All {
        let hits = ask(Notes { text: typed.text.clone() }).await?;
        let most = usize::try_from(MOST).unwrap_or(0);
        found.extend(hits.iter().take(most).map(|hit| entries::note(hit, typed, &words)));
    }
    Ok(found)
}
