//! Taking in what somebody did, and what desks were told.

use domain::record::{AnyRecord, Kind};
use server::accounts::Opened;
use std::sync::Arc;
use sync::{Ended, Files, News, Pair};

use crate::{
    client::{Promise, Said, TRIES},
    desk::{self, Act, Mode, toast},
    world::{Done, Ev, World},
};

impl World {
    /// Takes in what was done. Whether there was anything.
    pub(crate) fn take_in_done(&mut self) -> bool {
        let mut done = std::mem::take(&mut *self.done.lock().unwrap());
        // In which order they finished who worked at once is chance.
        done.sort_by_key(Done::whose);
        let any = !done.is_empty();
        for it in done {
            self.take_in(it);
        }
        any
    }
    fn take_in(&mut self, done: Done) {
        match done {
            Done::Opened(n, files) => self.opened(n, files),
            Done::Closed(n) => self.closed(n),
            Done::Took { desk, id, makes, refused } => {
                self.not_taken.extend(refused);
                let desk = &mut self.desks[desk];
                desk.acts.push(Act { id, withdrawn: false });
                desk.made.extend(makes.map(|record| (record.kind, record.id)));
            }
            Done::NotTaken(refused) => self.not_taken.extend(refused),
            Done::Attached(tied) => {
                let desk = &mut self.desks[tied.desk];
                desk.acts.push(Act { id: tied.act, withdrawn: false });
                desk.made.push((Kind::Design, tied.design.into()));
                self.ways.tied.push(tied);
            }
            Done::CalledOff { desk, id, upload, asking } => {
                self.desks[desk].deciding = false;
                self.desks[desk].acts.iter_mut().filter(|act| act.id == id).for_each(|act| act.withdrawn = true);
                if let Some(upload) = upload {
                    tokio::spawn(async move { drop(asking.end_upload(&upload).await) });
                }
            }
            Done::Wrong(_, why) => self.fault(why),
            Done::Withdrew { desk, ids, instead } => {
                self.desks[desk].deciding = false;
                let acts = &mut self.desks[desk].acts;
                acts.iter_mut().filter(|act| ids.contains(&act.id)).for_each(|act| act.withdrawn = true);
                acts.extend(instead.into_iter().map(|id| Act { id, withdrawn: false }));
            }
            Done::Decided { desk, sure } => {
                self.desks[desk].deciding = false;
                self.desks[desk].unsure += usize::from(!sure);
            }
            Done::Told { desk, key } => {
                let times = self.desks[desk].shown.entry(key.clone()).or_default();
                *times += 1;
                if *times > 1 {
                    self.fault(format!("desk {desk} told of {key} twice"));
                }
            }
            Done::LoggedIn(n, opened) => self.logged_in(n, opened),
            Done::ClientLoggedIn(n, opened) => {
                if let Some(opened) = opened {
                    self.clients[n].access = Some(opened.access.expose());
                    self.client_listens(n);
                }
            }
            Done::Answered(n, said) => self.answered(n, said),
            Done::Hushed(n, status) => self.hushed(n, status),
        }
    }
    fn logged_in(&mut self, n: usize, opened: Option<Opened>) {
        let now = server::shell::Clock::now(&*self.house.clock);
        let desk = &mut self.desks[n];
        let (Some(Opened { session, refresh: Some(refresh), .. }), Mode::Out) = (opened, desk.mode) else { return };
        if !session.is_staff() {
            return;
        }
        desk.roles.clone_from(&session.user.roles);
        desk.device = session.device;
        *desk.kept.0.lock().unwrap() = Some(Pair { refresh: refresh.expose(), access: None });
        desk.offset_ms = now.since(sync::Clock::utc(&*desk.clock));
        (desk.may_end, desk.locked) = (false, false);
        desk.mode = Mode::Down;
        self.open(n);
    }
    /// Opens a desk's files.
    pub(crate) fn open(&mut self, n: usize) {
        let desk = &mut self.desks[n];
        if desk.mode != Mode::Down {
            return;
        }
        if desk.kept.0.lock().unwrap().is_none() {
            desk.mode = Mode::Out;
            return self.after(1_000, Ev::Login(n));
        }
        desk.mode = Mode::Opening;
        let (opening, done) = (desk::opened(desk.folder.clone(), desk.actor(), desk.locked, desk.now()), Arc::clone(&self.done));
        let task = tokio::spawn(async move {
            let opened = opening.await;
            done.lock().unwrap().push(Done::Opened(n, opened));
        });
        desk.doing.push(task.abort_handle());
    }
    fn opened(&mut self, n: usize, files: mirror::Result<Files>) {
        if self.desks[n].mode != Mode::Opening {
            return;
        }
        match files {
            Ok(files) => {
                let net = Arc::clone(&self.net);
                self.desks[n].start(files, &net);
            }
            Err(mirror::Error::Disk) => {
                self.desks[n].mode = Mode::Down;
                self.after(2_000, Ev::Open(n));
            }
            Err(error) => self.fault(format!("desk {n} cannot open its files: {error}")),
        }
    }
    fn closed(&mut self, n: usize) {
        let wait = self.dice.between(100, 5_000);
        let desk = &mut self.desks[n];
        match desk.mode {
            Mode::Closing => {
                desk.mode = Mode::Down;
                self.after(wait, Ev::Open(n));
            }
            Mode::Leaving => {
                if std::mem::take(&mut desk.ended) {
                    desk.destroy_mirror();
                }
                desk.mode = Mode::Out;
                self.after(wait, Ev::Login(n));
            }
            _ => {}
        }
    }
    /// What the engine of a desk tells.
    pub(crate) fn hear(&mut self, n: usize, news: News) {
        match news {
            News::Applied(applied) => applied.fresh.iter().for_each(|record| self.tell(n, record)),
            News::Line | News::Transfer(_) | News::Kept(_) => {}
            News::Roles(roles) => self.desks[n].roles = roles,
            News::SessionLost => {
                *self.desks[n].kept.0.lock().unwrap() = None;
                self.close(n, Mode::Leaving);
            }
            News::Ended(Ended::DeviceEnded) => {
                *self.desks[n].kept.0.lock().unwrap() = None;
                self.desks[n].ended = true;
                if !self.desks[n].may_end && !self.desks[n].ends_sometime {
                    self.fault(format!("desk {n} was ended, and nobody did so"));
                }
                self.close(n, Mode::Leaving);
            }
            News::Ended(Ended::Damaged) => self.fault(format!("desk {n} finds its files damaged")),
        }
    }
    /// A notification is marked as shown, and then shown.
    fn tell(&mut self, n: usize, record: &AnyRecord) {
        let Some(key) = toast(record, &self.desks[n].person) else { return };
        let now = self.desks[n].now();
        self.with_files(n, async move |files, _| {
            let first = match files {
                Files::Both(cabinet) => cabinet.mark_told(&key, now).await,
                Files::Outbox(drawer) => drawer.mark_told(&key, now).await,
            };
            first.unwrap_or(false).then_some(Done::Told { desk: n, key })
        });
    }
    fn answered(&mut self, n: usize, Said { key, asked, result }: Said) {
        let (restored, again) = (self.restored, self.dice.between(200, 9_000));
        let client = &mut self.clients[n];
        if client.wish.as_ref().is_none_or(|wish| wish.key != key) {
            return;
        }
        let tries = client.wish.as_ref().map_or(0, |wish| wish.tries);
        match result {
            Ok((201, body)) => {
                client.wish = None;
                let id = serde_json::from_str::<serde_json::Value>(&body).ok().and_then(|it| Some(it["id"].as_str()?.to_owned()));
                // What was asked before a backup was restored may have been answered before it, too, and nobody can tell.
                client.promises.extend(id.filter(|_| asked == restored).map(|id| Promise { key, id, restored }));
            }
            Ok((422, body)) => {
                client.wish = None;
                // Whatever was refused for good has no effect, in this history.
                if asked == restored && (body.contains("already_waiting") || body.contains("invalid_args")) {
                    client.refused.push((key, restored));
                }
            }
            Ok((401, _)) => {
                client.wish = None;
                client.access = None;
                self.after(again, Ev::ClientLogin(n));
            }
            Ok((409 | 429 | 503, _)) | Err(_) if tries < TRIES => self.after(again, Ev::Api(n)),
            // A network's login page, or a proxy.
            Ok((200 | 502, _)) if tries < TRIES => self.after(again, Ev::Api(n)),
            Ok(_) | Err(_) => client.wish = None,
        }
    }
}
