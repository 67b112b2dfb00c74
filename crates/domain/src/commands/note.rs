//! Notes of the staff.

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    commands::item,
    decision::{Changes, Refusal, Stop},
    facts::Key,
    id::{ClientId, ConsultationId, NoteId, OrderId},
    record::{Kind, RecordRef},
    records::{Consultation, Note, Order},
    role::Role,
    rule::{Cx, create, field, key, writes},
    text::{Invalid, NoteText},
};

/// `note.add`: «Catat». For everybody of the staff who may see the record, or for oneself alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Add {
    /// The id of the new note.
    pub id: NoteId,
    /// What it is about: a consultation, an order or a client.
    pub record: RecordRef,
    /// What it says, 1 to 2000 characters.
    pub text: String,
    /// Whether only its author may read it.
    #[serde(default)]
    pub private: bool,
}

impl Act for Add {
    const NAME: &'static str = "note.add";
    const RULE: &'static str = "R-017";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs, Role::Expert];

    fn subject(&self) -> Option<RecordRef> {
        Some(self.record)
    }
    fn keys(&self) -> Vec<Key> {
        vec![key(Kind::Note, self.id), Key::Record(self.record)]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let text = field("text", NoteText::new(&self.text))?;
        if !matches!(self.record.kind, Kind::Consultation | Kind::Order | Kind::Client) {
            return Err(Refusal::invalid("record.kind", Invalid::Unknown).into());
        }
        // Whoever writes about a client who was merged means the person.
        let record = match self.record.kind {
            Kind::Client => RecordRef::new(Kind::Client, cx.staying(ClientId::from(self.record.id))?),
            _ => self.record,
        };
        cx.visible(record)?;
        cx.must_be_free(RecordRef::new(Kind::Note, self.id))?;
        let author = cx.actor.person.clone();
        let mut all = vec![create(Note { id: self.id, record, author, text, private: self.private, created_at: cx.now })];
        match self.record.kind {
            Kind::Consultation => all.extend(item::renewed(cx, cx.read::<Consultation>(ConsultationId::from(self.record.id))?)),
            Kind::Order => all.extend(item::renewed(cx, cx.read::<Order>(OrderId::from(self.record.id))?)),
            _ => {}
        }
        Ok(writes(all))
    }
}
