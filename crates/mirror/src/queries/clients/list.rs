//! Reading a part of the list of clients.

use domain::{
    id::{ClientId, RecordId},
    record::Kind,
    records::Client,
    search::Wanted,
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row, sqlite::Sqlite};
use std::collections::HashMap;

use super::{
    ask::{ClientAsk, ClientLine, ClientOrder, ClientPage},
    blob,
};
use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
    mirror::{Stored, id_of},
    queries::part::{OrderedPart, of},
};

impl ClientOrder {
    /// From where: an index that has all of them in this order.
    const fn rows(self) -> &'static str {
        match self {
            Self::Name => " FROM patron INDEXED BY patron_name WHERE n IS NOT NULL",
            Self::Last => " FROM patron INDEXED BY patron_last WHERE n IS NOT NULL",
        }
    }
    /// By what its order is kept.
    const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Last => "last",
        }
    }
    const fn order(self) -> &'static str {
        match self {
            Self::Name => " ORDER BY name, id LIMIT ",
            Self::Last => " ORDER BY last DESC, id DESC LIMIT ",
        }
    }
    /// The numbers of a part of them.
    fn part(self, limit: u32, offset: u32) -> QueryBuilder<Sqlite> {
        let mut query = QueryBuilder::new("SELECT n");
        query.push(self.rows()).push(self.order()).push_bind(limit).push(" OFFSET ").push_bind(offset);
        query
    }
    /// The numbers of all of them as one text.
    fn numbers(self) -> QueryBuilder<Sqlite> {
        let mut query = QueryBuilder::new("SELECT group_concat(n, ' ') FROM (SELECT n");
        // With a limit, even with none, the order is not passed over as that of a part of a statement.
        query.push(self.rows()).push(self.order()).push("-1)");
        query
    }
    /// How many stand before one.
    fn before(self, name: &str, last: i64, id: ClientId) -> QueryBuilder<Sqlite> {
        let mut query = QueryBuilder::new("SELECT count(*)");
        query.push(self.rows());
        match self {
            Self::Name => query.push(" AND (name, id) < (").push_bind(name.to_owned()),
            Self::Last => query.push(" AND (last, id) > (").push_bind(last),
        };
        query.push(", ").push_bind(blob(id)).push(")");
        query
    }
}

/// What is still to be done for a client: requests that wait, orders that are open.
type Open = (u32, u32);

impl Cabinet {
    /// A part of the list of clients.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn client_list(&self, ask: &ClientAsk, now: UtcMillis) -> Result<ClientPage> {
        self.lock(now).await?.client_list(ask).await
    }
}

impl Inner {
    async fn client_list(&mut self, ask: &ClientAsk) -> Result<ClientPage> {
        let all =
            self.count(QueryBuilder::new("SELECT coalesce(sum(n), 0) FROM tally WHERE kind = 2 AND state IN ('here', 'erased')")).await?;
        let wanted = Wanted::new(&ask.text);
        let part = if wanted.is_empty() {
            self.clients_listed(ask, all).await?
        } else {
            self.found_in_order(Kind::Client, (ask.order.name(), ask.order.numbers()), &wanted, ask.wish()).await?
        };
        let rows = self.client_lines(&part.rows).await?;
        Ok(ClientPage { rows, offset: part.offset, at: part.at, total: part.total, all })
    }
    /// A part of the whole list, which has so many rows.
    async fn clients_listed(&mut self, ask: &ClientAsk, total: u32) -> Result<OrderedPart> {
        let at = match ask.around {
            Some(id) => self.client_place(ask.order, id).await?,
            None => None,
        };
        let offset = ask.wish().first(at, total);
        let rows = self.mirror.fetch_rows(ask.order.part(ask.limit, offset)).await?;
        let rows = rows.iter().map(|row| row.try_get("n")).collect::<sqlx::Result<_>>()?;
        Ok(OrderedPart { rows, offset, at, total })
    }
    /// Where a client stands in the list, if it has them.
    async fn client_place(&mut self, order: ClientOrder, id: ClientId) -> Result<Option<u32>> {
        let mut query = QueryBuilder::new("SELECT name, last FROM patron WHERE n IS NOT NULL AND id = ");
        query.push_bind(blob(id));
        let Some(row) = self.mirror.fetch_rows(query).await?.pop() else { return Ok(None) };
        let (name, last): (&str, i64) = (row.try_get("name")?, row.try_get("last")?);
        self.count(order.before(name, last, id)).await.map(Some)
    }
    /// The rows of these numbers, in their order.
    async fn client_lines(&mut self, numbers: &[i64]) -> Result<Vec<ClientLine>> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: HashMap<i64, (Stored, i64)> = HashMap::with_capacity(numbers.len());
        for row in self.mirror.fetch_rows(numbered(numbers)).await? {
            found.insert(row.try_get("n")?, (Stored::of(Kind::Client, &row)?, row.try_get("last")?));
        }
        let stored: Vec<(Stored, i64)> = numbers.iter().filter_map(|n| found.remove(n)).collect();
        let open = self.open_of(stored.iter().map(|(it, _)| it.name.id)).await?;
        let marks = self.marks();
        let mut lines = Vec::with_capacity(stored.len());
        for (it, last) in stored {
            let client: Client = of(&it)?;
            let (requests, orders) = open.get(&it.name.id).copied().unwrap_or_default();
            let (last, mark) = (UtcMillis::from_ms(last), marks.get(&it.name).copied());
            lines.push(ClientLine { client, last, requests, orders, ours: it.ours, mark });
        }
        Ok(lines)
    }
    /// What is still to be done for these clients.
    pub(super) async fn open_of(&mut self, clients: impl Iterator<Item = RecordId>) -> Result<HashMap<RecordId, Open>> {
        let mut query =
            QueryBuilder::new("SELECT about, kind, count(*) AS open FROM record INDEXED BY record_waiting WHERE open = 1 AND about IN (");
        let mut ids = query.separated(", ");
        for client in clients {
            ids.push_bind(client.uuid().as_bytes().to_vec());
        }
        query.push(") AND kind IN (3, 7) GROUP BY about, kind");
        let mut all: HashMap<RecordId, Open> = HashMap::new();
        for row in self.mirror.fetch_rows(query).await? {
            let (kind, n): (i64, u32) = (row.try_get("kind")?, row.try_get("open")?);
            let open = all.entry(id_of(row.try_get("about")?)?).or_default();
            if kind == i64::from(Kind::Order.code()) { open.1 = n } else { open.0 = n }
        }
        Ok(all)
    }
}

/// The rows of these numbers, by their numbers. Left to itself SQLite looks through all of the kind.
fn numbered(numbers: &[i64]) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT it.n, it.id, it.rev, it.seq, it.ours, it.body, patron.last FROM json_each(");
    query.push_bind(serde_json::Value::from(numbers).to_string());
    query.push(
        ") AS wanted CROSS JOIN record AS it NOT INDEXED ON it.n = wanted.value CROSS JOIN patron ON patron.id = it.id WHERE it.kind = 2",
    );
    query
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queries::part::Planner;

    /// A part of the list is read by the order of an index that has all of it: nothing is put in order, and no client is looked at but
    /// those that are shown.
    #[tokio::test]
    async fn a_part_is_read_by_the_order_of_its_index_alone() {
        let mut planner = Planner::new().await;
        let client = ClientId::from_uuid(uuid::Uuid::nil());
        for (order, index) in [(ClientOrder::Name, "patron_name"), (ClientOrder::Last, "patron_last")] {
            for query in [order.part(50, 1_000), order.numbers(), order.before("rani", 7, client)] {
                let plan = planner.plan(&query).await;
                assert!(plan.contains(&format!("patron USING COVERING INDEX {index}")), "{plan}");
                assert!(!plan.contains("record") && !plan.contains("TEMP B-TREE"), "{plan}");
            }
        }
        let rows = planner.plan(&numbered(&[1, 2])).await;
        assert!(
            rows.contains("SEARCH it USING INTEGER PRIMARY KEY (rowid=?)") && rows.contains("SEARCH patron USING PRIMARY KEY"),
            "{rows}"
        );
    }
}
