//! `/openapi.json` and `/docs`, built from the table of routes and the schemas of `domain`.

mod document;
mod page;

pub use document::document;
pub use page::page;
