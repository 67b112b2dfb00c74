//! A server, a desktop, and whoever is needed at them.

use e2e::{
    desktop::{Desktop, Parts},
    folder::TempFolder,
    server::{Database, Server},
    window::Window,
};
use serde_json::{Value, json};
use std::{future::Future, path::PathBuf, time::Duration};
use tokio::runtime::Runtime;

use crate::client::{PASSWORD, Peer, day, id};

/// The admin at the desk.
pub(crate) const SARI: &str = "sari@ruangkarsa.id";
/// The admin elsewhere.
pub(crate) const BUDI: &str = "budi@ruangkarsa.id";

pub(crate) struct World {
    runtime: Runtime,
    pub(crate) server: Server,
    pub(crate) desktop: Desktop,
    folder: TempFolder,
}

impl World {
    pub(crate) fn begin() -> Self {
        Self::with(Parts::default())
    }
    pub(crate) fn with(parts: Parts) -> Self {
        Self::of(parts, &[])
    }
    /// With a server that has these flags besides.
    pub(crate) fn of(parts: Parts, flags: &[&str]) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let server = runtime.block_on(Server::start_with(Database::Sqlite, flags));
        server.add_user(SARI, "Sari Wulandari", &["admin"], PASSWORD);
        server.add_user(BUDI, "Budi Santoso", &["admin"], PASSWORD);
        Self { runtime, server, desktop: Desktop::start(parts), folder: TempFolder::new("desk") }
    }
    pub(crate) fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
    /// Where the desk keeps its files.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
    /// The desk, as it starts.
    pub(crate) fn window(&self) -> Window {
        Window::open(&self.desktop, &self.data()).expect("a window")
    }
    /// The desk, with Sari at it.
    pub(crate) fn desk(&self) -> Window {
        let window = self.window();
        window.log_in(&self.server.base, SARI, PASSWORD).expect("logged in");
        window
    }
    pub(crate) fn client(&self, name: &str) -> Peer {
        let email = format!("{}@contoh.id", name.to_lowercase().replace(' ', "."));
        self.run(Peer::client(&self.server, &email, name))
    }
    /// A request of a client, by HTTP; its id.
    pub(crate) fn ask(&self, client: &Peer, topic: &str) -> String {
        let answer = self.run(client.ask("/api/consultations", json!({"requested_date": day(5), "topic": topic})));
        answer.expect(201).json()["id"].as_str().expect("an id").to_owned()
    }
    /// What the server has of this request, as its client sees it.
    pub(crate) fn seen_by(&self, client: &Peer, request: &str) -> Value {
        self.run(client.get(&format!("/api/consultations/{request}"))).expect(200).json()
    }
    /// A command of a colleague at another desk.
    pub(crate) fn colleague(&self, name: &str, args: Value) {
        let answer = self.run(async {
            let budi = Peer::login(&self.server, BUDI).await;
            budi.post("/v1/commands", json!({"commands": [{"id": id(), "v": 1, "name": name, "args": args}]})).await
        });
        let outcome = answer.expect(200).json()["outcomes"][0].take();
        assert_eq!(outcome["status"], "applied", "{outcome}");
    }
    /// Starts the server again where it was.
    pub(crate) fn server_back(&mut self) {
        self.runtime.block_on(self.server.restart());
    }
    /// Asks the server until its answer to this client is right; what it then is.
    pub(crate) fn until(&self, client: &Peer, path: &str, right: impl Fn(&Value) -> bool) -> Value {
        self.run(async {
            let look = async {
                let mut clock = tokio::time::interval(Duration::from_millis(50));
                loop {
                    clock.tick().await;
                    let it = client.get(path).await.expect(200).json();
                    if right(&it) {
                        return it;
                    }
                }
            };
            tokio::time::timeout(Duration::from_secs(60), look).await.unwrap_or_else(|_| panic!("{path} never became so"))
        })
    }
    /// Waits until the server has it so; what it then has.
    pub(crate) fn until_seen(&self, client: &Peer, request: &str, status: &str) -> Value {
        self.until(client, &format!("/api/consultations/{request}"), |it| it["status"] == status)
    }
}

/// Lets everything new into the list and opens the request of this topic, by the keyboard.
pub(crate) fn open(window: &Window, topic: &str) {
    // The window takes two verdicts on two rows within a quarter of a second for one stroke, and a driver is that quick.
    window.until("performance.now() - (window.before ??= performance.now()) > 500").expect("a moment");
    window.script("window.before = undefined", &[]).expect("the next moment is another");
    window.keys(&["g", "a", "Escape", "."]).expect("keys");
    let wanted = json!(topic).to_string();
    window
        .until(&format!("[...document.querySelectorAll('[role=option]')].find(r => r.innerText.includes({wanted}))"))
        .unwrap_or_else(|e| panic!("{topic} is not in the list: {e}"));
    let row = format!("[...document.querySelectorAll('[role=option]')].find(r => r.innerText.includes({wanted})).click()");
    window.script(&row, &[]).expect("a click");
    window
        .until(&format!("document.getElementById('pane-detail')?.innerText.includes({wanted})"))
        .unwrap_or_else(|e| panic!("{topic} is not open: {e}"));
}
