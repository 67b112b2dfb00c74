//! Reading a part of the list of conversations.

use domain::{
    id::{OrderId, RecordId},
    record::{Kind, RecordRef},
    records::{Conversation, Order, Voice},
    search::Wanted,
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row, sqlite::Sqlite};
use std::collections::HashMap;

use super::ask::{ConversationAsk, ConversationCounts, ConversationLine, ConversationPage, ConversationPart};
use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
    mirror::Stored,
    queries::part::{OrderedPart, of, push_among},
};

/// The places of `talk`: below the first nothing was read to its end, below the second everything is shown.
const READ: i64 = 2;
const NOWHERE: i64 = 3;

impl ConversationPart {
    /// What a statement begins with, of its rows: by an index that has them in their order.
    fn rows(self, begins: &str) -> QueryBuilder<Sqlite> {
        let mut query = QueryBuilder::new(begins);
        query.push(match self {
            Self::All | Self::Unread => " FROM talk INDEXED BY talk_list WHERE place < ",
            Self::Waiting => " FROM talk INDEXED BY talk_waiting WHERE waiting = 1 AND place < ",
        });
        query.push_bind(if self == Self::Unread { READ } else { NOWHERE });
        query
    }
    /// By what its order is kept.
    const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Unread => "unread",
            Self::Waiting => "waiting",
        }
    }
    /// The numbers of a part of them.
    fn part(self, limit: u32, offset: u32) -> QueryBuilder<Sqlite> {
        let mut query = self.rows("SELECT n");
        query.push(ORDER).push_bind(limit).push(" OFFSET ").push_bind(offset);
        query
    }
    /// The numbers of all of them as one text.
    fn numbers(self) -> QueryBuilder<Sqlite> {
        let mut query = self.rows("SELECT group_concat(n, ' ') FROM (SELECT n");
        // With a limit, even with none, the order is not passed over as that of a part of a statement.
        query.push(ORDER).push("-1)");
        query
    }
    /// How many stand before one.
    fn before(self, place: i64, rank: i64, id: OrderId) -> QueryBuilder<Sqlite> {
        let mut query = self.rows("SELECT count(*)");
        query.push(" AND (place, rank, id) < (").push_bind(place).push(", ").push_bind(rank).push(", ").push_bind(blob(id)).push(")");
        query
    }
    const fn has(self, place: i64, waiting: bool) -> bool {
        match self {
            Self::All => place < NOWHERE,
            Self::Unread => place < READ,
            Self::Waiting => place < NOWHERE && waiting,
        }
    }
    const fn count(self, counts: ConversationCounts) -> u32 {
        match self {
            Self::All => counts.all,
            Self::Unread => counts.unread,
            Self::Waiting => counts.waiting,
        }
    }
}

/// The rows of these numbers. Left to itself SQLite looks through all of the kind.
fn numbered(numbers: &[i64]) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT n, id, rev, seq, ours, body FROM record NOT INDEXED WHERE kind = 10");
    push_among(&mut query, numbers);
    query
}

const ORDER: &str = " ORDER BY place, rank, id LIMIT ";

/// An id as it stands in the tables.
fn blob(id: OrderId) -> Vec<u8> {
    id.uuid().as_bytes().to_vec()
}

impl Cabinet {
    /// A part of the list of conversations: unread ones first, and of these the earliest promise; the others newest first.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn conversations(&self, ask: &ConversationAsk, now: UtcMillis) -> Result<ConversationPage> {
        self.lock(now).await?.conversations(ask).await
    }
}

impl Inner {
    async fn conversations(&mut self, ask: &ConversationAsk) -> Result<ConversationPage> {
        let counts = self.conversation_counts().await?;
        let wanted = Wanted::new(&ask.text);
        let part = if wanted.is_empty() {
            self.conversations_listed(ask, ask.part.count(counts)).await?
        } else {
            self.found_in_order(Kind::Conversation, (ask.part.name(), ask.part.numbers()), &wanted, ask.wish()).await?
        };
        let rows = self.conversation_lines(&part.rows).await?;
        Ok(ConversationPage { rows, offset: part.offset, at: part.at, total: part.total, counts })
    }
    /// What the tally says of the places of `talk`.
    async fn conversation_counts(&mut self) -> Result<ConversationCounts> {
        let query = QueryBuilder::new("SELECT state, n FROM tally WHERE kind = 10 AND n > 0");
        let mut counts = ConversationCounts::default();
        for row in self.mirror.fetch_rows(query).await? {
            let (state, n): (&str, u32) = (row.try_get("state")?, row.try_get("n")?);
            let (place, waiting) = state.split_once('/').unwrap_or((state, ""));
            let (place, waiting) = (place.parse().unwrap_or(NOWHERE), waiting == "1");
            let all = [
                (ConversationPart::All, &mut counts.all),
                (ConversationPart::Unread, &mut counts.unread),
                (ConversationPart::Waiting, &mut counts.waiting),
            ];
            all.into_iter().filter(|(part, _)| part.has(place, waiting)).for_each(|(_, of)| *of += n);
        }
        Ok(counts)
    }
    /// A part of a whole list that has so many rows.
    async fn conversations_listed(&mut self, ask: &ConversationAsk, total: u32) -> Result<OrderedPart> {
        let at = match ask.around {
            Some(order) => self.place_of(ask.part, order).await?,
            None => None,
        };
        let offset = ask.wish().first(at, total);
        let rows = self.mirror.fetch_rows(ask.part.part(ask.limit, offset)).await?;
        let rows = rows.iter().map(|row| row.try_get("n")).collect::<sqlx::Result<_>>()?;
        Ok(OrderedPart { rows, offset, at, total })
    }
    /// Where a conversation stands in a list, if the list has it.
    async fn place_of(&mut self, part: ConversationPart, order: OrderId) -> Result<Option<u32>> {
        let mut query = QueryBuilder::new("SELECT place, rank, waiting FROM talk WHERE id = ");
        query.push_bind(blob(order));
        let Some(row) = self.mirror.fetch_rows(query).await?.pop() else { return Ok(None) };
        let (place, rank): (i64, i64) = (row.try_get("place")?, row.try_get("rank")?);
        if !part.has(place, row.try_get("waiting")?) {
            return Ok(None);
        }
        self.count(part.before(place, rank, order)).await.map(Some)
    }
    /// The rows of these numbers, in their order.
    async fn conversation_lines(&mut self, numbers: &[i64]) -> Result<Vec<ConversationLine>> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: HashMap<i64, Stored> = HashMap::with_capacity(numbers.len());
        for row in self.mirror.fetch_rows(numbered(numbers)).await? {
            found.insert(row.try_get("n")?, Stored::of(Kind::Conversation, &row)?);
        }
        let stored: Vec<Stored> = numbers.iter().filter_map(|n| found.remove(n)).collect();
        let said: HashMap<RecordId, Conversation> = self.said_of(stored.iter()).await?;
        let orders: Vec<RecordRef> = stored.iter().map(|it| RecordRef { kind: Kind::Order, id: it.name.id }).collect();
        let mut statuses = HashMap::with_capacity(orders.len());
        for order in self.mirror.records(&orders).await? {
            statuses.insert(order.name.id, of::<Order>(&order)?.status);
        }
        let marks = self.own_marks(stored.iter().map(|it| it.name.id.into())).await?;
        let states = self.states_of_sent();
        let mut lines = Vec::with_capacity(stored.len());
        for it in stored {
            let conversation: Conversation = of(&it)?;
            let id = it.name.id;
            let unread = conversation.unread(marks.get(&conversation.id), &Voice::Staff);
            let ours = it.ours && said.get(&id).is_none_or(|said| said.messages < conversation.messages);
            let mark = states.get(&conversation.id.order()).copied();
            lines.push(ConversationLine { conversation, unread, status: statuses.remove(&id), ours, mark });
        }
        Ok(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queries::{
        conversations::{TalkAsk, talk::messages},
        part::Planner,
    };

    /// A part of a list costs what it has: it is read by the order of an index that has all of it, nothing is put in order, and no
    /// record is looked at but those that are shown.
    #[tokio::test]
    async fn a_part_is_read_by_the_order_of_its_index_alone() {
        use ConversationPart::{All, Unread, Waiting};
        let mut planner = Planner::new().await;
        let order = OrderId::from_uuid(uuid::Uuid::nil());
        for (part, index) in [(All, "talk_list"), (Unread, "talk_list"), (Waiting, "talk_waiting")] {
            for query in [part.part(50, 1_000), part.numbers(), part.before(0, 7, order)] {
                let plan = planner.plan(&query).await;
                assert!(plan.contains(&format!("SEARCH talk USING COVERING INDEX {index}")), "{plan}");
                assert!(!plan.contains("record") && !plan.contains("TEMP B-TREE"), "{plan}");
            }
        }
        let plan_of_rows = planner.plan(&numbered(&[1, 2])).await;
        assert!(plan_of_rows.contains("SEARCH record USING INTEGER PRIMARY KEY (rowid=?)"), "{plan_of_rows}");
        let query = messages(&TalkAsk { order_id: order, before: Some(7), limit: 50 });
        let plan = planner.plan(&query).await;
        assert!(
            plan.contains("SEARCH record USING INDEX record_message (about=? AND number<?)") && !plan.contains("TEMP B-TREE"),
            "{plan}"
        );
    }
}
