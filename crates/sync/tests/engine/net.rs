//! The way to the model, with everything that can happen on it.

use async_trait::async_trait;
use bytes::Bytes;
use domain::{
    id::{CommandId, DeviceId},
    name::Email,
    role::Actor,
    time::UtcMillis,
    wire::{CommandBatch, KnownAnswer, Login, Outcomes, Session, SessionUser},
};
use futures_util::{StreamExt, stream};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use sync::{Ask, Clock, Event, Events, Fault, Found, Pages, Transport};
use tokio::sync::watch;

use crate::{
    clock::Manual,
    model::Model,
    records::{NOW, admin, uuid},
    stream::Live,
};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Refresh,
    Commands,
    Known,
    Work,
    Up,
    Down,
    Live,
}

/// What happens to one request.
#[derive(Clone, Debug)]
pub(crate) enum Mishap {
    /// It fails before the server hears of it.
    Fails(Fault),
    /// The server does it, and the answer is lost.
    AnswerLost(Fault),
    /// The page ends after so many lines.
    CutAfter(usize),
    /// After so many lines comes a login page.
    HtmlAfter(usize),
    /// It is never answered.
    Stuck,
}

/// A session, as the server has it.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    pub(crate) actor: Actor,
    refresh: String,
    access: String,
    expired: bool,
    /// What every request is answered, if the session is over.
    pub(crate) over: Option<(u16, &'static str)>,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) offline: bool,
    captive: bool,
    /// Streams open and say nothing.
    pub(crate) mute: bool,
    mishaps: Vec<(Op, Mishap)>,
    calls: Vec<(Op, String)>,
    pub(crate) peers: Vec<Peer>,
    pub(crate) says: VecDeque<Event>,
    pub(crate) kills: u64,
    pub(crate) beats: u64,
    renewals: u64,
    /// The server refuses bodies that hold one of these.
    spoiled: Vec<(CommandId, u16)>,
}

/// The network and the server behind it.
pub(crate) struct Net {
    pub(crate) clock: Arc<Manual>,
    model: Mutex<Model>,
    state: Mutex<State>,
    pub(crate) moved: watch::Sender<u64>,
    /// Rises with every request.
    pub(crate) called: watch::Sender<u64>,
}

pub(crate) fn problem(status: u16, code: &str, retry_after: Option<u64>) -> Fault {
    let retry_after = retry_after.map(Duration::from_secs);
    Fault::Problem { status, code: code.into(), detail: String::new(), errors: Vec::new(), retry_after }
}

impl Net {
    pub(crate) fn new(model: Model) -> Arc<Self> {
        let (model, state) = (Mutex::new(model), Mutex::default());
        Arc::new(Self { clock: Arc::default(), model, state, moved: watch::Sender::default(), called: watch::Sender::default() })
    }
    pub(crate) fn model(&self) -> MutexGuard<'_, Model> {
        self.model.lock().unwrap()
    }
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
    /// Does something on the server; streams hear of it.
    pub(crate) fn serve<T>(&self, act: impl FnOnce(&mut Model) -> T) -> T {
        let mut model = self.model();
        model.now = self.server_now();
        let done = act(&mut model);
        drop(model);
        self.stir();
        done
    }
    fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.stir();
    }
    fn stir(&self) {
        self.moved.send_modify(|n| *n += 1);
    }
    /// The server's clock: right, whatever a desk's says.
    pub(crate) fn server_now(&self) -> UtcMillis {
        NOW.plus(self.clock.mono() - 1_000)
    }
    /// Logs somebody in: which session.
    pub(crate) fn add(&self, actor: Actor) -> usize {
        let mut state = self.state();
        let n = state.peers.len();
        state.peers.push(Peer { actor, refresh: format!("r{n}.0"), access: format!("a{n}.0"), expired: false, over: None });
        n
    }
    pub(crate) fn offline(&self, offline: bool) {
        self.set(|s| s.offline = offline);
    }
    pub(crate) fn captive(&self, captive: bool) {
        self.set(|s| s.captive = captive);
    }
    pub(crate) fn mute(&self, mute: bool) {
        self.set(|s| s.mute = mute);
    }
    /// The next request of this kind has an accident.
    pub(crate) fn mishap(&self, op: Op, what: Mishap) {
        self.set(|s| s.mishaps.push((op, what)));
    }
    pub(crate) fn fails(&self, op: Op, fault: Fault) {
        self.mishap(op, Mishap::Fails(fault));
    }
    pub(crate) fn spoil(&self, id: CommandId, status: u16) {
        self.set(|s| s.spoiled.push((id, status)));
    }
    /// Whatever was to happen happens no more.
    pub(crate) fn mend(&self) {
        self.set(|s| {
            s.mishaps.clear();
            (s.offline, s.captive, s.mute) = (false, false, false);
        });
    }
    /// All streams break.
    pub(crate) fn kill_streams(&self) {
        self.set(|s| s.kills += 1);
    }
    /// All streams say where they are.
    pub(crate) fn beat(&self) {
        self.set(|s| s.beats += 1);
    }
    /// The open stream says this.
    pub(crate) fn say(&self, event: Event) {
        self.set(|s| s.says.push_back(event));
    }
    pub(crate) fn expire(&self, who: usize) {
        self.set(|s| s.peers[who].expired = true);
    }
    pub(crate) fn end_session(&self, who: usize, status: u16, code: &'static str) {
        self.set(|s| s.peers[who].over = Some((status, code)));
    }
    /// The person's rights are others from now on.
    pub(crate) fn set_actor(&self, who: usize, actor: Actor) {
        self.set(|s| s.peers[who].actor = actor);
    }
    /// Gives one session's tokens to the way of another.
    pub(crate) fn adopt(&self, way: usize, from: usize) {
        self.set(|s| s.peers[way] = s.peers[from].clone());
    }
    pub(crate) fn actor(&self, who: usize) -> Actor {
        self.state().peers[who].actor.clone()
    }
    pub(crate) fn calls(&self) -> Vec<(Op, String)> {
        self.state().calls.clone()
    }
    pub(crate) fn count(&self, op: Op) -> usize {
        self.state().calls.iter().filter(|(o, _)| *o == op).count()
    }
    /// What the last request of this kind said.
    pub(crate) fn last(&self, op: Op) -> String {
        self.state().calls.iter().rev().find(|(o, _)| *o == op).map(|(_, text)| text.clone()).unwrap_or_default()
    }
    pub(crate) fn session(&self, who: usize) -> Session {
        let state = self.state();
        let Peer { actor, refresh, access, .. } = &state.peers[who];
        let user = SessionUser {
            id: actor.id(),
            name: actor.person.name.clone(),
            email: Email::new("a@x.id").unwrap(),
            role: actor.roles[0].clone(),
            roles: actor.roles.clone(),
        };
        let device_id = DeviceId::from_uuid(uuid(7));
        let server_time = self.server_now();
        Session { access_token: access.clone(), expires_in: 900, refresh_token: refresh.clone(), device_id, user, server_time }
    }
    /// A request arrives, or does not.
    async fn enter(&self, op: Op, detail: String) -> Result<Option<Mishap>, Fault> {
        let mishap = {
            let mut state = self.state();
            state.calls.push((op, detail));
            if state.offline {
                Some(Mishap::Fails(Fault::Unreachable))
            } else if state.captive {
                Some(Mishap::Fails(Fault::Captive))
            } else {
                state.mishaps.iter().position(|(o, _)| *o == op).map(|at| state.mishaps.remove(at).1)
            }
        };
        self.called.send_modify(|n| *n += 1);
        match mishap {
            Some(Mishap::Fails(fault)) => Err(fault),
            Some(Mishap::Stuck) => std::future::pending().await,
            other => Ok(other),
        }
    }
    fn who(&self, who: usize, access: &str) -> Result<Actor, Fault> {
        let state = self.state();
        let peer = &state.peers[who];
        match peer.over {
            Some((status, code)) => Err(problem(status, code, None)),
            None if peer.expired || peer.access != access => Err(problem(401, "token_expired", None)),
            None => Ok(peer.actor.clone()),
        }
    }
}

fn lost(mishap: Option<Mishap>) -> Result<(), Fault> {
    if let Some(Mishap::AnswerLost(fault)) = mishap { Err(fault) } else { Ok(()) }
}

/// One desk's way to the server.
pub(crate) struct Way {
    pub(crate) net: Arc<Net>,
    pub(crate) who: usize,
}

#[async_trait]
impl Transport for Way {
    async fn check(&self) -> Result<Found, Fault> {
        Ok(Found { ready: true })
    }
    async fn login(&self, _: &Login) -> Result<Session, Fault> {
        Ok(self.net.session(self.who))
    }
    async fn refresh(&self, refresh_token: &str) -> Result<Session, Fault> {
        let mishap = self.net.enter(Op::Refresh, refresh_token.to_owned()).await?;
        {
            let mut state = self.net.state();
            state.renewals += 1;
            let (n, who) = (state.renewals, self.who);
            let peer = &mut state.peers[who];
            match peer.over {
                Some((status, code)) => return Err(problem(status, code, None)),
                None if refresh_token != peer.refresh && mishap.is_none() => return Err(problem(401, "token_reused", None)),
                None => {}
            }
            (peer.access, peer.expired) = (format!("a{who}.{n}"), false);
            // A lost answer is asked again with the same token: it stays good until its child was presented.
            if mishap.is_none() {
                peer.refresh = format!("r{who}.{n}");
            }
        }
        lost(mishap)?;
        Ok(self.net.session(self.who))
    }
    async fn logout(&self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
    async fn forgot(&self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
    async fn reset_password(&self, _: &str, _: &str) -> Result<(), Fault> {
        Ok(())
    }
    async fn commands(&self, access: &str, body: String) -> Result<Outcomes, Fault> {
        let mishap = self.net.enter(Op::Commands, body.clone()).await?;
        let actor = self.net.who(self.who, access)?;
        let batch: CommandBatch = serde_json::from_str(&body).unwrap();
        let spoiled = self.net.state().spoiled.clone();
        if let Some((_, status)) = spoiled.iter().find(|(id, _)| batch.commands.iter().any(|c| c.id == *id)) {
            return Err(problem(*status, "malformed", None));
        }
        let outcomes = self.net.serve(|model| batch.commands.iter().map(|e| model.give(&actor, e)).collect());
        lost(mishap)?;
        Ok(Outcomes { outcomes })
    }
    async fn known(&self, access: &str, ids: &[CommandId]) -> Result<KnownAnswer, Fault> {
        self.net.enter(Op::Known, format!("{ids:?}")).await?;
        self.net.who(self.who, access)?;
        let model = self.net.model();
        let outcomes = ids.iter().filter_map(|id| model.outcomes.get(id)).map(|(_, o)| o.clone()).collect();
        let unknown = ids.iter().filter(|id| !model.outcomes.contains_key(id)).copied().collect();
        Ok(KnownAnswer { outcomes, unknown })
    }
    async fn feed(&self, access: &str, ask: &Ask) -> Result<Pages, Fault> {
        let op = match ask {
            Ask::Work => Op::Work,
            Ask::Up { .. } => Op::Up,
            Ask::Down { .. } => Op::Down,
        };
        let mishap = self.net.enter(op, format!("{ask:?}")).await?;
        let actor = self.net.who(self.who, access)?;
        if let Ask::Up { after, wait, .. } = ask
            && *wait > 0
        {
            self.net.held(&actor, after).await;
        }
        let mut lines = self.net.page(&actor, ask)?;
        let mut end = None;
        match mishap {
            Some(Mishap::CutAfter(n)) => {
                lines.truncate(n);
                end = Some(Err(Fault::Cut));
            }
            Some(Mishap::HtmlAfter(n)) => {
                lines.truncate(n);
                lines.push("<html>".to_owned());
            }
            _ => {}
        }
        let date = Some(UtcMillis::from_ms(self.net.server_now().ms() / 1_000 * 1_000));
        let chunks = lines.into_iter().map(|line| Ok(Bytes::from(line + "\n"))).chain(end);
        Ok(Pages { date, chunks: stream::iter(chunks.collect::<Vec<_>>()).boxed() })
    }
    async fn live(&self, access: &str, after: &str) -> Result<Events, Fault> {
        self.net.enter(Op::Live, after.to_owned()).await?;
        let actor = self.net.who(self.who, access)?;
        let events = Live::open(&self.net, self.who, actor, after).events();
        Ok(Events { date: Some(self.net.server_now()), events })
    }
}

impl Net {
    fn page(&self, actor: &Actor, ask: &Ask) -> Result<Vec<String>, Fault> {
        let model = self.model();
        let place = |cursor: &String| model.place(actor, cursor).ok_or_else(|| problem(410, "cursor_reset", None));
        // Small pages, so that there are several.
        let text = match ask {
            Ask::Work => model.work(actor),
            Ask::Up { after, check, .. } => model.up(actor, place(after)?, 20, *check),
            Ask::Down { before, .. } => model.down(actor, place(before)?, 20),
        };
        Ok(text.lines)
    }
    /// How often streams were broken, and how often they said where they are.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let state = self.state();
        (state.kills, state.beats)
    }
    fn is_at_head(&self, actor: &Actor, after: &str) -> bool {
        let model = self.model();
        model.place(actor, after) == Some(model.head)
    }
    /// Holds an answer while there is nothing to say.
    async fn held(&self, actor: &Actor, after: &str) {
        let mut moved = self.moved.subscribe();
        let (until, counts) = (self.clock.mono() + 25_000, self.counts());
        while self.counts() == counts && self.clock.mono() < until && self.is_at_head(actor, after) {
            tokio::select! {
                _ = moved.changed() => {}
                () = self.clock.sleep(until - self.clock.mono()) => {}
            }
        }
    }
}

/// Somebody else than the desks, who acts on the server itself.
pub(crate) fn colleague() -> Actor {
    admin(4)
}
