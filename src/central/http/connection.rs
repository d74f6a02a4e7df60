//! Connections that can be cut: what a failing network does, and no orderly answer can imitate.

use std::future::{Ready, ready};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::{Extension, Router};
use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

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

/// Gives each connection a [`Cutter`], and hands it to the requests as an extension.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cuttable;

impl<I> Accept<I, Router> for Cuttable {
    type Stream = Connection<I>;
    type Service = Router;
    type Future = Ready<io::Result<(Self::Stream, Router)>>;

    fn accept(&self, stream: I, service: Router) -> Self::Future {
        let cutter = Cutter::default();
        let service = service.layer(Extension(cutter.clone()));
        ready(Ok((Connection { stream, cutter }, service)))
    }
}

/// A connection with its cutter.
#[derive(Debug)]
pub(super) struct Connection<I> {
    stream: I,
    cutter: Cutter,
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
