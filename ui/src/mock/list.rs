//! Lists of the desk inside the window.

use bridge::{
    ClientHit, Clients, DeskError, Drafts, Exported, Inbox, InboxCounts, InboxExport, InboxGroup, InboxReply, InboxRow, InboxView,
    KeepDraft, MarkSeen, NoteHit, Notes, Notifications, NotificationsReply, People, PeopleReply, PersonRow, Staff, StaffReply,
    WaitingRequest,
};
use domain::{
    record::{AnyRecord, Kind, Record, RecordRef},
    records::{Consultation, ConsultationStatus, Conversation, Note, Notification, Order, User},
    role::Role,
    search::{Wanted, fold},
    status::CommandState,
    time::{MINUTE, UtcMillis},
    waiting::{Item, waits_for},
};

use super::{
    conversations,
    desk::{Desk, Layer, cut, exported, number},
    sample::ZONE,
};

/// A list in its order, kept until something changes.
pub(super) struct Index {
    key: (InboxView, String),
    rows: Vec<(InboxGroup, RecordRef)>,
}

/// Where a record stands in a list: the moment it is ranked by, since when, and which it is.
type Place = (i64, i64, InboxGroup, RecordRef);

impl Desk {
    /// Every record of a kind in the state that decides where it stands in a list: while an act of ours is held, the one before it.
    fn standing<R: Record>(&self) -> impl Iterator<Item = &R> {
        let held = self.commands.iter().filter(|command| command.state == CommandState::Held);
        let held: Vec<RecordRef> = held.flat_map(|command| &command.touched).filter(|r| self.server.contains_key(r)).copied().collect();
        self.all::<R>(Layer::Shown).filter_map(move |it| {
            let before = held.contains(&RecordRef::new(R::KIND, it.record_id()));
            if before { self.record(Layer::Server, it.record_id()) } else { Some(it) }
        })
    }
    fn sees(&self, it: &Consultation) -> bool {
        let mine = it.assignee.as_ref().is_some_and(|p| p.id == self.me().id);
        mine || self.situation.roles.iter().any(|role| matches!(role, Role::Admin | Role::Cs))
    }
    fn stands_in(&self, it: &Consultation, view: InboxView) -> bool {
        use ConsultationStatus::{Accepted, Cancelled, Rejected, Waiting};
        let me = self.me().id;
        let snoozed = it.snoozed_at(self.now).is_some();
        let mine = it.claimed_at(self.now).is_some_and(|c| c.by.id == me) || it.assignee.as_ref().is_some_and(|p| p.id == me);
        self.sees(it)
            && match view {
                InboxView::Waiting | InboxView::Requests => it.status == Waiting && !snoozed,
                InboxView::Orders | InboxView::Conversations => false,
                InboxView::Mine => it.status == Waiting && mine,
                InboxView::Snoozed => it.status == Waiting && snoozed,
                InboxView::Answered => it.status != Waiting,
                InboxView::Accepted => it.status == Accepted,
                InboxView::Rejected => it.status == Rejected,
                InboxView::Cancelled => it.status == Cancelled,
            }
    }
    /// The end of this day, before which what is promised stands among today's.
    fn midnight(&self) -> UtcMillis {
        self.now.day(ZONE).plus(1).at(0, 0, ZONE)
    }
    fn group_at(&self, due: UtcMillis, midnight: UtcMillis) -> InboxGroup {
        if due <= self.now {
            InboxGroup::Late
        } else if due < midnight {
            InboxGroup::Today
        } else {
            InboxGroup::Next
        }
    }
    fn request_places(&self, view: InboxView, wanted: &Wanted) -> Vec<Place> {
        let found = self.standing::<Consultation>().filter(|it| self.stands_in(it, view) && has(it, wanted));
        let midnight = self.midnight();
        let answered = matches!(view, InboxView::Answered | InboxView::Accepted | InboxView::Rejected | InboxView::Cancelled);
        found
            .map(|it| {
                let group = if answered { InboxGroup::Done } else { self.group_at(it.due_at, midnight) };
                let rank = if answered { -it.decided_at.unwrap_or(it.updated_at).ms() } else { it.due_at.ms() };
                (rank, it.created_at.ms(), group, Self::consultation_ref(it.id))
            })
            .collect()
    }
    fn place_of(&self, record: AnyRecord) -> Option<Place> {
        let waits = waits_for(&record, self.me().id)?;
        Some((waits.due.ms(), waits.since.ms(), self.group_at(waits.due, self.midnight()), record.reference()))
    }
    fn order_places(&self, view: InboxView, wanted: &Wanted) -> Vec<Place> {
        let me = self.me().id;
        let standing = self.standing::<Order>().filter(|it| self.sees_order(it));
        let held = |it: &Order| it.claimed_at(self.now).is_some_and(|claim| claim.by.id == me);
        let given = |it: &Order| it.assignee.as_ref().is_some_and(|person| person.id == me);
        let stands = standing.filter(|it| match view {
            InboxView::Mine => held(it) || given(it),
            InboxView::Snoozed => it.snoozed_at(self.now).is_some(),
            _ => it.snoozed_at(self.now).is_none(),
        });
        let found = stands.filter(|it| wanted.is_in_texts(&[it.client_name.as_str(), &it.number, it.description.as_str()]));
        found.filter_map(|it| self.place_of(it.clone().any())).collect()
    }
    fn conversation_places(&self, wanted: &Wanted) -> Vec<Place> {
        let seen = self.all::<Conversation>(Layer::Shown).filter(|it| self.sees_conversation(it));
        let found = seen.filter(|it| conversations::has(it, wanted));
        found.filter_map(|it| self.place_of(it.clone().any())).collect()
    }
    /// Where everything of a list stands, in no order.
    fn listed(&self, view: InboxView, wanted: &Wanted) -> Vec<Place> {
        let mut all = self.request_places(view, wanted);
        if self.situation.all_work && matches!(view, InboxView::Waiting | InboxView::Orders | InboxView::Mine | InboxView::Snoozed) {
            all.extend(self.order_places(view, wanted));
        }
        if self.situation.all_work && matches!(view, InboxView::Waiting | InboxView::Conversations) {
            all.extend(self.conversation_places(wanted));
        }
        all
    }
    fn index(&mut self, view: InboxView, text: &str) {
        let key = (view, text.trim().to_lowercase());
        if self.index.as_ref().is_some_and(|index| index.key == key) {
            return;
        }
        let mut places = self.listed(view, &Wanted::new(text));
        places.sort_unstable();
        self.index = Some(Index { key, rows: places.into_iter().map(|(_, _, group, record)| (group, record)).collect() });
    }

    /// A part of a list.
    pub(super) fn inbox(&mut self, query: &Inbox) -> Result<InboxReply, DeskError> {
        self.trouble()?;
        self.index(query.filter.view, &query.filter.text);
        let shown = query.shown.unwrap_or(self.version);
        let all = self.index.as_ref().map(|index| index.rows.as_slice()).unwrap_or_default();
        let rows: Vec<_> = all.iter().filter(|(_, r)| self.came.get(&r.id).is_none_or(|came| *came <= shown)).copied().collect();
        let newer = all.len() - rows.len();
        let at = query.around.and_then(|r| rows.iter().position(|(_, it)| *it == r));
        let (offset, limit) = cut(rows.len(), at, query.offset, query.limit);
        let mut groups: Vec<(InboxGroup, u32)> = Vec::new();
        for (group, _) in &rows {
            match groups.last_mut() {
                Some((last, n)) if last == group => *n += 1,
                _ => groups.push((*group, 1)),
            }
        }
        let page = rows.iter().skip(offset).take(limit);
        Ok(InboxReply {
            rows: page.filter_map(|(group, r)| self.row(*r, *group)).collect(),
            offset: number(offset),
            at: at.map(number),
            total: number(rows.len()),
            groups,
            counts: self.counts(),
            newer: number(newer),
            version: self.version,
        })
    }
    /// There is no folder here: only how it would end is played.
    pub(super) fn inbox_export(&mut self, query: &InboxExport) -> Result<Exported, DeskError> {
        let ask = Inbox { filter: query.filter.clone(), offset: 0, limit: 0, around: None, shown: None };
        let listed = self.inbox(&ask)?.total;
        Ok(exported("antrean", query.format, if query.only.is_empty() { listed } else { number(query.only.len()) }))
    }
    fn row(&self, r: RecordRef, group: InboxGroup) -> Option<InboxRow> {
        let shown = &self.held(Layer::Shown, r)?.record;
        let server = self.held(Layer::Server, r).map(|held| &*held.record);
        let urgent = self.urgent(r);
        let unlooked = !self.seen.contains(&r.id);
        let (ours, claim_ours, unseen) = match (&**shown, server) {
            (AnyRecord::Consultation(it), Some(AnyRecord::Consultation(said))) => {
                (said.status != it.status, said.claim != it.claim, unlooked && it.status == ConsultationStatus::Waiting)
            }
            (AnyRecord::Consultation(it), _) => (true, false, unlooked && it.status == ConsultationStatus::Waiting),
            (AnyRecord::Order(it), Some(AnyRecord::Order(said))) => {
                (said.status != it.status, said.claim != it.claim, unlooked && it.is_open())
            }
            (AnyRecord::Conversation(it), Some(AnyRecord::Conversation(said))) => {
                (said.messages != it.messages, false, self.unread_of(it) > 0)
            }
            _ => (true, false, unlooked),
        };
        Some(InboxRow {
            waits: waits_for(shown, self.me().id),
            item: Item::of((**shown).clone())?,
            group,
            ours,
            mark: urgent.map(|c| c.state),
            command: urgent.map(|c| c.id),
            claim_ours,
            unseen,
        })
    }
    /// How many there are of each.
    pub(super) fn counts(&self) -> InboxCounts {
        let key = (self.version, self.now.ms() / MINUTE);
        if let Some((version, minute, counts)) = self.counted.get()
            && (version, minute) == key
        {
            return counts;
        }
        let (all, every) = (self.listed(InboxView::Waiting, &Wanted::new("")), |view| number(self.listed(view, &Wanted::new("")).len()));
        let of = |kind| number(all.iter().filter(|(.., r)| r.kind == kind).count());
        let in_group = |wanted| number(all.iter().filter(|(_, _, group, _)| *group == wanted).count());
        let unseen = all.iter().filter(|(.., r)| r.kind == Kind::Consultation && !self.seen.contains(&r.id)).count();
        let counts = InboxCounts {
            waiting: number(all.len()),
            late: in_group(InboxGroup::Late),
            today: in_group(InboxGroup::Today),
            unseen: number(unseen),
            requests: of(Kind::Consultation),
            orders: of(Kind::Order),
            conversations: of(Kind::Conversation),
            mine: every(InboxView::Mine),
            snoozed: every(InboxView::Snoozed),
        };
        self.counted.set(Some((key.0, key.1, counts)));
        counts
    }
    /// This person has looked at it.
    pub(super) fn mark_seen(&mut self, query: &MarkSeen) -> Result<(), DeskError> {
        if self.seen.insert(query.record.id) {
            self.looks_otherwise(vec![query.record]);
        }
        Ok(())
    }
    /// The texts that were begun.
    pub(super) fn drafts(&mut self, _: &Drafts) -> Result<Vec<KeepDraft>, DeskError> {
        Ok(self.drafts.iter().map(|(key, text)| KeepDraft { key: key.clone(), text: text.clone() }).collect())
    }
    /// Keeps one.
    pub(super) fn keep_draft(&mut self, query: &KeepDraft) -> Result<(), DeskError> {
        self.drafts.insert(query.key.clone(), query.text.clone());
        self.drafts.retain(|_, text| !text.is_empty());
        Ok(())
    }
    /// Clients by a part of their name, telephone number or address.
    pub(super) fn clients(&mut self, query: &Clients) -> Result<Vec<ClientHit>, DeskError> {
        self.trouble()?;
        let wanted = Wanted::new(&query.text);
        let found = self.whole_clients().filter(|c| super::clients::has(c, &wanted));
        let mut hits: Vec<_> = found.take(20).map(|c| ClientHit { client: c.clone(), waiting: None }).collect();
        for it in self.consultations(Layer::Shown).filter(|it| it.status == ConsultationStatus::Waiting) {
            if let Some(hit) = hits.iter_mut().find(|hit| hit.client.id == it.client_id && hit.waiting.is_none()) {
                hit.waiting = Some(WaitingRequest { id: it.id, number: it.number.clone() });
            }
        }
        Ok(hits)
    }
    /// Notes about requests by what they say.
    pub(super) fn notes(&mut self, query: &Notes) -> Result<Vec<NoteHit>, DeskError> {
        self.trouble()?;
        let wanted = Wanted::new(&query.text);
        let found = self.all::<Note>(Layer::Shown).filter(|note| !wanted.is_empty() && wanted.is_in(&fold(note.text.as_str())));
        let hit = |note: &Note| {
            let consultation = self.record::<Consultation>(Layer::Shown, note.record.id)?.clone();
            Some(NoteHit { note: note.clone(), consultation })
        };
        Ok(found.filter_map(hit).take(20).collect())
    }
    /// Colleagues to whom work can be given.
    pub(super) fn staff(&mut self, _: &Staff) -> Result<StaffReply, DeskError> {
        let mut people: Vec<_> = self
            .all::<User>(Layer::Shown)
            .filter(|user| user.can_work())
            .map(|user| (user.id, user.name.to_string(), user.roles.clone()))
            .collect();
        people.sort_by(|a, b| a.1.cmp(&b.1));
        Ok(StaffReply { people })
    }
    /// Everybody of the staff.
    pub(super) fn people(&mut self, _: &People) -> Result<PeopleReply, DeskError> {
        self.trouble()?;
        let row = |user: &User| {
            let about = RecordRef::new(Kind::User, user.id);
            let mark = self.urgent(about).map(|c| c.state);
            PersonRow { user: user.clone(), ours: self.overlay.contains_key(&about), mark }
        };
        let staff = self.all::<User>(Layer::Shown).filter(|user| user.roles.iter().any(Role::is_staff));
        let mut people: Vec<PersonRow> = staff.map(row).collect();
        people.sort_by(|a, b| a.user.name.cmp(&b.user.name));
        Ok(PeopleReply { people })
    }
    /// The person's own list of notifications.
    pub(super) fn notifications(&mut self, query: &Notifications) -> Result<NotificationsReply, DeskError> {
        self.trouble()?;
        let me = self.me().id;
        let mut items: Vec<Notification> = self.all::<Notification>(Layer::Shown).filter(|n| n.user_id == me).cloned().collect();
        items.sort_by_key(|n| std::cmp::Reverse((n.created_at, n.id)));
        let unread = u32::try_from(items.iter().filter(|n| n.read_at.is_none()).count()).unwrap_or(0);
        items.truncate(usize::try_from(query.limit.min(200)).unwrap_or(0));
        Ok(NotificationsReply { items, unread })
    }
}

fn has(it: &Consultation, wanted: &Wanted) -> bool {
    let topic = it.topic.as_ref().map(|t| t.as_str()).unwrap_or_default();
    wanted.is_in_texts(&[it.client_name.as_str(), &it.number, topic])
}
