//! The loop that accepts connections: TLS, time limits for headers, an end to how many there may be, and a drain that finishes
//! what was begun.

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use ipnet::IpNet;
use rustls::ServerConfig;
use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{Notify, OwnedSemaphorePermit, Semaphore, watch},
    task::JoinHandle,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use super::Peer;

/// The most connections at once.
const MOST: usize = 10_000;
/// How long headers may take, and how long a connection may be idle between requests.
const HEADERS: Duration = Duration::from_secs(75);
/// How long shaking hands may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long a drain waits for what was begun.
const DRAIN: Duration = Duration::from_secs(20);
/// The most bytes of a request's head.
const HEAD: usize = 64 << 10;

/// A socket that listens, and what it speaks.
#[derive(Debug)]
pub struct Listening {
    socket: TcpListener,
    tls: Option<Arc<ServerConfig>>,
    /// Who else than this machine is spoken to without TLS.
    proxies: Vec<IpNet>,
}

/// A listener at work.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Listening {
    /// Listens on an address.
    ///
    /// # Errors
    /// What the system says.
    pub async fn on(address: SocketAddr, tls: Option<Arc<ServerConfig>>) -> io::Result<Self> {
        Ok(Self { socket: TcpListener::bind(address).await?, tls, proxies: Vec::new() })
    }
    /// These proxies speak TLS in its place: they may ask without it, from other machines.
    #[must_use]
    pub fn behind(self, proxies: Vec<IpNet>) -> Self {
        Self { proxies, ..self }
    }
    /// Begins to answer with these routes.
    ///
    /// # Errors
    /// What the system says.
    pub fn serve(self, routes: Router) -> io::Result<Running> {
        let address = self.socket.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        Ok(Running { address, stop, task: tokio::spawn(self.accept(routes, stopped)) })
    }

    async fn accept(self, routes: Router, mut stopped: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(MOST));
        let graceful = GracefulShutdown::new();
        let tls = self.tls.map(TlsAcceptor::from);
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
            let accepted = tokio::select! {
                accepted = self.socket.accept() => accepted,
                _ = stopped.changed() => break,
            };
            match accepted {
                // Whoever went round the proxy would say their password in the clear: they get no further than this.
                Ok((_, from)) if tls.is_none() && !may_speak_plainly(from.ip(), &self.proxies) => {
                    tracing::debug!(%from, "plain HTTP from elsewhere than this machine or a named proxy");
                }
                Ok((stream, from)) => {
                    let connection = Connection { stream, from, routes: routes.clone(), place };
                    tokio::spawn(connection.run(tls.clone(), graceful.watcher()));
                }
                Err(error) => {
                    // Out of file descriptors, or a connection that was gone at once: the loop goes on.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        if timeout(DRAIN, graceful.shutdown()).await.is_err() {
            tracing::warn!("connections that did not end in time were cut off");
        }
    }
}

impl Running {
    /// Accepts nothing more, finishes what was begun, and ends.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // A listener that panicked has ended, too.
        let _ = self.task.await;
    }
}

/// Whether this machine itself asks, or a proxy that was named: nobody else does without TLS.
fn may_speak_plainly(from: IpAddr, proxies: &[IpNet]) -> bool {
    let from = from.to_canonical();
    from.is_loopback() || proxies.iter().any(|net| net.contains(&from))
}

struct Connection {
    stream: TcpStream,
    from: SocketAddr,
    routes: Router,
    place: OwnedSemaphorePermit,
}

impl Connection {
    async fn run(self, tls: Option<TlsAcceptor>, watcher: hyper_util::server::graceful::Watcher) {
        let Self { stream, from, routes, place } = self;
        // Events are small, and must not wait for more.
        let _ = stream.set_nodelay(true);
        let peer = Peer { address: from.ip().to_canonical(), tls: tls.is_some() };
        match tls {
            None => speak(stream, peer, routes, watcher).await,
            Some(acceptor) => match timeout(HANDSHAKE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => speak(stream, peer, routes, watcher).await,
                Ok(Err(error)) => tracing::debug!(%error, "no TLS"),
                Err(_) => tracing::debug!("a handshake took too long"),
            },
        }
        drop(place);
    }
}

async fn speak<S>(stream: S, peer: Peer, routes: Router, watcher: hyper_util::server::graceful::Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let begun = Arc::new(Notify::new());
    let heard = Arc::clone(&begun);
    let service = service_fn(move |mut request: Request<Incoming>| {
        heard.notify_one();
        request.extensions_mut().insert(peer);
        routes.clone().oneshot(request.map(Body::new))
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADERS).max_buf_size(HEAD).keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(128)
        .max_header_list_size(u32::try_from(HEAD).unwrap_or(u32::MAX))
        .keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(Duration::from_secs(20));
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    let connection = watcher.watch(connection);
    tokio::pin!(connection);
    // The limit for headers counts from the first line on; whoever does not even say which HTTP they speak is let go here.
    let ended = tokio::select! {
        ended = &mut connection => ended,
        begun = timeout(HEADERS, begun.notified()) => match begun {
            Ok(()) => connection.await,
            Err(_) => return tracing::debug!("a connection asked nothing"),
        },
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::{get, post};
    use bytes::Bytes;
    use futures_util::stream;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream},
        time::Instant,
    };

    use crate::http::{Fault, Json};

    /// A connection to routes of which one takes a body and one is a stream: a line every ten seconds, sixty times.
    fn connected() -> DuplexStream {
        let lines = || async {
            let next = |n: u32| async move {
                tokio::time::sleep(Duration::from_secs(10)).await;
                (n < 60).then(|| (Ok::<_, io::Error>(Bytes::from(format!("line {n}\n"))), n + 1))
            };
            Body::from_stream(stream::unfold(0, next))
        };
        let body = |body: Result<Json<u32>, Fault>| async move { body.map(|Json(n)| n.to_string()).map_err(|fault| fault.status) };
        let routes = Router::new().route("/lines", get(lines)).route("/body", post(body));
        let (ours, theirs) = tokio::io::duplex(4 * HEAD);
        tokio::spawn(async move { speak(theirs, Peer::default(), routes, GracefulShutdown::new().watcher()).await });
        ours
    }

    /// What is answered to these bytes until the connection ends, and after how many seconds that is.
    async fn answered(bytes: &[u8]) -> (String, u64) {
        let (mut connection, started, mut answer) = (connected(), Instant::now(), Vec::new());
        connection.write_all(bytes).await.unwrap();
        let read = connection.read_to_end(&mut answer);
        timeout(Duration::from_secs(3_600), read).await.expect("the connection is held for an hour").unwrap();
        (String::from_utf8_lossy(&answer).into_owned(), started.elapsed().as_secs())
    }

    #[test]
    fn without_tls_this_machine_and_named_proxies_are_answered_and_nobody_else() {
        let proxies = ["10.0.0.1/32", "fd00::/8"].map(|net| net.parse().unwrap());
        let may = |from: &str| may_speak_plainly(from.parse().unwrap(), &proxies);
        assert!(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "10.0.0.1", "::ffff:10.0.0.1", "fd00::7"].into_iter().all(may));
        assert!(!["10.0.0.2", "::ffff:10.0.0.2", "192.168.1.7", "fe80::1", "2001:db8::1"].into_iter().any(may));
        assert!(!may_speak_plainly("10.0.0.1".parse().unwrap(), &[]));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_says_nothing_or_does_not_come_to_the_end_is_let_go() {
        for begun in ["", "P", "G", "GET /lines HTTP/1.1\r\nhost: x\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
            let (_, after) = answered(begun.as_bytes()).await;
            assert!(after <= 2 * HEADERS.as_secs(), "{begun:?} held a connection for {after} s");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_must_come_in_time() {
        let head = b"POST /body HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\n12";
        let (answer, after) = answered(head).await;
        assert!(answer.starts_with("HTTP/1.1 408") && (19..=21).contains(&after), "after {after} s: {answer}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_is_left_alone() {
        let (answer, after) = answered(b"GET /lines HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
        assert!(answer.contains("line 59") && after >= 600, "it ended after {after} s");
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_has_an_end() {
        let long = format!("GET /lines HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "y".repeat(HEAD));
        let (answer, _) = answered(long.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
}
