//! `import.undo`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::{IMPORTERS, named};
use crate::{
    command::Act,
    commands::order,
    decision::{Changes, Code, Details, Refusal, Stop, Write},
    facts::{Key, Lookup},
    id::{ClientId, ConversationId, ImportPartId, OrderId},
    record::{Kind, RecordRef},
    records::{Client, Consultation, Conversation, Deletion, ImportMade, ImportPart, ImportUndone, Note, Order},
    role::Role,
    rule::{Cx, key, writes},
};

/// What stands as the reason where an order went with its import.
const TAKEN_BACK: &str = "Impor diurungkan";

/// `import.undo`: whoever imported a part, or an admin, takes back within 24 hours what nobody has touched since: orders are deleted
/// softly (C-37), and a client whom nothing else is tied to is nobody's any more. What stayed is noted in the part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Undo {
    /// The part.
    pub id: ImportPartId,
}

impl Act for Undo {
    const NAME: &'static str = "import.undo";
    const RULE: &'static str = "R-017, C-37";
    const ROLES: &'static [Role] = IMPORTERS;

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let mut part = cx.read::<ImportPart>(self.id)?;
        may_undo(cx, &part.record)?;
        let mut undoing = Undoing::begin(cx, &part.record.made)?;
        for id in &part.record.made.orders {
            undoing.order(cx, *id)?;
        }
        for id in &part.record.made.clients {
            undoing.client(cx, *id)?;
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (clients, orders) = (count(undoing.clients), count(undoing.gone.len()));
        part.record.undone = Some(ImportUndone { by: cx.actor.person.clone(), at: cx.now, clients, orders, left: undoing.left });
        part.record.updated_at = cx.now;
        Ok(writes(undoing.writes.into_iter().chain([part.write()]).collect()))
    }
}

/// Whether this person may still take it back.
fn may_undo(cx: &Cx<'_>, part: &ImportPart) -> Result<(), Stop> {
    let by_right = cx.actor.is_system() || cx.actor.is(&Role::Admin) || part.by.id == cx.actor.id();
    if !by_right {
        let details = Details { roles: vec![Role::Admin], by: Some(part.by.clone()), ..Details::default() };
        return Err(Refusal::with(Code::NotAllowed, "R-017", details).into());
    }
    if let Some(undone) = &part.undone {
        let details = Details { by: Some(undone.by.clone()), at: Some(undone.at), ..Details::default() };
        return Err(Refusal::with(Code::Undone, "R-017", details).into());
    }
    if cx.now > part.undo_until() {
        let details = Details { at: Some(part.undo_until()), ..Details::default() };
        return Err(Refusal::with(Code::UndoOver, "R-017", details).into());
    }
    Ok(())
}

/// What is taken back, and what has to stay.
struct Undoing {
    /// The records that somebody wrote a note about.
    noted: BTreeSet<RecordRef>,
    /// The clients who asked for a consultation.
    asked: BTreeSet<ClientId>,
    /// The orders that are there, by client.
    orders: Vec<(ClientId, OrderId)>,
    gone: BTreeSet<OrderId>,
    clients: usize,
    left: Vec<RecordRef>,
    writes: Vec<Write>,
}

impl Undoing {
    /// Everything that says what was touched, asked for at once.
    fn begin(cx: &Cx<'_>, made: &ImportMade) -> Result<Self, Stop> {
        let clients: BTreeSet<ClientId> = made.clients.iter().copied().collect();
        let orders = made.orders.iter().map(|id| RecordRef::new(Kind::Order, *id));
        let about: BTreeSet<RecordRef> = clients.iter().map(|id| RecordRef::new(Kind::Client, *id)).chain(orders).collect();
        let talks = made.orders.iter().map(|id| key(Kind::Conversation, ConversationId::of(*id)));
        let lookups =
            [Lookup::NotesOfAny(about.clone()), Lookup::ConsultationsOfAny(clients.clone()), Lookup::OrdersOfAny(clients.clone())];
        cx.load(lookups.iter().cloned().map(Key::Lookup).chain(about.iter().copied().map(Key::Record)).chain(talks))?;
        let [notes, consultations, orders] = lookups;
        Ok(Self {
            noted: cx.find::<Note>(notes)?.into_iter().map(|note| note.record.record).collect(),
            asked: cx.find::<Consultation>(consultations)?.into_iter().map(|it| it.record.client_id).collect(),
            orders: cx
                .find::<Order>(orders)?
                .iter()
                .map(|it| &it.record)
                .filter(|it| it.deleted.is_none())
                .map(|it| (it.client_id, it.id))
                .collect(),
            gone: BTreeSet::new(),
            clients: 0,
            left: Vec::new(),
            writes: Vec::new(),
        })
    }
    /// An order goes where it stands as it was made, nobody talked about it, and nobody noted anything.
    fn order(&mut self, cx: &Cx<'_>, id: OrderId) -> Result<(), Stop> {
        let name = RecordRef::new(Kind::Order, id);
        let Some(mut read) = cx.lookup::<Order>(id)?.filter(|it| it.record.deleted.is_none()) else { return Ok(()) };
        let talked = cx.lookup::<Conversation>(ConversationId::of(id))?.is_some();
        if !read.is_first() || talked || self.noted.contains(&name) {
            self.left.push(name);
            return Ok(());
        }
        read.record.deleted = Some(Deletion { by: cx.actor.person.clone(), at: cx.now, reason: TAKEN_BACK.to_owned() });
        order::stamp(cx, &mut read.record, Some(TAKEN_BACK), None);
        self.gone.insert(id);
        self.writes.push(read.write());
        Ok(())
    }
    /// A client goes who stands as they were made, and whom nothing is tied to that stays.
    fn client(&mut self, cx: &Cx<'_>, id: ClientId) -> Result<(), Stop> {
        let name = RecordRef::new(Kind::Client, id);
        let Some(mut read) = cx.lookup::<Client>(id)? else { return Ok(()) };
        let ordered = self.orders.iter().any(|(client, order)| *client == id && !self.gone.contains(order));
        if !read.is_first() || ordered || self.asked.contains(&id) || self.noted.contains(&name) {
            self.left.push(name);
            return Ok(());
        }
        (read.record.removed_at, read.record.updated_at) = (Some(cx.now), cx.now);
        self.clients += 1;
        self.writes.push(read.write());
        Ok(())
    }
}
