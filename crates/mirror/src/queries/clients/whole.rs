//! Everything about one client.

use domain::{
    command::Given as Act,
    id::{ClientId, RecordId},
    record::{Kind, RecordRef},
    records::Client,
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row};

use super::blob;
use crate::{
    cabinet::{Cabinet, Inner, Pending, Verdict},
    error::Result,
    mirror::id_of,
    queries::{
        detail::{NoteLine, Whole},
        part::of,
    },
};

/// The most others that are shown as perhaps the same person.
const ALIKE: u32 = 20;

/// Everything about one client.
#[derive(Clone, Debug)]
pub struct ClientWhole {
    /// The client as they are shown.
    pub client: Client,
    /// Their revision as the server last said it; 0 when the server has not seen them.
    pub rev: i64,
    /// Whether something of what is shown is ours alone.
    pub ours: bool,
    /// What the server last said, where something of ours is laid over.
    pub server: Option<Box<Client>>,
    /// How many of their requests wait.
    pub open_requests: u32,
    /// How many of their orders are neither done nor called off.
    pub open_orders: u32,
    /// How many there are of each: requests, orders, conversations, versions, notes.
    pub counts: [u32; 5],
    /// Others with the same telephone number or the same address: perhaps the same person.
    pub alike: Vec<Client>,
    /// Notes about the client themselves, oldest first.
    pub notes: Vec<NoteLine>,
    /// What the rulebook says of each of the acts that were asked about, in their order.
    pub verdicts: Vec<Verdict>,
    /// What was done and is not finished.
    pub pending: Vec<Pending>,
}

impl Cabinet {
    /// Everything about a client, and what the rulebook says of these acts on them; `None` when they are not here.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn client(&self, record: RecordRef, acts: &[Act], now: UtcMillis) -> Result<Option<ClientWhole>> {
        let mut inner = self.lock(now).await?;
        let Some(whole) = inner.client(record).await? else { return Ok(None) };
        Ok(Some(ClientWhole { verdicts: inner.probe(acts).await?, ..whole }))
    }
}

/// How often one who was merged is followed to another; the server has each name the last one.
const MOST_HOPS: usize = 8;

impl Cabinet {
    /// The id of whoever has everything of this client: their own, unless they were merged.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn staying(&self, mut client: ClientId, now: UtcMillis) -> Result<ClientId> {
        let mut inner = self.lock(now).await?;
        for _ in 0..MOST_HOPS {
            match inner.client_of(client).await?.and_then(|it| it.merged_into) {
                Some(into) => client = into,
                None => break,
            }
        }
        Ok(client)
    }
}

impl Inner {
    async fn client(&mut self, name: RecordRef) -> Result<Option<ClientWhole>> {
        let Some(Whole { record: client, rev, laid_over, server }) = self.whole::<Client>(name).await? else { return Ok(None) };
        let ours = laid_over && server.as_deref() != Some(&client);
        let open = self.open_of(std::iter::once(name.id)).await?;
        let (open_requests, open_orders) = open.get(&name.id).copied().unwrap_or_default();
        Ok(Some(ClientWhole {
            rev,
            ours,
            server,
            open_requests,
            open_orders,
            counts: self.told_of(client.id).await?,
            alike: self.alike(&client).await?,
            notes: self.notes(name).await?,
            verdicts: Vec::new(),
            pending: self.about(name),
            client,
        }))
    }
    /// Others with the same telephone number or the same address.
    async fn alike(&mut self, client: &Client) -> Result<Vec<Client>> {
        let mut query =
            QueryBuilder::new("SELECT id FROM (SELECT id, name FROM patron INDEXED BY patron_phone WHERE n IS NOT NULL AND phone = ");
        query.push_bind(client.phone.as_ref().map(|phone| phone.as_str().to_owned()));
        query.push(" UNION SELECT id, name FROM patron INDEXED BY patron_email WHERE n IS NOT NULL AND email = ");
        query.push_bind(client.email.as_ref().map(|email| email.as_str().to_owned()));
        query.push(") WHERE id <> ").push_bind(blob(client.id)).push(" ORDER BY name, id LIMIT ").push_bind(ALIKE);
        let rows = self.mirror.fetch_rows(query).await?;
        let ids: Vec<RecordId> = rows.iter().map(|row| Ok(id_of(row.try_get("id")?)?)).collect::<Result<_>>()?;
        let names: Vec<RecordRef> = ids.iter().map(|id| RecordRef { kind: Kind::Client, id: *id }).collect();
        let stored = self.mirror.records(&names).await?;
        let mut all: Vec<Client> = stored.iter().map(of).collect::<Result<_>>()?;
        all.sort_by_key(|it| ids.iter().position(|id| *id == RecordId::from(it.id)));
        Ok(all)
    }
}
