//! Everything about one request.

use domain::{
    command::Given as Act,
    id::ClientId,
    record::{AnyRecord, Kind, Record, RecordRef},
    records::{Client, Consultation, Note},
    time::UtcMillis,
};
use sqlx::QueryBuilder;

use crate::{
    cabinet::{Cabinet, Inner, Pending, Verdict},
    error::Result,
    mirror::decode,
    queries::part::of,
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
    pub async fn detail(&self, record: RecordRef, acts: &[Act], now: UtcMillis) -> Result<Option<Detail>> {
        let mut inner = self.lock(now).await?;
        let Some(detail) = inner.detail(record).await? else { return Ok(None) };
        Ok(Some(Detail { verdicts: inner.probe(acts).await?, ..detail }))
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
    /// A record as the server last said it, and its revision there; `None` when it is not here, or the server has not seen it.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn said(&self, name: RecordRef, now: UtcMillis) -> Result<Option<(AnyRecord, i64)>> {
        let mut inner = self.lock(now).await?;
        let Some(stored) = inner.mirror.lookup(name).await? else { return Ok(None) };
        if !stored.ours {
            return Ok(Some((stored.record()?, stored.rev)));
        }
        let copy = inner.mirror.copies(Some(&[name])).await?.remove(&name).flatten();
        copy.map(|said| Ok((decode(name, &said.body)?, said.rev))).transpose()
    }
}

/// A record, and what the server last said of it.
#[derive(Clone, Debug)]
pub(super) struct Whole<R> {
    /// As it is shown.
    pub(super) record: R,
    /// Its revision as the server last said it; 0 when the server has not seen it.
    pub(super) rev: i64,
    /// Whether something of ours is laid over it.
    pub(super) laid_over: bool,
    /// What the server last said, where something of ours is laid over.
    pub(super) server: Option<Box<R>>,
}

impl Inner {
    async fn detail(&mut self, name: RecordRef) -> Result<Option<Detail>> {
        let Some(Whole { record: consultation, rev, laid_over, server }) = self.whole::<Consultation>(name).await? else {
            return Ok(None);
        };
        let ours = laid_over && server.as_ref().is_none_or(|s| s.status != consultation.status);
        let client = self.client_of(consultation.client_id).await?;
        let mut query = QueryBuilder::new("SELECT count(*) FROM record WHERE kind = 3 AND about = ");
        query.push_bind(consultation.client_id.uuid().as_bytes().to_vec());
        let client_requests = self.count(query).await?;
        let notes = self.notes(name).await?;
        let pending = self.about(name);
        Ok(Some(Detail { consultation, rev, ours, server, client, client_requests, notes, verdicts: Vec::new(), pending }))
    }
    /// A record of this kind, and what the server last said of it; `None` when it is not here, or is of another kind.
    pub(super) async fn whole<R: Record>(&mut self, name: RecordRef) -> Result<Option<Whole<R>>> {
        let Some(stored) = self.mirror.lookup(name).await?.filter(|_| name.kind == R::KIND) else { return Ok(None) };
        let (mut rev, mut server) = (stored.rev, None);
        if stored.ours {
            let copy = self.mirror.copies(Some(&[name])).await?.remove(&name).flatten();
            rev = copy.as_ref().map_or(0, |c| c.rev);
            let said = copy.and_then(|copy| decode(name, &copy.body).ok());
            server = said.as_ref().and_then(R::of).cloned().map(Box::new);
        }
        Ok(Some(Whole { record: of(&stored)?, rev, laid_over: stored.ours, server }))
    }
    /// A client, where this person may see them.
    pub(super) async fn client_of(&mut self, id: ClientId) -> Result<Option<Client>> {
        let stored = self.mirror.lookup(RecordRef::new(Kind::Client, id)).await?;
        Ok(stored.and_then(|stored| of(&stored).ok()))
    }
    pub(super) async fn notes(&mut self, about: RecordRef) -> Result<Vec<NoteLine>> {
        let mut query = QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = 4 AND about = ");
        query.push_bind(about.id.uuid().as_bytes().to_vec()).push(" ORDER BY at, id");
        let stored = self.mirror.fetch(Kind::Note, query).await?;
        stored.iter().map(|stored| Ok(NoteLine { note: of(stored)?, ours: stored.ours })).collect()
    }
}
