//! `GET /api/notifications`

use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    record::AnyRecord,
    wire::{ApiNotification, NotificationPage},
    words::Lang,
};

use crate::{
    app::App,
    http::{Client, Fault, json},
    routes::{Endpoint, Who},
};

/// The most notifications of a list.
const MOST: u32 = 200;

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/api/notifications", handler)
        .says("client", "One's notifications, newest first, and how many were not read.")
        .by(Who::Client)
        .answers::<NotificationPage>(200, "The newest 200.")
}

async fn handler(State(app): State<App>, Client(who): Client) -> Result<Response, Fault> {
    let (found, unread) = app.store.read().await?.notifications_of(who.id(), MOST).await?;
    // What clients read are the words of the seeds, in Bahasa Indonesia.
    let words = app.shell.words(Lang::Id);
    let items = found.iter().filter_map(|stored| match &*stored.held.record {
        AnyRecord::Notification(it) => Some(ApiNotification::of(it, words)),
        _ => None,
    });
    Ok(json(StatusCode::OK, &NotificationPage { items: items.collect(), unread }))
}
