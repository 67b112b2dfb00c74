//! The question before money goes out (picture 18). Whoever agrees types the amount themselves: a click too many pays nobody, and
//! Enter, which ends so many other forms, does nothing here.

use dioxus::prelude::*;
use domain::{amount, money::Rupiah};

use super::MoneyField;
use crate::{
    components::{
        button::{Button, Look},
        dialog::{CancelButton, Dialog, close},
        icon::Icon,
    },
    words::use_words,
};

/// A line of what is agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    /// What it is, in words.
    pub(crate) name: String,
    /// What it says.
    pub(crate) text: String,
    /// Whether somebody checked it and it holds: it is marked so, in glyph and colour.
    pub(crate) holds: bool,
}

/// What was typed, against what it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typed {
    Nothing,
    /// It cannot be read; the field says why.
    Unreadable,
    Other,
    Right,
}

fn against(text: &str, amount: Rupiah) -> Typed {
    match amount::read(text) {
        Ok(None) => Typed::Nothing,
        Ok(Some(typed)) if typed == amount => Typed::Right,
        Ok(Some(_)) => Typed::Other,
        Err(_) => Typed::Unreadable,
    }
}

/// The question. Whoever draws it takes it away again in both answers.
#[component]
pub(crate) fn MoneyQuestion(
    id: &'static str,
    /// The id of the field.
    field: &'static str,
    title: String,
    sub: String,
    amount: Rupiah,
    facts: Vec<Fact>,
    /// The word before the amount on the button: «Setujui».
    act: String,
    onconfirm: EventHandler<()>,
    oncancel: EventHandler<()>,
) -> Element {
    let t = use_words();
    let mut text = use_signal(String::new);
    let mut asked = use_signal(|| false);
    let typed = against(&text.read(), amount);
    let yes = use_callback(move |()| {
        if against(&text.peek(), amount) != Typed::Right {
            asked.set(true);
            crate::browser::focus(field);
            return;
        }
        close(id);
        onconfirm.call(());
    });
    let other = (typed == Typed::Other || (asked() && typed == Typed::Nothing)).then(|| t.text("money-other"));
    let why = format!("{field}-hint");
    rsx! {
        Dialog {
            id,
            class: "dialog-m",
            title: rsx! {
                {title}
            },
            sub: rsx! {
                {sub}
            },
            onclose: move |()| oncancel.call(()),
            onconfirm: yes,
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id, oncancel }
                Button {
                    text: format!("{act} {amount}"),
                    look: Look::Primary,
                    keys: "Ctrl+Enter",
                    disabled: typed != Typed::Right,
                    described_by: (typed != Typed::Right).then_some(why),
                    onpress: yes,
                }
            },
            Facts { amount, facts }
            MoneyField {
                id: field,
                label: t.text("money-type"),
                value: text(),
                hint: t.text("money-type-hint"),
                error: other,
                required: true,
                large: true,
                oninput: move |typed| text.set(typed),
            }
            p { class: "money-ok fg-daun", role: "status",
                if typed == Typed::Right {
                    Icon { name: "check", size: 14 }
                    {t.text("money-right")}
                }
            }
        }
    }
}

#[component]
fn Facts(amount: Rupiah, facts: Vec<Fact>) -> Element {
    rsx! {
        div { class: "money-card",
            p { class: "money-sum num", {amount.to_string()} }
            dl { class: "facts",
                for fact in facts {
                    dt { {fact.name} }
                    dd { class: if fact.holds { "span fg-daun" } else { "span" },
                        if fact.holds {
                            Icon { name: "st-ok", size: 14 }
                        }
                        bdi { {fact.text} }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_amount_itself_is_right_however_it_is_grouped() {
        let amount = Rupiah(2_500_000);
        for text in ["2500000", "2.500.000", "Rp 2.500.000", "2.500.000,00"] {
            assert_eq!(against(text, amount), Typed::Right, "{text}");
        }
        for text in ["250.000", "25.000.000", "2.500.001", "0"] {
            assert_eq!(against(text, amount), Typed::Other, "{text}");
        }
        assert_eq!((against(" ", amount), against("2.500.00", amount)), (Typed::Nothing, Typed::Unreadable));
    }
}
