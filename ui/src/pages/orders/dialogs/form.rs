//! What is typed of an order, and what is wrong with it: judged by the rulebook's own constructors, as one types.

use domain::{
    amount,
    commands::order::{self, budget, deadline},
    daytime,
    decision::{Details, Refusal, Stop},
    id::{ClientId, OrderId},
    money::Rupiah,
    records::{DesignType, Order, Source},
    text::{Brief, Invalid},
    time::{Day, UtcMillis, Zone},
    words::Words,
};

use crate::words::{invalid, refusal};

/// The kinds of design that can be ordered.
pub(super) const KINDS: &[DesignType] = DesignType::KNOWN;

/// What is typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    pub(super) kind: DesignType,
    pub(super) description: String,
    pub(super) needs: String,
    pub(super) deadline: String,
    pub(super) budget: String,
    pub(super) source: Source,
    /// The day that the order has already: it may have passed.
    kept: Option<Day>,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Description,
    Needs,
    Deadline,
    Budget,
}

impl Part {
    /// The id of its control.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Description => "order-description",
            Self::Needs => "order-needs",
            Self::Deadline => "order-deadline",
            Self::Budget => "order-budget",
        }
    }
}

/// What is wrong with a part.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wrong {
    Value(Invalid),
    /// A day that cannot be understood.
    Unread,
    /// What the rulebook says.
    Rule(Box<Refusal>),
}

fn ruled<T>(found: Result<T, Stop>) -> Option<Wrong> {
    match found {
        Err(Stop::Refused(refusal)) => Some(Wrong::Rule(Box::new(refusal))),
        _ => None,
    }
}

impl Form {
    /// An empty form.
    pub(super) fn new() -> Self {
        let (description, needs) = (String::new(), String::new());
        let (deadline, budget) = (String::new(), String::new());
        Self { kind: DesignType::Logo, description, needs, deadline, budget, source: Source::Phone, kept: None }
    }
    /// The form of an order that exists.
    pub(super) fn of(it: &Order, words: &Words) -> Self {
        Self {
            kind: it.design_type.clone(),
            description: it.description.to_string(),
            needs: it.needs.as_ref().map(ToString::to_string).unwrap_or_default(),
            deadline: it.deadline.map(|day| words.date(day)).unwrap_or_default(),
            budget: it.budget.map(|amount| amount::settled(&amount.0.to_string())).unwrap_or_default(),
            source: it.source.clone(),
            kept: it.deadline,
        }
    }
    /// The day that was typed.
    pub(super) fn day(&self, today: Day) -> Option<Day> {
        daytime::day(&self.deadline, today)
    }
    fn amount(&self) -> Option<Rupiah> {
        amount::read(&self.budget).ok().flatten()
    }
    /// What is wrong, in the order of the fields.
    pub(super) fn wrongs(&self, now: UtcMillis) -> Vec<(Part, Wrong)> {
        let today = now.day(Zone::Wib);
        let day = self.day(today);
        let kept = day.is_some() && day == self.kept;
        let of_day = if self.deadline.trim().is_empty() || kept {
            None
        } else if day.is_none() {
            Some(Wrong::Unread)
        } else {
            ruled(deadline(day, now))
        };
        let of_budget = match amount::read(&self.budget) {
            Err(why) => Some(Wrong::Value(why)),
            Ok(amount) => ruled(budget(amount)),
        };
        let all = [
            (Part::Description, Brief::new(&self.description).err().map(Wrong::Value)),
            (Part::Needs, Brief::optional(Some(&self.needs)).err().map(Wrong::Value)),
            (Part::Deadline, of_day),
            (Part::Budget, of_budget),
        ];
        all.into_iter().filter_map(|(part, wrong)| Some((part, wrong?))).collect()
    }
    /// What is wrong with a part, in words. What is merely not typed yet is only said once somebody `tried` to send it.
    pub(super) fn says(&self, part: Part, tried: bool, now: UtcMillis, words: &Words) -> Option<String> {
        let (_, wrong) = self.wrongs(now).into_iter().find(|(wrong, _)| *wrong == part)?;
        (tried || wrong != Wrong::Value(Invalid::Required)).then(|| match wrong {
            Wrong::Value(why) => invalid(words, why),
            Wrong::Unread => words.text("day-unknown"),
            // Which field it is the label says.
            Wrong::Rule(why) => match why.details.invalid {
                Some(_) => words.text("order-budget-wrong"),
                None => refusal(words, why.code.wire(), &Details::default(), now, Zone::Wib),
            },
        })
    }
    /// The command that enters the order.
    pub(super) fn create(&self, id: OrderId, client_id: ClientId, today: Day) -> order::Create {
        order::Create {
            id,
            client_id,
            design_type: self.kind.clone(),
            description: self.description.clone(),
            needs: given(&self.needs),
            deadline: self.day(today),
            budget: self.amount(),
            source: Some(self.source.clone()),
        }
    }
    /// The command that changes what differs from the order; nothing where nothing does.
    pub(super) fn edit(&self, it: &Order, today: Day) -> Option<order::Edit> {
        let needs = given(&self.needs);
        let (day, amount) = (self.day(today), self.amount());
        let edit = order::Edit {
            id: it.id,
            design_type: (self.kind != it.design_type).then(|| self.kind.clone()),
            description: (self.description.trim() != it.description.as_str()).then(|| self.description.clone()),
            needs: (needs.as_deref().map(str::trim) != it.needs.as_ref().map(Brief::as_str)).then_some(needs),
            deadline: (day != it.deadline).then_some(day),
            budget: (amount != it.budget).then_some(amount),
        };
        let nothing = order::Edit { id: it.id, design_type: None, description: None, needs: None, deadline: None, budget: None };
        (edit != nothing).then_some(edit)
    }
}

fn given(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::orders::sample;
    use domain::words::Lang;
    use serde_json::json;

    fn now() -> UtcMillis {
        "2026-11-24T03:42:07Z".parse().unwrap()
    }
    fn form() -> Form {
        Form { description: "Logo kedai".into(), ..Form::new() }
    }
    fn wrong(form: &Form) -> Vec<Part> {
        form.wrongs(now()).into_iter().map(|(part, _)| part).collect()
    }
    fn order() -> Order {
        sample::order(json!({ "description": "Logo kedai", "needs": "Tiga warna", "deadline": "2026-11-20", "budget": 2_500_000 }))
    }

    #[test]
    fn a_description_is_enough() {
        assert_eq!(wrong(&form()), []);
        assert_eq!(wrong(&Form::new()), [Part::Description]);
        let words = Words::new(Lang::Id);
        assert_eq!(Form::new().says(Part::Description, false, now(), &words), None, "nobody is scolded before they tried");
        assert!(Form::new().says(Part::Description, true, now(), &words).is_some());
    }

    #[test]
    fn a_day_and_an_amount_are_the_rulebooks() {
        let with = |deadline: &str, budget: &str| Form { deadline: deadline.into(), budget: budget.into(), ..form() };
        assert_eq!(wrong(&with("2 des", "2.500.000")), []);
        assert_eq!(wrong(&with("20/11/2026", "")), [Part::Deadline]);
        assert_eq!(wrong(&with("entah", "0")), [Part::Deadline, Part::Budget]);
        let words = Words::new(Lang::Id);
        let said = |form: &Form, part| form.says(part, false, now(), &words).unwrap();
        assert_ne!(said(&with("20/11/2026", ""), Part::Deadline), said(&with("2 des 2030", ""), Part::Deadline));
    }

    #[test]
    fn only_what_was_changed_is_sent_and_a_day_that_passed_may_stay() {
        let it = order();
        let form = Form::of(&it, &Words::new(Lang::Id));
        let today = now().day(Zone::Wib);
        assert_eq!(wrong(&form), [], "its deadline has passed, and stays");
        assert_eq!(form.edit(&it, today), None);
        let changed = Form { needs: " ".into(), budget: "3.000.000".into(), ..form };
        let edit = changed.edit(&it, today).unwrap();
        assert_eq!((edit.needs, edit.budget), (Some(None), Some(Some(Rupiah(3_000_000)))));
        assert!(edit.description.is_none() && edit.deadline.is_none() && edit.design_type.is_none());
    }
}
