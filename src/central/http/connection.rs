//! Connections: taken by the doorkeeper, and cut when a failing network is to be imitated, which no orderly answer can.

use std::future::{Ready, ready};
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::{Extension, Router};
use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::doorkeeper::{Doorkeeper, Place};

/// Cuts its connection: not a byte goes out after [`Cutter::cut`].
#[derive(Debug, Clone, Default)]
pub(in crate::central) struct Cutter(Arc<AtomicBool>);

impl Cutter {
    /// Cuts. The next attempt to read or write ends the connection.
    pub(in crate::central) fn cut(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn check(&self) -> io::Result<()> {
        if self.0.load(Ordering::SeqCst) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

/// On which connection a request came; an extension of each.
#[derive(Debug, Clone)]
pub(in crate::central) struct Arrival {
    /// Cuts it.
    pub(in crate::central) cutter: Cutter,
    /// Its other end.
    pub(super) peer: IpAddr,
}

/// Lets connections in as the doorkeeper says, and tells their requests of their [`Arrival`].
#[derive(Clone)]
pub(super) struct Entrance(pub(super) Doorkeeper);

impl Accept<TcpStream, Router> for Entrance {
    type Stream = Connection<TcpStream>;
    type Service = Router;
    type Future = Ready<io::Result<(Self::Stream, Router)>>;

    fn accept(&self, stream: TcpStream, service: Router) -> Self::Future {
        ready(self.enter(stream, &service))
    }
}

impl Entrance {
    fn enter(&self, stream: TcpStream, service: &Router) -> io::Result<(Connection<TcpStream>, Router)> {
        let peer = stream.peer_addr()?.ip();
        let place = self.0.admit(peer).ok_or(io::ErrorKind::ConnectionRefused)?;
        // An answer is one small write after another; none of them waits for the other's acknowledgement.
        stream.set_nodelay(true)?;
        let cutter = Cutter::default();
        let arrival = Arrival { cutter: cutter.clone(), peer };
        // The layer goes around the whole router: its cost does not grow with the number of routes.
        let service = Router::new().fallback_service(service.clone()).layer(Extension(arrival));
        Ok((Connection { stream, cutter, _place: place }, service))
    }
}

/// A connection with its cutter and its place.
pub(super) struct Connection<I> {
    stream: I,
    cutter: Cutter,
    _place: Place,
}

impl<I: AsyncRead + Unpin> AsyncRead for Connection<I> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.cutter.check()?;
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for Connection<I> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.cutter.check()?;
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.cutter.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.cutter.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
