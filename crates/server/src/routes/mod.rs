//! # The routes
//!
//! One file an endpoint: its error, its handler, its line in the table, its tests. Shared bodies live in `domain::wire`.

mod audit;
mod auth;
mod client_auth;
mod clients;
mod commands;
mod consultations;
mod designs;
mod devices;
mod endpoint;
mod events;
mod feed;
mod files;
mod me;
mod messages;
mod notifications;
mod once;
mod operations;
mod orders;
mod own;
mod profile;
mod uploads;

pub(crate) use endpoint::{Content, Parameter, schema_of};
pub use endpoint::{Endpoint, Who};

use axum::Router;

use crate::{app::App, http::framed};

/// Every endpoint of the public listener.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let mut all = Vec::new();
    all.extend(auth::endpoints());
    all.extend([me::endpoint()]);
    all.extend(devices::endpoints());
    all.extend(feed::endpoints());
    all.extend(commands::endpoints());
    all.extend(audit::endpoints());
    all.extend(clients::endpoints());
    all.extend(uploads::endpoints());
    all.extend(files::endpoints());
    all.extend(client_auth::endpoints());
    all.extend(profile::endpoints());
    all.extend(consultations::endpoints());
    all.extend(orders::endpoints());
    all.extend(messages::endpoints());
    all.extend(designs::endpoints());
    all.extend(notifications::endpoints());
    all.extend([events::endpoint()]);
    all.extend(operations::endpoints());
    all
}

/// The public listener.
pub fn public(app: &App) -> Router {
    framed(endpoint::router(endpoints()), app)
}

/// The operations' listener: figures, and the same signs of life.
pub fn operations(app: &App, metrics: Option<metrics_exporter_prometheus::PrometheusHandle>) -> Router {
    framed(operations::internal(metrics), app)
}
