//! What is typed into «Permintaan baru», and what is wrong with it: judged by the rulebook's own constructors, as one types.

use domain::{
    commands::{client, consultation},
    daytime,
    id::{ClientId, ConsultationId},
    name::{Email, PersonName},
    phone::Phone,
    records::Source,
    text::{Invalid, RequestNote, Topic},
    time::{Day, Zone},
};

/// Whose request it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Whose {
    /// Nobody is chosen yet.
    Nobody,
    /// A client that exists, with the number of the request they wait for, if they have one.
    Known { id: ClientId, name: String, waiting: Option<String> },
    /// A new client.
    New,
}

/// What is typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    pub(super) whose: Whose,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) email: String,
    pub(super) zone: Zone,
    pub(super) day: String,
    pub(super) topic: String,
    pub(super) note: String,
    pub(super) source: Source,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Client,
    Name,
    Phone,
    Email,
    Day,
    Topic,
    Note,
}

/// What is wrong with a part: a value, or a rule with words of its own.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wrong {
    Value(Invalid),
    /// A key of the catalogue.
    Rule(&'static str),
    /// The client has a waiting request of this number.
    Waiting(String),
}

impl Form {
    /// An empty form for somebody in this zone.
    pub(super) fn new(zone: Zone) -> Self {
        Self {
            whose: Whose::Nobody,
            name: String::new(),
            phone: String::new(),
            email: String::new(),
            zone,
            day: String::new(),
            topic: String::new(),
            note: String::new(),
            source: Source::Phone,
        }
    }
    /// The day that was typed.
    pub(super) fn chosen_day(&self, today: Day) -> Option<Day> {
        daytime::day(&self.day, today)
    }
    /// What is wrong, in the order of the fields.
    pub(super) fn wrongs(&self, today: Day) -> Vec<(Part, Wrong)> {
        let mut all: Vec<(Part, Wrong)> = Vec::new();
        let mut check = |part, why: Option<Invalid>| all.extend(why.map(|why| (part, Wrong::Value(why))));
        if self.whose == Whose::New {
            check(Part::Name, PersonName::new(&self.name).err());
            check(Part::Phone, Phone::optional(Some(&self.phone)).err());
            check(Part::Email, (!self.email.trim().is_empty()).then(|| Email::new(&self.email).err()).flatten());
        }
        check(Part::Topic, Topic::optional(Some(&self.topic)).err());
        check(Part::Note, RequestNote::optional(Some(&self.note)).err());
        match &self.whose {
            Whose::Nobody => all.push((Part::Client, Wrong::Rule("new-request-no-client"))),
            Whose::Known { waiting: Some(number), .. } => all.push((Part::Client, Wrong::Waiting(number.clone()))),
            Whose::Known { .. } | Whose::New => {}
        }
        match self.chosen_day(today) {
            None if self.day.trim().is_empty() => all.push((Part::Day, Wrong::Value(Invalid::Required))),
            None => all.push((Part::Day, Wrong::Rule("day-unknown"))),
            Some(day) if day < today => all.push((Part::Day, Wrong::Rule("refusal-date-in-past"))),
            Some(day) if day > today.next_year() => all.push((Part::Day, Wrong::Rule("refusal-date-too-far"))),
            Some(_) => {}
        }
        all
    }
    /// The command that enters the client.
    pub(super) fn create_client(&self, id: ClientId) -> client::Create {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        client::Create { id, name: self.name.clone(), phone: given(&self.phone), email: given(&self.email), zone: Some(self.zone) }
    }
    /// The command that enters the request.
    pub(super) fn request(&self, id: ConsultationId, client_id: ClientId, day: Day) -> consultation::Request {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        consultation::Request {
            id,
            client_id,
            requested_date: day,
            topic: given(&self.topic),
            note: given(&self.note),
            source: Some(self.source.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        "2026-11-24".parse().unwrap()
    }
    fn form() -> Form {
        let id = "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap();
        let whose = Whose::Known { id, name: "Rani".into(), waiting: None };
        Form { whose, day: "besok".into(), ..Form::new(Zone::Wib) }
    }

    #[test]
    fn a_known_client_and_a_day_are_enough() {
        assert_eq!(form().wrongs(today()), []);
    }

    #[test]
    fn a_client_who_waits_cannot_ask_again() {
        let id = "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap();
        let waits = Form { whose: Whose::Known { id, name: "Rani".into(), waiting: Some("KG-1".into()) }, ..form() };
        assert_eq!(waits.wrongs(today()), [(Part::Client, Wrong::Waiting("KG-1".into()))]);
    }

    #[test]
    fn the_day_is_not_past_and_at_most_a_year_ahead() {
        let wrong = |day: &str| Form { day: day.to_owned(), ..form() }.wrongs(today());
        assert_eq!(wrong("23/11/2026"), [(Part::Day, Wrong::Rule("refusal-date-in-past"))]);
        assert_eq!(wrong("25/11/2027"), [(Part::Day, Wrong::Rule("refusal-date-too-far"))]);
        assert_eq!(wrong("24/11/2027"), []);
        assert_eq!(wrong(" "), [(Part::Day, Wrong::Value(Invalid::Required))]);
        assert_eq!(wrong("entah"), [(Part::Day, Wrong::Rule("day-unknown"))]);
    }

    #[test]
    fn a_new_client_is_judged_by_the_rulebooks_constructors() {
        let new = Form { whose: Whose::New, name: "Al".into(), phone: "08123".into(), email: "x@y".into(), ..form() };
        let parts: Vec<Part> = new.wrongs(today()).into_iter().map(|(part, _)| part).collect();
        assert_eq!(parts, [Part::Name, Part::Phone, Part::Email]);
        let right = Form { name: "Ali".into(), phone: String::new(), email: " ".into(), ..new };
        assert_eq!(right.wrongs(today()), []);
        let create = right.create_client("019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap());
        assert_eq!((create.phone, create.email), (None, None), "blank is left out");
    }

    #[test]
    fn texts_have_the_rulebooks_bounds() {
        let long = Form { topic: "x".repeat(201), note: "y".repeat(121), ..form() };
        assert_eq!(
            long.wrongs(today()),
            [(Part::Topic, Wrong::Value(Invalid::TooLong(200))), (Part::Note, Wrong::Value(Invalid::TooLong(120)))]
        );
    }
}
