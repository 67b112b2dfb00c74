//! What the acts of Staf do, and which of them it offers at this moment.

use std::rc::Rc;

use bridge::PersonRow;
use dioxus::prelude::*;
use domain::{
    command::Command,
    commands::{
        account::{EditUser, SetStatus},
        factor::ResetFactor,
        staff::{RevokeDevice, SendLink},
    },
    record::{Kind, RecordRef},
    records::UserStatus,
    wire::DeviceInfo,
    words::isolate,
};

use super::state::StaffState;
use crate::{
    acting::Offer,
    actions::Act,
    components::list::move_of,
    giving::Giving,
    pages::rows::Pane,
    shell::{Layer, focus_drawn, task},
};

/// The command of an act, as far as it is known before anything is typed.
fn command_of(act: Act, row: &PersonRow) -> Option<Command> {
    let id = row.user.id;
    match act {
        Act::EditUser => Some(EditUser { id, name: None, roles: None }.into()),
        Act::UserStatus => Some(SetStatus { id, status: turned(row) }.into()),
        Act::SendLink => Some(SendLink { id }.into()),
        Act::ResetFactor => Some(ResetFactor { id }.into()),
        _ => None,
    }
}

/// What an account's state is turned into.
fn turned(row: &PersonRow) -> UserStatus {
    if row.user.status == UserStatus::Disabled { UserStatus::Active } else { UserStatus::Disabled }
}

/// The key of the name that an act has for this person.
pub(super) fn word_of(act: Act, row: &PersonRow) -> &'static str {
    match (act, &row.user.status) {
        (Act::UserStatus, UserStatus::Disabled) => "do-staff-enable",
        (Act::UserStatus, _) => "do-staff-disable",
        (Act::SendLink, UserStatus::Invited) => "do-staff-invite-again",
        _ => act.spec().word,
    }
}

impl StaffState {
    /// Does an act of this screen; whether it is one.
    pub(crate) fn run(mut self, act: Act, giving: Giving) -> bool {
        if !self.may() {
            return false;
        }
        if let Some(rows) = move_of(act, super::LIST, self.shell) {
            self.step(rows);
            return true;
        }
        match act {
            Act::Enter => {
                self.pane.set(Pane::Detail);
                focus_drawn(super::DETAIL);
            }
            Act::Back => {
                self.pane.set(Pane::List);
                self.focus.set(self.list.peek().count() > 0);
            }
            Act::InviteUser => self.shell.open(Layer::Invite),
            Act::EditUser | Act::UserStatus | Act::SendLink | Act::ResetFactor => self.act(act, giving),
            _ => return false,
        }
        true
    }
    /// Does something to the person at the cursor; what cannot be done is said.
    fn act(self, act: Act, giving: Giving) {
        let Some(row) = self.opened() else { return };
        let Some(command) = command_of(act, &row) else { return };
        if let Some(why) = self.why_not(command.clone()) {
            return self.shell.tell(&why);
        }
        let id = row.user.id;
        match act {
            Act::EditUser => self.shell.open(Layer::EditUser(id)),
            Act::ResetFactor => self.shell.open(Layer::ResetFactor(id)),
            Act::UserStatus if row.user.status != UserStatus::Disabled => self.shell.open(Layer::CloseUser(id)),
            _ => self.give(command, &row, if act == Act::UserStatus { "done-staff-enable" } else { "done-staff-link" }, giving),
        }
    }
    /// Gives a command about somebody, and offers to take it back.
    pub(super) fn give(self, command: Command, row: &Rc<PersonRow>, done: &str, giving: Giving) {
        let shell = self.shell;
        let seen = vec![RecordRef::new(Kind::User, row.user.id)];
        let done = shell.words().with(done, &[("name", isolate(row.user.name.as_str()).into())]);
        task(async move {
            if let Err(error) = giving.give(command, seen, done).await {
                shell.say(&shell.trouble(&error));
                let mut refused = shell.refused;
                refused.set(Some(error));
            }
        });
    }
    /// Ends a device of the person at the cursor.
    pub(super) fn revoke(mut self, row: &Rc<PersonRow>, device: &DeviceInfo, giving: Giving) {
        self.leaving.write().push(device.id);
        self.give(RevokeDevice { user: row.user.id, device: device.id }.into(), row, "done-staff-device", giving);
    }
    /// Why an act cannot be done to this person now.
    pub(super) fn why_not_act(self, act: Act, row: &PersonRow) -> Option<String> {
        command_of(act, row).and_then(|command| self.why_not(command))
    }
    /// How an act stands now, for the palette.
    pub(crate) fn offer(self, act: Act) -> Option<Offer> {
        match act {
            Act::InviteUser => Some(Offer::plain(act)),
            Act::EditUser | Act::UserStatus | Act::SendLink | Act::ResetFactor => {
                let row = self.opened()?;
                let (word, why_not) = (word_of(act, &row).to_owned(), self.why_not_act(act, &row));
                Some(Offer { word, about_record: true, why_not })
            }
            _ => None,
        }
    }
}
