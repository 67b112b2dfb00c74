//! A live stream of the model.

use bytes::Bytes;
use domain::role::Actor;
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use std::sync::Arc;
use sync::{Event, Fault};
use tokio::sync::watch;

use crate::net::Net;

/// An open stream.
pub(crate) struct Live {
    net: Arc<Net>,
    who: usize,
    actor: Actor,
    after: String,
    kills: u64,
    beats: u64,
    moved: watch::Receiver<u64>,
    greeted: bool,
    ended: bool,
}

impl Live {
    /// Opens one above this cursor.
    pub(crate) fn open(net: &Arc<Net>, who: usize, actor: Actor, after: &str) -> Self {
        let ((kills, beats), moved) = (net.counts(), net.moved.subscribe());
        Self { net: Arc::clone(net), who, actor, after: after.to_owned(), kills, beats, moved, greeted: false, ended: false }
    }
    /// What it says.
    pub(crate) fn events(self) -> BoxStream<'static, Result<Event, Fault>> {
        stream::unfold(self, |mut live| async move { live.next().await.map(|event| (event, live)) }).boxed()
    }
    async fn next(&mut self) -> Option<Result<Event, Fault>> {
        loop {
            if self.ended {
                return None;
            }
            self.moved.borrow_and_update();
            if let Some(event) = self.event() {
                self.greeted = true;
                self.ended = matches!(event, Err(_) | Ok(Event::Behind | Event::Bye { .. } | Event::Reset));
                return Some(event);
            }
            let _ = self.moved.changed().await;
        }
    }
    fn event(&mut self) -> Option<Result<Event, Fault>> {
        let mut state = self.net.state();
        if state.offline || state.kills != self.kills {
            return Some(Err(Fault::Cut));
        }
        if state.peers[self.who].over.is_some() {
            self.ended = true;
            return Some(Err(Fault::Cut));
        }
        if state.mute {
            return None;
        }
        if let Some(event) = state.says.pop_front() {
            return Some(Ok(event));
        }
        let beat = std::mem::replace(&mut self.beats, state.beats) != state.beats;
        let rights = state.peers[self.who].actor.roles.clone();
        drop(state);
        let model = self.net.model();
        let Some(at) = model.place(&self.actor, &self.after).filter(|_| rights == self.actor.roles) else { return Some(Ok(Event::Reset)) };
        let cursor = model.cursor(&self.actor, model.head);
        if model.above(&self.actor, at).len() > 40 {
            return Some(Ok(Event::Behind));
        }
        let event = match model.event(&self.actor, at) {
            Some(data) => Event::Changes { cursor: cursor.clone(), data: Bytes::from(data) },
            None if beat || !self.greeted => Event::At { cursor: cursor.clone(), seq: model.head },
            None => return None,
        };
        self.after = cursor;
        Some(Ok(event))
    }
}
