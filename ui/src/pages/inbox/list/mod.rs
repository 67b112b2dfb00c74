//! The list of Antrean: header, filters, search, banners, and the rows.

mod head;
mod row;

#[cfg(feature = "mock")]
pub(crate) use row::Row;
pub(super) use row::wish;

use bridge::{InboxGroup, InboxView};
use dioxus::prelude::*;

use super::{LIST, state::InboxState};
use crate::{
    components::{
        button::{Button, Look},
        empty::Empty,
        export::ExportNote,
        list::{Coming, DataList, RowAt},
        toast::UndoBar,
    },
    pages::{
        desk::Notes,
        rows::{Batch, ListBody, NewRows, Recorded as _},
    },
    shell::{Place, Shell},
    words::use_words,
};

/// The pane.
#[component]
pub(super) fn ListPane() -> Element {
    let inbox = use_context::<InboxState>();
    let newer = use_memo(move || inbox.list.read().newer);
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        section { class: "pane", id: "pane-list", "aria-label": t.text("place-inbox"), "data-keys": "list", tabindex: "-1",
            Batch { list: *inbox, head::Head {} }
            Notes {}
            ExportNote { export: inbox.export }
            NewRows { newer: newer(), onletin: move |()| inbox.let_in(true) }
            Body {}
            // Elsewhere it stands in the detail, which is not seen here.
            if (shell.narrow)() {
                UndoBar {}
            }
        }
    }
}

#[component]
fn Body() -> Element {
    let inbox = use_context::<InboxState>();
    let t = use_words();
    rsx! {
        ListBody { list: *inbox, failed: t.text("inbox-failed"), nothing: rsx! { Nothing {} }, Rows {} }
    }
}

#[component]
fn Rows() -> Element {
    let inbox = use_context::<InboxState>();
    let t = use_words();
    let list = inbox.list;
    let layout = use_memo(move || list.read().layout());
    let cursor = (inbox.cursor)();
    let total = layout().rows();
    let header = use_callback(move |n: usize| rsx! { Header { n } });
    let row = use_callback(move |at: RowAt| {
        let Some(row) = list.read().rows.get(at.index) else {
            return rsx! { Coming { key: "coming-{at.index}", top: at.top } };
        };
        let cursor = (inbox.cursor)();
        let chosen = inbox.chosen.read().has(row.record());
        let here = cursor.listed && cursor.record == Some(row.record());
        rsx! {
            row::Row {
                key: "{row.record()}",
                row,
                at,
                total,
                current: here,
                chosen,
                reached: cursor.at == at.index,
            }
        }
    });
    let label =
        t.with("inbox-label", &[("list", t.text(view_word(inbox.filter.read().view)).into()), ("n", t.whole(i64::from(total)).into())]);
    rsx! {
        DataList {
            id: LIST,
            label,
            layout: layout(),
            cursor: Some(cursor.at),
            focus: inbox.focus,
            multi: true,
            header,
            row,
            onview: move |drawn| inbox.see(drawn),
        }
    }
}

/// The header of a group: its name, how many there are, and for today the date.
#[component]
fn Header(n: usize) -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some((group, count)) = inbox.list.read().summary.groups.get(n).copied() else { return rsx! {} };
    rsx! {
        span { {t.text(group_word(group))} }
        span { class: "n", {t.whole(i64::from(count))} }
        if group == InboxGroup::Today {
            span { class: "push n", {t.date_short(shell.clock.minute().day(shell.zone()))} }
        }
    }
}

/// The key of the name of a group.
pub(super) const fn group_word(group: InboxGroup) -> &'static str {
    match group {
        InboxGroup::Late => "group-late",
        InboxGroup::Today => "group-today",
        InboxGroup::Next => "group-next",
        InboxGroup::Done => "group-done",
    }
}

/// The key of the name of a list.
pub(crate) const fn view_word(view: InboxView) -> &'static str {
    match view {
        InboxView::Waiting => "view-waiting",
        InboxView::Requests => "view-requests",
        InboxView::Orders => "view-orders",
        InboxView::Conversations => "view-conversations",
        InboxView::Mine => "view-mine",
        InboxView::Snoozed => "view-snoozed",
        InboxView::Answered => "view-answered",
        InboxView::Accepted => "view-accepted",
        InboxView::Rejected => "view-rejected",
        InboxView::Cancelled => "view-cancelled",
    }
}

/// Nothing in the list: why, as of when, and what waits elsewhere.
#[component]
fn Nothing() -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let filter = (inbox.filter)();
    if !filter.text.trim().is_empty() {
        return rsx! {
            Empty { icon: "search", title: t.text("inbox-not-found"),
                p { {t.with("inbox-not-found-text", &[("text", domain::words::isolate(filter.text.trim()).into())])} }
                Button {
                    text: t.text("inbox-search-clear"),
                    class: "btn-sm",
                    onpress: move |()| inbox.end_search(),
                }
            }
        };
    }
    let status = shell.status.read();
    let (queued, snoozed) = (status.as_ref().map_or(0, |s| s.queued), inbox.list.read().summary.counts.snoozed);
    let as_of = shell.older_than(domain::time::MINUTE);
    let title = match (filter.view, as_of) {
        (InboxView::Waiting, Some(at)) => t.with("inbox-empty-as-of", &[("at", t.clock(at, shell.zone()).into())]),
        (InboxView::Waiting, None) => t.text("inbox-empty"),
        _ => t.text("inbox-empty-list"),
    };
    rsx! {
        Empty { icon: "st-ok", title,
            if filter.view == InboxView::Waiting {
                if queued > 0 {
                    p { {t.count("inbox-empty-queued", i64::from(queued))} }
                    Button {
                        text: t.text("open-outbox"),
                        icon: "outbox",
                        class: "btn-sm",
                        look: Look::Plain,
                        onpress: move |()| shell.go(Place::Outbox),
                    }
                } else {
                    p { {t.text(if shell.is_offline() { "inbox-empty-offline" } else { "inbox-empty-text" })} }
                }
                if snoozed > 0 {
                    p { class: "t3", {t.count("inbox-empty-snoozed", i64::from(snoozed))} }
                }
            } else {
                Button { text: t.text("inbox-show-waiting"), class: "btn-sm", onpress: move |()| inbox.show(InboxView::Waiting) }
            }
        }
    }
}
