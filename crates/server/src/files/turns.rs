//! One request at a time for an upload. Whoever comes next is the same person going on after a connection broke that this server still
//! waits for: so the one before ends what it does and keeps what it has, instead of being waited for. Other instances are kept apart by
//! the database alone.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedMutexGuard, watch};
use uuid::Uuid;

/// Whose turn it is, for every upload that somebody is at.
#[derive(Clone, Debug, Default)]
pub struct Turns(Arc<Mutex<HashMap<Uuid, Line>>>);

/// Who stands in line for an upload.
#[derive(Clone, Debug)]
struct Line {
    turn: Arc<tokio::sync::Mutex<()>>,
    /// The number of whoever came last.
    last: watch::Sender<u64>,
}

/// Somebody's turn, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    turns: Turns,
    id: Uuid,
    number: u64,
    last: watch::Receiver<u64>,
    held: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Waits for one's turn at an upload, and asks whoever is before to make room.
    pub async fn take(&self, id: Uuid) -> Turn {
        let line = self.lines().entry(id).or_insert_with(|| Line { turn: Arc::default(), last: watch::Sender::new(0) }).clone();
        let mut number = 0;
        line.last.send_modify(|last| {
            *last += 1;
            number = *last;
        });
        let held = Some(line.turn.lock_owned().await);
        Turn { turns: self.clone(), id, number, last: line.last.subscribe(), held }
    }
    fn lines(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Waits until somebody else wants it.
    pub async fn wanted(&mut self) {
        let number = self.number;
        if self.last.wait_for(|last| *last > number).await.is_err() {
            // Nobody can want it any more.
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        drop(self.held.take());
        let mut lines = self.turns.lines();
        // Whoever waits has a hand on the line.
        if lines.get(&self.id).is_some_and(|line| Arc::strong_count(&line.turn) == 1) {
            lines.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_comes_next_is_made_room_for_and_nothing_is_left_behind() {
        let (turns, id) = (Turns::default(), Uuid::nil());
        let mut first = turns.take(id).await;
        let other = turns.take(Uuid::max()).await;
        let next = tokio::spawn({
            let turns = turns.clone();
            async move { drop(turns.take(id).await) }
        });
        first.wanted().await;
        assert!(!next.is_finished(), "it is still somebody's");
        drop(first);
        next.await.unwrap();
        drop(other);
        assert!(turns.lines().is_empty());
    }
}
