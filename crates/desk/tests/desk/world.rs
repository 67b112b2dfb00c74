//! A computer with a desk on it, and the server it talks with.

use async_trait::async_trait;
use bridge::{
    Detail, DetailReply, Inbox, InboxFilter, InboxReply, InboxView, Login, OutboxDetail, OutboxDetailReply, OutboxList, OutboxReply,
    SessionState, SetPreferences, Start, Status, Submit, Submitted, SyncStatus,
};
use desk::{
    Chooser, Connect, Desk, OpenError, Opener, Options, Parts, SystemIds,
    notify::MemoryNotifier,
    vault::{MemoryKeyring, Vault},
};
use domain::{
    id::{CommandId, DeviceId, UserId},
    name::{Email, PersonName},
    record::AnyRecord,
    records::{Client, Consultation, ConsultationStatus},
    role::Actor,
    status::CommandState,
    wire,
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};
use sync::{Ask, AuditAsk, Clock, Events, FactorAsk, FactorTold, Fault, FileAsk, Found, Pages, Transport};
use tempfile::TempDir;
use testkit::{
    CODE, Model, Net, Way, problem,
    records::{admin, client_record, colleague, consultation, request},
};
use tokio::sync::broadcast::error::RecvError;

pub(crate) const EMAIL: &str = "dewi@ruangkarsa.id";
pub(crate) const PASSWORD: &str = "rahasia-sekali";
pub(crate) const ADDRESS: &str = "https://meja.ruangkarsa.id";

/// The server's door: who knocks with the right password gets a session.
pub(crate) struct Door {
    pub(crate) net: Arc<Net>,
    /// The session that was given last, and its person.
    pub(crate) who: Mutex<Option<usize>>,
    pub(crate) person: Mutex<Actor>,
    pub(crate) password: Mutex<String>,
    offline: Mutex<bool>,
    /// The files, and small pictures of them, that the server has.
    pub(crate) files: Mutex<HashMap<FileAsk, Vec<u8>>>,
    /// What a check answers.
    pub(crate) found: Mutex<Result<Found, Fault>>,
    /// What was asked beside feed and commands.
    pub(crate) asked: Mutex<Vec<String>>,
}

impl Door {
    fn way(&self) -> Way {
        Way { net: Arc::clone(&self.net), who: self.who.lock().unwrap().expect("somebody has logged in") }
    }
    fn note(&self, text: impl Into<String>) {
        self.asked.lock().unwrap().push(text.into());
    }
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
    /// The session that was given last.
    pub(crate) fn session(&self) -> usize {
        self.who.lock().unwrap().unwrap()
    }
}

/// Chooses what the test says, and remembers which endings were asked for.
#[derive(Default)]
pub(crate) struct Chosen(pub(crate) Mutex<Vec<PathBuf>>, pub(crate) Mutex<Vec<String>>);

#[async_trait]
impl Chooser for Chosen {
    async fn choose(&self, _: &str, endings: &[&str]) -> std::io::Result<Vec<PathBuf>> {
        *self.1.lock().unwrap() = endings.iter().map(|ending| (*ending).to_owned()).collect();
        Ok(self.0.lock().unwrap().clone())
    }
}

#[async_trait]
impl Transport for Door {
    async fn check(&self) -> Result<Found, Fault> {
        self.found.lock().unwrap().clone()
    }
    async fn login(&self, login: &wire::Login) -> Result<wire::Session, Fault> {
        self.note("login");
        if *self.offline.lock().unwrap() {
            return Err(Fault::Unreachable);
        }
        if login.email != EMAIL || login.password != *self.password.lock().unwrap() {
            return Err(problem(401, "invalid_credentials", None));
        }
        match login.code.as_deref() {
            _ if !self.net.asks_code() => {}
            None => return Err(problem(403, "code_required", None)),
            Some(code) if code == CODE => {}
            Some(_) => return Err(problem(403, "code_wrong", None)),
        }
        let person = self.person.lock().unwrap().clone();
        let who = self.net.add(person);
        *self.who.lock().unwrap() = Some(who);
        let mut session = self.net.session(who);
        session.user.email = Email::new(EMAIL).unwrap();
        session.user.name = PersonName::new("Dewi Lestari").unwrap();
        Ok(session)
    }
    async fn refresh(&self, refresh_token: &str) -> Result<wire::Session, Fault> {
        self.way().refresh(refresh_token).await
    }
    async fn me(&self, access: &str) -> Result<wire::Me, Fault> {
        self.way().me(access).await
    }
    async fn logout(&self, access: &str) -> Result<(), Fault> {
        self.note("logout");
        self.way().logout(access).await
    }
    async fn forgot(&self, email: &str) -> Result<(), Fault> {
        self.note(format!("forgot {email}"));
        Ok(())
    }
    async fn reset_password(&self, token: &str, _: &str) -> Result<(), Fault> {
        if token == "482913" { Ok(()) } else { Err(problem(422, "reset_token_invalid", None)) }
    }
    async fn commands(&self, access: &str, body: String) -> Result<wire::Outcomes, Fault> {
        self.way().commands(access, body).await
    }
    async fn known(&self, access: &str, ids: &[CommandId]) -> Result<wire::KnownAnswer, Fault> {
        self.way().known(access, ids).await
    }
    async fn feed(&self, access: &str, ask: &Ask) -> Result<Pages, Fault> {
        self.way().feed(access, ask).await
    }
    async fn live(&self, access: &str, after: &str) -> Result<Events, Fault> {
        self.way().live(access, after).await
    }
    async fn client_data(&self, access: &str, client: domain::id::ClientId) -> Result<Value, Fault> {
        self.way().client_data(access, client).await
    }
    async fn erase_client(&self, access: &str, client: domain::id::ClientId, asked: &wire::EraseClient) -> Result<(), Fault> {
        self.way().erase_client(access, client, asked).await
    }
    async fn begin_upload(&self, access: &str, file: &sync::Announce) -> Result<sync::Begun, Fault> {
        self.way().begin_upload(access, file).await
    }
    async fn upload_offset(&self, access: &str, upload: &str) -> Result<u64, Fault> {
        self.way().upload_offset(access, upload).await
    }
    async fn send_bytes(&self, access: &str, upload: &str, from: u64, bytes: bytes::Bytes) -> Result<u64, Fault> {
        self.way().send_bytes(access, upload, from, bytes).await
    }
    async fn end_upload(&self, access: &str, upload: &str) -> Result<(), Fault> {
        self.way().end_upload(access, upload).await
    }
    async fn audit(&self, access: &str, ask: &AuditAsk) -> Result<wire::AuditPage, Fault> {
        self.way().audit(access, ask).await
    }
    async fn audit_proof(&self, access: &str) -> Result<wire::AuditProof, Fault> {
        self.way().audit_proof(access).await
    }
    async fn file(&self, access: &str, ask: &FileAsk) -> Result<Vec<u8>, Fault> {
        self.note(format!("file {ask:?}"));
        if *self.offline.lock().unwrap() {
            return Err(Fault::Unreachable);
        }
        let kept = self.files.lock().unwrap().get(ask).cloned();
        match kept {
            Some(bytes) => Ok(bytes),
            None => self.way().file(access, ask).await,
        }
    }
    async fn devices(&self, access: &str, of: Option<UserId>) -> Result<wire::DeviceList, Fault> {
        self.way().devices(access, of).await
    }
    async fn end_device(&self, access: &str, device: DeviceId) -> Result<(), Fault> {
        self.way().end_device(access, device).await
    }
    async fn change_password(&self, access: &str, change: &wire::PasswordChange) -> Result<(), Fault> {
        self.net.set_password(&self.password.lock().unwrap());
        self.way().change_password(access, change).await?;
        self.password.lock().unwrap().clone_from(&change.new);
        Ok(())
    }
    async fn second_factor(&self, access: &str, ask: &FactorAsk) -> Result<FactorTold, Fault> {
        self.net.set_password(&self.password.lock().unwrap());
        self.way().second_factor(access, ask).await
    }
}

/// Remembers what it was to open.
#[derive(Default)]
pub(crate) struct Opened(pub(crate) Mutex<Vec<String>>);
impl Opener for Opened {
    fn open(&self, address: &str) -> std::io::Result<()> {
        self.0.lock().unwrap().push(address.to_owned());
        Ok(())
    }
}

/// A computer, and the server.
pub(crate) struct World {
    pub(crate) net: Arc<Net>,
    pub(crate) door: Arc<Door>,
    pub(crate) keyring: MemoryKeyring,
    pub(crate) notifier: MemoryNotifier,
    pub(crate) opened: Arc<Opened>,
    /// What a person chooses when they are asked for files.
    pub(crate) chosen: Arc<Chosen>,
    pub(crate) data: TempDir,
    pub(crate) downloads: TempDir,
}

/// A request that waits, of a client with a name that is to be found nowhere in plain text.
pub(crate) fn rani(n: u64) -> [AnyRecord; 2] {
    let name = PersonName::new("Rani Kusumawardani").unwrap();
    let AnyRecord::Client(client) = client_record(n) else { unreachable!("a client") };
    let phone = Some(domain::phone::Phone::new("0812-3456-7890").unwrap());
    let client = Client { name: name.clone(), phone, ..client };
    let AnyRecord::Consultation(it) = request(n, ConsultationStatus::Waiting) else { unreachable!("a request") };
    let topic = Some(domain::text::Topic::new("Tinjau portofolio").unwrap());
    [AnyRecord::Client(client), AnyRecord::Consultation(Consultation { client_name: name, topic, ..it })]
}

impl World {
    /// A server with so many waiting requests and so many old ones, and a computer on which nobody ever logged in.
    pub(crate) fn new(waiting: u64, old: u64) -> Self {
        Self::at(Net::new(Model::with(waiting, old)), admin(1))
    }
    /// Another computer at the same server, for this person.
    pub(crate) fn beside(&self, person: Actor) -> Self {
        Self::at(Arc::clone(&self.net), person)
    }
    fn at(net: Arc<Net>, person: Actor) -> Self {
        let door = Arc::new(Door {
            net: Arc::clone(&net),
            who: Mutex::default(),
            person: Mutex::new(person),
            password: Mutex::new(PASSWORD.to_owned()),
            offline: Mutex::default(),
            files: Mutex::default(),
            found: Mutex::new(Ok(Found { ready: true })),
            asked: Mutex::default(),
        });
        let (keyring, notifier, data, downloads) =
            (MemoryKeyring::default(), MemoryNotifier::default(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        Self { net, door, keyring, notifier, opened: Arc::default(), chosen: Arc::default(), data, downloads }
    }
    /// Takes the network away, or brings it back.
    pub(crate) fn offline(&self, offline: bool) {
        *self.door.offline.lock().unwrap() = offline;
        self.net.offline(offline);
    }
    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }
    pub(crate) fn parts(&self) -> Parts {
        let door = Arc::clone(&self.door);
        let connect: Connect = Arc::new(move |_| Ok(Arc::<Door>::clone(&door) as Arc<dyn Transport>));
        let (name, platform) = ("Laptop kantor".to_owned(), "linux".to_owned());
        Parts {
            options: Options {
                data: self.data.path().to_owned(),
                downloads: self.downloads.path().to_owned(),
                device_name: name,
                platform,
                version: "0.1.0".to_owned(),
            },
            clock: Arc::<testkit::Manual>::clone(&self.net.clock) as Arc<dyn Clock>,
            ids: Arc::new(SystemIds),
            vault: Vault::with_patience(self.keyring.clone(), Duration::from_secs(20)),
            notifier: Arc::new(self.notifier.clone()),
            connect,
            opener: Arc::<Opened>::clone(&self.opened) as Arc<dyn Opener>,
            chooser: Arc::<Chosen>::clone(&self.chosen) as Arc<dyn Chooser>,
        }
    }
    pub(crate) async fn try_open(&self) -> Result<Desk, OpenError> {
        Desk::open(self.parts()).await
    }
    /// Starts the program.
    pub(crate) async fn open(&self) -> Seat {
        Seat { desk: self.try_open().await.unwrap(), net: Arc::clone(&self.net) }
    }
    /// Starts the program, and logs in.
    pub(crate) async fn log_in(&self) -> Seat {
        let seat = self.open().await;
        seat.log_in(true).await;
        seat
    }
    /// Starts the program, logs in, and waits until everything is here.
    pub(crate) async fn whole(&self) -> Seat {
        let seat = self.log_in().await;
        seat.settled().await;
        seat
    }
    /// Every file below the desk's folder.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.data.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found
    }
    /// The files of the one account.
    pub(crate) fn has_file(&self, name: &str) -> bool {
        self.files().iter().any(|path| path.file_name().is_some_and(|n| n == name))
    }
}

/// Somebody at the desk.
pub(crate) struct Seat {
    pub(crate) desk: Desk,
    net: Arc<Net>,
}

impl Seat {
    /// Waits until this is so. It is looked at whenever the desk says something or asks something.
    pub(crate) async fn until(&self, what: &str, so: impl AsyncFn(&Self) -> bool) {
        let (mut events, mut called) = (self.desk.events(), self.net.called.subscribe());
        let watched = async {
            while !so(self).await {
                tokio::select! {
                    event = events.recv() => assert!(!matches!(event, Err(RecvError::Closed)), "the desk is gone"),
                    _ = called.changed() => {}
                }
            }
        };
        let done = tokio::time::timeout(Duration::from_secs(20), watched).await;
        assert!(done.is_ok(), "never: {what}; status {:?}", self.desk.status(Status {}).await);
    }
    /// Waits until everything of the server is here.
    pub(crate) async fn settled(&self) {
        self.until("everything is here", async |seat| seat.status().await.complete).await;
    }
    pub(crate) async fn start(&self) -> bridge::Boot {
        self.desk.start(Start {}).await.unwrap()
    }
    pub(crate) async fn recovered(&self, seen: bool) -> bridge::RecoveredReply {
        // As the window does: first it waits until the desk is open.
        self.start().await;
        self.desk.recovered(bridge::Recovered { seen }).await.unwrap()
    }
    pub(crate) async fn session(&self) -> SessionState {
        self.start().await.session
    }
    pub(crate) fn login(remember: bool) -> Login {
        Login { address: ADDRESS.to_owned(), email: EMAIL.to_owned(), password: PASSWORD.to_owned(), code: None, remember }
    }
    pub(crate) async fn log_in(&self, remember: bool) {
        let state = self.desk.login(Self::login(remember)).await.unwrap();
        assert!(matches!(state, SessionState::Open { .. }), "{state:?}");
    }
    pub(crate) async fn status(&self) -> SyncStatus {
        self.desk.status(Status {}).await.unwrap()
    }
    pub(crate) async fn list(&self, view: InboxView) -> InboxReply {
        let filter = InboxFilter { view, text: String::new() };
        self.desk.inbox(Inbox { filter, offset: 0, limit: 200, around: None, shown: None }).await.unwrap()
    }
    pub(crate) async fn waiting(&self) -> InboxReply {
        self.list(InboxView::Waiting).await
    }
    pub(crate) async fn detail(&self, n: u64) -> DetailReply {
        self.desk.detail(Detail { record: consultation(n) }).await.unwrap()
    }
    pub(crate) async fn shown(&self, n: u64) -> ConsultationStatus {
        self.detail(n).await.consultation.status
    }
    pub(crate) async fn hold(&self, hold_seconds: u8) {
        let preferences = bridge::Preferences { hold_seconds, ..bridge::Preferences::default() };
        self.desk.set_preferences(SetPreferences { preferences }).await.unwrap();
    }
    /// Gives a command about a request that was before the person.
    pub(crate) async fn give(&self, act: &str, n: u64, more: Value) -> Submitted {
        let mut args = json!({ "id": consultation(n).id });
        args.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        self.desk.submit(Submit { act: act.to_owned(), args, seen: vec![consultation(n)] }).await.unwrap()
    }
    pub(crate) async fn accept(&self, n: u64) -> CommandId {
        self.give("consultation.accept", n, json!({})).await.id
    }
    pub(crate) async fn reject(&self, n: u64, reason: &str) -> CommandId {
        self.give("consultation.reject", n, json!({ "reason": reason })).await.id
    }
    pub(crate) async fn outbox(&self) -> OutboxReply {
        self.desk.outbox_list(OutboxList { finished: 50 }).await.unwrap()
    }
    pub(crate) async fn command(&self, id: CommandId) -> OutboxDetailReply {
        self.desk.outbox_detail(OutboxDetail { id }).await.unwrap()
    }
    /// Waits until a command stands there.
    pub(crate) async fn becomes(&self, id: CommandId, state: CommandState) {
        self.until(&format!("a command is {state:?}"), async |seat| seat.command(id).await.entry.state == state).await;
    }
    /// Ends the program.
    pub(crate) async fn quit(self) {
        self.desk.quit().await;
    }
}

/// A colleague answers this request on the server.
pub(crate) fn other_accepts(net: &Net, n: u64) {
    let outcome = net.serve(|model| model.act(&colleague(), n, "consultation.accept", json!({ "id": consultation(n).id })));
    assert_eq!(outcome.status, wire::OutcomeStatus::Applied);
}
