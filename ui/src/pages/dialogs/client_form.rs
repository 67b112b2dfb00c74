//! Whose something is, as it is typed: a client that exists, or a new one, judged by the rulebook's own constructors.

use bridge::{DeskError, ErrorCode, NewIds, WaitingRequest};
use dioxus::prelude::*;
use domain::{
    commands::client,
    id::{ClientId, RecordId},
    name::{Email, PersonName},
    phone::Phone,
    records::{Client, Source},
    text::Invalid,
    time::Zone,
    words::Words,
};

use crate::{browser, gateway::ask, giving::Giving, shell::put, words::invalid};

/// The ways in which something reached us that the staff can name: what a client sent themselves is never entered by hand.
pub(crate) const SOURCES: [Source; 5] = [Source::Phone, Source::Whatsapp, Source::Email, Source::WalkIn, Source::Other];

/// Whose it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Whose {
    /// Nobody is chosen yet.
    Nobody,
    /// A client that exists, with the request they wait for, if they have one.
    Known { id: ClientId, name: String, waiting: Option<WaitingRequest> },
    /// A new client.
    New,
}

/// What is typed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ClientForm {
    pub(crate) whose: Whose,
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) email: String,
    pub(crate) zone: Zone,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ClientField {
    /// Who it is.
    Who,
    Name,
    Phone,
    Email,
}

impl ClientField {
    /// Gives its control the focus.
    pub(crate) fn focus(self) {
        browser::focus(match self {
            Self::Who => "client-find",
            Self::Name => "client-name",
            Self::Phone => "client-phone",
            Self::Email => "client-email",
        });
    }
}

impl ClientForm {
    /// An empty form for somebody in this zone.
    pub(crate) fn new(zone: Zone) -> Self {
        Self { whose: Whose::Nobody, name: String::new(), phone: String::new(), email: String::new(), zone }
    }
    /// The form of a client who exists, to be corrected.
    pub(crate) fn of(it: &Client) -> Self {
        let phone = it.phone.as_ref().map(Phone::spoken).unwrap_or_default();
        let email = it.email.as_ref().map(ToString::to_string).unwrap_or_default();
        Self { whose: Whose::New, name: it.name.to_string(), phone, email, zone: it.zone }
    }
    /// The command that corrects this client; nothing where nothing is otherwise. What was emptied is cleared.
    pub(crate) fn edit(&self, it: &Client) -> Option<client::Edit> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let name = Some(self.name.trim().to_owned()).filter(|name| name != it.name.as_str());
        let phone = Phone::optional(Some(&self.phone)).ok()?;
        let phone = (phone != it.phone).then(|| given(&self.phone));
        let email = given(&self.email);
        let email = (email.as_deref() != it.email.as_ref().map(Email::as_str)).then_some(email);
        let zone = Some(self.zone).filter(|zone| *zone != it.zone);
        let any = name.is_some() || phone.is_some() || email.is_some() || zone.is_some();
        any.then_some(client::Edit { id: it.id, name, phone, email, zone })
    }
    /// What is wrong, in the order of the fields; nobody at all is what is required.
    pub(crate) fn wrongs(&self) -> Vec<(ClientField, Invalid)> {
        let email = || (!self.email.trim().is_empty()).then(|| Email::new(&self.email).err()).flatten();
        let all = match &self.whose {
            Whose::Nobody => vec![(ClientField::Who, Some(Invalid::Required))],
            Whose::Known { .. } => Vec::new(),
            Whose::New => vec![
                (ClientField::Name, PersonName::new(&self.name).err()),
                (ClientField::Phone, Phone::optional(Some(&self.phone)).err()),
                (ClientField::Email, email()),
            ],
        };
        all.into_iter().filter_map(|(field, why)| Some((field, why?))).collect()
    }
    /// What is wrong with a field, in words. What is merely not typed yet is only said once somebody `tried` to send it.
    pub(crate) fn says(&self, field: ClientField, tried: bool, words: &Words) -> Option<String> {
        let (_, why) = self.wrongs().into_iter().find(|(wrong, _)| *wrong == field)?;
        (tried || why != Invalid::Required).then(|| match field {
            ClientField::Who => words.text("new-request-no-client"),
            _ => invalid(words, why),
        })
    }
    /// The request that the client waits for, if they have one.
    pub(crate) fn waits_for(&self) -> Option<&WaitingRequest> {
        match &self.whose {
            Whose::Known { waiting, .. } => waiting.as_ref(),
            Whose::Nobody | Whose::New => None,
        }
    }
    /// The command that enters the client.
    pub(crate) fn create(&self, id: ClientId) -> client::Create {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        client::Create { id, name: self.name.clone(), phone: given(&self.phone), email: given(&self.email), zone: Some(self.zone) }
    }
}

/// Enters the client, if they are new; who it is, what they are called, and an id for what is made for them. What was entered is not
/// entered twice: the form keeps the client when what follows is refused.
///
/// # Errors
/// What the desk says.
pub(crate) async fn entered(form: Signal<ClientForm>, giving: Giving) -> Result<(ClientId, String, RecordId), DeskError> {
    // The form as it was sent: by the time of an answer it may be closed.
    let mut typed = form.peek().clone();
    let ids = ask(NewIds { count: 2 }).await?.ids;
    let (Some(first), Some(second)) = (ids.first(), ids.get(1)) else { return Err(DeskError::new(ErrorCode::Internal)) };
    if let Whose::Known { id, name, .. } = &typed.whose {
        return Ok((*id, name.clone(), *second));
    }
    let (id, name) = (ClientId::from(*first), typed.name.clone());
    giving.give_quietly(typed.create(id).into(), Vec::new()).await?;
    typed.whose = Whose::Known { id, name: name.clone(), waiting: None };
    put(form, typed);
    Ok((id, name, *second))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ClientForm {
        ClientForm::new(Zone::Wib)
    }

    #[test]
    fn somebody_must_be_chosen() {
        assert_eq!(form().wrongs(), [(ClientField::Who, Invalid::Required)]);
        let id = "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap();
        let request = WaitingRequest { id: "019abf6b-9d3c-7c11-8a52-0123456789ac".parse().unwrap(), number: "KG-1".into() };
        let known = ClientForm { whose: Whose::Known { id, name: "Rani".into(), waiting: Some(request.clone()) }, ..form() };
        assert_eq!((known.wrongs(), known.waits_for()), (Vec::new(), Some(&request)));
    }

    #[test]
    fn a_new_client_is_judged_by_the_rulebooks_constructors() {
        let new = ClientForm { whose: Whose::New, name: "Al".into(), phone: "08123".into(), email: "x@y".into(), ..form() };
        let fields: Vec<ClientField> = new.wrongs().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [ClientField::Name, ClientField::Phone, ClientField::Email]);
        let right = ClientForm { name: "Ali".into(), phone: String::new(), email: " ".into(), ..new };
        assert_eq!(right.wrongs(), []);
        let create = right.create("019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap());
        assert_eq!((create.phone, create.email), (None, None), "blank is left out");
    }
}
