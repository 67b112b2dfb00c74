//! «Saring jejak»: by whom, which act, which record, from when to when.

use bridge::AuditFilter;
use dioxus::prelude::*;
use domain::{command::REGISTRY, daytime, id::UserId, time::Day, words::Words};

use super::{state::AuditState, trail::act_name};
use crate::{
    components::{
        button::{Button, Look},
        calendar::DayInput,
        choice::{Check, Select},
        dialog::{CancelButton, Dialog, close},
        field::Field,
    },
    shell::Shell,
    words::{kind_word, use_words},
};

/// How many days back can be chosen in the month; older ones are typed.
const BACK: i64 = 3_650;

/// What is typed.
#[derive(Clone, Debug, PartialEq)]
struct Form {
    filter: AuditFilter,
    from: String,
    until: String,
}

/// What is wrong with the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    From,
    Until,
    Order,
}

impl Form {
    fn of(words: &Words, filter: AuditFilter) -> Self {
        let text = |day: Option<Day>| day.map(|day| words.date(day)).unwrap_or_default();
        Self { from: text(filter.from), until: text(filter.until), filter }
    }
    /// What is looked for, if the days are days in their order.
    fn read(&self, today: Day) -> Result<AuditFilter, Wrong> {
        let day = |text: &str| if text.trim().is_empty() { Some(None) } else { daytime::day(text, today).map(Some) };
        let from = day(&self.from).ok_or(Wrong::From)?;
        let until = day(&self.until).ok_or(Wrong::Until)?;
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            return Err(Wrong::Order);
        }
        Ok(AuditFilter { from, until, ..self.filter.clone() })
    }
}

/// The acts that can be looked for, by their names; where two are called the same, also by what they are about.
fn acts(words: &Words) -> Vec<(String, String)> {
    let named: Vec<(String, &str)> = REGISTRY.iter().map(|spec| (act_name(words, spec.name), spec.name)).collect();
    let is_shared = |name: &str| named.iter().filter(|(other, _)| other == name).count() > 1;
    let whole = |(name, act): &(String, &str)| {
        let name = if is_shared(name) { format!("{name} · {}", about(words, act)) } else { name.clone() };
        (name, (*act).to_owned())
    };
    let mut acts: Vec<(String, String)> = named.iter().map(whole).collect();
    acts.sort();
    acts.into_iter().map(|(name, act)| (act, name)).collect()
}

/// What an act is about, by the kind of its records.
fn about(words: &Words, act: &str) -> String {
    match act.split('.').next() {
        // Those were there before there were orders.
        Some("item") => words.text("kind-consultation"),
        Some(area) => words.text(&format!("kind-{area}")),
        None => String::new(),
    }
}

/// The dialog.
#[component]
pub(crate) fn FilterDialog() -> Element {
    let audit = use_context::<AuditState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let words = t.clone();
    let form = use_signal(move || Form::of(&words, audit.filter.peek().clone()));
    let mut wrong = use_signal(|| None::<Wrong>);
    let today = shell.clock.now().day(shell.zone());
    let send = use_callback(move |()| match form.peek().read(today) {
        Ok(filter) => {
            close("audit-filter");
            shell.close();
            audit.look_for(filter);
        }
        Err(why) => {
            wrong.set(Some(why));
            crate::browser::focus(if why == Wrong::From { "audit-from" } else { "audit-until" });
        }
    });
    rsx! {
        Dialog {
            id: "audit-filter",
            class: "dialog-m",
            title: rsx! {
                {t.text("audit-filter-title")}
            },
            sub: rsx! {
                {t.with("audit-filter-sub", &[("zone", shell.zone().label().into())])}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: "audit-filter", oncancel: move |()| shell.close() }
                Button { text: t.text("audit-filter-apply"), look: Look::Primary, keys: "Ctrl+Enter", onpress: send }
            },
            if audit.reads_all() {
                ByWhom { form }
            }
            WhichAct { form }
            WhichRecord { form }
            div { class: "two",
                When { form, wrong, id: "audit-from", today }
                When { form, wrong, id: "audit-until", today }
            }
        }
    }
}

#[component]
fn ByWhom(mut form: Signal<Form>) -> Element {
    let audit = use_context::<AuditState>();
    let t = use_words();
    let people: Vec<(UserId, String)> = audit.staff.read().people.iter().map(|(id, name, _)| (*id, name.clone())).collect();
    let chosen = form.read().filter.actor;
    let named = people.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let options: Vec<(String, String)> = std::iter::once((String::new(), t.text("audit-filter-all"))).chain(named).collect();
    rsx! {
        Field { id: "audit-actor", label: t.text("audit-filter-actor"),
            Select {
                id: "audit-actor",
                options,
                chosen: chosen.map(|id| id.to_string()).unwrap_or_default(),
                onchoose: move |n: usize| form.write().filter.actor = n.checked_sub(1).map(|n| people[n].0),
            }
        }
    }
}

#[component]
fn WhichAct(mut form: Signal<Form>) -> Element {
    let t = use_words();
    let chosen = form.read().filter.act.clone();
    let acts = acts(&t);
    let options: Vec<(String, String)> = std::iter::once((String::new(), t.text("audit-filter-all"))).chain(acts.iter().cloned()).collect();
    rsx! {
        Field { id: "audit-act", label: t.text("audit-filter-act"),
            Select {
                id: "audit-act",
                options,
                chosen: chosen.unwrap_or_default(),
                onchoose: move |n: usize| form.write().filter.act = n.checked_sub(1).map(|n| acts[n].0.clone()),
            }
        }
    }
}

/// A record is chosen in the list, by «Hanya rekaman ini»; here it can be let go.
#[component]
fn WhichRecord(mut form: Signal<Form>) -> Element {
    let t = use_words();
    let Some(record) = form.read().filter.record else { return rsx! {} };
    rsx! {
        label { class: "opt is-on",
            Check { checked: true, onswitch: move |_| form.write().filter.record = None }
            span { {t.text("audit-filter-record")} ": " {kind_word(&t, record.kind)} }
            span { class: "push mono s12 t3 cut", "{record.id}" }
        }
    }
}

#[component]
fn When(mut form: Signal<Form>, mut wrong: Signal<Option<Wrong>>, id: &'static str, today: Day) -> Element {
    let t = use_words();
    let is_from = id == "audit-from";
    let text = if is_from { form.read().from.clone() } else { form.read().until.clone() };
    let chosen = daytime::day(&text, today);
    let error = match wrong() {
        Some(Wrong::From) if is_from => Some(t.text("day-unknown")),
        Some(Wrong::Until) if !is_from => Some(t.text("day-unknown")),
        Some(Wrong::Order) if !is_from => Some(t.text("audit-filter-order")),
        _ => None,
    };
    let hint = chosen.map(|day| t.date_long(day)).unwrap_or_else(|| t.text("audit-filter-all"));
    rsx! {
        Field { id, label: t.text(if is_from { "audit-filter-from" } else { "audit-filter-until" }), hint, error: error.clone(),
            DayInput {
                id,
                value: text,
                chosen,
                today,
                least: today.plus(-BACK),
                most: today,
                invalid: error.is_some(),
                oninput: move |value: String| {
                    wrong.set(None);
                    let mut form = form.write();
                    if is_from { form.from = value } else { form.until = value }
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    fn form(from: &str, until: &str) -> Form {
        Form { filter: AuditFilter::default(), from: from.into(), until: until.into() }
    }

    #[test]
    fn days_are_read_as_people_type_them_and_must_stand_in_their_order() {
        let today: Day = "2026-11-24".parse().unwrap();
        assert_eq!(form("", " ").read(today), Ok(AuditFilter::default()));
        let both = form("20/11/2026", "hari ini").read(today).unwrap();
        assert_eq!((both.from, both.until), ("2026-11-20".parse().ok(), Some(today)));
        assert_eq!(form("kapan-kapan", "").read(today), Err(Wrong::From));
        assert_eq!(form("", "kapan-kapan").read(today), Err(Wrong::Until));
        assert_eq!(form("2026-11-24", "2026-11-23").read(today), Err(Wrong::Order));
        let words = Words::new(Lang::Id);
        assert_eq!(Form::of(&words, both.clone()).read(today), Ok(both), "what was chosen is read back");
    }

    #[test]
    fn every_act_of_the_rulebook_can_be_looked_for() {
        let acts = acts(&Words::new(Lang::En));
        assert!(acts.len() >= REGISTRY.len() && acts.iter().any(|(act, _)| act == "consultation.accept"));
        assert!(acts.is_sorted_by(|(_, a), (_, b)| a <= b), "by their names");
    }
}
