//! `/openapi.json` and `/docs`, built from the table of routes and the schemas of `domain`.

mod document;
mod page;
#[cfg(test)]
mod tests;

pub use document::document;
pub(crate) use page::escape;
pub use page::page;
