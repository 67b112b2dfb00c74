//! Everything about one request.

use domain::{
    command::Given as Order,
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, Consultation, Note},
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row};

use crate::{
    cabinet::{Cabinet, Inner, Pending, Verdict},
    error::{Error, Result},
};

/// A note, and whether the server has it.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteLine {
    /// The note.
    pub note: Note,
    /// Whether it is ours alone yet.
    pub ours: bool,
}

/// Everything about one request.
#[derive(Clone, Debug)]
pub struct Detail {
    /// The request as it is shown.
    pub consultation: Consultation,
    /// Its revision as the server last said it; 0 when the server has not seen it.
    pub rev: i64,
    /// Whether the state it is shown in is ours alone.
    pub ours: bool,
    /// What the server last said, where that differs.
    pub server: Option<Box<Consultation>>,
    /// The client, where this person may see them.
    pub client: Option<Client>,
    /// How many requests of this client are here, this one included.
    pub client_requests: u32,
    /// Notes, oldest first.
    pub notes: Vec<NoteLine>,
    /// What the rulebook says of each of the acts that were asked about, in their order.
    pub verdicts: Vec<Verdict>,
    /// What was done and is not finished.
    pub pending: Vec<Pending>,
}

impl Cabinet {
    /// Everything about a request, and what the rulebook says of these acts on it; `None` when it is not here.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn detail(&self, record: RecordRef, acts: &[Order], now: UtcMillis) -> Result<Option<Detail>> {
        let mut inner = self.lock(now).await?;
        let Some(mut detail) = inner.detail(record).await? else { return Ok(None) };
        for act in acts {
            detail.verdicts.push(inner.probe(act).await?);
        }
        Ok(Some(detail))
    }
    /// A record as it is shown, and whether anything of ours is laid over it.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn record(&self, name: RecordRef, now: UtcMillis) -> Result<Option<(AnyRecord, bool)>> {
        let mut inner = self.lock(now).await?;
        let stored = inner.mirror.lookup(name).await?;
        stored.map(|s| Ok((s.record()?, s.ours))).transpose()
    }
}

impl Inner {
    async fn detail(&mut self, name: RecordRef) -> Result<Option<Detail>> {
        let Some(stored) = self.mirror.lookup(name).await? else { return Ok(None) };
        let AnyRecord::Consultation(consultation) = stored.record()? else { return Ok(None) };
        let (mut rev, mut server) = (stored.rev, None);
        if stored.ours {
            let copy = self.mirror.copies(Some(&[name])).await?.remove(&name).flatten();
            rev = copy.as_ref().map_or(0, |c| c.rev);
            let said = self.mirror.server_states(&[name]).await?.remove(&name);
            server = said.and_then(|r| if let AnyRecord::Consultation(it) = r { Some(Box::new(it)) } else { None });
        }
        let ours = stored.ours && server.as_ref().is_none_or(|s| s.status != consultation.status);
        let client = self.mirror.lookup(RecordRef::new(Kind::Client, consultation.client_id)).await?;
        let client = client.and_then(|s| s.record().ok()).and_then(|r| if let AnyRecord::Client(it) = r { Some(it) } else { None });
        let mut count = QueryBuilder::new("SELECT count(*) FROM record WHERE kind = 3 AND about = ");
        count.push_bind(consultation.client_id.uuid().as_bytes().to_vec());
        let client_requests: i64 = self.mirror.fetch_row(count).await?.try_get(0)?;
        let notes = self.notes(name).await?;
        let pending = self.about(name);
        let client_requests = u32::try_from(client_requests).unwrap_or(u32::MAX);
        Ok(Some(Detail { consultation, rev, ours, server, client, client_requests, notes, verdicts: Vec::new(), pending }))
    }
    async fn notes(&mut self, about: RecordRef) -> Result<Vec<NoteLine>> {
        let mut query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 4 AND about = ");
        query.push_bind(about.id.uuid().as_bytes().to_vec()).push(" ORDER BY at, id");
        let mut notes = Vec::new();
        for stored in self.mirror.fetch(Kind::Note, query).await? {
            match stored.record()? {
                AnyRecord::Note(note) => notes.push(NoteLine { note, ours: stored.ours }),
                _ => return Err(Error::Inconsistent { table: "record", column: "kind", id: stored.name.to_string() }),
            }
        }
        Ok(notes)
    }
}
