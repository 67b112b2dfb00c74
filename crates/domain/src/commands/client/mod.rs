//! Clients: entered, corrected, written to, merged, erased (C-08, R-005, R-017, R-019, R-027, R-070).

mod erase;
mod merge;

pub(crate) use erase::forget;
pub use erase::{Erase, KEEPERS, is_erased};
pub use merge::{MOST_CARRIED, Merge};

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    decision::{Changes, Code, Details, Refusal, Stop, Write},
    facts::{Key, Lookup},
    id::{ClientId, ConversationId},
    name::{Email, PersonName},
    phone::Phone,
    record::{AnyRecord, Kind, RecordRef, column_types},
    records::{Client, Consultation, Conversation, Formers, Order, User},
    role::Role,
    rule::{Cx, Read, at_hand, create, field, key, patch, writes},
    text::Invalid,
    time::Zone,
    wire_enum::wire_enum,
};

pub(super) fn email(text: Option<&str>) -> Result<Option<Email>, Invalid> {
    text.filter(|t| !t.trim().is_empty()).map(Email::new).transpose()
}

/// `client.create`: the staff enters a client who has no account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Create {
    /// The id of the new client.
    pub id: ClientId,
    /// What they are called.
    pub name: String,
    /// Their telephone number, in any writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Their address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The zone they live in; the organisation's when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
}

impl Act for Create {
    const NAME: &'static str = "client.create";
    const RULE: &'static str = "R-005, R-070";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn keys(&self) -> Vec<Key> {
        vec![key(Kind::Client, self.id), Key::Lookup(Lookup::Settings)]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        Ok(writes(vec![create(self.client(cx)?)]))
    }
}

impl Create {
    /// The client as it stands at first.
    pub(super) fn client(&self, cx: &Cx<'_>) -> Result<Client, Stop> {
        let name = field("name", PersonName::new(&self.name))?;
        let phone = field("phone", Phone::optional(self.phone.as_deref()))?;
        let email = field("email", email(self.email.as_deref()))?;
        cx.must_be_free(named(self.id))?;
        let zone = match self.zone {
            Some(zone) => zone,
            None => cx.settings()?.zone,
        };
        Ok(Client {
            id: self.id,
            user_id: None,
            name,
            phone,
            email,
            zone,
            consent: None,
            erased_at: None,
            removed_at: None,
            merged_into: None,
            formers: Formers::default(),
            created_at: cx.now,
            updated_at: cx.now,
        })
    }
}

/// `client.edit`: what is left out stays, `null` clears. Consultations and orders that carry the client's name and zone are rewritten.
/// A client edits their own record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edit {
    /// The client.
    pub id: ClientId,
    /// What they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their telephone number.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub phone: Option<Option<String>>,
    /// Their address; not the one they log in with.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub email: Option<Option<String>>,
    /// The zone they live in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
}

impl Act for Edit {
    const NAME: &'static str = "client.edit";
    const RULE: &'static str = "R-017, R-064";
    const ROLES: &'static [Role] = &[Role::Client, Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let name = field("name", self.name.as_deref().map(PersonName::new).transpose())?;
        let phone = field("phone", self.phone.as_ref().map(|p| Phone::optional(p.as_deref())).transpose())?;
        let address = field("email", self.email.as_ref().map(|e| email(e.as_deref())).transpose())?;
        let mut read = own_record(cx, cx.read::<Client>(self.id)?)?;
        let before = read.record.clone();
        let client = &mut read.record;
        client.name = name.unwrap_or_else(|| client.name.clone());
        client.phone = phone.unwrap_or_else(|| client.phone.clone());
        client.email = address.unwrap_or_else(|| client.email.clone());
        client.zone = self.zone.unwrap_or(client.zone);
        // Whoever asks for what stands already has not changed anybody.
        if *client == before {
            return Ok(Changes::default());
        }
        client.updated_at = cx.now;
        let carried = if client.name != before.name || client.zone != before.zone { carry(cx, client.id, client)? } else { Vec::new() };
        let account = if client.name == before.name { None } else { renamed(cx, client)? };
        Ok(writes([read.write()].into_iter().chain(carried).chain(account).collect()))
    }
}

/// Rewrites what consultations, orders and conversations of one client carry of theirs, so that they are this one's.
fn carry(cx: &Cx<'_>, of: ClientId, client: &Client) -> Result<Vec<Write>, Stop> {
    let mut all = Vec::new();
    for mut read in cx.find::<Consultation>(Lookup::ConsultationsOf(of))? {
        let it = &mut read.record;
        (it.client_id, it.client_user) = (client.id, client.user_id);
        (it.client_name, it.client_zone, it.updated_at) = (client.name.clone(), client.zone, cx.now);
        all.push(read.write());
    }
    let orders = cx.find::<Order>(Lookup::OrdersOf(of))?;
    cx.load(orders.iter().map(|order| key(Kind::Conversation, ConversationId::of(order.record.id))))?;
    for mut read in orders {
        if let Some(mut head) = cx.lookup::<Conversation>(ConversationId::of(read.record.id))? {
            let it = &mut head.record;
            it.client_id = client.id;
            (it.client_name, it.client_zone, it.updated_at) = (client.name.clone(), client.zone, cx.now);
            all.push(head.write());
        }
        let it = &mut read.record;
        (it.client_id, it.client_user) = (client.id, client.user_id);
        (it.client_name, it.client_zone, it.updated_at) = (client.name.clone(), client.zone, cx.now);
        all.push(read.write());
    }
    Ok(all)
}

/// The client's account under their new name: what they write from now on is said by it.
fn renamed(cx: &Cx<'_>, client: &Client) -> Result<Option<Write>, Stop> {
    let Some(user) = client.user_id else { return Ok(None) };
    Ok(at_hand(cx.lookup::<User>(user))?.flatten().map(|mut account| {
        (account.record.name, account.record.updated_at) = (client.name.clone(), cx.now);
        account.write()
    }))
}

/// Refuses to change the record of somebody who was erased, or whose record was merged into another: that one is named.
fn own_record(cx: &Cx<'_>, read: Read<Client>) -> Result<Read<Client>, Stop> {
    if let Some(into) = read.record.merged_into {
        let called = at_hand(cx.lookup::<Client>(into))?.flatten().map(|it| it.record.name.to_string());
        let details = Details { record: Some(named(into)), number: called, ..Details::default() };
        return Err(Refusal::with(Code::Merged, "R-017", details).into());
    }
    match read.record.erased_at {
        Some(_) => Err(Refusal::new(Code::Erased, "R-019").into()),
        None => Ok(read),
    }
}

fn named(id: ClientId) -> RecordRef {
    RecordRef::new(Kind::Client, id)
}

wire_enum! {
    /// A way to write to a client outside of Meja.
    pub enum Channel {
        /// WhatsApp, which takes a mobile number.
        Whatsapp = "whatsapp",
        /// Electronic mail.
        Email = "email",
    }
}
column_types! { Text: Channel; }

/// `client.contact`: somebody of the staff began to write to a client outside of Meja. It changes nothing, and stands in the audit
/// under the client, and under what it was about (C-08, R-027). That anything was sent nobody knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// The client.
    pub id: ClientId,
    /// In which way.
    pub channel: Channel,
    /// About what: a request or an order of theirs, or its conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<RecordRef>,
}

impl Act for Contact {
    const NAME: &'static str = "client.contact";
    const RULE: &'static str = "C-08, R-027";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn keys(&self) -> Vec<Key> {
        [key(Kind::Client, self.id)].into_iter().chain(self.about.map(Key::Record)).collect()
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let client = cx.client(self.id)?.record;
        if client.erased_at.is_some() {
            return Err(Refusal::new(Code::Erased, "R-019").into());
        }
        let reached = match &self.channel {
            Channel::Whatsapp => client.phone.is_some_and(|phone| phone.is_mobile()),
            Channel::Email => client.email.is_some(),
            Channel::Unknown(_) => return Err(Refusal::invalid("channel", Invalid::Unknown).into()),
        };
        if !reached {
            return Err(Refusal::new(Code::NoContact, "R-027").into());
        }
        if let Some(about) = self.about {
            let whose = match &*cx.visible(about)?.record {
                AnyRecord::Consultation(it) => Some(it.client_id),
                AnyRecord::Order(it) => Some(it.client_id),
                AnyRecord::Conversation(it) => Some(it.client_id),
                _ => None,
            };
            if whose != Some(client.id) {
                return Err(Refusal::invalid("about", Invalid::Unknown).into());
            }
        }
        let mentions = [named(client.id)].into_iter().chain(self.about).collect();
        Ok(Changes { mentions, reason: Some(self.channel.wire().to_owned()), ..Changes::default() })
    }
}

/// `client.export`, by the system alone, or by the server for one of [`KEEPERS`]: everything of a client was written out for somebody. It
/// changes nothing, and stands in the audit under the client: who took what is personal out of the house is no secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Export {
    /// The client.
    pub id: ClientId,
}

impl Act for Export {
    const NAME: &'static str = "client.export";
    const RULE: &'static str = "R-019";
    const ROLES: &'static [Role] = &[];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let client = cx.client(self.id)?.record;
        Ok(Changes { mentions: vec![named(client.id)], ..Changes::default() })
    }
}
