//! Reading a part of the list of orders.

use domain::{
    id::RecordId,
    record::{Kind, Record as _, RecordRef},
    records::Order,
    search::Wanted,
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row, sqlite::Sqlite};
use std::collections::HashSet;

use super::{
    ask::{OrderAsk, OrderLine, OrderPage},
    places::Chosen,
};
use crate::{
    cabinet::{Cabinet, Inner},
    columns::OrderPlace,
    error::Result,
    mirror::{Found, Stored, id_of},
    queries::part::{FoundPart, Listing, newest_part, of, push_among, said_in},
};

/// Beside those of [`Stored::of`].
const COLUMNS: &str = ", looked, open";

/// A list of orders.
struct List {
    /// The states it shows, or, where those are fewer, the ones it does not; as their column has them.
    states: Chosen,
    mine: bool,
    later: Vec<RecordRef>,
}

impl Listing for List {
    fn rows(&self, query: &mut QueryBuilder<Sqlite>) {
        // By its order: whichever states are chosen, a part is found without sorting what the list has.
        query.push(if self.mine {
            // As the index has it, letter by letter: what somebody only holds for a while is not theirs.
            " FROM record INDEXED BY record_order_mine WHERE kind = 7 AND mine = 9223372036854775807"
        } else {
            " FROM record INDEXED BY record_order WHERE kind = 7"
        });
        let states = match &self.states {
            Chosen::These(states) => {
                query.push(" AND state IN (");
                states
            }
            Chosen::AllBut(states) if states.is_empty() => {
                query.push(" AND state IS NOT NULL");
                return;
            }
            Chosen::AllBut(states) => {
                query.push(" AND state NOT IN (");
                states
            }
        };
        let mut list = query.separated(", ");
        for state in states {
            list.push_bind(state.clone());
        }
        query.push(")");
    }
    fn later(&self) -> &[RecordRef] {
        &self.later
    }
    fn is_newest_first(&self) -> bool {
        true
    }
}

/// The rows of these numbers, newest first.
struct Among(Vec<i64>);

impl Listing for Among {
    fn rows(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" FROM record WHERE kind = 7");
        push_among(query, &self.0);
    }
    fn later(&self) -> &[RecordRef] {
        &[]
    }
    fn is_newest_first(&self) -> bool {
        true
    }
}

impl Cabinet {
    /// A part of the list of orders.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn orders(&self, ask: &OrderAsk, now: UtcMillis) -> Result<OrderPage> {
        self.lock(now).await?.orders(ask).await
    }
}

impl Inner {
    async fn orders(&mut self, ask: &OrderAsk) -> Result<OrderPage> {
        let places = self.order_places().await?;
        let counts = places.counts();
        let list = List { states: places.of(ask), mine: ask.mine, later: self.later(ask.shown, &ask.ways()) };
        let wanted = Wanted::new(&ask.text);
        let page = if places.count(ask) == 0 {
            OrderPage { offset: ask.wish().first(None, 0), ..OrderPage::default() }
        } else if wanted.is_empty() {
            let all = places.count(ask);
            self.orders_listed(ask, &list, all).await?
        } else {
            self.orders_found(ask, &list, &wanted).await?
        };
        Ok(OrderPage { counts, version: self.version, ..page })
    }
    /// A part of the whole list, where so many orders stand in its states.
    async fn orders_listed(&mut self, ask: &OrderAsk, list: &List, all: u32) -> Result<OrderPage> {
        let newer = self.newer(list).await?;
        let total = if list.mine { self.count_of(list).await? } else { all.saturating_sub(newer) };
        let at = match ask.around {
            Some(name) => self.place(list, name).await?,
            None => None,
        };
        let offset = ask.wish().first(at, total);
        let rows = self.order_lines(list, ask.limit, offset).await?;
        Ok(OrderPage { rows, offset, at, total, newer, ..OrderPage::default() })
    }
    /// A part of those that a text finds.
    async fn orders_found(&mut self, ask: &OrderAsk, list: &List, wanted: &Wanted) -> Result<OrderPage> {
        let mine = if list.mine { Some(self.orders_of_mine(list).await?) } else { None };
        let found = self.found(Kind::Order, wanted).await?;
        let is_in = |it: &&Found| ask.has(OrderPlace::read(found.state_of(it))) && mine.as_ref().is_none_or(|mine| mine.contains(&it.id));
        let FoundPart { rows, offset, at, total, newer } = newest_part(|| found.all().filter(is_in), &list.later, ask.wish());
        let rows = if rows.is_empty() { Vec::new() } else { self.order_lines(&Among(rows), ask.limit, 0).await? };
        Ok(OrderPage { rows, offset, at, total, newer, ..OrderPage::default() })
    }
    /// The orders of a list that were given to this person, also those that came later.
    async fn orders_of_mine(&mut self, list: &List) -> Result<HashSet<RecordId>> {
        let mut query = QueryBuilder::new("SELECT id");
        list.rows(&mut query);
        let rows = self.mirror.fetch_rows(query).await?;
        rows.iter().map(|row| Ok(id_of(row.try_get("id")?)?)).collect()
    }
    async fn order_lines(&mut self, list: &impl Listing, limit: u32, offset: u32) -> Result<Vec<OrderLine>> {
        let rows = self.part(list, COLUMNS, limit, offset).await?;
        let marks = self.marks();
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            let it = Stored::of(Kind::Order, row)?;
            let (looked, open): (bool, bool) = (row.try_get("looked")?, row.try_get("open")?);
            let (order, said): (Order, _) = (of(&it)?, said_in(&it, row)?);
            let said = said.as_ref().and_then(Order::of);
            let mark = marks.get(&it.name).copied();
            let ours = it.ours && is_ours(&order, said);
            let claim_ours = it.ours && said.is_none_or(|said| said.claim != order.claim);
            lines.push(OrderLine { ours, claim_ours, mark, unseen: !looked && open, kept: self.mirror.keeps(order.id), order });
        }
        Ok(lines)
    }
}

/// Whether an order that is laid over stands otherwise than the server said.
pub(in crate::queries) fn is_ours(shown: &Order, said: Option<&Order>) -> bool {
    said.is_none_or(|said| said.status != shown.status || said.deleted.is_some() != shown.deleted.is_some())
}
