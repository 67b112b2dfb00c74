//! A client's design orders.

mod create;
mod edit;
#[cfg(test)]
mod numbers;

use domain::{
    text::Invalid,
    time::Day,
    wire::{ApiOrder, ApiOrderDetail},
};

use super::{Endpoint, own};
use crate::http::{Fault, FieldFault};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        create::endpoint(),
        own::list::endpoint::<ApiOrder>("/api/orders", "One's design orders, newest first."),
        own::lookup::endpoint::<ApiOrderDetail>("/api/orders/{id}", "One of one's design orders, with what happened to it.", "The order."),
        edit::endpoint(),
    ]
}

/// A deadline that is no day.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the deadline is not a day")]
struct NoDay(Invalid);

impl From<NoDay> for Fault {
    fn from(NoDay(why): NoDay) -> Self {
        Self::invalid(vec![FieldFault::new("deadline", why)])
    }
}

fn deadline(text: Option<&str>) -> Result<Option<Day>, NoDay> {
    text.map(str::parse).transpose().map_err(NoDay)
}
