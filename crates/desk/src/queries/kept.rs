//! Orders whose files the person keeps on this computer. What is missing the engine fetches by itself.

use bridge::{DeskError, ErrorCode, Event, KeepOrder, KeepOrderReply, KeptFiles, KeptOrder, KeptOrders, KeptOrdersReply};
use domain::{
    id::OrderId,
    record::{Kind, RecordRef},
};
use mirror::{KEPT_MOST, KEPT_ORDERS, KeepAnswer, KeptFiles as Files};

use crate::{
    desk::{Desk, Inner},
    error::file_error,
    session::Phase,
    work::Work,
};

impl Desk {
    /// Keeps an order's files, or lets go of them.
    ///
    /// # Errors
    /// `not_found` for an order that is not here; `no_session`; `disk`.
    pub async fn keep_order(&self, query: KeepOrder) -> Result<KeepOrderReply, DeskError> {
        let KeepOrder { order, keep } = query;
        let (answer, version) = {
            let work = self.inner.work().await?;
            let cache = self.inner.preferences().kept_bytes();
            let answer = work.cabinet.keep_order(order, keep, cache, work.now()).await.map_err(file_error)?;
            if answer == KeepAnswer::Done {
                work.engine.kept();
            }
            (answer, work.cabinet.version().await)
        };
        match answer {
            KeepAnswer::Done => {
                let kept = self.inner.tell_kept_one(order).await;
                self.inner.tell(Event::Changed { records: vec![RecordRef::new(Kind::Order, order)], version });
                Ok(KeepOrderReply::Done { kept })
            }
            KeepAnswer::NoRoom { needs, left } => Ok(KeepOrderReply::NoRoom { needs, left }),
            KeepAnswer::TooMany => Ok(KeepOrderReply::TooMany { most: u32::try_from(KEPT_ORDERS).unwrap_or(u32::MAX) }),
            KeepAnswer::NotFound => Err(DeskError::new(ErrorCode::NotFound)),
        }
    }
    /// Which orders are kept, and how much of them is here.
    ///
    /// # Errors
    /// `no_session`, or when the files cannot be read.
    pub async fn kept_orders(&self, _: KeptOrders) -> Result<KeptOrdersReply, DeskError> {
        let work = self.inner.work().await?;
        let all = work.cabinet.kept_orders(work.now()).await.map_err(file_error)?;
        let orders = all.orders.into_iter().map(|it| KeptOrder {
            order: it.order.id,
            has_real_number: it.order.has_real_number(),
            files: work.kept_view(it.order.id, it.files),
            client_name: it.order.client_name.to_string(),
            number: it.order.number,
        });
        Ok(KeptOrdersReply { orders: orders.collect(), unknown: all.unknown, bytes: all.held, most: KEPT_MOST, cached: all.cached })
    }
}

impl Work {
    /// How far the files of a kept order are, as the window reads it.
    pub(crate) fn kept_view(&self, order: OrderId, files: Files) -> KeptFiles {
        let keeping = self.engine.keeping();
        let Files { files, here, bytes, bytes_here, full } = files;
        let refused = keeping.refused.iter().filter(|(of, _)| *of == order).count();
        // What was refused once may have come otherwise, or have been taken away since.
        let refused = u32::try_from(refused).unwrap_or(u32::MAX).min(files.saturating_sub(here));
        KeptFiles { files, here, bytes, bytes_here, full, refused, fetching: keeping.fetching.is_some_and(|(of, _)| of == order) }
    }
}

impl Inner {
    /// Tells the window how far the files of these orders are.
    pub(crate) async fn tell_kept(&self, mut orders: Vec<OrderId>) {
        orders.sort();
        orders.dedup();
        for order in orders {
            self.tell_kept_one(order).await;
        }
    }
    async fn tell_kept_one(&self, order: OrderId) -> Option<KeptFiles> {
        let kept = {
            let work = self.work().await.ok()?;
            let files = work.cabinet.kept_files(order, work.now()).await.ok()?;
            files.map(|files| work.kept_view(order, files))
        };
        self.tell(Event::Kept { order, kept });
        kept
    }
    /// Lets go of everything that is kept: somebody ended this device.
    pub(crate) async fn keep_none(&self) {
        let done = match &*self.phase.read().await {
            Phase::Open(work) => work.cabinet.keep_none(work.now()).await,
            Phase::Locked(locked) => match locked.drawer() {
                Some(drawer) => drawer.keep_none(self.parts.clock.utc()).await,
                None => Ok(()),
            },
            _ => Ok(()),
        };
        if let Err(error) = done {
            tracing::error!(%error, "which orders were kept cannot be forgotten");
        }
    }
}
