//! What happened with one client: requests, orders, what was said and made about these, notes; newest first.

use domain::{
    id::ClientId,
    record::{AnyRecord, Kind, RecordRef},
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row, sqlite::Sqlite};
use std::{cmp::Reverse, collections::HashMap};

use super::{
    ask::{Tale, TaleAsk, TaleOf, TalePage},
    blob,
};
use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
    mirror::{Stored, id_of},
    queries::detail::NoteLine,
};

/// The kinds that are told, as [`TalePage::counts`] has them.
const KINDS: [Kind; 5] = [Kind::Consultation, Kind::Order, Kind::Conversation, Kind::Design, Kind::Note];

impl TaleOf {
    const fn has(self, kind: Kind) -> bool {
        match self {
            Self::All => true,
            Self::Requests => matches!(kind, Kind::Consultation),
            Self::Orders => matches!(kind, Kind::Order),
            Self::Talks => matches!(kind, Kind::Conversation),
            Self::Files => matches!(kind, Kind::Design),
            Self::Notes => matches!(kind, Kind::Note),
        }
    }
}

/// Everything of a client: its kind, its id, its moment. Orders that were deleted stand in their own list, and what belongs to them nowhere.
fn everything(client: ClientId) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("WITH whose (id) AS (SELECT ");
    query.push_bind(blob(client)).push(
        "), \
        asked AS MATERIALIZED (SELECT it.id, it.at FROM whose CROSS JOIN record AS it INDEXED BY record_client \
            ON it.kind = 3 AND it.about = whose.id), \
        ordered AS MATERIALIZED (SELECT it.id, it.at FROM whose CROSS JOIN record AS it INDEXED BY record_order_client \
            ON it.kind = 7 AND it.about = whose.id WHERE it.state < 'deleted/' OR it.state >= 'deleted0') \
        SELECT 3 AS kind, id, at FROM asked \
        UNION ALL SELECT 7, id, at FROM ordered \
        UNION ALL SELECT 10, it.id, it.at FROM ordered CROSS JOIN record AS it INDEXED BY record_name ON it.kind = 10 AND it.id = ordered.id \
        UNION ALL SELECT 14, it.id, it.at FROM ordered CROSS JOIN record AS it INDEXED BY record_design ON it.kind = 14 AND it.about = ordered.id \
        UNION ALL SELECT 4, it.id, it.at FROM (SELECT id FROM whose UNION ALL SELECT id FROM asked UNION ALL SELECT id FROM ordered) AS them \
            CROSS JOIN record AS it INDEXED BY record_note ON it.kind = 4 AND it.about = them.id",
    );
    query
}

impl Cabinet {
    /// A part of what happened with a client.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn tale(&self, ask: &TaleAsk, now: UtcMillis) -> Result<TalePage> {
        self.lock(now).await?.tale(ask).await
    }
}

impl Inner {
    async fn tale(&mut self, ask: &TaleAsk) -> Result<TalePage> {
        let mut found = Vec::new();
        for row in self.mirror.fetch_rows(everything(ask.client)).await? {
            let (kind, at): (i64, Option<i64>) = (row.try_get("kind")?, row.try_get("at")?);
            if let Some(kind) = Kind::of_code(kind) {
                found.push((Reverse(at.unwrap_or(0)), kind, Reverse(id_of(row.try_get("id")?)?)));
            }
        }
        let count = |has: &dyn Fn(Kind) -> bool| u32::try_from(found.iter().filter(|(_, kind, _)| has(*kind)).count()).unwrap_or(u32::MAX);
        let (total, counts) = (count(&|kind| ask.of.has(kind)), KINDS.map(|of| count(&|kind| kind == of)));
        found.retain(|(_, kind, _)| ask.of.has(*kind));
        found.sort_unstable();
        let part = found.into_iter().skip(ask.offset as usize).take(ask.limit as usize);
        let part: Vec<(i64, RecordRef)> = part.map(|(Reverse(at), kind, Reverse(id))| (at, RecordRef { kind, id })).collect();
        Ok(TalePage { lines: self.told(part).await?, total, counts })
    }
    /// The records of these names, as they are told.
    async fn told(&mut self, part: Vec<(i64, RecordRef)>) -> Result<Vec<(UtcMillis, Tale)>> {
        let names: Vec<RecordRef> = part.iter().map(|(_, name)| *name).collect();
        let mut stored: HashMap<RecordRef, Stored> = HashMap::with_capacity(names.len());
        for it in self.mirror.records(&names).await? {
            stored.insert(it.name, it);
        }
        let mut lines = Vec::with_capacity(part.len());
        for (at, name) in part {
            let Some(it) = stored.remove(&name) else { continue };
            let tale = match it.record()? {
                AnyRecord::Consultation(request) => Tale::Request(Box::new(request)),
                AnyRecord::Order(order) => Tale::Order(Box::new(order)),
                AnyRecord::Conversation(talk) => Tale::Talk(Box::new(talk)),
                AnyRecord::Design(design) => Tale::File(Box::new(design)),
                AnyRecord::Note(note) => Tale::Note(Box::new(NoteLine { note, ours: it.ours })),
                _ => continue,
            };
            lines.push((UtcMillis::from_ms(at), tale));
        }
        Ok(lines)
    }
    /// How much of each there is of a client.
    pub(super) async fn told_of(&mut self, client: ClientId) -> Result<[u32; 5]> {
        let ask = TaleAsk { client, of: TaleOf::All, offset: 0, limit: 0 };
        Ok(self.tale(&ask).await?.counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queries::part::Planner;

    /// What a client has is looked for by what belongs to it, step by step: nothing of other clients is ever read.
    #[tokio::test]
    async fn nothing_of_other_clients_is_read() {
        let mut planner = Planner::new().await;
        let plan = planner.plan(&everything(ClientId::from_uuid(uuid::Uuid::nil()))).await;
        for search in ["client (about=?)", "order_client (about=?)", "name (kind=? AND id=?)", "design (about=?)", "note (about=?)"] {
            assert!(plan.contains(&format!("SEARCH it USING INDEX record_{search}")), "{search}: {plan}");
        }
        assert!(!plan.contains("SCAN it") && !plan.contains("SCAN record") && !plan.contains("AUTOMATIC"), "{plan}");
    }
}
