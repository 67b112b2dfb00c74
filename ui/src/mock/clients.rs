//! Clients of the desk inside the window: the list, one of them whole, and what happened with them.

use bridge::{
    ClientCounts, ClientDetail, ClientDetailReply, ClientErase, ClientExport, ClientList, ClientListReply, ClientRow, ClientSort,
    ClientTale, ClientTaleReply, DeskError, ErrorCode, Exported, OpenContact, TaleLine, TalePart, Told,
};
use domain::{
    command::Command,
    commands::{
        client::{self, Channel},
        note,
    },
    id::{ClientId, NoteId, RecordId},
    name::{Email, PersonName},
    phone::Phone,
    record::{Kind, RecordRef},
    records::{Client, Consultation, ConsultationStatus, Conversation, Design, Note, Order},
    role::{Actor, Role},
    search::{Wanted, digits, fold_all},
    time::UtcMillis,
};
use std::collections::HashMap;

use super::{
    desk::{Desk, Layer, cut, number},
    detail::pending,
};

fn reference(id: ClientId) -> RecordRef {
    RecordRef::new(Kind::Client, id)
}

/// Whether a client is found by this: by what is known of them, and was of those who were merged into them.
pub(super) fn has(it: &Client, wanted: &Wanted) -> bool {
    let known = |name: &PersonName, phone: Option<&Phone>, email: Option<&Email>| {
        let (phone, email) = (phone.map_or("", |p| p.as_str()), email.map_or("", |e| e.as_str()));
        fold_all(&[name.as_str(), &digits(phone), email])
    };
    let formers = it.formers.0.iter().map(|it| known(&it.name, it.phone.as_ref(), it.email.as_ref()));
    let text = [known(&it.name, it.phone.as_ref(), it.email.as_ref())].into_iter().chain(formers).collect::<Vec<_>>().join(" ");
    if wanted.is_number() { wanted.has_number(&text) } else { wanted.is_in(&text) }
}

/// What there is of a client.
#[derive(Clone, Copy)]
struct Of {
    last: UtcMillis,
    requests: u32,
    orders: u32,
}

impl Desk {
    /// Every client but those whom another has everything of, and those that were taken back.
    pub(super) fn whole_clients(&self) -> impl Iterator<Item = &Client> {
        self.all::<Client>(Layer::Shown).filter(|it| it.merged_into.is_none() && it.removed_at.is_none())
    }
    /// Who has everything of this client.
    fn staying(&self, id: ClientId) -> ClientId {
        let it: Option<&Client> = self.record(Layer::Shown, id);
        it.and_then(|it| it.merged_into).unwrap_or(id)
    }
    fn sees_clients(&self) -> bool {
        self.situation.roles.iter().any(|role| matches!(role, Role::Admin | Role::Cs))
    }
    /// When something last happened with each client, and what is to be done for them.
    fn of_clients(&self) -> HashMap<ClientId, Of> {
        let mut all: HashMap<ClientId, Of> = HashMap::new();
        let mut note = |client: ClientId, at: UtcMillis, request: bool, order: bool| {
            let of = all.entry(client).or_insert(Of { last: at, requests: 0, orders: 0 });
            of.last = of.last.max(at);
            of.requests += u32::from(request);
            of.orders += u32::from(order);
        };
        for it in self.whole_clients() {
            note(it.id, it.created_at, false, false);
        }
        for it in self.consultations(Layer::Shown) {
            note(it.client_id, it.decided_at.unwrap_or(it.created_at), it.status == ConsultationStatus::Waiting, false);
        }
        for it in self.all::<Order>(Layer::Shown) {
            note(it.client_id, it.created_at, false, it.is_open());
        }
        for it in self.all::<Conversation>(Layer::Shown) {
            note(it.client_id, it.last_at, false, false);
        }
        all
    }
    /// A part of the list.
    pub(super) fn client_list(&mut self, query: &ClientList) -> Result<ClientListReply, DeskError> {
        self.trouble()?;
        let wanted = Wanted::new(&query.filter.text);
        let of = self.of_clients();
        let every: Vec<&Client> = self.whole_clients().filter(|_| self.sees_clients()).collect();
        let all = number(every.len());
        let mut rows: Vec<(&Client, Of)> =
            every.into_iter().filter(|it| has(it, &wanted)).filter_map(|it| Some((it, *of.get(&it.id)?))).collect();
        match query.filter.sort {
            ClientSort::Name => rows.sort_by_cached_key(|(it, _)| (it.erased_at.is_some(), fold_all(&[it.name.as_str()]), it.id)),
            ClientSort::Last => rows.sort_by_key(|(it, of)| std::cmp::Reverse((of.last, it.id))),
        }
        let at = query.around.and_then(|id| rows.iter().position(|(it, _)| it.id == id));
        let (offset, limit) = cut(rows.len(), at, query.offset, query.limit);
        Ok(ClientListReply {
            rows: rows.iter().skip(offset).take(limit).map(|(it, of)| self.client_row(it, *of)).collect(),
            offset: number(offset),
            at: at.map(number),
            total: number(rows.len()),
            all,
        })
    }
    fn client_row(&self, it: &Client, of: Of) -> ClientRow {
        let about = reference(it.id);
        let urgent = self.urgent(about);
        ClientRow {
            client: it.clone(),
            last: of.last,
            requests: of.requests,
            orders: of.orders,
            ours: self.overlay.contains_key(&about),
            mark: urgent.map(|c| c.state),
            command: urgent.map(|c| c.id),
        }
    }
    /// Everything about one client.
    pub(super) fn client_detail(&mut self, query: &ClientDetail) -> Result<ClientDetailReply, DeskError> {
        self.trouble()?;
        let r = match query.record.kind {
            Kind::Client => reference(self.staying(query.record.id.into())),
            _ => query.record,
        };
        let shown: Option<Client> = self.record::<Client>(Layer::Shown, r.id).filter(|_| self.sees_clients()).cloned();
        let it = shown.filter(|_| r.kind == Kind::Client).ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let server: Option<Client> = self.record(Layer::Server, r.id).cloned();
        let lines = self.tale(it.id);
        let count = |part| number(lines.iter().filter(|line| stands_in(line, part)).count());
        let of = self.of_clients().get(&it.id).copied();
        let same = |other: &Client| {
            other.id != it.id && (other.phone.is_some() && other.phone == it.phone || other.email.is_some() && other.email == it.email)
        };
        let mut alike: Vec<Client> = self.whole_clients().filter(|other| same(other)).cloned().collect();
        alike.sort_by(|a, b| a.name.cmp(&b.name));
        alike.truncate(20);
        Ok(ClientDetailReply {
            rev: self.held(Layer::Server, r).map_or(0, |held| held.rev),
            ours: server.as_ref() != Some(&it),
            server: server.filter(|said| *said != it).map(Box::new),
            counts: ClientCounts {
                requests: count(TalePart::Requests),
                open_requests: of.map_or(0, |of| of.requests),
                orders: count(TalePart::Orders),
                open_orders: of.map_or(0, |of| of.orders),
                talks: count(TalePart::Talks),
                files: count(TalePart::Files),
                notes: count(TalePart::Notes),
            },
            alike,
            notes: self.notes_of(r),
            verdicts: self.client_verdicts(it.id, query.merge),
            pending: self.commands.iter().filter(|c| c.touched.contains(&r) && !c.is_finished()).map(pending).collect(),
            client: it,
        })
    }
    fn client_verdicts(&mut self, id: ClientId, merge: Option<ClientId>) -> Vec<bridge::Verdict> {
        let note_id = NoteId::from(self.next_id());
        let acts: [Command; 2] = [
            client::Edit { id, name: None, phone: None, email: None, zone: None }.into(),
            note::Add { id: note_id, record: reference(id), text: "Catatan".to_owned(), private: false }.into(),
        ];
        let said = self.verdicts_of(acts);
        let merged = merge.map(|from| self.verdicts_of([client::Merge { id, from }.into()]));
        said.into_iter().chain(merged.into_iter().flatten()).collect()
    }
    /// What happened with a client.
    pub(super) fn client_tale(&mut self, query: &ClientTale) -> Result<ClientTaleReply, DeskError> {
        self.trouble()?;
        let mut lines = self.tale(self.staying(query.client));
        lines.retain(|line| stands_in(line, query.part));
        let total = number(lines.len());
        let (offset, limit) = (usize::try_from(query.offset).unwrap_or(0), usize::try_from(query.limit.min(200)).unwrap_or(0));
        Ok(ClientTaleReply { lines: lines.into_iter().skip(offset).take(limit).collect(), total })
    }
    /// Everything that happened with a client, newest first.
    fn tale(&self, client: ClientId) -> Vec<TaleLine> {
        let requests: Vec<&Consultation> = self.consultations(Layer::Shown).filter(|it| it.client_id == client).collect();
        let mine = |it: &&Order| it.client_id == client && it.deleted.is_none() && self.sees_order(it);
        let orders: Vec<&Order> = self.all::<Order>(Layer::Shown).filter(mine).collect();
        let has_order = |id| orders.iter().any(|it| it.id == id);
        let mut about: Vec<RecordId> = orders.iter().map(|it| it.id.into()).collect();
        about.extend(requests.iter().map(|it| RecordId::from(it.id)).chain([client.into()]));
        let mut lines: Vec<TaleLine> = Vec::new();
        let mut tell = |at: UtcMillis, told: Told| lines.push(TaleLine { at, told });
        requests.iter().for_each(|it| {
            tell(it.decided_at.unwrap_or(it.created_at), Told::Request { request: Box::new((*it).clone()) });
        });
        orders.iter().for_each(|it| tell(it.created_at, Told::Order { order: Box::new((*it).clone()) }));
        for it in self.all::<Conversation>(Layer::Shown).filter(|it| has_order(it.id.order())) {
            tell(it.last_at, Told::Talk { talk: Box::new(it.clone()) });
        }
        for it in self.all::<Design>(Layer::Shown).filter(|it| has_order(it.order_id)) {
            tell(it.created_at, Told::File { design: Box::new(it.clone()) });
        }
        for note in self.all::<Note>(Layer::Shown).filter(|note| about.contains(&note.record.id)) {
            let ours = self.record::<Note>(Layer::Server, note.id).is_none();
            tell(note.created_at, Told::Note { note: Box::new(bridge::NoteView { note: note.clone(), ours }) });
        }
        lines.sort_by_key(|line| std::cmp::Reverse(line.at));
        lines
    }
    /// The server's line stands, and who asks may.
    fn keeps(&self) -> Result<(), DeskError> {
        if !self.online {
            return Err(DeskError::new(ErrorCode::Unreachable));
        }
        if self.actor().is_any(client::KEEPERS) { Ok(()) } else { Err(DeskError::new(ErrorCode::Refused)) }
    }
    /// Writes everything of a client to a file.
    pub(super) fn client_export(&mut self, query: &ClientExport) -> Result<Exported, DeskError> {
        self.keeps()?;
        let it: &Client = self.record(Layer::Server, query.client).ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let rows = number(it.name.as_str().len());
        Ok(Exported { path: "/home/dewi/Unduhan/meja-klien-2026-11-24-1042.json".into(), rows, more: false })
    }
    /// The server erases who a client is.
    pub(super) fn client_erase(&mut self, query: &ClientErase) -> Result<(), DeskError> {
        self.keeps()?;
        let written = self.elsewhere_by(&Actor::system(), client::Erase { id: query.client }.into());
        if written.is_empty() {
            return Err(DeskError::new(ErrorCode::Refused));
        }
        self.lay();
        self.changed(written);
        Ok(())
    }
    /// There is no WhatsApp here, and nothing that writes mails.
    pub(super) fn open_contact(&mut self, query: &OpenContact) -> Result<(), DeskError> {
        let client: Option<&Client> = self.record(Layer::Shown, query.client);
        let reached = client.is_some_and(|it| match query.channel {
            Channel::Whatsapp => it.phone.as_ref().is_some_and(Phone::is_mobile),
            Channel::Email => it.email.is_some(),
            Channel::Unknown(_) => false,
        });
        if reached { Ok(()) } else { Err(DeskError::new(ErrorCode::NotFound)) }
    }
}

const fn stands_in(line: &TaleLine, part: TalePart) -> bool {
    match part {
        TalePart::All => true,
        TalePart::Requests => matches!(line.told, Told::Request { .. }),
        TalePart::Orders => matches!(line.told, Told::Order { .. }),
        TalePart::Talks => matches!(line.told, Told::Talk { .. }),
        TalePart::Files => matches!(line.told, Told::File { .. }),
        TalePart::Notes => matches!(line.told, Told::Note { .. }),
    }
}
