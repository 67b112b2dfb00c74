//! Lists as people take them elsewhere: what a list shows, as it is sifted, in a file.

use std::collections::HashSet;

use bridge::{DeskError, Exported, OrdersExport};
use domain::{id::OrderId, records::Order, time::Zone, words::Words};
use mirror::queries::{OrderAsk, OrderLine};

use super::MOST;
use crate::{
    desk::Desk,
    error::file_error,
    export::{Cell, Sheet, export_sheet},
};

impl Desk {
    /// Writes the list of orders, as it is sifted, or what is chosen of it, to a file.
    ///
    /// # Errors
    /// `no_session`; `disk`; or when the files cannot be read.
    pub async fn orders_export(&self, query: OrdersExport) -> Result<Exported, DeskError> {
        let (zone, now) = {
            let work = self.inner.work().await?;
            (self.inner.zone(work.org_zone()), work.now())
        };
        let words = self.inner.words();
        let mut sheet = Sheet::new(columns(words, zone), zone);
        let mut ask = OrderAsk { limit: MOST, ..super::orders::ask(query.filter) };
        let only: HashSet<OrderId> = query.only.into_iter().collect();
        loop {
            // The files are given back between two parts: whoever closes them waits no longer than for one.
            let work = self.inner.work().await?;
            let page = work.cabinet.orders(&ask, work.now()).await.map_err(file_error)?;
            // What enters meanwhile would move the rest.
            ask.shown.get_or_insert(page.version);
            ask.offset = ask.offset.saturating_add(MOST);
            let wanted = page.rows.iter().filter(|line| only.is_empty() || only.contains(&line.order.id));
            wanted.for_each(|line| sheet.push(cells(words, line)));
            let all_chosen = !only.is_empty() && sheet.rows() as usize >= only.len();
            if page.rows.is_empty() || ask.offset >= page.total || all_chosen {
                break;
            }
        }
        export_sheet(&self.inner.parts.options.downloads, "pesanan", now, &sheet, query.format, words)
    }
}

/// The columns of orders, by the keys of their names, and whether they hold moments: those name their zone.
const COLUMNS: [(&str, bool); 19] = [
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

fn columns(words: &Words, zone: Zone) -> Vec<String> {
    let name = |(key, is_moment): (&str, bool)| {
        let name = words.text(key);
        if is_moment { format!("{name} ({})", zone.label()) } else { name }
    };
    COLUMNS.into_iter().map(name).collect()
}

fn cells(words: &Words, line: &OrderLine) -> Vec<Cell> {
    let it: &Order = &line.order;
    let or_none = |text: Option<String>| text.map_or(Cell::None, Cell::Text);
    vec![
        Cell::Text(it.number.clone()),
        Cell::Text(it.client_name.to_string()),
        Cell::Text(words.text(&format!("source-{}", it.source.wire().replace('_', "-")))),
        Cell::Text(words.text(it.design_type.word())),
        Cell::Text(it.description.to_string()),
        or_none(it.needs.as_ref().map(ToString::to_string)),
        it.deadline.map_or(Cell::None, Cell::Day),
        it.budget.map_or(Cell::None, Cell::Amount),
        Cell::Text(words.text(it.status.face().word)),
        Cell::Text(words.text(it.product_status.face().word)),
        Cell::Moment(it.status_at),
        or_none(it.assignee.as_ref().map(|who| who.name.to_string())),
        it.current_version.map_or(Cell::None, Cell::Whole),
        Cell::Moment(it.due_at),
        or_none(it.staff_note.as_ref().map(ToString::to_string)),
        or_none(it.reason.as_ref().map(ToString::to_string)),
        Cell::Moment(it.created_at),
        Cell::Text(words.text(if line.ours { "csv-yes" } else { "csv-no" })),
        Cell::Text(it.id.to_string()),
    ]
}
