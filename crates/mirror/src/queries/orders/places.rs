//! In which states orders stand, and how many in each: what the tally says of them.

use domain::records::OrderStatus;
use sqlx::{QueryBuilder, Row};

use super::ask::{OrderAsk, OrderCounts};
use crate::{cabinet::Inner, columns::OrderPlace, error::Result};

/// The states in which orders stand, as their column has them, each with how many there are.
pub(super) struct Places(Vec<(String, u32)>);

/// Which states a list shows: whichever takes fewer names.
pub(super) enum Chosen {
    These(Vec<String>),
    AllBut(Vec<String>),
}

impl Places {
    /// Those that a list shows.
    pub(super) fn of(&self, ask: &OrderAsk) -> Chosen {
        let (shown, others): (Vec<_>, Vec<_>) = self.all().partition(|(_, place, _)| ask.has(*place));
        let names = |all: Vec<(&str, OrderPlace<'_>, u32)>| all.into_iter().map(|(state, ..)| state.to_owned()).collect();
        if others.len() < shown.len() { Chosen::AllBut(names(others)) } else { Chosen::These(names(shown)) }
    }
    /// How many orders stand in those that a list shows.
    pub(super) fn count(&self, ask: &OrderAsk) -> u32 {
        self.all().filter(|(_, place, _)| ask.has(*place)).map(|(.., n)| n).sum()
    }
    /// How many there are of each. A state of a newer program is in none of them.
    pub(super) fn counts(&self) -> OrderCounts {
        let mut counts = OrderCounts::default();
        for (_, place, n) in self.all() {
            let status = OrderStatus::KNOWN.iter().find(|known| known.wire() == place.status);
            let of = match status {
                _ if place.deleted => &mut counts.deleted,
                Some(OrderStatus::Pending) => &mut counts.pending,
                Some(OrderStatus::Approved) => &mut counts.approved,
                Some(OrderStatus::InProgress) => &mut counts.in_progress,
                Some(OrderStatus::Review) => &mut counts.review,
                Some(OrderStatus::Completed) => &mut counts.completed,
                Some(OrderStatus::Cancelled) => &mut counts.cancelled,
                Some(OrderStatus::Unknown(_)) | None => continue,
            };
            *of += n;
        }
        counts
    }
    fn all(&self) -> impl Iterator<Item = (&str, OrderPlace<'_>, u32)> {
        self.0.iter().map(|(state, n)| (state.as_str(), OrderPlace::read(state), *n))
    }
}

impl Inner {
    /// In which states orders stand.
    pub(super) async fn order_places(&mut self) -> Result<Places> {
        let query = QueryBuilder::new("SELECT state, n FROM tally WHERE kind = 7 AND n > 0");
        let rows = self.mirror.fetch_rows(query).await?;
        Ok(Places(rows.iter().map(|row| Ok((row.try_get("state")?, row.try_get("n")?))).collect::<sqlx::Result<_>>()?))
    }
}
