//! `order.create`.

use serde::{Deserialize, Serialize};

use super::{budget, deadline, design_type, named, tell};
use crate::{
    command::Act,
    decision::{Changes, Code, Refusal, Stop, Write},
    facts::{Key, Lookup},
    id::{ClientId, CounterId, OrderId},
    money::Rupiah,
    record::{Kind, RecordRef},
    records::{Client, Counter, DesignType, History, NotificationKind, Order, OrderStatus, ProductStatus, Source},
    role::Role,
    rule::{Cx, Read, at_hand, create, field, key, source_for, writes},
    text::Brief,
    time::{Day, Zone},
};

/// `order.create`: a client orders a design, or the staff enters it for them (R-005, R-070…R-072).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Create {
    /// The id of the new order.
    pub id: OrderId,
    /// Whose order it is.
    pub client_id: ClientId,
    /// What is to be designed.
    pub design_type: DesignType,
    /// What it shall be, 1 to 2000 characters.
    pub description: String,
    /// What else the client needs, at most 2000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    /// By which day: not past in WIB, at most two years ahead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Day>,
    /// What the client means to spend, in whole rupiah: 1 to a thousand billion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Rupiah>,
    /// How it reached us; a client's own order is always `app`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Act for Create {
    const NAME: &'static str = "order.create";
    const RULE: &'static str = "R-005, R-070, R-071, R-072, C-12";
    const ROLES: &'static [Role] = &[Role::Client, Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn keys(&self) -> Vec<Key> {
        vec![key(Kind::Order, self.id), key(Kind::Client, self.client_id), Key::Lookup(Lookup::Settings)]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let wanted = self.wanted(cx)?;
        let client = cx.client(self.client_id)?.record;
        let mut counting = Counting::begin(cx)?;
        let order = wanted.order(cx, self.id, &client, &mut counting)?;
        let told = tell(cx, &order, NotificationKind::OrderCreated, None);
        Ok(writes([create(order)].into_iter().chain(counting.counted()).chain(told).collect()))
    }
}

/// What is wanted, checked.
pub(in crate::commands) struct Wanted {
    design_type: DesignType,
    description: Brief,
    needs: Option<Brief>,
    deadline: Option<Day>,
    budget: Option<Rupiah>,
    source: Source,
}

impl Create {
    /// Checks what is wanted.
    pub(in crate::commands) fn wanted(&self, cx: &Cx<'_>) -> Result<Wanted, Stop> {
        Ok(Wanted {
            design_type: design_type(&self.design_type)?,
            description: field("description", Brief::new(&self.description))?,
            needs: field("needs", Brief::optional(self.needs.as_deref()))?,
            deadline: deadline(self.deadline, cx.now)?,
            budget: budget(self.budget)?,
            source: source_for(cx, self.source.as_ref())?,
        })
    }
}

impl Wanted {
    /// The order for it, as it stands at first. It takes the next number only when nothing else stands in the way.
    pub(in crate::commands) fn order(self, cx: &Cx<'_>, id: OrderId, client: &Client, counting: &mut Counting) -> Result<Order, Stop> {
        if client.erased_at.is_some() {
            return Err(Refusal::new(Code::Erased, "R-019").into());
        }
        cx.must_be_free(named(id))?;
        let settings = cx.settings()?;
        Ok(Order {
            id,
            number: counting.next(id),
            client_id: client.id,
            client_user: client.user_id,
            client_name: client.name.clone(),
            client_zone: client.zone,
            source: self.source,
            design_type: self.design_type,
            description: self.description,
            needs: self.needs,
            deadline: self.deadline,
            budget: self.budget,
            status: OrderStatus::Pending,
            product_status: ProductStatus::Pending,
            staff_note: None,
            reason: None,
            versions: 0,
            current_version: None,
            shown_version: None,
            due_at: settings.calendar().add_working(cx.now, settings.answer_minutes),
            status_at: cx.now,
            status_by: cx.actor.person.clone(),
            claim: None,
            snooze: None,
            assignee: None,
            deleted: None,
            created_at: cx.now,
            updated_at: cx.now,
            history: History(vec![cx.history(None)]),
        })
    }
}

/// Invariant: counted. `ORD-YYYYMM-XXXX`: the month in WIB, and the next number of its counter, four digits and more when there are more (C-12). The
/// counter is written in the same commit, so that no number is given twice and none is left out. A desk cannot count: it shows a
/// provisional number, made from the order's id, until the server's order comes.
pub(in crate::commands) struct Counting {
    month: String,
    /// The counter; nothing where nobody can count.
    counter: Option<Read<Counter>>,
    gave: bool,
}

impl Counting {
    /// Begins to count on from where the month stands.
    pub(in crate::commands) fn begin(cx: &Cx<'_>) -> Result<Self, Stop> {
        let date = cx.now.day(Zone::Wib).date();
        let month = format!("{:04}{:02}", date.year(), date.month());
        let name = format!("order/{month}");
        let id = CounterId::named(&name);
        let found = at_hand(cx.lookup::<Counter>(id))?;
        let counter = found.map(|found| found.unwrap_or_else(|| Read::new(Counter { id, name, last: 0 })));
        Ok(Self { month, counter, gave: false })
    }
    /// The next number, for this order.
    fn next(&mut self, id: OrderId) -> String {
        let Some(counter) = &mut self.counter else { return provisional(&self.month, id) };
        counter.record.last = counter.record.last.saturating_add(1);
        self.gave = true;
        format!("ORD-{}-{:04}", self.month, counter.record.last)
    }
    /// What is written so that its numbers are given: nothing where it gave none.
    pub(in crate::commands) fn counted(self) -> Option<Write> {
        self.counter.filter(|_| self.gave).map(Read::write)
    }
}

/// `ORD-202611-~K3F9`: four letters of the id, without look-alikes, behind a mark that no counted number has.
fn provisional(month: &str, id: OrderId) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let b = id.uuid().into_bytes();
    let bits = u32::from_be_bytes([b[12], b[13], b[14], b[15]]);
    let letter = |place: u32| char::from(LETTERS[usize::try_from((bits >> (5 * place)) & 31).unwrap_or(0)]);
    let letters: String = (0..4).rev().map(letter).collect();
    format!("ORD-{month}-{}{letters}", Order::PROVISIONAL)
}
