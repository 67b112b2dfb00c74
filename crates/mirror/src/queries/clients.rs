//! Finding a client by a part of their name, telephone number or address.

use domain::{
    facts::Lookup,
    id::RecordId,
    record::{AnyRecord, Kind, RecordRef},
    records::Client,
    search::{Wanted, fold},
    time::UtcMillis,
};

use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
};

/// A client that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientHit {
    /// The client.
    pub client: Client,
    /// The number of their waiting request, if they have one.
    pub waiting: Option<String>,
}

impl Cabinet {
    /// The clients that a text finds, best first, at most `limit`: those whose name begins with it, then those with a word
    /// that does, then the rest; by name.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn clients(&self, text: &str, limit: usize, now: UtcMillis) -> Result<Vec<ClientHit>> {
        let mut inner = self.lock(now).await?;
        inner.clients(text, limit).await
    }
}

impl Inner {
    async fn clients(&mut self, text: &str, limit: usize) -> Result<Vec<ClientHit>> {
        let (wanted, folded) = (Wanted::new(text), fold(text));
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let finder = self.mirror.finder().await?;
        let ids: Vec<RecordId> = finder.find(Kind::Client, &wanted).iter().map(|it| it.id).collect();
        let mut ranked: Vec<(u8, &str, RecordId)> = Vec::with_capacity(ids.len());
        for id in ids {
            let text = finder.text_of(Kind::Client, id);
            ranked.push((rank(text, &folded), text, id));
        }
        ranked.sort_unstable();
        let order: Vec<RecordId> = ranked.into_iter().take(limit).map(|(.., id)| id).collect();
        let names: Vec<RecordRef> = order.iter().map(|id| RecordRef { kind: Kind::Client, id: *id }).collect();
        let mut found = Vec::with_capacity(names.len());
        for stored in self.mirror.records(&names).await? {
            if let AnyRecord::Client(client) = stored.record()? {
                found.push((order.iter().position(|id| *id == stored.name.id), client));
            }
        }
        found.sort_by_key(|(place, _)| *place);
        let mut hits = Vec::with_capacity(limit);
        for (_, client) in found {
            let waiting = self.waiting_of(&client).await?;
            hits.push(ClientHit { client, waiting });
        }
        Ok(hits)
    }
    async fn waiting_of(&mut self, client: &Client) -> Result<Option<String>> {
        let found = self.mirror.find(&Lookup::WaitingOf(client.id)).await?.unwrap_or_default();
        let number = found.iter().find_map(|held| match &*held.record {
            AnyRecord::Consultation(it) => Some(it.number.clone()),
            _ => None,
        });
        Ok(number)
    }
}

/// How well a client is found: their name begins with it (0), a word of it does (1), or it stands elsewhere (2).
fn rank(text: &str, folded: &str) -> u8 {
    if text.starts_with(folded) {
        0
    } else if text.split(' ').any(|word| word.starts_with(folded)) {
        1
    } else {
        2
    }
}
