//! A dumb TCP proxy between desks and servers: it knows nothing of HTTP. It spreads connections over several servers in turn,
//! cuts them, and slows them down as a bad network does.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Notify, mpsc, watch},
    task::AbortHandle,
    time::Instant,
};

/// How a network behaves. Each connection has all of it to itself, each way.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// How long a byte is under way, one way.
    pub latency: Duration,
    /// Bytes in a second; nothing for as many as there are.
    pub bytes_per_s: Option<u64>,
    /// Of a thousand segments, how many are lost. Each of them holds up all behind it for [`Weather::again`].
    pub lost_in_1000: u64,
    /// How long until a lost segment is sent again.
    pub again: Duration,
}

impl Weather {
    /// As if there were no network between.
    pub const FINE: Self = Self { latency: Duration::ZERO, bytes_per_s: None, lost_in_1000: 0, again: Duration::ZERO };
    /// 300 ms there and back, 5 % loss, 256 kbit/s (issue 3, section 2). A retransmission time-out of half a second is what the
    /// formula of RFC 6298 gives for a steady 300 ms with the usual least variance of 200 ms.
    pub const BAD: Self =
        Self { latency: Duration::from_millis(150), bytes_per_s: Some(32_000), lost_in_1000: 50, again: Duration::from_millis(500) };
}

/// The bytes of a full segment on an Ethernet.
const SEGMENT: usize = 1_448;
/// How many segments may be under way before the sender has to wait.
const WINDOW: usize = 64;

#[derive(Debug)]
struct Shared {
    targets: Mutex<Vec<String>>,
    weather: Mutex<Weather>,
    next: AtomicUsize,
    /// Rises when all connections are cut.
    cuts: watch::Sender<u64>,
    arrivals: Mutex<Vec<Instant>>,
    up: AtomicU64,
    down: AtomicU64,
    dice: AtomicU64,
    /// Rings when bytes went on.
    moved: Notify,
}

/// A running proxy; it ends, and all its connections with it, when it is dropped.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub base: String,
    shared: Arc<Shared>,
    task: AbortHandle,
}

impl Proxy {
    /// Listens on a free port, and leads on to these servers (`http://127.0.0.1:PORT`) in turn. Where one does not take a
    /// connection the next is asked.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn start(targets: &[String], weather: Weather) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a port of the loopback");
        let base = format!("http://{}", socket.local_addr().expect("the port"));
        let targets = targets.iter().map(|base| base.trim_start_matches("http://").to_owned()).collect();
        let shared = Arc::new(Shared {
            targets: Mutex::new(targets),
            weather: Mutex::new(weather),
            next: AtomicUsize::new(0),
            cuts: watch::Sender::new(0),
            arrivals: Mutex::default(),
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
            dice: AtomicU64::new(0x9e37_79b9),
            moved: Notify::new(),
        });
        let serving = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = socket.accept().await {
                serving.arrivals.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
                tokio::spawn(carry(stream, Arc::clone(&serving)));
            }
        });
        Self { base, shared, task: task.abort_handle() }
    }
    /// Breaks every connection there is.
    pub fn cut(&self) {
        self.shared.cuts.send_modify(|n| *n += 1);
    }
    /// Leads elsewhere, connections that begin from now on; to nobody, and they break at once.
    pub fn lead(&self, targets: &[String]) {
        let targets = targets.iter().map(|base| base.trim_start_matches("http://").to_owned()).collect();
        *self.shared.targets.lock().unwrap_or_else(PoisonError::into_inner) = targets;
    }
    /// Another weather, for connections that begin from now on.
    pub fn set_weather(&self, weather: Weather) {
        *self.shared.weather.lock().unwrap_or_else(PoisonError::into_inner) = weather;
    }
    /// When connections were made, in order.
    #[must_use]
    pub fn arrivals(&self) -> Vec<Instant> {
        self.shared.arrivals.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Waits until so many bytes went to the servers.
    pub async fn carried(&self, bytes: u64) {
        loop {
            let more = self.shared.moved.notified();
            if self.bytes().0 >= bytes {
                return;
            }
            more.await;
        }
    }
    /// How many bytes went to the servers, and how many came from them.
    #[must_use]
    pub fn bytes(&self) -> (u64, u64) {
        (self.shared.up.load(Ordering::Relaxed), self.shared.down.load(Ordering::Relaxed))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.cut();
        self.task.abort();
    }
}

impl Shared {
    /// Connects to the next server that takes a connection.
    async fn connect(&self) -> Option<TcpStream> {
        let targets = self.targets.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for _ in &targets {
            let n = self.next.fetch_add(1, Ordering::Relaxed);
            if let Ok(stream) = TcpStream::connect(&targets[n % targets.len()]).await {
                return Some(stream);
            }
        }
        None
    }
    /// Whether the next segment is lost (a linear congruential generator: the loss need not be hard to guess).
    fn loses(&self, weather: &Weather) -> bool {
        let step = |x: u64| x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let before = self.dice.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |x| Some(step(x))).unwrap_or_default();
        (step(before) >> 33) % 1_000 < weather.lost_in_1000
    }
}

async fn carry(near: TcpStream, shared: Arc<Shared>) {
    let mut cuts = shared.cuts.subscribe();
    let weather = *shared.weather.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(far) = shared.connect().await else { return };
    let _ = (near.set_nodelay(true), far.set_nodelay(true));
    let ((from_near, to_near), (from_far, to_far)) = (near.into_split(), far.into_split());
    // Whichever way ends first ends the connection, as a reset would.
    tokio::select! {
        () = flow(from_near, to_far, &shared, &shared.up, weather) => {}
        () = flow(from_far, to_near, &shared, &shared.down, weather) => {}
        _ = cuts.changed() => {}
    }
}

/// Carries bytes one way: each segment arrives after the one before it, and not before its time.
async fn flow(
    mut from: impl AsyncRead + Unpin + Send + 'static,
    mut to: impl AsyncWrite + Unpin,
    shared: &Arc<Shared>,
    count: &AtomicU64,
    weather: Weather,
) {
    let (send, mut under_way) = mpsc::channel::<(Instant, Vec<u8>)>(WINDOW);
    let network = Arc::clone(shared);
    let reading = tokio::spawn(async move {
        let mut free = Instant::now();
        let mut segment = vec![0; SEGMENT];
        while let Ok(n @ 1..) = from.read(&mut segment).await {
            free = free.max(Instant::now());
            if let Some(rate) = weather.bytes_per_s {
                free += Duration::from_secs_f64(
                    f64::from(u32::try_from(n).unwrap_or(u32::MAX)) / f64::from(u32::try_from(rate).unwrap_or(u32::MAX)),
                );
            }
            if network.loses(&weather) {
                free += weather.again;
            }
            if send.send((free + weather.latency, segment[..n].to_vec())).await.is_err() {
                return;
            }
        }
    });
    while let Some((at, bytes)) = under_way.recv().await {
        tokio::time::sleep_until(at).await;
        if to.write_all(&bytes).await.is_err() {
            break;
        }
        count.fetch_add(u64::try_from(bytes.len()).unwrap_or(0), Ordering::Relaxed);
        shared.moved.notify_waiters();
    }
    reading.abort();
}
