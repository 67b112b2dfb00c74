//! Design orders: placed, taken up, made, looked at, done; some called off, a few deleted.

use domain::{
    command::Command,
    commands::{note, order},
    id::{CommandId, NoteId, OrderId},
    money::Rupiah,
    record::{Kind, RecordRef},
    records::{OrderStatus, ProductStatus, Source},
    role::{Actor, Role},
    time::{DAY, HOUR, MINUTE, UtcMillis, Zone},
};

use super::{
    names::pick,
    order_words::{BRIEFS, BUDGETS, CALLED_OFF, DELETED, KEPT, NEEDS, ORDER_NOTES, REVISIONS},
    story::{Event, LATELY, Story},
};

/// How many consultations are asked for while one design is ordered.
pub(super) const REQUESTS_EACH: u32 = 6;
/// Within how long, in milliseconds, most of what is on the desk now was ordered.
const LAST_WEEKS: i64 = 20 * DAY;

/// What happens to an order; the number is that of its client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OrderEvent {
    /// The second number is its place among all orders.
    Place(u32, u32),
    Change(u32, OrderId),
    Move(u32, OrderId, OrderStatus),
    /// It was looked at, and something is wanted otherwise.
    Revise(u32, OrderId),
    /// The product is begun.
    Make(OrderId),
    Give(OrderId),
    Keep(OrderId),
    Note(OrderId),
    Delete(u32, OrderId),
}

impl Story {
    /// So many orders of so many clients within `span` milliseconds, a third of them in the last weeks: there is work in every state.
    pub(super) fn plan_orders(&mut self, orders: u32, clients: u32, span: i64) {
        for nth in 0..orders {
            let within = match nth % 12 {
                0 => LATELY,
                4 | 8 => LAST_WEEKS,
                _ => span,
            };
            let who = u32::try_from(self.chance.below(u64::from(clients))).unwrap_or(0);
            let at = self.daytime(self.now.plus(-self.within(within)));
            self.plan(at, Event::Order(OrderEvent::Place(who, nth)));
        }
    }

    pub(super) fn order(&mut self, at: UtcMillis, id: CommandId, event: OrderEvent) -> Option<(Actor, Command)> {
        match event {
            OrderEvent::Place(n, nth) => self.place(at, id, n, nth),
            OrderEvent::Change(n, it) => {
                let budget = Some(Some(self.budget()?));
                let nothing = order::Edit { id: it, design_type: None, description: None, needs: None, deadline: None, budget: None };
                Some((self.client(n).or_else(|| self.of_role(&Role::Cs))?, order::Edit { budget, ..nothing }.into()))
            }
            OrderEvent::Move(n, it, to) => {
                let why = (to == OrderStatus::Cancelled).then(|| pick(&self.chance, CALLED_OFF));
                self.move_on(at, id, (n, it), (to, why))
            }
            OrderEvent::Revise(n, it) => {
                let why = Some(pick(&self.chance, REVISIONS));
                self.move_on(at, id, (n, it), (OrderStatus::InProgress, why))
            }
            OrderEvent::Make(it) => {
                let act = order::SetProductStatus { id: it, to: ProductStatus::Proses, reason: None };
                Some((self.of_role(&Role::Cs)?, act.into()))
            }
            OrderEvent::Give(it) => {
                let to = Some(self.of_role(&Role::Cs)?.id());
                Some((self.of_role(&Role::Admin)?, order::Assign { id: it, to }.into()))
            }
            OrderEvent::Keep(it) => {
                let note = Some(pick(&self.chance, KEPT).to_owned());
                Some((self.of_role(&Role::Cs)?, order::SetNote { id: it, note }.into()))
            }
            OrderEvent::Note(it) => {
                let (id, record): (NoteId, _) = (self.id(at), RecordRef::new(Kind::Order, it));
                let text = pick(&self.chance, ORDER_NOTES).to_owned();
                Some((self.of_role(&Role::Cs)?, note::Add { id, record, text, private: false }.into()))
            }
            OrderEvent::Delete(n, it) => {
                self.told_later(at, n, id);
                let reason = pick(&self.chance, DELETED).to_owned();
                Some((self.of_role(&Role::Admin)?, order::Delete { id: it, reason }.into()))
            }
        }
    }

    fn budget(&self) -> Option<Rupiah> {
        self.chance.one_of(BUDGETS).map(|amount| Rupiah(*amount))
    }

    fn place(&mut self, at: UtcMillis, id: CommandId, n: u32, nth: u32) -> Option<(Actor, Command)> {
        let (client_id, it): (_, OrderId) = (self.clients.get(&n)?.client, self.id(at));
        let (design_type, description) = self.chance.one_of(BRIEFS)?;
        let (design_type, description) = (design_type.clone(), (*description).to_owned());
        self.begin_work(it, &design_type);
        let needs = self.one_in(2).then(|| pick(&self.chance, NEEDS).to_owned());
        let deadline = (!self.one_in(5)).then(|| at.day(Zone::Wib).plus(4 + self.within(26)));
        let budget = if self.one_in(4) { None } else { self.budget() };
        let sources = [Source::Whatsapp, Source::Whatsapp, Source::Phone, Source::Email, Source::WalkIn];
        let (actor, source) = match self.client(n) {
            // Some who have an account call all the same.
            Some(client) if !self.one_in(6) => (client, None),
            _ => (self.of_role(&Role::Cs)?, self.chance.one_of(&sources).cloned()),
        };
        self.told_later(at, n, id);
        self.plan_fate(at, n, it, nth);
        Some((actor, order::Create { id: it, client_id, design_type, description, needs, deadline, budget, source }.into()))
    }

    /// What becomes of a new order; of those that came lately most wait still.
    fn plan_fate(&mut self, at: UtcMillis, n: u32, it: OrderId, nth: u32) {
        self.plan_talk(at, n, it);
        if nth == 2 || self.one_in(60) {
            return self.plan(at.plus(HOUR + self.within(DAY)), Event::Order(OrderEvent::Delete(n, it)));
        }
        if self.one_in(8) {
            self.plan(at.plus(5 * MINUTE + self.within(40 * MINUTE)), Event::Order(OrderEvent::Change(n, it)));
        }
        if self.one_in(4) {
            self.plan(at.plus(10 * MINUTE + self.within(5 * HOUR)), Event::Order(OrderEvent::Note(it)));
        }
        if at < self.now.plus(-LATELY) || self.one_in(4) {
            let taken_up = self.office_hours(at.plus(HOUR + self.within(20 * HOUR)));
            let to = if self.one_in(14) { OrderStatus::Cancelled } else { OrderStatus::Approved };
            self.plan(taken_up, Event::Order(OrderEvent::Move(n, it, to)));
        }
    }

    /// One step, and what follows from it.
    fn move_on(
        &mut self,
        at: UtcMillis,
        id: CommandId,
        (n, it): (u32, OrderId),
        (to, why): (OrderStatus, Option<&str>),
    ) -> Option<(Actor, Command)> {
        match to {
            OrderStatus::Approved => self.plan_beginning(at, n, it),
            OrderStatus::InProgress => self.plan_making(at, n, it),
            // An order comes into review by what is shown to its client.
            OrderStatus::Pending | OrderStatus::Review | OrderStatus::Completed | OrderStatus::Cancelled | OrderStatus::Unknown(_) => {}
        }
        self.told_later(at, n, id);
        let role = if self.one_in(3) { Role::Admin } else { Role::Cs };
        Some((self.of_role(&role)?, order::SetStatus { id: it, to, reason: why.map(str::to_owned) }.into()))
    }

    /// Somebody begins within days, and it is given to whoever makes it; or it comes to nothing.
    fn plan_beginning(&mut self, at: UtcMillis, n: u32, it: OrderId) {
        let begun = self.office_hours(at.plus(2 * HOUR + self.within(3 * DAY)));
        if self.one_in(12) {
            return self.plan(begun, Event::Order(OrderEvent::Move(n, it, OrderStatus::Cancelled)));
        }
        self.plan(begun, Event::Order(OrderEvent::Move(n, it, OrderStatus::InProgress)));
        self.plan(begun.plus(5 * MINUTE), Event::Order(OrderEvent::Give(it)));
        self.plan(begun.plus(HOUR), Event::Order(OrderEvent::Make(it)));
        if self.one_in(3) {
            self.plan(begun.plus(2 * HOUR), Event::Order(OrderEvent::Keep(it)));
        }
    }

    /// Whoever has an account is told, and reads it.
    pub(super) fn told_later(&mut self, at: UtcMillis, n: u32, cause: CommandId) {
        if self.client(n).is_some() {
            self.read_later(at, n, cause);
        }
    }
}
