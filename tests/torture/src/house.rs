//! The server: the real one, in two processes on one database in memory. Either can die at any step, and come up again with what
//! was durable.

use axum::{
    Router,
    body::Body,
    http::{Request as HttpRequest, header},
};
use bytes::Bytes;
use domain::time::UtcMillis;
use futures_util::StreamExt as _;
use http_body_util::BodyExt;
use server::{
    accounts::Cost,
    app::{App, Options, Tasks},
    files::Shelf,
    routes,
    shell::{Seeded, Shell},
};
use std::{
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use store::memory::{Memory, Saved};
use tokio::task::{AbortHandle, JoinHandle};
use tower::ServiceExt;

use crate::{
    disk::{Disk, Plug},
    net::{Loss, Net, Part},
    time::HouseClock,
    wire::{Head, Op, Request},
};

/// A server that runs.
struct Up {
    app: App,
    router: Router,
    tasks: Tasks,
}

/// Where a server that was started puts itself.
type Slot = Arc<Mutex<Option<Up>>>;

/// A process of the server.
struct Instance {
    store: Arc<Memory>,
    disk: Arc<Disk>,
    up: Slot,
    /// Whether it has not ended.
    runs: Arc<AtomicBool>,
    /// Everything that runs in it.
    work: Vec<AbortHandle>,
}

impl Instance {
    fn app(&self) -> Option<App> {
        self.up.lock().unwrap().as_ref().filter(|up| !up.tasks.writer.is_finished()).map(|up| up.app.clone())
    }
    fn start(&mut self, shell: Shell) {
        let (store, up) = (Arc::clone(&self.store), Arc::clone(&self.up));
        self.runs = Arc::new(AtomicBool::new(true));
        let files = Shelf::on(Arc::new(Plug { disk: Arc::clone(&self.disk), runs: Arc::clone(&self.runs) }));
        let options = Options { password_cost: Cost::LEAST, password_workers: 1, files, looks_aside: false, ..Options::default() };
        let task = tokio::spawn(async move {
            if let Ok((app, tasks)) = App::start(store, shell, options).await {
                let router = routes::public(&app);
                *up.lock().unwrap() = Some(Up { app, router, tasks });
            }
        });
        self.work.push(task.abort_handle());
    }
    fn crash(&mut self) {
        self.runs.store(false, Ordering::Relaxed);
        if let Some(up) = self.up.lock().unwrap().take() {
            up.tasks.writer.abort();
            up.tasks.publisher.abort();
        }
        // A start that was under way must not put itself there any more.
        self.up = Slot::default();
        self.work.drain(..).for_each(|task| task.abort());
    }
}

/// How many processes share the database.
pub(crate) const INSTANCES: usize = 2;

pub(crate) struct House {
    pub(crate) memory: Arc<Memory>,
    pub(crate) disk: Arc<Disk>,
    pub(crate) clock: Arc<HouseClock>,
    chance: Arc<Seeded>,
    instances: Vec<Instance>,
    /// How often something was given to one of them by the world itself.
    turn: usize,
}

impl House {
    pub(crate) fn new(saved: &Saved, clock: HouseClock, seed: u64) -> Self {
        let (clock, chance) = (Arc::new(clock), Arc::new(Seeded::new(seed)));
        let memory = Arc::new(Memory::of(saved));
        memory.history();
        memory.be_restless(seed);
        let disk = Arc::new(Disk::new(Arc::clone(&clock), seed));
        let instance = |_| {
            let (store, disk) = (Arc::new(memory.instance()), Arc::clone(&disk));
            Instance { store, disk, up: Slot::default(), runs: Arc::default(), work: Vec::new() }
        };
        Self { instances: (0..INSTANCES).map(instance).collect(), memory, disk, clock, chance, turn: 0 }
    }
    /// Begins to start whatever does not run; it is up when it is.
    pub(crate) fn boot(&mut self) {
        for it in self.instances.iter_mut().filter(|it| it.app().is_none()) {
            it.crash();
            it.start(Shell::new(Arc::clone(&self.clock) as _, Arc::clone(&self.chance) as _));
        }
    }
    /// Whether all of it is up.
    pub(crate) fn is_up(&self) -> bool {
        self.instances.iter().all(|it| it.app().is_some())
    }
    /// All processes are gone, at once.
    pub(crate) fn crash(&mut self) {
        self.instances.iter_mut().for_each(Instance::crash);
        self.memory.mend();
        self.disk.mend();
    }
    /// One process is gone.
    pub(crate) fn crash_one(&mut self, instance: usize) {
        self.instances[instance].crash();
    }
    /// The process that takes the next thing: each in its turn, as far as they run.
    fn next(&self, turn: usize) -> Option<usize> {
        (turn..turn + INSTANCES).map(|n| n % INSTANCES).find(|n| self.instances[*n].app().is_some())
    }
    /// Runs something in one of its processes, if one is up.
    pub(crate) fn run<T: Send + 'static, F>(&mut self, work: impl FnOnce(App) -> F) -> Option<JoinHandle<T>>
    where
        F: Future<Output = T> + Send + 'static,
    {
        self.turn += 1;
        let instance = self.next(self.turn)?;
        let it = &mut self.instances[instance];
        let task = tokio::spawn(work(it.app()?));
        it.work.push(task.abort_handle());
        Some(task)
    }
    /// Answers a request, by one of its processes; the pieces of the answer go to the network. Which one, and its work.
    pub(crate) fn answer(
        &mut self,
        net: &Arc<Net>,
        exchange: usize,
        copy: usize,
        request: &Request,
        loss: &Loss,
    ) -> Option<(usize, AbortHandle)> {
        let instance = self.next(exchange + copy)?;
        let router = self.instances[instance].up.lock().unwrap().as_ref().map(|up| up.router.clone())?;
        let (net, request, clock) =
            (Arc::clone(net), http(request, if copy == 0 { loss } else { &Loss::Nothing }), Arc::clone(&self.clock));
        let task = tokio::spawn(async move {
            let Ok(response) = router.oneshot(request).await;
            let (parts, mut body) = response.into_parts();
            let text = |name: header::HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
            let media = text(header::CONTENT_TYPE).and_then(|media| media.split(';').next()).unwrap_or_default().trim().to_owned();
            let retry_after = text(header::RETRY_AFTER).and_then(|seconds| seconds.parse().ok());
            let now = server::shell::Clock::now(&*clock);
            let date = Some(UtcMillis::from_ms(now.ms() / 1_000 * 1_000));
            let upload = text(header::LOCATION).and_then(|at| at.rsplit_once("/v1/uploads/")).map(|(_, name)| name.to_owned());
            let offset = parts.headers.get("upload-offset").and_then(|value| value.to_str().ok()?.parse().ok());
            let speaks_tus = parts.headers.contains_key("tus-resumable");
            net.answer(
                exchange,
                copy,
                Part::Head(Head { status: parts.status.as_u16(), media, retry_after, date, upload, offset, speaks_tus }),
            );
            while let Some(Ok(frame)) = body.frame().await {
                if let Ok(bytes) = frame.into_data() {
                    net.answer(exchange, copy, Part::Bytes(bytes));
                }
            }
            net.answer(exchange, copy, Part::End(None));
        });
        self.instances[instance].work.push(task.abort_handle());
        Some((instance, task.abort_handle()))
    }
}

fn http(request: &Request, loss: &Loss) -> HttpRequest<Body> {
    let mut http = HttpRequest::builder().method(request.method.clone()).uri(&request.path);
    if let Some(access) = &request.access {
        http = http.header(header::AUTHORIZATION, format!("Bearer {access}"));
    }
    if let Some(key) = &request.key {
        let name = if request.op == Op::Events { "last-event-id" } else { "idempotency-key" };
        http = http.header(name, key);
    }
    for (name, value) in &request.headers {
        http = http.header(*name, value);
    }
    http.body(body(request.body.clone(), loss)).unwrap()
}

/// What arrives of a body.
fn body(whole: Bytes, loss: &Loss) -> Body {
    let part = |at: usize| futures_util::stream::iter([Ok(whole.slice(..at.min(whole.len())))]);
    match *loss {
        Loss::Broken(at) => {
            Body::from_stream(part(at).chain(futures_util::stream::iter([Err(io::Error::from(io::ErrorKind::ConnectionReset))])))
        }
        Loss::Stuck(at) => Body::from_stream(part(at).chain(futures_util::stream::pending())),
        Loss::Turned(at) => {
            let mut turned = whole.to_vec();
            if let Some(byte) = turned.get_mut(at) {
                *byte ^= 1;
            }
            Body::from(turned)
        }
        _ => Body::from(whole),
    }
}
