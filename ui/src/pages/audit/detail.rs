//! One act, whole: what was before and after, the reason, and where it stands in the chain.

use std::rc::Rc;

use bridge::AuditRow;
use dioxus::prelude::*;
use domain::{
    id::UserId,
    wire::{AuditChange, AuditEntry},
    words::isolate,
};

use super::{
    DETAIL,
    list::actor_name,
    state::AuditState,
    trail::act_name,
    values::{Line, lines},
};
use crate::{
    acting::Acting,
    actions::Act,
    components::{
        button::{Button, IconButton},
        empty::NothingOpen,
    },
    shell::{Place, Shell},
    words::{kind_word, use_words},
};

/// The pane.
#[component]
pub(super) fn DetailPane() -> Element {
    let audit = use_context::<AuditState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let narrow = (shell.narrow)();
    let row = audit.trail.read().get((audit.cursor)());
    let back = rsx! {
        if narrow {
            IconButton { icon: "left", label: t.text("do-back"), onpress: move |()| _ = audit.run(Act::Back) }
        }
    };
    let Some(row) = row else {
        return rsx! {
            section { class: "pane", id: "pane-detail", "aria-label": t.text("audit-detail-label"), "data-keys": "detail", tabindex: "-1",
                header { class: "head", {back} }
                NothingOpen {}
            }
        };
    };
    rsx! {
        article { class: "pane", id: "pane-detail", "aria-labelledby": "audit-name", "data-keys": "detail", tabindex: "-1",
            header { class: "head",
                {back}
                span { class: "num semi", "#{t.whole(row.entry.number)}" }
                span { class: "push t3 s12 num", {t.moment(row.entry.at, shell.zone())} }
            }
            div { class: "scroll pad", id: DETAIL, role: "region", "aria-label": t.text("audit-detail-label"), tabindex: "0",
                div { class: "sec-top",
                    h1 { class: "h1 grow", id: "audit-name",
                        bdi { {actor_name(shell, &row)} }
                        " · "
                        {act_name(&t, &row.entry.act)}
                    }
                    OnlyActor { actor: row.entry.actor.id }
                }
                for (n , change) in row.entry.changes.iter().enumerate() {
                    Change { key: "{row.entry.number}-{n}", row: row.clone(), change: change.clone(), n }
                }
                InChain { entry: row.entry.clone() }
            }
        }
    }
}

/// The way to everything else that this person did; who reads only their own acts needs none.
#[component]
fn OnlyActor(actor: UserId) -> Element {
    let audit = use_context::<AuditState>();
    let t = use_words();
    if !audit.reads_all() || audit.filter.read().actor == Some(actor) {
        return rsx! {};
    }
    rsx! {
        Button {
            text: t.text("audit-only-actor"),
            class: "btn-sm",
            icon: "filter",
            onpress: move |()| {
                let filter = bridge::AuditFilter { actor: Some(actor), ..audit.filter.peek().clone() };
                audit.look_for(filter);
            },
        }
    }
}

/// What the act did to one record.
#[component]
fn Change(row: Rc<AuditRow>, change: AuditChange, n: usize) -> Element {
    let audit = use_context::<AuditState>();
    let acting = use_context::<Acting>();
    let t = use_words();
    let record = change.record;
    let about = row.about.get(n).filter(|text| !text.is_empty()).map(|text| isolate(text));
    let title = [Some(kind_word(&t, record.kind)), about].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let rev = t.with("audit-rev", &[("rev", change.rev.to_string().into())]);
    rsx! {
        section { class: "sec", "aria-labelledby": "audit-change-{n}",
            div { class: "sec-top",
                h2 { class: "sec-h grow", id: "audit-change-{n}",
                    {title}
                    " "
                    span { class: "t3 num",
                        {rev}
                        if change.before.is_none() && change.after.is_some() {
                            " · "
                            {t.text("audit-new")}
                        }
                    }
                }
                if let Some(place) = Place::of(record.kind) {
                    Button { text: t.text(place.open_word()), class: "btn-sm", onpress: move |()| acting.open(record) }
                }
                if audit.filter.read().record != Some(record) {
                    Button {
                        text: t.text("audit-only-record"),
                        class: "btn-sm",
                        icon: "filter",
                        onpress: move |()| {
                            let filter = bridge::AuditFilter { record: Some(record), ..audit.filter.peek().clone() };
                            audit.look_for(filter);
                        },
                    }
                }
            }
            if let Some(reason) = &change.reason {
                p { class: "quote",
                    span { class: "sr", {t.text("field-reason")} ": " }
                    bdi { {reason.clone()} }
                }
            }
            Values { change: change.clone() }
        }
    }
}

#[component]
fn Values(change: AuditChange) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    if change.erased {
        return rsx! { p { class: "t2", {t.text("audit-erased")} } };
    }
    if change.after.is_none() {
        return rsx! { p { class: "t2", {t.text("audit-hidden")} } };
    }
    let all: Vec<Line> = lines(&t, &change, shell.zone());
    if all.is_empty() {
        return rsx! { p { class: "t2", {t.text("audit-no-change")} } };
    }
    rsx! {
        table { class: "table table-w",
            thead {
                tr {
                    th { scope: "col", {t.text("audit-field")} }
                    th { scope: "col", {t.text("audit-before")} }
                    th { scope: "col", {t.text("audit-after")} }
                }
            }
            tbody {
                for line in all {
                    tr { key: "{line.field}",
                        th { scope: "row", {line.field.clone()} }
                        td { class: "t2",
                            bdi { {line.before.clone()} }
                        }
                        td {
                            bdi { {line.after.clone()} }
                        }
                    }
                }
            }
        }
    }
}

/// Where the act stands: its command, the device, its link, and what the link holds of it.
#[component]
fn InChain(entry: AuditEntry) -> Element {
    let audit = use_context::<AuditState>();
    let t = use_words();
    let device = entry.device.map_or_else(|| t.text("none"), |device| device.to_string());
    let hash = if entry.hash.is_empty() { t.text("none") } else { entry.hash.clone() };
    rsx! {
        section { class: "sec",
            dl { class: "facts facts-1",
                dt { {t.text("audit-command")} }
                dd { class: "mono s12 hstack",
                    "{entry.command}"
                    IconButton { icon: "copy", label: t.text("do-copy"), onpress: move |()| _ = audit.run(Act::Copy) }
                }
                dt { {t.text("audit-device")} }
                dd { class: "mono s12", {device} }
                dt { {t.text("audit-link")} }
                dd { class: "num", {t.whole(entry.link)} }
                dt { {t.text("audit-hash")} }
                dd { class: "mono s12", {hash} }
            }
        }
    }
}
