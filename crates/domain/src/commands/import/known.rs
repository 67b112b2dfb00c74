//! Which client a row is about: one who is known by telephone number or address, or nobody yet.

use crate::{
    decision::{Code, Details, Refusal, Stop},
    name::Email,
    phone::Phone,
    record::{Kind, RecordRef},
    records::Client,
    rule::{Cx, Read, key},
};

/// The clients that rows can be about, oldest first: those there were, and those that rows before made. Beside each the one that has
/// everything of theirs, where they were merged: they are still found by what was known of them.
pub(super) struct Known(Vec<(Client, Option<Client>)>);

impl Known {
    pub(super) fn of(cx: &Cx<'_>, found: Vec<Read<Client>>) -> Result<Self, Stop> {
        cx.load(found.iter().filter_map(|read| read.record.merged_into).map(|id| key(Kind::Client, id)))?;
        let mut all = Vec::new();
        for read in found {
            let staying = read.record.merged_into.map(|id| cx.lookup::<Client>(id)).transpose()?.flatten();
            all.push((read.record, staying.map(|read| read.record)));
        }
        all.sort_by_key(|(client, _)| (client.created_at, client.id));
        Ok(Self(all))
    }
    /// One more, who was just made.
    pub(super) fn add(&mut self, client: Client) {
        self.0.push((client, None));
    }
    /// Whoever has this number or this address: somebody with both before somebody with one, the oldest before others.
    ///
    /// Refused where the number is one's and the address another's: nobody but a person can say who is meant.
    pub(super) fn meant(&self, phone: Option<&Phone>, email: Option<&Email>) -> Result<Option<&Client>, Stop> {
        let by_phone = |(client, _): &&(Client, Option<Client>)| phone.is_some() && client.phone.as_ref() == phone;
        let by_email = |(client, _): &&(Client, Option<Client>)| email.is_some() && client.email.as_ref() == email;
        fn whole((client, staying): &(Client, Option<Client>)) -> &Client {
            staying.as_ref().unwrap_or(client)
        }
        if let Some(both) = self.0.iter().find(|it| by_phone(it) && by_email(it)) {
            return Ok(Some(whole(both)));
        }
        match (self.0.iter().find(by_phone).map(whole), self.0.iter().find(by_email).map(whole)) {
            (Some(one), Some(other)) if one.id != other.id => {
                let record = Some(RecordRef::new(Kind::Client, other.id));
                let details = Details { field: Some("email".to_owned()), record, number: Some(one.name.to_string()), ..Details::default() };
                Err(Refusal::with(Code::TwoClients, "R-070", details).into())
            }
            (one, other) => Ok(one.or(other)),
        }
    }
}
