//! Answers that come bit by bit.

use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::RequestBuilder;

use super::answer::{date, fault_of, send};
use crate::{
    fault::Fault,
    sse::Sse,
    transport::{Events, Pages},
};

/// Asks for a page.
pub(super) async fn pages(request: RequestBuilder) -> Result<Pages, Fault> {
    let response = send(request, "application/x-ndjson").await?;
    Ok(Pages { date: date(&response), chunks: response.bytes_stream().map_err(|e| fault_of(&e)).boxed() })
}

/// Opens a live stream.
pub(super) async fn events(request: RequestBuilder) -> Result<Events, Fault> {
    let response = send(request, "text/event-stream").await?;
    let date = date(&response);
    let mut sse = Sse::default();
    let events = response.bytes_stream().map_err(|e| fault_of(&e)).map(move |bytes| bytes.and_then(|bytes| sse.take(&bytes)));
    let events = events.flat_map(|taken| {
        let all: Vec<_> = match taken {
            Ok(events) => events.into_iter().map(Ok).collect(),
            Err(fault) => vec![Err(fault)],
        };
        stream::iter(all)
    });
    Ok(Events { date, events: events.boxed() })
}
