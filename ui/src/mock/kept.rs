//! Files of kept orders at the desk inside the window: one after another they come, as long as there is a line.

use std::collections::BTreeSet;

use bridge::{DeskError, ErrorCode, Event, KeepOrder, KeepOrderReply, KeptFiles, KeptOrder, KeptOrders, KeptOrdersReply};
use domain::{
    id::{DesignId, OrderId},
    record::{Kind, RecordRef},
    records::{Design, Order},
    time::UtcMillis,
};

use super::{
    designs::busy_order,
    desk::{Desk, Layer},
    sample_conversations::lively,
};

/// How many bytes are kept at most.
const MOST: u64 = 2_000_000_000;

/// What is kept.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// The oldest choice first.
    orders: Vec<OrderId>,
    /// Versions whose file came.
    came: BTreeSet<DesignId>,
    /// For how long the one at hand has been fetched, in milliseconds.
    fetched_ms: u64,
}

impl Desk {
    /// Keeps an order's files, or lets go of them.
    pub(super) fn keep_order(&mut self, query: &KeepOrder) -> Result<KeepOrderReply, DeskError> {
        self.trouble()?;
        let KeepOrder { order, keep } = *query;
        if keep {
            let seen = self.record::<Order>(Layer::Shown, order).is_some_and(|it| self.sees_order(it));
            if !seen {
                return Err(DeskError::new(ErrorCode::NotFound));
            }
            if self.situation.kept_full {
                return Ok(KeepOrderReply::NoRoom { needs: self.files_of(order).iter().map(size).sum(), left: 1_400_000 });
            }
        }
        self.keeping.fetched_ms = 0;
        self.keeping.orders.retain(|it| *it != order);
        if keep {
            self.keeping.orders.push(order);
        }
        let kept = self.kept_files(order);
        self.tell(Event::Kept { order, kept });
        self.changed(vec![RecordRef::new(Kind::Order, order)]);
        Ok(KeepOrderReply::Done { kept })
    }
    /// Which orders are kept.
    pub(super) fn kept_orders(&mut self, _: &KeptOrders) -> Result<KeptOrdersReply, DeskError> {
        self.trouble()?;
        let mut reply = KeptOrdersReply { most: MOST, cached: 41_300_000, ..KeptOrdersReply::default() };
        for order in self.keeping.orders.clone() {
            let (Some(it), Some(files)) = (self.record::<Order>(Layer::Shown, order), self.kept_files(order)) else { continue };
            reply.bytes += files.bytes_here;
            reply.orders.push(KeptOrder {
                order,
                number: it.number.clone(),
                has_real_number: it.has_real_number(),
                client_name: it.client_name.to_string(),
                files,
            });
        }
        Ok(reply)
    }
    /// Whether an order is kept.
    pub(super) fn keeps_files(&self, order: OrderId) -> bool {
        self.keeping.orders.contains(&order)
    }
    /// Whether a file came because its order is kept.
    pub(super) fn came(&self, design: DesignId) -> bool {
        self.keeping.came.contains(&design)
    }
    /// Whether the file itself is here, and not a picture of it alone: it came, or goes from here.
    pub(super) fn has_file(&self, it: &Design) -> bool {
        it.purged.is_none() && (self.came(it.id) || self.record::<Design>(Layer::Server, it.id).is_none())
    }
    /// How far the files of a kept order are.
    pub(super) fn kept_files(&self, order: OrderId) -> Option<KeptFiles> {
        if !self.keeps_files(order) {
            return None;
        }
        let files = self.files_of(order);
        let here = |it: &&Design| self.has_file(it);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Some(KeptFiles {
            files: count(files.len()),
            here: count(files.iter().filter(here).count()),
            bytes: files.iter().map(size).sum(),
            bytes_here: files.iter().filter(here).map(size).sum(),
            fetching: self.fetches().is_some_and(|(at_hand, _)| at_hand == order),
            refused: 0,
            full: false,
        })
    }
    fn files_of(&self, order: OrderId) -> Vec<Design> {
        self.all::<Design>(Layer::Shown).filter(|it| it.order_id == order && it.purged.is_none()).cloned().collect()
    }
    /// The file at hand: nothing while others wait to be sent, or without a line.
    fn fetches(&self) -> Option<(OrderId, DesignId)> {
        if !self.online || self.paused || !self.uploads.is_empty() {
            return None;
        }
        let missing = |order: OrderId| self.files_of(order).into_iter().filter(|it| !self.has_file(it)).max_by_key(|it| it.version);
        self.keeping.orders.iter().find_map(|order| missing(*order).map(|it| (*order, it.id)))
    }
    /// Files come.
    pub(super) fn run_kept(&mut self, since: UtcMillis) {
        let Some((order, design)) = self.fetches() else { return };
        self.keeping.fetched_ms += u64::try_from(self.now.since(since)).unwrap_or(0);
        if self.keeping.fetched_ms >= self.situation.upload_ms {
            self.keeping.fetched_ms = 0;
            self.keeping.came.insert(design);
            self.tell(Event::Kept { order, kept: self.kept_files(order) });
        }
    }
    /// What was kept on the days before, as the situation says.
    pub(super) fn begin_kept(&mut self) {
        if self.situation.kept {
            self.keeping.orders = busy_order().into_iter().chain([lively()]).collect();
            self.keeping.orders.dedup();
            let first = self.keeping.orders.first().copied();
            let here: Vec<DesignId> = first.map(|order| self.files_of(order)).unwrap_or_default().iter().map(|it| it.id).collect();
            self.keeping.came.extend(here);
        }
    }
}

fn size(it: &Design) -> u64 {
    u64::try_from(it.size).unwrap_or(0)
}
