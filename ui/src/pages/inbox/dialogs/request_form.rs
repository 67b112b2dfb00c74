//! What is typed into «Permintaan baru» besides the client, and what is wrong with it: judged by the rulebook's own constructors, as one types.

use domain::{
    commands::consultation,
    daytime,
    id::{ClientId, ConsultationId},
    records::Source,
    text::{Invalid, RequestNote, Topic},
    time::Day,
};

/// What is typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    pub(super) day: String,
    pub(super) topic: String,
    pub(super) note: String,
    pub(super) source: Source,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Day,
    Topic,
    Note,
}

/// What is wrong with a part: a value, or a rule with words of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wrong {
    Value(Invalid),
    /// A key of the catalogue.
    Rule(&'static str),
}

impl Form {
    /// An empty form.
    pub(super) const fn new() -> Self {
        Self { day: String::new(), topic: String::new(), note: String::new(), source: Source::Phone }
    }
    /// The day that was typed.
    pub(super) fn chosen_day(&self, today: Day) -> Option<Day> {
        daytime::day(&self.day, today)
    }
    /// What is wrong, in the order of the fields.
    pub(super) fn wrongs(&self, today: Day) -> Vec<(Part, Wrong)> {
        let mut all: Vec<(Part, Wrong)> = Vec::new();
        let mut check = |part, why: Option<Invalid>| all.extend(why.map(|why| (part, Wrong::Value(why))));
        check(Part::Topic, Topic::optional(Some(&self.topic)).err());
        check(Part::Note, RequestNote::optional(Some(&self.note)).err());
        match self.chosen_day(today) {
            None if self.day.trim().is_empty() => all.push((Part::Day, Wrong::Value(Invalid::Required))),
            None => all.push((Part::Day, Wrong::Rule("day-unknown"))),
            Some(day) if day < today => all.push((Part::Day, Wrong::Rule("refusal-date-in-past"))),
            Some(day) if day > today.next_year() => all.push((Part::Day, Wrong::Rule("refusal-date-too-far"))),
            Some(_) => {}
        }
        all
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
        Form { day: "besok".into(), ..Form::new() }
    }

    #[test]
    fn a_day_is_enough() {
        assert_eq!(form().wrongs(today()), []);
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
    fn texts_have_the_rulebooks_bounds() {
        let long = Form { topic: "x".repeat(201), note: "y".repeat(121), ..form() };
        assert_eq!(
            long.wrongs(today()),
            [(Part::Topic, Wrong::Value(Invalid::TooLong(200))), (Part::Note, Wrong::Value(Invalid::TooLong(120)))]
        );
    }
}
