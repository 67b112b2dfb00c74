//! Antrean kirim: the commands, where the cursor is, and the one that is open.

use std::rc::Rc;

use bridge::{OutboxDetail, OutboxDetailReply, OutboxEntry, OutboxList, OutboxReply};
use dioxus::prelude::*;
use domain::id::CommandId;

use crate::{
    browser,
    components::list::Layout,
    gateway::ask,
    pages::rows::{Load, Pane},
    rounds::Rounds,
    shell::{Place, Shell, task},
};

/// How many finished ones are read.
const FINISHED: u32 = 100;

/// The parts of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// «Perlu keputusan Anda».
    Decide,
    /// «Sedang jalan».
    Running,
    /// «Selesai hari ini».
    Finished,
}

/// The tabs of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Tab {
    /// «Perintah».
    #[default]
    Commands,
    /// «Sinkronisasi».
    Sync,
}

impl Tab {
    /// From left to right.
    pub(super) const ALL: [Self; 2] = [Self::Commands, Self::Sync];

    /// Its id, which is also the key of its name.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Commands => "tab-commands",
            Self::Sync => "tab-sync",
        }
    }
}

/// The list as it is loaded.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Commands {
    /// Whether it is here.
    pub(crate) load: Load,
    decide: Vec<Rc<OutboxEntry>>,
    running: Vec<Rc<OutboxEntry>>,
    finished: Vec<Rc<OutboxEntry>>,
    finished_total: u32,
}

impl Commands {
    fn here(reply: OutboxReply) -> Self {
        let shared = |entries: Vec<OutboxEntry>| entries.into_iter().map(Rc::new).collect();
        Self {
            load: Load::Here,
            decide: shared(reply.decide),
            running: shared(reply.running),
            finished: shared(reply.finished),
            finished_total: reply.finished_total,
        }
    }
    /// The parts that have something in them, and how many.
    pub(crate) fn parts(&self) -> Vec<(Part, u32)> {
        let length = |entries: &[Rc<OutboxEntry>]| u32::try_from(entries.len()).unwrap_or(0);
        let all = [(Part::Decide, length(&self.decide)), (Part::Running, length(&self.running)), (Part::Finished, length(&self.finished))];
        all.into_iter().filter(|(_, n)| *n > 0).collect()
    }
    /// How many a part has in all.
    pub(crate) fn total(&self, part: Part) -> u32 {
        match part {
            Part::Finished => self.finished_total,
            part => self.parts().iter().find(|(p, _)| *p == part).map_or(0, |(_, n)| *n),
        }
    }
    /// Everything, from top to bottom.
    fn all(&self) -> impl Iterator<Item = &Rc<OutboxEntry>> {
        self.decide.iter().chain(&self.running).chain(&self.finished)
    }
    /// How many are not finished.
    pub(crate) fn open(&self) -> usize {
        self.decide.len() + self.running.len()
    }
    /// The one in this row.
    pub(crate) fn get(&self, at: u32) -> Option<Rc<OutboxEntry>> {
        self.all().nth(usize::try_from(at).ok()?).cloned()
    }
    fn place(&self, id: CommandId) -> Option<u32> {
        self.all().position(|entry| entry.id == id).and_then(|n| u32::try_from(n).ok())
    }
    /// What is to be decided after this one: the one below it, else the one above.
    fn next_decision(&self, id: CommandId) -> Option<CommandId> {
        let at = self.decide.iter().position(|entry| entry.id == id)?;
        self.decide.get(at + 1).or_else(|| self.decide.get(at.checked_sub(1)?)).map(|entry| entry.id)
    }
    /// Where the rows stand.
    pub(crate) fn layout(&self) -> Layout {
        Layout::new(self.parts().into_iter().map(|(_, n)| n))
    }
}

/// Antrean kirim.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct OutboxState {
    pub(crate) shell: Shell,
    /// The list.
    pub(crate) list: Signal<Commands>,
    /// The row at the cursor, and the command in it.
    pub(crate) cursor: Signal<(u32, Option<CommandId>)>,
    /// The one that is open.
    pub(crate) opened: Signal<Option<Rc<OutboxDetailReply>>>,
    /// The open tab.
    pub(crate) tab: Signal<Tab>,
    /// Which pane is seen.
    pub(crate) pane: Signal<Pane>,
    /// Whether the row at the cursor shall have the focus as soon as it can.
    pub(crate) focus: Signal<bool>,
    rounds: Rounds,
}

impl OutboxState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell) -> Self {
        Self {
            shell,
            list: Signal::default(),
            cursor: Signal::default(),
            opened: Signal::default(),
            tab: Signal::default(),
            pane: Signal::default(),
            focus: Signal::new(false),
            rounds: Rounds::new(),
        }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.list.set(Commands::default());
        self.cursor.set((0, None));
        self.opened.set(None);
        self.tab.set(Tab::Commands);
        self.pane.set(Pane::List);
    }
    /// Opens a tab of the screen, from wherever one is.
    pub(crate) fn show(mut self, tab: Tab) {
        self.tab.set(tab);
        self.shell.go(Place::Outbox);
    }
    /// The desk says that commands changed.
    pub(crate) fn hear(self, commands: &[CommandId]) {
        if self.list.peek().load == Load::Coming && !self.rounds.is_busy() {
            return;
        }
        self.read_list(false);
        if self.cursor.peek().1.is_some_and(|open| commands.is_empty() || commands.contains(&open)) {
            self.read_detail();
        }
    }
    /// Reads the list: one question at a time, and once more if something changed meanwhile.
    pub(crate) fn read_list(mut self, focus: bool) {
        self.rounds.run(async move || {
            let had_focus = browser::focus_is_within(super::LIST);
            match ask(OutboxList { finished: FINISHED }).await {
                Ok(reply) => self.take(reply, focus || had_focus),
                Err(error) => self.list.write().load = Load::Failed(error),
            }
        });
    }
    fn take(mut self, reply: OutboxReply, focus: bool) {
        let list = Commands::here(reply);
        let (at, id) = *self.cursor.peek();
        let rows = list.layout().rows();
        let to = id.and_then(|id| list.place(id)).unwrap_or(at.min(rows.saturating_sub(1)));
        let there = list.get(to).map(|entry| entry.id);
        self.list.set(list);
        if (to, there) != (at, id) {
            self.cursor.set((to, there));
        }
        if there != id {
            self.opened.set(None);
            self.read_detail();
        }
        if focus && rows > 0 {
            self.focus.set(true);
        }
    }
    /// Moves the cursor to a row and opens what is in it.
    pub(crate) fn move_to(mut self, at: u32) {
        let id = self.list.peek().get(at).map(|entry| entry.id);
        let before = self.cursor.peek().1;
        self.cursor.set((at, id));
        if before != id {
            self.opened.set(None);
            self.read_detail();
        }
    }
    /// Moves by so many rows, and gives the row the focus.
    pub(crate) fn step(mut self, by: i64) {
        let rows = i64::from(self.list.peek().layout().rows());
        if rows > 0 {
            let to = (i64::from(self.cursor.peek().0) + by).clamp(0, rows - 1);
            self.move_to(u32::try_from(to).unwrap_or(0));
            self.focus.set(true);
        }
    }
    /// Opens a command: another one waits for it, or a row of Antrean names it.
    pub(crate) fn open(mut self, id: CommandId) {
        self.tab.set(Tab::Commands);
        let place = self.list.peek().place(id);
        match place {
            Some(at) => self.move_to(at),
            None => {
                // The list is read when the screen opens, and finds it.
                self.cursor.set((0, Some(id)));
                self.opened.set(None);
                self.read_detail();
            }
        }
    }
    /// What is decided next once this one is settled.
    pub(crate) fn after(self, id: CommandId) -> Option<CommandId> {
        self.list.peek().next_decision(id)
    }
    /// Reads the open command.
    pub(crate) fn read_detail(mut self) {
        let Some(id) = self.cursor.peek().1 else { return };
        task(async move {
            if let Ok(reply) = ask(OutboxDetail { id }).await
                && self.cursor.peek().1 == Some(id)
            {
                self.opened.set(Some(Rc::new(reply)));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{status::CommandState, time::UtcMillis};

    fn entry(n: u8, state: CommandState) -> OutboxEntry {
        let id: CommandId = format!("019abf6b-9d3c-7c11-8a52-0123456789{n:02x}").parse().unwrap();
        OutboxEntry {
            id,
            receipt: id.receipt(),
            act: "consultation.accept".into(),
            args: serde_json::json!({}),
            record: None,
            title: "Rani".into(),
            state,
            will_be_refused: false,
            made_at: UtcMillis::from_ms(0),
            sent_at: None,
            finished_at: None,
            tries: 0,
            held_until: None,
        }
    }

    #[test]
    fn rows_stand_in_three_parts_and_empty_ones_have_no_header() {
        let list = Commands::here(OutboxReply {
            decide: vec![entry(1, CommandState::Refused)],
            running: Vec::new(),
            finished: vec![entry(2, CommandState::Applied), entry(3, CommandState::Applied)],
            finished_total: 38,
        });
        assert_eq!(list.parts(), [(Part::Decide, 1), (Part::Finished, 2)]);
        assert_eq!((list.total(Part::Finished), list.open()), (38, 1));
        assert_eq!(list.get(1).map(|e| e.state), Some(CommandState::Applied));
        assert_eq!(list.place(entry(3, CommandState::Applied).id), Some(2));
    }

    #[test]
    fn after_a_decision_comes_the_one_below_and_in_the_end_the_one_above() {
        let (first, second) = (entry(1, CommandState::Refused), entry(2, CommandState::Conflict));
        let running = vec![entry(3, CommandState::Queued)];
        let list =
            Commands::here(OutboxReply { decide: vec![first.clone(), second.clone()], running, finished: Vec::new(), finished_total: 0 });
        assert_eq!(list.next_decision(first.id), Some(second.id));
        assert_eq!(list.next_decision(second.id), Some(first.id));
        assert_eq!(list.next_decision(entry(3, CommandState::Queued).id), None);
    }
}
