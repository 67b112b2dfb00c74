//! What is made for orders: put on the server, shown, and looked at by clients, who approve or want something otherwise.

use domain::{
    command::Command,
    commands::design,
    id::{CommandId, DesignId, OrderId},
    records::{DesignType, OrderStatus},
    role::{Actor, Role},
    time::{DAY, HOUR, MINUTE, SECOND, UtcMillis},
};

use super::{
    names::pick,
    order_words::WISHES,
    orders::OrderEvent,
    pieces::{VERSIONS, works_of},
    story::{Event, Story},
};

/// A version in the making: whose order it is for, which, by whom (their place in the office), and which work it is a version of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Making {
    client: u32,
    order: OrderId,
    by: usize,
    work: usize,
    /// How many there were before.
    nth: usize,
}

/// What happens to a version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DesignEvent {
    /// Its file comes to the server.
    Put(Making),
    /// It is tied to its order.
    Upload(Making),
    /// The client is shown it.
    Submit(Making, DesignId),
    /// The client wants exactly this.
    Approve(Making, DesignId),
    /// The client wants something otherwise.
    Revise(Making, DesignId),
}

/// What is known of an order's versions.
#[derive(Debug)]
pub(super) struct Work {
    /// Which work it becomes.
    pub(super) work: usize,
    /// How many versions there are.
    versions: usize,
}

impl Story {
    /// What an order of this kind becomes.
    pub(super) fn begin_work(&mut self, it: OrderId, ordered: &DesignType) {
        let work = self.chance.one_of(works_of(ordered)).copied().unwrap_or(0);
        self.works.insert(it, Work { work, versions: 0 });
    }

    /// Within days somebody makes the next version, if there is one.
    pub(super) fn plan_making(&mut self, at: UtcMillis, client: u32, order: OrderId) {
        let Some(work) = self.works.get(&order).filter(|work| work.versions < VERSIONS) else {
            let done = self.office_hours(at.plus(DAY));
            return self.plan(done, Event::Order(OrderEvent::Move(client, order, OrderStatus::Completed)));
        };
        let (work, nth) = (work.work, work.versions);
        let by = usize::try_from(self.within(i64::try_from(self.offices()).unwrap_or(1))).unwrap_or(0);
        let made = self.office_hours(at.plus(DAY + self.within(5 * DAY)));
        self.plan(made, Event::Design(DesignEvent::Put(Making { client, order, by, work, nth })));
    }

    pub(super) fn design(&mut self, at: UtcMillis, id: CommandId, event: DesignEvent) -> Option<(Actor, Command)> {
        match event {
            DesignEvent::Put(it) => self.put(at, it),
            DesignEvent::Upload(it) => self.upload(at, it),
            DesignEvent::Submit(it, design) => self.submit(at, id, it, design),
            DesignEvent::Approve(it, design) => {
                let done = self.office_hours(at.plus(2 * HOUR + self.within(2 * DAY)));
                self.plan(done, Event::Order(OrderEvent::Move(it.client, it.order, OrderStatus::Completed)));
                let sha256 = self.pieces.get(it.work, it.nth).ok()?.sha256;
                Some((self.client(it.client)?, design::Approve { id: design, sha256 }.into()))
            }
            DesignEvent::Revise(it, design) => {
                self.plan_making(at, it.client, it.order);
                let piece = self.pieces.get(it.work, it.nth).ok()?;
                let (sha256, comment) = (piece.sha256, pick(&self.chance, WISHES).to_owned());
                let here = design::PinAt { x: 500, y: 460, text: "Terutama bagian tengah ini.".into() };
                let pins = if piece.media_type.is_image() { vec![here] } else { Vec::new() };
                Some((self.client(it.client)?, design::RequestRevision { id: design, sha256, comment, pins }.into()))
            }
        }
    }

    fn put(&mut self, at: UtcMillis, it: Making) -> Option<(Actor, Command)> {
        let person = self.office(it.by)?.person;
        let piece = self.pieces.get(it.work, it.nth).ok()?;
        self.plan(at.plus(2 * SECOND), Event::Design(DesignEvent::Upload(it)));
        Some(self.file_comes(person, piece))
    }

    fn upload(&mut self, at: UtcMillis, it: Making) -> Option<(Actor, Command)> {
        let piece = self.pieces.get(it.work, it.nth).ok()?;
        let (actor, design): (_, DesignId) = (self.office(it.by)?, self.id(at));
        self.works.get_mut(&it.order)?.versions += 1;
        let (order_id, sha256, size, media_type) = (it.order, piece.sha256, piece.size, piece.media_type.clone());
        let act = design::Upload { id: design, order_id, sha256, size, media_type, name: piece.name.clone() };
        // Some are not shown: whoever made them thought better of it.
        if it.nth + 1 < VERSIONS && self.one_in(6) {
            self.plan_making(at, it.client, it.order);
        } else {
            let shown = self.office_hours(at.plus(5 * MINUTE + self.within(DAY)));
            self.plan(shown, Event::Design(DesignEvent::Submit(it, design)));
        }
        Some((actor, act.into()))
    }

    fn submit(&mut self, at: UtcMillis, id: CommandId, it: Making, design: DesignId) -> Option<(Actor, Command)> {
        let otherwise = it.nth + 1 < VERSIONS && self.one_in(3);
        if self.client(it.client).is_some() {
            let looked = at.plus(HOUR + self.within(2 * DAY));
            let event = if otherwise { DesignEvent::Revise(it.clone(), design) } else { DesignEvent::Approve(it.clone(), design) };
            self.plan(looked, Event::Design(event));
        } else {
            // Whoever has no account says it by telephone.
            let (n, order) = (it.client, it.order);
            let next = if otherwise { OrderEvent::Revise(n, order) } else { OrderEvent::Move(n, order, OrderStatus::Completed) };
            self.plan(self.office_hours(at.plus(DAY + self.within(3 * DAY))), Event::Order(next));
        }
        self.told_later(at, it.client, id);
        let actor = if self.one_in(4) { self.of_role(&Role::Admin) } else { self.office(it.by) };
        Some((actor?, design::Submit { id: design }.into()))
    }
}
