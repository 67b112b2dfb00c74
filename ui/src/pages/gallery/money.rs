//! Amounts, typed and agreed to.

use dioxus::prelude::*;
use domain::{money::Rupiah, text::Invalid, words::Words};

use super::Case;
use crate::{
    components::{
        button::Button,
        money::{Fact, MoneyField, MoneyQuestion},
    },
    words::{invalid, use_words},
};

#[component]
pub(super) fn Money() -> Element {
    let t = use_words();
    let mut empty = use_signal(String::new);
    let mut typed = use_signal(|| "157.500".to_owned());
    let mut fraction = use_signal(|| "157,5".to_owned());
    let mut much = use_signal(|| "9.999.999.999".to_owned());
    let (mut asks, mut agreed) = (use_signal(|| false), use_signal(|| 0_i64));
    rsx! {
        Case { name: "MoneyField",
            MoneyField {
                id: "gallery-money",
                label: t.text("field-amount"),
                value: empty(),
                hint: Some(t.text("optional")),
                oninput: move |text| empty.set(text),
            }
        }
        Case { name: "input-lg",
            MoneyField {
                id: "gallery-money-typed",
                label: t.text("field-amount"),
                value: typed(),
                required: true,
                large: true,
                oninput: move |text| typed.set(text),
            }
        }
        Case { name: "is-bad",
            MoneyField { id: "gallery-money-fraction", label: t.text("field-amount"), value: fraction(), oninput: move |text| fraction.set(text) }
        }
        Case { name: "error",
            MoneyField {
                id: "gallery-money-much",
                label: t.text("field-amount"),
                value: much(),
                error: Some(invalid(&t, Invalid::OutOfRange)),
                oninput: move |text| much.set(text),
            }
        }
        Case { name: "MoneyQuestion",
            Button { id: "gallery-question-open", text: t.text("money-sample-title"), onpress: move |()| asks.set(true) }
            span { id: "gallery-question-agreed", class: "num", {t.whole(agreed())} }
            if asks() {
                MoneyQuestion {
                    id: "sample-question",
                    field: "sample-question-amount",
                    title: t.text("money-sample-title"),
                    sub: t.text("money-sample-sub"),
                    amount: Rupiah(2_500_000),
                    facts: sample_facts(&t),
                    act: t.text("money-sample-act"),
                    onconfirm: move |()| {
                        agreed += 1;
                        asks.set(false);
                    },
                    oncancel: move |()| asks.set(false),
                }
            }
        }
    }
}

fn sample_facts(words: &Words) -> Vec<Fact> {
    let fact = |name: &str, text: &str, holds| Fact { name: words.text(name), text: text.to_owned(), holds };
    vec![
        fact("money-sample-to", "BCA · 5271 0348 4821", false),
        fact("money-sample-holder", "BAGUS PRASETYO", true),
        fact("money-sample-left", &Rupiah(912_000).to_string(), false),
    ]
}
