//! # Meja's server
//!
//! The one writer, the feed, accounts, the client side, jobs, and the command line. What may happen is decided by the rulebook
//! in `domain`; how it is kept is the store's. It must never contain a rule, nor SQL.
//!
//! How to add one more: an endpoint is a file in [`routes`] (its error, its handler, its line in the table, its tests); slow or
//! outside work a file in [`jobs`]; something that is written an [`writer::Operation`] beside whoever asks for it; what lies beside the records are the bytes of
//! [`files`].

pub mod accounts;
pub mod app;
pub mod chain;
pub mod client_data;
pub mod feed;
pub mod files;
pub mod http;
pub mod jobs;
pub mod metrics;
pub mod openapi;
pub mod origin;
pub mod public_url;
pub mod routes;
pub mod shell;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod visible;
pub mod writer;
