//! In whose hands something is, and until when it was put off: the same for a request and for an order.

use dioxus::prelude::*;
use domain::{
    records::{Claim, Snooze},
    role::Person,
    words::isolate,
};

use crate::{
    components::avatar::{Avatar, Lease},
    shell::Shell,
    words::use_words,
};

/// The marks of a row: who works on it, in a ring, and to whom it was given; one mark where both are one person.
#[component]
pub(crate) fn InHands(
    /// The claim that counts now.
    claim: Option<Claim>,
    /// Whether the claim is ours alone.
    ours: bool,
    /// To whom it was given.
    given: Option<Person>,
) -> Element {
    let t = use_words();
    let lease = if ours { Lease::Ours } else { Lease::Acknowledged };
    let both = claim.as_ref().zip(given.as_ref()).is_some_and(|(claim, given)| claim.by.id == given.id);
    rsx! {
        if let Some(claim) = claim {
            Avatar { name: claim.by.name.clone(), lease }
            span { class: "sr", {t.with("row-held-by", &[("name", isolate(claim.by.name.as_str()).into())])} }
        }
        if let Some(person) = given {
            if !both {
                Avatar { name: person.name.clone() }
            }
            span { class: "sr", {t.with("row-given-to", &[("name", isolate(person.name.as_str()).into())])} }
        }
    }
}

/// The same among the facts: by whom and until when it is held, and put off.
#[component]
pub(crate) fn HandFacts(claim: Option<Claim>, snooze: Option<Snooze>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    rsx! {
        if let Some(claim) = claim {
            dt { {t.text("fact-claim")} }
            dd { class: "span", {t.with("fact-claim-by", &[("name", isolate(claim.by.name.as_str()).into()), ("until", t.time(claim.until, zone).into())])} }
        }
        if let Some(snooze) = snooze {
            dt { {t.text("fact-snooze")} }
            dd { class: "span", {t.with("fact-snooze-by", &[("name", isolate(snooze.by.name.as_str()).into()), ("until", t.near_within(snooze.until, now, zone).into())])} }
        }
    }
}
