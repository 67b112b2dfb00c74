//! A server of one's own, on any store, without a socket.

use axum::Router;
use domain::{
    commands::account::AddUser,
    id::{CommandId, UserId},
    role::Role,
    wire::OutcomeStatus,
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use store::{Store, memory::Memory};

use super::{Peer, TestClock};
use crate::{
    accounts::{AccountChange, ChangeAccount, Cost},
    app::{App, Options, Tasks},
    jobs::{MemoryMail, Runner},
    routes,
    shell::{Seeded, Shell},
};

/// Everybody's password, of the staff and of clients.
pub const PASSWORD: &str = "kata-sandi-uji-9";

/// What a test may choose.
pub struct TestAppBuilder {
    store: Option<Arc<dyn Store>>,
    clock: Arc<TestClock>,
    seed: u64,
    options: Options,
}

/// A server under test. Dropping it fails on jobs that nobody ran.
pub struct TestApp {
    /// The server.
    pub app: App,
    /// Its time.
    pub clock: Arc<TestClock>,
    /// Its records.
    pub store: Arc<dyn Store>,
    /// The mails it sent.
    pub mail: MemoryMail,
    router: Router,
    tasks: Tasks,
    runner: Runner<MemoryMail>,
    leftovers: AtomicBool,
}

impl std::fmt::Debug for TestApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TestApp { .. }")
    }
}

impl std::fmt::Debug for TestAppBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TestAppBuilder { .. }")
    }
}

impl Default for TestAppBuilder {
    fn default() -> Self {
        let options = Options { password_cost: Cost::LEAST, password_workers: 2, ..Options::default() };
        Self { store: None, clock: Arc::default(), seed: 1, options }
    }
}

impl TestAppBuilder {
    /// On this store.
    #[must_use]
    pub fn on(mut self, store: Arc<dyn Store>) -> Self {
        self.store = Some(store);
        self
    }
    /// With this time.
    #[must_use]
    pub fn at(mut self, clock: Arc<TestClock>) -> Self {
        self.clock = clock;
        self
    }
    /// With this chance.
    #[must_use]
    pub const fn seeded(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }
    /// With these options.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(&mut self.options);
        self
    }
    /// Starts it.
    ///
    /// # Panics
    /// When the store does not answer.
    pub async fn start(self) -> TestApp {
        let shell = Shell::new(Arc::clone(&self.clock) as _, Arc::new(Seeded::new(self.seed)));
        let store = self.store.unwrap_or_else(|| Arc::new(Memory::new(shell.uuid())));
        let (app, tasks) = App::start(Arc::clone(&store), shell, self.options).await.expect("the server starts");
        let mail = MemoryMail::default();
        TestApp {
            router: routes::public(&app),
            runner: Runner::new(&app, mail.clone()),
            app,
            clock: self.clock,
            store,
            mail,
            tasks,
            leftovers: AtomicBool::new(false),
        }
    }
}

impl TestApp {
    /// A server on an empty store in memory.
    pub async fn new() -> Self {
        TestAppBuilder::default().start().await
    }
    /// What a test may choose.
    #[must_use]
    pub fn builder() -> TestAppBuilder {
        TestAppBuilder::default()
    }
    /// Somebody without a token.
    #[must_use]
    pub fn stranger(&self) -> Peer {
        Peer::new(self.router.clone(), Arc::clone(&self.clock))
    }
    /// Makes an account for somebody of the staff.
    ///
    /// # Panics
    /// When the rulebook says no.
    pub async fn add_user(&self, email: &str, roles: &[Role]) -> UserId {
        let shell = &self.app.shell;
        let id = UserId::from_uuid(shell.uuid());
        let name = format!("Orang {}", roles.first().map_or_else(|| "staf".to_owned(), ToString::to_string));
        let act = AddUser { id, name, email: email.to_owned(), roles: roles.to_vec() };
        let hash = self.app.passwords.hash(domain::password::Password::new(PASSWORD).unwrap()).await.unwrap();
        let add = ChangeAccount::new(CommandId::from_uuid(shell.uuid()), act, id, AccountChange::FirstPassword(hash));
        let judged = self.app.writer.write(add).await.expect("written");
        assert_eq!(judged.outcome.status, OutcomeStatus::Applied, "{:?}", judged.outcome);
        id
    }
    /// Somebody of the staff, logged in.
    pub async fn staff(&self, role: Role, email: &str) -> Peer {
        self.add_user(email, &[role]).await;
        self.login(email).await
    }
    /// Logs somebody of the staff in.
    ///
    /// # Panics
    /// When they are not let in.
    pub async fn login(&self, email: &str) -> Peer {
        let mut peer = self.stranger();
        peer.login(email).await;
        peer
    }
    /// A client, registered and logged in.
    ///
    /// # Panics
    /// When they are not let in.
    pub async fn client(&self, email: &str, name: &str) -> Peer {
        let mut peer = self.stranger();
        peer.register(email, name).await;
        peer
    }
    /// Runs the jobs that are due, until there are none.
    ///
    /// # Panics
    /// When the store does not answer.
    pub async fn run_jobs(&self) -> usize {
        let mut ran = 0;
        loop {
            let now = self.runner.run_due().await.expect("jobs are claimed");
            if now == 0 {
                return ran;
            }
            ran += now;
        }
    }
    /// Says that jobs may be left over when the test ends.
    pub fn leave_jobs(&self) {
        self.leftovers.store(true, Ordering::Release);
    }
    /// Publishes nothing from here on, as a publisher does that is slower than everybody else.
    pub fn publish_no_more(&self) {
        self.tasks.publisher.abort();
    }
    /// Whether the writer still works.
    #[must_use]
    pub fn writes(&self) -> bool {
        !self.tasks.writer.is_finished()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.tasks.publisher.abort();
        if std::thread::panicking() || self.leftovers.load(Ordering::Acquire) {
            return;
        }
        // The store is asked on a thread of its own: a drop cannot wait on the runtime it runs on.
        let (store, now) = (Arc::clone(&self.store), self.app.shell.now());
        let handle = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(async move {
                let mut tx = store.write().await.ok()?;
                tx.claim_jobs(now, now.plus(1), 100).await.ok()
            })
        });
        let left = handle.join().ok().flatten().unwrap_or_default();
        let kinds: Vec<&str> = left.iter().map(|job| job.kind.as_str()).collect();
        assert!(left.is_empty(), "jobs that nobody ran: {kinds:?}");
    }
}
