//! The network and the server behind it, with everything that can happen there.

use domain::{
    id::{CommandId, DeviceId},
    name::Email,
    role::Actor,
    time::UtcMillis,
    wire::{AuditEntry, AuditProof, DeviceInfo, Session, SessionUser},
};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use sync::{Clock, Event, Fault, FileAsk};
use tokio::sync::watch;

use crate::{
    clock::Manual,
    factor::Factor,
    model::Model,
    records::{NOW, uuid},
    uploads::Uploads,
};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// A new access token.
    Refresh,
    /// Who sits here.
    Me,
    /// A batch of commands.
    Commands,
    /// What became of commands.
    Known,
    /// Everything open.
    Work,
    /// Where the head is.
    Head,
    /// A page upwards.
    Up,
    /// A page downwards.
    Down,
    /// The stream.
    Live,
    /// A page of the audit.
    Audit,
    /// A proof of the audit.
    Proof,
    /// Everything of a client that is theirs to read.
    ClientData,
    /// The erasure of a client's data.
    EraseClient,
    /// Where somebody is logged in.
    Devices,
    /// The end of a device.
    EndDevice,
    /// Another password.
    Password,
    /// The second factor.
    Factor,
    /// The beginning of an upload.
    BeginUpload,
    /// How far an upload is.
    Offset,
    /// Bytes of an upload.
    Bytes,
    /// The end of an upload.
    EndUpload,
    /// A file, or a small picture of one.
    File,
}

/// What happens to one request.
#[derive(Clone, Debug)]
pub enum Mishap {
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
    pub(crate) refresh: String,
    pub(crate) access: String,
    pub(crate) expired: bool,
    /// What every request is answered, if the session is over.
    pub(crate) over: Option<(u16, &'static str)>,
}

/// What is so on the network now, and what is to happen.
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
    pub(crate) renewals: u64,
    /// The server refuses bodies that hold one of these.
    pub(crate) spoiled: Vec<(CommandId, u16)>,
    /// The audit, newest first, and what its proof comes to.
    pub(crate) audit: Vec<AuditEntry>,
    pub(crate) proof: Option<AuditProof>,
    /// Where whoever asks is logged in.
    pub(crate) devices: Vec<DeviceInfo>,
    /// The password that holds.
    pub(crate) password: String,
    /// Their second factor.
    pub(crate) factor: Factor,
    /// Files on their way.
    pub(crate) uploads: Uploads,
    /// Files that can be fetched, and small pictures of them.
    pub(crate) files: HashMap<FileAsk, Vec<u8>>,
}

/// The network and the server behind it.
pub struct Net {
    /// The time of desks and server.
    pub clock: Arc<Manual>,
    model: Mutex<Model>,
    state: Mutex<State>,
    /// Rises when streams have to look again.
    pub(crate) moved: watch::Sender<u64>,
    /// Rises with every request.
    pub called: watch::Sender<u64>,
}

/// A problem answer; `retry_after` in seconds.
pub fn problem(status: u16, code: &str, retry_after: Option<u64>) -> Fault {
    let retry_after = retry_after.map(Duration::from_secs);
    Fault::Problem { status, code: code.into(), detail: String::new(), errors: Vec::new(), retry_after }
}

impl Net {
    /// A network with this server behind it.
    pub fn new(model: Model) -> Arc<Self> {
        let (model, state) = (Mutex::new(model), Mutex::default());
        Arc::new(Self { clock: Arc::default(), model, state, moved: watch::Sender::default(), called: watch::Sender::default() })
    }
    /// The server as it is.
    pub fn model(&self) -> MutexGuard<'_, Model> {
        self.model.lock().unwrap()
    }
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
    /// Does something on the server; streams hear of it.
    pub fn serve<T>(&self, act: impl FnOnce(&mut Model) -> T) -> T {
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
    pub fn server_now(&self) -> UtcMillis {
        NOW.plus(self.clock.mono() - 1_000)
    }
    /// Logs somebody in: which session.
    pub fn add(&self, actor: Actor) -> usize {
        let mut state = self.state();
        let n = state.peers.len();
        state.peers.push(Peer { actor, refresh: format!("r{n}.0"), access: format!("a{n}.0"), expired: false, over: None });
        n
    }
    /// Takes the network away, or brings it back.
    pub fn offline(&self, offline: bool) {
        self.set(|s| s.offline = offline);
    }
    /// A portal answers instead of the server.
    pub fn captive(&self, captive: bool) {
        self.set(|s| s.captive = captive);
    }
    /// Streams open, and say nothing.
    pub fn mute(&self, mute: bool) {
        self.set(|s| s.mute = mute);
    }
    /// The next request of this kind has an accident.
    pub fn mishap(&self, op: Op, what: Mishap) {
        self.set(|s| s.mishaps.push((op, what)));
    }
    /// The next request of this kind fails before the server hears of it.
    pub fn fails(&self, op: Op, fault: Fault) {
        self.mishap(op, Mishap::Fails(fault));
    }
    /// Bodies that hold this command are answered with this status.
    pub fn spoil(&self, id: CommandId, status: u16) {
        self.set(|s| s.spoiled.push((id, status)));
    }
    /// The audit is this, newest first, and its proof comes to that.
    pub fn set_audit(&self, entries: Vec<AuditEntry>, proof: AuditProof) {
        self.set(|s| (s.audit, s.proof) = (entries, Some(proof)));
    }
    /// Whoever asks is logged in here, newest first.
    pub fn set_devices(&self, devices: Vec<DeviceInfo>) {
        self.set(|s| s.devices = devices);
    }
    /// The password that holds.
    pub fn set_password(&self, password: &str) {
        self.set(|s| s.password = password.to_owned());
    }
    /// The server has this file, or this small picture of one.
    pub fn set_file(&self, ask: FileAsk, bytes: Vec<u8>) {
        self.set(|s| s.files.extend([(ask, bytes)]));
    }
    /// Whether a login asks for a code.
    #[must_use]
    pub fn asks_code(&self) -> bool {
        self.state().factor.is_on()
    }
    /// Whatever was to happen happens no more.
    pub fn mend(&self) {
        self.set(|s| {
            s.mishaps.clear();
            (s.offline, s.captive, s.mute) = (false, false, false);
        });
    }
    /// All streams break.
    pub fn kill_streams(&self) {
        self.set(|s| s.kills += 1);
    }
    /// All streams say where they are.
    pub fn beat(&self) {
        self.set(|s| s.beats += 1);
    }
    /// The open stream says this.
    pub fn say(&self, event: Event) {
        self.set(|s| s.says.push_back(event));
    }
    /// The session's access token is good no longer.
    pub fn expire(&self, who: usize) {
        self.set(|s| s.peers[who].expired = true);
    }
    /// Every request of the session is answered so from now on.
    pub fn end_session(&self, who: usize, status: u16, code: &'static str) {
        self.set(|s| s.peers[who].over = Some((status, code)));
    }
    /// The person's rights are others from now on.
    pub fn set_actor(&self, who: usize, actor: Actor) {
        self.set(|s| s.peers[who].actor = actor);
    }
    /// Gives one session's tokens to the way of another.
    pub fn adopt(&self, way: usize, from: usize) {
        self.set(|s| s.peers[way] = s.peers[from].clone());
    }
    /// Whose session it is.
    pub fn actor(&self, who: usize) -> Actor {
        self.state().peers[who].actor.clone()
    }
    /// What was asked, and with what.
    pub fn calls(&self) -> Vec<(Op, String)> {
        self.state().calls.clone()
    }
    /// How often this was asked.
    pub fn count(&self, op: Op) -> usize {
        self.state().calls.iter().filter(|(o, _)| *o == op).count()
    }
    /// What the last request of this kind said.
    pub fn last(&self, op: Op) -> String {
        self.state().calls.iter().rev().find(|(o, _)| *o == op).map(|(_, text)| text.clone()).unwrap_or_default()
    }
    /// The session as a login or a renewal answers it.
    pub fn session(&self, who: usize) -> Session {
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
    pub(crate) async fn enter(&self, op: Op, detail: String) -> Result<Option<Mishap>, Fault> {
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
    pub(crate) fn who(&self, who: usize, access: &str) -> Result<Actor, Fault> {
        let state = self.state();
        let peer = &state.peers[who];
        match peer.over {
            Some((status, code)) => Err(problem(status, code, None)),
            None if peer.expired || peer.access != access => Err(problem(401, "token_expired", None)),
            None => Ok(peer.actor.clone()),
        }
    }
}
