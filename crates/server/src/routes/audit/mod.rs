//! Who did what, and the proof that nothing of it was changed.

mod chain;
mod list;
#[cfg(test)]
mod tests;

use super::Endpoint;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list::endpoint(), chain::endpoint()]
}
