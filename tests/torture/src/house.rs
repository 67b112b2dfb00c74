//! The server: the real one, on a database in memory. It can die at any step, and come up again with what was durable.

use axum::{
    Router,
    body::Body,
    http::{Method, Request as HttpRequest, header},
};
use domain::time::UtcMillis;
use http_body_util::BodyExt;
use server::{
    accounts::Cost,
    app::{App, Options, Tasks},
    routes,
    shell::{Seeded, Shell},
};
use std::sync::{Arc, Mutex};
use store::memory::{Memory, Saved};
use tokio::task::{AbortHandle, JoinHandle};
use tower::ServiceExt;

use crate::{
    net::{Net, Part},
    time::HouseClock,
    wire::{Head, Request},
};

/// A server that runs.
struct Up {
    app: App,
    router: Router,
    tasks: Tasks,
}

/// Where a server that was started puts itself.
type Slot = Arc<Mutex<Option<Up>>>;

pub(crate) struct House {
    pub(crate) memory: Arc<Memory>,
    pub(crate) clock: Arc<HouseClock>,
    chance: Arc<Seeded>,
    up: Slot,
    /// Everything that runs in its process.
    work: Vec<AbortHandle>,
}

impl House {
    pub(crate) fn new(saved: &Saved, clock: HouseClock, seed: u64) -> Self {
        let (clock, chance) = (Arc::new(clock), Arc::new(Seeded::new(seed)));
        let memory = Arc::new(Memory::of(saved));
        memory.history();
        Self { memory, clock, chance, up: Slot::default(), work: Vec::new() }
    }
    /// Begins to start it; it is up when it is.
    pub(crate) fn boot(&mut self) {
        if !self.work.is_empty() {
            return;
        }
        let shell = Shell::new(Arc::clone(&self.clock) as _, Arc::clone(&self.chance) as _);
        let (store, up) = (Arc::clone(&self.memory), Arc::clone(&self.up));
        let options = Options { password_cost: Cost::LEAST, password_workers: 1, ..Options::default() };
        let task = tokio::spawn(async move {
            if let Ok((app, tasks)) = App::start(store, shell, options).await {
                let router = routes::public(&app);
                *up.lock().unwrap() = Some(Up { app, router, tasks });
            }
        });
        self.work.push(task.abort_handle());
    }
    pub(crate) fn is_up(&self) -> bool {
        self.up.lock().unwrap().as_ref().is_some_and(|up| !up.tasks.writer.is_finished())
    }
    pub(crate) fn app(&self) -> Option<App> {
        self.up.lock().unwrap().as_ref().map(|up| up.app.clone())
    }
    /// The process is gone, at once.
    pub(crate) fn crash(&mut self) {
        if let Some(up) = self.up.lock().unwrap().take() {
            up.tasks.writer.abort();
            up.tasks.publisher.abort();
        }
        // A start that was under way must not put itself there any more.
        self.up = Slot::default();
        self.work.drain(..).for_each(|task| task.abort());
        self.memory.mend();
    }
    /// Runs something in its process, if it is up.
    pub(crate) fn run<T: Send + 'static, F>(&mut self, work: impl FnOnce(App) -> F) -> Option<JoinHandle<T>>
    where
        F: Future<Output = T> + Send + 'static,
    {
        let task = tokio::spawn(work(self.app()?));
        self.work.push(task.abort_handle());
        Some(task)
    }
    /// Answers a request; the pieces of the answer go to the network.
    pub(crate) fn answer(&mut self, net: &Arc<Net>, exchange: usize, copy: usize, request: &Request) -> Option<AbortHandle> {
        let router = self.up.lock().unwrap().as_ref().map(|up| up.router.clone())?;
        let (net, request, clock) = (Arc::clone(net), http(request), Arc::clone(&self.clock));
        let task = tokio::spawn(async move {
            let Ok(response) = router.oneshot(request).await;
            let (parts, mut body) = response.into_parts();
            let text = |name: header::HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
            let media = text(header::CONTENT_TYPE).and_then(|media| media.split(';').next()).unwrap_or_default().trim().to_owned();
            let retry_after = text(header::RETRY_AFTER).and_then(|seconds| seconds.parse().ok());
            let now = server::shell::Clock::now(&*clock);
            let date = Some(UtcMillis::from_ms(now.ms() / 1_000 * 1_000));
            net.answer(exchange, copy, Part::Head(Head { status: parts.status.as_u16(), media, retry_after, date }));
            while let Some(Ok(frame)) = body.frame().await {
                if let Ok(bytes) = frame.into_data() {
                    net.answer(exchange, copy, Part::Bytes(bytes));
                }
            }
            net.answer(exchange, copy, Part::End(None));
        });
        self.work.push(task.abort_handle());
        Some(task.abort_handle())
    }
}

fn http(request: &Request) -> HttpRequest<Body> {
    let method = if request.get { Method::GET } else { Method::POST };
    let mut http = HttpRequest::builder().method(method).uri(&request.path);
    if let Some(access) = &request.access {
        http = http.header(header::AUTHORIZATION, format!("Bearer {access}"));
    }
    if let Some(key) = &request.key {
        http = http.header("idempotency-key", key);
    }
    if !request.get {
        http = http.header(header::CONTENT_TYPE, "application/json");
    }
    http.body(Body::from(request.body.clone())).unwrap()
}
