//! Operations: signs of life, figures, and the description of everything.

mod describe;
mod life;
mod password;

use axum::{
    Router,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use metrics_exporter_prometheus::PrometheusHandle;

use super::Endpoint;
use crate::{app::App, http::Fault};

pub(super) fn endpoints() -> Vec<Endpoint> {
    [life::endpoints(), describe::endpoints(), vec![password::endpoint()]].concat()
}

/// The operations' listener.
pub(super) fn internal(metrics: Option<PrometheusHandle>) -> Router<App> {
    let figures = get(move || async move {
        match metrics {
            Some(handle) => {
                let text = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
                (StatusCode::OK, text, handle.render()).into_response()
            }
            None => Fault::not_found().into_response(),
        }
    });
    super::endpoint::router(life::endpoints()).route("/metrics", figures)
}
