//! Threads of the public door: its crowd waits for its own threads, never for those of the stations.

use std::thread::available_parallelism;

use tokio::runtime::{Builder, Handle, Runtime};

use super::config::ServeError;

/// A runtime of its own.
pub(super) struct Threads(Option<Runtime>);

impl Threads {
    /// Half of the processors, at least one thread: the rest stays with the stations and with the writer.
    pub(super) fn start() -> Result<Self, ServeError> {
        let threads = available_parallelism().map_or(1, |all| (all.get() / 2).max(1));
        let runtime = Builder::new_multi_thread().worker_threads(threads).thread_name("public").enable_all().build();
        Ok(Self(Some(runtime.map_err(ServeError::Threads)?)))
    }

    /// The way to it.
    pub(super) fn handle(&self) -> Option<&Handle> {
        self.0.as_ref().map(Runtime::handle)
    }
}

impl Drop for Threads {
    /// Nothing waits here: a runtime that is dropped inside another would.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
