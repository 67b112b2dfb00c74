//! What the acts of Antrean kirim do.

use bridge::{OutboxDetailReply, OutboxEntry, Pause, Settle, SettleHow, SyncNow, VerdictState};
use dioxus::prelude::*;
use domain::{
    id::CommandId,
    records::{OrderStatus, ProductStatus},
    status::Connection,
};

use super::state::{OutboxState, Tab};
use crate::{
    actions::Act,
    components::{list::move_of, toast::Undoing},
    gateway::ask,
    pages::{dialogs::Reasons, orders::Why, rows::Pane},
    shell::{Layer, Shell, focus_drawn, task},
};

/// Whether a command has something that can be edited before it is given again.
pub(super) fn is_editable(entry: &OutboxEntry) -> bool {
    ["item.snooze", "order.snooze"].contains(&entry.act.as_str()) || reasons_of(entry).is_some()
}

/// Which reason a command has, and what the button says that sends it again.
pub(super) fn reasons_of(entry: &OutboxEntry) -> Option<(Reasons, &'static str)> {
    let arg = |name: &str| entry.args.get(name).and_then(|value| value.as_str());
    let why = match entry.act.as_str() {
        "consultation.reject" => return Some((Reasons::Reject, "reject-submit")),
        "consultation.cancel" => return Some((Reasons::Cancel, "cancel-submit")),
        // A step that was taken without a reason has none to be edited.
        "order.set_status" => Why::Status(OrderStatus::of_wire(arg("reason").and(arg("to"))?)),
        "order.set_product_status" => Why::Product(ProductStatus::of_wire(arg("reason").and(arg("to"))?)),
        "order.delete" => Why::Delete,
        _ => return None,
    };
    Some((why.reasons(), why.submit()))
}

/// Sends what waits and asks for what is new.
pub(crate) fn sync_now(shell: Shell) {
    shell.tell(&shell.words().text("sync-asked"));
    task(async move {
        if let Err(error) = ask(SyncNow {}).await {
            shell.tell(&shell.trouble(&error));
        }
    });
}

impl OutboxState {
    /// Does an act of this screen; whether it is one.
    pub(crate) fn run(mut self, act: Act, undoing: Undoing) -> bool {
        if *self.tab.peek() == Tab::Sync {
            // Nothing is done to commands that nobody sees.
            if act == Act::Pause {
                self.pause();
            }
            return act == Act::Pause;
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
                self.focus.set(self.list.peek().layout().rows() > 0);
            }
            Act::Copy => self.copy_receipt(),
            Act::Print => self.shell.open(Layer::Print),
            Act::Pause => self.pause(),
            Act::EditAgain => self.edit_again(),
            Act::SendAgain => self.send_again(),
            Act::Handled => self.decide(SettleHow::Handled, "settled-handled"),
            Act::Discard => {
                if let Some(reply) = self.decision() {
                    self.shell.open(Layer::Discard(Box::new(reply.entry.clone())));
                }
            }
            Act::TakeBack => {
                let undoable = self.opened.peek().as_ref().filter(|reply| reply.can_undo).map(|reply| reply.entry.id);
                if let Some(id) = undoable {
                    undoing.undo(Some(id));
                }
            }
            _ => return false,
        }
        true
    }
    fn decision(self) -> Option<std::rc::Rc<OutboxDetailReply>> {
        self.opened.peek().clone().filter(|reply| reply.entry.state.needs_decision())
    }
    fn copy_receipt(self) {
        let Some(receipt) = self.opened.peek().as_ref().map(|reply| reply.entry.receipt.clone()) else { return };
        self.shell.copy(receipt, "copied-receipt", "copy-failed");
    }
    /// Stops sending and receiving, or goes on.
    pub(crate) fn pause(self) {
        let shell = self.shell;
        let paused = shell.status.peek().as_ref().is_none_or(|status| status.connection != Connection::Paused);
        task(async move {
            match ask(Pause { paused, rest: None }).await {
                Ok(()) => shell.tell(&shell.words().text(if paused { "paused" } else { "resumed" })),
                Err(error) => shell.tell(&shell.trouble(&error)),
            }
        });
    }
    fn edit_again(self) {
        if let Some(reply) = self.decision().filter(|reply| is_editable(&reply.entry)) {
            self.shell.open(Layer::Again(Box::new(reply.entry.clone())));
        }
    }
    fn send_again(self) {
        let Some(reply) = self.decision() else { return };
        if matches!(reply.again, Some(VerdictState::Refused { .. })) {
            return self.shell.tell(&self.shell.words().text("again-refused"));
        }
        self.settle(reply.entry.id, SettleHow::SendAgain { args: reply.entry.args.clone() }, "settled-sent");
    }
    /// Settles the open command, if it needs a decision.
    fn decide(self, how: SettleHow, said: &'static str) {
        if let Some(reply) = self.decision() {
            self.settle(reply.entry.id, how, said);
        }
    }
    /// Settles a command.
    pub(super) fn settle(self, id: CommandId, how: SettleHow, said: &'static str) {
        let shell = self.shell;
        let next = self.after(id);
        task(async move {
            match ask(Settle { id, how }).await {
                Ok(()) => {
                    shell.tell(&shell.words().text(said));
                    // The cursor goes on with the deciding, unless somebody has moved it.
                    if let Some(next) = next.filter(|_| self.cursor.peek().1 == Some(id)) {
                        self.open(next);
                    }
                }
                Err(error) => {
                    let mut shell = shell;
                    shell.tell(&shell.trouble(&error));
                    shell.refused.set(Some(error));
                }
            }
        });
    }
}
