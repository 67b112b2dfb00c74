//! Finding a client by a part of their name, telephone number or address.

use domain::{
    id::{ClientId, ConsultationId, RecordId},
    record::{AnyRecord, Kind, RecordRef},
    records::Client,
    search::{Wanted, fold},
    time::UtcMillis,
};

use sqlx::QueryBuilder;
use std::collections::HashMap;

use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
    mirror::Stored,
    queries::first_by,
};

/// A client that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientHit {
    /// The client.
    pub client: Client,
    /// Their waiting request and its number, if they have one.
    pub waiting: Option<(ConsultationId, String)>,
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
        let finder = self.mirror.find_text(Kind::Client, &wanted).await?;
        let ranked = finder.found(Kind::Client).map(|it| {
            let text = finder.text_of(Kind::Client, it.id);
            (rank(&text, &folded), text, it.id)
        });
        let order: Vec<RecordId> = first_by(ranked, limit, Ord::cmp).into_iter().map(|(.., id)| id).collect();
        let names: Vec<RecordRef> = order.iter().map(|id| RecordRef { kind: Kind::Client, id: *id }).collect();
        let mut found = Vec::with_capacity(names.len());
        for stored in self.mirror.records(&names).await? {
            if let AnyRecord::Client(client) = stored.record()? {
                found.push((order.iter().position(|id| *id == stored.name.id), client));
            }
        }
        found.sort_by_key(|(place, _)| *place);
        let mut waiting = self.waiting_of(found.iter().map(|(_, client)| client.id)).await?;
        Ok(found.into_iter().map(|(_, client)| ClientHit { waiting: waiting.remove(&client.id), client }).collect())
    }
    /// The waiting requests of these clients, with their numbers.
    async fn waiting_of(&mut self, clients: impl Iterator<Item = ClientId>) -> Result<HashMap<ClientId, (ConsultationId, String)>> {
        let mut query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 3 AND open = 1 AND about IN (");
        let mut ids = query.separated(", ");
        for client in clients {
            ids.push_bind(RecordId::from(client).uuid().as_bytes().to_vec());
        }
        query.push(")");
        let mut waiting = HashMap::new();
        for row in self.mirror.fetch_rows(query).await? {
            if let AnyRecord::Consultation(it) = Stored::of(Kind::Consultation, &row)?.record()? {
                waiting.insert(it.client_id, (it.id, it.number));
            }
        }
        Ok(waiting)
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
