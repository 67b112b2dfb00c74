//! Staf: the people, where the cursor is, and the devices of the one that is open.

use std::rc::Rc;

use bridge::{Devices, DevicesReply, ErrorCode, People, PersonRow};
use dioxus::prelude::*;
use domain::{
    command::{Act, Command, Given, decide},
    commands::staff,
    decision::{Decision, Refusal},
    facts::{Facts, Held},
    id::{CommandId, DeviceId, UserId},
    name::PersonName,
    record::{Kind, Record, RecordRef},
    records::{User, UserStatus},
    role::{Actor, Person},
};

use crate::{
    browser,
    components::list::Layout,
    gateway::ask,
    pages::{
        rows::{Load, Pane},
        settings::Told,
    },
    shell::{Shell, task},
    words,
};

/// The parts of the list, in their order.
const PARTS: [UserStatus; 3] = [UserStatus::Active, UserStatus::Invited, UserStatus::Disabled];

/// In which part of the list an account stands; what a newer program calls it stands last.
fn part_of(user: &User) -> usize {
    PARTS.iter().position(|status| *status == user.status).unwrap_or(PARTS.len())
}

/// The list as it is loaded: a part for each state, by name in each.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Listed {
    /// Whether it is here.
    pub(crate) load: Load,
    rows: Vec<Rc<PersonRow>>,
}

impl Listed {
    fn here(people: Vec<PersonRow>) -> Self {
        let mut rows: Vec<Rc<PersonRow>> = people.into_iter().map(Rc::new).collect();
        // Stable: within a part they stay by name.
        rows.sort_by_key(|row| part_of(&row.user));
        Self { load: Load::Here, rows }
    }
    /// The states that somebody is in, and how many are.
    pub(crate) fn parts(&self) -> Vec<(UserStatus, u32)> {
        let mut parts: Vec<(UserStatus, u32)> = Vec::new();
        for row in &self.rows {
            match parts.last_mut().filter(|(status, _)| *status == row.user.status) {
                Some((_, count)) => *count += 1,
                None => parts.push((row.user.status.clone(), 1)),
            }
        }
        parts
    }
    /// How many there are.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }
    /// The one in this row.
    pub(crate) fn get(&self, at: u32) -> Option<Rc<PersonRow>> {
        self.rows.get(usize::try_from(at).ok()?).cloned()
    }
    /// This one.
    pub(crate) fn person(&self, id: UserId) -> Option<Rc<PersonRow>> {
        self.rows.iter().find(|row| row.user.id == id).cloned()
    }
    fn place(&self, id: UserId) -> Option<u32> {
        self.rows.iter().position(|row| row.user.id == id).and_then(|n| u32::try_from(n).ok())
    }
    /// Where the rows stand.
    pub(crate) fn layout(&self) -> Layout {
        Layout::new(self.parts().into_iter().map(|(_, n)| n))
    }
}

/// Staf.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct StaffState {
    pub(crate) shell: Shell,
    /// The list.
    pub(crate) list: Signal<Listed>,
    /// The row at the cursor, and who is in it.
    pub(crate) cursor: Signal<(u32, Option<UserId>)>,
    /// Where the one at the cursor is logged in.
    pub(crate) devices: Signal<Told>,
    /// The devices whose end is on its way.
    pub(crate) leaving: Signal<Vec<DeviceId>>,
    /// Which pane is seen.
    pub(crate) pane: Signal<Pane>,
    /// Whether the row at the cursor shall have the focus as soon as it can.
    pub(crate) focus: Signal<bool>,
}

impl StaffState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell) -> Self {
        Self {
            shell,
            list: Signal::default(),
            cursor: Signal::default(),
            devices: Signal::default(),
            leaving: Signal::default(),
            pane: Signal::default(),
            focus: Signal::new(false),
        }
    }
    /// Whether the screen is for whoever sits here.
    pub(crate) fn may(self) -> bool {
        self.shell.may(staff::Invite::NAME)
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.list.set(Listed::default());
        self.cursor.set((0, None));
        self.devices.set(None);
        self.leaving.set(Vec::new());
        self.pane.set(Pane::List);
    }
    /// These records changed; all of them may have when there are none.
    pub(crate) fn hear(self, records: &[RecordRef]) {
        if self.list.peek().load == Load::Coming {
            return;
        }
        let open = self.cursor.peek().1.map(|id| RecordRef::new(Kind::User, id));
        if records.is_empty() || records.iter().any(|record| record.kind == Kind::User) {
            self.read(false);
        }
        if records.is_empty() || open.is_some_and(|open| records.contains(&open)) {
            self.read_devices(false);
        }
    }
    /// Reads the list.
    pub(crate) fn read(mut self, focus: bool) {
        if !self.may() {
            return;
        }
        task(async move {
            let had_focus = browser::focus_is_within(super::LIST);
            match ask(People {}).await {
                Ok(reply) => self.take(Listed::here(reply.people), focus || had_focus),
                Err(error) => self.list.set(Listed { load: Load::Failed(error), ..Listed::default() }),
            }
        });
    }
    fn take(mut self, list: Listed, focus: bool) {
        let (at, id) = *self.cursor.peek();
        let to = id.and_then(|id| list.place(id)).unwrap_or(at.min(list.count().saturating_sub(1)));
        let there = list.get(to).map(|row| row.user.id);
        self.list.set(list);
        self.cursor.set((to, there));
        if there != id {
            self.read_devices(true);
        }
        if focus && there.is_some() {
            self.focus.set(true);
        }
    }
    /// The person at the cursor.
    pub(crate) fn opened(self) -> Option<Rc<PersonRow>> {
        self.cursor.read().1.and_then(|id| self.list.read().person(id))
    }
    /// Moves the cursor to a row, and asks where that person is logged in.
    pub(crate) fn move_to(mut self, at: u32) {
        let id = self.list.peek().get(at).map(|row| row.user.id);
        let before = self.cursor.peek().1;
        self.cursor.set((at, id));
        if before != id {
            self.read_devices(true);
        }
    }
    /// Moves by so many rows, and gives the row the focus.
    pub(crate) fn step(mut self, by: i64) {
        let rows = i64::from(self.list.peek().count());
        if rows > 0 {
            let to = (i64::from(self.cursor.peek().0) + by).clamp(0, rows - 1);
            self.move_to(u32::try_from(to).unwrap_or(0));
            self.focus.set(true);
        }
    }
    /// Asks where the person at the cursor is logged in; `anew` shows that it is asked.
    pub(crate) fn read_devices(mut self, anew: bool) {
        if anew {
            self.devices.set(None);
        }
        let Some(id) = self.cursor.peek().1 else { return };
        task(async move {
            let told = ask(Devices { of: Some(id) }).await;
            // The cursor may be elsewhere by now; and what was shown stays when the line is gone.
            let stays = matches!((&told, &*self.devices.peek()), (Err(error), Some(Ok(_))) if error.code == ErrorCode::Unreachable);
            if self.cursor.peek().1 == Some(id) && !stays {
                self.forget_left(&told);
                self.devices.set(Some(told));
            }
        });
    }
    fn forget_left(mut self, told: &Result<DevicesReply, bridge::DeskError>) {
        if let Ok(reply) = told {
            self.leaving.write().retain(|id| reply.devices.iter().any(|device| device.id == *id));
        }
    }
    /// Why the rulebook refuses this command now, in words. What it cannot know here the server decides.
    pub(crate) fn why_not(self, command: impl Into<Command>) -> Option<String> {
        let refusal = self.judge(command.into())?;
        let shell = self.shell;
        Some(words::refusal(&shell.words(), refusal.code.wire(), &refusal.details, shell.clock.minute(), shell.zone()))
    }
    fn judge(self, command: Command) -> Option<Refusal> {
        let me = self.shell.user()?;
        let mut facts = Facts::default();
        for row in &self.list.read().rows {
            let record = RecordRef::new(Kind::User, row.user.id);
            facts.learn(record, Some(Held { rev: 1, record: std::sync::Arc::new(row.user.clone().any()) }));
        }
        let name = PersonName::new(&me.name).unwrap_or_else(|_| PersonName::of_program("-"));
        let actor = Actor::person(Person { id: me.user, name }, me.roles, None, None);
        // Asking gives nothing: no command has this id.
        let given = Given { id: CommandId::from_uuid(me.user.uuid()), command };
        match decide(&facts, &actor, self.shell.clock.minute(), &given) {
            Decision::Refuse(refusal) => Some(refusal),
            Decision::Apply(_) | Decision::Need(_) | Decision::Unknown(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{name::Email, role::Role, time::UtcMillis};

    fn row(n: u8, status: &str) -> PersonRow {
        let id: UserId = format!("019abf6b-9d3c-7c11-8a52-0123456789{n:02x}").parse().unwrap();
        let at = UtcMillis::from_ms(0);
        let email = Email::new(&format!("o{n}@x.id")).unwrap();
        let (name, status) = (PersonName::new("Dewi Lestari").unwrap(), UserStatus::of_wire(status));
        PersonRow { user: User { id, name, email, roles: vec![Role::Cs], status, created_at: at, updated_at: at }, ours: false, mark: None }
    }

    #[test]
    fn those_at_work_come_first_then_who_was_invited_then_closed_accounts() {
        let list = Listed::here(vec![row(1, "disabled"), row(2, "asleep"), row(3, "active"), row(4, "invited"), row(5, "active")]);
        let order: Vec<u32> = [3, 5, 4, 1, 2].iter().filter_map(|n| list.place(row(*n, "active").user.id)).collect();
        assert_eq!(order, [0, 1, 2, 3, 4]);
        assert_eq!(list.parts().iter().map(|(_, n)| *n).collect::<Vec<_>>(), [2, 1, 1, 1]);
        assert_eq!((list.count(), list.get(5), list.layout().rows()), (5, None, 5));
    }
}
