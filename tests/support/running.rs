//! Processes of other programs that do not outlive their test.

use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A process with all that it starts.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn start(mut command: Command) -> Self {
        // A group of its own, so that what it starts is killed with it.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        Self(command.spawn().expect("is installed"))
    }

    /// Starts a server and waits until it listens on `port`.
    pub(crate) fn serve(command: Command, port: u16) -> Self {
        let running = Self::start(command);
        wait(|| TcpStream::connect(("127.0.0.1", port)).is_ok());
        running
    }

    pub(crate) fn kill(&mut self) {
        let group = format!("-{}", self.0.id());
        assert!(Command::new("kill").args(["-KILL", "--", &group]).status().expect("runs").success(), "kills");
        self.0.wait().expect("is gone");
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().expect("is asked")
    }

    /// Waits for its end.
    pub(crate) fn end(&mut self) -> ExitStatus {
        let mut status = None;
        wait(|| {
            status = self.ended();
            status.is_some()
        });
        status.expect("ended")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // What has ended by itself is gone already.
        if matches!(self.0.try_wait(), Ok(None)) {
            self.kill();
        }
    }
}

/// Waits until something holds, a minute and a half at most.
pub(crate) fn wait(mut until: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(90);
    while !until() {
        assert!(Instant::now() < deadline, "it does not come to an end");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// A port of loopback that nobody listens on, and another one at every call: below those that the system gives away itself.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let ports = std::iter::repeat_with(|| {
        NEXT.fetch_add(1, Ordering::Relaxed).wrapping_add(std::process::id().wrapping_mul(64))
    });
    let mut ports = ports.filter_map(|number| u16::try_from(20_000 + number % 12_000).ok());
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a port")
}
