//! Why an order is called off, moved against the usual way, or deleted (C-16, C-37): the client reads it.

use dioxus::prelude::*;
use domain::{
    id::RecordId,
    record::RecordRef,
    records::{Order, OrderStatus},
    words::{Words, isolate},
};

use crate::{
    components::dialog::close,
    drafts::Draft,
    giving::Giving,
    pages::{
        dialogs::{ReasonDialog, Reasons},
        orders::{OrdersState, Why, state::reference},
    },
    shell::{Shell, put, task},
    words::use_words,
};

impl Why {
    const fn draft(&self, id: RecordId) -> Draft {
        match self {
            Self::Status(OrderStatus::Cancelled) => Draft::Cancel(id),
            Self::Status(_) | Self::Product(_) => Draft::Step(id),
            Self::Delete => Draft::Delete(id),
        }
    }
    /// Which ready reasons are offered.
    pub(crate) fn reasons(&self) -> Reasons {
        match self {
            Self::Status(OrderStatus::Cancelled) => Reasons::CancelOrder,
            Self::Status(to) => Reasons::MoveOrder(to.clone()),
            Self::Product(_) => Reasons::MoveProduct,
            Self::Delete => Reasons::DeleteOrder,
        }
    }
    /// What the button says.
    pub(crate) const fn submit(&self) -> &'static str {
        match self {
            Self::Status(OrderStatus::Cancelled) => "order-cancel-submit",
            Self::Status(_) | Self::Product(_) => "order-move-submit",
            Self::Delete => "order-delete-submit",
        }
    }
    /// «Batalkan pesanan Rani», «Pindahkan pesanan Rani ke Menunggu».
    fn title(&self, words: &Words, it: &Order) -> String {
        let name = isolate(it.client_name.as_str());
        let moved = |key: &str, word: &str| words.with(key, &[("name", name.clone().into()), ("status", words.text(word).into())]);
        match self {
            Self::Status(OrderStatus::Cancelled) => words.with("order-cancel-title", &[("name", name.into())]),
            Self::Status(to) => moved("order-move-title", to.face().word),
            Self::Product(to) => moved("order-product-title", to.face().word),
            Self::Delete => words.with("order-delete-title", &[("name", name.into())]),
        }
    }
}

/// The dialog: what is typed is kept as a draft until it is sent.
#[component]
pub(super) fn Reason(record: RecordRef, why: Why) -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let error = use_signal(|| None::<String>);
    // The order as it was when the dialog opened: a change from elsewhere does not take it away while somebody types.
    let it = use_hook(|| orders.order());
    let Some(it) = it.filter(|it| reference(it.id) == record) else { return rsx! {} };
    let draft = why.draft(record.id);
    let (about, asked) = (it.clone(), why.clone());
    rsx! {
        ReasonDialog {
            reasons: why.reasons(),
            title: rsx! {
                {why.title(&t, &it)}
            },
            sub: rsx! {
                bdi { dir: "ltr", "{it.number}" }
                " · "
                {t.text(it.design_type.word())}
            },
            submit: t.text(why.submit()),
            initial: orders.drafts.of(draft),
            error: error(),
            unread: it.client_user.is_none(),
            ondraft: move |text: String| orders.drafts.keep(draft, &text),
            onsubmit: move |reason: String| {
                let Some((command, done)) = orders.because(&about, &asked, Some(reason)) else { return };
                task(async move {
                    match giving.give(command, vec![record], done).await {
                        Ok(_) => {
                            close("reason");
                            orders.drafts.keep(draft, "");
                            shell.close();
                        }
                        Err(failure) => put(error, Some(shell.trouble(&failure))),
                    }
                });
            },
            onclose: move |()| shell.close(),
        }
    }
}
