//! Reading what is printed: a list whole, as far as paper goes, and not only the rows in sight.

use bridge::{Audit, AuditFilter, AuditRow, DeskError, OutboxList};
use dioxus::prelude::*;

use super::{
    sheet::{MOST, Sheet},
    state::Sheets,
};
use crate::{
    gateway::ask,
    pages::rows::{Listing, Question},
    shell::{Place, put},
};

/// The rows that are read at once.
const PART: u32 = 200;

/// How many rows were read; nothing while nothing is. Whoever waited has gone when it cannot be said any more.
pub(super) type Progress = Signal<Option<u32>>;

impl Sheets {
    /// What is printed of the list of the open screen; nothing where whoever asked has gone meanwhile.
    ///
    /// # Errors
    /// What the desk says.
    pub(super) async fn read(self, at: Progress) -> Result<Option<Sheet>, DeskError> {
        let Self(it) = self;
        let sheet = match *it.shell.place.peek() {
            Place::Inbox => {
                let filter = it.inbox.filter.peek().clone();
                whole(it.inbox.of, &filter, at).await?.map(|(rows, total)| it.inbox.sheet(&rows, total, &filter))
            }
            Place::Conversations => {
                let filter = it.conversations.filter.peek().clone();
                whole(it.conversations.of, &filter, at).await?.map(|(rows, total)| it.conversations.sheet(&rows, total, &filter))
            }
            Place::Clients => {
                let filter = it.clients.filter.peek().clone();
                whole(it.clients.of, &filter, at).await?.map(|(rows, total)| it.clients.sheet(&rows, total, &filter))
            }
            Place::Outbox => Some(it.outbox.sheet(&ask(OutboxList { finished: PART }).await?)),
            Place::Report => it.report.sheet(),
            Place::Audit => {
                let filter = it.audit.filter.peek().clone();
                acts(&filter, at).await?.map(|(rows, more)| it.audit.sheet(&rows, more, &filter))
            }
            _ => {
                let filter = it.orders.filter.peek().clone();
                whole(it.orders.of, &filter, at).await?.map(|(rows, total)| it.orders.sheet(&rows, total, &filter))
            }
        };
        Ok(sheet)
    }
}

/// The rows of a list, at most [`MOST`], and how many it has.
async fn whole<L: Listing>(_of: L, filter: &L::Filter, at: Progress) -> Result<Option<(Vec<L::Row>, u32)>, DeskError> {
    let (mut rows, mut shown) = (Vec::new(), None);
    loop {
        let offset = u32::try_from(rows.len()).unwrap_or(MOST);
        let question = Question { filter: filter.clone(), offset, limit: PART.min(MOST - offset), around: None, shown };
        let answer = L::read(question).await?;
        if at.try_peek().is_err() {
            return Ok(None);
        }
        // What enters meanwhile would move the rest.
        shown.get_or_insert(answer.version);
        let none = answer.rows.is_empty();
        rows.extend(answer.rows);
        let read = u32::try_from(rows.len()).unwrap_or(MOST);
        put(at, Some(read));
        if none || read >= answer.total.min(MOST) {
            return Ok(Some((rows, answer.total)));
        }
    }
}

/// The acts that are looked for, newest first, at most [`MOST`], and whether there are older ones.
async fn acts(filter: &AuditFilter, at: Progress) -> Result<Option<(Vec<AuditRow>, bool)>, DeskError> {
    let (mut rows, mut after) = (Vec::<AuditRow>::new(), None);
    loop {
        let reply = ask(Audit { filter: filter.clone(), after }).await?;
        if at.try_peek().is_err() {
            return Ok(None);
        }
        rows.extend(reply.rows);
        put(at, Some(u32::try_from(rows.len()).unwrap_or(MOST)));
        let most = usize::try_from(MOST).unwrap_or(usize::MAX);
        let full = rows.len() >= most;
        if full || reply.next.is_none() {
            let more = reply.next.is_some() || rows.len() > most;
            rows.truncate(most);
            return Ok(Some((rows, more)));
        }
        after = reply.next;
    }
}
