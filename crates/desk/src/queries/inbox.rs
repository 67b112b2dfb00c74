//! Antrean, and what was looked at.

use bridge::{
    DeskError, Event, Inbox, InboxCounts, InboxGroup, InboxReply, InboxRow, InboxView, MarkSeen, Notifications, NotificationsReply,
};
use domain::record::Kind;
use mirror::queries::{Counts, Groups, InboxAsk, InboxLine, View};

use super::MOST;
use crate::{desk::Desk, error::file_error};

impl Desk {
    /// A part of a list.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn inbox(&self, query: Inbox) -> Result<InboxReply, DeskError> {
        let work = self.inner.work().await?;
        let ask = InboxAsk {
            view: view(query.filter.view),
            text: query.filter.text,
            offset: query.offset,
            limit: query.limit.min(MOST),
            around: query.around.filter(|name| matches!(name.kind, Kind::Consultation | Kind::Order | Kind::Conversation)),
            shown: query.shown,
            zone: self.inner.zone(work.org_zone()),
        };
        let page = work.cabinet.inbox(&ask, work.now()).await.map_err(file_error)?;
        Ok(InboxReply {
            rows: page.rows.into_iter().map(row).collect(),
            offset: page.offset,
            at: page.at,
            total: page.total,
            groups: groups(page.groups),
            counts: counts(page.counts),
            newer: page.newer,
            version: page.version,
        })
    }
    /// This person has looked at it.
    ///
    /// # Errors
    /// As [`Self::inbox`].
    pub async fn mark_seen(&self, query: MarkSeen) -> Result<(), DeskError> {
        let version = {
            let work = self.inner.work().await?;
            let new = work.cabinet.mark_looked(query.record, work.now()).await.map_err(file_error)?;
            if new { Some(work.cabinet.version().await) } else { None }
        };
        if let Some(version) = version {
            self.inner.withdraw(query.record);
            self.inner.looked_at(&query.record.to_string()).await;
            self.inner.tell(Event::Changed { records: vec![query.record], version });
            self.tell_status_soon();
        }
        Ok(())
    }
    /// The person's own list of notifications, newest first.
    ///
    /// # Errors
    /// As [`Self::inbox`].
    pub async fn notifications(&self, query: Notifications) -> Result<NotificationsReply, DeskError> {
        let work = self.inner.work().await?;
        let page = work.cabinet.notifications(query.limit.min(MOST), work.now()).await.map_err(file_error)?;
        Ok(NotificationsReply { items: page.items, unread: page.unread })
    }
}

pub(super) const fn view(view: InboxView) -> View {
    match view {
        InboxView::Waiting => View::Waiting,
        InboxView::Requests => View::Requests,
        InboxView::Orders => View::Orders,
        InboxView::Conversations => View::Conversations,
        InboxView::Mine => View::Mine,
        InboxView::Snoozed => View::Snoozed,
        InboxView::Answered => View::Answered,
        InboxView::Accepted => View::Accepted,
        InboxView::Rejected => View::Rejected,
        InboxView::Cancelled => View::Cancelled,
    }
}

fn row(line: InboxLine) -> InboxRow {
    let group = match line.group {
        0 => InboxGroup::Late,
        1 => InboxGroup::Today,
        2 => InboxGroup::Next,
        _ => InboxGroup::Done,
    };
    InboxRow {
        item: line.item,
        waits: line.waits,
        group,
        ours: line.ours,
        mark: line.mark.map(|(state, _)| state),
        command: line.mark.map(|(_, id)| id),
        claim_ours: line.claim_ours,
        unseen: line.unseen,
    }
}

/// The groups that have rows, in their order.
fn groups(of: Groups) -> Vec<(InboxGroup, u32)> {
    let all = [(InboxGroup::Late, of.late), (InboxGroup::Today, of.today), (InboxGroup::Next, of.next), (InboxGroup::Done, of.done)];
    all.into_iter().filter(|(_, n)| *n > 0).collect()
}

const fn counts(of: Counts) -> InboxCounts {
    InboxCounts {
        waiting: of.waiting,
        late: of.late,
        today: of.today,
        unseen: of.unseen,
        requests: of.requests,
        orders: of.orders,
        conversations: of.conversations,
        mine: of.mine,
        snoozed: of.snoozed,
    }
}
