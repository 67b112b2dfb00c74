//! Lists as people take them elsewhere: what a list shows, as it is sifted, in a file.

use std::collections::HashSet;

use bridge::{DeskError, Exported, InboxExport, InboxFilter, OrderFilter, OrdersExport, SheetFormat};
use domain::{
    id::OrderId,
    record::RecordRef,
    records::Order,
    time::{UtcMillis, Zone},
    waiting::Item,
    words::Words,
};
use mirror::queries::{InboxAsk, InboxLine, OrderAsk, OrderLine};

use super::MOST;
use crate::{
    desk::Desk,
    error::file_error,
    export::{Cell, Sheet, export_sheet},
    work::Work,
};

/// The key of a column's name, and whether it holds moments: those name their zone.
type Column = (&'static str, bool);

/// A part of a list.
struct Part<L> {
    lines: Vec<L>,
    total: u32,
    version: u64,
}

/// A list that can be written out, as it is sifted, or what is chosen of it.
trait Written: Sync {
    type Line: Send;
    /// What the file's name says it is.
    const WHAT: &'static str;
    const COLUMNS: &'static [Column];
    /// Its lines from here on, as it was at this version.
    fn read(&self, work: &Work, zone: Zone, at: (u32, Option<u64>)) -> impl Future<Output = mirror::Result<Part<Self::Line>>> + Send;
    /// How many are chosen; all are written where none is.
    fn chosen(&self) -> usize;
    fn is_chosen(&self, line: &Self::Line) -> bool;
    fn cells(words: &Words, line: &Self::Line, now: UtcMillis) -> Vec<Cell>;
}

/// The list of orders.
struct OrderList {
    filter: OrderFilter,
    only: HashSet<OrderId>,
}

impl Written for OrderList {
    type Line = OrderLine;
    const WHAT: &'static str = "pesanan";
    const COLUMNS: &'static [Column] = &ORDERS;

    async fn read(&self, work: &Work, _: Zone, (offset, shown): (u32, Option<u64>)) -> mirror::Result<Part<OrderLine>> {
        let ask = OrderAsk { offset, shown, limit: MOST, ..super::orders::ask(self.filter.clone()) };
        let page = work.cabinet.orders(&ask, work.now()).await?;
        Ok(Part { lines: page.rows, total: page.total, version: page.version })
    }
    fn chosen(&self) -> usize {
        self.only.len()
    }
    fn is_chosen(&self, line: &OrderLine) -> bool {
        self.only.contains(&line.order.id)
    }
    fn cells(words: &Words, line: &OrderLine, _: UtcMillis) -> Vec<Cell> {
        order(words, line)
    }
}

/// A list of Antrean.
struct InboxList {
    filter: InboxFilter,
    only: HashSet<RecordRef>,
}

impl Written for InboxList {
    type Line = InboxLine;
    const WHAT: &'static str = "antrean";
    const COLUMNS: &'static [Column] = &INBOX;

    async fn read(&self, work: &Work, zone: Zone, (offset, shown): (u32, Option<u64>)) -> mirror::Result<Part<InboxLine>> {
        let view = super::inbox::view(self.filter.view);
        let ask = InboxAsk { view, text: self.filter.text.clone(), offset, shown, limit: MOST, zone, around: None };
        let page = work.cabinet.inbox(&ask, work.now()).await?;
        Ok(Part { lines: page.rows, total: page.total, version: page.version })
    }
    fn chosen(&self) -> usize {
        self.only.len()
    }
    fn is_chosen(&self, line: &InboxLine) -> bool {
        self.only.contains(&line.item.record())
    }
    fn cells(words: &Words, line: &InboxLine, now: UtcMillis) -> Vec<Cell> {
        waiting(words, line, now)
    }
}

impl Desk {
    /// Writes the list of orders, as it is sifted, or what is chosen of it, to a file.
    ///
    /// # Errors
    /// `no_session`; `disk`; or when the files cannot be read.
    pub async fn orders_export(&self, query: OrdersExport) -> Result<Exported, DeskError> {
        self.write_list(OrderList { filter: query.filter, only: query.only.into_iter().collect() }, query.format).await
    }
    /// Writes a list of Antrean, as it is sifted, or what is chosen of it, to a file.
    ///
    /// # Errors
    /// As [`Self::orders_export`].
    pub async fn inbox_export(&self, query: InboxExport) -> Result<Exported, DeskError> {
        self.write_list(InboxList { filter: query.filter, only: query.only.into_iter().collect() }, query.format).await
    }
    /// Reads a list part by part, and writes those of its lines that are wanted.
    async fn write_list<W: Written>(&self, list: W, format: SheetFormat) -> Result<Exported, DeskError> {
        let (zone, now) = {
            let work = self.inner.work().await?;
            (self.inner.zone(work.org_zone()), work.now())
        };
        let words = self.inner.words();
        let mut sheet = Sheet::new(headers(words, W::COLUMNS, zone), zone);
        let (mut offset, mut shown) = (0_u32, None);
        loop {
            // The files are given back between two parts: whoever closes them waits no longer than for one.
            let work = self.inner.work().await?;
            let part = list.read(&work, zone, (offset, shown)).await.map_err(file_error)?;
            // What enters meanwhile would move the rest.
            shown.get_or_insert(part.version);
            offset = offset.saturating_add(MOST);
            let wanted = part.lines.iter().filter(|line| list.chosen() == 0 || list.is_chosen(line));
            wanted.for_each(|line| sheet.push(W::cells(words, line, now)));
            let all_chosen = list.chosen() > 0 && sheet.rows() as usize >= list.chosen();
            if part.lines.is_empty() || offset >= part.total || all_chosen {
                break;
            }
        }
        export_sheet(&self.inner.parts.options.downloads, W::WHAT, now, &sheet, format, words)
    }
}

fn headers(words: &Words, columns: &[Column], zone: Zone) -> Vec<String> {
    let name = |(key, is_moment): &Column| {
        let name = words.text(key);
        if *is_moment { format!("{name} ({})", zone.label()) } else { name }
    };
    columns.iter().map(name).collect()
}

/// The columns of orders.
const ORDERS: [Column; 19] = [
    ("csv-order-number", false),
    ("csv-order-client", false),
    ("csv-order-source", false),
    ("csv-order-kind", false),
    ("csv-order-description", false),
    ("csv-order-needs", false),
    ("csv-order-deadline", false),
    ("csv-order-budget", false),
    ("csv-state", false),
    ("csv-order-product", false),
    ("csv-order-since", true),
    ("csv-order-assignee", false),
    ("csv-order-version", false),
    ("csv-order-due", true),
    ("csv-order-staff-note", false),
    ("csv-reason", false),
    ("csv-order-created", true),
    ("csv-order-ours", false),
    ("csv-record", false),
];

/// The columns of what waits.
const INBOX: [Column; 14] = [
    ("print-kind", false),
    ("csv-order-number", false),
    ("csv-order-client", false),
    ("csv-about", false),
    ("csv-inbox-text", false),
    ("csv-inbox-day", false),
    ("csv-state", false),
    ("field-due-at", true),
    ("csv-inbox-since", true),
    ("print-hands", false),
    ("csv-reason", false),
    ("csv-order-created", true),
    ("csv-order-ours", false),
    ("csv-record", false),
];

fn or_none(text: Option<impl ToString>) -> Cell {
    text.map_or(Cell::None, |text| Cell::Text(text.to_string()))
}
fn ours(words: &Words, ours: bool) -> Cell {
    Cell::Text(words.text(if ours { "csv-yes" } else { "csv-no" }))
}

fn order(words: &Words, line: &OrderLine) -> Vec<Cell> {
    let it: &Order = &line.order;
    vec![
        Cell::Text(it.number.clone()),
        Cell::Text(it.client_name.to_string()),
        Cell::Text(words.text(&format!("source-{}", it.source.wire().replace('_', "-")))),
        Cell::Text(words.text(it.design_type.word())),
        Cell::Text(it.description.to_string()),
        or_none(it.needs.as_ref()),
        it.deadline.map_or(Cell::None, Cell::Day),
        it.budget.map_or(Cell::None, Cell::Amount),
        Cell::Text(words.text(it.status.face().word)),
        Cell::Text(words.text(it.product_status.face().word)),
        Cell::Moment(it.status_at),
        or_none(it.assignee.as_ref().map(|who| &who.name)),
        it.current_version.map_or(Cell::None, Cell::Whole),
        Cell::Moment(it.due_at),
        or_none(it.staff_note.as_ref()),
        or_none(it.reason.as_ref()),
        Cell::Moment(it.created_at),
        ours(words, line.ours),
        Cell::Text(it.id.to_string()),
    ]
}

/// What of a line of Antrean each kind has in its own way.
struct About {
    about: Cell,
    text: Cell,
    /// The day it is wanted for, or by.
    day: Cell,
    reason: Cell,
    created: UtcMillis,
}

fn about(words: &Words, item: &Item) -> About {
    match item {
        Item::Consultation(it) => About {
            about: or_none(it.topic.as_ref()),
            text: or_none(it.note.as_ref()),
            day: Cell::Day(it.requested_date),
            reason: or_none(it.reason.as_ref()),
            created: it.created_at,
        },
        Item::Order(it) => About {
            about: Cell::Text(words.text(it.design_type.word())),
            text: Cell::Text(it.description.to_string()),
            day: it.deadline.map_or(Cell::None, Cell::Day),
            reason: or_none(it.reason.as_ref()),
            created: it.created_at,
        },
        Item::Conversation(it) => About {
            about: Cell::None,
            text: or_none(Some(it.last_text.as_str()).filter(|text| !text.is_empty())),
            day: Cell::None,
            reason: Cell::None,
            created: it.created_at,
        },
    }
}

fn waiting(words: &Words, line: &InboxLine, now: UtcMillis) -> Vec<Cell> {
    let item = &line.item;
    let it = about(words, item);
    let hands: Vec<String> = item.hands(now).map(|person| person.name.to_string()).collect();
    let due = match (&line.waits, item) {
        (Some(waits), _) => Cell::Moment(waits.due),
        (None, Item::Consultation(it)) => Cell::Moment(it.due_at),
        (None, _) => Cell::None,
    };
    vec![
        Cell::Text(words.text(&item.record().kind.word())),
        Cell::Text(item.number().to_owned()),
        Cell::Text(item.client_name().to_string()),
        it.about,
        it.text,
        it.day,
        or_none(item.face(line.waits.as_ref()).map(|face| words.text(face.word))),
        due,
        line.waits.map_or(Cell::None, |waits| Cell::Moment(waits.since)),
        or_none(Some(hands.join(", ")).filter(|names| !names.is_empty())),
        it.reason,
        Cell::Moment(it.created),
        ours(words, line.ours),
        Cell::Text(item.record().id.to_string()),
    ]
}
