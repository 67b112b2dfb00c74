//! What goes between a desk and its server, counted on the way.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};

use crate::desk::{Done, said};

/// A way to a server that counts bytes, both ways together, without what TCP and IP add. It ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Counting {
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub(crate) base: String,
    bytes: Arc<AtomicU64>,
    task: AbortHandle,
}

impl Drop for Counting {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Counting {
    /// One to the server at this address (`http://HOST:PORT`).
    pub(crate) async fn to(server: &str) -> Done<Self> {
        let socket = TcpListener::bind("127.0.0.1:0").await.map_err(said)?;
        let base = format!("http://{}", socket.local_addr().map_err(said)?);
        let (bytes, server) = (Arc::new(AtomicU64::new(0)), server.trim_start_matches("http://").to_owned());
        let counted = Arc::clone(&bytes);
        let task = tokio::spawn(async move {
            while let Ok((desk, _)) = socket.accept().await {
                let (counted, server) = (Arc::clone(&counted), server.clone());
                tokio::spawn(async move {
                    let Ok(server) = TcpStream::connect(&server).await else { return };
                    let ((desk_in, desk_out), (server_in, server_out)) = (split(desk), split(server));
                    // When one of the two ends it, it is over for both.
                    tokio::select! {
                        () = carry(desk_in, server_out, &counted) => {}
                        () = carry(server_in, desk_out, &counted) => {}
                    }
                });
            }
        });
        Ok(Self { base, bytes, task: task.abort_handle() })
    }
    /// How many bytes have gone through.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

async fn carry(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, counted: &AtomicU64) {
    let mut some = vec![0; 16 << 10];
    while let Ok(n @ 1..) = from.read(&mut some).await {
        counted.fetch_add(u64::try_from(n).unwrap_or(0), Ordering::Relaxed);
        if to.write_all(&some[..n]).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn both_ways_are_counted() {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let counting = Counting::to(&format!("http://{}", server.local_addr().unwrap())).await.unwrap();
        let mut desk = TcpStream::connect(counting.base.trim_start_matches("http://")).await.unwrap();
        desk.write_all(b"hello").await.unwrap();
        let (mut there, _) = server.accept().await.unwrap();
        let mut text = [0; 5];
        there.read_exact(&mut text).await.unwrap();
        there.write_all(b"and back").await.unwrap();
        let mut text = [0; 8];
        desk.read_exact(&mut text).await.unwrap();
        assert_eq!((&text, counting.bytes()), (b"and back", 13));
    }
}
