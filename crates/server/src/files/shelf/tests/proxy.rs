//! What stands between a shelf and its bucket, and breaks what passes, request by request.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::AbortHandle,
};

/// What befalls one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is answered with 503 `SlowDown`, as a store does that has too much to do.
    Busy,
    /// The connection breaks when it has been heard.
    Reset,
    /// So many bytes of its body reach the store.
    CutUp(usize),
    /// So many bytes of the body of its answer come back.
    CutDown(usize),
    /// Nobody answers.
    Silence,
}

#[derive(Debug, Default)]
struct Plan {
    next: VecDeque<Fault>,
    then: Option<Fault>,
    seen: Vec<String>,
}

/// A running proxy. The store closes each connection after one answer, and so each request comes on one of its own.
pub(super) struct Proxy {
    pub(super) base: String,
    plan: Arc<Mutex<Plan>>,
    /// Rises when all connections are cut.
    cuts: watch::Sender<u64>,
    task: AbortHandle,
}

impl Proxy {
    pub(super) async fn start(endpoint: &str) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", socket.local_addr().unwrap());
        let (plan, to) = (Arc::<Mutex<Plan>>::default(), endpoint.trim_start_matches("http://").to_owned());
        let (serving, cuts) = (Arc::clone(&plan), watch::Sender::new(0));
        let cut = cuts.clone();
        let task = tokio::spawn(async move {
            while let Ok((near, _)) = socket.accept().await {
                let (plan, to, mut cut) = (Arc::clone(&serving), to.clone(), cut.subscribe());
                tokio::spawn(async move {
                    tokio::select! {
                        _ = carry(near, &plan, &to) => {}
                        _ = cut.changed() => {}
                    }
                });
            }
        });
        Self { base, plan, cuts, task: task.abort_handle() }
    }
    /// These befall the next requests, and after them this one all that follow.
    pub(super) fn breaks(&self, next: &[Fault], then: Option<Fault>) {
        *self.plan.lock().unwrap() = Plan { next: next.iter().copied().collect(), then, seen: Vec::new() };
    }
    /// Breaks every connection there is.
    pub(super) fn cut(&self) {
        self.cuts.send_modify(|n| *n += 1);
    }
    /// The methods of the requests since, in order.
    pub(super) fn seen(&self) -> Vec<String> {
        self.plan.lock().unwrap().seen.clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A head, and what was read beyond it.
async fn head(from: &mut TcpStream) -> std::io::Result<(Vec<u8>, usize)> {
    let mut read = Vec::new();
    loop {
        if let Some(at) = read.windows(4).position(|it| it == b"\r\n\r\n") {
            return Ok((read, at + 4));
        }
        if from.read_buf(&mut read).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn length(head: &[u8]) -> usize {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0)
}

async fn carry(mut near: TcpStream, plan: &Mutex<Plan>, to: &str) -> std::io::Result<()> {
    let (mut read, body) = head(&mut near).await?;
    let fault = {
        let mut plan = plan.lock().unwrap();
        plan.seen.push(String::from_utf8_lossy(&read).split(' ').next().unwrap_or_default().to_owned());
        plan.next.pop_front().or(plan.then)
    };
    let whole = body + length(&read[..body]);
    match fault {
        None => {
            let mut far = TcpStream::connect(to).await?;
            far.write_all(&read).await?;
            copy_bidirectional(&mut near, &mut far).await?;
        }
        Some(Fault::Busy) => {
            fill(&mut near, &mut read, whole).await?;
            let says = "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
            let answer = format!("HTTP/1.1 503 Slow Down\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{says}", says.len());
            near.write_all(answer.as_bytes()).await?;
        }
        Some(Fault::Reset) => {}
        Some(Fault::CutUp(bytes)) => {
            fill(&mut near, &mut read, whole.min(body + bytes)).await?;
            let mut far = TcpStream::connect(to).await?;
            far.write_all(&read[..whole.min(body + bytes)]).await?;
        }
        Some(Fault::CutDown(bytes)) => {
            fill(&mut near, &mut read, whole).await?;
            let mut far = TcpStream::connect(to).await?;
            far.write_all(&read).await?;
            let (mut answer, begins) = head(&mut far).await?;
            let all = begins + length(&answer[..begins]);
            fill(&mut far, &mut answer, all.min(begins + bytes)).await?;
            near.write_all(&answer[..all.min(begins + bytes)]).await?;
        }
        // Until whoever asks has had enough.
        Some(Fault::Silence) => while near.read_buf(&mut read).await? > 0 {},
    }
    Ok(())
}

/// Reads until there are so many bytes.
async fn fill(from: &mut TcpStream, read: &mut Vec<u8>, wanted: usize) -> std::io::Result<()> {
    while read.len() < wanted {
        if from.read_buf(read).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}
