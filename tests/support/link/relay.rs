//! The relay: accepts connections, carries their bytes as the link would, breaks them when the link does, and counts.
//!
//! A connection is accepted by the machine's own TCP, so a dark link shows as silence after it, not as a failed connect.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::flow::Flow;
use super::portal;
use super::profile::Profile;
use super::sky::{Sky, Weather};
use super::wire::{Passage, SEGMENT, Wire};

/// What the relay's machine takes in before the link has room for it, in bytes; the system doubles it.
const BUFFER: u32 = 32 * 1024;
/// What waits before the link at most: a wait that ends late on a busy machine leaves the link no moment without work.
const QUEUE: Duration = Duration::from_millis(100);

/// A link to a server. It ends with its runtime.
pub(crate) struct Relay {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    began: Instant,
    weather: Weather,
    wires: [Mutex<Wire>; 2],
    delays: [Duration; 2],
    server: Mutex<SocketAddr>,
    counts: [AtomicU64; 4],
}

/// The directions, and the places of their counts.
const UP: usize = 0;
const DOWN: usize = 1;
/// The places of the other counts.
const CARRIED: usize = 2;
const PORTAL: usize = 3;

impl Relay {
    /// A link to `server` that `runtime` carries; its time begins now. Two links with one seed have the same dice.
    pub(crate) fn start(runtime: &Runtime, server: SocketAddr, profile: &Profile, seed: u64) -> Self {
        let _inside = runtime.enter();
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(BUFFER).expect("a buffer");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("binds");
        let listener = socket.listen(1_024).expect("listens");
        let wire = |way, seed| Mutex::new(Wire::new(way, profile.weather.clone(), profile.scale, seed));
        let shared = Arc::new(Shared {
            began: Instant::now(),
            weather: profile.weather.clone(),
            wires: [wire(profile.up, seed), wire(profile.down, seed ^ u64::MAX)],
            delays: [profile.up.delay, profile.down.delay],
            server: Mutex::new(server),
            counts: <[AtomicU64; 4]>::default(),
        });
        let address = listener.local_addr().expect("an address");
        tokio::spawn(accept(listener, Arc::clone(&shared)));
        Self { address, shared }
    }

    pub(crate) const fn addr(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on the link leads to `server`; connections that stand stay.
    pub(crate) fn leads_to(&self, server: SocketAddr) {
        *lock(&self.shared.server) = server;
    }

    /// Bytes that programs have sent up, those included that a break has lost; without the heads of TCP.
    pub(crate) fn sent(&self) -> u64 {
        self.shared.counts[UP].load(Ordering::Relaxed)
    }

    /// Bytes that the link carried in both directions, heads and repetitions of TCP included.
    pub(crate) fn carried(&self) -> u64 {
        self.shared.counts[CARRIED].load(Ordering::Relaxed)
    }

    /// Connections that a log-in page answered.
    pub(crate) fn portals(&self) -> u64 {
        self.shared.counts[PORTAL].load(Ordering::Relaxed)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    async fn wait_for(&self, moment: Duration) {
        tokio::time::sleep_until(self.began + moment).await;
    }

    /// Returns when standing connections break.
    async fn broken(&self) {
        match self.weather.breaks_after(self.now()) {
            Some(moment) => self.wait_for(moment).await,
            None => std::future::pending().await,
        }
    }

    fn pass(&self, direction: usize, flow: &mut Flow, bytes: usize) -> Passage {
        let passage = lock(&self.wires[direction]).send(flow, bytes, self.now(), self.delays[1 - direction]);
        self.counts[direction].fetch_add(bytes as u64, Ordering::Relaxed);
        self.counts[CARRIED].fetch_add(passage.carried, Ordering::Relaxed);
        passage
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let (near, _) = listener.accept().await.expect("accepts");
        match shared.weather.at(shared.now()) {
            Sky::Refusing => reset(&near),
            Sky::Portal => {
                let before = shared.counts[PORTAL].fetch_add(1, Ordering::Relaxed);
                tokio::spawn(portal::answer(near, before.is_multiple_of(2)));
            }
            Sky::Clear | Sky::Dark => drop(tokio::spawn(connection(near, Arc::clone(&shared)))),
        }
    }
}

/// Closes with a reset instead of an orderly end, once the connection is dropped.
fn reset(connection: &TcpStream) {
    // A connection that the other side has closed needs no reset.
    let _ = connection.set_zero_linger();
}

/// One connection from its handshake to its end.
async fn connection(mut near: TcpStream, shared: Arc<Shared>) {
    let orderly = tokio::select! {
        orderly = carry(&mut near, &shared) => orderly,
        () = shared.broken() => false,
    };
    if !orderly {
        reset(&near);
    }
}

/// Whether both directions came to an end.
async fn carry(near: &mut TcpStream, shared: &Shared) -> bool {
    let mut flows = [Flow::new(), Flow::new()];
    for direction in [UP, DOWN] {
        let passage = shared.pass(direction, &mut flows[direction], 0);
        shared.wait_for(passage.arrives).await;
    }
    let server = *lock(&shared.server);
    let Ok(mut far) = TcpStream::connect(server).await else { return false };
    if near.set_nodelay(true).and_then(|()| far.set_nodelay(true)).is_err() {
        return false;
    }
    let [up, down] = flows;
    let ((near_read, near_write), (far_read, far_write)) = (near.split(), far.split());
    tokio::join!(
        direction(near_read, far_write, (UP, up), shared),
        direction(far_read, near_write, (DOWN, down), shared)
    );
    true
}

/// Carries one direction to its end.
async fn direction(from: ReadHalf<'_>, mut to: WriteHalf<'_>, (direction, flow): (usize, Flow), shared: &Shared) {
    let (sender, mut under_way) = mpsc::unbounded_channel::<(Vec<u8>, Duration)>();
    let hand_over = async move {
        while let Some((bytes, arrives)) = under_way.recv().await {
            shared.wait_for(arrives).await;
            // No bytes are the end of this direction.
            let went = if bytes.is_empty() { to.shutdown().await } else { to.write_all(&bytes).await };
            if went.is_err() {
                return;
            }
        }
    };
    tokio::join!(take_in(from, sender, (direction, flow), shared), hand_over);
}

/// Takes bytes in as fast as window and rate allow.
async fn take_in(
    mut from: ReadHalf<'_>,
    sender: mpsc::UnboundedSender<(Vec<u8>, Duration)>,
    (direction, mut flow): (usize, Flow),
    shared: &Shared,
) {
    let mut buffer = [0; SEGMENT];
    loop {
        while let Some(room) = flow.waits_until(shared.now()) {
            shared.wait_for(room).await;
        }
        // A reset by one end ends the direction as an orderly end does.
        let read = from.read(&mut buffer).await.unwrap_or(0);
        let passage = shared.pass(direction, &mut flow, read);
        let sent = sender.send((buffer[..read].to_vec(), passage.arrives));
        if read == 0 || sent.is_err() {
            return;
        }
        shared.wait_for(passage.leaves.saturating_sub(QUEUE)).await;
    }
}
