//! What the acts of Pesanan desain do.

use bridge::Step;
use dioxus::prelude::*;
use domain::{
    command::{Act as _, Command},
    commands::order,
    id::OrderId,
    records::{Order, OrderStatus, ProductStatus},
    words::isolate,
};

use super::{
    DETAIL, Why,
    designs::DesignsState,
    state::{OrderMenu, OrdersState, Tab, reference},
};
use crate::{
    actions::Act,
    browser,
    giving::Giving,
    pages::rows::{Contact, Pane, channel_of, copy_number, done, reaches},
    shell::{Layer, focus_drawn},
};

impl OrdersState {
    /// The open order as it is shown.
    pub(crate) fn order(self) -> Option<Order> {
        let opened = self.opened.read();
        opened.reply.as_ref().map(|r| r.order.clone()).or_else(|| opened.row.as_ref().map(|r| r.order.clone()))
    }
    /// Whether the client of the open order can be reached by this act.
    pub(crate) fn reaches(self, act: Act) -> bool {
        self.opened.read().reply.as_ref().is_some_and(|reply| reaches(act, reply.client.as_ref()))
    }

    /// The command behind «Pegang» or «Lepas»: whichever the open order stands at.
    pub(crate) fn claim_command(self) -> &'static str {
        let me = self.shell.me();
        let mine = self.order().is_some_and(|it| it.claimed_at(self.shell.clock.now()).is_some_and(|c| Some(c.by.id) == me));
        if mine { order::ReleaseOrder::NAME } else { order::ClaimOrder::NAME }
    }

    /// Does an act of this screen: to everything that is chosen, where something is and the act can be done so; whether it is an act
    /// of this screen.
    pub(crate) fn run(self, act: Act, giving: Giving) -> bool {
        if act.is_for_many() && !self.chosen.peek().is_empty() {
            return self.run_chosen(act);
        }
        self.run_one(act, giving)
    }
    /// Does an act of this screen, to the open order if it is about one; whether it is an act of this screen.
    pub(crate) fn run_one(self, act: Act, giving: Giving) -> bool {
        if self.run_in_list(act) || self.run_choosing(act) {
            return true;
        }
        match act {
            Act::Back => self.back(|| self.clear_chosen()),
            Act::Filter => self.shell.open(Layer::OrderFilter),
            Act::NewOrder => self.shell.open(Layer::NewOrder),
            Act::Export => self.shell.open(Layer::Export),
            Act::Print => self.shell.open(Layer::Print),
            Act::OrderStatus => self.open_menu(OrderMenu::Status),
            Act::OrderProduct => self.open_menu(OrderMenu::Product),
            Act::OrderEdit => self.ask_about(order::Edit::NAME, Layer::EditOrder),
            Act::OrderAssign => self.ask_about(order::Assign::NAME, Layer::AssignOrder),
            Act::OrderNote => self.ask_about(order::SetNote::NAME, Layer::OrderNote),
            Act::OrderDelete => self.ask_about(order::Delete::NAME, |record| Layer::OrderReason(record, Why::Delete)),
            Act::OrderRestore => self.do_at_once(giving, |id| order::Restore { id }.into()),
            Act::Claim if self.claim_command() == order::ReleaseOrder::NAME => {
                self.do_at_once(giving, |id| order::ReleaseOrder { id }.into());
            }
            Act::Claim => self.do_at_once(giving, |id| order::ClaimOrder { id }.into()),
            Act::Snooze => self.ask_about(order::SnoozeOrder::NAME, Layer::Snooze),
            Act::Wake => self.do_at_once(giving, |id| order::WakeOrder { id }.into()),
            Act::Reply => self.answer(),
            Act::QuickReply => {
                self.answer();
                self.talk.pick();
            }
            Act::Attach => {
                self.answer();
                self.talk.attach();
            }
            Act::Note => self.write_note(),
            act if DesignsState::knows(act) => self.run_on_versions(act),
            Act::KeepFiles => self.keep_or_let_go(),
            Act::Copy => self.copy(),
            Act::Whatsapp | Act::Mail => self.write_to_client(act),
            _ => return false,
        }
        true
    }
    /// Opens a menu of the open order, where it is seen.
    fn open_menu(mut self, menu: OrderMenu) {
        if self.opened.peek().reply.is_some() {
            self.pane.set(Pane::Detail);
            self.menu.set(Some(menu));
        }
    }
    /// Closes the menu that is open; its button has the focus again.
    pub(super) fn leave_menu(mut self, button: &str) {
        self.menu.set(None);
        browser::focus(button);
    }
    /// Gives a command about the open order of which nothing is to be asked.
    fn do_at_once(self, giving: Giving, make: impl FnOnce(OrderId) -> Command) {
        if let Some(it) = self.order() {
            let command = make(it.id);
            let done = done(self.shell, command.spec().name, it.client_name.as_str());
            self.give(giving, command, done);
        }
    }
    /// Into the box in which the client is answered. Whoever looks at a version answers about it: it begins with its number.
    fn answer(mut self) {
        if let Some(it) = self.order() {
            let begun = if *self.tab.peek() == Tab::Design { self.designs.begins_reply(it.id) } else { None };
            self.pane.set(Pane::Detail);
            self.tab.set(Tab::Talk);
            self.talk.open(it.id);
            if let Some(begun) = begun.filter(|_| self.talk.text.peek().is_empty()) {
                self.talk.write(begun);
            }
            self.talk.answer();
        }
    }
    /// An act on versions. From another tab it leads to them first: nobody submits what they do not see.
    fn run_on_versions(self, act: Act) {
        let Some(it) = self.order() else { return };
        if !act.spec().is_for(self.shell) {
            return;
        }
        let seen = *self.tab.peek() == Tab::Design && (!*self.shell.narrow.peek() || *self.pane.peek() == Pane::Detail);
        self.show_designs();
        if seen || act == Act::DesignUpload {
            self.designs.run(act, it.id);
        } else {
            focus_drawn(DETAIL);
        }
    }
    /// The box for a note stands among the facts.
    fn write_note(mut self) {
        if self.order().is_some() {
            self.pane.set(Pane::Detail);
            self.tab.set(Tab::Facts);
            focus_drawn("note-text");
        }
    }
    fn copy(self) {
        if let Some(it) = self.order() {
            copy_number(self.shell, it.number);
        }
    }
    /// Begins to write to the client outside of Meja. A number that the server has not counted yet is not told to anybody.
    fn write_to_client(self, act: Act) {
        if let (Some(channel), Some(it)) = (channel_of(act), self.order().filter(|_| self.reaches(act))) {
            let about = it.has_real_number().then(|| (reference(it.id), it.number.clone()));
            Contact { client: it.client_id, name: it.client_name.to_string(), about }.begin(self.shell, channel);
        }
    }
    /// Takes a step of the order or of its product: at once, or after a reason.
    pub(crate) fn take(self, step: &Step, of_product: bool, giving: Giving) {
        let Some(it) = self.order() else { return };
        let why = if of_product { Why::Product(ProductStatus::of_wire(&step.to)) } else { Why::Status(OrderStatus::of_wire(&step.to)) };
        if step.needs_reason {
            return self.shell.open(Layer::OrderReason(reference(it.id), why));
        }
        if let Some((command, done)) = self.because(&it, &why, None) {
            self.give(giving, command, done);
        }
    }
    /// The command for which a reason is asked, and what is said when it is done.
    pub(super) fn because(self, it: &Order, why: &Why, reason: Option<String>) -> Option<(Command, String)> {
        let words = self.shell.words();
        let id = it.id;
        let moved = |key: &str, word: &str| {
            let status = words.text(word);
            words.with(key, &[("name", isolate(it.client_name.as_str()).into()), ("status", status.into())])
        };
        Some(match why {
            Why::Status(to) => {
                let done = moved("done-order-set-status", to.face().word);
                (order::SetStatus { id, to: to.clone(), reason }.into(), done)
            }
            Why::Product(to) => {
                let done = moved("done-order-set-product-status", to.face().word);
                (order::SetProductStatus { id, to: to.clone(), reason }.into(), done)
            }
            Why::Delete => (order::Delete { id, reason: reason? }.into(), done(self.shell, order::Delete::NAME, it.client_name.as_str())),
        })
    }
}
