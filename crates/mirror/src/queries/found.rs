//! What a text finds of requests, of orders and of conversations about them: by what stands in them, and by the telephone number of
//! their client.

use domain::{id::RecordId, record::Kind, search::Wanted};
use sqlx::{QueryBuilder, Row};
use std::collections::HashSet;

use crate::{
    cabinet::Inner,
    error::Result,
    mirror::{Finder, Found, id_of},
};

/// The clients whose records are shown for a number at most: one that fits more of them is not typed to its end.
const CLIENTS: usize = 200;

/// The records of a client, by an index of their own: partial indexes want the kind as a constant (3 is a consultation, 7 an order).
const REQUESTS: &str = "SELECT id FROM record INDEXED BY record_client WHERE kind = 3 AND about IN (";
const ORDERS: &str = "SELECT id FROM record INDEXED BY record_order_client WHERE kind = 7 AND about IN (";

impl Inner {
    /// What a text finds of requests, of orders or of conversations, in no order.
    pub(super) async fn found(&mut self, kind: Kind, wanted: &Wanted) -> Result<AllFound<'_>> {
        let theirs = self.of_numbers(kind, wanted).await?;
        Ok(AllFound { kind, finder: self.mirror.find_text(kind, wanted).await?, theirs })
    }
    /// Those of clients who have the number that is typed. A conversation has the id of its order.
    async fn of_numbers(&mut self, kind: Kind, wanted: &Wanted) -> Result<HashSet<RecordId>> {
        if !wanted.is_number() {
            return Ok(HashSet::new());
        }
        let finder = self.mirror.find_text(Kind::Client, wanted).await?;
        let clients: Vec<RecordId> = finder.found(Kind::Client).take(CLIENTS).map(|it| it.id).collect();
        if clients.is_empty() {
            return Ok(HashSet::new());
        }
        let mut query = QueryBuilder::new(if kind == Kind::Consultation { REQUESTS } else { ORDERS });
        let mut ids = query.separated(", ");
        for client in clients {
            ids.push_bind(client.uuid().as_bytes().to_vec());
        }
        query.push(")");
        let rows = self.mirror.fetch_rows(query).await?;
        rows.iter().map(|row| Ok(id_of(row.try_get("id")?)?)).collect()
    }
}

/// What a text finds: by what stands in it, and what is of clients who have the number that is typed.
pub(super) struct AllFound<'a> {
    kind: Kind,
    finder: &'a Finder,
    theirs: HashSet<RecordId>,
}

impl AllFound<'_> {
    /// All of it.
    pub(super) fn all(&self) -> impl Iterator<Item = &Found> {
        let by_text = self.finder.found(self.kind).filter(|it| !self.theirs.contains(&it.id));
        let by_number = self.theirs.iter().filter_map(|id| self.finder.get(self.kind, *id));
        by_text.chain(by_number)
    }
    /// The state in which a record stands, as its column has it.
    pub(super) fn state_of(&self, found: &Found) -> &str {
        self.finder.state_of(found)
    }
}
