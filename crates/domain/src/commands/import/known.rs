//! Which client a row is about: one who is known by telephone number or address, or nobody yet.

use crate::{
    decision::{Code, Details, Refusal, Stop},
    name::Email,
    phone::Phone,
    record::{Kind, RecordRef},
    records::Client,
    rule::Read,
};

/// The clients that rows can be about, oldest first: those there were, and those that rows before made.
pub(super) struct Known(Vec<Client>);

impl Known {
    pub(super) fn of(found: Vec<Read<Client>>) -> Self {
        let mut all: Vec<Client> = found.into_iter().map(|read| read.record).collect();
        all.sort_by_key(|client| (client.created_at, client.id));
        Self(all)
    }
    /// One more, who was just made.
    pub(super) fn add(&mut self, client: Client) {
        self.0.push(client);
    }
    /// Whoever has this number or this address: somebody with both before somebody with one, the oldest before others.
    ///
    /// Refused where the number is one's and the address another's: nobody but a person can say who is meant.
    pub(super) fn meant(&self, phone: Option<&Phone>, email: Option<&Email>) -> Result<Option<&Client>, Stop> {
        let by_phone = |client: &&Client| phone.is_some() && client.phone.as_ref() == phone;
        let by_email = |client: &&Client| email.is_some() && client.email.as_ref() == email;
        if let Some(both) = self.0.iter().find(|client| by_phone(client) && by_email(client)) {
            return Ok(Some(both));
        }
        match (self.0.iter().find(by_phone), self.0.iter().find(by_email)) {
            (Some(one), Some(other)) => {
                let record = Some(RecordRef::new(Kind::Client, other.id));
                let details = Details { field: Some("email".to_owned()), record, number: Some(one.name.to_string()), ..Details::default() };
                Err(Refusal::with(Code::TwoClients, "R-070", details).into())
            }
            (one, other) => Ok(one.or(other)),
        }
    }
}
