//! Commands: given, asked for, listed.

mod give;
mod known;
mod list;
#[cfg(test)]
mod tests;

use super::Endpoint;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![give::endpoint(), known::endpoint(), list::endpoint()]
}
