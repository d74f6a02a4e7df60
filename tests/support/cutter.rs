//! A way to a server on loopback that breaks every connection after so many bytes, and counts what went over it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// The way. It ends with its runtime.
pub(crate) struct Cutter {
    address: SocketAddr,
    sent: Arc<AtomicU64>,
    connections: Arc<AtomicUsize>,
    cut: Arc<Notify>,
}

impl Cutter {
    /// A way to `server` on which each connection breaks when `limit` bytes have gone up.
    pub(crate) async fn start(server: SocketAddr, limit: u64) -> Self {
        Self::slow(server, limit, Duration::ZERO).await
    }

    /// The same with a pause after every 16 KiB.
    pub(crate) async fn slow(server: SocketAddr, limit: u64, pause: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let cutter = Self {
            address: listener.local_addr().expect("an address"),
            sent: Arc::default(),
            connections: Arc::default(),
            cut: Arc::default(),
        };
        let (sent, connections, cut) = (cutter.sent.clone(), cutter.connections.clone(), cutter.cut.clone());
        tokio::spawn(async move {
            loop {
                let (near, _) = listener.accept().await.expect("accepts");
                connections.fetch_add(1, Ordering::SeqCst);
                // A server that is not there closes the way to it.
                if let Ok(far) = TcpStream::connect(server).await {
                    let (sent, cut) = (sent.clone(), cut.clone());
                    tokio::spawn(async move {
                        tokio::select! {
                            () = carry(near, far, (limit, pause), sent) => {}
                            () = cut.notified() => {}
                        }
                    });
                }
            }
        });
        cutter
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Breaks every connection that stands; what is still on its way is lost.
    pub(crate) fn cut(&self) {
        self.cut.notify_waiters();
    }

    /// Bytes that have gone up, heads of requests included.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::SeqCst)
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Carries bytes both ways until one end closes or the limit is reached; then both ends are closed.
async fn carry(near: TcpStream, far: TcpStream, (limit, pause): (u64, Duration), sent: Arc<AtomicU64>) {
    let (mut near_read, mut near_write) = near.into_split();
    let (mut far_read, mut far_write) = far.into_split();
    let up = async {
        let (mut buffer, mut gone) = (vec![0; 16 * 1024], 0);
        while let Ok(read @ 1..) = near_read.read(&mut buffer).await {
            let rest = limit.saturating_sub(gone);
            let part = read.min(usize::try_from(rest).unwrap_or(usize::MAX));
            if far_write.write_all(&buffer[..part]).await.is_err() {
                return;
            }
            gone += part as u64;
            sent.fetch_add(part as u64, Ordering::SeqCst);
            if part < read {
                return;
            }
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
        }
    };
    let down = async { drop(tokio::io::copy(&mut far_read, &mut near_write).await) };
    tokio::select! {
        () = up => {}
        () = down => {}
    }
}
