//! Everything about one order.

use domain::{
    command::Given as Act,
    record::RecordRef,
    records::{Client, Order},
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row};

use super::list::is_ours;
use crate::{
    cabinet::{Cabinet, Inner, KeptFiles, Pending, Verdict},
    columns::OrderPlace,
    error::Result,
    queries::detail::{NoteLine, Whole},
};

/// Everything about one order.
#[derive(Clone, Debug)]
pub struct OrderWhole {
    /// The order as it is shown.
    pub order: Order,
    /// Its revision as the server last said it; 0 when the server has not seen it.
    pub rev: i64,
    /// Whether the state it is shown in is ours alone.
    pub ours: bool,
    /// What the server last said, where something of ours is laid over.
    pub server: Option<Box<Order>>,
    /// The client, where this person may see them.
    pub client: Option<Client>,
    /// How many orders of this client are here, this one included; deleted ones are not counted.
    pub client_orders: u32,
    /// Notes, oldest first.
    pub notes: Vec<NoteLine>,
    /// What the rulebook says of each of the acts that were asked about, in their order.
    pub verdicts: Vec<Verdict>,
    /// What was done and is not finished.
    pub pending: Vec<Pending>,
    /// How far its files are, where this person keeps them.
    pub kept: Option<KeptFiles>,
}

impl Cabinet {
    /// Everything about an order, and what the rulebook says of these acts on it; `None` when it is not here.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn order(&self, record: RecordRef, acts: &[Act], now: UtcMillis) -> Result<Option<OrderWhole>> {
        let mut inner = self.lock(now).await?;
        let Some(whole) = inner.order(record).await? else { return Ok(None) };
        Ok(Some(OrderWhole { verdicts: inner.probe(acts).await?, ..whole }))
    }
}

impl Inner {
    async fn order(&mut self, name: RecordRef) -> Result<Option<OrderWhole>> {
        let Some(Whole { record: order, rev, laid_over, server }) = self.whole::<Order>(name).await? else { return Ok(None) };
        let ours = laid_over && is_ours(&order, server.as_deref());
        let client = self.client_of(order.client_id).await?;
        let mut query = QueryBuilder::new("SELECT state, count(*) FROM record INDEXED BY record_order_client WHERE kind = 7 AND about = ");
        query.push_bind(order.client_id.uuid().as_bytes().to_vec()).push(" GROUP BY state");
        let mut client_orders = 0;
        for row in self.mirror.fetch_rows(query).await? {
            let state: Option<&str> = row.try_get(0)?;
            let n: u32 = row.try_get(1)?;
            client_orders += if state.is_some_and(|state| OrderPlace::read(state).deleted) { 0 } else { n };
        }
        let notes = self.notes(name).await?;
        let (pending, kept) = (self.about(name), self.kept_files(order.id).await?);
        Ok(Some(OrderWhole { order, rev, ours, server, client, client_orders, notes, verdicts: Vec::new(), pending, kept }))
    }
}
