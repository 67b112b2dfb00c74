//! The end of a history: nothing goes wrong any more, and within a bounded time everybody must have come to rest.

use domain::{id::DesignId, records::UserStatus, time::UtcMillis};
use mirror::{Cabinet, Kept};
use server::feed::{Cursor, Place, Rights};
use std::collections::HashSet;

use crate::{
    desk::{Desk, Mode},
    feedlaw::actor_at,
    goods::good,
    net::Weather,
    plan::{CLIENTS, DESKS},
    quiet::quiet,
    world::World,
};

/// How often it is looked whether everybody rests, in milliseconds.
const LOOK: i64 = 2_500;
/// How long that may take at most, in milliseconds: a desk that was told to ask pages instead of streams does so for ten minutes.
const BOUND: i64 = 15 * 60_000;

impl World {
    /// Mends everything, and waits until everybody rests.
    pub(crate) async fn heal(&mut self) {
        self.weather = [Weather::Fine; DESKS];
        self.client_weather = Weather::Fine;
        self.house.memory.mend();
        self.house.disk.mend();
        for desk in &self.desks {
            desk.doom(|doom| (doom.dies, doom.fails, doom.many) = (0, 0, 0));
            if let Some(running) = &desk.running {
                running.handle.pause(false);
            }
        }
        let begun = self.time.now();
        while self.wrong.is_none() {
            self.open_accounts().await;
            self.run_until(self.time.now() + LOOK).await;
            if self.rests().await {
                return;
            }
            if self.time.now() - begun > BOUND {
                let modes: Vec<_> =
                    self.desks.iter().map(|desk| (desk.mode, desk.running.as_ref().map(|it| it.handle.line().borrow().clone()))).collect();
                let mut deaf = Vec::new();
                for n in 0..CLIENTS {
                    deaf.extend(self.client_has_heard(n).await.err());
                }
                return self.fault(format!("it never comes to rest: {modes:?} {deaf:?}"));
            }
        }
    }
    /// Nobody who sits at a desk stays locked out or leaves it locked, and what was paused by a start goes on.
    async fn open_accounts(&mut self) {
        for n in 0..DESKS {
            if let Some(running) = &self.desks[n].running {
                running.handle.pause(false);
            }
            self.lock(n, false);
            let user = self.desks[n].person.id;
            if actor_at(&self.present, user).await.is_none() && self.house.is_up() {
                let mut dice = self.dice.fork(u64::try_from(self.time.now()).unwrap_or(0));
                self.set_status(n, UserStatus::Active, &mut dice);
            }
        }
    }
    /// Asks the files of a desk something, when nothing goes wrong with them.
    pub(crate) async fn of_desk<T: Send + 'static, F>(&self, n: usize, work: impl FnOnce(Cabinet) -> F) -> Option<T>
    where
        F: Future<Output = Option<T>> + Send + 'static,
    {
        let desk = &self.desks[n];
        let task = tokio::spawn(work(desk.cabinet()?));
        desk.doom(|doom| doom.spared = true);
        quiet().await;
        desk.doom(|doom| doom.spared = false);
        if task.is_finished() { task.await.ok().flatten() } else { None }
    }
    async fn rests(&self) -> bool {
        if !self.house.is_up() {
            return false;
        }
        for n in 0..CLIENTS {
            if !self.client_rests(n).await {
                return false;
            }
        }
        for n in 0..DESKS {
            if !self.desk_rests(n).await {
                return false;
            }
        }
        true
    }
    async fn desk_rests(&self, n: usize) -> bool {
        let Desk { mode, person, .. } = &self.desks[n];
        let Some(actor) = actor_at(&self.present, person.id).await.filter(|_| *mode == Mode::Up) else { return false };
        let head = self.present.head();
        let place = Place { epoch: head.epoch, seq: head.seq, chain: head.chain };
        let cursor = Cursor::at(&place, Rights::of(&actor.principals())).to_string();
        let now = self.desks[n].now();
        let refused = self.refused_files(n);
        let rests = self.of_desk(n, async move |cabinet| {
            let stand = cabinet.stand().await.ok()?;
            let there = stand.walked && stand.whole && stand.asked && stand.live.as_deref() == Some(cursor.as_str());
            let nothing = !cabinet.has_to_send(now).await.ok()? && cabinet.next_transfer(now).await.ok()?.is_none();
            let fetched = nothing_wanted(&cabinet, refused, now).await?;
            Some(there && nothing && fetched && cabinet.next_hold(now).await.ok()?.is_none())
        });
        rests.await.unwrap_or(false)
    }
}

/// Whether no file of a kept order is still to be fetched, but for these. That there is no small picture of one is nobody's trouble.
async fn nothing_wanted(cabinet: &Cabinet, mut but: HashSet<(DesignId, Kept)>, now: UtcMillis) -> Option<bool> {
    while let Some(it) = cabinet.next_wanted(&but, now).await.ok()? {
        // Of what was there before the world began the server has the record alone.
        if it.what == Kept::File && good(&it.sha256).is_some() {
            return Some(false);
        }
        but.insert((it.design, it.what));
    }
    Some(true)
}
